import { longestList } from '../core/limits.ts';
import { Beyond } from '../core/tree.ts';
import {
  builtin,
  isTagged,
  isUndefined,
  jsNumber,
  numeric,
  type Obj,
  present,
  undef,
  type Value,
} from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { known } from './known-names.ts';
import { findProperty, hash, stackOf, throwError } from './objects.ts';

/** Natives of the kinds of objects are named by these letters: `A.map`, `S.split`. */
const kinds: { readonly [k: string]: string | undefined } = {
  list: 'A',
  fn: 'F',
  bound: 'F',
  class: 'F',
  map: 'M',
  setof: 'T',
  date: 'D',
  regexp: 'R',
  promise: 'P',
  gen: 'G',
  agen: 'AG',
  weakref: 'WR',
  iter: 'G',
  object: 'O',
  symbol: 'Y',
};

export function truthy(v: Value): boolean {
  if (v === null || v === false || v === 0 || v === '') return false;
  if (!isTagged(v)) return true;
  if (v.t === 'u' || v.t === 'hole') return false;
  return v.t === 'f' ? v.v !== 'NaN' && v.v !== '-0' : v.t !== 'big' || v.v !== '0';
}

export function typeOf(vm: Vm, v: Value): string {
  if (v === null) return 'object';
  if (typeof v !== 'object') return typeof v;
  if (v.t === 'u' || v.t === 'hole') return 'undefined';
  if (v.t === 'f') return 'number';
  if (v.t === 'big') return 'bigint';
  if (v.t === 'b') return ['Math', 'JSON', 'console', 'process', 'Reflect'].includes(v.n) ? 'object' : 'function';
  const k = vm.obj(v)?.k;
  return k === 'fn' || k === 'class' || k === 'bound' ? 'function' : k === 'symbol' ? 'symbol' : 'object';
}

/** ToString. */
export function text(vm: Vm, v: Value): string {
  if (typeof v === 'string') return v;
  if (v === null || typeof v !== 'object') return String(v);
  if (v.t === 'u' || v.t === 'hole') return 'undefined';
  if (v.t === 'f' || v.t === 'big') return v.v === '-0' ? '0' : String(v.v);
  if (v.t === 'bytes') return new TextDecoder().decode(Uint8Array.from(v.v, (c) => c.charCodeAt(0)));
  vm.tick();
  if (v.t === 'b') return `function ${v.n.slice(v.n.lastIndexOf('.') + 1)}() { [native code] }`;
  const p = primitive(vm, v);
  if (vm.obj(p)?.k === 'symbol') throwError(vm, 'TypeError', 'Cannot convert a Symbol value to a string');
  return isTagged(p) && p.t === 'ref' ? '[object Object]' : text(vm, p);
}

/** ToPrimitive with the hint string (but numbers for dates that are subtracted). */
export function primitive(vm: Vm, v: Value, hint: 'string' | 'number' | 'default' = 'string'): Value {
  const o = vm.obj(v);
  if (!o || o.k === 'symbol') return v;
  const special = findProperty(vm, o, '%Symbol.toPrimitive');
  if (special !== undefined) return vm.call(special, [hint], undefined, v);
  if (o.k === 'date' && hint === 'number') return jsNumber(o.n ?? Number.NaN);
  if (hint !== 'string' && o.k !== 'date') {
    const own = findProperty(vm, o, 'valueOf');
    const made = own === undefined ? v : vm.call(own, [], undefined, v);
    if (!vm.obj(made)) return made;
  }
  const method = getProperty(vm, v, 'toString');
  if (isUndefined(method)) throwError(vm, 'TypeError', 'Cannot convert object to primitive value');
  return vm.call(method, [], undefined, v);
}

export function toNumber(vm: Vm, v: Value): number {
  const n = numeric(v);
  if (n !== undefined) return n;
  if (v === null) return 0;
  if (typeof v === 'string') return Number(v);
  if (isTagged(v) && v.t === 'ref') return toNumber(vm, primitive(vm, v, 'number'));
  return Number.NaN;
}

/** ===. */
export function same(a: Value, b: Value): boolean {
  const x = numeric(a);
  if (typeof a !== 'boolean' && typeof b !== 'boolean' && x !== undefined && !(isTagged(a) && a.t === 'big'))
    return x === numeric(b) && !(isTagged(b) && b.t === 'big');
  if (isTagged(a) && isTagged(b) && (a.t === 'u' || a.t === 'hole')) return b.t === 'u' || b.t === 'hole';
  return hash(a) === hash(b);
}

