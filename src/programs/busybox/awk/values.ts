import type { ByteString } from '../../../kernel/bytes.ts';
import { formatText } from './format.ts';

/** Text that came from outside (a field, a command line value): it compares as a number when it looks like one. */
export type Input = { readonly i: ByteString };

/** null: never assigned. `a` is a reference to an array. */
export type Value = null | number | ByteString | Input | { readonly a: number };

const prefix = /^[ \t\n\r\f\v]*([-+]?(?:0[xX][0-9a-fA-F]+|\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/;
const whole = /^[ \t\n\r\f\v]*[-+]?(?:0[xX][0-9a-fA-F]+|\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?[ \t\n\r\f\v]*$/;

/** The number that a value is; of text, what it begins with. */
export function toNumber(value: Value): number {
  if (typeof value === 'number') return value;
  if (value === null) return 0;
  const text = typeof value === 'string' ? value : 'i' in value ? value.i : '';
  const first = text.charCodeAt(0);
  if (first > 57 && first !== 0x85) return 0;
  const found = prefix.exec(text)?.[1] ?? '0';
  return /^[-+]0[xX]/.test(found) ? Number(`${found[0]}1`) * Number(found.slice(1)) : Number(found);
}

/** A number as text: whole numbers as they are, others by the format. */
export function numberText(value: number, format: ByteString): ByteString {
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 53) return value === 0 ? '0' : String(value);
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 63) return value.toFixed(0);
  return formatText(format, [value], { number: toNumber, text: (v) => toText(v as Value, format) });
}

/** A value as text; `format` is CONVFMT, or OFMT for print. */
export function toText(value: Value, format: ByteString): ByteString {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value, format);
  return value === null ? '' : 'i' in value ? value.i : '';
}

/** Is it true: a number that is not zero, text that is not empty? */
export function toBoolean(value: Value): boolean {
  if (typeof value === 'number') return value !== 0;
  if (typeof value === 'string') return value !== '';
  if (value === null || !('i' in value)) return false;
  return looksNumeric(value.i) ? toNumber(value) !== 0 : value.i !== '';
}

/** Does all of the text make a number? */
export function looksNumeric(text: ByteString): boolean {
  return whole.test(text);
}

/** Less than zero, zero or more, as numbers when both can be, otherwise as text. */
export function compareValues(a: Value, b: Value, format: ByteString): number {
  if (isNumeric(a) && isNumeric(b)) {
    const [x, y] = [toNumber(a), toNumber(b)];
    return x < y ? -1 : x > y ? 1 : x === y ? 0 : Number.NaN;
  }
  const [x, y] = [toText(a, format), toText(b, format)];
  return x < y ? -1 : x > y ? 1 : 0;
}

function isNumeric(value: Value): boolean {
  if (typeof value === 'number' || value === null) return true;
  return typeof value === 'object' && 'i' in value && looksNumeric(value.i);
}
