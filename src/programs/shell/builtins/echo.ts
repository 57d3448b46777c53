import type { ByteString } from '../../../kernel/bytes.ts';
import { encodeUtf8 } from '../../../kernel/bytes.ts';

const letters: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

/** What a backslash sequence stands for: bytes and how long it is; `stop`: `\c`, output ends here. */
export interface Escape {
  readonly bytes: ByteString;
  readonly length: number;
  readonly stop?: true;
}

/**
 * The backslash sequence at the start of `text` (which begins with the backslash). Octal numbers are `\NNN`, and with
 * `zero` also `\0NNN`, as in echo -e and printf %b. Unknown sequences stand for themselves.
 */
export function readEscape(text: string, zero: boolean): Escape {
  const c = text[1] ?? '';
  if (c === 'c') return { bytes: '', length: 2, stop: true };
  const octal = (zero ? /^\\(?:0([0-7]{0,3})|([1-7][0-7]{0,2}))/ : /^\\([0-7]{1,3})/).exec(text);
  if (octal)
    return {
      bytes: String.fromCharCode(Number.parseInt(octal[1] ?? octal[2] ?? '0', 8) & 0xff || 0),
      length: octal[0].length,
    };
  const hex = /^\\x([0-9a-fA-F]{1,2})/.exec(text);
  if (hex) return { bytes: String.fromCharCode(Number.parseInt(hex[1] ?? '0', 16)), length: hex[0].length };
  const known = letters[c];
  return known === undefined ? { bytes: '\\', length: 1 } : { bytes: known, length: 2 };
}

/** What `echo` prints for its arguments: options -n, -e, -E in any combination, as busybox has them. */
export function echo(args: readonly string[]): ByteString {
  let newline = true;
  let escapes = false;
  let first = 0;
  for (; /^-[neE]+$/.test(args[first] ?? ''); first++) {
    for (const letter of args[first]?.slice(1) ?? '') {
      if (letter === 'n') newline = false;
      else if (letter === 'e') escapes = true;
    }
  }
  const text = args.slice(first).join(' ');
  const end = newline ? '\n' : '';
  if (!escapes || !text.includes('\\')) return encodeUtf8(text + end);
  let out = '';
  for (let i = 0; i < text.length; ) {
    const next = text.indexOf('\\', i);
    if (next < 0) {
      out += encodeUtf8(text.slice(i));
      break;
    }
    out += encodeUtf8(text.slice(i, next));
    const found = readEscape(text.slice(next, next + 6), true);
    if (found.stop) return out;
    out += found.bytes;
    i = next + found.length;
  }
  return out + end;
}
