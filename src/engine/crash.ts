import type { Id, Us } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';
import { endProcess, setTimer } from '../kernel/process.ts';
import { type Signal, signalNumber } from '../kernel/signals.ts';
import { randomHex } from '../kernel/world.ts';
import { engine, engineState, serviceName } from './state.ts';

/** A program that is broken: what it does ends with a signal that the kernel sends it (a segmentation fault, an abort). */
export interface Crash {
  /** Part of the command line of the processes that it happens to, in containers only. */
  readonly process: string;
  readonly signal: Signal;
  /** How long such a process lives at most, µs. */
  readonly after: Us;
  /** It happens to those that come later too. */
  readonly again: boolean;
}

/** From now on a program crashes. */
export function breakProgram(m: Machine, crash: Crash): void {
  const id = randomHex(m, 16);
  engine(m).crashes = { ...engineState(m).crashes, [id]: crash };
  setTimer(m, serviceName, `crash:${id}`, m.world.now + crash.after);
}

/** It is time for a crash. Processes of containers end as by a fault of their own, also process 1. */
export function crashNow(m: Machine, id: Id): void {
  const { crashes = {}, tasks } = engineState(m);
  const crash = crashes[id];
  if (!crash) return;
  const groups = Object.values(tasks).map(({ cgroup }) => cgroup);
  const inContainer = (cgroup: string) => groups.some((group) => cgroup === group || cgroup.startsWith(`${group}/`));
  const hit = Object.values(m.kernel.processes).filter(
    ({ argv, cgroup, status }) =>
      !('zombie' in status) && argv.join(' ').includes(crash.process) && inContainer(cgroup),
  );
  // a process that the end of another one took along is gone
  for (const { pid } of hit) endProcess(m, pid, { code: 128 + signalNumber(crash.signal), signal: crash.signal });
  if (hit.length > 0 && !crash.again) {
    const { [id]: _done, ...others } = crashes;
    engine(m).crashes = others;
  } else setTimer(m, serviceName, `crash:${id}`, m.world.now + crash.after);
}
