import type { Native, Natives } from '../core/lang.ts';
import { longestList } from '../core/limits.ts';
import { Beyond } from '../core/tree.ts';
import { builtin, isTagged, isUndefined, jsNumber, present, undef, type Value } from '../core/values.ts';
import { Thrown, type Vm } from '../core/vm.ts';
import { callJs } from './calls.ts';
import { generatorNatives } from './generators.ts';
import { jsonNatives } from './json.ts';
import { array, findProperty, hash, idOf, makeError, plain, propertyKey, protoOf, ref, throwError } from './objects.ts';
import { makePromise, react, reject, resolvePromise } from './promises.ts';
import { getProperty, iterator, same, setProperty, text, toNumber, truthy } from './semantics.ts';
import { symbolNatives } from './symbols.ts';

/** All values that an iterable gives. */
export function allOf(vm: Vm, v: Value): Value[] {
  const it = iterator(vm, v, 'of');
  const all: Value[] = [];
  for (let one = vm.lang.next(vm, it); one !== undefined; one = vm.lang.next(vm, it)) all.push(one);
  return all;
}

/** The names of an object's own properties that count. */
export function keysOf(vm: Vm, v: Value): string[] {
  if (typeof v === 'string') return [...v].map((_, i) => String(i));
  const o = vm.obj(v);
  if (o?.k === 'list') return (o.a ?? []).map((_, i) => String(i));
  return Object.keys(o?.p ?? {}).filter(
    (key) => !/^[#%]/.test(key) && !(key === 'constructor' && o?.x !== undefined) && !(o && isErrorKey(vm, v, key)),
  );
}
function isErrorKey(vm: Vm, v: Value, key: string): boolean {
  if (!['message', 'stack', 'cause', 'errors'].includes(key)) return false;
  for (let up = vm.obj(v)?.up; up !== undefined; up = vm.heap[up]?.up) if (vm.heap[up]?.x === 'Error') return true;
  return false;
}

function promiseOf(vm: Vm, v: Value): number {
  if (vm.obj(v)?.k === 'promise') return idOf(v);
  const made = makePromise(vm);
  resolvePromise(vm, idOf(made), v);
  return idOf(made);
}

function combine(kind: 'all' | 'allSettled' | 'race' | 'any') {
  return (vm: Vm, [list = undef]: readonly Value[]): Value => {
    const promise = makePromise(vm);
    const all = allOf(vm, list);
    const state = vm.make({
      k: 'object',
      p: {
        list: array(
          vm,
          all.map(() => undef),
        ),
        left: all.length,
      },
    });
    if (all.length === 0 && kind !== 'race') resolvePromise(vm, idOf(promise), array(vm, []));
    all.forEach((one, i) => {
      const data = array(vm, [promise, state, i, kind]);
      react(vm, promiseOf(vm, one), {
        fulfilled: builtin('%one done', data),
        rejected: builtin('%one failed', data),
        promise: -1,
      });
    });
    return promise;
  };
}
function oneSettled(vm: Vm, value: Value, self: Value, failed: boolean): Value {
  const [promise = undef, state = undef, i = 0, kind = ''] = vm.obj(self)?.a ?? [];
  const list = vm.obj(state)?.p?.list ?? undef;
  if (kind === 'race' || (kind === 'all' && failed) || (kind === 'any' && !failed)) {
    (failed ? reject : resolvePromise)(vm, idOf(promise), value);
    return undef;
  }
  const settled: { [name: string]: Value } = failed
    ? { status: 'rejected', reason: value }
    : { status: 'fulfilled', value };
  const a = vm.own(list).a ?? [];
  a[Number(i)] = kind === 'allSettled' ? plain(vm, settled) : value;
  const o = vm.own(state);
  const left = Number(o.p?.left) - 1;
  o.p = { ...o.p, left };
  if (left === 0 && kind === 'any') {
    const error = makeError(vm, 'AggregateError', 'All promises were rejected', { errors: list }, '');
    reject(vm, idOf(promise), error);
  } else if (left === 0) resolvePromise(vm, idOf(promise), list);
  return undef;
}

function then(vm: Vm, self: Value, fulfilled: Value, rejected: Value): Value {
  const promise = makePromise(vm);
  react(vm, idOf(self), { fulfilled, rejected, promise: idOf(promise) });
  return promise;
}

function entryList(vm: Vm, v: Value): Value[] {
  return keysOf(vm, v).map((key) => array(vm, [key, getProperty(vm, v, key)]));
}

function fillMap(vm: Vm, [from]: readonly Value[], k: 'map' | 'setof'): Value {
  const e: { [hash: string]: readonly [Value, Value] } = {};
  if (from !== undefined && from !== null && !isUndefined(from)) {
    for (const one of allOf(vm, from)) {
      const pair = vm.obj(one)?.a ?? [];
      if (k === 'map') e[hash(present(pair[0]))] = [present(pair[0]), present(pair[1])];
      else e[hash(one)] = [one, null];
    }
  }
  return vm.make({ k, e });
}
const entries = (vm: Vm, self: Value) => vm.obj(self)?.e ?? {};
const iterating = (vm: Vm, a: Value[], x: string): Value => vm.make({ k: 'iter', a, n: 0, x });
function put(vm: Vm, self: Value, key: Value, value: Value): Value {
  const o = vm.own(self);
  o.e ??= {};
  o.e[hash(key)] = [key, value];
  return self;
}
function drop(vm: Vm, [key = undef]: readonly Value[], self: Value): Value {
  const o = vm.own(self);
  const had = Object.hasOwn(o.e ?? {}, hash(key));
  if (o.e) delete o.e[hash(key)];
  return had;
}
function eachEntry(vm: Vm, [fn = undef]: readonly Value[], self: Value): Value {
  for (const [key, v] of Object.values(entries(vm, self)))
    vm.call(fn, [vm.obj(self)?.k === 'map' ? v : key, key, self]);
  return undef;
}

/** What a method of arrays that is called on something else works on: a list of what that has. */
function listed(vm: Vm, fn: Value, self: Value): Value {
  if (!isTagged(fn) || fn.t !== 'b' || !fn.n.startsWith('A.') || vm.obj(self)?.k === 'list') return self;
  if (/^A\.(?:push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin)$/.test(fn.n))
    throw new Beyond(`Array.prototype.${fn.n.slice(2)} on what is no array`);
  if (typeof self === 'string') return array(vm, [...self]);
  const length = Math.max(0, Math.trunc(toNumber(vm, getProperty(vm, self, 'length'))) || 0);
  if (length > longestList) throw new Beyond('an array this long');
  return array(
    vm,
    Array.from({ length }, (_, i) => getProperty(vm, self, String(i))),
  );
}

/** Object, Map, Set, Promise, JSON, functions. */
export const objectNatives: Natives = {
  Object: (vm, [v]) => v ?? plain(vm),
  'new Object': (vm) => plain(vm),
  '=Object.prototype': (vm) => ref(protoOf(vm, 'Object') ?? 0),
  'Object.keys': (vm, [v = undef]) => array(vm, keysOf(vm, v)),
  'Object.values': (vm, [v = undef]) =>
    array(
      vm,
      keysOf(vm, v).map((key) => getProperty(vm, v, key)),
    ),
  'Object.entries': (vm, [v = undef]) => array(vm, entryList(vm, v)),
  'Object.fromEntries': (vm, [v = undef]) =>
    plain(
      vm,
      Object.fromEntries(
        allOf(vm, v).map((pair) => [propertyKey(vm, present(vm.obj(pair)?.a?.[0])), present(vm.obj(pair)?.a?.[1])]),
      ),
    ),
  'Object.assign': (vm, [target = undef, ...sources]) => {
    for (const source of sources)
      for (const key of keysOf(vm, source)) setProperty(vm, target, key, getProperty(vm, source, key));
    return target;
  },
  'Object.freeze': (vm, [v = undef]) => {
    if (vm.obj(v)?.k === 'object') vm.own(v).n = -1;
    return v;
  },
  'Object.isFrozen': (vm, [v = undef]) => vm.obj(v)?.n === -1,
  'Object.create': (vm, [proto = null]) =>
    proto === null ? vm.make({ k: 'object', p: {}, x: 'null' }) : plain(vm, {}, idOf(proto)),
  'Object.getPrototypeOf': (vm, [v = undef]) => {
    const up = vm.obj(v)?.up;
    return up === undefined ? null : ref(up);
  },
  'Object.getOwnPropertyNames': (vm, [v = undef]) => array(vm, Object.keys(vm.obj(v)?.p ?? {})),
  'Object.hasOwn': (vm, [v = undef, key = undef]) => Object.hasOwn(vm.obj(v)?.p ?? {}, propertyKey(vm, key)),
  'Object.defineProperty': (vm, [v = undef, key = undef, d = undef]) => {
    setProperty(vm, v, propertyKey(vm, key), present(vm.obj(d)?.p?.value));
    return v;
  },
  'O.hasOwnProperty': (vm, [key = undef], self) => Object.hasOwn(vm.obj(self)?.p ?? {}, propertyKey(vm, key)),
  'O.toString': (vm, _a, self) => {
    const tag = vm.obj(self) ? findProperty(vm, vm.obj(self) as never, '%Symbol.toStringTag') : undefined;
    return `[object ${tag === undefined ? 'Object' : text(vm, tag)}]`;
  },
  'O.valueOf': (_vm, _a, self) => self,
  'O.toLocaleString': (vm, _a, self) => text(vm, self),
  '%strings': (vm, [cooked = undef, raw = undef]) => {
    vm.own(cooked).p = { '%raw': raw };
    return cooked;
  },
  '%delete': (vm, [target = undef, key = undef]) => {
    const o = vm.own(target);
    const name = propertyKey(vm, key);
    if (o.k === 'list' && o.a && /^\d+$/.test(name)) o.a[Number(name)] = { t: 'hole' };
    else if (o.p) delete o.p[name];
    return true;
  },
  'F.call': (vm, [self = undef, ...args], fn) => callJs(vm, fn, args, listed(vm, fn, self)),
  'F.apply': (vm, [self = undef, list = undef], fn) => callJs(vm, fn, vm.obj(list)?.a ?? [], listed(vm, fn, self)),
  'F.bind': (vm, [self = undef, ...args], fn) =>
    vm.make({ k: 'bound', v: fn, a: [self, ...args], s: `bound ${vm.obj(fn)?.s ?? ''}`, p: {} }),
  'F.toString': (vm, _a, self) => `function ${vm.obj(self)?.s ?? ''}() { … }`,
  'new Map': (vm, args) => fillMap(vm, args, 'map'),
  'new WeakRef': (vm, [v = undef]) => vm.make({ k: 'weakref', v }),
  'WR.deref': (vm, _a, self) => vm.obj(self)?.v ?? undef,
  'new WeakMap': (vm, args) => fillMap(vm, args, 'map'),
  'new Set': (vm, args) => fillMap(vm, args, 'setof'),
  'new WeakSet': (vm, args) => fillMap(vm, args, 'setof'),
  'M.get': (vm, [key = undef], self) => present(entries(vm, self)[hash(key)]?.[1]),
  'M.set': (vm, [key = undef, v = undef], self) => put(vm, self, key, v),
  'M.has': (vm, [key = undef], self) => Object.hasOwn(entries(vm, self), hash(key)),
  'M.delete': drop,
  'M.clear': (vm, _a, self) => {
    vm.own(self).e = {};
    return undef;
  },
  'M.forEach': eachEntry,
  'M.keys': (vm, _a, self) =>
    iterating(
      vm,
      Object.values(entries(vm, self)).map(([key]) => key),
      'Map Iterator',
    ),
  'M.values': (vm, _a, self) =>
    iterating(
      vm,
      Object.values(entries(vm, self)).map(([, v]) => v),
      'Map Iterator',
    ),
  'M.entries': (vm, _a, self) => iterator(vm, self, 'of'),
  'T.add': (vm, [key = undef], self) => put(vm, self, key, null),
  'T.has': (vm, [key = undef], self) => Object.hasOwn(entries(vm, self), hash(key)),
  'T.delete': drop,
  'T.clear': (vm, _a, self) => {
    vm.own(self).e = {};
    return undef;
  },
  'T.forEach': eachEntry,
  'T.values': (vm, _a, self) => iterator(vm, self, 'of'),
  'T.keys': (vm, _a, self) => iterator(vm, self, 'of'),
  'T.entries': (vm, _a, self) =>
    iterating(
      vm,
      Object.values(entries(vm, self)).map(([v]) => array(vm, [v, v])),
      'Set Entries',
    ),
  'new Promise': (vm, [executor = undef]) => {
    const promise = makePromise(vm);
    try {
      vm.call(executor, [builtin('%resolve', promise), builtin('%reject', promise)]);
    } catch (error) {
      if (!(error instanceof Thrown)) throw error;
      reject(vm, idOf(promise), error.value);
    }
    return promise;
  },
  '%resolve': (vm, [v = undef], self) => {
    resolvePromise(vm, idOf(self), v);
    return undef;
  },
  '%reject': (vm, [v = undef], self) => {
    reject(vm, idOf(self), v);
    return undef;
  },
  '%one done': (vm, [v = undef], self) => oneSettled(vm, v, self, false),
  '%one failed': (vm, [v = undef], self) => oneSettled(vm, v, self, true),
  'Promise.resolve': (vm, [v = undef]) => ref(promiseOf(vm, v)),
  'Promise.reject': (vm, [v = undef]) => {
    const promise = makePromise(vm);
    reject(vm, idOf(promise), v);
    return promise;
  },
  'Promise.all': combine('all'),
  'Promise.allSettled': combine('allSettled'),
  'Promise.race': combine('race'),
  'Promise.any': combine('any'),
  'P.then': (vm, [ok = undef, failed = undef], self) => then(vm, self, ok, failed),
  'P.catch': (vm, [failed = undef], self) => then(vm, self, undef, failed),
  'P.finally': (vm, [fn = undef], self) => then(vm, self, builtin('%finally', fn), builtin('%finally failed', fn)),
  '%finally': (vm, [v = undef], self) => {
    vm.call(self, []);
    return v;
  },
  '%finally failed': (vm, [v = undef], self) => {
    vm.call(self, []);
    throw new Thrown(v);
  },
  ...Object.fromEntries([
    [
      'queueMicrotask',
      ((vm, [fn = undef]) => {
        vm.micro.push({ fn, value: undef, promise: -1, thrown: false, args: [] });
        return undef;
      }) satisfies Native,
    ],
  ]),
  ...symbolNatives,
  ...generatorNatives,
  ...jsonNatives,
  Boolean: (_vm, [v = undef]) => truthy(v),
  Number: (vm, [v = 0]) => (isTagged(v) && v.t === 'big' ? Number(v.v) : jsNumber(toNumber(vm, v))),
  String: (vm, [v]) =>
    v === undefined ? '' : vm.obj(v)?.k === 'symbol' ? `Symbol(${vm.obj(v)?.s ?? ''})` : text(vm, v),
  BigInt: (vm, [v = 0]) => {
    if (isTagged(v) && v.t === 'big') return v;
    if (typeof v === 'string') {
      if (!/^\s*(?:[+-]?\d+|0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+)?\s*$/.test(v))
        throwError(vm, 'SyntaxError', `Cannot convert ${v} to a BigInt`);
      return { t: 'big', v: String(BigInt(v)) };
    }
    const n = toNumber(vm, v);
    if (!Number.isInteger(n))
      throwError(vm, 'RangeError', `The number ${n} cannot be converted to a BigInt because it is not an integer`);
    return { t: 'big', v: String(BigInt(n)) };
  },
  'Object.is': (_vm, [a = undef, b = undef]) => hash(a) === hash(b) || same(a, b),
};
