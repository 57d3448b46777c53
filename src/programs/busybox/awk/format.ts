import type { ByteString } from '../../../kernel/bytes.ts';

/** How a format's arguments are taken. */
export interface Conversions<V> {
  number(value: V): number;
  text(value: V): ByteString;
}

const directive = /%(?:%|([-+ #0]*)(\*|\d+)?(?:\.(\*|\d*))?[hlLqjzt]*([a-zA-Z]))/g;

/** A width that a terminal could never show, but memory would have to hold. */
const widest = 1_000_000;

/** printf(3) with awk's conversions; arguments that are missing are empty. Unknown conversions stay as they are. */
export function formatText<V>(format: ByteString, args: readonly (V | number)[], how: Conversions<V>): ByteString {
  let next = 0;
  const number = () => {
    const arg = args[next++];
    return arg === undefined ? 0 : typeof arg === 'number' ? arg : how.number(arg);
  };
  return format.replace(directive, (all, flags: string, width: string, precision: string | undefined, kind: string) => {
    if (all === '%%') return '%';
    const stars = (text: string | undefined) => (text === '*' ? Math.trunc(number()) : Number(text ?? 0));
    let columns = stars(width);
    let left = flags.includes('-');
    if (columns < 0) {
      left = true;
      columns = -columns;
    }
    const digits = precision === undefined ? undefined : stars(precision);
    const signs = { plus: flags.includes('+'), space: flags.includes(' '), alternate: flags.includes('#') };
    let body: string;
    let zeros = flags.includes('0') && !left;
    if (kind === 'c') {
      const arg = args[next++];
      body = typeof arg === 'number' ? character(arg) : arg === undefined ? '' : how.text(arg).slice(0, 1);
      zeros = false;
    } else if (kind === 's') {
      const arg = args[next++];
      const text = arg === undefined ? '' : how.text(arg as V);
      body = digits === undefined ? text : text.slice(0, digits);
      zeros = false;
    } else if ('diouxX'.includes(kind)) {
      body = integer(number(), kind, digits, signs);
      if (digits !== undefined) zeros = false;
    } else if ('eEfFgGaA'.includes(kind)) {
      const value = number();
      body = floating(value, kind, digits ?? 6, signs);
      if (!Number.isFinite(value)) zeros = false;
    } else return all;
    const pad = Math.min(columns, widest) - body.length;
    if (pad <= 0) return body;
    if (left) return body + ' '.repeat(pad);
    if (!zeros) return ' '.repeat(pad) + body;
    const sign = /^(?:[-+ ]?(?:0[xX])?)/.exec(body)?.[0] ?? '';
    return sign + '0'.repeat(pad) + body.slice(sign.length);
  });
}

function character(code: number): ByteString {
  return String.fromCharCode(Math.trunc(code) & 255);
}

interface Signs {
  readonly plus: boolean;
  readonly space: boolean;
  readonly alternate: boolean;
}

function signed(text: string, negative: boolean, { plus, space }: Signs): string {
  return negative ? `-${text}` : plus ? `+${text}` : space ? ` ${text}` : text;
}

const limit = 2n ** 63n;

function integer(value: number, kind: string, digits: number | undefined, signs: Signs): string {
  let whole: bigint;
  if (Number.isNaN(value)) whole = -limit;
  else if (Math.abs(value) >= 2 ** 63) whole = value > 0 ? limit - 1n : -limit;
  else whole = BigInt(Math.trunc(value));
  const decimal = kind === 'd' || kind === 'i';
  if (!decimal && whole < 0n) whole += 2n * limit;
  const negative = whole < 0n;
  const base = kind === 'o' ? 8 : kind === 'x' || kind === 'X' ? 16 : 10;
  let text = (negative ? -whole : whole).toString(base);
  if (kind === 'X') text = text.toUpperCase();
  if (digits !== undefined) text = digits === 0 && whole === 0n ? '' : text.padStart(Math.min(digits, widest), '0');
  if (signs.alternate && kind === 'o' && !text.startsWith('0')) text = `0${text}`;
  if (signs.alternate && base === 16 && whole !== 0n) text = `0${kind}${text}`;
  return decimal ? signed(text, negative, signs) : text;
}

function floating(value: number, kind: string, precision: number, signs: Signs): string {
  const negative = value < 0 || Object.is(value, -0);
  const size = Math.abs(value);
  const upper = kind === kind.toUpperCase();
  if (!Number.isFinite(size)) {
    const word = signed(Number.isNaN(size) ? 'nan' : 'inf', negative, signs);
    return upper ? word.toUpperCase() : word;
  }
  const digits = Math.min(precision, 100);
  const lower = kind.toLowerCase();
  const text =
    lower === 'f'
      ? fixed(size, digits)
      : lower === 'e'
        ? scientific(size, digits)
        : general(size, digits, signs.alternate);
  return signed(upper ? text.toUpperCase() : text, negative, signs);
}

function fixed(size: number, digits: number): string {
  if (size < 1e21) {
    // C rounds a tie to the even digit, toFixed up; only a multiple of this power of two can be one
    const scaled = Number.isInteger(size * 2 ** (digits + 1)) ? size * 10 ** digits : 0;
    const below = Math.floor(scaled);
    if (scaled - below === 0.5 && below % 2 === 0) return (below / 10 ** digits).toFixed(digits);
    return size.toFixed(digits);
  }
  return BigInt(size).toString() + (digits > 0 ? `.${'0'.repeat(digits)}` : '');
}

function scientific(size: number, digits: number): string {
  return size.toExponential(digits).replace(/e([-+])(\d)$/, 'e$10$2');
}

function general(size: number, digits: number, keepZeros: boolean): string {
  const significant = Math.max(1, digits);
  const exponent = size === 0 ? 0 : Number(/e([-+]\d+)$/.exec(size.toExponential(significant - 1))?.[1] ?? 0);
  const text =
    exponent < -4 || exponent >= significant
      ? scientific(size, significant - 1)
      : fixed(size, significant - 1 - exponent);
  if (keepZeros || !text.includes('.')) return text;
  return text.replace(/\.?0+(?=e|$)/, '');
}
