import type { Id } from './json.ts';
import type { Machine } from './machine.ts';
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
export function collectNamespaces(m: Machine, gone: Pick<Process, 'ns' | 'parent'>): void {
  const parent = m.kernel.processes[gone.parent];
  for (const [kind, id] of Object.entries(gone.ns)) {
    if (m.kernel.pinned.includes(id) || m.kernel.namespaces[id] === undefined) continue;
    if (parent?.ns[kind as NamespaceKind] === id) continue;
    if (Object.values(m.kernel.processes).some((p) => p.ns[kind as NamespaceKind] === id)) continue;
    delete m.draft.own(m.kernel, 'namespaces')[id];
  }
}
