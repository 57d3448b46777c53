import type { Machine, Native } from './machine.ts';
import { byBucket, list, ordered } from './natives-list.ts';
import { type JValue, Obj } from './objects.ts';
import { compare, same, textOf, unbox } from './text.ts';

type Natives = { [key: string]: Native };
const bool = (b: boolean): number => (b ? 1 : 0);
const own = (v: JValue | undefined): Obj => (v instanceof Obj ? v : new Obj(''));
const call = (m: Machine, f: JValue | undefined, name: string, ...args: JValue[]) =>
  m.callMethod(f ?? null, name, '', args);

/** An entry of a map; the map's list `a` holds its entries. */
function entry(k: JValue, v: JValue): Obj {
  const o = new Obj('$Entry');
  o.f = { k, v };
  return o;
}
const indexes = new WeakMap<Obj, Map<string, Obj>>();
/** Finds an entry; those whose keys are texts or numbers by an index. */
export function find(m: Machine, map: Obj, k: JValue): Obj | undefined {
  const key = plain(k);
  if (key !== undefined) {
    let index = indexes.get(map);
    if (!index) {
      index = new Map();
      for (const one of map.a ?? []) {
        const at = plain(own(one).f?.k ?? null);
        if (at !== undefined) index.set(at, own(one));
      }
      indexes.set(map, index);
    }
    return index.get(key);
  }
  m.sys.spend((map.a?.length ?? 0) >> 4);
  const found = map.a?.find((one) => same(m, k, own(one).f?.k ?? null));
  return found instanceof Obj ? found : undefined;
}
function plain(k: JValue): string | undefined {
  if (k === null) return 'null';
  if (!(k instanceof Obj)) return undefined;
  if (k.s !== undefined && k.c === 'java/lang/String') return `s ${k.s}`;
  return /^java\/lang\/(?:Integer|Long|Character|Short|Byte)$/.test(k.c) ? `${k.c} ${String(k.x)}` : undefined;
}
export function set(m: Machine, map: Obj, k: JValue, v: JValue, first = false): JValue {
  if (map.x === 'fixed')
    throw m.error('java/lang/UnsupportedOperationException', undefined, [
      'java.util.ImmutableCollections.uoe(ImmutableCollections.java:142)',
      'java.util.ImmutableCollections$AbstractImmutableMap.put(ImmutableCollections.java:1072)',
    ]);
  const old = find(m, map, k);
  if (old?.f) {
    const before = old.f.v ?? null;
    old.f.v = v;
    return before;
  }
  const made = entry(k, v);
  map.a ??= [];
  map.n += 1;
  if (map.c === 'java/util/TreeMap') {
    const by = map.f?.by ?? null;
    if (map.a.length === 0) compare(m, k, k, by);
    let [low, high] = [0, map.a.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(m, own(map.a[middle]).f?.k ?? null, k, by) < 0) low = middle + 1;
      else high = middle;
    }
    map.a.splice(low, 0, made);
  } else if (first && map.c === 'java/util/HashMap') map.a.unshift(made);
  else map.a.push(made);
  const key = plain(k);
  if (key !== undefined) indexes.get(map)?.set(key, made);
  return null;
}
function drop(m: Machine, map: Obj, k: JValue): JValue {
  const old = find(m, map, k);
  if (!old) return null;
  map.n += 1;
  map.a = (map.a ?? []).filter((one) => one !== old);
  const key = plain(k);
  if (key !== undefined) indexes.get(map)?.delete(key);
  return old.f?.v ?? null;
}
/** The entries in the order in which a map is iterated. */
function entries(m: Machine, map: JValue | undefined): Obj[] {
  const o = own(map);
  const all = (o.a ?? []).map(own);
  return o.c === 'java/util/HashMap' || o.c.endsWith('ConcurrentHashMap')
    ? byBucket(m, all, (one) => one.f?.k ?? null)
    : all;
}
function view(m: Machine, map: JValue | undefined, of: (e: Obj) => JValue, cls: string): Obj {
  const o = list(m, entries(m, map).map(of), cls);
  o.f = { map: map ?? null };
  return o;
}
const key = (e: Obj): JValue => e.f?.k ?? null;
const value = (e: Obj): JValue => e.f?.v ?? null;

