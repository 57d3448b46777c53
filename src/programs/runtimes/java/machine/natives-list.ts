import type { Machine, Native } from './machine.ts';
import { type JValue, Obj } from './objects.ts';
import { compare, same, textOf, unbox } from './text.ts';

type Natives = { [key: string]: Native };
const bool = (b: boolean): number => (b ? 1 : 0);
const n = (v: JValue | undefined): number => Number(v ?? 0);

/** What an array, a list, a set or a stream holds, in its order. */
export function items(v: JValue | undefined): JValue[] {
  return v instanceof Obj ? (v.a ?? []) : [];
}
export function list(_m: Machine, all: JValue[], cls = 'java/util/ArrayList'): Obj {
  const o = new Obj(cls);
  o.a = all;
  return o;
}
const own = (v: JValue | undefined): Obj => (v instanceof Obj ? v : new Obj(''));
const isFixed = (o: Obj) => o.x === 'fixed';
function fixed(m: Machine, all: JValue[], cls = 'java/util/ArrayList'): Obj {
  const o = list(m, all, cls);
  o.x = 'fixed';
  return o;
}
function change(m: Machine, o: Obj, method = 'add'): JValue[] {
  if (isFixed(o))
    throw m.error('java/lang/UnsupportedOperationException', undefined, [
      'java.util.ImmutableCollections.uoe(ImmutableCollections.java:142)',
      `java.util.ImmutableCollections$AbstractImmutableCollection.${method}(ImmutableCollections.java:147)`,
    ]);
  o.n += 1;
  o.a ??= [];
  return o.a;
}
const lines: { readonly [method: string]: number } = { get: 427, set: 441, remove: 504 };
function at(m: Machine, o: Obj, i: JValue | undefined, method: string): number {
  const size = o.a?.length ?? 0;
  if (n(i) >= 0 && n(i) < size) return n(i);
  throw m.error('java/lang/IndexOutOfBoundsException', `Index ${n(i)} out of bounds for length ${size}`, [
    'jdk.internal.util.Preconditions.outOfBounds(Preconditions.java:64)',
    'jdk.internal.util.Preconditions.outOfBoundsCheckIndex(Preconditions.java:70)',
    'jdk.internal.util.Preconditions.checkIndex(Preconditions.java:266)',
    'java.util.Objects.checkIndex(Objects.java:361)',
    `java.util.ArrayList.${method}(ArrayList.java:${lines[method] ?? 427})`,
  ]);
}
function none(m: Machine, o: Obj, method: string): never {
  const frames: { readonly [m: string]: readonly string[] } = {
    getFirst: ['java.util.LinkedList.getFirst(LinkedList.java:248)'],
    removeFirst: ['java.util.LinkedList.removeFirst(LinkedList.java:274)'],
    pop: o.c.endsWith('ArrayDeque')
      ? ['java.util.ArrayDeque.removeFirst(ArrayDeque.java:362)', 'java.util.ArrayDeque.pop(ArrayDeque.java:593)']
      : [],
  };
  throw m.error(
    o.c.endsWith('/Stack') ? 'java/util/EmptyStackException' : 'java/util/NoSuchElementException',
    undefined,
    frames[method] ?? [],
  );
}
const isSet = (o: Obj) => /Set$/.test(o.c);
/** Puts a value into a set or a sorted collection; false when it is there already. */
export function put(m: Machine, o: Obj, v: JValue): boolean {
  const all = change(m, o);
  m.sys.spend(1);
  if (o.c === 'java/util/TreeSet' || o.c === 'java/util/PriorityQueue') {
    const by = o.f?.by ?? null;
    if (o.c === 'java/util/TreeSet' && all.length === 0) compare(m, v, v, by);
    let [low, high] = [0, all.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const order = compare(m, all[middle] ?? null, v, by);
      if (order === 0 && o.c === 'java/util/TreeSet') return false;
      if (order <= 0) low = middle + 1;
      else high = middle;
    }
    all.splice(low, 0, v);
    return true;
  }
  if (isSet(o) && all.some((one) => same(m, one, v))) return false;
  all.push(v);
  return true;
}
function addAll(m: Machine, o: Obj, from: JValue | undefined): boolean {
  let changed = false;
  for (const v of [...ordered(m, from)]) changed = put(m, o, v) || changed;
  return changed;
}
/** The elements in the order in which they are iterated: a HashSet's by the buckets of their hash codes. */
export function ordered(m: Machine, v: JValue | undefined): JValue[] {
  const o = own(v);
  return o.c === 'java/util/HashSet' ? byBucket(m, o.a ?? [], (one) => one) : (o.a ?? []);
}
/** Sorts by hash buckets, as HashMap iterates: the table doubles when it is three quarters full. */
export function byBucket<T>(m: Machine, all: readonly T[], key: (one: T) => JValue): T[] {
  let size = 16;
  while (all.length > size * 0.75) size *= 2;
  return all
    .map((one) => {
      const h = hashCode(m, key(one));
      return { one, at: (h ^ (h >>> 16)) & (size - 1) };
    })
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
}
function hashCode(m: Machine, v: JValue): number {
  return v === null ? 0 : Number(unbox(m.callMethod(v, 'hashCode', '()I', [])));
}

