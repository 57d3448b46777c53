/** A directive of a configuration file: its words, where it stands, and what is in its braces. */
export interface Directive {
  readonly name: string;
  readonly args: readonly string[];
  readonly file: string;
  readonly line: number;
  readonly block?: readonly Directive[];
}

/** A mistake in a configuration, in nginx's words. */
export interface Mistake {
  readonly mistake: string;
}

export function isMistake(value: unknown): value is Mistake {
  return typeof value === 'object' && value !== null && 'mistake' in value;
}

interface Token {
  readonly text: string;
  readonly quoted: boolean;
  readonly line: number;
}

/** Splits a file into words, braces and semicolons; the line of its end, and whether a quote was left open. */
function tokenize(text: string): { readonly tokens: readonly Token[]; readonly last: number; readonly open: boolean } {
  const tokens: Token[] = [];
  let line = 1;
  let i = 0;
  while (i < text.length) {
    const c = text[i] ?? '';
    if (c === '\n') line++;
    if (/\s/.test(c)) i++;
    else if (c === '#') while (i < text.length && text[i] !== '\n') i++;
    else if (c === ';' || c === '{' || c === '}') {
      tokens.push({ text: c, quoted: false, line });
      i++;
    } else if (c === '"' || c === "'") {
      const start = line;
      let word = '';
      for (i++; i < text.length && text[i] !== c; i++) {
        if (text[i] === '\\' && i + 1 < text.length) word += escaped(text[++i] ?? '');
        else word += text[i];
        if (text[i] === '\n') line++;
      }
      if (i >= text.length) return { tokens, last: line, open: true };
      i++;
      tokens.push({ text: word, quoted: true, line: start });
    } else {
      let word = '';
      // braces belong to a word after a dollar sign: ${name}
      for (; i < text.length && !/[\s;]/.test(text[i] ?? ''); i++) {
        if (text[i] === '{' && word.at(-1) !== '$') break;
        if (text[i] === '\\' && i + 1 < text.length) word += text[i++];
        word += text[i];
      }
      tokens.push({ text: word, quoted: false, line });
    }
  }
  return { tokens, last: Math.max(1, text.endsWith('\n') ? line - 1 : line), open: false };
}

function escaped(c: string): string {
  return { n: '\n', t: '\t', r: '\r' }[c] ?? (c === '"' || c === "'" || c === '\\' ? c : `\\${c}`);
}

/** Reads a configuration file into directives. */
export function parseConfig(text: string, file: string): readonly Directive[] | Mistake {
  const { tokens, last, open } = tokenize(text);
  let at = 0;
  const block = (inner: boolean): readonly Directive[] | Mistake => {
    const directives: Directive[] = [];
    let words: Token[] = [];
    for (; at < tokens.length; ) {
      const token = tokens[at++];
      if (!token) break;
      const special = !token.quoted && /^[;{}]$/.test(token.text) ? token.text : '';
      const [name, ...args] = words;
      if (special === '') words.push(token);
      else if (special === '}') {
        if (name || !inner) return { mistake: `unexpected "}" in ${file}:${token.line}` };
        return directives;
      } else if (!name) return { mistake: `unexpected "${special}" in ${file}:${token.line}` };
      else {
        const base = { name: name.text, args: args.map(({ text: word }) => word), file };
        if (special === ';') directives.push({ ...base, line: token.line });
        else {
          const inside = block(true);
          if (isMistake(inside)) return inside;
          directives.push({ ...base, line: token.line, block: inside });
        }
        words = [];
      }
    }
    if (open) return { mistake: `unexpected end of file, expecting ";" or "}" in ${file}:${last}` };
    if (words.length > 0) return { mistake: `unexpected end of file, expecting ";" or "}" in ${file}:${last}` };
    return inner ? { mistake: `unexpected end of file, expecting "}" in ${file}:${last}` } : directives;
  };
  return block(false);
}
