import type { Natives } from '../core/lang.ts';
import { isTagged, type Value } from '../core/values.ts';
import { attribute, getAttribute } from './attributes.ts';
import { all, dictOf } from './natives.ts';
import { classAttribute, hash, idOf, isInstance, length, list, raise, str } from './values.ts';

/** What the patterns of a match statement ask; the parser calls them. */
export const matchNatives: Natives = {
  '%sequence': (vm, [v = null, count = 0, more = false]) => {
    if (!['list', 'tuple', 'range'].includes(vm.obj(v)?.k ?? '')) return false;
    const size = length(vm, v);
    return more === true ? size >= Number(count) : size === Number(count);
  },
  '%mapping': (vm, [v = null, ...keys]) => {
    const o = vm.obj(v);
    return o?.k === 'dict' && keys.every((key) => Object.hasOwn(o.e ?? {}, hash(vm, key)));
  },
  '%rest': (vm, [v = null, ...keys]) => {
    const without = new Set(keys.map((key) => hash(vm, key)));
    return dictOf(
      vm,
      Object.entries(vm.obj(v)?.e ?? {})
        .filter(([key]) => !without.has(key))
        .map(([, pair]) => pair),
    );
  },
  '%list': (vm, [v = null]) => list(vm, [...all(vm, v)]),
  '%isinstance': (vm, [v = null, cls = null, name]) =>
    isInstance(vm, v, cls) && (name === undefined || attribute(vm, v, String(name)) !== undefined),
  // str(x), int(n) …: the only position is the value itself; of other classes __match_args__ tells
  '%positional': (vm, [cls = null, v = null, i = 0]): Value => {
    if (isTagged(cls) && cls.t === 'b') return v;
    const own = classAttribute(vm, idOf(cls), '__match_args__') ?? classAttribute(vm, idOf(cls), '__fields_of__');
    const names = own === undefined ? [] : all(vm, own);
    const name = names[Number(i)];
    return name === undefined
      ? raise(
          vm,
          'TypeError',
          `${str(vm, getAttribute(vm, cls, '__name__'))}() accepts ${names.length} positional sub-patterns (${Number(i) + 1} given)`,
        )
      : getAttribute(vm, v, str(vm, name));
  },
};
