import { bigintOf, float, integer, isFloat, isTagged, numeric, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { raise, warn } from './errors.ts';

/** PHP's texts are bytes: one character for each. Arrays are heap objects `array`, whose `x` says that they may be shared. */
export const isArray = (vm: Vm, v: Value): boolean => vm.obj(v)?.k === 'array';
export const isObject = (vm: Vm, v: Value): boolean => ['inst', 'fn', 'bound'].includes(vm.obj(v)?.k ?? '');

/** The key of an entry in an array. Texts that are whole numbers are numbers. */
export function hashOf(key: Value): string {
  return typeof key === 'number' ? `i:${key}` : `s:${String(key)}`;
}
/** The key that a value is, as arrays have it. Throws TypeError for arrays and objects. */
export function keyOf(vm: Vm, v: Value): Value {
  if (typeof v === 'number') return v;
  if (typeof v === 'string')
    return /^(?:0|-?[1-9]\d{0,17})$/.test(v) && v !== '-0' && Number.isSafeInteger(Number(v)) ? Number(v) : v;
  if (v === null) return '';
  if (typeof v === 'boolean') return v ? 1 : 0;
  if (isFloat(v)) {
    const n = Number(v.v);
    if (!Number.isInteger(n))
      warn(vm, 'Deprecated', `Implicit conversion from float ${text(vm, v)} to int loses precision`);
    return Number.isFinite(n) ? Math.trunc(n) : 0;
  }
  return raise(vm, 'TypeError', 'Illegal offset type');
}

/** An array of these entries. */
export function array(vm: Vm, entries: Iterable<readonly [Value, Value]>): Value {
  const e: { [hash: string]: readonly [Value, Value] } = {};
  let n = 0;
  for (const [key, v] of entries) {
    share(vm, v);
    e[hashOf(key)] = [key, v];
    if (typeof key === 'number' && key >= n) n = key + 1;
  }
  vm.tick(n >> 3);
  return vm.make({ k: 'array', e, n });
}
export function list(vm: Vm, values: readonly Value[]): Value {
  return array(
    vm,
    values.map((v, i) => [i, v] as const),
  );
}
/** The entries of an array, references followed. */
export function entries(vm: Vm, v: Value): (readonly [Value, Value])[] {
  const all = Object.values(vm.obj(v)?.e ?? {});
  vm.tick(all.length >> 3);
  return all.map(([key, value]) => [key, deref(vm, value)] as const);
}
export const values = (vm: Vm, v: Value): Value[] => entries(vm, v).map(([, value]) => value);
export function element(vm: Vm, v: Value, key: Value): Value | undefined {
  const found = vm.obj(v)?.e?.[hashOf(key)];
  return found && deref(vm, found[1]);
}
export const count = (vm: Vm, v: Value): number => Object.keys(vm.obj(v)?.e ?? {}).length;

/** Marks an array: who writes to it takes a copy first. */
export function share(vm: Vm, v: Value): Value {
  const o = vm.obj(v);
  if (o?.k === 'array' && o.x !== 1) vm.own(v).x = 1;
  return v;
}
/** An array that may be written to: itself, or a copy when others may have it. */
export function unshared(vm: Vm, v: Value): Value {
  const o = vm.obj(v);
  if (o?.x !== 1) return v;
  const e = { ...o.e };
  for (const [, value] of Object.values(e)) share(vm, value);
  vm.tick(Object.keys(e).length >> 3);
  return vm.make({ k: 'array', e, n: o.n ?? 0 });
}
export function put(vm: Vm, target: Value, key: Value, v: Value): void {
  const o = vm.own(target);
  o.e ??= {};
  o.e[hashOf(key)] = [key, v];
  if (typeof key === 'number' && key >= (o.n ?? 0)) o.n = key + 1;
  vm.grow(4);
}
export function deref(vm: Vm, v: Value): Value {
  const o = vm.obj(v);
  return o?.k === 'cell' ? (o.v ?? null) : v;
}

/** What `gettype` calls it where messages are about types. */
export function typeName(vm: Vm, v: Value): string {
  if (v === null) return 'null';
  if (typeof v === 'boolean') return v ? 'true' : 'false';
  if (typeof v === 'number' || (isTagged(v) && v.t === 'big')) return 'int';
  if (isFloat(v)) return 'float';
  if (typeof v === 'string') return 'string';
  const o = vm.obj(v);
  if (o?.k === 'array') return 'array';
  return className(vm, v);
}
/** The same, with one word for true and false. */
export const typeWord = (vm: Vm, v: Value): string => (typeof v === 'boolean' ? 'bool' : typeName(vm, v));
export function className(vm: Vm, v: Value): string {
  const o = vm.obj(v);
  if (o?.k === 'fn' || o?.k === 'bound') return 'Closure';
  return vm.heap[o?.up ?? 0]?.s ?? '';
}

/** A number with a point as PHP prints it (17 digits at most: the shortest that reads the same; `precision` 14 by default). */
export function floatText(n: number, precision: number): string {
  if (Number.isNaN(n)) return 'NAN';
  if (!Number.isFinite(n)) return n < 0 ? '-INF' : 'INF';
  if (n === 0) return Object.is(n, -0) ? '-0' : '0';
  const digits = precision === 17 ? n.toExponential() : n.toExponential(precision - 1);
  const [, sign = '', lead = '0', rest = '', power = '0'] = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(digits) ?? [];
  const all = (lead + rest).replace(/0+$/, '') || '0';
  const e = Number(power);
  if (e < -4 || e >= precision) {
    return `${sign}${all[0]}.${all.slice(1) || '0'}E${e < 0 ? '-' : '+'}${Math.abs(e)}`;
  }
  if (e < 0) return `${sign}0.${'0'.repeat(-e - 1)}${all}`;
  if (all.length <= e + 1) return sign + all.padEnd(e + 1, '0');
  return `${sign}${all.slice(0, e + 1)}.${all.slice(e + 1)}`;
}

/** The text that a value is. Warns of arrays, calls `__toString`. */
export function text(vm: Vm, v: Value): string {
  if (typeof v === 'string') return v;
  if (v === null || v === false) return '';
  if (v === true) return '1';
  if (typeof v === 'number') return String(v);
  if (isFloat(v)) return floatText(Number(v.v), 14);
  if (isTagged(v) && v.t === 'big') return v.v;
  const o = vm.obj(v);
  if (o?.k === 'array') {
    warn(vm, 'Warning', 'Array to string conversion');
    return 'Array';
  }
  const own = o?.k === 'inst' ? (vm.native('%method')(vm, [v, '__tostring'], null, {}) as Value) : null;
  if (own !== null) return text(vm, vm.call(own, []));
  return raise(vm, 'Error', `Object of class ${className(vm, v)} could not be converted to string`);
}

export function truthy(vm: Vm, v: Value): boolean {
  if (v === null || v === false || v === '' || v === '0' || v === 0) return false;
  if (isFloat(v)) return Number(v.v) !== 0;
  const o = vm.obj(v);
  return o?.k === 'array' ? count(vm, v) > 0 : true;
}

const leading = /^[ \t\n\r\v\f]*([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)([ \t\n\r\v\f]*)/;
/** The number that a text begins with, and whether it is all of it. */
export function parseNumber(s: string): { readonly v: Value; readonly whole: boolean } | undefined {
  const found = leading.exec(s);
  if (!found) return undefined;
  const digits = found[1] ?? '0';
  const big = /^[+-]?\d+$/.test(digits) ? BigInt(digits.replace('+', '')) : undefined;
  const inside = big !== undefined && big <= 9223372036854775807n && big >= -9223372036854775808n;
  return { v: big !== undefined && inside ? integer(big) : float(Number(digits)), whole: found[0].length === s.length };
}
export const isNumericText = (s: string): boolean => parseNumber(s)?.whole === true;

/** The number that a value is in arithmetic. Warns and throws as PHP does; `op` is for what it says. */
export function toNumber(vm: Vm, v: Value, op: string, other: readonly [Value, Value]): Value {
  if (typeof v === 'number' || (isTagged(v) && (v.t === 'f' || v.t === 'big'))) return v;
  if (v === null || v === false) return 0;
  if (v === true) return 1;
  if (typeof v === 'string') {
    const found = parseNumber(v);
    if (!found)
      return raise(
        vm,
        'TypeError',
        `Unsupported operand types: ${typeWord(vm, other[0])} ${op} ${typeWord(vm, other[1])}`,
      );
    if (!found.whole) warn(vm, 'Warning', 'A non-numeric value encountered');
    return found.v;
  }
  return raise(vm, 'TypeError', `Unsupported operand types: ${typeWord(vm, other[0])} ${op} ${typeWord(vm, other[1])}`);
}
export function toFloat(vm: Vm, v: Value): number {
  if (typeof v === 'string') return numeric(parseNumber(v)?.v ?? 0) ?? 0;
  if (vm.obj(v)) return truthy(vm, v) ? 1 : 0;
  return numeric(v) ?? 0;
}
/** The integer that a value is, as `(int)` makes it. */
export function toInt(vm: Vm, v: Value): Value {
  if (typeof v === 'number' || (isTagged(v) && v.t === 'big')) return v;
  if (typeof v === 'string') return toInt(vm, parseNumber(v)?.v ?? 0);
  if (isFloat(v)) {
    const n = Number(v.v);
    return Number.isFinite(n) ? integer(BigInt.asIntN(64, BigInt(Math.trunc(n)))) : 0;
  }
  return truthy(vm, v) ? 1 : 0;
}
/** The same as a number of JavaScript, for lengths and positions. */
export const int = (vm: Vm, v: Value | undefined): number =>
  v === undefined ? 0 : Number(bigintOf(toInt(vm, v)) ?? 0n);
