import { sizeOf } from '../core/limits.ts';
import { bigintOf, float, integer, isFloat, isTagged, numeric, type Obj, ref, type Value } from '../core/values.ts';
import { Thrown, type Vm } from '../core/vm.ts';

export const idOf = (v: Value): number => (isTagged(v) && v.t === 'ref' ? v.r : -1);
export const list = (vm: Vm, a: Value[]): Value => vm.make({ k: 'list', a });
export const tuple = (vm: Vm, a: Value[]): Value => vm.make({ k: 'tuple', a });
export const isInt = (v: Value): boolean =>
  typeof v === 'number' || typeof v === 'boolean' || (isTagged(v) && v.t === 'big');

/** The class of a value by its name. */
export function typeName(vm: Vm, v: Value): string {
  if (v === null) return 'NoneType';
  if (typeof v === 'string') return 'str';
  if (typeof v === 'boolean') return 'bool';
  if (typeof v === 'number') return 'int';
  if (v.t === 'f') return 'float';
  if (v.t === 'big') return 'int';
  if (v.t === 'bytes') return 'bytes';
  if (v.t === 'b') return Object.hasOwn(vm.lang.natives, `type ${v.n}`) ? 'type' : 'builtin_function_or_method';
  const o = vm.obj(v);
  const names: { readonly [k: string]: string } = {
    setof: 'set',
    fn: 'function',
    bound: 'method',
    gen: 'generator',
    class: 'type',
    coro: 'coroutine',
    iter: 'iterator',
    slice: 'slice',
  };
  if (o?.k === 'inst') return String(vm.heap[o.up ?? 0]?.p?.__name__ ?? vm.heap[o.up ?? 0]?.s ?? 'object');
  if (o?.k === 'wrapped') return o.s ?? 'property';
  if (o?.k === 'list' && o.s !== undefined) return o.s;
  if (o?.k === 'setof' && o.s !== undefined) return o.s;
  return o ? (names[o.k] ?? o.k) : 'object';
}

/** A function's name with that of the class that it was written in. */
export function qualifiedName(vm: Vm, fn: Obj): string {
  const home = fn.k === 'fn' && fn.v !== undefined ? vm.obj(fn.v)?.s : undefined;
  return home === undefined ? (fn.s ?? '') : `${home}.${fn.s ?? ''}`;
}

/** Makes an exception of a class that the runtime brings. */
export function exception(vm: Vm, kind: string, ...args: Value[]): Value {
  const cls = vm.globals[kind];
  return vm.make({ k: 'inst', up: cls === undefined ? 0 : idOf(cls), p: { args: tuple(vm, args) } });
}

/** Throws an exception. */
export function raise(vm: Vm, kind: string, message: string): never {
  throw thrownOf(vm, exception(vm, kind, message));
}

export interface TraceLine {
  readonly path: string;
  readonly name: string;
  readonly at: readonly [number, number, number, number];
  readonly op: string;
  readonly anchor?: number;
}

/** An exception on its way, with where it began and what was being handled. */
export function thrownOf(vm: Vm, v: Value): Thrown {
  const o = vm.own(v);
  if (o.x === undefined || o.x === null) {
    o.x = traceLines(vm) as never;
    const handled = vm
      .stack()
      .findLast(({ exc }) => exc.length > 0)
      ?.exc.at(-1);
    if (handled !== undefined && idOf(handled) !== idOf(v)) o.v = handled;
  }
  return new Thrown(v);
}

/** The lines of a traceback of where the program is, the outermost first. */
export function traceLines(vm: Vm): readonly TraceLine[] {
  return vm.stack().map((f): TraceLine => {
    const op = vm.code(f).ops[Math.max(0, f.pc - 1)];
    const anchor = op?.[0] === 'binary' || op?.[0] === 'index' ? op[2] : op?.[3];
    return {
      path: f.m,
      name: f.name,
      at: vm.where(f),
      op: op?.[0] ?? '',
      ...(typeof anchor === 'number' ? { anchor } : {}),
    };
  });
}

