import { encodeUtf8 } from '../../../kernel/bytes.ts';
import type { Frame } from '../core/state.ts';
import { isTagged, numeric, type Obj, ref, type Value } from '../core/values.ts';
import { Thrown, type Vm } from '../core/vm.ts';
import { isBasic, isCopied, type Shapes, shapeOf, type Type, under } from './types.ts';

export function shapes(vm: Vm): Shapes {
  return vm.at(vm.modules['%shapes'] ?? 0).x as unknown as Shapes;
}
/** A value with its type, as interfaces hold it. */
export function box(vm: Vm, type: Type, v: Value): Value {
  return vm.make({ k: 'if', s: type, v });
}
export const tuple = (vm: Vm, ...a: Value[]): Value => vm.make({ k: 'tuple', a });
export function list(vm: Vm, a: Value[]): Value {
  return vm.make({ k: 'sl', v: vm.make({ k: 'arr', a }), x: [0, a.length, a.length] });
}
export function structure(vm: Vm, p: { [f: string]: Value }): Value {
  return vm.make({ k: 'st', p });
}
export const str = (v: Value | undefined): string => (typeof v === 'string' ? v : '');
export const num = (v: Value | undefined): number => numeric(v ?? 0) ?? 0;
/** An error as errors.New makes it. */
export function failure(vm: Vm, text: string, more: { [f: string]: Value } = {}): Value {
  return box(vm, '*errors.errorString', structure(vm, { s: encodeUtf8(text), ...more }));
}

/** A slice's array, offset, length and capacity. */
export function sliced(vm: Vm, v: Value): { arr: Value; o: number; n: number; c: number } {
  const s = vm.obj(v);
  if (s?.k === 'arr') return { arr: v, o: 0, n: s.a?.length ?? 0, c: s.a?.length ?? 0 };
  if (s?.k !== 'sl') return { arr: null, o: 0, n: 0, c: 0 };
  const [o, n, c] = s.x as [number, number, number];
  return { arr: s.v ?? null, o, n, c };
}
export function items(vm: Vm, v: Value): readonly Value[] {
  const { arr, o, n } = sliced(vm, v);
  return vm.obj(arr)?.a?.slice(o, o + n) ?? [];
}
export const bytesOf = (vm: Vm, v: Value): string =>
  items(vm, v)
    .map((b) => String.fromCharCode(num(b)))
    .join('');
export const bytesList = (vm: Vm, s: string): Value =>
  list(
    vm,
    [...s].map((ch) => ch.charCodeAt(0)),
  );

/** Panics with an error of the runtime. */
export function runtimePanic(vm: Vm, text: string): never {
  throw new Thrown(box(vm, 'runtime.Error', `runtime error: ${text}`));
}
export const nilPanic = (vm: Vm): never => runtimePanic(vm, 'invalid memory address or nil pointer dereference');

export function zeroOf(vm: Vm, t: Type): Value {
  const s = shapes(vm);
  const shape = shapeOf(s, t);
  if (shape?.k === 'struct')
    return typed(vm, t, Object.fromEntries(shape.fields.map((f) => [f.name, zeroOf(vm, f.type)])));
  if (shape?.k === 'array')
    return vm.make({ k: 'arr', s: t, a: Array.from({ length: shape.n }, () => zeroOf(vm, shape.of)) });
  if (shape) return null;
  const u = under(s, t);
  return u === 'string' ? '' : u === 'bool' || u === 'untyped bool' ? false : 0;
}
/** A structure that knows its type, so that what is nested in it is copied with it. */
export function typed(vm: Vm, t: Type, p: { [f: string]: Value }): Value {
  return vm.make({ k: 'st', p, s: t });
}
export function copyOf(vm: Vm, v: Value): Value {
  const o = vm.obj(v);
  const shape = shapeOf(shapes(vm), o?.s ?? '');
  if (o?.k === 'arr') {
    const nested = shape?.k === 'array' && isCopied(shapes(vm), shape.of);
    return vm.make({ ...o, a: nested ? (o.a ?? []).map((one) => copyOf(vm, one)) : [...(o.a ?? [])] });
  }
  if (o?.k !== 'st') return v;
  const p = { ...o.p };
  if (shape?.k === 'struct')
    for (const f of shape.fields) if (isCopied(shapes(vm), f.type)) p[f.name] = copyOf(vm, p[f.name] ?? null);
  return vm.make({ ...o, p });
}

