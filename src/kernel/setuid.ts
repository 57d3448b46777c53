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
  const caps = owner.uid === 0 ? boundingSet(m, process) : [];
  return { uid: owner.uid, caps, real: { uid: process.uid, gid: process.gid } };
}

/** The capabilities that a process can have at most; where nobody has said, those of the most privileged process with its view of files. */
export function boundingSet(m: Machine, process: Process): readonly string[] {
  if (process.bounding) return process.bounding;
  let most = process.caps;
  for (const other of Object.values(m.kernel.processes))
    if (other.ns.mnt === process.ns.mnt && other.caps.length > most.length) most = other.caps;
  return most;
}
