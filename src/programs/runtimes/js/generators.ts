import type { Natives } from '../core/lang.ts';
import type { Frame, Task } from '../core/state.ts';
import { Beyond } from '../core/tree.ts';
import { builtin, hole, isTagged, present, undef, type Value } from '../core/values.ts';
import { parked, Thrown, type Vm } from '../core/vm.ts';
import { runTask } from './calls.ts';
import { idOf, plain, throwError } from './objects.ts';
import { makePromise, react, reject, resolvePromise } from './promises.ts';

/** How a generator is gone on with. */
export type Completion = 'next' | 'throw' | 'return';

const completion = (vm: Vm, v: Value): Value => vm.make({ k: 'completion', v });
const isCompletion = (vm: Vm, v: Value): boolean => vm.obj(v)?.k === 'completion';

/** Goes to the next `finally` of a frame that returns; false when there is none. What returns is thrown on at its end. */
export function enterFinally(vm: Vm, f: Frame, end: Value): boolean {
  for (let h = f.h.pop(); h; h = f.h.pop()) {
    const op = vm.code(f).ops[h.pc];
    if (op?.[0] !== 'handling' || op[1] !== 'finally') continue;
    f.st.length = h.depth;
    f.st.push(end);
    f.env = h.env;
    f.pc = h.pc;
    return true;
  }
  return false;
}

/** At the end of `finally`: throws on what was thrown; a return looks for the next `finally`. */
export function reraised(vm: Vm, f: Frame, v: Value): void {
  if (!isCompletion(vm, v) || !enterFinally(vm, f, v)) throw new Thrown(v);
}

const copied = (f: Frame): Frame => ({ ...f, st: [...f.st], h: [...f.h], exc: [...f.exc] });

/** Goes on with a generator: its next value, or undefined at its end (what it returned is then its `v`). */
export function resume(vm: Vm, gen: Value, value: Value, how: Completion = 'next'): Value | undefined {
  const o = vm.own(gen);
  const frames = (o.x as unknown as Frame[]).map(copied);
  const top = frames[frames.length - 1];
  const ended = (v?: Value): undefined => {
    Object.assign(vm.own(gen), { n: 2, x: [], ...(v === undefined ? {} : { v }) });
    return undefined;
  };
  if (o.n === 3) throwError(vm, 'TypeError', 'Generator is already running');
  if (how === 'return' && (!top || o.n !== 1 || !enterFinally(vm, top, completion(vm, value)))) return ended(value);
  if (how === 'throw' && (!top || o.n !== 1 || !vm.raiseIn(frames, new Thrown(value)))) {
    ended();
    throw new Thrown(value);
  }
  if (!top || o.n === 2) return undefined;
  if (o.n === 1 && how === 'next') top.st.push(value);
  o.n = 3;
  const before = vm.task;
  // a marker: the operation `yield` leaves the loop by parking
  vm.task = { id: -1, frames };
  try {
    const outcome = vm.run(frames, 0, 'start');
    const task = vm.task;
    const own = vm.own(gen);
    if (outcome === 'parked' && task?.wait?.for === 'ever') {
      own.x = frames as never;
      own.n = 1;
      return task.resume ? task.resume.value : hole;
    }
    if (outcome === 'parked') throw new Beyond('waiting inside a generator');
    return ended(vm.result);
  } catch (error) {
    const returned = error instanceof Thrown ? vm.obj(error.value) : undefined;
    if (returned?.k === 'completion') return ended(present(returned.v));
    ended();
    throw error;
  } finally {
    vm.task = before;
  }
}

/** A call of an async generator: a task of its own that goes on when a value is asked for. `a`: the requests in line. */
export function asyncGenerator(vm: Vm, frame: Frame): Value {
  const promise = makePromise(vm);
  const id = vm.next++;
  const gen = vm.make({ k: 'agen', n: 0, a: [], x: id });
  const task: Task = {
    id,
    frames: [{ ...frame, kind: 'generator', self: gen }],
    promise: idOf(promise),
    daemon: true,
    wait: { for: 'ever' },
  };
  vm.tasks.push(task);
  react(vm, idOf(promise), {
    fulfilled: builtin('%generator done', gen),
    rejected: builtin('%generator failed', gen),
    promise: -1,
  });
  return gen;
}

/** Puts a request in line. Returns the promise of its `{ value, done }`. */
export function request(vm: Vm, gen: Value, how: Completion, value: Value): Value {
  const promise = makePromise(vm);
  const own = vm.own(gen);
  own.a = [...(own.a ?? []), promise, how, value];
  if (own.n !== 3) serve(vm, gen);
  return promise;
}

/** Answers the first request in line: `done` values at once, others by letting the generator go on. */
function serve(vm: Vm, gen: Value): void {
  const own = vm.own(gen);
  const [promise, how, value = undef] = own.a ?? [];
  if (promise === undefined) return;
  const task = vm.tasks.find(({ id }) => id === own.x);
  const f = task?.frames[0];
  const over = !task || !f || own.n === 2 || (own.n === 0 && how !== 'next');
  if (over || (how === 'return' && !enterFinally(vm, f, completion(vm, value)))) {
    finish(vm, gen, how === 'throw' ? undefined : how === 'return' ? value : undef, value);
    return;
  }
  if (how === 'throw' && !vm.raiseIn(task.frames, new Thrown(value))) {
    finish(vm, gen, undefined, value);
    return;
  }
  if (how === 'next' && own.n === 1) f.st.push(value);
  own.n = 3;
  delete task.wait;
  if (runTask(vm, task, 'start') === 'done') vm.tasks = vm.tasks.filter((one) => one !== task);
}