export function hash(vm: Vm, v: Value): string {
  if (typeof v === 'string') return `s:${v}`;
  if (typeof v === 'number') return `n:${v}`;
  if (typeof v === 'boolean') return `b:${v}`;
  if (v === null) return 'nil';
  const o = vm.obj(v);
  if (o?.k === 'if') return `i:${o.s}:${hash(vm, o.v ?? null)}`;
  if (o?.k === 'st')
    return `{${Object.values(o.p ?? {})
      .map((one) => hash(vm, one))
      .join(',')}}`;
  if (o?.k === 'arr') return `[${(o.a ?? []).map((one) => hash(vm, one)).join(',')}]`;
  return isTagged(v) && v.t === 'ref' ? `r:${v.r}` : JSON.stringify(v);
}
/** Equality of interface values, and of structures. */
export function equal(vm: Vm, a: Value, b: Value, deep: boolean): boolean {
  const x = vm.obj(a);
  const y = vm.obj(b);
  if (x?.k === 'if' && y?.k === 'if') {
    if (x.s !== y.s) return false;
    const k = shapeOf(shapes(vm), x.s ?? '')?.k;
    if (k === 'slice' || k === 'map' || k === 'func') runtimePanic(vm, `comparing uncomparable type ${x.s}`);
    return equal(vm, x.v ?? null, y.v ?? null, k === 'struct' || k === 'array');
  }
  if (deep && x && y && x.k === y.k && (x.k === 'st' || x.k === 'arr')) return hash(vm, a) === hash(vm, b);
  if (x?.k === 'ptr' && y?.k === 'ptr')
    return x.s === y.s && x.up === y.up && x.n === y.n && hash(vm, x.v ?? null) === hash(vm, y.v ?? null);
  if (isTagged(a) && isTagged(b))
    return a.t === 'ref' && b.t === 'ref' ? a.r === b.r : JSON.stringify(a) === JSON.stringify(b);
  return a === b;
}

/** Reads what a pointer to a simple value points to. */
export function deref(vm: Vm, p: Value): Value {
  const o = vm.obj(p);
  if (!o) return nilPanic(vm);
  if (o.k !== 'ptr') return p;
  if (o.up !== undefined) return vm.at(o.up).p?.[o.s ?? ''] ?? null;
  const target = vm.obj(o.v ?? null);
  return (o.n === undefined ? target?.p?.[o.s ?? ''] : target?.a?.[o.n]) ?? null;
}
export function point(vm: Vm, p: Value, v: Value): void {
  const o = vm.obj(p);
  if (!o) nilPanic(vm);
  if (o?.up !== undefined) {
    const scope = vm.ownAt(o.up);
    scope.p = { ...scope.p, [o.s ?? '']: v };
    return;
  }
  const target = vm.own(o?.v ?? null);
  if (o?.n === undefined) target.p = { ...target.p, [o?.s ?? '']: v };
  else if (target.a) target.a[o.n] = v;
}
export function cell(vm: Vm, v: Value): Value {
  return vm.make({ k: 'ptr', v: structure(vm, { v }), s: 'v' });
}
/** A number wrapped to what its type can hold. */
export function wrap(v: bigint, t: Type): bigint {
  const bits = Number(/\d+$/.exec(t)?.[0] ?? 64);
  return t.startsWith('u') ? BigInt.asUintN(bits, v) : BigInt.asIntN(bits, v);
}
export function mapEntries(vm: Vm, v: Value): readonly (readonly [Value, Value])[] {
  return Object.values(vm.obj(v)?.e ?? {});
}
export { type Frame, isBasic, type Obj, ref };
