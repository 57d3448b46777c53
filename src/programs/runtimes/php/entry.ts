import type { Json } from '../../../kernel/json.ts';
import type { Exec, Next, Program, Sys, Wake } from '../../../kernel/program.ts';
import { phpProgram } from './php.ts';

/** Begins `php`. */
export function startPhp(exec: Exec, sys: Sys): Next<Json> {
  return (phpProgram as unknown as Program).start(exec, sys);
}

/** Goes on with it. */
export function stepPhp(state: Json, wake: Wake, sys: Sys): Next<Json> {
  return (phpProgram as unknown as Program).step(state, wake, sys);
}