/** A class and its bases, itself first (depth first, without repetition). */
export function mro(vm: Vm, cls: number): readonly number[] {
  const o = vm.heap[cls];
  const rest = (o?.a ?? []).flatMap((base) => (isTagged(base) && base.t === 'ref' ? mro(vm, base.r) : []));
  return [cls, ...rest.filter((one, i) => rest.lastIndexOf(one) === i)];
}
export function classAttribute(vm: Vm, cls: number, name: string): Value | undefined {
  for (const id of mro(vm, cls)) {
    const p = vm.heap[id]?.p;
    if (p && Object.hasOwn(p, name)) return p[name];
  }
  return undefined;
}
export function isInstance(vm: Vm, v: Value, cls: Value): boolean {
  const o = vm.obj(cls);
  if (o?.k === 'tuple') return (o.a ?? []).some((one) => isInstance(vm, v, one));
  if (isTagged(cls) && cls.t === 'b') {
    const name = typeName(vm, v);
    return (
      cls.n === 'object' ||
      name === cls.n ||
      (cls.n === 'int' && name === 'bool') ||
      (cls.n === 'type' && name === 'type')
    );
  }
  const inst = vm.obj(v);
  return inst?.k === 'inst' && mro(vm, inst.up ?? 0).includes(idOf(cls));
}

/** A float as repr() gives it. */
export function floatText(n: number): string {
  if (Number.isNaN(n)) return 'nan';
  if (!Number.isFinite(n)) return n > 0 ? 'inf' : '-inf';
  if (Number.isInteger(n) && Math.abs(n) < 1e16) return `${Object.is(n, -0) ? '-0' : n}.0`;
  const text = String(n);
  const [, sign = '', digits = '', exponent] = /^(-?)([\d.]+)(?:e([+-]\d+))?$/.exec(text) ?? [];
  if (exponent !== undefined) {
    const e = Number(exponent);
    return `${sign}${digits}e${e < 0 ? '-' : '+'}${String(Math.abs(e)).padStart(2, '0')}`;
  }
  if (Math.abs(n) < 1e-4 || Math.abs(n) >= 1e16) {
    const [mantissa = '', e = '0'] = n.toExponential().split('e');
    return `${mantissa}e${Number(e) < 0 ? '-' : '+'}${String(Math.abs(Number(e))).padStart(2, '0')}`;
  }
  return text;
}

