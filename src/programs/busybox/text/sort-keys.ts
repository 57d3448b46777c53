import type { ByteString } from '../../../kernel/bytes.ts';

/** How a key is compared; the letters are sort(1)'s options. */
export type KeyFlags = string;

/** A `-k START[.OFS][OPTS][,END[.OFS][OPTS]]`; 0 as the end means the end of the line. */
export type Key = {
  readonly from: number;
  readonly fromChar: number;
  readonly to: number;
  readonly toChar: number;
  readonly flags: KeyFlags;
};

/** Reads a key's specification; undefined when it is not one. */
export function parseKey(text: string): Key | undefined {
  const match = /^(\d+)(?:\.(\d+))?([a-zA-Z]*)(?:,(\d+)(?:\.(\d+))?([a-zA-Z]*))?$/.exec(text);
  if (!match || match[1] === '0') return undefined;
  const [, from, fromChar = '1', flags = '', to = '0', toChar = '0', toFlags = ''] = match;
  return {
    from: Number(from),
    fromChar: Number(fromChar),
    to: Number(to),
    toChar: Number(toChar),
    flags: flags + toFlags,
  };
}

/** The part of a line that a key means. Without a separator, fields begin with the blanks before them. */
export function keyText(line: ByteString, key: Key, separator: string | undefined): ByteString {
  const bounds = fieldBounds(line, separator);
  const skipBlanks = (at: number) =>
    key.flags.includes('b') ? at + (/^[ \t]*/.exec(line.slice(at))?.[0].length ?? 0) : at;
  const start = bounds[key.from - 1];
  if (start === undefined) return '';
  const begin = skipBlanks(start[0]) + key.fromChar - 1;
  if (key.to === 0) return line.slice(begin);
  const last = bounds[key.to - 1];
  if (last === undefined) return line.slice(begin);
  const end = key.toChar === 0 ? last[1] : Math.min(last[1], skipBlanks(last[0]) + key.toChar);
  return line.slice(begin, Math.max(begin, end));
}

function fieldBounds(line: ByteString, separator: string | undefined): readonly (readonly [number, number])[] {
  if (separator === undefined) {
    return [...line.matchAll(/[ \t]*[^ \t]+|[ \t]+$/g)].map(
      (match) => [match.index, match.index + match[0].length] as const,
    );
  }
  const bounds: (readonly [number, number])[] = [];
  let at = 0;
  for (const field of line.split(separator)) {
    bounds.push([at, at + field.length]);
    at += field.length + separator.length;
  }
  return bounds;
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const units = 'KMGTPE';

/** Compares two keys by the flags n, g, h, M, V, f, d, i (and never by r: that is the caller's). */
export function compareKeys(a: ByteString, b: ByteString, flags: KeyFlags): number {
  if (flags.includes('n') || flags.includes('g')) return number(a, flags) - number(b, flags) || 0;
  if (flags.includes('h')) return human(a) - human(b) || 0;
  if (flags.includes('M')) return month(a) - month(b);
  const [x, y] = [fold(a, flags), fold(b, flags)];
  if (flags.includes('V')) return compareVersions(x, y);
  return x < y ? -1 : x > y ? 1 : 0;
}

function number(text: ByteString, flags: KeyFlags): number {
  const pattern = flags.includes('g') ? /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?/i : /^\s*-?(\d+\.?\d*|\.\d+)/;
  return Number(pattern.exec(text)?.[0] ?? 0);
}

function human(text: ByteString): number {
  const [, digits = '0', unit = ''] = /^\s*(-?\d*\.?\d+)([KMGTPE]?)/i.exec(text) ?? [];
  return Number(digits) * 1024 ** (unit === '' ? 0 : units.indexOf(unit.toUpperCase()) + 1);
}

function month(text: ByteString): number {
  return months.indexOf(text.trimStart().slice(0, 3).toUpperCase());
}

function fold(text: ByteString, flags: KeyFlags): ByteString {
  let out = flags.includes('b') ? text.trimStart() : text;
  if (flags.includes('d')) out = out.replace(/[^A-Za-z0-9 \t]/g, '');
  if (flags.includes('i')) out = out.replace(/[^ -~]/g, '');
  return flags.includes('f') ? out.toUpperCase() : out;
}

/** strverscmp(3) in what matters: runs of digits compare as numbers. */
function compareVersions(a: string, b: string): number {
  const [x, y] = [a.match(/\d+|\D+/g) ?? [], b.match(/\d+|\D+/g) ?? []];
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const [p = '', q = ''] = [x[i], y[i]];
    const numeric = /^\d/.test(p) && /^\d/.test(q) ? Number(p) - Number(q) : 0;
    if (numeric !== 0) return numeric;
    if (p !== q) return p < q ? -1 : 1;
  }
  return x.length - y.length;
}
