import type { Json } from '../../../kernel/json.ts';
import type { Exec, Next, Sys, Wake } from '../../../kernel/program.ts';
import { startJava, stepJava } from './java.ts';
import { javac, javap } from './javac.ts';
import type { JavaState } from './machine/machine.ts';

/** Begins one of Java's programs by its name. */
export function startJavaTool(name: string, exec: Exec, sys: Sys): Next<Json> {
  if (name === 'javac') return { exit: javac(exec, sys) };
  if (name === 'javap') return { exit: javap(exec, sys) };
  return startJava(exec, sys) as Next<Json>;
}

/** Goes on with a Java virtual machine. */
export function stepJavaTool(_name: string, state: Json, wake: Wake, sys: Sys): Next<Json> {
  return stepJava(state as unknown as JavaState, wake, sys) as Next<Json>;
}
