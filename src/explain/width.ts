import { eastAsianWidth } from 'get-east-asian-width';

const latin = /^[\x20-\x7e]*$/;
const zeroWidth = /^[\p{Mn}\p{Me}\p{Cf}]$/u;

/** How many columns a terminal needs for the text: Hangul and other wide characters take two, combining marks none. */
export function columns(text: string): number {
  if (latin.test(text)) return text.length;
  let count = 0;
  for (const char of text) count += widthOf(char);
  return count;
}

function widthOf(char: string): number {
  const code = char.codePointAt(0) ?? 0;
  // what most text is made of, without the Unicode tables: Latin, Hangul syllables, punctuation and arrows
  if (code < 0x300) return 1;
  if (code >= 0xac00 && code <= 0xd7a3) return 2;
  if (code >= 0x2010 && code < 0x2027) return 1;
  if (code >= 0x2190 && code < 0x2200) return 1;
  return zeroWidth.test(char) ? 0 : eastAsianWidth(code);
}

/** The text, filled up with spaces to so many columns. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)));
}

/**
 * The text in lines of at most `width` columns, broken at spaces; a word that is longer than a line is cut.
 * Without a finite width it stays one line.
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  const push = () => {
    lines.push(line.trimEnd());
    line = '';
    used = 0;
  };
  for (const word of text.split(/(?<= )(?! )/)) {
    const needed = columns(word.trimEnd());
    if (used > 0 && used + needed > width) push();
    if (needed <= width) {
      line += word;
      used += columns(word);
      continue;
    }
    for (const char of word) {
      const wide = widthOf(char);
      if (used > 0 && used + wide > width) push();
      line += char;
      used += wide;
    }
  }
  if (line !== '' || lines.length === 0) push();
  return lines;
}

/**
 * Text that is safe to print: a byte string of UTF-8 is decoded, and control characters (which could drive the terminal)
 * become visible.
 */
export function printable(text: string): string {
  return decoded(text).replace(/[\x00-\x1f\x7f-\x9f]/g, (char) =>
    char === '\n' ? '\\n' : char === '\t' ? '\\t' : `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}

function decoded(text: string): string {
  if (!/[\x80-\xff]/.test(text) || /[^\x00-\xff]/.test(text)) return text;
  try {
    return decodeURIComponent(
      text.replace(/[%\x80-\xff]/g, (c) => `%${c.charCodeAt(0).toString(16).padStart(2, '0')}`),
    );
  } catch {
    return text;
  }
}
