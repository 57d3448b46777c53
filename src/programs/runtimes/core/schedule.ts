import type { Sys, Wait } from '../../../kernel/program.ts';
import { ioReady, ioWait } from '../web/connections.ts';
import type { Task } from './state.ts';
import { Ended, Thrown, type Vm } from './vm.ts';

/** How a program that was run for a while stands. */
export type Turn = { readonly exit: number } | { readonly wait: Wait } | { readonly yield: true };

/** What a language does with its tasks. */
export interface Loop {
  /** Runs a task that can go on. */
  run(vm: Vm, task: Task): 'done' | 'parked' | 'yield';
  /** One job of the queue; false when there is none. */
  micro(vm: Vm): boolean;
  /** Runs what a timer wants done. */
  timer(vm: Vm, fn: import('./values.ts').Value, args: readonly import('./values.ts').Value[], label?: string): void;
  /** May a task that waits for channels go on? */
  poll(vm: Vm, task: Task): void;
  /** The program ends with its first task (Go), or when nothing is left to do. */
  readonly mainEnds: boolean;
}

/** Runs all that can run now. */
export function turn(vm: Vm, loop: Loop, sys: Sys): Turn {
  try {
    return rounds(vm, loop, sys);
  } catch (error) {
    if (error instanceof Ended) return { exit: error.code };
    if (error instanceof Thrown) return { exit: vm.lang.uncaught(vm, error) };
    throw error;
  }
}

function rounds(vm: Vm, loop: Loop, sys: Sys): Turn {
  for (;;) {
    if (vm.exhausted) return { yield: true };
    vm.rest();
    vm.tick(40);
    // what can go on does so before the next job of the queue: a job that wakes a task is that task's next part
    if (!vm.tasks.some(({ wait }) => wait === undefined) && loop.micro(vm)) continue;
    for (const task of vm.tasks) {
      const { wait } = task;
      if (wait?.for === 'time' && wait.until <= sys.now) vm.wake(task, null);
      else if (wait?.for === 'channel') loop.poll(vm, task);
      else if (wait?.for === 'input') takeInput(vm, task);
    }
    const ready = vm.tasks.find(({ wait }) => wait === undefined);
    if (ready) {
      const main = vm.tasks[0] === ready && ready.id === 0;
      const outcome = runTask(vm, loop, ready);
      if (outcome === 'yield') return { yield: true };
      if (outcome === 'done') {
        vm.tasks = vm.tasks.filter((one) => one !== ready);
        if (main && loop.mainEnds) return ended(vm);
      } else if (!ready.wait) vm.tasks = [...vm.tasks.filter((one) => one !== ready), ready];
      continue;
    }
    const due = vm.timers.filter(({ at }) => at <= sys.now).toSorted((a, b) => a.at - b.at || a.id - b.id)[0];
    if (due) {
      if (due.every === undefined) vm.timers = vm.timers.filter((one) => one !== due);
      else vm.timers = vm.timers.map((one) => (one === due ? { ...one, at: sys.now + (due.every ?? 0) } : one));
      loop.timer(vm, due.fn, due.args, due.label);
      continue;
    }
    if (ioReady(vm)) continue;
    const tasks = vm.tasks.filter(({ daemon }) => !daemon);
    const timers = vm.timers.filter(({ weak }) => !weak);
    if (tasks.length === 0 && timers.length === 0 && vm.listeners.length === 0 && vm.connections.length === 0) {
      if (vm.lang.atExit?.(vm)) continue;
      return ended(vm);
    }
    const times = [
      ...vm.timers.map(({ at }) => at),
      ...vm.tasks.flatMap(({ wait }) => (wait?.for === 'time' ? [wait.until] : [])),
    ];
    const reads = vm.tasks.some(({ wait }) => wait?.for === 'input') ? [0] : [];
    const io = ioWait(vm);
    if (times.length === 0 && reads.length === 0 && io.readable.length === 0 && io.writable.length === 0) {
      const code = vm.lang.stuck?.(vm);
      if (code !== undefined) return { exit: code };
    }
    return {
      wait: {
        readable: [...reads, ...io.readable],
        writable: io.writable,
        ...(times.length === 0 ? {} : { until: Math.min(...times) }),
      },
    };
  }
}

function runTask(vm: Vm, loop: Loop, task: Task): 'done' | 'parked' | 'yield' {
  const { resume } = task;
  delete task.resume;
  const top = task.frames[task.frames.length - 1];
  if (resume && top) {
    if (resume.thrown) {
      const thrown = new Thrown(resume.value);
      if (!vm.raiseIn(task.frames, thrown)) {
        if (task.promise === undefined) throw thrown;
        vm.lang.natives['%reject']?.(vm, [resume.value], { t: 'ref', r: task.promise }, {});
        return 'done';
      }
    } else top.st.push(resume.value);
  }
  return loop.run(vm, task);
}

function takeInput(vm: Vm, task: Task): void {
  while (!vm.input.includes('\n') && !vm.inputEnded) {
    const got = vm.sys.read(0, 65536);
    if (got === 'again') return;
    if (got === 'eof' || typeof got !== 'object' || !('bytes' in got)) vm.inputEnded = true;
    else vm.input += got.bytes;
  }
  const end = vm.input.indexOf('\n');
  const line = end < 0 ? vm.input : vm.input.slice(0, end + 1);
  vm.input = vm.input.slice(line.length);
  vm.wake(task, line);
}

function ended(vm: Vm): Turn {
  const code = vm.lang.natives['%exit code']?.(vm, [], null, {});
  return { exit: typeof code === 'number' ? code : 0 };
}
