import type { Json } from '../../../kernel/json.ts';

/** A value of a program, as plain data. Numbers are JavaScript's numbers, or Python's and Go's integers. */
export type Value = null | boolean | number | string | Tagged;

/**
 * What JSON has no word for: a place in the heap, undefined, a number with a point (or NaN, Infinity), a large integer, a
 * built-in function (bound to `self`), a name that has no value yet.
 */
export type Tagged =
  | { readonly t: 'ref'; readonly r: number }
  | { readonly t: 'u' }
  | { readonly t: 'hole' }
  | { readonly t: 'f'; readonly v: number | string }
  | { readonly t: 'big'; readonly v: string }
  | { readonly t: 'bytes'; readonly v: string }
  | { readonly t: 'b'; readonly n: string; readonly self?: Value };

export const undef: Value = { t: 'u' };
/** A value, or undefined where there is none; null is a value. */
export const present = (v: Value | undefined): Value => (v === undefined ? undef : v);
export const hole: Value = { t: 'hole' };

/** Something with an identity. Which fields it has depends on its kind `k`. */
export interface Obj {
  k: string;
  /** Items in order. */
  a?: Value[];
  /** Entries by the key's hash, in order of insertion. */
  e?: { [hash: string]: readonly [Value, Value] };
  /** Attributes, properties, variables. */
  p?: { [name: string]: Value };
  /** Class, prototype, or enclosing scope. */
  up?: number;
  /** The name of a function, class or type. */
  s?: string;
  n?: number;
  v?: Value;
  x?: Json;
}

export function isTagged(v: Value): v is Tagged {
  return typeof v === 'object' && v !== null;
}
export function isUndefined(v: Value): boolean {
  return isTagged(v) && v.t === 'u';
}
export function ref(r: number): Value {
  return { t: 'ref', r };
}
export function builtin(n: string, self?: Value): Value {
  return self === undefined ? { t: 'b', n } : { t: 'b', n, self };
}
/** A number with a point as a value of Python or Go. */
export function float(v: number): Value {
  return { t: 'f', v: Number.isFinite(v) && !Object.is(v, -0) ? v : Object.is(v, -0) ? '-0' : String(v) };
}
export function isFloat(v: Value): v is { readonly t: 'f'; readonly v: number | string } {
  return isTagged(v) && v.t === 'f';
}
/** A number of JavaScript as a value: what JSON cannot say is tagged. */
export function jsNumber(v: number): Value {
  return Number.isFinite(v) && !Object.is(v, -0) ? v : float(v);
}
/** An integer of any size as a value of Python or Go. */
export function integer(v: bigint | number): Value {
  if (typeof v === 'number' && Number.isSafeInteger(v)) return v === 0 ? 0 : v;
  const big = BigInt(v);
  return big >= -9007199254740991n && big <= 9007199254740991n ? Number(big) : { t: 'big', v: String(big) };
}
/** The number that a value is (true is 1), or undefined. Large integers lose digits. */
export function numeric(v: Value): number | undefined {
  if (typeof v === 'number') return v;
  if (typeof v === 'boolean') return v ? 1 : 0;
  if (isTagged(v) && (v.t === 'f' || v.t === 'big')) return Number(v.v);
  return undefined;
}
/** The integer that a value is, exactly; undefined for everything else. */
export function bigintOf(v: Value): bigint | undefined {
  if (typeof v === 'number') return BigInt(v);
  if (typeof v === 'boolean') return v ? 1n : 0n;
  return isTagged(v) && v.t === 'big' ? BigInt(v.v) : undefined;
}
