/** An exact decimal number: its digits without the point, and how many of them follow it. */
export type Decimal = { readonly digits: string; readonly scale: number };

export function isDecimal(value: unknown): value is Decimal {
  return typeof value === 'object' && value !== null && 'digits' in value;
}

/** Reads `-12.50`. */
export function decimal(text: string): Decimal {
  const [whole = '', part = ''] = text.replace(/^[-+]/, '').split('.');
  const size = BigInt(`${whole}${part}` === '' ? '0' : `${whole}${part}`);
  return { digits: String(text.startsWith('-') ? -size : size), scale: part.length };
}

export function showDecimal({ digits, scale }: Decimal): string {
  if (scale === 0) return digits;
  const negative = digits.startsWith('-');
  const padded = (negative ? digits.slice(1) : digits).padStart(scale + 1, '0');
  return `${negative ? '-' : ''}${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}

function power(exponent: number): bigint {
  return 10n ** BigInt(exponent);
}

function aligned(a: Decimal, b: Decimal): readonly [bigint, bigint, number] {
  const scale = Math.max(a.scale, b.scale);
  return [BigInt(a.digits) * power(scale - a.scale), BigInt(b.digits) * power(scale - b.scale), scale];
}

export function compareDecimals(a: Decimal, b: Decimal): number {
  const [left, right] = aligned(a, b);
  return left < right ? -1 : left > right ? 1 : 0;
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const [left, right, scale] = aligned(a, b);
  return { digits: String(left + right), scale };
}

export function negate({ digits, scale }: Decimal): Decimal {
  return { digits: String(-BigInt(digits)), scale };
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  return { digits: String(BigInt(a.digits) * BigInt(b.digits)), scale: a.scale + b.scale };
}

/** Rounds half away from zero. */
export function round({ digits, scale }: Decimal, to: number): Decimal {
  if (to >= scale) return { digits: String(BigInt(digits) * power(to - scale)), scale: to };
  const unit = power(scale - Math.max(to, 0)) * (to < 0 ? power(-to) : 1n);
  const value = BigInt(digits);
  const half = unit / 2n;
  const rounded = value < 0n ? -((-value + half) / unit) : (value + half) / unit;
  return { digits: String(to < 0 ? rounded * power(-to) : rounded), scale: Math.max(to, 0) };
}

/** The quotient with `scale` digits after the point; the divisor is not zero. */
export function divide(a: Decimal, b: Decimal, scale: number): Decimal {
  const up = scale + 1 + b.scale - a.scale;
  const [left, right] = [BigInt(a.digits), BigInt(b.digits)];
  const quotient = up >= 0 ? (left * power(up)) / right : left / (right * power(-up));
  return round({ digits: String(quotient), scale: scale + 1 }, scale);
}

export function remainder(a: Decimal, b: Decimal): Decimal {
  const [left, right, scale] = aligned(a, b);
  return { digits: String(left % right), scale };
}

export function isZero({ digits }: Decimal): boolean {
  return BigInt(digits) === 0n;
}

/**
 * How many digits PostgreSQL gives a quotient: at least 16 significant ones, counted in groups of four (numeric's own
 * digits), and no fewer than either operand has after the point.
 */
export function quotientScale(a: Decimal, b: Decimal): number {
  const [left, right] = [groups(a), groups(b)];
  const weight = left.weight - right.weight - (left.first <= right.first ? 1 : 0);
  return Math.max(16 - weight * 4, a.scale, b.scale, 0);
}

function groups(value: Decimal): { readonly weight: number; readonly first: number } {
  const [whole = '', part = ''] = showDecimal(value).replace('-', '').split('.');
  const left = whole.replace(/^0+/, '');
  if (left !== '') {
    const weight = Math.ceil(left.length / 4) - 1;
    return { weight, first: Number(left.slice(0, left.length - weight * 4)) };
  }
  for (let i = 0; i * 4 < part.length; i++) {
    const first = Number(part.slice(i * 4, i * 4 + 4).padEnd(4, '0'));
    if (first > 0) return { weight: -i - 1, first };
  }
  return { weight: 0, first: 0 };
}
