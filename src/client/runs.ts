import { endRun, feedRun } from '../kernel/client-run.ts';
import type { Id } from '../kernel/json.ts';
import { machineOf, type Simulation } from '../kernel/simulation.ts';

/** Runs whose client has died (it was killed) are hung up. */
export function dropDeadRuns(sim: Simulation): void {
  for (const run of Object.values(sim.world.runs)) {
    if (!isAlive(run.client)) hangUpRun(sim, run.id);
  }
}

/** A run's terminal was closed, or its client is no more: its programs get a SIGHUP, and nobody looks at it any longer. */
export function hangUpRun(sim: Simulation, id: Id): void {
  const run = sim.world.runs[id];
  if (!run) return;
  const m = machineOf(sim, run.host);
  feedRun(m, id, { signal: 'SIGHUP' });
  endRun(m, id);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
