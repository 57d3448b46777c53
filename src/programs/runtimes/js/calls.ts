import { sizeOf } from '../core/limits.ts';
import { newScope } from '../core/ops.ts';
import type { Frame, Task } from '../core/state.ts';
import { Beyond } from '../core/tree.ts';
import { isTagged, type Obj, present, undef, type Value } from '../core/values.ts';
import { type parked, Thrown, type Vm } from '../core/vm.ts';
import { asyncGenerator } from './generators.ts';
import { className, ownConstructor } from './inspect.ts';
import { array, findProperty, idOf, plain, throwError } from './objects.ts';
import { makePromise, reject, resolvePromise } from './promises.ts';

type Code = { readonly m: string; readonly c: number };

/** Calls a function of the program or of the runtime. */
export function callJs(vm: Vm, fn: Value, args: readonly Value[], self: Value = undef): Value | typeof parked {
  if (isTagged(fn) && fn.t === 'b') {
    const target = fn.self ?? self;
    vm.tick(sizeOf(vm, target));
    return vm.native(fn.n)(vm, args, target, {});
  }
  const o = vm.obj(fn);
  if (o?.k === 'bound') {
    const [bound = undef, ...first] = o.a ?? [];
    return callJs(vm, o.v ?? undef, [...first, ...args], bound);
  }
  if (o?.k === 'class') {
    if (typeof o.x === 'string') return construct(vm, fn, args);
    throwError(vm, 'TypeError', `Class constructor ${o.s ?? ''} cannot be invoked without 'new'`);
  }
  if (o?.k !== 'fn') throwError(vm, 'TypeError', 'value is not a function');
  const frame = frameFor(vm, o, args, self);
  const kind = vm.code(frame).def?.kind;
  if (kind?.generator) {
    if (kind.async) return asyncGenerator(vm, frame);
    return vm.make({ k: 'gen', x: [frame] as never, n: 0 });
  }
  if (kind?.async) return startAsync(vm, frame);
  vm.frames.push(frame);
  return undef;
}

function frameFor(vm: Vm, o: Obj, args: readonly Value[], self: Value, target: Value = undef): Frame {
  const { m, c } = o.x as unknown as Code;
  const code = vm.unit(m).codes[c];
  const def = code?.def;
  if (!code || !def) throw new Error('no code');
  const p: { [name: string]: Value } = {};
  def.params.forEach(({ name, rest }, i) => {
    p[name] = rest ? array(vm, args.slice(i)) : present(args[i]);
  });
  if (!def.kind.arrow) {
    p.this = self;
    if (o.v !== undefined) p['%home'] = o.v;
    if (/\bnew\.target\b/.test(vm.sources[m] ?? '')) p['new.target'] = target;
    if (/\barguments\b/.test(vm.sources[m] ?? '')) p.arguments = array(vm, [...args]);
  }
  const named = methodName(vm, o, self);
  return { m, c, pc: 0, st: [], env: newScope(vm, p, o.up), h: [], exc: [], kind: 'call', name: named };
}

/** A method is named with its class in a stack. */
function methodName(vm: Vm, o: Obj, self: Value): string {
  const target = vm.obj(self);
  const name = o.s ?? '';
  if (!target) return name;
  if (name === '') return target.k === 'object' ? `${className(vm, target) ?? 'Object'}.<anonymous>` : '';
  if (target.k === 'class') return `${target.s ?? 'Function'}.${name}`;
  const made = vm.obj(findProperty(vm, target, 'constructor') ?? null);
  return target.k === 'object' ? `${made?.s ?? 'Object'}.${name}` : name;
}

function startAsync(vm: Vm, frame: Frame): Value {
  const promise = makePromise(vm);
  const task: Task = { id: vm.next++, frames: [frame], promise: idOf(promise) };
  runTask(vm, task, 'start');
  return promise;
}

/** Runs a task until it ends or waits; its end settles its promise. */
export function runTask(vm: Vm, task: Task, mode: 'task' | 'start'): 'done' | 'parked' | 'yield' {
  const before = vm.task;
  vm.task = task;
  try {
    const outcome = vm.run(task.frames, 0, mode);
    if (outcome === 'done') {
      if (task.promise !== undefined) resolvePromise(vm, task.promise, vm.result);
    } else if (!vm.tasks.includes(task)) vm.tasks.push(task);
    return outcome;
  } catch (error) {
    if (!(error instanceof Thrown) || task.promise === undefined) throw error;
    reject(vm, task.promise, error.value);
    return 'done';
  } finally {
    vm.task = before;
  }
}

/** Runs a function as a constructor; its result is the instance, unless it returns another object. */
function runConstructor(vm: Vm, made: Frame, instance: Value, name: string): Value {
  const base = vm.frames.length;
  if (base > 400 || vm.outer.length > 60) vm.lang.tooDeep(vm);
  vm.frames.push({ ...made, kind: 'new', self: instance, name });
  vm.run(vm.frames, base, 'call');
  vm.frames[base - 1]?.st.pop();
  return vm.result;
}

