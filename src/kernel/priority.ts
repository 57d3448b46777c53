import { type Errno, fail } from './errno.ts';
import type { Machine } from './machine.ts';
import { ownProcess, toHostPid } from './process.ts';
import type { Process } from './state.ts';

const least = -20;
const most = 19;

/**
 * getpriority(2) and, when `to` is given, setpriority(2) of the process that `self` calls `pid` (0: itself): its nice value.
 * EACCES: lower than it is without CAP_SYS_NICE; EPERM: another user's process; ESRCH.
 */
export function priority(m: Machine, self: Process, pid: number, to?: number): number | Errno {
  const host = pid === 0 ? self.pid : toHostPid(m, self.ns.pid, pid);
  const target = host === undefined ? undefined : m.kernel.processes[host];
  if (!target || 'zombie' in target.status) return fail('ESRCH');
  const now = target.nice ?? 0;
  if (to === undefined) return now;
  const wanted = Math.min(most, Math.max(least, to));
  const privileged = self.caps.includes('CAP_SYS_NICE');
  if (!privileged && target.uid !== self.uid) return fail('EPERM');
  if (!privileged && wanted < now) return fail('EACCES');
  ownProcess(m, target.pid).nice = wanted;
  return wanted;
}
