import { insideId } from './isolation/users.ts';
import type { Id } from './json.ts';
import type { Machine } from './machine.ts';
import { groupIn } from './process.ts';
import type { ProcessInfo } from './program.ts';
import type { Kernel, Process } from './state.ts';

/** The processes that a PID namespace sees, in the order of their numbers; users' and groups' as the user namespace shows them. */
export function listProcesses(m: Machine, pidNamespace: Id, user?: Id): readonly ProcessInfo[] {
  const list: ProcessInfo[] = [];
  for (const process of Object.values(m.kernel.processes)) {
    const pid = process.pids[pidNamespace];
    if (pid !== undefined) list.push(describeProcess(m, process, pidNamespace, pid, user));
  }
  return list.sort((a, b) => a.pid - b.pid);
}

function describeProcess(m: Machine, process: Process, ns: Id, pid: number, user = ''): ProcessInfo {
  const inside = (hostPid: number): number => m.kernel.processes[hostPid]?.pids[ns] ?? 0;
  const tty = process.tty === undefined ? undefined : m.kernel.ttys[process.tty];
  return {
    pid,
    ppid: inside(process.parent),
    pgid: groupIn(m, ns, process),
    sid: process.sid === process.pgid ? groupIn(m, ns, process) : inside(process.sid),
    uid: insideId(m, user, 'uids', process.uid),
    gid: insideId(m, user, 'gids', process.gid),
    comm: commOf(process),
    argv: 'zombie' in process.status ? [] : process.argv,
    state: stateLetter(m, process),
    started: process.started,
    cpu: process.cpu,
    rss: 'zombie' in process.status ? 0 : residentBytes(process),
    ...('stopped' in process.status && process.status.by ? { stoppedBy: process.status.by } : {}),
    ...(tty ? { tty: tty.name } : {}),
    ...(process.nice ? { nice: process.nice } : {}),
  };
}

/** The first 15 bytes of the executed file's name, as the kernel keeps it. */
export function commOf(process: Process): string {
  return process.path.slice(process.path.lastIndexOf('/') + 1).slice(0, 15);
}

function stateLetter(m: Machine, process: Process): ProcessInfo['state'] {
  if ('zombie' in process.status) return 'Z';
  if (m.kernel.cgroups[process.cgroup]?.frozen) return 'D';
  if ('stopped' in process.status) return 'T';
  return 'ready' in process.status ? 'R' : 'S';
}

/** Bytes of a computer's memory that its processes and its kernel use. */
export function usedMemory({ processes, kernelMemory = 0 }: Kernel): number {
  return Object.values(processes).reduce((sum, process) => sum + residentBytes(process), kernelMemory);
}

/**
 * Resident memory: what the program is known to use at rest plus what its state holds. Typical values; a `sleep` was
 * measured at 1.5 MiB resident, a shim at 18 MiB, dockerd at 97 MiB, containerd at 48 MiB on the reference engine.
 */
export function residentBytes(process: Process): number {
  const mib = 1_048_576;
  const known: { readonly [program: string]: number } = {
    dockerd: 97 * mib,
    containerd: 48 * mib,
    shim: 18 * mib,
    init: 12 * mib,
  };
  return process.resident ?? known[process.program] ?? 1.5 * mib;
}
