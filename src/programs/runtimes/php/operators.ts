import { longestText } from '../core/limits.ts';
import { Beyond } from '../core/tree.ts';
import { bigintOf, float, integer, isFloat, isTagged, numeric, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { raise } from './errors.ts';
import {
  array,
  className,
  count,
  deref,
  entries,
  hashOf,
  isArray,
  isObject,
  parseNumber,
  text,
  toFloat,
  toInt,
  toNumber,
  truthy,
} from './values.ts';

const int64 = (v: bigint, op: string, a: Value, b: Value): Value => {
  if (v <= 9223372036854775807n && v >= -9223372036854775808n) return integer(v);
  const [x, y] = [numeric(a) ?? 0, numeric(b) ?? 0];
  return float(op === '+' ? x + y : op === '-' ? x - y : op === '*' ? x * y : x ** y);
};

/** A binary operator. Throws what PHP throws. */
export function binary(vm: Vm, op: string, a: Value, b: Value): Value {
  switch (op) {
    case '.': {
      const [x, y] = [text(vm, a), text(vm, b)];
      if (x.length + y.length > longestText) throw new Beyond('a text this long');
      vm.tick((x.length + y.length) >> 8);
      return x + y;
    }
    case '===':
      return identical(vm, a, b);
    case '!==':
      return !identical(vm, a, b);
    case '==':
      return compare(vm, a, b) === 0;
    case '!=':
      return compare(vm, a, b) !== 0;
    case '<':
      return compare(vm, a, b) < 0;
    case '>':
      return compare(vm, b, a) < 0;
    case '<=':
      return lessOrEqual(compare(vm, a, b));
    case '>=':
      return lessOrEqual(compare(vm, b, a));
    case '<=>':
      return Math.sign(compare(vm, a, b)) || 0;
    case 'xor':
      return truthy(vm, a) !== truthy(vm, b);
  }
  return arithmetic(vm, op, a, b);
}
const lessOrEqual = (n: number): boolean => n <= 0;

function arithmetic(vm: Vm, op: string, a: Value, b: Value): Value {
  if (op === '+' && isArray(vm, a) && isArray(vm, b)) {
    const own = vm.obj(a)?.e ?? {};
    return array(vm, [...entries(vm, a), ...entries(vm, b).filter(([k]) => !Object.hasOwn(own, hashOf(k)))]);
  }
  if ('&|^'.includes(op) && typeof a === 'string' && typeof b === 'string') throw new Beyond(`${op} of texts`);
  const x = toNumber(vm, a, op, [a, b]);
  const y = toNumber(vm, b, op, [a, b]);
  if (['&', '|', '^', '<<', '>>', '%'].includes(op)) {
    const [m, n] = [bigintOf(toInt(vm, x)) ?? 0n, bigintOf(toInt(vm, y)) ?? 0n];
    if (op === '&') return integer(m & n);
    if (op === '|') return integer(m | n);
    if (op === '^') return integer(m ^ n);
    if (op === '%') return n === 0n ? raise(vm, 'DivisionByZeroError', 'Modulo by zero') : integer(m % n);
    if (n < 0n) return raise(vm, 'ArithmeticError', 'Bit shift by negative number');
    if (op === '<<') return integer(n > 63n ? 0n : BigInt.asIntN(64, m << n));
    return integer(m >> (n > 63n ? 63n : n));
  }
  const [p, q] = [numeric(x) ?? 0, numeric(y) ?? 0];
  if (op === '/') {
    if (q === 0) return raise(vm, 'DivisionByZeroError', 'Division by zero');
    const result = p / q;
    return !isFloat(x) && !isFloat(y) && Number.isInteger(result) ? integer(result) : float(result);
  }
  if (isFloat(x) || isFloat(y)) {
    if (op === '+') return float(p + q);
    if (op === '-') return float(p - q);
    if (op === '*') return float(p * q);
    return float(p ** q);
  }
  const result = op === '+' ? p + q : op === '-' ? p - q : op === '*' ? p * q : Number.NaN;
  if (Number.isSafeInteger(result)) return result;
  const [m, n] = [bigintOf(x) ?? 0n, bigintOf(y) ?? 0n];
  if (op === '**') {
    if (n < 0n || n > 4096n) return float(p ** q);
    return int64(m ** n, op, x, y);
  }
  return int64(op === '+' ? m + n : op === '-' ? m - n : m * n, op, x, y);
}

export function unary(vm: Vm, op: string, v: Value): Value {
  if (op === '!') return !truthy(vm, v);
  if (op === '~') return integer(~(bigintOf(toInt(vm, v)) ?? 0n));
  return arithmetic(vm, '*', v, op === '-' ? -1 : 1);
}

export function identical(vm: Vm, a: Value, b: Value): boolean {
  if (isTagged(a) && isTagged(b)) {
    if (a.t === 'ref' && b.t === 'ref') {
      if (a.r === b.r) return true;
      if (!isArray(vm, a) || !isArray(vm, b) || count(vm, a) !== count(vm, b)) return false;
      const [x, y] = [entries(vm, a), entries(vm, b)];
      return x.every(([k, v], i) => k === y[i]?.[0] && identical(vm, v, y[i]?.[1] ?? null));
    }
    return a.t === b.t && (a.t === 'f' ? numeric(a) === numeric(b) : JSON.stringify(a) === JSON.stringify(b));
  }
  return a === b;
}

/** Below, above or equal, as `<=>` tells; 1 for what cannot be compared. */
export function compare(vm: Vm, a: Value, b: Value): number {
  const cmp = (x: number, y: number): number => (x < y ? -1 : x === y ? 0 : 1);
  const bytes = (x: string, y: string): number => (x < y ? -1 : x === y ? 0 : 1);
  if (
    typeof a === 'boolean' ||
    typeof b === 'boolean' ||
    ((a === null || b === null) && typeof a !== 'string' && typeof b !== 'string')
  )
    return cmp(Number(truthy(vm, a)), Number(truthy(vm, b)));
  if (a === null) return bytes('', text(vm, b));
  if (b === null) return bytes(text(vm, a), '');
  if (typeof a === 'string' && typeof b === 'string') {
    const [m, n] = [parseNumber(a), parseNumber(b)];
    if (m?.whole && n?.whole) return cmp(numeric(m.v) ?? 0, numeric(n.v) ?? 0);
    return bytes(a, b);
  }
  if (isArray(vm, a) || isArray(vm, b)) {
    if (!isArray(vm, a)) return -1;
    if (!isArray(vm, b)) return 1;
    if (count(vm, a) !== count(vm, b)) return cmp(count(vm, a), count(vm, b));
    for (const [k, v] of entries(vm, a)) {
      const other = vm.obj(b)?.e?.[hashOf(k)];
      if (!other) return 1;
      const one = compare(vm, v, deref(vm, other[1]));
      if (one !== 0) return one;
    }
    return 0;
  }
  if (isObject(vm, a) && isObject(vm, b)) {
    if (identical(vm, a, b)) return 0;
    if (className(vm, a) !== className(vm, b)) return 1;
    const [x, y] = [vm.obj(a)?.p ?? {}, vm.obj(b)?.p ?? {}];
    if (vm.obj(a)?.k !== 'inst') return 1;
    for (const name of Object.keys(x)) {
      const one = compare(vm, deref(vm, x[name] ?? null), deref(vm, y[name] ?? null));
      if (one !== 0) return one;
    }
    return 0;
  }
  if (isObject(vm, a) || isObject(vm, b)) {
    if (typeof a === 'string') return bytes(a, text(vm, b));
    if (typeof b === 'string') return bytes(text(vm, a), b);
    return cmp(isObject(vm, a) ? 1 : toFloat(vm, a), isObject(vm, b) ? 1 : toFloat(vm, b));
  }
  const [s, n] = typeof a === 'string' ? [a, b] : [typeof b === 'string' ? b : '', a];
  if (typeof a === 'string' || typeof b === 'string') {
    const found = parseNumber(s);
    if (!found?.whole) return bytes(typeof a === 'string' ? a : text(vm, a), typeof b === 'string' ? b : text(vm, b));
    return typeof a === 'string'
      ? cmp(numeric(found.v) ?? 0, numeric(n) ?? 0)
      : cmp(numeric(n) ?? 0, numeric(found.v) ?? 0);
  }
  const [x, y] = [bigintOf(a), bigintOf(b)];
  if (x !== undefined && y !== undefined) return x < y ? -1 : x === y ? 0 : 1;
  return cmp(numeric(a) ?? Number.NaN, numeric(b) ?? Number.NaN);
}
