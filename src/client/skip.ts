import { wantsInput } from '../kernel/client-run.ts';
import { type Id, second, type Us } from '../kernel/json.ts';
import { advance, machineOf, nextDue, type Simulation, type Stopped } from '../kernel/simulation.ts';
import { firstHost } from './first-host.ts';
import { turnOps } from './limits.ts';

/** What one key skips at most once things happen every moment, µs. */
const longestSkip: Us = 60 * second;

/** To the next alarm, and on through those that follow soon after each other (a download's): undefined when there is none. */
export function skipAhead(sim: Simulation, run: Id): Stopped | undefined {
  const end = sim.world.now + longestSkip;
  let stopped: Stopped | undefined;
  for (let due = nextDue(sim); due !== undefined; due = nextDue(sim)) {
    const now = sim.world.now;
    if (stopped && (due - now >= second || due > end)) break;
    stopped = advance(sim, { until: due, ops: turnOps, run });
    if (stopped !== 'until') break;
    if (wantsInput(machineOf(sim, sim.world.runs[run]?.host ?? firstHost), run)) break;
  }
  return stopped;
}
