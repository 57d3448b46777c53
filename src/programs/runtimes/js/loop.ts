import type { Loop } from '../core/schedule.ts';
import { undef } from '../core/values.ts';
import { Thrown, type Vm } from '../core/vm.ts';
import { callShown, runTask } from './calls.ts';
import { isError } from './inspect.ts';
import { makeError, stackOf } from './objects.ts';
import { placeIn } from './places.ts';
import { microtask, unhandled } from './promises.ts';

/** Does something; what it throws goes to the program's handler of uncaughtException, and the program goes on. */
function surviving(vm: Vm, act: () => void): void {
  try {
    act();
  } catch (error) {
    const handler = vm.signals.uncaughtException;
    if (!(error instanceof Thrown) || handler === undefined) throw error;
    vm.call(handler, [error.value, 'uncaughtException']);
  }
}

/** How node lets things happen: the queue of promises first, then timers, then what the network brings. */
export const nodeLoop: Loop = {
  mainEnds: false,
  run: (vm, task) => {
    let outcome: 'done' | 'parked' | 'yield' = 'done';
    const { then } = task;
    surviving(vm, () => {
      if (then === undefined) {
        outcome = runTask(vm, task, 'task');
        return;
      }
      // one of node's own, that reads: its function says whether it goes on
      const got = task.frames[0]?.st.pop() ?? undef;
      const more = vm.native(then.native)(vm, [got], then.data, {}) === true;
      if (more) task.wait = { for: 'input' };
      outcome = more ? 'parked' : 'done';
    });
    return outcome;
  },
  micro(vm) {
    if (microtask(vm)) return true;
    const reason = unhandled(vm);
    if (reason === undefined) return false;
    const handler = vm.signals.unhandledRejection;
    if (handler !== undefined) {
      vm.call(handler, [reason]);
      return true;
    }
    const o = vm.obj(reason);
    if (o && isError(vm, o)) {
      const thrown = new Thrown(reason);
      const at = placeIn(String(stackOf(vm, reason)));
      if (at) thrown.at = at;
      throw thrown;
    }
    const shown = vm.native('util.inspect')(vm, [reason], null, {});
    const message = `This error originated either by throwing inside of an async function without a catch block, or by rejecting a promise which was not handled with .catch(). The promise rejected with the reason "${typeof reason === 'string' ? reason : String(shown)}".`;
    throw new Thrown(makeError(vm, 'UnhandledPromiseRejection', message, { code: 'ERR_UNHANDLED_REJECTION' }, ''));
  },
  timer: (vm, fn, args, label) =>
    surviving(vm, () => {
      if (label === undefined) vm.call(fn, args);
      else callShown(vm, fn, args, (own) => (own === '' ? `${label}._on${label}` : `${label}.${own} [as _on${label}]`));
    }),
  poll: () => undefined,
};
