import { startRun, wantsInput } from '../kernel/client-run.ts';
import { isErrno, strerror } from '../kernel/errno.ts';
import { second, type Us } from '../kernel/json.ts';
import type { Software } from '../kernel/machine.ts';
import type { Exec } from '../kernel/program.ts';
import { drainRun } from '../kernel/runs.ts';
import { advance, begin, machineOf, nextDue } from '../kernel/simulation.ts';
import type { World } from '../kernel/state.ts';
import type { Step } from '../kernel/trace.ts';
import { catchUp, wallClock } from './clock.ts';
import { runBudget, turnOps } from './limits.ts';
import { execAt, seatIn } from './seat.ts';

/** What a command would do. */
export interface Rehearsal {
  readonly steps: readonly Step[];
  /** The end of what it would print. */
  readonly printed: string;
  /** Its exit status; undefined: it would go on, waiting for input or for others. */
  readonly status: number | undefined;
}

/** How much simulated time a rehearsal goes through. */
const longest: Us = 600 * second;

/**
 * Plays a command on a copy of the world that nobody keeps, as if typed on a terminal where nothing further is typed.
 * It is over when the command has ended, asks for input, waits for others, or after ten simulated minutes.
 */
export function rehearse(world: World, software: Software, exec: Exec): Rehearsal {
  const sim = begin(world, software);
  catchUp(sim, wallClock());
  sim.trace.length = 0;
  const seat = seatIn(sim);
  const { home, uid, gid, groups } = seat;
  const tty = { fds: [0, 1, 2] as const, cols: 80, rows: 24 };
  const m = machineOf(sim, seat.host);
  const run = startRun(m, {
    exec: execAt(m, seat, exec),
    ...(seat.parent === undefined ? {} : { parent: seat.parent }),
    cwd: home,
    uid,
    gid,
    groups,
    budget: runBudget,
    client: process.pid,
    tty,
  });
  if (isErrno(run)) throw new Error(`${exec.path}: ${strerror(run)}`);
  const end = sim.world.now + longest;
  let printed = '';
  for (let ops = runBudget; ops > 0; ops -= turnOps) {
    const due = nextDue(sim);
    const stopped = advance(sim, { until: Math.min(end, due ?? end), ops: turnOps, run });
    for (const { bytes } of drainRun(machineOf(sim, seat.host), run)) printed = (printed + bytes).slice(-4096);
    if (stopped === 'exited' || stopped === 'idle') break;
    if (sim.world.now >= end || wantsInput(machineOf(sim, seat.host), run)) break;
  }
  const steps = sim.trace.filter((step) => step.run === run);
  return { steps, printed, status: sim.world.runs[run]?.exit?.code };
}
