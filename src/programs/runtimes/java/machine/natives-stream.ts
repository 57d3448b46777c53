import type { Machine, Native } from './machine.ts';
import { items, list } from './natives-list.ts';
import { find, optional, set } from './natives-map.ts';
import { type JValue, Obj } from './objects.ts';
import { compare, same, str, textOf, unbox } from './text.ts';

type Natives = { [key: string]: Native };
const bool = (b: boolean): number => (b ? 1 : 0);
const n = (v: JValue | undefined): number => Number(v ?? 0);
const own = (v: JValue | undefined): Obj => (v instanceof Obj ? v : new Obj(''));
const call = (m: Machine, f: JValue | undefined, name: string, ...args: JValue[]) =>
  m.callMethod(f ?? null, name, '', args);
const value = (e: Obj): JValue => e.f?.v ?? null;
const all: Natives = {};

// streams: every step is done at once on all elements
const made = (m: Machine, cls: string, values: JValue[]) => list(m, values, `java/util/stream/${cls}`);
const kindOf = (o: JValue | undefined) => own(o).c.replace(/^.*\//, '');
const letter = (o: JValue | undefined) => (kindOf(o) === 'IntStream' ? 'I' : 'D');
const test = (m: Machine, f: JValue | undefined, v: JValue) => unbox(call(m, f, 'test', v)) !== 0;
const streams: Natives = {
  filter: (m, [o, f]) =>
    made(
      m,
      kindOf(o),
      items(o).filter((v) => test(m, f, v)),
    ),
  map: (m, [o, f]) =>
    made(
      m,
      kindOf(o),
      items(o).map((v) =>
        kindOf(o) === 'Stream' ? call(m, f, 'apply', v) : m.box(call(m, f, 'applyAsInt', v), letter(o)),
      ),
    ),
  mapToInt: (m, [o, f]) =>
    made(
      m,
      'IntStream',
      items(o).map((v) => m.box(call(m, f, 'applyAsInt', v), 'I')),
    ),
  mapToDouble: (m, [o, f]) =>
    made(
      m,
      'DoubleStream',
      items(o).map((v) => m.box(Number(unbox(call(m, f, 'applyAsDouble', v))), 'D')),
    ),
  mapToObj: (m, [o, f]) =>
    made(
      m,
      'Stream',
      items(o).map((v) => call(m, f, 'apply', v)),
    ),
  boxed: (m, [o]) => made(m, 'Stream', items(o)),
  flatMap: (m, [o, f]) =>
    made(
      m,
      'Stream',
      items(o).flatMap((v) => items(call(m, f, 'apply', v))),
    ),
  distinct: (m, [o]) =>
    made(
      m,
      kindOf(o),
      items(o).filter((v, i, l) => l.findIndex((w) => same(m, v, w)) === i),
    ),
  sorted: (m, [o, by = null]) =>
    made(
      m,
      kindOf(o),
      items(o).toSorted((a, b) => compare(m, a, b, by)),
    ),
  peek: (m, [o, f]) => {
    for (const v of items(o)) call(m, f, 'accept', v);
    return o ?? null;
  },
  limit: (m, [o, count]) => made(m, kindOf(o), items(o).slice(0, n(count))),
  skip: (m, [o, count]) => made(m, kindOf(o), items(o).slice(n(count))),
  forEach: (m, [o, f]) => {
    for (const v of items(o)) call(m, f, 'accept', v);
    return null;
  },
  toArray: (m, [o]) =>
    kindOf(o) === 'IntStream' ? m.array('[I', items(o).map(unbox)) : m.array('[Ljava/lang/Object;', [...items(o)]),
  toList: (m, [o]) => {
    const l = list(m, [...items(o)]);
    l.x = 'fixed';
    return l;
  },
  count: (_m, [o]) => BigInt(items(o).length),
  anyMatch: (m, [o, f]) => bool(items(o).some((v) => test(m, f, v))),
  allMatch: (m, [o, f]) => bool(items(o).every((v) => test(m, f, v))),
  noneMatch: (m, [o, f]) => bool(!items(o).some((v) => test(m, f, v))),
  findFirst: (_m, [o]) => optional(items(o)[0] ?? null),
  findAny: (_m, [o]) => optional(items(o)[0] ?? null),
  sum: (_m, [o]) =>
    items(o).reduce<number>((s, v) => (kindOf(o) === 'IntStream' ? (s + n(unbox(v))) | 0 : s + n(unbox(v))), 0),
  average: (m, [o]) =>
    optional(
      items(o).length === 0
        ? null
        : m.box(items(o).reduce<number>((s, v) => s + n(unbox(v)), 0) / items(o).length, 'D'),
      'java/util/OptionalDouble',
    ),
  reduce: (m, [o, a, f]) => {
    if (f === undefined) {
      const [head, ...rest] = items(o);
      return optional(head === undefined ? null : rest.reduce((x, y) => call(m, a, 'apply', x, y), head));
    }
    const got = items(o).reduce(
      (x, y) => call(m, f, 'apply', x, y),
      kindOf(o) === 'Stream' ? (a ?? null) : m.box(a ?? 0, letter(o)),
    );
    return kindOf(o) === 'Stream' ? got : unbox(got);
  },
  min: (m, [o, by = null]) => extreme(m, o, by, -1),
  max: (m, [o, by = null]) => extreme(m, o, by, 1),
  collect: (m, [o, c]) => collect(m, items(o), own(c)),
};
function extreme(m: Machine, o: JValue | undefined, by: JValue, sign: number): Obj {
  const values = items(o);
  const cls = kindOf(o) === 'Stream' ? 'Optional' : kindOf(o) === 'IntStream' ? 'OptionalInt' : 'OptionalDouble';
  return optional(
    values.length === 0 ? null : values.reduce((a, b) => (compare(m, b, a, by) * sign > 0 ? b : a)),
    `java/util/${cls}`,
  );
}
for (const cls of ['Stream', 'IntStream', 'DoubleStream'])
  for (const [name, act] of Object.entries(streams)) all[`java/util/stream/${cls}.${name}`] = act;
all['java/util/stream/Stream.of'] = (m, [a]) => made(m, 'Stream', [...items(a)]);
all['java/util/stream/IntStream.of'] = (m, [a]) =>
  made(
    m,
    'IntStream',
    items(a).map((v) => m.box(v, 'I')),
  );
const range = (m: Machine, a: number, b: number) =>
  made(
    m,
    'IntStream',
    Array.from({ length: Math.min(2_000_000, Math.max(0, b - a)) }, (_, i) => m.box(a + i, 'I')),
  );
all['java/util/stream/IntStream.range'] = (m, [a, b]) => range(m, n(a), n(b));
all['java/util/stream/IntStream.rangeClosed'] = (m, [a, b]) => range(m, n(a), n(b) + 1);
for (const name of ['toList', 'toSet', 'joining', 'counting', 'groupingBy', 'toMap'])
  all[`java/util/stream/Collectors.${name}`] = (_m, args) => {
    const o = new Obj('$Collector');
    o.x = name;
    o.a = args;
    return o;
  };
function collect(m: Machine, values: readonly JValue[], c: Obj): JValue {
  const [a = null, b = null, d = null] = c.a ?? [];
  switch (c.x) {
    case 'toSet':
      return list(
        m,
        values.filter((v, i) => values.findIndex((w) => same(m, v, w)) === i),
        'java/util/HashSet',
      );
    case 'joining': {
      const text = values.map((v) => textOf(m, v, 'L')).join(a === null ? '' : str(m, a));
      return m.text(d === null ? text : `${str(m, b)}${text}${str(m, d)}`);
    }
    case 'counting':
      return m.box(BigInt(values.length), 'J');
    case 'toMap':
    case 'groupingBy': {
      const to = new Obj('java/util/HashMap');
      const groups = new Map<Obj, JValue[]>();
      for (const v of values) {
        const k = call(m, a, 'apply', v);
        if (c.x === 'toMap') {
          if (find(m, to, k))
            throw m.error(
              'java/lang/IllegalStateException',
              `Duplicate key ${textOf(m, k, 'L')} (attempted merging values ${textOf(m, value(own(find(m, to, k))), 'L')} and ${textOf(m, call(m, b, 'apply', v), 'L')})`,
            );
          set(m, to, k, call(m, b, 'apply', v));
          continue;
        }
        if (!find(m, to, k)) set(m, to, k, null);
        const e = find(m, to, k);
        if (e) groups.set(e, [...(groups.get(e) ?? []), v]);
      }
      for (const [e, group] of groups) if (e.f) e.f.v = b instanceof Obj ? collect(m, group, b) : list(m, group);
      return to;
    }
    default:
      return list(m, [...values]);
  }
}
all['java/util/function/Function.identity'] = () => new Obj('$Identity');
all['$Identity.apply'] = (_m, [, v = null]) => v;
for (const cls of ['AtomicInteger', 'AtomicLong']) {
  const one = cls === 'AtomicLong' ? 1n : 1;
  const add = (m: Machine, o: Obj, by: number | bigint): JValue => {
    const old = (o.x ?? (cls === 'AtomicLong' ? 0n : 0)) as number;
    o.x = cls === 'AtomicLong' ? BigInt.asIntN(64, BigInt(old) + BigInt(by)) : (old + Number(by)) | 0;
    return m ? old : old;
  };
  const name = `java/util/concurrent/atomic/${cls}`;
  all[`${name}.<init>`] = (_m, [o, v]) => {
    own(o).x = v ?? (cls === 'AtomicLong' ? 0n : 0);
    return null;
  };
  all[`${name}.get`] = (_m, [o]) => own(o).x as JValue;
  all[`${name}.intValue`] = (_m, [o]) => own(o).x as JValue;
  all[`${name}.set`] = (_m, [o, v = 0]) => {
    own(o).x = v;
    return null;
  };
  for (const [method, by, after] of [
    ['incrementAndGet', one, true],
    ['getAndIncrement', one, false],
    ['decrementAndGet', cls === 'AtomicLong' ? -1n : -1, true],
  ] as const)
    all[`${name}.${method}`] = (m, [o]) => {
      const old = add(m, own(o), by);
      return after ? (own(o).x as JValue) : old;
    };
  all[`${name}.addAndGet`] = (m, [o, by]) => {
    add(m, own(o), by as number);
    return own(o).x as JValue;
  };
  all[`${name}.toString`] = (m, [o]) => m.text(String(own(o).x));
}

/** Built-in methods of streams and counters. */
export const streamNatives: { readonly [key: string]: Native } = all;
