import { checkInteger, longestList, longestText } from '../core/limits.ts';
import { Beyond } from '../core/tree.ts';
import { bigintOf, float, integer, isFloat, isTagged, numeric, type Obj, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { percentFormat } from './format.ts';
import { counters } from './methods-sets.ts';
import { classAttribute, equal, hash, idOf, isInt, list, order, raise, tuple, typeName } from './values.ts';

const methods: { readonly [op: string]: string } = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'truediv',
  '//': 'floordiv',
  '%': 'mod',
  '**': 'pow',
  '&': 'and',
  '|': 'or',
  '^': 'xor',
  '<': 'lt',
  '>': 'gt',
  '<=': 'le',
  '>=': 'ge',
  '@': 'matmul',
  '<<': 'lshift',
  '>>': 'rshift',
};
/** The comparison that says the same with its sides exchanged. */
const mirrored: { readonly [op: string]: string | undefined } = { '<': 'gt', '>': 'lt', '<=': 'ge', '>=': 'le' };

/** A binary operator or a comparison. `+=` and its like change lists in place. */
export function binary(vm: Vm, given: string, a: Value, b: Value): Value {
  const inPlace = given.length > 1 && given.endsWith('=') && !['==', '!=', '<=', '>='].includes(given);
  const op = inPlace ? given.slice(0, -1) : given;
  switch (op) {
    case '==':
      return equal(vm, a, b);
    case '!=':
      return !equal(vm, a, b);
    case 'is':
      return same(vm, a, b);
    case 'is not':
      return !same(vm, a, b);
    case 'in':
      return contains(vm, b, a);
    case 'not in':
      return !contains(vm, b, a);
  }
  const o = vm.obj(a);
  const p = vm.obj(b);
  if (o?.k === 'inst' || p?.k === 'inst') {
    const asked: [Value, string, Value][] = [
      ...(inPlace ? [[a, `__i${methods[op]}__`, b] as [Value, string, Value]] : []),
      [a, `__${methods[op]}__`, b],
      [b, mirrored[op] === undefined ? `__r${methods[op]}__` : `__${mirrored[op]}__`, a],
    ];
    for (const [self, name, other] of asked) {
      const x = vm.obj(self);
      const own = x?.k === 'inst' ? classAttribute(vm, x.up ?? 0, name) : undefined;
      if (own === undefined) continue;
      const found = vm.call(own, [self, other]);
      if (!(isTagged(found) && found.t === 'b' && found.n === 'NotImplemented')) return found;
    }
  }
  if (o?.k === 'setof' && p?.k === 'setof' && ['<', '>', '<=', '>='].includes(op))
    return subset(op.startsWith('<') ? [o, p] : [p, o], !op.endsWith('='));
  if (op === '<') return order(vm, a, b, op) < 0;
  if (op === '>') return order(vm, a, b, op) > 0;
  if (op === '<=') return order(vm, a, b, op) <= 0;
  if (op === '>=') return order(vm, a, b, op) >= 0;
  if (inPlace && op === '+' && o?.k === 'list') {
    vm.own(a).a?.push(...vm.lang.unpack(vm, b, -1, -1));
    return a;
  }
  return arithmetic(vm, op, a, b, inPlace ? given : op);
}

function same(vm: Vm, a: Value, b: Value): boolean {
  if (vm.obj(a) || vm.obj(b)) return idOf(a) === idOf(b);
  return typeName(vm, a) === typeName(vm, b) && hash(vm, a) === hash(vm, b);
}

function contains(vm: Vm, container: Value, v: Value): boolean {
  if (typeof container === 'string') {
    if (typeof v !== 'string')
      raise(vm, 'TypeError', `'in <string>' requires string as left operand, not ${typeName(vm, v)}`);
    vm.tick(container.length >> 4);
    return container.includes(v as string);
  }
  const o = vm.obj(container);
  if (o?.k === 'dict' || o?.k === 'setof') return Object.hasOwn(o.e ?? {}, hash(vm, v));
  if (o?.k === 'inst') {
    const own = classAttribute(vm, o.up ?? 0, '__contains__');
    if (own !== undefined) return vm.lang.truthy(vm, vm.call(own, [container, v]));
  }
  if (o?.k === 'class') {
    const own = classAttribute(vm, idOf(container), '_class_contains_');
    if (own !== undefined) return vm.lang.truthy(vm, vm.call(vm.lang.get(vm, container, '_class_contains_'), [v]));
  }
  if (!o) raise(vm, 'TypeError', `argument of type '${typeName(vm, container)}' is not iterable`);
  return vm.lang.unpack(vm, container, -1, -1).some((one) => equal(vm, one, v));
}

