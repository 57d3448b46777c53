import type { Native, Natives } from '../core/lang.ts';
import { longestList } from '../core/limits.ts';
import { Beyond } from '../core/tree.ts';
import { integer, isFloat, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { methodOf } from './classes.ts';
import { raise } from './errors.ts';
import { binary, compare, identical } from './operators.ts';
import {
  array,
  count,
  deref,
  element,
  entries,
  hashOf,
  int,
  isArray,
  keyOf,
  list,
  share,
  text,
  toFloat,
  truthy,
  typeName,
  values,
} from './values.ts';

export type Entry = readonly [Value, Value];
/** Numbers keys anew, keeps names. */
function renumbered(vm: Vm, all: Iterable<Entry>): Value {
  let n = 0;
  return array(
    vm,
    [...all].map(([k, v]) => [typeof k === 'number' ? n++ : k, v] as const),
  );
}
/** The array behind a reference, and a way to put another one there. */
export function target(vm: Vm, cell: Value | undefined, name: string): readonly Entry[] {
  const v = deref(vm, cell ?? null);
  if (!isArray(vm, v))
    raise(vm, 'TypeError', `${name}(): Argument #1 ($array) must be of type array, ${typeName(vm, v)} given`);
  return entries(vm, v);
}
export function store(vm: Vm, cell: Value | undefined, v: Value): void {
  if (vm.obj(cell ?? null)?.k === 'cell') vm.own(cell ?? null).v = v;
}
const need = (vm: Vm, v: Value | undefined, name: string, n = 1, param = 'array'): readonly Entry[] => {
  if (!isArray(vm, v ?? null))
    raise(
      vm,
      'TypeError',
      `${name}(): Argument #${n} ($${param}) must be of type array, ${typeName(vm, v ?? null)} given`,
    );
  return entries(vm, v ?? null);
};
function setOperation(byKey: boolean, keepCommon: boolean): Native {
  return (vm, [first, ...others]) =>
    array(
      vm,
      need(vm, first, 'array_diff').filter(([k, v]) => {
        const inOther = (o: Value): boolean =>
          byKey ? Object.hasOwn(vm.obj(o)?.e ?? {}, hashOf(k)) : values(vm, o).some((x) => text(vm, x) === text(vm, v));
        return keepCommon ? others.every(inOther) : !others.some(inOther);
      }),
    );
}
const extreme =
  (sign: number, name: string): Native =>
  (vm, args) => {
    const all = args.length === 1 && isArray(vm, args[0] ?? null) ? values(vm, args[0] ?? null) : [...args];
    if (all.length === 0)
      return raise(vm, 'ValueError', `${name}(): Argument #1 ($value) must contain at least one element`);
    return all.reduce((a, b) => (compare(vm, b, a) * sign > 0 ? b : a));
  };
export const arrayNatives: Natives = {
  count: (vm, [v = null, mode = 0]) => {
    if (isArray(vm, v)) {
      const deep = (one: Value): number =>
        values(vm, one).reduce((n: number, each) => n + 1 + (isArray(vm, each) ? deep(each) : 0), 0);
      return mode === 1 ? deep(v) : count(vm, v);
    }
    const m = vm.obj(v)?.k === 'inst' ? methodOf(vm, v, 'count') : undefined;
    if (m !== undefined) return vm.call(m, []);
    return raise(
      vm,
      'TypeError',
      `count(): Argument #1 ($value) must be of type Countable|array, ${typeName(vm, v)} given`,
    );
  },
  array_keys: (vm, [v, sought]) =>
    list(
      vm,
      need(vm, v, 'array_keys')
        .filter(([, x]) => sought === undefined || compare(vm, x, sought) === 0)
        .map(([k]) => k),
    ),
  array_values: (vm, [v]) =>
    list(
      vm,
      need(vm, v, 'array_values').map(([, x]) => x),
    ),
  array_merge: (vm, all) =>
    renumbered(
      vm,
      all.flatMap((v, i) => need(vm, v, 'array_merge', i + 1)),
    ),
  array_merge_recursive: () => {
    throw new Beyond('array_merge_recursive');
  },
  array_replace: (vm, all) =>
    array(
      vm,
      all.flatMap((v) => entries(vm, v)),
    ),
  array_combine: (vm, [k = null, v = null]) =>
    array(
      vm,
      values(vm, k).map((key, i) => [keyOf(vm, key), values(vm, v)[i] ?? null] as const),
    ),
  array_flip: (vm, [v = null]) =>
    array(
      vm,
      entries(vm, v).map(([k, x]) => [keyOf(vm, x), k] as const),
    ),
  array_reverse: (vm, [v = null, keep = false]) =>
    truthy(vm, keep) ? array(vm, entries(vm, v).toReversed()) : renumbered(vm, entries(vm, v).toReversed()),
  array_slice: (vm, [v = null, from = 0, length, keep = false]) => {
    const all = entries(vm, v);
    const start = int(vm, from) < 0 ? Math.max(0, all.length + int(vm, from)) : int(vm, from);
    const n = length === undefined || length === null ? all.length : int(vm, length);
    const some = all.slice(start, n < 0 ? all.length + n : start + n);
    return truthy(vm, keep) ? array(vm, some) : renumbered(vm, some);
  },
  array_splice: (vm, [cell, from = 0, length, more]) => {
    const all = [...target(vm, cell, 'array_splice')];
    const start = int(vm, from) < 0 ? Math.max(0, all.length + int(vm, from)) : int(vm, from);
    const n = length === undefined || length === null ? all.length : int(vm, length);
    const added = more === undefined ? [] : isArray(vm, more) ? values(vm, more) : [more];
    const out = all.splice(
      start,
      n < 0 ? Math.max(0, all.length + n - start) : n,
      ...added.map((v) => [0, v] as const),
    );
    store(vm, cell, renumbered(vm, all));
    return renumbered(vm, out);
  },
  array_push: (vm, [cell, ...more]) => {
    const all = [...target(vm, cell, 'array_push')];
    let n = vm.obj(deref(vm, cell ?? null))?.n ?? 0;
    for (const v of more) all.push([n++, v]);
    store(vm, cell, array(vm, all));
    return all.length;
  },
  array_pop: (vm, [cell]) => {
    const all = [...target(vm, cell, 'array_pop')];
    const last = all.pop();
    store(vm, cell, array(vm, all));
    return last?.[1] ?? null;
  },
  array_shift: (vm, [cell]) => {
    const [first, ...rest] = target(vm, cell, 'array_shift');
    store(vm, cell, renumbered(vm, rest));
    return first?.[1] ?? null;
  },
  array_unshift: (vm, [cell, ...more]) => {
    const all = [...more.map((v) => [0, v] as const), ...target(vm, cell, 'array_unshift')];
    store(vm, cell, renumbered(vm, all));
    return all.length;
  },
  array_map: (vm, [fn = null, first = null, ...others]) => {
    need(vm, first, 'array_map', 2);
    if (others.length === 0) {
      const all = entries(vm, first);
      return array(
        vm,
        all.map(([k, v]) => [k, fn === null ? v : vm.call(fn, [v])] as const),
      );
    }
    const lists = [first, ...others].map((v) => values(vm, v));
    return list(
      vm,
      Array.from({ length: Math.max(...lists.map((l) => l.length)) }, (_, i) => {
        const args = lists.map((l) => l[i] ?? null);
        return fn === null ? list(vm, args) : vm.call(fn, args);
      }),
    );
  },
  array_filter: (vm, [v = null, fn = null, mode = 0]) =>
    array(
      vm,
      need(vm, v, 'array_filter').filter(([k, x]) =>
        truthy(vm, fn === null ? x : vm.call(fn, mode === 2 ? [k] : mode === 1 ? [x, k] : [x])),
      ),
    ),
  array_reduce: (vm, [v = null, fn = null, first = null]) =>
    values(vm, v).reduce((sum, x) => vm.call(fn, [sum, x]), first),
  array_walk: (vm, [cell, fn = null, extra]) => {
    const out = target(vm, cell, 'array_walk').map(([k, v]) => {
      const each = vm.make({ k: 'cell', v: share(vm, v) });
      vm.call(fn, extra === undefined ? [each, k] : [each, k, extra]);
      return [k, deref(vm, each)] as const;
    });
    store(vm, cell, array(vm, out));
    return true;
  },
  array_sum: (vm, [v = null]) => values(vm, v).reduce((a, b) => binary(vm, '+', a, b), 0),
  array_product: (vm, [v = null]) => values(vm, v).reduce((a, b) => binary(vm, '*', a, b), 1),
  array_key_exists: (vm, [k = null, v = null]) => Object.hasOwn(vm.obj(v)?.e ?? {}, hashOf(keyOf(vm, k))),
  array_key_first: (vm, [v = null]) => entries(vm, v)[0]?.[0] ?? null,
  array_key_last: (vm, [v = null]) => entries(vm, v).at(-1)?.[0] ?? null,
  array_is_list: (vm, [v = null]) => entries(vm, v).every(([k], i) => k === i),
  in_array: (vm, [x = null, v, strict = false]) =>
    need(vm, v, 'in_array', 2, 'haystack').some(([, one]) =>
      truthy(vm, strict) ? identical(vm, one, x) : compare(vm, one, x) === 0,
    ),
  array_search: (vm, [x = null, v = null, strict = false]) =>
    entries(vm, v).find(([, one]) => (truthy(vm, strict) ? identical(vm, one, x) : compare(vm, one, x) === 0))?.[0] ??
    false,
  array_unique: (vm, [v = null]) => {
    const seen: Value[] = [];
    return array(
      vm,
      entries(vm, v).filter(([, x]) => !seen.some((y) => text(vm, y) === text(vm, x)) && seen.push(x) > 0),
    );
  },
  array_column: (vm, [v = null, name = null, by]) =>
    array(
      vm,
      values(vm, v).flatMap((row, i): Entry[] => {
        const got =
          name === null ? row : vm.obj(row)?.k === 'inst' ? vm.obj(row)?.p?.[text(vm, name)] : element(vm, row, name);
        const key = by === undefined ? i : (element(vm, row, by) ?? i);
        return got === undefined ? [] : [[key, got]];
      }),
    ),
  array_fill: (vm, [from = 0, n = 0, v = null]) => {
    if (int(vm, n) > longestList) throw new Beyond('an array this long');
    return array(
      vm,
      Array.from({ length: int(vm, n) }, (_, i) => [int(vm, from) + i, v] as const),
    );
  },
  array_fill_keys: (vm, [keys = null, v = null]) =>
    array(
      vm,
      values(vm, keys).map((k) => [keyOf(vm, k), v] as const),
    ),
  array_pad: (vm, [v = null, n = 0, x = null]) => {
    const all = values(vm, v);
    const more = Array.from({ length: Math.max(0, Math.abs(int(vm, n)) - all.length) }, () => x);
    return list(vm, int(vm, n) < 0 ? [...more, ...all] : [...all, ...more]);
  },
  array_chunk: (vm, [v = null, n = 1, keep = false]) => {
    const all = entries(vm, v);
    const out: Value[] = [];
    for (let i = 0; i < all.length; i += Math.max(1, int(vm, n))) {
      const some = all.slice(i, i + int(vm, n));
      out.push(
        truthy(vm, keep)
          ? array(vm, some)
          : list(
              vm,
              some.map(([, x]) => x),
            ),
      );
    }
    return list(vm, out);
  },
  array_diff: setOperation(false, false),
  array_diff_key: setOperation(true, false),
  array_intersect: setOperation(false, true),
  array_intersect_key: setOperation(true, true),
  array_count_values: (vm, [v = null]) => {
    const counts = new Map<string, [Value, number]>();
    for (const x of values(vm, v)) {
      const k = keyOf(vm, x);
      counts.set(hashOf(k), [k, (counts.get(hashOf(k))?.[1] ?? 0) + 1]);
    }
    return array(vm, counts.values());
  },
  array_rand: (vm, [v = null]) => {
    const all = entries(vm, v);
    return all[(vm.sys.random() >>> 0) % Math.max(1, all.length)]?.[0] ?? null;
  },
  range: (vm, [a = 0, b = 0, by = 1]) => {
    if (typeof a === 'string' && typeof b === 'string' && /^\D/.test(a) && /^\D/.test(b)) {
      const [x, y] = [a.charCodeAt(0), b.charCodeAt(0)];
      const step = Math.max(1, Math.abs(int(vm, by)));
      return list(
        vm,
        Array.from({ length: Math.floor(Math.abs(y - x) / step) + 1 }, (_, i) =>
          String.fromCharCode(x + (y < x ? -i : i) * step),
        ),
      );
    }
    const [x, y, s] = [toFloat(vm, a), toFloat(vm, b), Math.abs(toFloat(vm, by))];
    if (s === 0) return raise(vm, 'ValueError', 'range(): Argument #3 ($step) cannot be 0');
    const n = Math.floor(Math.abs(y - x) / s + 1e-9) + 1;
    if (n > longestList) throw new Beyond('an array this long');
    const point = isFloat(a) || isFloat(b) || isFloat(by);
    return list(
      vm,
      Array.from({ length: n }, (_, i) => {
        const v = x + (y < x ? -i : i) * s;
        return point ? { t: 'f' as const, v } : integer(v);
      }),
    );
  },
  compact: (vm, names) => {
    const p = vm.at(vm.frames[vm.frames.length - 1]?.env ?? 0).p ?? {};
    const all = names.flatMap((n) => (isArray(vm, n) ? values(vm, n) : [n])).map((n) => text(vm, n));
    return array(
      vm,
      all.filter((n) => Object.hasOwn(p, n)).map((n) => [n, deref(vm, p[n] ?? null)] as const),
    );
  },
  extract: (vm, [v = null]) => {
    const scope = vm.ownAt(vm.frames[vm.frames.length - 1]?.env ?? 0);
    for (const [k, x] of entries(vm, v)) if (typeof k === 'string') scope.p = { ...scope.p, [k]: share(vm, x) };
    return count(vm, v);
  },
  max: extreme(1, 'max'),
  min: extreme(-1, 'min'),
  iterator_to_array: (vm, [v = null]) => vm.native('%iterated')(vm, [v], null, {}),
};
