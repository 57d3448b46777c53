import { Beyond, type Stmt } from '../core/tree.ts';
import { bigintOf, builtin, integer, isTagged, type Obj, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { furtherAttribute } from './import.ts';
import { known } from './known-names.ts';
import {
  classAttribute,
  exception,
  hash,
  idOf,
  length,
  mro,
  qualifiedName,
  raise,
  repr,
  thrownOf,
  typeName,
} from './values.ts';

const kinds: { readonly [k: string]: string | undefined } = {
  list: 'list',
  tuple: 'tuple',
  dict: 'dict',
  setof: 'set',
  gen: 'generator',
  deque: 'deque',
  match: 'match',
  file: 'file',
  regexp: 'regexp',
  datetime: 'datetime',
};

function bind(vm: Vm, v: Value, self: Value): Value {
  const o = vm.obj(v);
  if (o?.k === 'fn') return vm.make({ k: 'bound', v, a: [self], p: {} });
  if (o?.k === 'wrapped' && o.s === 'classmethod') return vm.make({ k: 'bound', v: o.v ?? null, a: [self], p: {} });
  return v;
}

export function getAttribute(vm: Vm, v: Value, name: string): Value {
  const found = attribute(vm, v, name);
  if (found !== undefined) return found;
  const o = vm.obj(v);
  const what =
    o?.k === 'class'
      ? `type object '${o.s ?? ''}'`
      : o?.k === 'module'
        ? `module '${o.s ?? ''}'`
        : `'${typeName(vm, v)}' object`;
  if (isTagged(v) && v.t === 'b' && !Object.hasOwn(vm.lang.natives, `type ${v.n}`)) {
    if (vm.lang.natives[`module ${v.n}`]) raise(vm, 'AttributeError', `module '${v.n}' has no attribute '${name}'`);
  }
  return raise(vm, 'AttributeError', `${what} has no attribute '${name}'`);
}

/** An attribute's value, or undefined when there is none. */
export function attribute(vm: Vm, v: Value, name: string): Value | undefined {
  if (isTagged(v) && v.t === 'b') {
    const full = `${v.n}.${name}`;
    const constant = vm.lang.natives[`=${full}`];
    if (constant) return constant(vm, [], v.self ?? null, {}) as Value;
    if (vm.lang.natives[full] || vm.lang.natives[`module ${full}`]) return builtin(full, v.self);
    if (name === '__name__') return v.n;
    if (known(v.n, name)) throw new Beyond(full);
    if (vm.lang.natives[`module ${v.n}`]) {
      const further = furtherAttribute(vm, v.n, name);
      if (further === undefined) throw new Beyond(full);
      return further;
    }
    return undefined;
  }
  const o = vm.obj(v);
  if (o?.k === 'inst') return ofInstance(vm, v, o, name);
  if (o?.k === 'class') {
    if (name === '__name__' || name === '__qualname__') return o.p?.__name__ ?? o.s ?? '';
    if (name === '__dict__') return dictOfAttributes(vm, o);
    if (name === '__mro__')
      return vm.make({
        k: 'tuple',
        a: [...mro(vm, idOf(v)).map((r) => ({ t: 'ref', r }) as const), builtin('object')],
      });
    if (name === 'mro') return builtin('%mro', v);
    const found = classAttribute(vm, idOf(v), name);
    const w = found === undefined ? undefined : vm.obj(found);
    return w?.k === 'wrapped'
      ? w.s === 'staticmethod'
        ? (w.v ?? null)
        : w.s === 'classmethod'
          ? bind(vm, found ?? null, v)
          : found
      : found;
  }
  if (o?.k === 'module') return o.p && Object.hasOwn(o.p, name) ? o.p[name] : undefined;
  if (o?.k === 'fn' || o?.k === 'bound') {
    const own = functionAttribute(vm, o, name);
    if (own !== undefined) return own;
  }
  if (o?.k === 'super') {
    const order = mro(vm, vm.obj(o.v ?? null)?.up ?? 0);
    for (const id of order.slice(order.indexOf(o.up ?? 0) + 1)) {
      const p = vm.heap[id]?.p;
      if (p && Object.hasOwn(p, name)) return bind(vm, p[name] ?? null, o.v ?? null);
    }
    return vm.lang.natives[`object.${name}`] ? builtin(`object.${name}`, o.v) : undefined;
  }
  if (o?.k === 'fn' && (name === '__name__' || name === '__qualname__')) return o.p?.__name__ ?? o.s ?? '';
  if (o?.k === 'fn' && name === '__doc__') return null;
  if (o?.k === 'fn') return o.p && Object.hasOwn(o.p, name) ? o.p[name] : undefined;
  if (name === '__class__') return builtin(typeName(vm, v));
  const type = o ? (kinds[o.k] ?? o.k) : typeName(vm, v) === 'bool' ? 'int' : typeName(vm, v);
  const constant = vm.lang.natives[`=${type}.${name}`];
  if (constant) return constant(vm, [], v, {}) as Value;
  if (vm.lang.natives[`${type}.${name}`]) return builtin(`${type}.${name}`, v);
  if (known(type, name)) throw new Beyond(`${type}.${name}`);
  return undefined;
}

/** The text at the beginning of a body. */
function docstring(first: Stmt | undefined): Value {
  if (first?.k !== 'expr') return null;
  if (first.e.k === 'const' && typeof first.e.v === 'string') return first.e.v;
  if (first.e.k !== 'text') return null;
  const { parts } = first.e;
  return parts.every((one) => typeof one === 'string') ? parts.join('') : null;
}

/** What a function tells of itself. */
function functionAttribute(vm: Vm, o: Obj, name: string): Value | undefined {
  if (o.k === 'bound') {
    if (name === '__self__') return o.a?.[0];
    if (name === '__func__') return o.v;
    const inner = vm.obj(o.v ?? null);
    return inner?.k === 'fn' ? functionAttribute(vm, inner, name) : undefined;
  }
  if (o.p && Object.hasOwn(o.p, name)) return o.p[name];
  if (name === '__name__') return o.s ?? '';
  if (name === '__qualname__') return qualifiedName(vm, o);
  const { m, c } = o.x as never as { m: string; c: number };
  const def = vm.unit(m).codes[c]?.def;
  const [first] = def?.body ?? [];
  if (name === '__doc__') return docstring(first);
  if (name === '__module__') return '__main__';
  if (name === '__defaults__') {
    const given = (o.a ?? []).filter((one, i) => !(isTagged(one) && one.t === 'hole') && !def?.params[i]?.keywordOnly);
    return given.length === 0 ? null : vm.make({ k: 'tuple', a: given });
  }
  if (name === '__dict__') return dictOfAttributes(vm, o);
  if (known('function', name)) throw new Beyond(`${name} of a function`);
  return undefined;
}

function dictOfAttributes(vm: Vm, o: Obj): Value {
  const e = Object.fromEntries(Object.entries(o.p ?? {}).map(([k, one]) => [`s:${k}`, [k, one] as const]));
  return vm.make({ k: 'dict', e });
}

function ofInstance(vm: Vm, v: Value, o: Obj, name: string): Value | undefined {
  const cls = o.up ?? 0;
  const found = classAttribute(vm, cls, name);
  const w = found === undefined ? undefined : vm.obj(found);
  if (w?.k === 'wrapped' && w.s === 'property') return vm.call(w.v ?? null, [v]);
  const getter = w?.k === 'inst' ? classAttribute(vm, w.up ?? 0, '__get__') : undefined;
  if (getter !== undefined && classAttribute(vm, w?.up ?? 0, '__set__') !== undefined)
    return vm.call(getter, [found ?? null, v, { t: 'ref', r: cls }]);
  if (o.p && Object.hasOwn(o.p, name)) return o.p[name];
  if (getter !== undefined) return vm.call(getter, [found ?? null, v, { t: 'ref', r: cls }]);
  if (found !== undefined)
    return w?.k === 'wrapped' && w.s === 'staticmethod'
      ? (w.v ?? null)
      : w?.k === 'wrapped'
        ? bind(vm, found, { t: 'ref', r: cls })
        : bind(vm, found, v);
  if (name === '__class__') return { t: 'ref', r: cls };
  if (name === '__dict__') return dictOfAttributes(vm, o);
  const kind = typeof o.x === 'string' ? o.x : vm.heap[cls]?.s;
  if (vm.lang.natives[`=${kind}.${name}`]) return vm.native(`=${kind}.${name}`)(vm, [], v, {}) as Value;
  if (vm.lang.natives[`${kind}.${name}`]) return builtin(`${kind}.${name}`, v);
  const fallback = classAttribute(vm, cls, '__getattr__');
  return fallback === undefined ? undefined : vm.call(fallback, [v, name]);
}

export function setAttribute(vm: Vm, target: Value, name: string, v: Value, plain = false): void {
  const o = vm.obj(target);
  if (o?.k === 'inst') {
    const hook = plain ? undefined : classAttribute(vm, o.up ?? 0, '__setattr__');
    if (hook !== undefined) {
      vm.call(hook, [target, name, v]);
      return;
    }
    const found = classAttribute(vm, o.up ?? 0, name);
    const w = found === undefined ? undefined : vm.obj(found);
    if (w?.k === 'wrapped' && w.s === 'property') {
      const setter = w.p?.setter;
      if (setter === undefined)
        raise(vm, 'AttributeError', `property '${name}' of '${typeName(vm, target)}' object has no setter`);
      vm.call(setter ?? null, [target, v]);
      return;
    }
    const put = w?.k === 'inst' ? classAttribute(vm, w.up ?? 0, '__set__') : undefined;
    if (put !== undefined) {
      vm.call(put, [found ?? null, target, v]);
      return;
    }
  }
  if (o && ['inst', 'class', 'module', 'fn'].includes(o.k)) {
    if (name === '__proto__') throw new Beyond('an attribute of this name');
    const own = vm.own(target);
    own.p ??= {};
    own.p[name] = v;
    return;
  }
  raise(vm, 'AttributeError', `'${typeName(vm, target)}' object has no attribute '${name}'`);
}

/** The bounds of a slice of something `size` long, as Python's slice.indices. */
function bounds(vm: Vm, parts: readonly Value[], size: number): readonly number[] {
  const [a = null, b = null, c = null] = parts;
  const step = c === null ? 1 : Number(bigintOf(c));
  if (step === 0) raise(vm, 'ValueError', 'slice step cannot be zero');
  const clamp = (v: Value, otherwise: number): number => {
    if (v === null) return otherwise;
    const n = Number(bigintOf(v) ?? 0n);
    const from = n < 0 ? n + size : n;
    return step > 0 ? Math.min(Math.max(from, 0), size) : Math.min(Math.max(from, -1), size - 1);
  };
  const from = clamp(a, step > 0 ? 0 : size - 1);
  const to = clamp(b, step > 0 ? size : -1);
  const all: number[] = [];
  for (let i = from; step > 0 ? i < to : i > to; i += step) {
    vm.tick();
    all.push(i);
  }
  return all;
}

/** Where an empty slice that begins at `start` stands. */
function bounded(start: Value, size: number): number {
  const n = start === null ? 0 : Number(bigintOf(start) ?? 0n);
  return Math.min(Math.max(n < 0 ? n + size : n, 0), size);
}

function position(vm: Vm, key: Value, size: number, what: string): number {
  const n = bigintOf(key);
  if (n === undefined)
    raise(
      vm,
      'TypeError',
      `${what === 'string' ? 'string' : what} indices must be integers${what === 'string' ? '' : ' or slices'}, not ${what === 'string' ? `'${typeName(vm, key)}'` : typeName(vm, key)}`,
    );
  const i = Number(n) < 0 ? Number(n) + size : Number(n);
  if (i < 0 || i >= size)
    raise(vm, 'IndexError', what === 'range' ? 'range object index out of range' : `${what} index out of range`);
  return i;
}

export function getItem(vm: Vm, v: Value, key: Value): Value {
  const k = vm.obj(key);
  if (typeof v === 'string') {
    vm.tick(v.length >> 4);
    const all = [...v];
    if (k?.k === 'slice')
      return bounds(vm, k.a ?? [], all.length)
        .map((i) => all[i])
        .join('');
    return all[position(vm, key, all.length, 'string')] ?? '';
  }
  if (isTagged(v) && v.t === 'bytes') {
    if (k?.k === 'slice')
      return {
        t: 'bytes',
        v: bounds(vm, k.a ?? [], v.v.length)
          .map((i) => v.v[i])
          .join(''),
      };
    return v.v.charCodeAt(position(vm, key, v.v.length, 'index'));
  }
  const o = vm.obj(v);
  if (o?.k === 'list' || o?.k === 'tuple') {
    if (k?.k === 'slice')
      return vm.make({ k: o.k, a: bounds(vm, k.a ?? [], o.a?.length ?? 0).map((i) => o.a?.[i] ?? null) });
    return o.a?.[position(vm, key, o.a.length, o.k)] ?? null;
  }
  if (o?.k === 'range') {
    const [a = 0, , c = 1] = (o.a ?? []).map(Number);
    if (k?.k === 'slice') return vm.make({ k: 'list', a: bounds(vm, k.a ?? [], length(vm, v)).map((i) => a + i * c) });
    return integer(a + position(vm, key, length(vm, v), 'range') * c);
  }
  if (o?.k === 'dict') {
    const hashed = hash(vm, key);
    const found = o.e && Object.hasOwn(o.e, hashed) ? o.e[hashed] : undefined;
    if (found) return found[1];
    if (o.s === 'defaultdict' && o.v !== undefined && o.v !== null) {
      const made = vm.call(o.v, []);
      setItem(vm, v, key, made);
      return made;
    }
    if (o.s === 'Counter') return 0;
    throw thrownOf(vm, exception(vm, 'KeyError', key));
  }
  if (o?.k === 'match') return vm.native('%match item')(vm, [key], v, {}) as Value;
  if (o?.k === 'inst') {
    const own = classAttribute(vm, o.up ?? 0, '__getitem__');
    if (own !== undefined) return vm.call(own, [v, key]);
  }
  if (o?.k === 'class') {
    const own = attribute(vm, v, '_class_getitem_');
    if (own !== undefined) return vm.call(own, [key]);
  }
  if (isTagged(v) && v.t === 'b') return v; // list[int] in an annotation
  return raise(vm, 'TypeError', `'${typeName(vm, v)}' object is not subscriptable`);
}

export function setItem(vm: Vm, v: Value, key: Value, value: Value): void {
  const o = vm.obj(v);
  if (o?.k === 'list') {
    const own = vm.own(v);
    const k = vm.obj(key);
    if (k?.k === 'slice') {
      const values = vm.lang.unpack(vm, value, -1, -1);
      const at = bounds(vm, k.a ?? [], own.a?.length ?? 0);
      const [start = null, , step = null] = k.a ?? [];
      if (step === null || step === 1) own.a?.splice(at[0] ?? bounded(start, own.a.length), at.length, ...values);
      else if (at.length !== values.length)
        raise(
          vm,
          'ValueError',
          `attempt to assign sequence of size ${values.length} to extended slice of size ${at.length}`,
        );
      else
        at.forEach((i, n) => {
          if (own.a) own.a[i] = values[n] ?? null;
        });
      return;
    }
    const n = bigintOf(key);
    const i = n === undefined ? -1 : Number(n) < 0 ? Number(n) + (own.a?.length ?? 0) : Number(n);
    if (i < 0 || i >= (own.a?.length ?? 0)) raise(vm, 'IndexError', 'list assignment index out of range');
    if (own.a) own.a[i] = value;
    return;
  }
  if (o?.k === 'dict') {
    const own = vm.own(v);
    own.e ??= {};
    own.e[hash(vm, key)] = [own.e[hash(vm, key)]?.[0] ?? key, value];
    if (own.x === 'environ') own.e[hash(vm, key)] = [key, value];
    return;
  }
  if (o?.k === 'inst') {
    const own = classAttribute(vm, o.up ?? 0, '__setitem__');
    if (own !== undefined) {
      vm.call(own, [v, key, value]);
      return;
    }
  }
  raise(vm, 'TypeError', `'${typeName(vm, v)}' object does not support item assignment`);
}

export function deleteItem(vm: Vm, v: Value, key: Value): void {
  const o = vm.own(v);
  const slice = vm.obj(key);
  if (o.k === 'list' && slice?.k === 'slice') {
    const gone = new Set(bounds(vm, slice.a ?? [], o.a?.length ?? 0));
    o.a = o.a?.filter((_, i) => !gone.has(i)) ?? [];
  } else if (o.k === 'list') o.a?.splice(position(vm, key, o.a.length, 'list'), 1);
  else if (o.k === 'dict' && o.e) {
    if (!Object.hasOwn(o.e, hash(vm, key))) throw thrownOf(vm, exception(vm, 'KeyError', key));
    delete o.e[hash(vm, key)];
  } else {
    const own = o.k === 'inst' ? classAttribute(vm, o.up ?? 0, '__delitem__') : undefined;
    if (own !== undefined) vm.call(own, [v, key]);
    else raise(vm, 'TypeError', `'${typeName(vm, v)}' object doesn't support item deletion`);
  }
}
export { repr };
