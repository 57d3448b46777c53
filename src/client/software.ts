import { dockerProgram } from '../cli/program.ts';
import { dockerd } from '../engine/service.ts';
import { serviceName } from '../engine/state.ts';
import { userFilesService } from '../engine/user-files.ts';
import { hostProgram, hostService } from '../host/entry.ts';
import { guestDisk } from '../host/guest.ts';
import { daemon } from '../kernel/daemon.ts';
import { fail } from '../kernel/errno.ts';
import type { Service, Software } from '../kernel/machine.ts';
import type { Program } from '../kernel/program.ts';
import { systemProgram } from '../programs/installed.ts';
import { answerRegistry, beginRegistry, resumeRegistry } from '../registry/entry.ts';
import { guestSessionEnded, makeHypervisor, startDmesg, startVm, stepVm } from '../vm/entry.ts';
import { serviceName as hypervisorName } from '../vm/state.ts';
import { startVagrant, stepVagrant } from '../vm/vagrant/entry.ts';
import { startVboxManage } from '../vm/virtualbox/entry.ts';

const own: ReadonlyMap<string, Program> = new Map([
  ['docker', dockerProgram],
  ['registry', { start: beginRegistry, step: (state, _wake, sys) => resumeRegistry(state, sys) }],
  ['vm', { start: startVm, step: stepVm }],
  ['vagrant', { start: startVagrant, step: stepVagrant }],
  ['guest-dmesg', { start: startDmesg, step: () => ({ exit: 0 }) }],
  ['VBoxManage', { start: startVboxManage, step: () => ({ exit: 0 }) }],
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

/** sshd of a guest: its sessions belong to clients on the host. */
const guestSshd: Service = {
  stateless: true,
  request: () => fail('EOPNOTSUPP'),
  childExited: (m, pid, exit) => {
    guestSessionEnded(m, pid, exit);
    // a session that ssh began
    hostService('sshd').childExited?.(m, pid, exit);
  },
};

/** What only worlds with several computers need: loaded when one of them does something. */
const late = (name: string): Service => ({
  stateless: true,
  request: (m, pid, message) => hostService(name).request(m, pid, message),
  childExited: (m, pid, exit) => hostService(name).childExited?.(m, pid, exit),
  timer: (m, key) => hostService(name).timer?.(m, key),
  io: (m, key) => hostService(name).io?.(m, key),
});
const lateServices = ['wire', 'engine-link', 'sshd', 'systemd', 'outside'];
const latePrograms = /^(?:ssh|sshd|dial-stdio|systemctl|journalctl|machine-tool|newgrp|command-not-found)$/;

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
    ['guest-sshd', guestSshd],
    ...lateServices.map((name) => [name, late(name)] as const),
  ]);
  if (files) services.set(userFilesService, files);
  return {
    programs: { get: (name) => own.get(name) ?? (latePrograms.test(name) ? hostProgram(name) : systemProgram(name)) },
    services,
    sha256,
  };
}