/** The value of a property, or undefined; getters are called. */
export function getProperty(vm: Vm, v: Value, name: string): Value {
  if (v === null || isUndefined(v))
    throwError(vm, 'TypeError', `Cannot read properties of ${v === null ? 'null' : 'undefined'} (reading '${name}')`);
  if (typeof v === 'string') {
    if (name === 'length') return v.length;
    return /^\d+$/.test(name) ? (v[Number(name)] ?? undef) : method(vm, 'S', name);
  }
  if (typeof v === 'number' || typeof v === 'boolean') return method(vm, 'N', name);
  if (!isTagged(v)) return undef;
  if (v.t === 'f' || v.t === 'big') return method(vm, 'N', name);
  if (v.t === 'bytes') return name === 'length' ? v.v.length : method(vm, 'B', name);
  if (v.t === 'b') return ofBuiltin(vm, v.n, name, v.self);
  const o = vm.obj(v);
  if (!o) return undef;
  const found = name === 'stack' && o.p?.['%frames'] !== undefined ? stackOf(vm, v) : findProperty(vm, o, name);
  if (found !== undefined) {
    const accessor = vm.obj(found);
    if (accessor?.k !== 'accessor') return found;
    const get = accessor.a?.[0] ?? null;
    return get === null ? undef : vm.call(get, [], undefined, v);
  }
  if (o.k === 'list') {
    if (name === 'length') return o.a?.length ?? 0;
    if (name === 'raw') return o.p?.['%raw'] ?? undef;
    if (/^\d+$/.test(name)) return present(o.a?.[Number(name)]);
  }
  if ((o.k === 'map' || o.k === 'setof') && name === 'size') return Object.keys(o.e ?? {}).length;
  if (o.k === 'fn' || o.k === 'class' || o.k === 'bound') {
    if (name === 'name') return o.s ?? '';
    if (typeof o.x === 'string' && vm.lang.natives[`${o.s}.${name}`]) return builtin(`${o.s}.${name}`);
    if (name === 'prototype' && o.k === 'class') return o.v ?? undef;
    if (name === 'length' && o.k === 'fn') {
      const { m, c } = o.x as never as { m: string; c: number };
      return vm.unit(m).codes[c]?.def?.params.filter(({ initial, rest }) => !initial && !rest).length ?? 0;
    }
    if (o.k === 'class' && typeof o.x === 'string' && known(o.s ?? '', name)) throw new Beyond(`${o.s}.${name}`);
    if (name === 'prototype' && o.k === 'fn') return vm.lang.natives['%prototype']?.(vm, [], v, {}) as Value;
  }
  if (o.k === 'regexp' && name === 'source') return o.s ?? '';
  if (o.k === 'symbol' && name === 'description') return o.s ?? undef;
  for (let up: number | undefined = o.up, at: Obj | undefined = o; at; up = at?.up) {
    const x = at.x;
    if (typeof x === 'string' && vm.lang.natives[`${x}#${name}`]) return builtin(`${x}#${name}`);
    at = up === undefined ? undefined : vm.heap[up];
  }
  return inherited(vm, v, name);
}

/** The methods that are iterated with, by the letter of the kind. */
const iterated: { readonly [letter: string]: string | undefined } = { A: 'values', M: 'entries', T: 'values' };

/** What a value of a kind that the language brings has by that name. */
export function inherited(vm: Vm, v: Value, name: string): Value {
  const letter = kinds[vm.obj(v)?.k ?? ''];
  const by = name === '%Symbol.iterator' && letter !== undefined ? iterated[letter] : undefined;
  return letter === undefined ? undef : method(vm, letter, by ?? name);
}

/** How the prototypes are called whose natives have a letter. */
const places: { readonly [letter: string]: string | undefined } = {
  A: 'Array.prototype.',
  S: 'String.prototype.',
  N: 'Number.prototype.',
  F: 'Function.prototype.',
  M: 'Map.prototype.',
  T: 'Set.prototype.',
  D: 'Date.prototype.',
  R: 'RegExp.prototype.',
  P: 'Promise.prototype.',
  B: 'Buffer.prototype.',
  O: 'Object.prototype.',
};

function method(vm: Vm, letter: string, name: string): Value {
  if (vm.lang.natives[`${letter}.${name}`]) return builtin(`${letter}.${name}`);
  if (name === 'constructor' && letter !== 'O')
    return builtin({ A: 'Array', S: 'String', N: 'Number' }[letter] ?? 'Object');
  if (letter !== 'O' && vm.lang.natives[`O.${name}`]) return builtin(`O.${name}`);
  if (known(letter, name)) throw new Beyond(`${places[letter] ?? ''}${name}`);
  return undef;
}

/** The prototypes that are no objects here, by their constructors. */
const lettered: { readonly [name: string]: string | undefined } = Object.fromEntries(
  Object.entries(places).map(([letter, place = '']) => [place.slice(0, place.indexOf('.')), letter]),
);

