import { checkInteger, longestText } from '../core/limits.ts';
import { Beyond } from '../core/tree.ts';
import { isTagged, isUndefined, jsNumber, type Obj, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { findProperty, idOf, propertyKey, throwError } from './objects.ts';
import { primitive, same, text, toNumber, truthy, typeOf } from './semantics.ts';

function loose(vm: Vm, a: Value, b: Value): boolean {
  const none = (v: Value) => v === null || isUndefined(v);
  if (none(a) || none(b)) return none(a) && none(b);
  if (typeOf(vm, a) === typeOf(vm, b)) return same(a, b);
  const x = primitive(vm, a);
  const y = primitive(vm, b);
  return typeof x === 'string' && typeof y === 'string' ? x === y : toNumber(vm, x) === toNumber(vm, y);
}

const isBig = (v: Value): v is { readonly t: 'big'; readonly v: string } => isTagged(v) && v.t === 'big';

export function binary(vm: Vm, op: string, a: Value, b: Value): Value {
  switch (op) {
    case '===':
      return same(a, b);
    case '!==':
      return !same(a, b);
    case '==':
      return loose(vm, a, b);
    case '!=':
      return !loose(vm, a, b);
    case 'instanceof':
      return instanceOf(vm, a, b);
    case 'in': {
      const o = vm.obj(b);
      if (!o) throwError(vm, 'TypeError', `Cannot use 'in' operator to search for '${text(vm, a)}' in ${text(vm, b)}`);
      return o?.k === 'list'
        ? Number(text(vm, a)) in (o.a ?? [])
        : findProperty(vm, o as Obj, propertyKey(vm, a)) !== undefined;
    }
    case '+': {
      const x = primitive(vm, a, 'default');
      const y = primitive(vm, b, 'default');
      if (typeof x === 'string' || typeof y === 'string') return joined(vm, text(vm, x), text(vm, y));
      if (isBig(x) && isBig(y)) return bigBinary(vm, op, BigInt(x.v), BigInt(y.v));
      if (isBig(x) || isBig(y))
        throwError(vm, 'TypeError', 'Cannot mix BigInt and other types, use explicit conversions');
      return jsNumber(toNumber(vm, x) + toNumber(vm, y));
    }
  }
  if (isBig(a) && isBig(b)) return bigBinary(vm, op, BigInt(a.v), BigInt(b.v));
  if (op === '<' || op === '>' || op === '<=' || op === '>=') {
    const x = primitive(vm, a, 'number');
    const y = primitive(vm, b, 'number');
    if (typeof x === 'string' && typeof y === 'string')
      return op === '<' ? x < y : op === '>' ? x > y : op === '<=' ? x <= y : x >= y;
    const [m, n] = [toNumber(vm, x), toNumber(vm, y)];
    return op === '<' ? m < n : op === '>' ? m > n : op === '<=' ? m <= n : m >= n;
  }
  if (isBig(a) !== isBig(b)) throwError(vm, 'TypeError', 'Cannot mix BigInt and other types, use explicit conversions');
  return jsNumber(arithmetic(op, toNumber(vm, a), toNumber(vm, b)));
}

/** Texts one after the other; V8 makes none of more than 2²⁹ - 24 characters. */
function joined(vm: Vm, a: string, b: string): string {
  const size = a.length + b.length;
  if (size > 536_870_888) throwError(vm, 'RangeError', 'Invalid string length');
  if (size > longestText) throw new Beyond('a text this long');
  return a + b;
}

function arithmetic(op: string, m: number, n: number): number {
  switch (op) {
    case '-':
      return m - n;
    case '*':
      return m * n;
    case '/':
      return m / n;
    case '%':
      return m % n;
    case '**':
      return m ** n;
    case '&':
      return m & n;
    case '|':
      return m | n;
    case '^':
      return m ^ n;
    case '<<':
      return m << n;
    case '>>':
      return m >> n;
    case '>>>':
      return m >>> n;
  }
  throw new Beyond(`the operator ${op}`);
}

function bigBinary(vm: Vm, op: string, a: bigint, b: bigint): Value {
  const of = (v: bigint): Value => ({ t: 'big', v: String(v) });
  checkInteger(vm, op, a, b);
  if (op === '+') return of(a + b);
  if (op === '&') return of(a & b);
  if (op === '|') return of(a | b);
  if (op === '^') return of(a ^ b);
  if (op === '<<') return of(a << b);
  if (op === '>>') return of(a >> b);
  if (op === '**' && b < 0n) throwError(vm, 'RangeError', 'Exponent must be non-negative');
  if (op === '-') return of(a - b);
  if (op === '*') return of(a * b);
  if (op === '**') return of(a ** b);
  if (op === '/' || op === '%') {
    if (b === 0n) throwError(vm, 'RangeError', 'Division by zero');
    return of(op === '/' ? a / b : a % b);
  }
  return op === '<' ? a < b : op === '>' ? a > b : op === '<=' ? a <= b : a >= b;
}

function instanceOf(vm: Vm, v: Value, cls: Value): boolean {
  const o = vm.obj(v);
  if (isTagged(cls) && cls.t === 'b') {
    const kind: { [n: string]: string } = {
      Array: 'list',
      Map: 'map',
      Set: 'setof',
      Date: 'date',
      RegExp: 'regexp',
      Promise: 'promise',
      Function: 'fn',
    };
    return o !== undefined && (o.k === kind[cls.n] || cls.n === 'Object');
  }
  const c = vm.obj(cls);
  const own = c ? findProperty(vm, c, '%Symbol.hasInstance') : undefined;
  if (own !== undefined) return truthy(vm.call(own, [v], undefined, cls));
  if (!c) throwError(vm, 'TypeError', `Right-hand side of 'instanceof' is not an object`);
  if (c.k !== 'class' && c.k !== 'fn') throwError(vm, 'TypeError', `Right-hand side of 'instanceof' is not callable`);
  const proto = c?.k === 'class' ? c.v : c?.p?.prototype;
  if (proto === undefined || !o) return false;
  const target = idOf(proto);
  if (c?.s === 'Object' && typeof c.x === 'string') return true;
  for (let up = o.up; up !== undefined; up = vm.heap[up]?.up) if (up === target) return true;
  return false;
}

export function unary(vm: Vm, op: string, v: Value): Value {
  if (op === '!') return !truthy(v);
  if (op === 'typeof') return typeOf(vm, v);
  if (isBig(v)) return op === '-' ? { t: 'big', v: String(-BigInt(v.v)) } : v;
  const n = toNumber(vm, v);
  return jsNumber(op === '-' ? -n : op === '~' ? ~n : n);
}
