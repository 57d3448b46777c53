import { sizeOf } from '../core/limits.ts';
import { newScope } from '../core/ops.ts';
import type { Frame, Task } from '../core/state.ts';
import { Beyond } from '../core/tree.ts';
import { hole, isTagged, type Obj, present, undef, type Value } from '../core/values.ts';
import { type parked, Thrown, type Vm } from '../core/vm.ts';
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
    if (kind.async) throw new Beyond('an async generator');
    return vm.make({ k: 'gen', x: [frame] as never, n: 0 });
  }
  if (kind?.async) return startAsync(vm, frame);
  vm.frames.push(frame);
  return undef;
}

function frameFor(vm: Vm, o: Obj, args: readonly Value[], self: Value): Frame {
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
    if (/\barguments\b/.test(vm.sources[m] ?? '')) p.arguments = array(vm, [...args]);
  }
  const named = methodName(vm, o, self);
  return { m, c, pc: 0, st: [], env: newScope(vm, p, o.up), h: [], exc: [], kind: 'call', name: named };
}

/** A method is named with its class in a stack. */
function methodName(vm: Vm, o: Obj, self: Value): string {
  const target = vm.obj(self);
  const name = o.s ?? '';
  if (!target || name === '') return name;
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
    const result = vm.call(fn, args, undefined, instance);
    return vm.obj(result) ? result : instance;
  }
  if (o?.k !== 'class') throwError(vm, 'TypeError', `${described} is not a constructor`);
  const root = nativeRoot(vm, o);
  const made = root === undefined ? undefined : vm.lang.natives[`make ${root}`];
  const instance = made ? (made(vm, args, fn, {}) as Value) : plain(vm, {}, idOf(o.v ?? undef));
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

/** Runs the constructor of a class (and what it inherits) on an instance. */
export function initialize(vm: Vm, cls: Value, instance: Value, args: readonly Value[]): void {
  const o = vm.obj(cls);
  if (!o) return;
  if (typeof o.x === 'string') {
    vm.lang.natives[`init ${o.x.slice(7)}`]?.(vm, args, instance, {});
    return;
  }
  const ctor = o.p?.['%constructor'];
  if (o.up === undefined) fields(vm, o, instance);
  if (ctor !== undefined) {
    const fn = vm.obj(ctor);
    if (!fn) return;
    const frame = { ...frameFor(vm, fn, args, instance), kind: 'new' as const, self: instance, name: o.s ?? '' };
    const base = vm.frames.length;
    vm.frames.push(frame);
    vm.run(vm.frames, base, 'call');
    vm.frames[base - 1]?.st.pop();
  } else if (o.up !== undefined) {
    initialize(vm, { t: 'ref', r: o.up }, instance, args);
    fields(vm, o, instance);
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

/** Goes on with a generator; undefined at its end. */
export function resume(vm: Vm, gen: Value, value: Value): Value | undefined {
  const o = vm.own(gen);
  const frames = (o.x as unknown as Frame[]).map((f) => ({ ...f, st: [...f.st], h: [...f.h], exc: [...f.exc] }));
  const top = frames[frames.length - 1];
  if (!top || o.n === 2) return undefined;
  if (o.n === 1) top.st.push(value);
  o.n = 1;
  const before = vm.task;
  // a marker: the operation `yield` leaves the loop by parking
  vm.task = { id: -1, frames };
  try {
    const outcome = vm.run(frames, 0, 'start');
    const task = vm.task;
    const own = vm.own(gen);
    if (outcome === 'parked' && task?.wait?.for === 'ever') {
      own.x = frames as never;
      return task.resume ? task.resume.value : hole;
    }
    if (outcome === 'parked') throw new Beyond('waiting inside a generator');
    own.n = 2;
    own.v = vm.result;
    own.x = [];
    return undefined;
  } catch (error) {
    const own = vm.own(gen);
    own.n = 2;
    own.x = [];
    throw error;
  } finally {
    vm.task = before;
  }
}
