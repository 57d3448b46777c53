import { dockerProgram } from '../cli/program.ts';
import { dockerd } from '../engine/service.ts';
import { serviceName } from '../engine/state.ts';
import { userFilesService } from '../engine/user-files.ts';
import { guestDisk } from '../host/guest.ts';
import { daemon } from '../kernel/daemon.ts';
import type { Service, Software } from '../kernel/machine.ts';
import type { Program } from '../kernel/program.ts';
import { systemProgram } from '../programs/installed.ts';
import { makeHypervisor, startVm, stepVm } from '../vm/entry.ts';
import { serviceName as hypervisorName } from '../vm/state.ts';

const own: ReadonlyMap<string, Program> = new Map([
  ['docker', dockerProgram],
  ['vm', { start: startVm, step: stepVm }],
  ...['init', 'dockerd', 'containerd', 'shim', 'docker-proxy', 'vmm', 'guest-service'].map(
    (name) => [name, daemon] as const,
  ),
]);

/** Loaded when somebody asks for it, or one of its machines does something. */
const hypervisor: Service = {
  stateless: true,
  request: (m, pid, message) => makeHypervisor(guestDisk).request(m, pid, message),
  childExited: (m, pid, exit) => makeHypervisor(guestDisk).childExited?.(m, pid, exit),
  timer: (m, key) => makeHypervisor(guestDisk).timer?.(m, key),
  io: (m, key) => makeHypervisor(guestDisk).io?.(m, key),
};

/**
 * Everything that the simulated machines can execute, and the services that answer on them; `files` is the service of
 * the real computer's files, for commands that may use them.
 */
export function installedSoftware(files?: Service): Software {
  const services = new Map([
    [serviceName, dockerd],
    [hypervisorName, hypervisor],
  ]);
  if (files) services.set(userFilesService, files);
  return { programs: { get: (name) => own.get(name) ?? systemProgram(name) }, services };
}
