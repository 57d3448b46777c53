/** Is this one character white space, as Go's unicode.IsSpace has it? That is not `\s`: U+0085 is, U+FEFF is not. */
export function isSpace(char: string): boolean {
  const code = char.charCodeAt(0);
  if (code < 0x80) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  if (code < 0x1680) return code === 0x85 || code === 0xa0;
  return code === 0x1680 || (code >= 0x2000 && code <= 0x200a) || later.has(code);
}

const later = new Set([0x2028, 0x2029, 0x202f, 0x205f, 0x3000]);

/** The text without white space in front. */
export function trimLeft(text: string): string {
  let at = 0;
  while (at < text.length && isSpace(text.charAt(at))) at++;
  return text.slice(at);
}

/** The text without white space at either end. */
export function trim(text: string): string {
  let end = text.length;
  while (end > 0 && isSpace(text.charAt(end - 1))) end--;
  return trimLeft(text.slice(0, end));
}

const blanks = /[\t\v\f\r ]+/;

/** The text cut at runs of blanks: all of them, or only the first (`[head, rest]`). */
export function splitBlanks(text: string): string[] {
  return text.split(blanks);
}

/** What stands before and after the first run of blanks; undefined when there is none. */
export function cutBlanks(text: string): [head: string, rest: string] | undefined {
  const found = blanks.exec(text);
  return found ? [text.slice(0, found.index), text.slice(found.index + found[0].length)] : undefined;
}
