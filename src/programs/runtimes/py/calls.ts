import type { Keywords } from '../core/lang.ts';
import { sizeOf } from '../core/limits.ts';
import { newScope } from '../core/ops.ts';
import type { Frame } from '../core/state.ts';
import { Beyond } from '../core/tree.ts';
import { hole, isTagged, type Obj, type Value } from '../core/values.ts';
import type { parked, Vm } from '../core/vm.ts';
import { classAttribute, exception, idOf, mro, qualifiedName, raise, thrownOf, tuple, typeName } from './values.ts';

/** Calls a function, class, method or object. */
export function callPy(vm: Vm, fn: Value, args: readonly Value[], keywords: Keywords = {}): Value | typeof parked {
  if (isTagged(fn) && fn.t === 'b') {
    vm.tick(sizeOf(vm, fn.self ?? args[0] ?? null));
    return vm.native(fn.n)(vm, args, fn.self ?? null, keywords);
  }
  const o = vm.obj(fn);
  if (o?.k === 'bound') return callPy(vm, o.v ?? null, [...(o.a ?? []), ...args], { ...o.p, ...keywords });
  if (o?.k === 'class') return instantiate(vm, fn, o, args, keywords);
  if (o?.k === 'inst') {
    const own = classAttribute(vm, o.up ?? 0, '__call__');
    if (own !== undefined) return callPy(vm, own, [fn, ...args], keywords);
    const framework = vm.lang.natives[`call ${String(o.x)}`];
    if (framework) return framework(vm, args, fn, keywords);
  }
  if (o?.k !== 'fn') return raise(vm, 'TypeError', `'${typeName(vm, fn)}' object is not callable`);
  const frame = frameFor(vm, o, args, keywords);
  const kind = vm.code(frame).def?.kind;
  if (kind?.async) {
    if (kind.generator) throw new Beyond('an async generator');
    return vm.make({ k: 'coro', x: [frame] as never, s: o.s ?? '' });
  }
  if (kind?.generator) return vm.make({ k: 'gen', x: [frame] as never, n: 0 });
  vm.frames.push(frame);
  return null;
}

function frameFor(vm: Vm, o: Obj, args: readonly Value[], keywords: Keywords): Frame {
  const { m, c } = o.x as never as { m: string; c: number };
  const def = vm.unit(m).codes[c]?.def;
  if (!def) throw new Error('no code');
  const p: { [name: string]: Value } = {};
  const name = `${qualifiedName(vm, o)}()`;
  const left = { ...keywords };
  const plain = def.params.filter(({ rest, keywordOnly }) => !rest && !keywordOnly);
  const missing: string[] = [];
  def.params.forEach((param, i) => {
    if (param.rest) return;
    const position = plain.indexOf(param);
    if (position >= 0 && position < args.length) {
      if (Object.hasOwn(left, param.name))
        raise(vm, 'TypeError', `${name} got multiple values for argument '${param.name}'`);
      p[param.name] = args[position] ?? null;
    } else if (Object.hasOwn(left, param.name)) {
      p[param.name] = left[param.name] ?? null;
      delete left[param.name];
    } else {
      const given = o.a?.[i];
      const initial = given === undefined ? hole : given; // None is a value
      if (isTagged(initial) && initial.t === 'hole') missing.push(param.name);
      else p[param.name] = initial;
    }
  });
  if (missing.length > 0) {
    const quoted = missing.map((one) => `'${one}'`);
    const words = quoted.length > 2 ? `${quoted.slice(0, -1).join(', ')}, and ${quoted.at(-1)}` : quoted.join(' and ');
    raise(
      vm,
      'TypeError',
      `${name} missing ${missing.length} required positional argument${missing.length > 1 ? 's' : ''}: ${words}`,
    );
  }
  const star = def.params.find(({ rest }) => rest === '*');
  if (star) p[star.name] = tuple(vm, args.slice(plain.length));
  else if (args.length > plain.length) {
    const least = plain.filter(({ initial }) => !initial).length;
    const takes = least < plain.length ? `from ${least} to ${plain.length}` : String(plain.length);
    raise(
      vm,
      'TypeError',
      `${name} takes ${takes} positional argument${plain.length === 1 && least === 1 ? '' : 's'} but ${args.length} ${args.length === 1 ? 'was' : 'were'} given`,
    );
  }
  const double = def.params.find(({ rest }) => rest === '**');
  if (double)
    p[double.name] = vm.make({
      k: 'dict',
      e: Object.fromEntries(Object.entries(left).map(([k, v]) => [`s:${k}`, [k, v] as const])),
    });
  else
    for (const key of Object.keys(left)) raise(vm, 'TypeError', `${name} got an unexpected keyword argument '${key}'`);
  for (const local of def.locals ?? []) p[local] ??= hole;
  if (o.v !== undefined) p['%home'] = o.v;
  return { m, c, pc: 0, st: [], env: newScope(vm, p, o.up), h: [], exc: [], kind: 'call', name: def.name };
}

