import { releaseMounts } from './isolation/release.ts';
import type { Id } from './json.ts';
import type { Machine } from './machine.ts';
import { removePeers } from './net/interfaces.ts';
import type { Namespace, NamespaceKind, Process } from './state.ts';

/** The kinds in the order in which runc unshares them, as lsns and the manual name them. */
export const namespaceKinds: readonly NamespaceKind[] = ['mnt', 'uts', 'ipc', 'pid', 'net', 'cgroup', 'user'];

/** A new namespace: its id is the inode number that `/proc/PID/ns` shows. */
export function newNamespace(m: Machine, namespace: Namespace): Id {
  const id = String(m.kernel.nextNamespace);
  m.kernel.nextNamespace += 1;
  m.draft.own(m.kernel, 'namespaces')[id] = m.draft.adopt(namespace);
  return id;
}

/** A namespace that is known to exist and to be of this kind. */
export function namespaceOf<K extends NamespaceKind>(m: Machine, id: Id, kind: K): Extract<Namespace, { kind: K }> {
  const namespace = m.kernel.namespaces[id];
  if (namespace?.kind !== kind) throw new Error(`no ${kind} namespace ${id}`);
  return namespace as Extract<Namespace, { kind: K }>;
}

/** Replaces a namespace's content. */
export function setNamespace(m: Machine, id: Id, namespace: Namespace): void {
  m.draft.own(m.kernel, 'namespaces')[id] = m.draft.adopt(namespace);
}

/** Removes the namespaces of a process that has gone, where nobody else is in them. Holders keep theirs by `pinned`. */
export function collectNamespaces(m: Machine, gone: Pick<Process, 'ns' | 'parent' | 'childPid'>): void {
  const parent = m.kernel.processes[gone.parent];
  for (const kind of namespaceKinds) {
    const id = gone.ns[kind];
    if (parent?.ns[kind] !== id) collectNamespace(m, id);
  }
  if (gone.childPid !== undefined) collectNamespace(m, gone.childPid);
}

/** Removes a namespace that nobody is in, that nothing pins, and that no other one belongs to. */
export function collectNamespace(m: Machine, id: Id): void {
  const space = m.kernel.namespaces[id];
  if (!space || m.kernel.pinned.includes(id)) return;
  const { kind } = space;
  const { processes } = m.kernel;
  for (const pid of Object.keys(processes)) {
    const process = processes[pid];
    if (process?.ns[kind] === id || process?.childPid === id) return;
  }
  if (kind === 'user' && isOwner(m, id)) return;
  if (kind === 'net') removePeers(m, id);
  delete m.draft.own(m.kernel, 'namespaces')[id];
  if (kind === 'mnt') releaseMounts(m, space.mounts);
  const above = kind === 'user' ? space.parent : space.user;
  if (above !== undefined) collectNamespace(m, above);
}

function isOwner(m: Machine, id: Id): boolean {
  return Object.values(m.kernel.namespaces).some((other) => (other.kind === 'user' ? other.parent : other.user) === id);
}
