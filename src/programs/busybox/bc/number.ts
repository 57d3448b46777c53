/** A decimal number of any length: `digits` / 10^`scale`. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

export const zero: Decimal = { digits: 0n, scale: 0 };
export const one: Decimal = { digits: 1n, scale: 0 };

const power10 = (n: number): bigint => 10n ** BigInt(n);

/** The number with so many digits behind the point; further ones are cut off. */
export function rescale({ digits, scale }: Decimal, to: number): Decimal {
  if (to >= scale) return { digits: digits * power10(to - scale), scale: to };
  return { digits: digits / power10(scale - to), scale: to };
}

export function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { digits: rescale(a, scale).digits + rescale(b, scale).digits, scale };
}

export const negate = ({ digits, scale }: Decimal): Decimal => ({ digits: -digits, scale });
export const subtract = (a: Decimal, b: Decimal): Decimal => add(a, negate(b));

export function compare(a: Decimal, b: Decimal): number {
  const { digits } = subtract(a, b);
  return digits < 0n ? -1 : digits > 0n ? 1 : 0;
}

/** POSIX: as many decimals as both have together, but no more than the greatest of `scale` and what they have. */
export function multiply(a: Decimal, b: Decimal, scale: number): Decimal {
  const exact = { digits: a.digits * b.digits, scale: a.scale + b.scale };
  return rescale(exact, Math.min(exact.scale, Math.max(scale, a.scale, b.scale)));
}

/** Cut off after `scale` decimals. The divisor must not be 0. */
export function divide(a: Decimal, b: Decimal, scale: number): Decimal {
  return { digits: (a.digits * power10(scale + b.scale)) / (b.digits * power10(a.scale)), scale };
}

export function remainder(a: Decimal, b: Decimal, scale: number): Decimal {
  const wide = Math.max(scale + b.scale, a.scale);
  return rescale(subtract(a, multiply(divide(a, b, scale), b, wide)), wide);
}

/** To an integer power. */
export function power(a: Decimal, exponent: bigint, scale: number): Decimal {
  if (exponent === 0n) return one;
  const up = exponent < 0n ? -exponent : exponent;
  const exact = { digits: a.digits ** up, scale: a.scale * Number(up) };
  if (exponent < 0n) return divide(one, exact, scale);
  return rescale(exact, Math.min(exact.scale, Math.max(scale, a.scale)));
}

/** Of a number that is not negative. */
export function squareRoot(a: Decimal, scale: number): Decimal {
  const wide = Math.max(scale, a.scale);
  const value = rescale(a, wide * 2).digits;
  if (value < 2n) return { digits: value, scale: wide };
  let guess = 1n << BigInt((value.toString(2).length >> 1) + 1);
  for (;;) {
    const next = (guess + value / guess) >> 1n;
    if (next >= guess) return { digits: guess, scale: wide };
    guess = next;
  }
}

const letters = '0123456789ABCDEF';

/** What was written in a base; undefined when it is no number. A single digit counts whole, others at most base - 1. */
export function parseDecimal(text: string, base: number): Decimal | undefined {
  const [, whole = '', fraction = ''] = /^([0-9A-F]*)\.?([0-9A-F]*)$/.exec(text) ?? [];
  if (whole + fraction === '') return undefined;
  const value = (letter: string) =>
    BigInt(Math.min(letters.indexOf(letter), whole.length + fraction.length === 1 ? 15 : base - 1));
  if (base === 10 && !/[A-F]/.test(text)) return { digits: BigInt(whole + fraction), scale: fraction.length };
  let digits = 0n;
  for (const letter of whole) digits = digits * BigInt(base) + value(letter);
  let part = 0n;
  for (const letter of fraction) part = part * BigInt(base) + value(letter);
  const places = { digits: part, scale: 0 };
  return add(
    { digits, scale: 0 },
    divide(places, { digits: BigInt(base) ** BigInt(fraction.length), scale: 0 }, fraction.length),
  );
}

/** In a base of 2 to 16, or with blanks between the digits of larger ones; no 0 before the point, as bc writes. */
export function formatDecimal(number: Decimal, base: number): string {
  const { digits, scale } = number;
  if (digits === 0n) return '0';
  const sign = digits < 0n ? '-' : '';
  const size = digits < 0n ? -digits : digits;
  const whole = size / power10(scale);
  if (base === 10) {
    const text = whole === 0n ? '' : String(whole);
    return scale === 0 ? sign + text : `${sign}${text}.${String(size % power10(scale)).padStart(scale, '0')}`;
  }
  const wide = base > 16;
  const width = String(base - 1).length;
  const show = (digit: bigint) => (wide ? ` ${String(digit).padStart(width, '0')}` : (letters[Number(digit)] ?? ''));
  let text = '';
  for (let rest = whole; rest > 0n; rest /= BigInt(base)) text = show(rest % BigInt(base)) + text;
  if (scale === 0) return sign + text;
  // as many digits as are needed to tell apart what the decimals can
  let fraction = size % power10(scale);
  let shown = '';
  for (let reached = 1n; reached < power10(scale); reached *= BigInt(base)) {
    fraction *= BigInt(base);
    shown += show(fraction / power10(scale));
    fraction %= power10(scale);
  }
  return `${sign}${text}.${shown.replace(/^ /, '')}`;
}

/** Lines of 69 characters, each but the last with a backslash behind it. */
export function folded(text: string): string {
  return text.length < 70 ? text : text.replace(/.{68}(?=..)/g, (part) => `${part}\\\n`);
}