/** The generator is at its end: the first request gets its result, those behind it are done. */
function finish(vm: Vm, gen: Value, value: Value | undefined, reason: Value): void {
  const own = vm.own(gen);
  const [promise = undef] = own.a ?? [];
  own.a = (own.a ?? []).slice(3);
  own.n = 2;
  vm.tasks = vm.tasks.filter(({ id }) => id !== own.x);
  if (value === undefined) reject(vm, idOf(promise), reason);
  else resolvePromise(vm, idOf(promise), plain(vm, { value, done: true }));
  serve(vm, gen);
}

/** `yield`: the value goes to who asked for it. */
export function yieldValue(vm: Vm, f: Frame, value: Value): typeof parked {
  const gen = f.self === undefined ? undefined : vm.obj(f.self);
  if (f.self !== undefined && gen?.k === 'agen') {
    const own = vm.own(f.self);
    const [promise = undef] = own.a ?? [];
    own.a = (own.a ?? []).slice(3);
    own.n = 1;
    resolvePromise(vm, idOf(promise), plain(vm, { value, done: false }));
    if (own.a.length > 0)
      vm.micro.push({ fn: builtin('%generator serve', f.self), value: undef, promise: -1, thrown: false, args: [] });
    return vm.park({ for: 'ever' });
  }
  if (!vm.task || vm.task.id !== -1) throw new Beyond('yield here');
  vm.task.wait = { for: 'ever' };
  vm.task.resume = { value };
  return parked;
}

/** A step of `for await`: what is awaited next, a promise of `{ value, done }` or that itself. */
export function asyncNext(vm: Vm, it: Value): Value {
  const o = vm.obj(it);
  if (o?.k === 'agen') return request(vm, it, 'next', undef);
  if (o?.s !== 'from-sync') return vm.call(vm.lang.get(vm, o?.v ?? undef, 'next'), [], undefined, o?.v ?? undef);
  const value = vm.lang.next(vm, o.v ?? undef);
  if (value === undefined) return plain(vm, { value: undef, done: true });
  if (vm.obj(value)?.k !== 'promise') return plain(vm, { value, done: false });
  const promise = makePromise(vm);
  react(vm, idOf(value), { fulfilled: builtin('%iterator result'), rejected: undef, promise: idOf(promise) });
  return promise;
}

/** A loop is left before its iterator's end. */
export function closeIterator(vm: Vm, it: Value): void {
  const o = vm.obj(it);
  if (o?.k === 'gen' && o.n !== 2) resume(vm, it, undef, 'return');
  else if (o?.k === 'agen') request(vm, it, 'return', undef);
  else if (o?.s === 'from-sync') closeIterator(vm, o.v ?? undef);
  else if (o?.s === 'protocol' || o?.s === 'async-protocol') {
    const end = vm.lang.get(vm, o.v ?? undef, 'return');
    if (isTagged(end) && end.t !== 'u') vm.call(end, [], undefined, o.v ?? undef);
  }
}

const step =
  (how: Completion) =>
  (vm: Vm, [sent = undef]: readonly Value[], self: Value): Value => {
    const o = vm.obj(self);
    if (o?.k !== 'gen') {
      const v = how === 'next' ? vm.lang.next(vm, self, sent) : undefined;
      return plain(vm, { value: v ?? (how === 'return' ? sent : undef), done: v === undefined });
    }
    const v = resume(vm, self, sent, how);
    if (v !== undefined) return plain(vm, { value: v, done: false });
    const last = present(vm.obj(self)?.v);
    if (vm.obj(self)?.v !== undefined) delete vm.own(self).v;
    return plain(vm, { value: last, done: true });
  };

const asked =
  (how: Completion) =>
  (vm: Vm, [sent = undef]: readonly Value[], self: Value): Value =>
    request(vm, self, how, sent);

/** Methods of generators and async generators. */
export const generatorNatives: Natives = {
  'G.next': step('next'),
  'G.return': step('return'),
  'G.throw': step('throw'),
  'AG.next': asked('next'),
  'AG.return': asked('return'),
  'AG.throw': asked('throw'),
  '%iterator result': (vm, [value = undef]) => plain(vm, { value, done: false }),
  '%generator serve': (vm, _a, self) => {
    if (vm.obj(self)?.n !== 3) serve(vm, self);
    return undef;
  },
  '%generator done': (vm, [v = undef], self) => {
    finish(vm, self, v, undef);
    return undef;
  },
  '%generator failed': (vm, [reason = undef], self) => {
    const end = vm.obj(reason);
    finish(vm, self, end?.k === 'completion' ? present(end.v) : undefined, reason);
    return undef;
  },
};
