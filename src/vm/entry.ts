import type { DirNode } from '../kernel/fs/node.ts';
import type { Json, Us } from '../kernel/json.ts';
import type { Service } from '../kernel/machine.ts';
import type { Exec, Next, Program, Sys, Wake } from '../kernel/program.ts';
import { hypervisorService } from './hypervisor.ts';
import { vmProgram } from './program.ts';

// Functions, so that whoever knows of virtual machines need not load them before there is one.

/** Starts the `vm` program, as `Program.start` does. */
export function startVm(exec: Exec, sys: Sys): Next<Json> {
  return (vmProgram as Program).start(exec, sys);
}

/** Goes on with the `vm` program, as `Program.step` does. */
export function stepVm(state: Json, wake: Wake, sys: Sys): Next<Json> {
  return (vmProgram as Program).step(state, wake, sys);
}

/** The hypervisor; `disk` makes what a new machine's disk holds. */
export function makeHypervisor(disk: (hostname: string, now: Us) => DirNode): Service {
  return hypervisorService(disk);
}
