import type { Id } from '../json.ts';
import type { Machine } from '../machine.ts';
import type { IdRange, Process } from '../state.ts';

/** What an id is shown as that the user namespace does not map (kernel.overflowuid). */
const overflow = 65534;

/** Users' numbers, or groups'. */
export type Which = 'uids' | 'gids';

/** What a user namespace maps; undefined for the first one, in which all numbers are the kernel's. */
export function rangesOf(m: Machine, ns: Id, which: Which): readonly IdRange[] | undefined {
  const space = m.kernel.namespaces[ns];
  if (space?.kind !== 'user' || space.parent === undefined) return undefined;
  return space[which] ?? [];
}

/** A user's or group's number as a user namespace shows it (user_namespaces(7)). The first namespace maps nothing. */
export function insideId(m: Machine, ns: Id, which: Which, id: number): number {
  const ranges = rangesOf(m, ns, which);
  if (!ranges) return id;
  for (const [inside, outside, count] of ranges)
    if (id >= outside && id < outside + count) return inside + id - outside;
  return overflow;
}

/** The kernel's number for what a process in a user namespace calls `id`; undefined: it is not mapped. */
export function outsideId(m: Machine, ns: Id, which: Which, id: number): number | undefined {
  const ranges = rangesOf(m, ns, which);
  if (!ranges || id < 0) return id;
  for (const [inside, outside, count] of ranges) if (id >= inside && id < inside + count) return outside + id - inside;
  return undefined;
}

/** The user namespace that a namespace belongs to (the first one, unless told); a user namespace belongs to itself. */
export function ownerOf(m: Machine, ns: Id): Id {
  const space = m.kernel.namespaces[ns];
  if (space?.kind === 'user') return ns;
  return space?.user ?? firstUserNamespace(m);
}

function firstUserNamespace(m: Machine): Id {
  return m.kernel.processes[1]?.ns.user ?? '4026531837';
}

/**
 * Has the process this capability over things of the user namespace `owner`: it is in that one or in one above it. (A
 * process has its capabilities in its own user namespace and in those below.)
 */
export function capableIn(m: Machine, process: Process, capability: string, owner: Id): boolean {
  if (!process.caps.includes(capability)) return false;
  for (let at: Id | undefined = owner; at !== undefined; ) {
    if (at === process.ns.user) return true;
    const space: Machine['kernel']['namespaces'][string] | undefined = m.kernel.namespaces[at];
    at = space?.kind === 'user' ? space.parent : undefined;
  }
  return false;
}

/** As `capableIn`, over the namespace `ns` of another kind. */
export function capableOver(m: Machine, process: Process, capability: string, ns: Id): boolean {
  return capableIn(m, process, capability, ownerOf(m, ns));
}