function unsupported(vm: Vm, op: string, a: Value, b: Value): never {
  const shown = op === '**' ? '** or pow()' : op;
  return raise(
    vm,
    'TypeError',
    `unsupported operand type(s) for ${shown}: '${typeName(vm, a)}' and '${typeName(vm, b)}'`,
  );
}

function arithmetic(vm: Vm, op: string, a: Value, b: Value, shown: string): Value {
  const [x, y] = [numeric(a), numeric(b)];
  if (x !== undefined && y !== undefined)
    return isFloat(a) || isFloat(b) || op === '/' ? floats(vm, op, x, y, shown, a, b) : integers(vm, op, a, b);
  const [o, p] = [vm.obj(a), vm.obj(b)];
  if (op === '%' && typeof a === 'string') return percentFormat(vm, a, b);
  if (op === '+') {
    if (typeof a === 'string') {
      if (typeof b !== 'string') raise(vm, 'TypeError', `can only concatenate str (not "${typeName(vm, b)}") to str`);
      if (a.length + (b as string).length > longestText) throw new Beyond('a text this long');
      return a + (b as string);
    }
    if (isTagged(a) && a.t === 'bytes' && !(isTagged(b) && b.t === 'bytes'))
      raise(vm, 'TypeError', `can't concat ${typeName(vm, b)} to bytes`);
    if (isTagged(a) && isTagged(b) && a.t === 'bytes' && b.t === 'bytes') return { t: 'bytes', v: a.v + b.v };
    if (o?.k === 'list' || o?.k === 'tuple') {
      if (p?.k !== o.k) raise(vm, 'TypeError', `can only concatenate ${o.k} (not "${typeName(vm, b)}") to ${o.k}`);
      return (o.k === 'list' ? list : tuple)(vm, [...(o.a ?? []), ...(p?.a ?? [])]);
    }
  }
  if (op === '*') {
    const [seq, times] = isInt(b) ? [a, y] : isInt(a) ? [b, x] : [null, 0];
    const q = vm.obj(seq);
    const size =
      (times ?? 0) *
      (typeof seq === 'string' ? seq.length : isTagged(seq) && seq.t === 'bytes' ? seq.v.length : (q?.a?.length ?? 0));
    if (size > 2 ** 28) raise(vm, 'MemoryError', '');
    if (size > (q ? longestList : longestText)) throw new Beyond('a value this large');
    vm.tick(size >> 4);
    if (isTagged(seq) && seq.t === 'bytes') return { t: 'bytes', v: seq.v.repeat(Math.max(0, times ?? 0)) };
    if (typeof seq === 'string') return seq.repeat(Math.max(0, times ?? 0));
    if (q?.k === 'list' || q?.k === 'tuple')
      return vm.make({ k: q.k, a: Array.from({ length: Math.max(0, times ?? 0) }, () => q.a ?? []).flat() });
  }
  if (o?.s === 'Counter' && p?.s === 'Counter' && ['+', '-', '&', '|'].includes(op)) return counters(vm, op, o, p);
  if (o?.k === 'setof' && p?.k === 'setof') return sets(vm, op, o.e ?? {}, p.e ?? {});
  if (op === '|' && o?.k === 'dict' && p?.k === 'dict') return vm.make({ k: 'dict', e: { ...o.e, ...p.e } });
  return unsupported(vm, shown, a, b);
}

function subset([a, b]: readonly [Obj, Obj] | readonly Obj[], proper: boolean): boolean {
  const keys = Object.keys(a?.e ?? {});
  const all = b?.e ?? {};
  return keys.every((key) => Object.hasOwn(all, key)) && (!proper || keys.length < Object.keys(all).length);
}

