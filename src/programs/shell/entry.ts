import type { Json } from '../../kernel/json.ts';
import type { Exec, Next, Program, Sys, Wake } from '../../kernel/program.ts';
import type { Flavour } from './flavour.ts';
import { shellOf, shellProgram } from './program.ts';

// Functions, not the program itself, so that whoever knows a shell need not load it before it runs.

/** Starts a shell, as `Program.start` does. */
export function startShell(exec: Exec, sys: Sys, flavour: Flavour): Next<Json> {
  return (shellOf(flavour) as Program).start(exec, sys);
}

/** Goes on with a shell, as `Program.step` does. */
export function stepShell(state: Json, wake: Wake, sys: Sys): Next<Json> {
  return (shellProgram as Program).step(state, wake, sys);
}
