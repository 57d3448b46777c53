import type { Machine, Native } from './machine.ts';
import { type JValue, Obj } from './objects.ts';
import { compare } from './text.ts';

type Natives = { [key: string]: Native };
const bool = (b: boolean): number => (b ? 1 : 0);
const own = (v: JValue | undefined): Obj => (v instanceof Obj ? v : new Obj(''));

const all: Natives = {
  '$Iterator.hasNext': (_m, [it]) => {
    const o = own(it);
    const [i] = o.x as [number, number];
    // as java.util does: the position is compared with the size that the collection has now
    const of = own(o.f?.of);
    return bool(i !== (of.a && !/Map|Set|Stream/.test(of.c) ? of.a.length : (o.a?.length ?? 0)));
  },
  '$Iterator.next': (m, [it]) => {
    const o = own(it);
    const [i, mod] = o.x as [number, number];
    if (own(o.f?.of).n !== mod)
      throw m.error(
        'java/util/ConcurrentModificationException',
        undefined,
        own(o.f?.of).c.includes('Hash')
          ? [
              'java.util.HashMap$HashIterator.nextNode(HashMap.java:1605)',
              'java.util.HashMap$KeyIterator.next(HashMap.java:1628)',
            ]
          : [
              'java.util.ArrayList$Itr.checkForComodification(ArrayList.java:1013)',
              'java.util.ArrayList$Itr.next(ArrayList.java:967)',
            ],
      );
    if (i >= (o.a?.length ?? 0))
      throw m.error('java/util/NoSuchElementException', undefined, [
        'java.util.ArrayList$Itr.next(ArrayList.java:970)',
      ]);
    o.x = [i + 1, mod];
    return o.a?.[i] ?? null;
  },
  '$Iterator.remove': (m, [it]) => {
    const o = own(it);
    const [i, mod] = o.x as [number, number];
    const of = own(o.f?.of);
    const gone = o.a?.splice(i - 1, 1)[0] ?? null;
    const map = of.f?.map;
    if (map instanceof Obj)
      m.nativeOf(map.c, 'remove', '(Ljava/lang/Object;)Ljava/lang/Object;')?.(
        m,
        [map, gone instanceof Obj && gone.c === '$Entry' ? (gone.f?.k ?? null) : gone],
        '(Ljava/lang/Object;)Ljava/lang/Object;',
      );
    const at_ = of.a?.indexOf(gone) ?? -1;
    if (at_ >= 0) of.a?.splice(at_, 1);
    o.x = [i - 1, mod];
    return null;
  },
  'java/util/Collections.reverseOrder': (m) => order(m, null, true),
  'java/util/Comparator.naturalOrder': (m) => order(m, null, false),
  'java/util/Comparator.reverseOrder': (m) => order(m, null, true),
  'java/util/Comparator.reversed': (m, [c = null]) => order(m, c, true),
  'java/util/Comparator.comparing': (_m, [f = null]) => keyed(f, null),
  'java/util/Comparator.comparingInt': (_m, [f = null]) => keyed(f, null),
  'java/util/Comparator.comparingDouble': (_m, [f = null]) => keyed(f, null),
  'java/util/Comparator.thenComparing': (_m, [c = null, next = null], type) => {
    const o = new Obj('$Comparator');
    o.f = { by: c, next: type.includes('Comparator;)') ? next : keyed(next, null) };
    return o;
  },
  '$Comparator.compare': (m, [c, a = null, b = null]) => {
    const { by = null, key = null, next = null, down = 0 } = own(c).f ?? {};
    const value = (v: JValue) =>
      key === null ? v : m.callMethod(key, 'apply', '(Ljava/lang/Object;)Ljava/lang/Object;', [v]);
    const got = compare(m, value(a), value(b), by) * (down === 1 ? -1 : 1);
    return got !== 0 || next === null ? got : compare(m, a, b, next);
  },
};
for (const name of ['reversed', 'thenComparing'])
  all[`$Comparator.${name}`] = all[`java/util/Comparator.${name}`] as Native;

function order(_m: Machine, by: JValue, down: boolean): Obj {
  const o = new Obj('$Comparator');
  o.f = { by, down: bool(down) };
  return o;
}
function keyed(key: JValue, by: JValue): Obj {
  const o = new Obj('$Comparator');
  o.f = { key, by };
  return o;
}
/** Built-in methods of iterators and comparators. */
export const orderNatives: { readonly [key: string]: Native } = all;
