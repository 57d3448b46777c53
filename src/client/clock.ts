import { second, type Us } from '../kernel/json.ts';
import { advance, type Simulation } from '../kernel/simulation.ts';

/** Processor time that catching up may use, µs: a few hundredths of a second of ours. */
const catchUpOps = 200_000;

/** Time lost that is worth a word: less may be a busy computer, not one that slept. */
const worthTelling = 5 * second;

/** The wall clock, microseconds since 1970. */
export function wallClock(): Us {
  return Date.now() * 1000;
}

/**
 * Lets the world catch up with the wall clock. True when that is far too much work for the first time: then the machine counts as
 * suspended for the rest, as a laptop sleeps, and its clock goes on from where it is.
 */
export function catchUp(sim: Simulation, wall: Us): boolean {
  const target = wall + sim.world.wallOffset;
  if (target <= sim.world.now) return false;
  const behind = target - sim.world.now;
  const stopped = advance(sim, { until: target, ops: catchUpOps });
  const before = sim.world.suspended === true;
  sim.world.suspended = stopped === 'ops';
  if (stopped !== 'ops') return false;
  sim.world.wallOffset = sim.world.now - wall;
  return behind > worthTelling && !before;
}

/** Makes the world's clock go on from where it stands: for worlds that come from elsewhere (undo, a file). */
export function restartClock<W extends { readonly now: Us; readonly wallOffset: Us }>(world: W, wall: Us): W {
  return { ...world, wallOffset: world.now - wall };
}
