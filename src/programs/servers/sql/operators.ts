import type { Context } from './compile.ts';
import {
  addDecimals,
  type Decimal,
  divide,
  isDecimal,
  isZero,
  multiply,
  negate,
  quotientScale,
  remainder,
  round,
  showDecimal,
} from './decimal.ts';
import { sqlError, unknownHere } from './errors.ts';
import { isoTime } from './times.ts';
import { asDecimal, isWhole, type SqlType, showValue, type Value } from './values.ts';

/** One of `+ - * / % ^ || div mod` on two values; null when either is. */
export function arithmetic(op: string, a: Value, b: Value, left: SqlType, right: SqlType, context: Context): Value {
  const { flavour } = context;
  if (a === null || b === null) return null;
  if (op === '||') return `${showValue(a, left, flavour) ?? ''}${showValue(b, right, flavour) ?? ''}`;
  const whole = isWhole(left) && isWhole(right);
  const floats =
    left.name === 'float8' ||
    right.name === 'float8' ||
    (op === '^' && left.name !== 'numeric' && right.name !== 'numeric');
  const [x, y] = [operand(a, right, context), operand(b, left, context)];
  if (/^(?:\/|%|div|mod)$/.test(op) && isZero(y)) {
    if (flavour !== 'postgres') return null;
    throw sqlError(flavour, ['22012', 'division by zero'], [1365, '22012', 'Division by 0']);
  }
  if (floats) return onFloats(op, Number(showDecimal(x)), Number(showDecimal(y)));
  const result = onDecimals(op, x, y, whole, context);
  const plain = whole || (left.name === 'bool' && right.name === 'bool');
  const untyped = (left.name === 'unknown' || right.name === 'unknown') && result.scale === 0;
  return (plain || untyped) && !(op === '/' && flavour !== 'postgres') ? inRange(result, left, right, context) : result;
}

function operand(value: Value, other: SqlType, context: Context): Decimal {
  const found = asDecimal(value);
  if (found) return found;
  if (context.flavour === 'postgres') castValue(value, other.name === 'unknown' ? { name: 'int4' } : other, context);
  throw unknownHere('arithmetic with text');
}

function onFloats(op: string, a: number, b: number): number {
  if (op === '+') return a + b;
  if (op === '-') return a - b;
  if (op === '*') return a * b;
  if (op === '/') return a / b;
  if (op === '^') return a ** b;
  throw unknownHere(`${op} of floating point numbers`);
}

function onDecimals(op: string, x: Decimal, y: Decimal, whole: boolean, { flavour }: Context): Decimal {
  switch (op) {
    case '+':
      return addDecimals(x, y);
    case '-':
      return addDecimals(x, negate(y));
    case '*':
      return multiply(x, y);
    case '/':
      if (flavour !== 'postgres') return divide(x, y, x.scale + 4);
      return whole
        ? { digits: String(BigInt(x.digits) / BigInt(y.digits)), scale: 0 }
        : divide(x, y, quotientScale(x, y));
    case '%':
    case 'mod':
      return remainder(x, y);
    case 'div': {
      const quotient = divide(x, y, 20);
      return { digits: String(BigInt(quotient.digits) / 10n ** 20n), scale: 0 };
    }
    default:
      throw unknownHere(`${op} of numerics`);
  }
}

function inRange(result: Decimal, left: SqlType, right: SqlType, { flavour }: Context): number {
  const wide = left.name === 'int8' || right.name === 'int8' || flavour !== 'postgres';
  const value = Number(result.digits);
  if (!wide && Math.abs(value) > 2147483648)
    throw sqlError(flavour, ['22003', 'integer out of range'], [1264, '22003', '']);
  if (!Number.isSafeInteger(value)) throw unknownHere('whole numbers of more than 53 bits');
  return value;
}

/** A LIKE pattern as a regular expression. */
export function likePattern(pattern: string, anyCase: boolean): RegExp {
  let source = '';
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i] ?? '';
    if (char === '%') source += '[^]*';
    else if (char === '_') source += '[^]';
    else source += (char === '\\' ? (pattern[++i] ?? '') : char).replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  }
  return new RegExp(`^${source}$`, anyCase ? 'iu' : 'u');
}