function ofBuiltin(vm: Vm, name: string, property: string, self: Value | undefined): Value {
  const full = `${name}.${property}`;
  const constant = vm.lang.natives[`=${full}`];
  if (constant) return constant(vm, [], self ?? undef, {}) as Value;
  if (vm.lang.natives[full] || vm.lang.natives[`:${full}`]) return builtin(full, self);
  const of = /^(\w+)\.prototype$/.exec(name)?.[1];
  if (of !== undefined && lettered[of] !== undefined && property !== 'constructor')
    return method(vm, lettered[of], property);
  if (property === 'prototype' && lettered[name] !== undefined) return builtin(full);
  if (property === 'constructor' && of !== undefined) return builtin(of);
  if (property === 'constructor') return builtin(typeOf(vm, builtin(name)) === 'function' ? 'Function' : 'Object');
  if (property === 'name') return name.slice(name.lastIndexOf('.') + 1);
  if (vm.lang.natives[`F.${property}`]) return builtin(`F.${property}`);
  if (property === 'default' && known('modules', name)) return builtin(name); // import('fs') gives it so
  if (known(name, property) || (name === 'process.stdin' && property !== 'isTTY')) throw new Beyond(full);
  return undef;
}

export function setProperty(vm: Vm, target: Value, name: string, v: Value): void {
  if (target === null || isUndefined(target))
    throwError(
      vm,
      'TypeError',
      `Cannot set properties of ${target === null ? 'null' : 'undefined'} (setting '${name}')`,
    );
  if (isTagged(target) && target.t === 'b') {
    const setter = vm.lang.natives[`${target.n}.${name}=`];
    if (setter) setter(vm, [v], target.self ?? undef, {});
    else throw new Beyond(`changing ${target.n}.${name}`);
    return;
  }
  const o = vm.obj(target);
  if (!o) return;
  const found = findProperty(vm, o, name);
  const accessor = found === undefined ? undefined : vm.obj(found);
  if (accessor?.k === 'accessor') {
    const set = accessor.a?.[1] ?? null;
    if (set !== null) vm.call(set, [v], undefined, target);
    return;
  }
  if (o.n === -1 && o.k === 'object') return; // frozen
  const own = vm.own(target);
  if (own.k === 'list') {
    own.a ??= [];
    if (name === 'length') {
      own.a.length = Math.min(own.a.length, toNumber(vm, v));
      return;
    }
    if (/^\d+$/.test(name)) {
      if (Number(name) > longestList) throw new Beyond('an array this long');
      if (Number(name) > own.a.length) vm.tick(Number(name) - own.a.length);
      while (own.a.length < Number(name)) own.a.push({ t: 'hole' });
      own.a[Number(name)] = v;
      return;
    }
  }
  if (name === '__proto__') throw new Beyond('setting __proto__');
  own.p ??= {};
  own.p[name] = v;
  if (o.x === 'env') own.p[name] = text(vm, v);
}

/** An iterator over what can be iterated over (`of`), or over the names of properties (`in`). */
export function iterator(vm: Vm, v: Value, how: string): Value {
  const o = vm.obj(v);
  const list = (a: Value[], x = 'Array Iterator') => vm.make({ k: 'iter', a, n: 0, x });
  if (how === 'in') {
    if (o?.k === 'list') return list((o.a ?? []).map((_, i) => String(i)));
    const names: Value[] = [];
    for (let at = o; at && at.k !== 'class'; at = at.up === undefined ? undefined : vm.heap[at.up])
      if (at.x === undefined || at === o)
        names.push(...Object.keys(at.p ?? {}).filter((key) => key !== 'constructor' && !/^[#%]/.test(key)));
    return list(names);
  }
  if (typeof v === 'string') return list([...v]);
  if (o?.k === 'list') return vm.make({ k: 'iter', v, n: 0 });
  if (o?.k === 'gen' || o?.k === 'iter') return v;
  if (o?.k === 'map')
    return list(
      Object.values(o.e ?? {}).map((pair) => vm.make({ k: 'list', a: [...pair] })),
      'Map Entries',
    );
  if (o?.k === 'setof')
    return list(
      Object.values(o.e ?? {}).map(([key]) => key),
      'Set Iterator',
    );
  if (isTagged(v) && v.t === 'bytes') return list([...v.v].map((c) => c.charCodeAt(0)));
  const own = o ? findProperty(vm, o, '%Symbol.iterator') : undefined;
  if (own !== undefined) {
    const made = vm.call(own, [], undefined, v);
    return ['gen', 'iter'].includes(vm.obj(made)?.k ?? '') ? made : vm.make({ k: 'iter', s: 'protocol', v: made });
  }
  throwError(vm, 'TypeError', `${typeof v === 'object' && o ? 'object' : text(vm, v)} is not iterable`);
}
