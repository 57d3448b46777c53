import type { Id } from './json.ts';
import type { Machine } from './machine.ts';
import type { Process } from './state.ts';

/** The owner that a program runs as instead of its caller, because of its set-user-ID bit (execve(2)). */
export interface FileOwner {
  readonly uid: number;
}

/** What execve of a set-user-ID file changes in a process; undefined: nothing (not such a file, or it gains no privileges). */
export function gainedPrivileges(
  m: Machine,
  process: Process,
  owner: FileOwner | undefined,
): Partial<Process> | undefined {
  if (!owner || process.noNewPrivs || owner.uid === process.uid) return undefined;
  const caps = owner.uid === 0 ? (process.bounding ?? bounding(m, process.ns.mnt)) : [];
  return { uid: owner.uid, caps, real: { uid: process.uid, gid: process.gid } };
}

/** Root may gain what the most privileged process with the same view of files has: the bounding set is only ever lowered. */
function bounding(m: Machine, mnt: Id): readonly string[] {
  let most: readonly string[] = [];
  for (const other of Object.values(m.kernel.processes))
    if (other.ns.mnt === mnt && other.caps.length > most.length) most = other.caps;
  return most;
}
