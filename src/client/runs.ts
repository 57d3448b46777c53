import { endRun, feedRun } from '../kernel/client-run.ts';
import { machineOf, type Simulation } from '../kernel/simulation.ts';

/** Runs whose client has died (its terminal was closed, it was killed) get a SIGHUP, as the terminal's programs do. */
export function dropDeadRuns(sim: Simulation): void {
  for (const run of Object.values(sim.world.runs)) {
    if (isAlive(run.client)) continue;
    const m = machineOf(sim, run.host);
    feedRun(m, run.id, { signal: 'SIGHUP' });
    endRun(m, run.id);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
