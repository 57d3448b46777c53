import type { Scanner } from './scanner.ts';
import { needMore, problem } from './scanner.ts';

const simpleEscapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

/**
 * The text of `$'…'` up to the closing quote; `scan.pos` stands behind the opening one.
 * Escapes as in C, with `\xHH`, `\OOO`, `\uHHHH`.
 */
export function readDollarSingle(scan: Scanner): string {
  let out = '';
  for (;;) {
    const c = scan.text[scan.pos++];
    if (c === undefined) {
      scan.pos--;
      needMore(scan);
      throw problem(scan, 'unterminated quoted string', { matching: "'" });
    }
    if (c === "'") return out;
    if (c !== '\\') {
      out += c;
      continue;
    }
    const [text, length] = readOne(scan.text.slice(scan.pos, scan.pos + 9), scan.dialect.bash);
    out += text;
    scan.pos += length;
  }
}

/** What stands behind a backslash: the text it means, and how long it is. */
function readOne(rest: string, bash: boolean): readonly [text: string, length: number] {
  const code = /^([0-7]{1,3})|^x([0-9a-fA-F]{1,2})|^u([0-9a-fA-F]{1,4})|^U([0-9a-fA-F]{1,8})/.exec(rest);
  if (code) {
    const value =
      code[1] !== undefined ? Number.parseInt(code[1], 8) : Number.parseInt(code[2] ?? code[3] ?? code[4] ?? '0', 16);
    return [String.fromCodePoint(value > 0x10ffff ? 0xfffd : value), code[0].length];
  }
  const control = bash ? /^c(.)/.exec(rest) : null;
  if (control) return [String.fromCharCode((control[1] ?? '@').toUpperCase().charCodeAt(0) & 0x1f), 2];
  if (bash && rest.startsWith('?')) return ['?', 1];
  return [simpleEscapes[rest[0] ?? ''] ?? `\\${rest[0] ?? ''}`, 1];
}

/** A text with its backslash sequences replaced, as `${x@E}` does. */
export function readEscapes(text: string): string {
  let out = '';
  for (let i = 0; i < text.length; ) {
    const c = text.charAt(i);
    if (c !== '\\') {
      out += c;
      i++;
      continue;
    }
    const [meant, length] = readOne(text.slice(i + 1, i + 10), true);
    out += meant;
    i += 1 + length;
  }
  return out;
}
