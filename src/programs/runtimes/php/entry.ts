import type { Json } from '../../../kernel/json.ts';
import type { Exec, Next, Program, Sys, Wake } from '../../../kernel/program.ts';
import { apacheWithPhp } from './apache.ts';
import { phpProgram } from './php.ts';

/** Begins `php`. */
export function startPhp(exec: Exec, sys: Sys): Next<Json> {
  return (phpProgram as unknown as Program).start(exec, sys);
}

/** Goes on with it. */
export function stepPhp(state: Json, wake: Wake, sys: Sys): Next<Json> {
  return (phpProgram as unknown as Program).step(state, wake, sys);
}

/** Begins `apache2` with PHP as its module. */
export function startApache(exec: Exec, sys: Sys): Next<Json> {
  return (apacheWithPhp as unknown as Program).start(exec, sys);
}

/** Goes on with it. */
export function stepApache(state: Json, wake: Wake, sys: Sys): Next<Json> {
  return (apacheWithPhp as unknown as Program).step(state, wake, sys);
}
