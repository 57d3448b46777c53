import type { Id, Us } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { setTimer } from '../../kernel/process.ts';
import { serviceName } from '../state.ts';

/** Goes on with a build after a time: the engine's timer `build:JOB:WHAT`. */
export function later(m: Machine, job: Id, delay: Us, what: string): void {
  setTimer(m, serviceName, `build:${job}:${what}`, m.world.now + delay);
}
