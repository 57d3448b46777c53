import type { Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { isInstance, methodOf, propertiesOf, propertyOf, visible } from './classes.ts';
import { warn } from './errors.ts';
import { deref, hashOf, share, text, truthy, typeName, unshared } from './values.ts';

/** What `foreach` goes through: an array (or the reference to one), an object's properties, or an Iterator. */
export function iterate(vm: Vm, given: Value, byRef: boolean): Value {
  const v = deref(vm, given);
  const o = vm.obj(v);
  if (o?.k === 'array') {
    const keys = Object.values(o.e ?? {}).map(([k]) => k);
    vm.tick(keys.length >> 3);
    return vm.make({ k: 'iter', s: byRef ? 'ref' : 'array', v: byRef ? given : share(vm, v), a: keys, n: 0 });
  }
  if (o?.k === 'inst') {
    if (isInstance(vm, v, 'IteratorAggregate')) return iterate(vm, call(vm, v, 'getIterator'), byRef);
    if (isInstance(vm, v, 'Iterator')) {
      call(vm, v, 'rewind');
      return vm.make({ k: 'iter', s: 'iterator', v, n: 0 });
    }
    const names = propertiesOf(vm, v)
      .map(([name]) => name)
      .filter((name) => {
        const found = propertyOf(vm, o.up ?? 0, name);
        return !found || visible(vm, found.visibility, found.owner);
      });
    return vm.make({ k: 'iter', s: 'object', v, a: names, n: 0 });
  }
  warn(
    vm,
    'Warning',
    `foreach() argument must be of type array|object, ${typeof v === 'boolean' ? 'bool' : typeName(vm, v)} given`,
  );
  return vm.make({ k: 'iter', s: 'array', v: null, a: [], n: 0 });
}

function call(vm: Vm, v: Value, name: string): Value {
  const m = methodOf(vm, v, name);
  return m === undefined ? null : vm.call(m, []);
}

/** The next key and value (a reference, where it goes by reference); undefined at the end. */
export function iterNext(vm: Vm, it: Value): readonly [Value, Value] | undefined {
  const o = vm.own(it);
  const target = o.v ?? null;
  if (o.s === 'iterator') {
    if ((o.n ?? 0) > 0) call(vm, target, 'next');
    o.n = 1;
    if (!truthy(vm, call(vm, target, 'valid'))) return undefined;
    const value = call(vm, target, 'current');
    return [call(vm, target, 'key'), value];
  }
  for (;;) {
    const at = o.n ?? 0;
    const key = o.a?.[at];
    if (o.s === 'ref') release(vm, o.a?.[at - 1], target);
    if (key === undefined) return undefined;
    o.n = at + 1;
    if (o.s === 'object') {
      const p = vm.obj(target)?.p ?? {};
      if (!Object.hasOwn(p, text(vm, key))) continue;
      return [key, deref(vm, p[text(vm, key)] ?? null)];
    }
    if (o.s === 'ref') {
      const own = unshared(vm, deref(vm, target));
      vm.own(target).v = own;
      const hash = hashOf(key);
      const found = vm.obj(own)?.e?.[hash];
      if (!found) continue;
      let cell = found[1];
      if (vm.obj(cell)?.k !== 'cell') {
        cell = vm.make({ k: 'cell', v: found[1] });
        const array = vm.own(own);
        if (array.e) array.e[hash] = [key, cell];
      }
      return [key, cell];
    }
    const found = vm.obj(target)?.e?.[hashOf(key)];
    if (found) return [key, deref(vm, found[1])];
  }
}

/** The element before is a plain value again: nothing else refers to it any more. */
function release(vm: Vm, key: Value | undefined, target: Value): void {
  if (key === undefined) return;
  const own = deref(vm, target);
  const o = vm.obj(own);
  const found = o?.k === 'array' ? o.e?.[hashOf(key)] : undefined;
  if (!found || vm.obj(found[1])?.k !== 'cell') return;
  const keys = Object.keys(o?.e ?? {});
  if (keys[keys.length - 1] === hashOf(key)) return;
  const array = vm.own(own);
  if (array.e) array.e[hashOf(key)] = [key, deref(vm, found[1])];
}