type Entries = { readonly [hash: string]: readonly [Value, Value] };
function sets(vm: Vm, op: string, a: Entries, b: Entries): Value {
  const of = (entries: [string, readonly [Value, Value]][]) => vm.make({ k: 'setof', e: Object.fromEntries(entries) });
  const [x, y] = [Object.entries(a), Object.entries(b)];
  if (op === '|') return of([...x, ...y]);
  if (op === '&') return of(x.filter(([key]) => Object.hasOwn(b, key)));
  if (op === '-') return of(x.filter(([key]) => !Object.hasOwn(b, key)));
  return of([...x.filter(([key]) => !Object.hasOwn(b, key)), ...y.filter(([key]) => !Object.hasOwn(a, key))]);
}

function floats(vm: Vm, op: string, x: number, y: number, shown: string, a: Value, b: Value): Value {
  switch (op) {
    case '+':
      return float(x + y);
    case '-':
      return float(x - y);
    case '*':
      return float(x * y);
    case '/':
      if (y === 0)
        raise(vm, 'ZeroDivisionError', isFloat(a) || isFloat(b) ? 'float division by zero' : 'division by zero');
      return float(x / y);
    case '//':
      if (y === 0) raise(vm, 'ZeroDivisionError', 'float floor division by zero');
      return float(Math.floor(x / y));
    case '%':
      if (y === 0) raise(vm, 'ZeroDivisionError', 'float modulo');
      return float(x - Math.floor(x / y) * y);
    case '**':
      return float(x ** y);
  }
  return unsupported(vm, shown, a, b);
}

function integers(vm: Vm, op: string, a: Value, b: Value): Value {
  const [x, y] = [bigintOf(a) ?? 0n, bigintOf(b) ?? 0n];
  checkInteger(vm, op, x, y);
  if ((op === '<<' || op === '>>') && y < 0n) raise(vm, 'ValueError', 'negative shift count');
  if ((op === '//' || op === '%') && y === 0n)
    raise(vm, 'ZeroDivisionError', op === '%' ? 'integer modulo by zero' : 'integer division or modulo by zero');
  switch (op) {
    case '+':
      return integer(x + y);
    case '-':
      return integer(x - y);
    case '*':
      return integer(x * y);
    case '//': {
      const q = x / y;
      return integer(x % y !== 0n && x < 0n !== y < 0n ? q - 1n : q);
    }
    case '%': {
      const r = x % y;
      return integer(r !== 0n && r < 0n !== y < 0n ? r + y : r);
    }
    case '**':
      if (y < 0n && x === 0n) raise(vm, 'ZeroDivisionError', '0.0 cannot be raised to a negative power');
      if (y < 0n) return float(Number(x) ** Number(y));
      return integer(x ** y);
    case '&':
      return both(a, b, integer(x & y), x !== 0n && y !== 0n);
    case '|':
      return both(a, b, integer(x | y), x !== 0n || y !== 0n);
    case '^':
      return integer(x ^ y);
    case '<<':
      return integer(x << y);
    case '>>':
      return integer(x >> y);
  }
  return unsupported(vm, op, a, b);
}
const both = (a: Value, b: Value, n: Value, flag: boolean): Value =>
  typeof a === 'boolean' && typeof b === 'boolean' ? flag : n;

export function unary(vm: Vm, op: string, v: Value): Value {
  if (op === 'not') return !vm.lang.truthy(vm, v);
  const o = vm.obj(v);
  if (o?.k === 'inst') {
    const own = classAttribute(vm, o.up ?? 0, op === '-' ? '__neg__' : op === '+' ? '__pos__' : '__invert__');
    if (own !== undefined) return vm.call(own, [v]);
  }
  const n = bigintOf(v);
  if (n !== undefined) return integer(op === '-' ? -n : op === '~' ? -n - 1n : n);
  const x = numeric(v);
  if (x === undefined || op === '~') raise(vm, 'TypeError', `bad operand type for unary ${op}: '${typeName(vm, v)}'`);
  return float(op === '-' ? -(x ?? 0) : (x ?? 0));
}