const first =
  (name: string): Native =>
  (m, [l]) => {
    const o = own(l);
    if ((o.a?.length ?? 0) === 0) {
      if (/^(?:peek|poll)/.test(name) && !o.c.endsWith('/Stack')) return null;
      return none(m, o, name);
    }
    const last = /Last$/.test(name) || o.c.endsWith('/Stack');
    if (/^(?:peek|get|element|first|last)/.test(name))
      return (last || name === 'last' ? o.a?.at(-1) : o.a?.[0]) ?? null;
    o.n += 1;
    return (last ? o.a?.pop() : o.a?.shift()) ?? null;
  };

const collection: Natives = {
  '<init>': (m, [l, from], type) => {
    const o = own(l);
    o.a = [];
    if (type.includes('Comparator')) o.f = { by: from ?? null };
    else if (from instanceof Obj) addAll(m, o, from);
    return null;
  },
  size: (_m, [l]) => items(l).length,
  isEmpty: (_m, [l]) => bool(items(l).length === 0),
  empty: (_m, [l]) => bool(items(l).length === 0),
  add: (m, [l, v = null, at_], type) => {
    const o = own(l);
    if (!type.startsWith('(I')) return bool(put(m, o, v));
    const all = change(m, o);
    if (n(v) > all.length || n(v) < 0)
      throw m.error('java/lang/IndexOutOfBoundsException', `Index: ${n(v)}, Size: ${all.length}`, [
        'java.util.ArrayList.rangeCheckForAdd(ArrayList.java:756)',
        'java.util.ArrayList.add(ArrayList.java:481)',
      ]);
    all.splice(n(v), 0, at_ ?? null);
    return null;
  },
  addAll: (m, [l, from]) => bool(addAll(m, own(l), from)),
  get: (m, [l, i]) => own(l).a?.[at(m, own(l), i, 'get')] ?? null,
  set: (m, [l, i, v = null]) => {
    const o = own(l);
    if (isFixed(o)) change(m, o, 'set');
    const i_ = at(m, o, i, 'set');
    const old = o.a?.[i_] ?? null;
    if (o.a) o.a[i_] = v;
    return old;
  },
  remove: (m, [l, v = null], type) => {
    const o = own(l);
    if (type.startsWith('()')) return first('remove')(m, [o], type) ?? null;
    const all = change(m, o, 'remove');
    if (type.startsWith('(I')) {
      o.n -= 1;
      const i_ = at(m, o, v, 'remove');
      o.n += 1;
      return all.splice(i_, 1)[0] ?? null;
    }
    const i = all.findIndex((one) => same(m, one, v));
    if (i >= 0) all.splice(i, 1);
    else o.n -= 1;
    return bool(i >= 0);
  },
  contains: (m, [l, v = null]) => bool(items(l).some((one) => same(m, one, v))),
  containsAll: (m, [l, other]) => bool(items(other).every((v) => items(l).some((one) => same(m, one, v)))),
  indexOf: (m, [l, v = null]) => items(l).findIndex((one) => same(m, one, v)),
  lastIndexOf: (m, [l, v = null]) => items(l).findLastIndex((one) => same(m, one, v)),
  clear: (m, [l]) => {
    change(m, own(l), 'clear').length = 0;
    return null;
  },
  removeAll: (m, [l, other]) => keep(m, own(l), (one) => !items(other).some((v) => same(m, one, v))),
  retainAll: (m, [l, other]) => keep(m, own(l), (one) => items(other).some((v) => same(m, one, v))),
  removeIf: (m, [l, f = null]) =>
    keep(m, own(l), (one) => unbox(m.callMethod(f, 'test', '(Ljava/lang/Object;)Z', [one])) === 0),
  replaceAll: (m, [l, f = null]) => {
    const o = own(l);
    o.a = items(o).map((one) => m.callMethod(f, 'apply', '(Ljava/lang/Object;)Ljava/lang/Object;', [one]));
    return null;
  },
  forEach: (m, [l, f = null]) => {
    const o = own(l);
    const mod = o.n;
    for (const one of ordered(m, l)) {
      m.callMethod(f, 'accept', '(Ljava/lang/Object;)V', [one]);
      if (o.n !== mod)
        throw m.error('java/util/ConcurrentModificationException', undefined, [
          'java.util.ArrayList.forEach(ArrayList.java:1513)',
        ]);
    }
    return null;
  },
  sort: (m, [l, by = null]) => {
    const all = change(m, own(l), 'sort');
    all.sort((a, b) => compare(m, a, b, by));
    return null;
  },
  subList: (m, [l, a, b]) => list(m, items(l).slice(n(a), n(b))),
  reversed: (m, [l]) => list(m, items(l).toReversed()),
  toArray: (m, [l]) => m.array('[Ljava/lang/Object;', [...ordered(m, l)]),
  stream: (m, [l]) => list(m, [...ordered(m, l)], 'java/util/stream/Stream'),
  iterator: (m, [l]) => {
    const it = new Obj('$Iterator');
    it.f = { of: l ?? null };
    it.a = [...ordered(m, l)];
    it.x = [0, own(l).n];
    return it;
  },
  push: (m, [l, v = null]) => {
    const o = own(l);
    if (o.c.endsWith('/Stack')) change(m, o).push(v);
    else change(m, o).unshift(v);
    return v;
  },
};
Object.assign(collection, {
  toString: ((m, [l]) =>
    m.text(
      `[${ordered(m, l)
        .map((one) => (one === l ? '(this Collection)' : textOf(m, one, 'L')))
        .join(', ')}]`,
    )) satisfies Native,
});
for (const name of ['offer', 'offerLast', 'addLast']) collection[name] = (m, [l, v = null]) => bool(put(m, own(l), v));
for (const name of ['addFirst', 'offerFirst'])
  collection[name] = (m, [l, v = null]) => {
    change(m, own(l)).unshift(v);
    return 1;
  };
