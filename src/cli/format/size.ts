import { parseFloatText, ValueError } from '../flags/numbers.ts';
import { formatG } from './go/float.ts';

/** Sizes in bytes as the go-units library writes and reads them. */

const decimal = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB'];
const binary = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB', 'YiB'];

/** `7.8MB`: so many significant digits (four, unless told), powers of 1000. */
export function humanSize(bytes: number, digits = 4): string {
  return scaled(bytes, 1000, decimal, digits);
}

/** `7.439MiB`: powers of 1024. */
export function bytesSize(bytes: number): string {
  return scaled(bytes, 1024, binary, 4);
}

function scaled(bytes: number, base: number, units: readonly string[], digits: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= base && unit < units.length - 1) {
    value /= base;
    unit++;
  }
  return `${formatG(value, digits)}${units[unit]}`;
}

const suffixes = 'kmgtp';

/** `1.5g` or `32MB` in bytes, powers of `base` (1000 or 1024). Throws ValueError. */
export function parseSize(text: string, base: 1000 | 1024): number {
  // the number ends at its last digit; one space may follow
  const last = text.search(/[0-9. ][^0-9. ]*$/);
  if (last < 0) throw new ValueError(`invalid size: '${text}'`);
  let number = text.slice(0, last + 1);
  const suffix = text.slice(last + 1).toLowerCase();
  if (number.endsWith(' ')) number = number.slice(0, -1);
  const value = readNumber(number);
  if (value < 0) throw new ValueError(`invalid size: '${text}'`);
  if (suffix === '' || suffix === 'b') return Math.trunc(value);
  const power = suffixes.indexOf(suffix.charAt(0)) + 1;
  const rest = suffix.slice(1);
  if (power === 0 || !['', 'b', 'ib'].includes(rest)) throw new ValueError(`invalid suffix: '${suffix}'`);
  return Math.trunc(value * base ** power);
}

function readNumber(text: string): number {
  return parseFloatText(text);
}
