import type { Native, Natives } from '../core/lang.ts';
import { numeric, type Obj, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { all, dictOf } from './natives.ts';
import { exception, hash, list, thrownOf, tuple } from './values.ts';

type Entries = NonNullable<Obj['e']>;
const entriesOf = (vm: Vm, v: Value): Entries => vm.obj(v)?.e ?? {};
const keys = (vm: Vm, v: Value): ReadonlySet<string> => new Set(all(vm, v).map((one) => hash(vm, one)));

/** Keeps of a set what `stays` says, and adds what comes. */
function change(vm: Vm, self: Value, stays: (key: string) => boolean, more: readonly Value[] = []): Value {
  const left = Object.entries(entriesOf(vm, self)).filter(([key]) => stays(key));
  vm.own(self).e = Object.fromEntries([...left, ...more.map((v) => [hash(vm, v), [v, null] as const] as const)]);
  return null;
}

/** A set's new copy, changed by its method `name`. */
const changed =
  (name: string): Native =>
  (vm, args, self) => {
    const made = vm.make({ k: 'setof', e: { ...entriesOf(vm, self) } });
    vm.native(`set.${name}`)(vm, args, made, {});
    return made;
  };

/** The counts of a Counter put together with those of another. */
export function counters(vm: Vm, op: string, a: Obj, b: Obj): Value {
  const pairs: [Value, Value][] = [];
  for (const key of new Set([...Object.keys(a.e ?? {}), ...Object.keys(b.e ?? {})])) {
    const [x, y] = [numeric(a.e?.[key]?.[1] ?? 0) ?? 0, numeric(b.e?.[key]?.[1] ?? 0) ?? 0];
    const n = op === '+' ? x + y : op === '-' ? x - y : op === '&' ? Math.min(x, y) : Math.max(x, y);
    if (n > 0) pairs.push([a.e?.[key]?.[0] ?? b.e?.[key]?.[0] ?? null, n]);
  }
  return dictOf(vm, pairs, 'Counter');
}

function count(vm: Vm, self: Value, given: Value | undefined, sign: number): Value {
  const from = given === undefined ? undefined : vm.obj(given);
  const more: (readonly [Value, Value])[] =
    from?.k === 'dict' ? Object.values(from.e ?? {}) : given === undefined ? [] : all(vm, given).map((v) => [v, 1]);
  for (const [key, n] of more) {
    const before = numeric(entriesOf(vm, self)[hash(vm, key)]?.[1] ?? 0) ?? 0;
    vm.lang.setIndex(vm, self, key, before + sign * (numeric(n) ?? 0));
  }
  return null;
}

/** Further methods of sets and dicts, and those of Counter and OrderedDict. */
export const setMethods: Natives = {
  'set.update': (vm, args, self) =>
    change(
      vm,
      self,
      () => true,
      args.flatMap((v) => [...all(vm, v)]),
    ),
  'set.pop': (vm, _a, self) => {
    const [first] = Object.entries(entriesOf(vm, self));
    if (!first) throw thrownOf(vm, exception(vm, 'KeyError', 'pop from an empty set'));
    delete vm.own(self).e?.[first[0]];
    return first[1][0];
  },
  'set.clear': (vm, _a, self) => change(vm, self, () => false),
  'set.copy': (vm, _a, self) => vm.make({ k: 'setof', e: { ...entriesOf(vm, self) } }),
  'set.issubset': (vm, [o = null], self) => {
    const other = keys(vm, o);
    return Object.keys(entriesOf(vm, self)).every((key) => other.has(key));
  },
  'set.issuperset': (vm, [o = null], self) => [...keys(vm, o)].every((key) => Object.hasOwn(entriesOf(vm, self), key)),
  'set.isdisjoint': (vm, [o = null], self) => ![...keys(vm, o)].some((key) => Object.hasOwn(entriesOf(vm, self), key)),
  'set.intersection_update': (vm, [o = null], self) => {
    const other = keys(vm, o);
    return change(vm, self, (key) => other.has(key));
  },
  'set.difference_update': (vm, [o = null], self) => {
    const other = keys(vm, o);
    return change(vm, self, (key) => !other.has(key));
  },
  'set.symmetric_difference_update': (vm, [o = null], self) => {
    const [other, own] = [keys(vm, o), entriesOf(vm, self)];
    const more = all(vm, o).filter((v) => !Object.hasOwn(own, hash(vm, v)));
    return change(vm, self, (key) => !other.has(key), more);
  },
  'set.symmetric_difference': changed('symmetric_difference_update'),
  'dict.popitem': (vm, [last = true], self, kw) => {
    const found = Object.entries(entriesOf(vm, self)).at(vm.lang.truthy(vm, kw.last ?? last) ? -1 : 0);
    if (!found) throw thrownOf(vm, exception(vm, 'KeyError', 'popitem(): dictionary is empty'));
    delete vm.own(self).e?.[found[0]];
    return tuple(vm, [...found[1]]);
  },
  'dict.fromkeys': (vm, [from = null, v = null]) =>
    dictOf(
      vm,
      all(vm, from).map((key) => [key, v]),
    ),
  'dict.move_to_end': (vm, [key = null, last = true], self, kw) => {
    const { [hash(vm, key)]: found, ...rest } = entriesOf(vm, self);
    if (!found) throw thrownOf(vm, exception(vm, 'KeyError', key));
    const one = { [hash(vm, key)]: found };
    vm.own(self).e = vm.lang.truthy(vm, kw.last ?? last) ? { ...rest, ...one } : { ...one, ...rest };
    return null;
  },
  'dict.elements': (vm, _a, self) =>
    list(
      vm,
      Object.values(entriesOf(vm, self)).flatMap(([k, n]) => Array.from({ length: Math.max(0, Number(n)) }, () => k)),
    ),
  'dict.subtract': (vm, [o], self) => count(vm, self, o, -1),
  'dict.total': (vm, _a, self) => Object.values(entriesOf(vm, self)).reduce((sum, [, n]) => sum + (numeric(n) ?? 0), 0),
  '%count': (vm, [o], self) => count(vm, self, o, 1),
};
