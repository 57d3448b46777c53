import type { Loop } from '../core/schedule.ts';
import { Thrown, type Vm } from '../core/vm.ts';
import { runTask } from './calls.ts';
import { isError } from './inspect.ts';
import { makeError } from './objects.ts';
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
    surviving(vm, () => {
      outcome = runTask(vm, task, 'task');
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
      const [, path = '', line, column] = /\n {4}at (?:.*\()?([^()\n]*):(\d+):(\d+)\)?/.exec(String(o.p?.stack)) ?? [];
      if (line !== undefined) thrown.at = { path, line: Number(line), column: Number(column) - 1 };
      throw thrown;
    }
    const shown = vm.native('util.inspect')(vm, [reason], null, {});
    const message = `This error originated either by throwing inside of an async function without a catch block, or by rejecting a promise which was not handled with .catch(). The promise rejected with the reason "${typeof reason === 'string' ? reason : String(shown)}".`;
    throw new Thrown(makeError(vm, 'UnhandledPromiseRejection', message, { code: 'ERR_UNHANDLED_REJECTION' }, ''));
  },
  timer: (vm, fn, args) => surviving(vm, () => void vm.call(fn, args)),
  poll: () => undefined,
};
