import type { Errno } from './errno.ts';
import { fail } from './errno.ts';
import type { Id } from './json.ts';
import type { Machine } from './machine.ts';
import { isInit, signalGroup } from './signal-delivery.ts';
import type { Process } from './state.ts';
import { inBackground } from './tty.ts';

/**
 * A process of a background group that reads its controlling terminal stops with its whole group (SIGTTIN, as
 * __tty_check_change does in Linux). Returns undefined when it may read; EIO when it ignores the signal or when nobody
 * could continue the group.
 */
export function checkRead(m: Machine, pid: number, tty: Id): 'again' | Errno | undefined {
  const process = m.kernel.processes[pid];
  if (!process || !inBackground(m, process, tty)) return undefined;
  if (process.ignored.includes('SIGTTIN') || isInit(m, pid) || isOrphaned(m, process)) return fail('EIO');
  signalGroup(m, process.pgid, 'SIGTTIN');
  return 'again';
}

/** Does no process of the group have a parent in another group of the session, who could continue it? */
function isOrphaned(m: Machine, { pgid, sid }: Process): boolean {
  return !Object.values(m.kernel.processes).some((member) => {
    if (member.pgid !== pgid || 'zombie' in member.status) return false;
    const parent = m.kernel.processes[member.parent];
    return parent !== undefined && parent.pgid !== pgid && parent.sid === sid;
  });
}
