import type { Constant, Expr } from './ast.ts';
import { isPrim, isString, type JavaType } from './types.ts';

const long = (n: bigint) => BigInt.asIntN(64, n);

/** A constant as another type (JLS 5.1). Characters are numbers. */
export function convert(value: Constant, from: JavaType, to: JavaType): Constant {
  if (isString(to)) return typeof value === 'string' ? value : shown(value, from);
  if (!isPrim(to) || typeof value === 'boolean' || typeof value === 'string') return value;
  if (to.name === 'long') return typeof value === 'bigint' ? value : toLong(value);
  if (to.name === 'double') return Number(value);
  if (to.name === 'float') return Math.fround(Number(value));
  const n = typeof value === 'bigint' ? Number(BigInt.asIntN(32, value)) : toInt(value);
  if (to.name === 'byte') return (n << 24) >> 24;
  if (to.name === 'short') return (n << 16) >> 16;
  return to.name === 'char' ? n & 0xffff : n;
}
/** A floating number as an int: it stops at the ends of the range, NaN is 0 (JLS 5.1.3). */
export function toInt(n: number): number {
  if (Number.isNaN(n)) return 0;
  return n >= 2147483647 ? 2147483647 : n <= -2147483648 ? -2147483648 : Math.trunc(n);
}
/** A floating number as a long. */
export function toLong(n: number): bigint {
  if (Number.isNaN(n)) return 0n;
  if (n >= 2 ** 63) return 9223372036854775807n;
  return n <= -(2 ** 63) ? -9223372036854775808n : BigInt(Math.trunc(n));
}

/** A constant as text, as in a concatenation. */
export function shown(value: Constant, type: JavaType): string {
  if (typeof value === 'number' && isPrim(type)) {
    if (type.name === 'char') return String.fromCharCode(value);
    if (type.name === 'double') return doubleText(value);
    if (type.name === 'float') return floatText(value);
  }
  return String(value);
}

function decimal(digits: string, exponent: number, negative: boolean): string {
  // digits d1d2d3… stand for d1.d2d3… × 10^exponent
  const sign = negative ? '-' : '';
  if (exponent >= -3 && exponent < 7) {
    if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
    const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
    return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`;
  }
  return `${sign}${digits.charAt(0)}.${digits.slice(1) || '0'}E${exponent}`;
}
function shortest(text: string, negative: boolean): string {
  const [, whole = '', fraction = '', exponent = '0'] = /^(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text) ?? [];
  return decimal(`${whole}${fraction}`.replace(/0+$/, '') || '0', Number(exponent), negative);
}
/** Double.toString. */
export function doubleText(n: number): string {
  if (Number.isNaN(n)) return 'NaN';
  if (!Number.isFinite(n)) return n > 0 ? 'Infinity' : '-Infinity';
  if (n === 0) return Object.is(n, -0) ? '-0.0' : '0.0';
  return shortest(Math.abs(n).toExponential(), n < 0);
}
/** Float.toString: as few digits as tell it from its neighbours. */
export function floatText(n: number): string {
  if (!Number.isFinite(n) || n === 0) return doubleText(n);
  const size = Math.abs(n);
  for (let digits = 0; digits < 9; digits++) {
    const text = size.toExponential(digits);
    if (Math.fround(Number(text)) === size) return shortest(text, n < 0);
  }
  return doubleText(n);
}

/** The value of an operation on a constant. */
export function foldUnary(op: string, value: Constant, type: JavaType): Constant {
  if (op === '!') return value !== true;
  if (typeof value === 'bigint') return op === '-' ? long(-value) : op === '~' ? ~value : value;
  const n = Number(value);
  if (isPrim(type) && type.name === 'int') return op === '-' ? -n | 0 : op === '~' ? ~n : n;
  return op === '-' ? -n : n;
}

/** The value of an operation on two constants; undefined when there is none (a division by zero). */
export function fold(op: string, left: Expr, right: Expr, operand: JavaType): Constant | undefined {
  const [a, b] = [left.value, right.value];
  if (a === undefined || b === undefined || !left.type || !right.type) return undefined;
  if (isString(operand)) return op === '+' ? shown(a, left.type) + shown(b, right.type) : undefined;
  if (typeof a === 'string' || typeof b === 'string') return undefined;
  if (!isPrim(operand)) return undefined;
  if (operand.name === 'boolean') {
    const [x, y] = [a === true, b === true];
    const table: { readonly [op: string]: boolean } = {
      '&&': x && y,
      '||': x || y,
      '&': x && y,
      '|': x || y,
      '^': x !== y,
      '==': x === y,
      '!=': x !== y,
    };
    return table[op];
  }
  if (/^<<|>>/.test(op)) {
    const count = Number(b);
    return operand.name === 'long' ? shiftLong(op, BigInt(a), count) : shiftInt(op, Number(a), count);
  }
  const [x, y] = [convert(a, left.type, operand), convert(b, right.type, operand)];
  if (typeof x === 'bigint' && typeof y === 'bigint') return onLongs(op, x, y);
  return onNumbers(op, Number(x), Number(y), operand.name);
}
export function shiftInt(op: string, n: number, by: number): number {
  return op === '<<' ? n << by : op === '>>' ? n >> by : (n >>> by) | 0;
}
export function shiftLong(op: string, n: bigint, by: number): bigint {
  const count = BigInt(by & 63);
  return long(op === '<<' ? n << count : op === '>>' ? n >> count : BigInt.asUintN(64, n) >> count);
}
function compare(op: string, x: number | bigint, y: number | bigint): boolean | undefined {
  const table: { readonly [op: string]: boolean } = {
    '<': x < y,
    '>': x > y,
    '<=': x <= y,
    '>=': x >= y,
    '==': x === y,
    '!=': x !== y,
  };
  return table[op];
}
function onLongs(op: string, x: bigint, y: bigint): Constant | undefined {
  switch (op) {
    case '+':
      return long(x + y);
    case '-':
      return long(x - y);
    case '*':
      return long(x * y);
    case '/':
      return y === 0n ? undefined : long(x / y);
    case '%':
      return y === 0n ? undefined : x % y;
    case '&':
      return x & y;
    case '|':
      return x | y;
    case '^':
      return x ^ y;
  }
  return compare(op, x, y);
}
function onNumbers(op: string, x: number, y: number, type: string): Constant | undefined {
  const whole = type === 'int';
  const suits = (n: number) => (whole ? n | 0 : type === 'float' ? Math.fround(n) : n);
  switch (op) {
    case '+':
      return suits(x + y);
    case '-':
      return suits(x - y);
    case '*':
      return whole ? Math.imul(x, y) : suits(x * y);
    case '/':
      return whole && y === 0 ? undefined : suits(whole ? Math.trunc(x / y) : x / y);
    case '%':
      return whole && y === 0 ? undefined : suits(x % y);
    case '&':
      return x & y;
    case '|':
      return x | y;
    case '^':
      return x ^ y;
  }
  return compare(op, x, y);
}