export function quote(s: string): string {
  const q = s.includes("'") && !s.includes('"') ? '"' : "'";
  const inner = s.replace(
    /[\\\n\t\r\x00-\x1f\x7f]/g,
    (c) =>
      ({ '\\': '\\\\', '\n': '\\n', '\t': '\\t', '\r': '\\r' })[c] ??
      `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return `${q}${q === "'" ? inner.replaceAll("'", "\\'") : inner}${q}`;
}
function bytesText(v: string): string {
  const q = v.includes("'") && !v.includes('"') ? '"' : "'";
  return `b${q}${v.replace(/[\\\n\t\r\x00-\x1f\x7f-\xff]/g, (c) => ({ '\\': '\\\\', '\n': '\\n', '\t': '\\t', '\r': '\\r' })[c] ?? `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`)}${q}`;
}

function patternFlags(bits: number): readonly string[] {
  const names = [
    [256, 'ASCII'],
    [2, 'IGNORECASE'],
    [8, 'MULTILINE'],
    [16, 'DOTALL'],
    [64, 'VERBOSE'],
  ] as const;
  const given = names.filter(([bit]) => (bits & bit) !== 0).map(([, name]) => `re.${name}`);
  return given.length === 0 ? [] : [given.join('|')];
}

/** repr(). */
export function repr(vm: Vm, v: Value, seen: readonly number[] = []): string {
  if (v === null) return 'None';
  if (typeof v === 'boolean') return v ? 'True' : 'False';
  if (typeof v === 'number') return String(v);
  if (typeof v === 'string') return quote(v);
  if (v.t === 'f') return floatText(Number(v.v));
  if (v.t === 'big') return v.v;
  if (v.t === 'bytes') return bytesText(v.v);
  if (v.t === 'b')
    return Object.hasOwn(vm.lang.natives, `type ${v.n}`)
      ? `<class '${v.n}'>`
      : `<built-in function ${v.n.replace(/^.*\./, '')}>`;
  if (v.t !== 'ref') return 'None';
  const o = vm.at(v.r);
  vm.tick();
  if (seen.includes(v.r)) return o.k === 'list' ? '[...]' : '{...}';
  const inner = [...seen, v.r];
  const one = (x: Value) => repr(vm, x, inner);
  switch (o.k) {
    case 'list': {
      const body = `[${(o.a ?? []).map(one).join(', ')}]`;
      return o.s === undefined ? body : `${o.s}(${body})`;
    }
    case 'tuple':
      return o.a?.length === 1 ? `(${one(o.a[0] ?? null)},)` : `(${(o.a ?? []).map(one).join(', ')})`;
    case 'dict': {
      const pairs = Object.values(o.e ?? {});
      if (o.s === 'Counter') pairs.sort(([, a], [, b]) => Number(b) - Number(a));
      const body = `{${pairs.map(([k, x]) => `${one(k)}: ${one(x)}`).join(', ')}}`;
      if (o.s === 'OrderedDict')
        return `OrderedDict(${pairs.length === 0 ? '' : `[${pairs.map(([k, x]) => `(${one(k)}, ${one(x)})`).join(', ')}]`})`;
      return o.s === 'Counter'
        ? pairs.length === 0
          ? 'Counter()'
          : `Counter(${body})`
        : o.s === 'defaultdict'
          ? `defaultdict(${one(o.v ?? null)}, ${body})`
          : body;
    }
    case 'setof': {
      const keys = Object.values(o.e ?? {}).map(([k]) => k);
      // small integers are their own hashes, so they stand in order
      if (keys.every((k) => typeof k === 'number' && k >= 0 && k < 8)) keys.sort((a, b) => Number(a) - Number(b));
      const items = keys.map(one);
      const body = items.length === 0 ? '' : `{${items.join(', ')}}`;
      return o.s === 'frozenset' || body === '' ? `${o.s ?? 'set'}(${body})` : body;
    }
    case 'range': {
      const [a = 0, b = 0, c = 1] = o.a ?? [];
      return c === 1 ? `range(${String(a)}, ${String(b)})` : `range(${String(a)}, ${String(b)}, ${String(c)})`;
    }
    case 'class': {
      const own = classAttribute(vm, v.r, '_class_repr_');
      if (own !== undefined) return String(vm.call(vm.lang.get(vm, v, '_class_repr_'), []));
      const module = o.p?.__module__;
      return `<class '${o.n === 1 && module === undefined ? '' : `${typeof module === 'string' ? module : '__main__'}.`}${o.s ?? ''}'>`;
    }
    case 'fn':
      return `<function ${o.s ?? ''} at 0x7f${(v.r * 16 + 0x1000).toString(16).padStart(10, '0')}>`;
    case 'match':
      return String(vm.native('%match repr')(vm, [], v, {}));
    case 'regexp':
      return `re.compile(${[quote(o.s ?? ''), ...patternFlags(o.n ?? 0)].join(', ')})`;
    case 'module':
      return `<module '${o.s ?? ''}'>`;
    case 'inst':
      return instanceText(vm, v, o, inner, '__repr__');
  }
  return `<${typeName(vm, v)} object at 0x7f${(v.r * 16 + 0x1000).toString(16).padStart(10, '0')}>`;
}

function instanceText(vm: Vm, v: Value, o: Obj, seen: readonly number[], method: string): string {
  const own = classAttribute(vm, o.up ?? 0, method);
  if (own !== undefined) return String(vm.call(own, [v]));
  const name = vm.heap[o.up ?? 0]?.s ?? '';
  if (isException(vm, o)) {
    const args = vm.obj(o.p?.args ?? null)?.a ?? [];
    return `${name}(${args.map((x) => repr(vm, x, seen)).join(', ')})`;
  }
  return `<__main__.${name} object at 0x7f${(idOf(v) * 16 + 0x1000).toString(16).padStart(10, '0')}>`;
}
export function isException(vm: Vm, o: Obj): boolean {
  return o.k === 'inst' && mro(vm, o.up ?? 0).some((id) => vm.heap[id]?.s === 'BaseException');
}

/** str(). */
export function str(vm: Vm, v: Value): string {
  if (typeof v === 'string') return v;
  const o = vm.obj(v);
  if (o?.k !== 'inst') return repr(vm, v);
  const own = classAttribute(vm, o.up ?? 0, '__str__');
  if (own !== undefined) return String(vm.call(own, [v]));
  if (!isException(vm, o)) return repr(vm, v);
  const args = vm.obj(o.p?.args ?? null)?.a ?? [];
  const name = vm.heap[o.up ?? 0]?.s;
  const [first = ''] = args;
  if (o.p?.errno !== undefined)
    return `[Errno ${str(vm, o.p.errno)}] ${str(vm, o.p.strerror ?? '')}${o.p.filename === undefined ? '' : `: ${repr(vm, o.p.filename)}`}`;
  if (args.length === 0) return '';
  return args.length === 1 ? (name === 'KeyError' ? repr(vm, first) : str(vm, first)) : repr(vm, o.p?.args ?? null);
}

export function truthy(vm: Vm, v: Value): boolean {
  if (v === null || v === false || v === 0 || v === '') return false;
  if (!isTagged(v)) return true;
  if (v.t === 'f') return Number(v.v) !== 0;
  if (v.t === 'bytes') return v.v !== '';
  const o = vm.obj(v);
  if (!o) return true;
  if (o.k === 'list' || o.k === 'tuple') return (o.a?.length ?? 0) > 0;
  if (o.k === 'dict' || o.k === 'setof') return Object.keys(o.e ?? {}).length > 0;
  if (o.k === 'range') return length(vm, v) > 0;
  if (o.k === 'inst') {
    const own = classAttribute(vm, o.up ?? 0, '__bool__') ?? classAttribute(vm, o.up ?? 0, '__len__');
    if (own !== undefined) return truthy(vm, vm.call(own, [v]));
  }
  return true;
}

export function length(vm: Vm, v: Value): number {
  vm.tick(sizeOf(vm, v));
  if (typeof v === 'string') return /[\ud800-\udfff]/.test(v) ? [...v].length : v.length;
  if (isTagged(v) && v.t === 'bytes') return v.v.length;
  const o = vm.obj(v);
  if (o?.k === 'list' || o?.k === 'tuple') return o.a?.length ?? 0;
  if (o?.k === 'dict' || o?.k === 'setof') {
    const count = Object.keys(o.e ?? {}).length;
    vm.tick(count >> 4);
    return count;
  }
  if (o?.k === 'range') {
    const [a = 0, b = 0, c = 1] = (o.a ?? []).map(Number);
    return Math.max(0, Math.ceil((b - a) / c));
  }
  if (o?.k === 'inst' || o?.k === 'class') {
    const own = o.k === 'inst' ? classAttribute(vm, o.up ?? 0, '__len__') : classAttribute(vm, idOf(v), '_class_len_');
    if (own !== undefined)
      return Number(o.k === 'inst' ? vm.call(own, [v]) : vm.call(vm.lang.get(vm, v, '_class_len_'), []));
  }
  return raise(vm, 'TypeError', `object of type '${typeName(vm, v)}' has no len()`);
}

/** What tells keys of a dict apart: 1, 1.0 and True are one key. */
export function hash(vm: Vm, v: Value): string {
  if (v === null) return 'None';
  if (typeof v === 'string') return `s:${v}`;
  const n = numeric(v);
  if (n !== undefined) return `n:${isTagged(v) && v.t === 'big' ? v.v : n}`;
  const o = vm.obj(v);
  vm.tick();
  if (o?.k === 'tuple') return `t:${(o.a ?? []).map((x) => hash(vm, x)).join('\x00')}`;
  if (o?.k === 'setof' && o.s === 'frozenset')
    return `z:${Object.keys(o.e ?? {})
      .toSorted()
      .join('\x00')}`;
  if (o?.k === 'list' || o?.k === 'dict' || o?.k === 'setof')
    raise(vm, 'TypeError', `unhashable type: '${typeName(vm, v)}'`);
  if (o?.k === 'inst') {
    const own = classAttribute(vm, o.up ?? 0, '__hash__');
    if (own !== undefined) return `h:${o.up}:${repr(vm, vm.call(own, [v]))}`;
    if (own === undefined && classAttribute(vm, o.up ?? 0, '__eq__') !== undefined && !isException(vm, o))
      raise(vm, 'TypeError', `unhashable type: '${typeName(vm, v)}'`);
  }
  if (isTagged(v) && v.t === 'bytes') return `y:${v.v}`;
  return isTagged(v) && v.t === 'b' ? `b:${v.n}` : `r:${idOf(v)}`;
}

export function equal(vm: Vm, a: Value, b: Value): boolean {
  const x = numeric(a);
  const y = numeric(b);
  if (x !== undefined || y !== undefined) {
    const [m, n] = [bigintOf(a), bigintOf(b)];
    return m !== undefined && n !== undefined ? m === n : x === y;
  }
  vm.tick();
  const [o, p] = [vm.obj(a), vm.obj(b)];
  if (o?.k === 'inst') {
    const own = classAttribute(vm, o.up ?? 0, '__eq__');
    if (own !== undefined) return truthy(vm, vm.call(own, [a, b]));
  }
  if (!o || !p || o === p) return hashable(vm, a) === hashable(vm, b);
  if (o.k !== p.k) return false;
  if (o.k === 'list' || o.k === 'tuple')
    return o.a?.length === p.a?.length && (o.a ?? []).every((one, i) => equal(vm, one, p.a?.[i] ?? null));
  if (o.k === 'dict' || o.k === 'setof') {
    const keys = Object.keys(o.e ?? {});
    return (
      keys.length === Object.keys(p.e ?? {}).length &&
      keys.every((key) => p.e?.[key] !== undefined && equal(vm, o.e?.[key]?.[1] ?? null, p.e[key]?.[1] ?? null))
    );
  }
  return false;
}
const hashable = (vm: Vm, v: Value): string => (vm.obj(v) ? `r:${idOf(v)}` : hash(vm, v));

/** < for sorting and comparisons: negative, 0, positive. Throws TypeError. */
export function order(vm: Vm, a: Value, b: Value, op = '<'): number {
  const [x, y] = [numeric(a), numeric(b)];
  if (x !== undefined && y !== undefined) {
    const [m, n] = [bigintOf(a), bigintOf(b)];
    return m !== undefined && n !== undefined ? (m < n ? -1 : m > n ? 1 : 0) : x - y;
  }
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  const [o, p] = [vm.obj(a), vm.obj(b)];
  if ((o?.k === 'list' || o?.k === 'tuple') && p?.k === o.k) {
    for (let i = 0; i < Math.min(o.a?.length ?? 0, p.a?.length ?? 0); i++) {
      const [m = null, n = null] = [o.a?.[i], p.a?.[i]];
      if (!equal(vm, m, n)) return order(vm, m, n, op);
    }
    return (o.a?.length ?? 0) - (p.a?.length ?? 0);
  }
  if (o?.k === 'inst') {
    const own = classAttribute(vm, o.up ?? 0, '__lt__');
    if (own !== undefined) return truthy(vm, vm.call(own, [a, b])) ? -1 : equal(vm, a, b) ? 0 : 1;
  }
  return raise(
    vm,
    'TypeError',
    `'${op}' not supported between instances of '${typeName(vm, a)}' and '${typeName(vm, b)}'`,
  );
}

export { float, integer, isFloat, ref };
