import type { Natives } from '../core/lang.ts';
import type { Frame, Task } from '../core/state.ts';
import { Beyond } from '../core/tree.ts';
import { numeric, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { callPy } from './calls.ts';

const taskOf = (vm: Vm, id: Value | undefined): Task | undefined => vm.tasks.find((one) => one.id === id);

/** What goes on is the last in the queue: tasks come in the order in which they could go on. */
function requeue(vm: Vm, task: Task): void {
  vm.tasks = [...vm.tasks.filter((one) => one !== task), task];
}

/** Frames of a call that has not begun. */
function framesOf(vm: Vm, fn: Value, args: readonly Value[]): Frame[] {
  const before = vm.frames;
  vm.frames = [];
  try {
    const made = callPy(vm, fn, args);
    const o = vm.obj(made as Value);
    return o?.k === 'coro' ? (o.x as unknown as Frame[]).map((f) => ({ ...f, st: [] })) : vm.frames;
  } finally {
    vm.frames = before;
  }
}

/** What threads and asyncio are written with in Python here: tasks that wait and wake each other. */
export const taskNatives: Natives = {
  // start(daemon, function, *args): another task, for a function that catches all that is thrown; its number
  '_waiting.start': (vm, [daemon = false, fn = null, ...args]) =>
    vm.spawn(framesOf(vm, fn, args), daemon === true ? { daemon: true } : {}).id,
  '_waiting.ident': (vm) => vm.task?.id ?? 0,
  // park(seconds): True when somebody woke it, None when the time was over
  '_waiting.park': (vm, [seconds = null]) => {
    if (!vm.task || vm.task.id === -1) throw new Beyond('waiting inside this call');
    const time = numeric(seconds);
    return vm.park(
      time === undefined ? { for: 'ever' } : { for: 'time', until: vm.sys.now + Math.round(Math.max(0, time) * 1e6) },
    );
  },
  '_waiting.wake': (vm, [id]) => {
    const task = taskOf(vm, id);
    if (!task?.wait || (task.wait.for !== 'ever' && task.wait.for !== 'time')) return false;
    vm.wake(task, true);
    requeue(vm, task);
    return true;
  },
  '_waiting.throw': (vm, [id, error = null]) => {
    const task = taskOf(vm, id);
    if (!task?.wait) return false;
    vm.wake(task, error, true);
    requeue(vm, task);
    return true;
  },
};

/** The program is at its end when its main task and all others that it waits for are: nothing else goes on then. */
export function endOfTask(vm: Vm, task: Task): void {
  if (task.id === 0) vm.globals['%main ended'] = true;
  if (vm.globals['%main ended'] !== true) return;
  if (vm.tasks.some((one) => one !== task && !one.daemon)) return;
  vm.tasks = [task];
  vm.timers = [];
  vm.listeners = [];
  vm.connections = [];
}

export { requeue };