const map: Natives = {
  '<init>': (m, [o, from], type) => {
    const to = own(o);
    to.a = [];
    if (type.includes('Comparator')) to.f = { by: from ?? null };
    else if (from instanceof Obj) for (const e of entries(m, from)) set(m, to, key(e), value(e));
    return null;
  },
  size: (_m, [o]) => own(o).a?.length ?? 0,
  isEmpty: (_m, [o]) => bool((own(o).a?.length ?? 0) === 0),
  get: (m, [o, k = null]) => find(m, own(o), k)?.f?.v ?? null,
  getOrDefault: (m, [o, k = null, v = null]) => {
    const found = find(m, own(o), k);
    return found ? value(found) : v;
  },
  containsKey: (m, [o, k = null]) => bool(find(m, own(o), k) !== undefined),
  containsValue: (m, [o, v = null]) => bool((own(o).a ?? []).some((e) => same(m, value(own(e)), v))),
  put: (m, [o, k = null, v = null]) => set(m, own(o), k, v),
  putIfAbsent: (m, [o, k = null, v = null]) => {
    const old = find(m, own(o), k);
    if (old && value(old) !== null) return value(old);
    set(m, own(o), k, v);
    return null;
  },
  putAll: (m, [o, from]) => {
    for (const e of entries(m, from)) set(m, own(o), key(e), value(e));
    return null;
  },
  remove: (m, [o, k = null]) => drop(m, own(o), k),
  clear: (_m, [o]) => {
    own(o).a = [];
    own(o).n += 1;
    indexes.delete(own(o));
    return null;
  },
  computeIfAbsent: (m, [o, k = null, f]) => {
    const old = find(m, own(o), k);
    if (old && value(old) !== null) return value(old);
    const v = call(m, f, 'apply', k);
    // HashMap puts what is computed first into its bucket
    if (v !== null) set(m, own(o), k, v, true);
    return v;
  },
  computeIfPresent: (m, [o, k = null, f]) => {
    const old = find(m, own(o), k);
    if (!old) return null;
    const v = call(m, f, 'apply', k, value(old));
    if (v === null) drop(m, own(o), k);
    else set(m, own(o), k, v);
    return v;
  },
  compute: (m, [o, k = null, f]) => {
    const v = call(m, f, 'apply', k, find(m, own(o), k)?.f?.v ?? null);
    if (v === null) drop(m, own(o), k);
    else set(m, own(o), k, v, true);
    return v;
  },
  merge: (m, [o, k = null, v = null, f]) => {
    const old = find(m, own(o), k);
    const next = old && value(old) !== null ? call(m, f, 'apply', value(old), v) : v;
    if (next === null) drop(m, own(o), k);
    else set(m, own(o), k, next, true);
    return next;
  },
  keySet: (m, [o]) => view(m, o, key, 'java/util/LinkedHashSet'),
  values: (m, [o]) => view(m, o, value, 'java/util/ArrayList'),
  entrySet: (m, [o]) => view(m, o, (e) => e, 'java/util/LinkedHashSet'),
  forEach: (m, [o, f]) => {
    for (const e of entries(m, o)) call(m, f, 'accept', key(e), value(e));
    return null;
  },
  firstKey: (_m, [o]) => key(own(own(o).a?.[0])),
  lastKey: (_m, [o]) => key(own(own(o).a?.at(-1))),
  firstEntry: (_m, [o]) => own(o).a?.[0] ?? null,
  lastEntry: (_m, [o]) => own(o).a?.at(-1) ?? null,
};

Object.assign(map, {
  toString: ((m, [o]) =>
    m.text(
      `{${entries(m, o)
        .map((e) => `${textOf(m, key(e), 'L')}=${textOf(m, value(e), 'L')}`)
        .join(', ')}}`,
    )) satisfies Native,
});

