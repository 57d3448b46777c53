import type { Json } from '../../kernel/json.ts';
import type { Exec, Next, Sys, Wake } from '../../kernel/program.ts';
import { vagrantProgram } from './program.ts';

/** Starts `vagrant`, as `Program.start` does. */
export function startVagrant(exec: Exec, sys: Sys): Next<Json> {
  return vagrantProgram.start(exec, sys);
}

/** Goes on with `vagrant`, as `Program.step` does. */
export function stepVagrant(state: Json, wake: Wake, sys: Sys): Next<Json> {
  return vagrantProgram.step(state, wake, sys);
}
