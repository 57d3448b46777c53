import type { Micro } from '../core/state.ts';
import { builtin, isTagged, present, ref, undef, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';

/** What is to happen when a promise is settled: a task goes on, or functions are called and settle another promise. */
type Reaction =
  | { readonly task: number }
  | { readonly fulfilled: Value; readonly rejected: Value; readonly promise: number };

const id = (v: Value): number => (isTagged(v) && v.t === 'ref' ? v.r : -1);

export function makePromise(vm: Vm): Value {
  return vm.make({ k: 'promise', s: 'pending', v: undef, x: [], n: 0 });
}

/** Resolves a promise with a value; with another promise it follows that one. */
export function resolvePromise(vm: Vm, promise: number, value: Value): void {
  const other = vm.obj(value);
  if (other?.k === 'promise') {
    react(vm, id(value), {
      fulfilled: builtin('%resolve', ref(promise)),
      rejected: builtin('%reject', ref(promise)),
      promise: -1,
    });
    return;
  }
  if (other?.k === 'object') {
    const then = vm.lang.get(vm, value, 'then');
    if (vm.obj(then)?.k === 'fn') {
      vm.call(then, [builtin('%resolve', ref(promise)), builtin('%reject', ref(promise))], undefined, value);
      return;
    }
  }
  settle(vm, promise, 'fulfilled', value);
}
export function reject(vm: Vm, promise: number, reason: Value): void {
  if (vm.at(promise).s !== 'pending') return;
  if (vm.at(promise).n !== 1) vm.globals[`%rejected:${promise}`] = ref(promise);
  settle(vm, promise, 'rejected', reason);
}

function settle(vm: Vm, promise: number, state: 'fulfilled' | 'rejected', value: Value): void {
  const o = vm.at(promise);
  if (o.s !== 'pending') return;
  const own = vm.ownAt(promise);
  const reactions = own.x as unknown as readonly Reaction[];
  Object.assign(own, { s: state, v: value, x: [] });
  for (const reaction of reactions) queue(vm, reaction, state, value);
}

function queue(vm: Vm, reaction: Reaction, state: string, value: Value): void {
  const thrown = state === 'rejected';
  if ('task' in reaction) vm.micro.push({ task: reaction.task, value, thrown });
  else vm.micro.push({ fn: thrown ? reaction.rejected : reaction.fulfilled, value, promise: reaction.promise, thrown });
}

/** Adds what is to happen when the promise is settled, which may be soon. */
export function react(vm: Vm, promise: number, reaction: Reaction): void {
  const own = vm.ownAt(promise);
  own.n = 1; // a rejection is handled
  if (own.s === 'pending') own.x = [...(own.x as never as Reaction[]), reaction] as never;
  else queue(vm, reaction, own.s ?? '', present(own.v));
}

/** A rejection that nobody has handled by the end of the queue: its reason. */
export function unhandled(vm: Vm): Value | undefined {
  for (const key of Object.keys(vm.globals)) {
    if (!key.startsWith('%rejected:')) continue;
    const o = vm.obj(vm.globals[key] ?? null);
    delete vm.globals[key];
    if (o && o.n !== 1) return o.v;
  }
  return undefined;
}

const isTick = (one: Micro): boolean => 'tick' in one && one.tick === true;

/** Works off the queue. Returns the first task that can go on, or undefined when the queue is empty. */
export function microtask(vm: Vm): boolean {
  // what nextTick wants is done before the jobs of promises, but not between them
  const jobs = vm.micro.some((one) => !isTick(one));
  const ticks = vm.micro.some(isTick) && (vm.globals['%jobs'] !== true || !jobs);
  if (ticks || !jobs) delete vm.globals['%jobs'];
  else vm.globals['%jobs'] = true;
  const at = vm.micro.findIndex((one) => isTick(one) === ticks);
  const [job] = at < 0 ? [] : vm.micro.splice(at, 1);
  if (!job) return false;
  if ('task' in job) {
    const task = vm.tasks.find((one) => one.id === job.task);
    if (task) vm.wake(task, job.value, job.thrown);
    return true;
  }
  const callable = isTagged(job.fn) && job.fn.t !== 'u';
  if (!callable) {
    if (job.promise >= 0) {
      if (job.thrown) reject(vm, job.promise, job.value);
      else resolvePromise(vm, job.promise, job.value);
    }
    return true;
  }
  try {
    const result = vm.call(job.fn, job.args ?? [job.value]);
    if (job.promise >= 0) resolvePromise(vm, job.promise, result);
  } catch (error) {
    if (job.promise < 0 || typeof error !== 'object' || error === null || !('value' in error)) throw error;
    reject(vm, job.promise, error.value as Value);
  }
  return true;
}
