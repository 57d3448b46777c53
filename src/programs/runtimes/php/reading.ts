import { isTagged, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { byRefNatives } from './by-ref.ts';
import { infoOfFn } from './calls.ts';
import { isInstance, methodOf } from './classes.ts';
import { raise, warn } from './errors.ts';
import { binary } from './operators.ts';
import { read, type Slot, write } from './places.ts';
import { className, deref, hashOf, int, keyOf, truthy, typeName } from './values.ts';

/** Is the parameter at `i` of the function on the stack taken by reference? */
export function byRef(vm: Vm, fn: Value, i: number): boolean {
  if (isTagged(fn) && fn.t === 'b') return byRefNatives(fn.n, i);
  const params = infoOfFn(vm, fn)?.params ?? [];
  const last = params[params.length - 1];
  return params[i]?.byRef ?? (last?.rest === true && last.byRef);
}

/** An element by a key, as it is read. */
export function index(vm: Vm, o: Value, key: Value, how: string): Value {
  const at = vm.obj(o);
  if (at?.k === 'array') {
    const k = keyOf(vm, key);
    const found = at.e?.[hashOf(k)];
    if (found) return deref(vm, found[1]);
    if (how !== 'quiet') warn(vm, 'Warning', `Undefined array key ${typeof k === 'string' ? `"${k}"` : String(k)}`);
    return null;
  }
  if (typeof o === 'string' && how !== 'unpack') {
    if (typeof key === 'string' && !/^-?\d+$/.test(key)) {
      if (how === 'quiet') return null;
      raise(vm, 'TypeError', `Cannot access offset of type ${/^-?\d/.test(key) ? 'string' : '%s'} on string`);
    }
    const n = int(vm, key);
    const c = o[n < 0 ? o.length + n : n];
    if (c === undefined && how !== 'quiet') warn(vm, 'Warning', `Uninitialized string offset ${n}`);
    return c ?? (how === 'quiet' ? null : '');
  }
  if (at?.k === 'inst') {
    if (!isInstance(vm, o, 'ArrayAccess'))
      return raise(vm, 'Error', `Cannot use object of type ${className(vm, o)} as array`);
    const call = (name: string): Value => {
      const m = methodOf(vm, o, name);
      return m === undefined ? null : vm.call(m, [key]);
    };
    if (how === 'quiet' && !truthy(vm, call('offsetExists'))) return null;
    return call('offsetGet');
  }
  if (how === '')
    warn(
      vm,
      'Warning',
      `Trying to access array offset on value of type ${o === null || typeof o !== 'boolean' ? typeName(vm, o) : 'bool'}`,
    );
  return null;
}

/** Counts a place up or down; the value before or after. */
export function step(vm: Vm, slot: Slot, sign: string, prefix: boolean): Value {
  let old = read(vm, slot);
  if (old === undefined) {
    slot.missing();
    old = null;
  }
  let now: Value;
  if (old === null) now = sign === '+' ? 1 : null;
  else if (typeof old === 'boolean') now = old;
  else if (typeof old === 'string' && sign === '+' && /^[A-Za-z0-9]*[A-Za-z]$|^[A-Za-z]+\d+$/.test(old))
    now = increment(old);
  else now = binary(vm, sign, old, 1);
  write(vm, slot, now);
  return prefix ? now : old;
}
/** `a` → `b`, `z` → `aa`, `Az` → `Ba`, `a9` → `b0`. */
function increment(word: string): string {
  const all = [...word];
  for (let i = all.length - 1; i >= 0; i--) {
    const c = all[i] ?? '';
    if (c === 'z' || c === 'Z' || c === '9') all[i] = c === 'z' ? 'a' : c === 'Z' ? 'A' : '0';
    else {
      all[i] = String.fromCharCode(c.charCodeAt(0) + 1);
      return all.join('');
    }
  }
  const first = all[0];
  return (first === '0' ? '1' : (first ?? '')) + all.join('');
}
