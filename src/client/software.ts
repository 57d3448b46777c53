import { dockerProgram } from '../cli/program.ts';
import { dockerd } from '../engine/service.ts';
import { serviceName } from '../engine/state.ts';
import { userFilesService } from '../engine/user-files.ts';
import { guestDisk } from '../host/guest.ts';
import { daemon } from '../kernel/daemon.ts';
import type { Service, Software } from '../kernel/machine.ts';
import type { Program } from '../kernel/program.ts';
import { systemProgram } from '../programs/installed.ts';
import { answerRegistry, beginRegistry, resumeRegistry } from '../registry/entry.ts';
import { makeHypervisor, startVm, stepVm } from '../vm/entry.ts';
import { serviceName as hypervisorName } from '../vm/state.ts';

const own: ReadonlyMap<string, Program> = new Map([
  ['docker', dockerProgram],
  ['registry', { start: beginRegistry, step: (state, _wake, sys) => resumeRegistry(state, sys) }],
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

/** Node's own hash is loaded only when it is asked for: it takes a while. */
function sha256(parts: Iterable<string>): string {
  const hash = process.getBuiltinModule('node:crypto').createHash('sha256');
  for (const part of parts) hash.update(part, 'latin1');
  return hash.digest('hex');
}

/**
 * Everything that the simulated machines can execute, and the services that answer on them; `files` is the service of
 * the real computer's files, for commands that may use them.
 */
export function installedSoftware(files?: Service): Software {
  const services = new Map<string, Service>([
    [serviceName, dockerd],
    ['registry', { stateless: true, request: (m, _pid, message) => answerRegistry(m, message) }],
    [hypervisorName, hypervisor],
  ]);
  if (files) services.set(userFilesService, files);
  return { programs: { get: (name) => own.get(name) ?? systemProgram(name) }, services, sha256 };
}
