import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import type { Natives } from '../core/lang.ts';
import { bigintOf, integer, type Value } from '../core/values.ts';
import { Thrown, type Vm } from '../core/vm.ts';
import { missing, shapeOf } from './types.ts';
import {
  box,
  bytesOf,
  cell,
  copyOf,
  deref,
  hash,
  items,
  list,
  mapEntries,
  nilPanic,
  num,
  point,
  runtimePanic,
  shapes,
  sliced,
  str,
  tuple,
  typed,
  wrap,
  zeroOf,
} from './values.ts';

/** Does the interface value hold this type, or one with these methods? */
export function holds(vm: Vm, v: Value, t: string): boolean {
  const o = vm.obj(v);
  if (t === 'nil') return o === undefined;
  if (o?.k !== 'if') return false;
  if (shapeOf(shapes(vm), t)?.k !== 'interface') return o.s === t;
  if (o.s === '*errors.errorString') return t === 'error' || t === 'interface {}';
  return missing(shapes(vm), o.s ?? '', t) === undefined;
}
function append(vm: Vm, to: Value, more: readonly Value[]): Value {
  const { arr, o, n, c } = sliced(vm, to);
  if (more.length === 0) return to;
  const size = n + more.length;
  if (size <= c) {
    const { a } = vm.own(arr);
    more.forEach((v, i) => {
      if (a) a[o + n + i] = v;
    });
    return vm.make({ k: 'sl', v: arr, x: [o, size, c] });
  }
  const grown = grow(c, size);
  const a: Value[] = [...items(vm, to), ...more];
  return vm.make({ k: 'sl', v: vm.make({ k: 'arr', a }), x: [0, size, grown] });
}
/** As growslice of Go 1.18 and later does, for elements of eight bytes. */
function grow(c: number, wanted: number): number {
  let cap = c;
  if (wanted > c * 2) cap = wanted;
  else if (c < 256) cap = c * 2;
  else while (cap < wanted) cap += Math.floor((cap + 768) / 4);
  const classes = [
    1, 2, 3, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 36, 40, 44, 48, 52, 56, 60, 64, 72, 80, 88, 96,
    112, 128, 144, 160, 168, 176, 192, 224, 256, 288, 336, 352, 384, 416, 512, 576, 640, 672, 768, 848, 896, 1024, 1152,
    1280,
  ];
  return classes.find((one) => one >= cap) ?? Math.ceil(cap / 1024) * 1024;
}
const cut = (vm: Vm, v: Value, from: Value, to: Value, most: Value): Value => {
  if (typeof v === 'string') {
    const a = from === null ? 0 : num(from);
    const b = to === null ? v.length : num(to);
    if (b > v.length || b < 0) runtimePanic(vm, `slice bounds out of range [:${b}] with length ${v.length}`);
    if (a > b || a < 0) runtimePanic(vm, `slice bounds out of range [${a}:${b}]`);
    return v.slice(a, b);
  }
  const { arr, o, n, c } = sliced(vm, v);
  const a = from === null ? 0 : num(from);
  const b = to === null ? n : num(to);
  const m = most === null ? c : num(most);
  if (b > c || b < 0) runtimePanic(vm, `slice bounds out of range [:${b}] with capacity ${c}`);
  if (a > b || a < 0) runtimePanic(vm, `slice bounds out of range [${a}:${b}]`);
  if (arr === null) return null;
  const under = vm.own(arr);
  while (under.a && under.a.length < o + b)
    under.a.push(typeof under.a[0] === 'string' ? '' : under.a[0] === null ? null : 0);
  return vm.make({ k: 'sl', v: arr, x: [o + a, b - a, m - a] });
};

