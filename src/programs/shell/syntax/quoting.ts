import type { Scanner } from './scanner.ts';
import { problem } from './scanner.ts';

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
    if (c === undefined) throw problem(scan, 'unterminated quoted string');
    if (c === "'") return out;
    if (c !== '\\') {
      out += c;
      continue;
    }
    const rest = scan.text.slice(scan.pos, scan.pos + 9);
    const code = /^([0-7]{1,3})|^x([0-9a-fA-F]{1,2})|^u([0-9a-fA-F]{1,4})|^U([0-9a-fA-F]{1,8})/.exec(rest);
    if (code) {
      const value =
        code[1] !== undefined ? Number.parseInt(code[1], 8) : Number.parseInt(code[2] ?? code[3] ?? code[4] ?? '0', 16);
      out += String.fromCodePoint(value > 0x10ffff ? 0xfffd : value);
      scan.pos += code[0].length;
      continue;
    }
    const known = simpleEscapes[rest[0] ?? ''];
    out += known ?? `\\${rest[0] ?? ''}`;
    scan.pos++;
  }
}