const titles: { readonly [name: string]: string | undefined } = {
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  float8: 'double precision',
  bool: 'boolean',
  timestamptz: 'timestamp with time zone',
};

const words: { readonly [word: string]: boolean | undefined } = {
  t: true,
  true: true,
  yes: true,
  y: true,
  on: true,
  '1': true,
  f: false,
  false: false,
  no: false,
  n: false,
  off: false,
  '0': false,
};

/** A value as another type, as a cast makes it (or the storing in a column). Throws when it cannot be one. */
export function castValue(value: Value, type: SqlType, context: Context, at?: number): Value {
  const { flavour } = context;
  if (value === null) return null;
  const invalid = (): Error => {
    const place = at === undefined || typeof value !== 'string' ? {} : { at };
    const name = titles[type.name] ?? type.name;
    return sqlError(
      flavour,
      ['22P02', `invalid input syntax for type ${name}: "${String(value)}"`, place],
      [1366, '22007', `Incorrect ${name} value: '${String(value)}'`],
    );
  };
  switch (type.name) {
    case 'int2':
    case 'int4':
    case 'int8': {
      const number = asDecimal(typeof value === 'string' && flavour === 'postgres' && /[.]/.test(value) ? null : value);
      if (!number) throw invalid();
      const whole = Number(round(number, 0).digits);
      const limit = type.name === 'int2' ? 32768 : type.name === 'int4' ? 2147483648 : 2 ** 63;
      if (whole >= limit || whole < -limit) {
        const name = titles[type.name] ?? '';
        const message =
          typeof value === 'string' ? `value "${value}" is out of range for type ${name}` : `${name} out of range`;
        throw sqlError(flavour, ['22003', message], [1264, '22003', `Out of range value`]);
      }
      if (!Number.isSafeInteger(whole)) throw unknownHere('whole numbers of more than 53 bits');
      return whole;
    }
    case 'numeric': {
      const number = asDecimal(value);
      if (!number) throw invalid();
      const rounded = type.scale === undefined ? number : round(number, type.scale);
      const digits = rounded.digits.replace('-', '').length - (type.scale ?? 0);
      if (type.size !== undefined && digits > type.size - (type.scale ?? 0)) {
        const detail = `A field with precision ${type.size}, scale ${type.scale ?? 0} must round to an absolute value less than 10^${type.size - (type.scale ?? 0)}.`;
        throw sqlError(flavour, ['22003', 'numeric field overflow', { detail }], [1264, '22003', 'Out of range value']);
      }
      return rounded;
    }
    case 'float8': {
      const number = Number(isDecimal(value) ? showDecimal(value) : value);
      if (Number.isNaN(number)) throw invalid();
      return number;
    }
    case 'bool': {
      if (typeof value === 'boolean') return value;
      if (flavour !== 'postgres') return Number(value);
      const word = typeof value === 'number' ? value !== 0 : words[String(value).trim().toLowerCase()];
      if (word === undefined) throw invalid();
      return word;
    }
    case 'timestamp':
    case 'timestamptz':
    case 'date': {
      const time = isoTime(String(value), type.name === 'date', context.now, type.name === 'timestamptz');
      if (time === undefined) throw invalid();
      return time;
    }
    default:
      return sized(
        showValue(value, { name: typeof value === 'boolean' ? 'bool' : 'text' }, flavour) ?? '',
        type,
        context,
        value,
      );
  }
}

function sized(text: string, type: SqlType, { flavour }: Context, value: Value): string {
  const shown = typeof value === 'boolean' && flavour === 'postgres' ? String(value) : text;
  if (type.size !== undefined && [...shown].length > type.size) {
    const title = type.name === 'char' ? 'character' : 'character varying';
    throw sqlError(
      flavour,
      ['22001', `value too long for type ${title}(${type.size})`],
      [1406, '22001', 'Data too long for column'],
    );
  }
  return shown;
}