export const coreNatives: Natives = {
  '%box': (vm, [t, v = null]) => box(vm, str(t), v),
  '%unbox': (vm, [v = null]) => vm.obj(v)?.v ?? null,
  '%copy': (vm, [v = null]) => copyOf(vm, v),
  '%zero': (vm, [t]) => zeroOf(vm, str(t)),
  '%cell': (vm, [v = null]) => cell(vm, v),
  '%pointed': (vm, [v = null]) => (v === null ? nilPanic(vm) : vm.obj(v)?.k === 'ptr' ? deref(vm, v) : v),
  '%point': (vm, [p = null, v = null]) => {
    point(vm, p, v);
    return null;
  },
  '%overwrite': (vm, [to = null, from = null]) => {
    if (to === null) nilPanic(vm);
    const o = vm.own(vm.obj(to)?.k === 'ptr' ? deref(vm, to) : to);
    const f = vm.obj(from);
    if (f?.p) o.p = { ...f.p };
    if (f?.a) o.a = [...f.a];
    return null;
  },
  '%nothing': () => null,
  '%global': (vm, [id]) => vm.globals[str(id)] ?? vm.at(vm.modules.main ?? 0).p?.[str(id)] ?? null,
  '%item': (vm, [t = null, i]) => vm.obj(t)?.a?.[num(i)] ?? null,
  '%first': (vm, [t = null]) => {
    vm.globals['%last'] = t;
    return vm.obj(t)?.a?.[0] ?? null;
  },
  '%later': (vm, [i]) => vm.obj(vm.globals['%last'] ?? null)?.a?.[num(i)] ?? null,
  '%bind': (vm, [fn = null, receiver = null]) => vm.make({ k: 'bound', v: fn, a: [receiver] }),
  '%is': (vm, [v = null, t]) => holds(vm, v, str(t)),
  '%assert': (vm, [v = null, t, from, two]) => {
    const type = str(t);
    const fits = v !== null && holds(vm, v, type);
    const face = shapeOf(shapes(vm), type)?.k === 'interface';
    const got = fits ? (face ? v : (vm.obj(v)?.v ?? null)) : zeroOf(vm, type);
    if (two === true) return tuple(vm, got, fits);
    if (fits) return got;
    const held = v === null ? 'nil' : (vm.obj(v)?.s ?? '');
    const source = str(from) === 'interface {}' ? 'interface {}' : str(from);
    const lack = face && v !== null ? missing(shapes(vm), held, type) : undefined;
    throw new Thrown(
      box(
        vm,
        'runtime.Error',
        face
          ? v === null
            ? `interface conversion: interface is nil, not ${type}`
            : `interface conversion: ${held} is not ${type}: missing method ${lack?.name ?? ''}`
          : `interface conversion: ${source === 'error' || source === 'interface {}' ? source : source} is ${held}, not ${type}`,
      ),
    );
  },
  '%struct': (vm, [t, ...rest]) => {
    const shape = shapeOf(shapes(vm), str(t));
    const p: { [f: string]: Value } = {};
    const given: { [f: string]: Value } = {};
    for (let i = 0; i < rest.length; i += 2) given[str(rest[i])] = rest[i + 1] ?? null;
    if (shape?.k === 'struct')
      for (const f of shape.fields) p[f.name] = f.name in given ? (given[f.name] ?? null) : zeroOf(vm, f.type);
    return typed(vm, str(t), p);
  },
  '%list': (vm, [t, ...rest]) =>
    shapeOf(shapes(vm), str(t))?.k === 'array' ? filled(vm, str(t), rest) : list(vm, [...rest]),
  '%keyed': (vm, [t, ...rest]) => {
    const a: Value[] = [];
    const shape = shapeOf(shapes(vm), str(t));
    const of = shape?.k === 'slice' || shape?.k === 'array' ? shape.of : '';
    for (let i = 0; i < rest.length; i += 2) {
      while (a.length < num(rest[i])) a.push(zeroOf(vm, of));
      a[num(rest[i])] = rest[i + 1] ?? null;
    }
    return shape?.k === 'array' ? filled(vm, str(t), a) : list(vm, a);
  },
  '%map': (vm, [, ...rest]) => {
    const e: { [h: string]: readonly [Value, Value] } = {};
    for (let i = 0; i < rest.length; i += 2) e[hash(vm, rest[i] ?? null)] = [rest[i] ?? null, rest[i + 1] ?? null];
    return vm.make({ k: 'map', e });
  },
  '%map get': (vm, [m = null, key = null, t, two]) => {
    const found = vm.obj(m)?.e?.[hash(vm, key)];
    const v = found ? found[1] : zeroOf(vm, str(t));
    return two === true ? tuple(vm, v, found !== undefined) : v;
  },
  '%map set': (vm, [m = null, key = null, v = null]) => {
    if (m === null) throw new Thrown(box(vm, 'runtime.Error', 'assignment to entry in nil map'));
    const o = vm.own(m);
    o.e = o.e ?? {};
    o.e[hash(vm, key)] = [key, v];
    return null;
  },
  '%delete': (vm, [m = null, key = null]) => {
    if (m !== null) delete vm.own(m).e?.[hash(vm, key)];
    return null;
  },
  clear: (vm, [m = null]) => {
    if (vm.obj(m)?.k === 'map') vm.own(m).e = {};
    return null;
  },
  '%len': (vm, [v = null]) => {
    if (typeof v === 'string') return v.length;
    const o = vm.obj(v);
    if (o?.k === 'map') return Object.keys(o.e ?? {}).length;
    return o?.k === 'chan' ? (o.a?.length ?? 0) : sliced(vm, v).n;
  },
  '%cap': (vm, [v = null]) => (vm.obj(v)?.k === 'chan' ? (vm.obj(v)?.n ?? 0) : sliced(vm, v).c),
  '%append': (vm, [to = null, ...more]) => append(vm, to, more),
  '%append all': (vm, [to = null, more = null]) => append(vm, to, items(vm, more)),
  '%slice': (vm, [v = null, from = null, to = null, most = null]) => cut(vm, v, from, to, most),
  copy: (vm, [to = null, from = null]) => {
    const source = typeof from === 'string' ? [...from].map((ch) => ch.charCodeAt(0)) : items(vm, from);
    const { arr, o, n } = sliced(vm, to);
    const count = Math.min(n, source.length);
    if (count === 0) return 0;
    const { a } = vm.own(arr);
    for (let i = 0; i < count; i++) if (a) a[o + i] = source[i] ?? null;
    return count;
  },
  '%make': (vm, [t, size, room]) => {
    const shape = shapeOf(shapes(vm), str(t));
    if (shape?.k === 'map') return vm.make({ k: 'map', e: {} });
    if (shape?.k === 'chan') return vm.make({ k: 'chan', a: [], n: num(size), s: shape.of });
    const n = num(size);
    if (n < 0) runtimePanic(vm, 'makeslice: len out of range');
    const of = shape?.k === 'slice' ? shape.of : '';
    const a = Array.from({ length: n }, () => zeroOf(vm, of));
    return vm.make({ k: 'sl', v: vm.make({ k: 'arr', a }), x: [0, n, Math.max(n, num(room))] });
  },
  '%convert': (vm, [from, into, v = null]) => {
    const [a, b] = [str(from), str(into)];
    if (b === 'string') {
      if (a === '[]uint8') return bytesOf(vm, v);
      if (a === '[]int32')
        return items(vm, v)
          .map((r) => encodeUtf8(String.fromCodePoint(num(r))))
          .join('');
      const code = num(v);
      return encodeUtf8(code >= 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd');
    }
    if (b === '[]uint8')
      return list(
        vm,
        [...str(v)].map((ch) => ch.charCodeAt(0)),
      );
    if (b === '[]int32')
      return list(
        vm,
        [...decodeUtf8(str(v))].map((ch) => ch.codePointAt(0) ?? 0),
      );
    if (b === 'float64') return num(v);
    if (b === 'float32') return Math.fround(num(v));
    if (a.includes('float')) return integer(wrap(BigInt(Math.trunc(num(v)) || 0), b));
    return b.includes('int') ? integer(wrap(bigintOf(v) ?? 0n, b)) : v;
  },
  '%range': (vm, [t, v = null, copies]) => {
    if (typeof v === 'string') {
      let at = 0;
      const a = [...decodeUtf8(v)].map((ch) => {
        const pair = tuple(vm, at, ch.codePointAt(0) ?? 0);
        at += encodeUtf8(ch).length;
        return pair;
      });
      return vm.make({ k: 'iter', a, n: 0 });
    }
    if (typeof v === 'number') return vm.make({ k: 'iter', v: null, n: 0, x: v, s: 'count' });
    const o = vm.obj(v);
    void t;
    if (o?.k === 'map') return vm.make({ k: 'iter', a: Object.values(o.e ?? {}).map(([k]) => k), v, n: 0, s: 'map' });
    const array = o?.k === 'arr' && copies !== true;
    return vm.make({
      k: 'iter',
      v: array ? copyOf(vm, v) : v,
      n: 0,
      x: sliced(vm, v).n,
      s: copies === true ? 'copies' : 'list',
    });
  },
  '%next': (vm, [it = null]) => {
    const o = vm.own(it);
    const at = o.n ?? 0;
    o.n = at + 1;
    if (o.s === 'count') return at < num(o.x as number) ? tuple(vm, at, null) : (undefined as never);
    if (o.s === 'list' || o.s === 'copies') {
      if (at >= num(o.x as number)) return undefined as never;
      const { arr, o: from } = sliced(vm, o.v ?? null);
      const v = vm.obj(arr)?.a?.[from + at] ?? null;
      return tuple(vm, at, o.s === 'copies' ? copyOf(vm, v) : v);
    }
    if (o.s === 'map') {
      for (let i = at; i < (o.a?.length ?? 0); i++) {
        const key = o.a?.[i] ?? null;
        const found = vm.obj(o.v ?? null)?.e?.[hash(vm, key)];
        o.n = i + 1;
        if (found) return tuple(vm, key, found[1]);
      }
      return undefined as never;
    }
    return o.a?.[at] ?? (undefined as never);
  },
  panic: (vm, [v = null]) => {
    throw new Thrown(
      v ?? box(vm, 'runtime.Error', 'panic called with nil argument (use GODEBUG=panicnil=1 to disable)'),
    );
  },
  recover: (vm) => {
    const f = vm.frames[vm.frames.length - 2];
    if (f?.panic === undefined) return null;
    const { panic } = f;
    delete f.panic;
    return panic;
  },
  min: (vm, [a = 0, b = 0]) => (vm.lang.binary(vm, '<', a, b) === true ? a : b),
  max: (vm, [a = 0, b = 0]) => (vm.lang.binary(vm, '>', a, b) === true ? a : b),
};

function filled(vm: Vm, t: string, given: readonly Value[]): Value {
  const shape = shapeOf(shapes(vm), t);
  const a = [...given];
  if (shape?.k === 'array') while (a.length < shape.n) a.push(zeroOf(vm, shape.of));
  return vm.make({ k: 'arr', s: t, a });
}

export { mapEntries };