/** Calls a function from the runtime itself; `shown` says how it is named in a stack. */
export function callShown(vm: Vm, fn: Value, args: readonly Value[], shown: (own: string) => string): void {
  const base = vm.frames.length;
  callJs(vm, fn, args);
  const f = vm.frames[base];
  if (!f) return;
  f.name = shown(f.name);
  vm.run(vm.frames, base, 'call');
  vm.frames[base - 1]?.st.pop();
}

/** `new F(…)`. */
export function construct(vm: Vm, fn: Value, args: readonly Value[], described = ''): Value {
  if (isTagged(fn) && fn.t === 'b') {
    const made = vm.lang.natives[`new ${fn.n}`];
    if (!made)
      throw vm.lang.natives[fn.n]
        ? new Beyond(`new ${fn.n}`)
        : throwError(vm, 'TypeError', `${fn.n} is not a constructor`);
    return made(vm, args, fn.self ?? undef, {}) as Value;
  }
  const o = vm.obj(fn);
  if (o?.k === 'fn') {
    const { m, c } = o.x as unknown as Code;
    if (vm.unit(m).codes[c]?.def?.kind.arrow) throwError(vm, 'TypeError', `${o.s || described} is not a constructor`);
    const proto = prototypeOf(vm, fn);
    const instance = plain(vm, {}, idOf(proto));
    return runConstructor(vm, frameFor(vm, o, args, instance, fn), instance, o.s ?? '');
  }
  if (o?.k !== 'class') throwError(vm, 'TypeError', `${described} is not a constructor`);
  const root = nativeRoot(vm, o);
  const made = root === undefined ? undefined : vm.lang.natives[`make ${root}`];
  const base = nativeBase(vm, o);
  const kind = base === undefined ? undefined : vm.lang.natives[`new ${base}`];
  const instance = kind
    ? (kind(vm, [], undef, {}) as Value)
    : made
      ? (made(vm, args, fn, {}) as Value)
      : plain(vm, {}, idOf(o.v ?? undef));
  const own = vm.own(instance);
  own.up = idOf(o.v ?? undef);
  initialize(vm, fn, instance, args);
  return instance;
}

function nativeRoot(vm: Vm, o: Obj): string | undefined {
  for (let at: Obj | undefined = o; at; at = at.up === undefined ? undefined : vm.heap[at.up])
    if (typeof at.x === 'string' && at.x.startsWith('native:')) return at.x.slice(7);
  return undefined;
}

/** The constructor without a class of its own here (Map, Array …) that a class extends. */
function nativeBase(vm: Vm, o: Obj): string | undefined {
  for (let at: Obj | undefined = o; at?.k === 'class'; at = at.up === undefined ? undefined : vm.heap[at.up]) {
    const base = at.p?.['%base'] ?? null;
    if (isTagged(base) && base.t === 'b' && base.n !== 'Object') return base.n;
  }
  return undefined;
}

/** What the constructor of Map, Array … makes of an instance. */
export function initializeNative(vm: Vm, name: string, instance: Value, args: readonly Value[]): void {
  const made = vm.lang.natives[`new ${name}`]?.(vm, args, undef, {});
  const from = made === undefined || typeof made === 'symbol' ? undefined : vm.obj(made);
  const { p: _p, up: _up, ...content } = from ?? { k: 'object' };
  Object.assign(vm.own(instance), content);
}

/** Runs the constructor of a class (and what it inherits) on an instance. */
export function initialize(vm: Vm, cls: Value, instance: Value, args: readonly Value[]): void {
  const o = vm.obj(cls);
  if (!o) return;
  if (o.k === 'fn') {
    vm.call(cls, args, undefined, instance);
    return;
  }
  if (typeof o.x === 'string') {
    vm.lang.natives[`init ${o.x.slice(7)}`]?.(vm, args, instance, {});
    return;
  }
  const ctor = o.p?.['%constructor'];
  if (o.up === undefined) fields(vm, o, instance);
  if (ctor !== undefined) {
    const fn = vm.obj(ctor);
    if (!fn) return;
    const proto = vm.obj(instance)?.up;
    const target = proto === undefined ? undef : ownConstructor(vm, proto);
    runConstructor(vm, frameFor(vm, fn, args, instance, target), instance, o.s ?? '');
  } else if (o.up !== undefined) {
    initialize(vm, { t: 'ref', r: o.up }, instance, args);
    fields(vm, o, instance);
  } else {
    const base = o.p?.['%base'] ?? null;
    if (isTagged(base) && base.t === 'b') initializeNative(vm, base.n, instance, args);
  }
}

/** Gives an instance the fields that its class declares. */
export function fields(vm: Vm, cls: Obj, instance: Value): void {
  const list = cls.a ?? [];
  for (let i = 0; i + 1 < list.length; i += 2) {
    const value = vm.call(present(list[i + 1]), [], undefined, instance);
    const o = vm.own(instance);
    o.p = { ...o.p, [String(list[i])]: value };
  }
}

/** The prototype that instances of a function get. */
export function prototypeOf(vm: Vm, fn: Value): Value {
  const o = vm.obj(fn);
  if (o?.k === 'class') return o.v ?? undef;
  const known = o?.p?.prototype;
  if (known !== undefined) return known;
  const proto = plain(vm, { constructor: fn });
  const own = vm.own(fn);
  own.p = { ...own.p, prototype: proto };
  return proto;
}