for (const name of [
  'peek',
  'poll',
  'element',
  'pop',
  'getFirst',
  'getLast',
  'removeFirst',
  'removeLast',
  'pollFirst',
  'pollLast',
  'peekFirst',
  'peekLast',
  'first',
  'last',
])
  collection[name] = first(name);

function keep(m: Machine, o: Obj, test: (one: JValue) => boolean): number {
  const all = items(o);
  const left = all.filter(test);
  if (left.length === all.length) return 0;
  change(m, o, 'removeIf');
  o.a = left;
  return 1;
}

const all: Natives = {
  'java/util/List.of': (m, args, type) => {
    const given = type.startsWith('([') ? [...items(args[0])] : args;
    if (given.includes(null))
      throw m.error('java/lang/NullPointerException', undefined, [
        'java.util.Objects.requireNonNull(Objects.java:208)',
      ]);
    return fixed(m, given);
  },
  'java/util/List.copyOf': (m, [l]) => fixed(m, [...items(l)]),
  'java/util/Set.of': (m, args, type) =>
    fixed(m, type.startsWith('([') ? [...items(args[0])] : args, 'java/util/LinkedHashSet'),
  'java/util/Arrays.asList': (m, [a]) => list(m, items(a)),
  'java/util/Arrays.sort': (m, [a, by = null]) => {
    items(a).sort((x, y) => compare(m, x, y, by));
    return null;
  },
  'java/util/Arrays.fill': (_m, [a, v = null]) => {
    items(a).fill(v);
    return null;
  },
  'java/util/Arrays.toString': (m, [a = null]) =>
    m.text(
      a === null
        ? 'null'
        : `[${items(a)
            .map((one) => textOf(m, one, own(a).c.slice(1)))
            .join(', ')}]`,
    ),
  'java/util/Arrays.deepToString': (m, [a]) => m.text(deep(m, own(a))),
  'java/util/Arrays.equals': (m, [a, b]) =>
    bool(items(a).length === items(b).length && items(a).every((one, i) => same(m, one, items(b)[i] ?? null))),
  'java/util/Arrays.copyOf': (m, [a, count]) =>
    m.array(
      own(a).c,
      Array.from({ length: n(count) }, (_, i) => items(a)[i] ?? (/^\[[L[]/.test(own(a).c) ? null : 0)),
    ),
  'java/util/Arrays.copyOfRange': (m, [a, from, to]) => m.array(own(a).c, items(a).slice(n(from), n(to))),
  'java/util/Arrays.stream': (m, [a]) =>
    list(
      m,
      items(a).map((v) => m.box(v, own(a).c.slice(1))),
      own(a).c === '[I' ? 'java/util/stream/IntStream' : 'java/util/stream/Stream',
    ),
  'java/util/Arrays.hashCode': (m, [a]) =>
    items(a).reduce<number>((h, v) => (Math.imul(31, h) + Number(v)) | 0, m ? 1 : 1),
  'java/util/Collections.sort': (m, [l, by = null]) => {
    change(m, own(l), 'sort').sort((a, b) => compare(m, a, b, by));
    return null;
  },
  'java/util/Collections.reverse': (_m, [l]) => {
    items(l).reverse();
    return null;
  },
  'java/util/Collections.swap': (_m, [l, i, j]) => {
    const a = items(l);
    [a[n(i)], a[n(j)]] = [a[n(j)] ?? null, a[n(i)] ?? null];
    return null;
  },
  'java/util/Collections.min': (m, [l]) => items(l).reduce((a, b) => (compare(m, b, a) < 0 ? b : a)),
  'java/util/Collections.max': (m, [l]) => items(l).reduce((a, b) => (compare(m, b, a) > 0 ? b : a)),
  'java/util/Collections.frequency': (m, [l, v = null]) => items(l).filter((one) => same(m, one, v)).length,
  'java/util/Collections.unmodifiableList': (m, [l]) => fixed(m, items(l)),
  'java/util/Collections.emptyList': (m) => fixed(m, []),
  'java/util/Collections.nCopies': (m, [count, v = null]) => fixed(m, new Array<JValue>(n(count)).fill(v)),
  'java/util/Collections.synchronizedList': (_m, [l = null]) => l,
  'java/util/Collections.addAll': (m, [l, a]) => bool(addAll(m, own(l), a)),
};
for (const [name, act] of Object.entries(collection)) {
  for (const cls of [
    'Collection',
    'ArrayList',
    'LinkedList',
    'ArrayDeque',
    'PriorityQueue',
    'Stack',
    'HashSet',
    'LinkedHashSet',
    'TreeSet',
  ]) {
    if (name === '<init>' && cls === 'Collection') continue;
    all[`java/util/${cls}.${name}`] = act;
  }
}
all['java/lang/Iterable.forEach'] = collection.forEach as Native;

function deep(m: Machine, o: Obj): string {
  return `[${items(o)
    .map((one) => (one instanceof Obj && one.c.startsWith('[') ? deep(m, one) : textOf(m, one, o.c.slice(1))))
    .join(', ')}]`;
}

/** Built-in methods of lists, sets and queues. */
export const listNatives: { readonly [key: string]: Native } = all;