/** The abstract methods of a class have to be written before it is instantiated. */
function refuseAbstract(vm: Vm, id: number): void {
  const order = mro(vm, id);
  if (!order.some((one) => vm.heap[one]?.s === 'ABC')) return;
  const names = new Set(order.flatMap((one) => Object.keys(vm.heap[one]?.p ?? {})));
  const left = [...names].filter((name) => {
    const v = vm.obj(classAttribute(vm, id, name) ?? null);
    return (v?.k === 'wrapped' ? vm.obj(v.v ?? null) : v)?.p?.__isabstractmethod__ === true;
  });
  if (left.length === 0) return;
  const shown = left.toSorted();
  const [, minor = 11] = vm.start.version.split('.').map(Number);
  const words =
    minor < 12
      ? `with abstract method${left.length > 1 ? 's' : ''} ${shown.join(', ')}`
      : `without an implementation for abstract method${left.length > 1 ? 's' : ''} ${shown.map((one) => `'${one}'`).join(', ')}`;
  raise(vm, 'TypeError', `Can't instantiate abstract class ${vm.heap[id]?.s ?? ''} ${words}`);
}

function instantiate(vm: Vm, cls: Value, o: Obj, args: readonly Value[], keywords: Keywords): Value {
  const id = idOf(cls);
  const own = classAttribute(vm, id, '_class_call_');
  if (own !== undefined) return vm.call(vm.lang.get(vm, cls, '_class_call_'), [...args], keywords);
  refuseAbstract(vm, id);
  const maker = classAttribute(vm, id, '__new__');
  const inst = maker === undefined ? vm.make({ k: 'inst', up: id, p: {} }) : vm.call(maker, [cls, ...args], keywords);
  if (maker !== undefined && !(vm.obj(inst)?.k === 'inst' && mro(vm, vm.obj(inst)?.up ?? 0).includes(id))) return inst;
  const made = mro(vm, id)
    .map((one) => vm.heap[one]?.x)
    .find((x) => typeof x === 'string');
  if (typeof made === 'string') {
    vm.own(inst).x = null;
    if (made === 'exception') vm.own(inst).p = { args: tuple(vm, [...args]) };
  }
  const init = classAttribute(vm, id, '__init__');
  if (init !== undefined) vm.call(init, [inst, ...args], keywords);
  else if (args.length + Object.keys(keywords).length > 0 && made === undefined)
    raise(vm, 'TypeError', `${o.s ?? ''}() takes no arguments`);
  return inst;
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
  vm.task = { id: -1, frames };
  try {
    const outcome = vm.run(frames, 0, 'start');
    const { task } = vm;
    const own = vm.own(gen);
    if (outcome === 'parked' && task?.wait?.for === 'ever') {
      own.x = frames as never;
      return task.resume?.value ?? null;
    }
    if (outcome === 'parked') throw new Beyond('waiting inside a generator');
    own.n = 2;
    own.x = [];
    own.v = vm.result;
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

/** Throws what an iterator at its end throws, with what its generator returned. */
export function stopped(vm: Vm, it: Value): never {
  const o = vm.obj(it);
  const value = o?.k === 'gen' ? (o.v ?? null) : null;
  if (o?.k === 'gen') delete vm.own(it).v; // a second time there is nothing to tell
  const e = exception(vm, 'StopIteration', ...(value === null ? [] : [value]));
  vm.own(e).p = { ...vm.obj(e)?.p, value };
  throw thrownOf(vm, e);
}

/** generator.close(): what stands in `finally` is done. */
export function closeGenerator(vm: Vm, _args: readonly Value[], self: Value): Value {
  const o = vm.own(self);
  if (o.n === 1 && (o.x as unknown as Frame[]).some(({ h }) => h.length > 0))
    throw new Beyond('closing a generator inside try or with');
  Object.assign(o, { n: 2, x: [] });
  return null;
}