const all: Natives = {
  '$Entry.getKey': (_m, [e]) => key(own(e)),
  '$Entry.getValue': (_m, [e]) => value(own(e)),
  '$Entry.setValue': (_m, [e, v = null]) => {
    const old = value(own(e));
    const { f } = own(e);
    if (f) f.v = v;
    return old;
  },
  '$Entry.toString': (m, [e]) => m.text(`${textOf(m, key(own(e)), 'L')}=${textOf(m, value(own(e)), 'L')}`),
  'java/util/Map.entry': (_m, [k = null, v = null]) => entry(k, v),
  'java/util/Map.of': (m, args) => {
    const o = new Obj('java/util/LinkedHashMap');
    for (let i = 0; i < args.length; i += 2) set(m, o, args[i] ?? null, args[i + 1] ?? null);
    o.x = 'fixed';
    return o;
  },
  'java/lang/System.getenv()Ljava/util/Map;': (m) => {
    const o = new Obj('java/util/LinkedHashMap');
    for (const [k, v] of Object.entries(m.options.env)) set(m, o, m.text(k), m.text(v));
    return o;
  },
  'java/util/Map$Entry.comparingByKey': (m) => entryOrder(m, 'k'),
  'java/util/Map$Entry.comparingByValue': (m) => entryOrder(m, 'v'),
  '$EntryOrder.compare': (m, [c, a, b]) =>
    compare(m, own(a).f?.[String(own(c).x)] ?? null, own(b).f?.[String(own(c).x)] ?? null),
  '$EntryOrder.reversed': (_m, [c = null]) => {
    const o = new Obj('$Comparator');
    o.f = { by: c, down: 1 };
    return o;
  },
  // optional values
  'java/util/Optional.of': (_m, [v = null]) => optional(v),
  'java/util/Optional.ofNullable': (_m, [v = null]) => optional(v),
  'java/util/Optional.empty': () => optional(null),
  'java/util/Optional.get': (m, [o]) => present(m, o, 143),
  'java/util/Optional.orElseThrow': (m, [o]) => present(m, o, 377),
  'java/util/Optional.isPresent': (_m, [o]) => bool(own(o).f?.v !== null),
  'java/util/Optional.isEmpty': (_m, [o]) => bool(own(o).f?.v === null),
  'java/util/Optional.orElse': (_m, [o, other = null]) => own(o).f?.v ?? other,
  'java/util/Optional.orElseGet': (m, [o, f]) => own(o).f?.v ?? call(m, f, 'get'),
  'java/util/Optional.ifPresent': (m, [o, f]) =>
    own(o).f?.v === null ? null : call(m, f, 'accept', own(o).f?.v ?? null),
  'java/util/Optional.map': (m, [o, f]) =>
    own(o).f?.v === null ? optional(null) : optional(call(m, f, 'apply', own(o).f?.v ?? null)),
  'java/util/Optional.filter': (m, [o, f]) =>
    own(o).f?.v === null || unbox(call(m, f, 'test', own(o).f?.v ?? null)) === 0 ? optional(null) : (o ?? null),
  'java/util/Optional.toString': (m, [o]) =>
    m.text(
      own(o).f?.v === null
        ? `${own(o).c.replace(/^.*\//, '')}.empty`
        : `${own(o).c.replace(/^.*\//, '')}[${textOf(m, own(o).f?.v ?? null, 'L')}]`,
    ),
};
for (const cls of ['Map', 'HashMap', 'LinkedHashMap', 'TreeMap'])
  for (const [name, act] of Object.entries(map))
    if (name !== '<init>' || cls !== 'Map') all[`java/util/${cls}.${name}`] = act;
for (const [cls, name] of [
  ['OptionalInt', 'getAsInt'],
  ['OptionalDouble', 'getAsDouble'],
] as const) {
  all[`java/util/${cls}.${name}`] = (m, [o]) => unbox(present(m, o, 143));
  all[`java/util/${cls}.isPresent`] = all['java/util/Optional.isPresent'] as Native;
  all[`java/util/${cls}.orElse`] = (_m, [o, other = null]) => unbox(own(o).f?.v ?? other);
  all[`java/util/${cls}.toString`] = all['java/util/Optional.toString'] as Native;
}
function entryOrder(_m: Machine, by: string): Obj {
  const o = new Obj('$EntryOrder');
  o.x = by;
  return o;
}
/** An Optional with this value, or without. */
export function optional(v: JValue, cls = 'java/util/Optional'): Obj {
  const o = new Obj(cls);
  o.f = { v };
  return o;
}
function present(m: Machine, o: JValue | undefined, line: number): JValue {
  const v = own(o).f?.v ?? null;
  if (v === null)
    throw m.error('java/util/NoSuchElementException', 'No value present', [
      `java.util.Optional.${line === 143 ? 'get' : 'orElseThrow'}(Optional.java:${line})`,
    ]);
  return v;
}

/** Built-in methods of maps, optional values and streams. */
export const mapNatives: { readonly [key: string]: Native } = all;
export { ordered };
