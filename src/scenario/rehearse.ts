import { second } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';
import { advance, begin, machineOf, snapshot } from '../kernel/simulation.ts';
import { judge } from './checks/judge.ts';
import { type Seen, witness } from './checks/seen.ts';
import { fetchInside } from './fetch.ts';
import type { Step } from './schema/scenario.ts';
import { Stage } from './stage.ts';
import { solutionEnv } from './word.ts';

/** What a moment later is not so any more (a container that ends at once) shall not count. */
const moment = second;

/** The machine a moment later, as a copy that nobody keeps. */
export function settled(m: Machine): Machine {
  const sim = begin(m.world, m.software);
  advance(sim, { until: sim.world.now + moment, ops: moment });
  return machineOf(sim, m.hostId);
}

/** Would the step's own solution still do it, as things are now? Tried on a copy that nobody keeps. */
export function solutionWorks(m: Machine, step: Step, before: Seen): boolean {
  const stage = new Stage(snapshot(begin(m.world, m.software)), m.software, {
    host: m.hostId,
    env: solutionEnv,
  });
  let seen = before;
  for (const command of step.solution) {
    const { steps, printed, status } = stage.line(command);
    seen = witness(seen, steps, printed, status);
    const now = settled(stage.machine);
    const view = { m: now, seen, fetch: (url: string) => fetchInside(now, url) };
    if (step.checks.every((check) => judge(check, view).ok)) return true;
  }
  return false;
}
