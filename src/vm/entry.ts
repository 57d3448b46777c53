import type { DirNode } from '../kernel/fs/node.ts';
import type { Json, Us } from '../kernel/json.ts';
import type { Machine, Service } from '../kernel/machine.ts';
import type { Exec, Exit, Next, Program, Sys, Wake } from '../kernel/program.ts';
import { dmesg } from './dmesg.ts';
import { isGuestShell, startGuestShell, stepGuestShell } from './guest-shell.ts';
import { hypervisorService } from './hypervisor.ts';
import { vmProgram } from './program.ts';
import { sessionEnded } from './sessions.ts';
import type { SystemId } from './systems.ts';

// Functions, so that whoever knows of virtual machines need not load them before there is one.

/** Starts the `vm` program, as `Program.start` does. */
export function startVm(exec: Exec, sys: Sys): Next<Json> {
  return exec.argv[1] === 'shell' ? startGuestShell(exec, sys) : (vmProgram as Program).start(exec, sys);
}

/** Goes on with the `vm` program, as `Program.step` does. */
export function stepVm(state: Json, wake: Wake, sys: Sys): Next<Json> {
  return isGuestShell(state) ? stepGuestShell(state, wake, sys) : (vmProgram as Program).step(state, wake, sys);
}

/** Runs `dmesg` in a guest. */
export function startDmesg(exec: Exec, sys: Sys): Next<Json> {
  return { exit: dmesg(exec, sys) };
}

/** The hypervisor; `disk` makes what a new machine's disk holds. */
export function makeHypervisor(disk: (hostname: string, now: Us, system?: SystemId) => DirNode): Service {
  return hypervisorService(disk);
}

/** A process that a guest's sshd had started has ended. */
export function guestSessionEnded(guest: Machine, pid: number, exit: Exit): void {
  sessionEnded(guest, pid, exit);
}
