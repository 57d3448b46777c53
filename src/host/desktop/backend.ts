import { type Errno, fail, isErrno } from '../../kernel/errno.ts';
import { fileCalls } from '../../kernel/fs/sys-files.ts';
import type { Id, Json } from '../../kernel/json.ts';
import type { Machine, Service } from '../../kernel/machine.ts';
import type { Agent } from '../remote/link.ts';
import { step } from '../step.ts';

/** What Docker Desktop is on a computer, in `host.services.desktop`. */
export interface Desktop {
  readonly kind: 'mac' | 'windows';
  /** The host that is its hidden virtual machine, and the process there that takes what comes from outside. */
  readonly vm: Id;
  readonly agent: number;
  /** The processes of the computer: the backend, and the one that is the virtual machine. */
  readonly backend: number;
  readonly machine: number;
  /** The addresses at which the client finds it. */
  readonly sockets: readonly string[];
}

/** The name under which it is kept among the services of its host. */
export const desktopService = 'desktop';

/** The Docker Desktop of a computer, if it has one that runs. */
export function desktopOf(m: Machine): Desktop | undefined {
  const desktop = m.host.services[desktopService] as unknown as Desktop | undefined;
  return desktop && m.kernel.processes[desktop.backend] && m.world.hosts[desktop.vm] ? desktop : undefined;
}

/** Makes the agent in the hidden virtual machine that asks the engine there for the process `pid` of this computer. */
export function hiddenEngine(
  m: Machine,
  pid: number,
  desktop: Desktop,
  start: (there: Machine, parent: number, path: string, argv: readonly string[]) => number | Errno,
): Agent | undefined {
  const there = m.peer(desktop.vm);
  const argv = ['/usr/bin/vsudd', '-inport', '2376:unix:/var/run/docker.sock'];
  const agent = start(there, desktop.agent, '/usr/bin/vsudd', argv);
  if (isErrno(agent)) return undefined;
  const { kernel } = m.peer(desktop.vm.replace(/\/[^/]*$/, ''));
  if (!m.trace.some(({ action, run }) => action === 'desktop-forward' && run === m.run)) {
    step(m, 'com.docker.backend', 'desktop-forward', {
      kind: desktop.kind,
      vm: desktop.vm,
      socket: desktop.sockets[0] ?? '',
      release: there.kernel.release,
      hostSystem: `${kernel.sysname ?? 'Linux'} ${kernel.release}`,
      memory: there.kernel.memory,
      cpus: there.kernel.cpus,
    });
  }
  return { there, pid: agent, machine: sharingFiles(m, pid, there) };
}

/** The virtual machine as its engine sees it: paths that are bound into containers are the computer's own, shared with it. */
function sharingFiles(m: Machine, pid: number, there: Machine): Machine {
  const real = there.software.services.get(userFiles);
  const shared: Service = {
    stateless: true,
    request(_there, _agent, message) {
      const answer = real?.request(m, pid, message) ?? fail('ENOENT');
      return isErrno(answer) ? ownFiles(m, pid, message) : answer;
    },
  };
  const services = new Map(there.software.services).set(userFiles, shared);
  return { ...there, software: { ...there.software, services } };
}

/** As src/engine/user-files.ts calls it. */
const userFiles = 'hostfiles';

/** The computer's own simulated files, as that service tells of files. */
function ownFiles(m: Machine, pid: number, message: Json): ReturnType<Service['request']> {
  const { call, args } = message as { readonly call: string; readonly args: readonly Json[] };
  if (call === 'cwd') return { reply: { result: m.kernel.processes[pid]?.cwd ?? '/' } };
  const files = fileCalls(m, pid) as unknown as { readonly [call: string]: (...args: readonly Json[]) => Json };
  const act = Object.hasOwn(files, call) ? files[call] : undefined;
  return act ? { reply: { result: act(...args) ?? null } } : fail('EINVAL');
}
