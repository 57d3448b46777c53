import type { Op } from '../core/code.ts';
import type { Frame } from '../core/state.ts';
import type { Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { bound, checkVisible, findMethod, idOf, isInstance, needClass, scopeClass, staticOwner } from './classes.ts';
import { raise, warn } from './errors.ts';
import { className, deref, hashOf, keyOf, put, text, unshared } from './values.ts';

/** A place for a value: what is there (undefined: nothing), and how to change it. */
export interface Slot {
  get(): Value | undefined;
  set(v: Value): void;
  unset(): void;
  /** Before something inside is changed: what it is in becomes its own. */
  prepare?(): void;
  /** What is missing, for a warning. */
  missing(): void;
}

const superglobals = new Set([
  '_GET',
  '_POST',
  '_SERVER',
  '_ENV',
  '_COOKIE',
  '_FILES',
  '_REQUEST',
  '_SESSION',
  'GLOBALS',
]);
/** The scope that has a variable: the function's own, or the program's. */
export function scopeId(vm: Vm, f: Frame, name: string): number {
  return superglobals.has(name) ? idOf(vm.globals['%scope']) : f.env;
}

export function variable(vm: Vm, f: Frame, name: string): Slot {
  const env = scopeId(vm, f, name);
  return {
    get: () => {
      const p = vm.at(env).p;
      return p && Object.hasOwn(p, name) ? p[name] : undefined;
    },
    set: (v) => {
      const scope = vm.ownAt(env);
      scope.p ??= {};
      scope.p[name] = v;
    },
    unset: () => {
      delete vm.ownAt(env).p?.[name];
    },
    missing: () => warn(vm, 'Warning', `Undefined variable $${name}`),
  };
}

/** A slot's value, through a reference. */
export function read(vm: Vm, slot: Slot): Value | undefined {
  const v = slot.get();
  return v === undefined ? undefined : deref(vm, v);
}
/** Changes what is in a slot; what others refer to changes for them too. */
export function write(vm: Vm, slot: Slot, v: Value): void {
  const old = slot.get();
  if (old !== undefined && vm.obj(old)?.k === 'cell') vm.own(old).v = v;
  else slot.set(v);
}

/** The array in a slot, made there if there is nothing, and its own. Throws when something else is there. */
function arrayIn(vm: Vm, slot: Slot): Value {
  slot.prepare?.();
  const v = read(vm, slot) ?? null;
  if (v === null || v === false) {
    if (v === false) warn(vm, 'Deprecated', 'Automatic conversion of false to array is deprecated');
    const made = vm.make({ k: 'array', e: {}, n: 0 });
    write(vm, slot, made);
    return made;
  }
  if (vm.obj(v)?.k !== 'array') {
    if (typeof v === 'string') raise(vm, 'Error', '[] operator not supported for strings');
    raise(vm, 'Error', 'Cannot use a scalar value as an array');
  }
  const own = unshared(vm, v);
  if (own !== v) write(vm, slot, own);
  return own;
}

function element(vm: Vm, outer: Slot, given: Value | undefined): Slot {
  const v = read(vm, outer) ?? null;
  if (vm.obj(v)?.k === 'inst' && isInstance(vm, v, 'ArrayAccess')) {
    const method = (name: string): Value => {
      const found = findMethod(vm, vm.obj(v)?.up ?? 0, name);
      return found
        ? bound(vm, found, v, vm.obj(v)?.up ?? 0)
        : { t: 'b', n: `arrayaccess::${name.toLowerCase()}`, self: v };
    };
    return {
      get: () => (given === undefined ? undefined : vm.call(method('offsetGet'), [given])),
      set: (x) => void vm.call(method('offsetSet'), [given ?? null, x]),
      unset: () => void vm.call(method('offsetUnset'), [given ?? null]),
      missing: () => undefined,
    };
  }
  if (vm.obj(v)?.k === 'inst') raise(vm, 'Error', `Cannot use object of type ${className(vm, v)} as array`);
  if (typeof v === 'string' && v !== '' && given !== undefined) return letter(vm, outer, v, given);
  const key = given === undefined ? undefined : keyOf(vm, given);
  let at: Value | undefined = key;
  return {
    prepare: () => {
      const now = read(vm, outer) ?? null;
      if (now === null || vm.obj(now)?.k === 'array') arrayIn(vm, outer);
    },
    get: () => {
      const now = read(vm, outer) ?? null;
      return at === undefined ? undefined : vm.obj(now)?.e?.[hashOf(at)]?.[1];
    },
    set: (x) => {
      const target = arrayIn(vm, outer);
      at ??= vm.obj(target)?.n ?? 0;
      put(vm, target, at, x);
    },
    unset: () => {
      const now = read(vm, outer) ?? null;
      if (vm.obj(now)?.k !== 'array' || at === undefined) return;
      delete vm.own(arrayIn(vm, outer)).e?.[hashOf(at)];
    },
    missing: () => {
      if (at !== undefined)
        warn(vm, 'Warning', `Undefined array key ${typeof at === 'string' ? `"${at}"` : String(at)}`);
    },
  };
}

function letter(vm: Vm, outer: Slot, v: string, given: Value): Slot {
  const n = typeof given === 'number' ? given : Number(text(vm, given));
  if (!Number.isInteger(n)) raise(vm, 'TypeError', `Cannot access offset of type ${typeof given} on string`);
  const at = n < 0 ? v.length + n : n;
  return {
    get: () => v[at],
    set: (x) => write(vm, outer, v.slice(0, at).padEnd(at) + (text(vm, x)[0] ?? ' ') + v.slice(at + 1)),
    unset: () => raise(vm, 'Error', 'Cannot unset string offsets'),
    missing: () => warn(vm, 'Warning', `Uninitialized string offset ${n}`),
  };
}

/** A property as a place. */
export function property(vm: Vm, v: Value, name: string): Slot {
  const o = vm.obj(v);
  if (o?.k !== 'inst') {
    const shown =
      v === null
        ? 'null'
        : typeof v === 'boolean'
          ? String(v)
          : typeof v === 'number'
            ? 'int'
            : typeof v === 'string'
              ? 'string'
              : (o?.k ?? 'float');
    return raise(vm, 'Error', `Attempt to assign property "${name}" on ${shown}`);
  }
  const cls = o.up ?? 0;
  const has = Object.hasOwn(o.p ?? {}, name);
  const set = has ? undefined : findMethod(vm, cls, '__set');
  const declared = set ? undefined : checkVisible(vm, o, name);
  return {
    get: () => {
      const p = vm.obj(v)?.p;
      if (p && Object.hasOwn(p, name)) return p[name];
      const get = findMethod(vm, cls, '__get');
      return get ? vm.call(bound(vm, get, v, cls), [name]) : undefined;
    },
    set: (x) => {
      if (set) {
        vm.call(bound(vm, set, v, cls), [name, x]);
        return;
      }
      if (
        declared?.readonly &&
        (Object.hasOwn(vm.obj(v)?.p ?? {}, name) || scopeClass(vm) !== vm.heap[declared.owner]?.s)
      ) {
        const full = `${vm.heap[declared.owner]?.s ?? ''}::$${name}`;
        if (Object.hasOwn(vm.obj(v)?.p ?? {}, name)) raise(vm, 'Error', `Cannot modify readonly property ${full}`);
        raise(
          vm,
          'Error',
          `Cannot initialize readonly property ${full} from ${scopeClass(vm) === '' ? 'global scope' : `scope ${scopeClass(vm)}`}`,
        );
      }
      let value = x;
      if (declared?.typed != null)
        value = vm.native('%typed property')(
          vm,
          [x, declared.typed, `${vm.heap[declared.owner]?.s ?? ''}::$${name}`],
          null,
          {},
        ) as Value;
      if (!has && !declared && vm.heap[cls]?.s !== 'stdClass' && Number(vm.start.version.split('.')[1] ?? 0) >= 2)
        warn(vm, 'Deprecated', `Creation of dynamic property ${vm.heap[cls]?.s ?? ''}::$${name} is deprecated`);
      const target = vm.own(v);
      target.p ??= {};
      target.p[name] = value;
    },
    unset: () => {
      delete vm.own(v).p?.[name];
    },
    missing: () => warn(vm, 'Warning', `Undefined property: ${vm.heap[cls]?.s ?? ''}::$${name}`),
  };
}

function staticSlot(vm: Vm, cls: Value, name: string): Slot {
  const id = staticOwner(vm, typeof cls === 'string' ? needClass(vm, cls) : cls, name, false) ?? 0;
  return {
    get: () => vm.heap[id]?.p?.[`s ${name}`],
    set: (v) => {
      const o = vm.ownAt(id);
      o.p = { ...o.p, [`s ${name}`]: v };
    },
    unset: () => raise(vm, 'Error', 'Attempt to unset static property'),
    missing: () => undefined,
  };
}

/** The place that a path leads to; takes what it needs from the stack. */
export function slotOf(vm: Vm, f: Frame, op: Op): Slot {
  const path = op[1] as readonly string[];
  const [base = '', ...steps] = path;
  const needed = (base.startsWith('v:') ? 0 : 1) + steps.filter((s) => s === 'i' || s === 'p').length;
  const given = needed === 0 ? [] : f.st.splice(-needed, needed);
  let at = 0;
  const next = (): Value => given[at++] ?? null;
  let slot: Slot;
  if (base.startsWith('v:')) slot = variable(vm, f, base.slice(2));
  else if (base.startsWith('s:')) slot = staticSlot(vm, next(), base.slice(2));
  else {
    const v = next();
    slot = { get: () => v, set: () => undefined, unset: () => undefined, missing: () => undefined };
  }
  for (const step of steps) {
    if (step === 'i') slot = element(vm, slot, next());
    else if (step === 'a') slot = element(vm, slot, undefined);
    else {
      const name = step === 'p' ? text(vm, next()) : step.slice(2);
      slot = property(vm, read(vm, slot) ?? null, name);
    }
  }
  return slot;
}

/** The place as something that several names share. */
export function cellIn(vm: Vm, slot: Slot): Value {
  slot.prepare?.();
  const old = slot.get();
  if (old !== undefined && vm.obj(old)?.k === 'cell') return old;
  const made = vm.make({ k: 'cell', v: old ?? null });
  slot.set(made);
  return made;
}
