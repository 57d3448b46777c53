import { parseSize } from '../cli/format/size.ts';
import { breakProgram } from '../engine/crash.ts';
import { hostDisk } from '../host/disk.ts';
import { learner } from '../host/linux.ts';
import { isErrno } from '../kernel/errno.ts';
import { usage } from '../kernel/fs/capacity.ts';
import { second } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';
import { openListener } from '../kernel/net/listeners.ts';
import { cloneProcess, giveFd, ownProcess } from '../kernel/process.ts';
import { makeReady } from '../kernel/wait.ts';
import { troubleHub } from '../registry/trouble.ts';
import type { FaultDone } from './schema/fault.ts';
import { plainWords } from './words.ts';

/** Lets things go wrong in the world. What cannot be done (a port that is taken already) changes nothing. */
export function inject(m: Machine, faults: readonly FaultDone[] = []): void {
  for (const fault of faults) {
    if ('registry' in fault) {
      const { registry: state, left = 0 } = fault;
      troubleHub(m, state === 'limited' ? { state, left } : { state });
    } else if ('disk' in fault) leaveRoom(m, parseSize(fault.disk, 1024));
    else if ('port' in fault) takePort(m, fault.port, fault.by ?? 'server');
    else {
      const { crash: process, after = 1, signal = 'SIGSEGV', again = false } = fault;
      breakProgram(m, { process, signal, after: after * second, again });
    }
  }
}

/** The disk of the host gets as large as what is on it, and so many bytes more. */
function leaveRoom(m: Machine, bytes: number): void {
  const disk = hostDisk(m);
  if (!disk) return;
  m.draft.own(m.draft.own(m.kernel, 'filesystems'), disk.id).capacity = usage(m, disk).used + bytes;
}

/** A process of the learner's on the host listens on a port, and says nothing to whoever comes. */
function takePort(m: Machine, port: number, line: string): void {
  const pid = cloneProcess(m, 1, { program: 'init', pgid: 0, fds: {}, cgroup: '/user.slice' });
  if (isErrno(pid)) return;
  const argv = plainWords(line) ?? [line];
  const { uid, gid, groups, home } = learner;
  Object.assign(ownProcess(m, pid), { sid: pid, path: argv[0] ?? line, argv, uid, gid, groups, caps: [], cwd: home });
  makeReady(m, pid, { on: 'start' });
  const listener = openListener(m, pid, '0.0.0.0', port);
  if (!isErrno(listener)) giveFd(m, pid, listener);
}
