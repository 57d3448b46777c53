const short: { readonly [char: string]: string } = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
};

// Text as Go quotes it: the engine, its builder and the client, which are written in Go, print it so.

/** A string in double quotes as strconv.Quote writes it; `ascii`: with nothing but ASCII in it. */
export function quoteGo(text: string, ascii = false): string {
  return `"${escaped(text, '"', ascii)}"`;
}

/** A character in single quotes as strconv.QuoteRune writes it. */
export function quoteRune(char: string): string {
  return `'${escaped(char, "'")}'`;
}

function escaped(text: string, mark: string, ascii = false): string {
  let out = '';
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (char === mark) out += `\\${char}`;
    else if (Object.hasOwn(short, char)) out += short[char];
    else if (code < 0x20 || code === 0x7f) out += `\\x${code.toString(16).padStart(2, '0')}`;
    else if (isPrintable(char) && (!ascii || code < 0x80)) out += char;
    else out += code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  }
  return out;
}

function isPrintable(char: string): boolean {
  if (char >= ' ' && char <= '~') return true; // compiling the pattern takes milliseconds
  return /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(char);
}
