import { allCapabilities } from '../capabilities.ts';
import { emit } from '../emit.ts';
import { type Errno, fail } from '../errno.ts';
import { isDir } from '../fs/generated.ts';
import { cloneMounts } from '../fs/mounts.ts';
import { cwdAt, find, standAt } from '../fs/path.ts';
import { mayExecute, permits } from '../fs/permission.ts';
import type { Id } from '../json.ts';
import type { Machine } from '../machine.ts';
import { collectNamespaces, namespaceKinds, namespaceOf, newNamespace } from '../namespaces.ts';
import { newNetStack } from '../net/netns.ts';
import { ownProcess } from '../process.ts';
import type { NamespaceKind, Process } from '../state.ts';
import { capableIn, capableOver, ownerOf } from './users.ts';

/** chroot(2). */
export function changeRoot(m: Machine, process: Process, path: string): Errno | undefined {
  const place = find(m, process.pid, path);
  if ('errno' in place) return place;
  if (!isDir(place.node)) return fail('ENOTDIR');
  if (!permits(process, place.node, mayExecute, true)) return fail('EACCES');
  if (!capableIn(m, process, 'CAP_SYS_CHROOT', process.ns.user)) return fail('EPERM');
  const at = cwdAt(process);
  const owned = ownProcess(m, process.pid);
  emit(m, 'kernel', 'chroot', { pid: process.pid, path, leaves: process.root !== '/' && place.at === '/' });
  owned.root = place.at;
  standAt(owned, at);
  return undefined;
}

/** unshare(2). A new user namespace comes first: in it the process has all capabilities, so it may make the others. */
export function unshare(m: Machine, process: Process, kinds: readonly NamespaceKind[]): Errno | undefined {
  const wanted = namespaceKinds.filter((kind) => kinds.includes(kind));
  if (wanted.length === 0) return undefined;
  const others = wanted.filter((kind) => kind !== 'user');
  if (!kinds.includes('user') && !capableIn(m, process, 'CAP_SYS_ADMIN', process.ns.user)) return fail('EPERM');
  if (process.seccomp && !process.caps.includes('CAP_SYS_ADMIN')) return fail('EPERM');
  if (kinds.includes('user') && process.root !== '/') return fail('EPERM'); // a chroot must not be left that way
  const before = process.ns;
  const owned = ownProcess(m, process.pid);
  if (kinds.includes('user')) {
    const user = newNamespace(m, { kind: 'user', parent: before.user, owner: process.uid });
    Object.assign(owned, { ns: { ...owned.ns, user }, caps: allCapabilities });
  }
  const user = owned.ns.user === ownerOf(m, before.mnt) ? {} : { user: owned.ns.user };
  for (const kind of others) {
    const made = freshNamespace(m, process, kind, user);
    if (kind === 'pid') owned.childPid = made;
    else owned.ns = { ...owned.ns, [kind]: made };
  }
  collectNamespaces(m, { ns: before, parent: 0 });
  emit(m, 'kernel', 'isolate', { pid: process.pid, kinds: wanted, shared: sharedKinds(m, process.pid), joined: false });
  return undefined;
}

function freshNamespace(m: Machine, process: Process, kind: NamespaceKind, user: { readonly user?: Id }): Id {
  const { ns, cgroup } = process;
  switch (kind) {
    case 'mnt': {
      const id = cloneMounts(m, ns.mnt);
      const made = namespaceOf(m, id, 'mnt');
      m.draft.own(m.kernel, 'namespaces')[id] = m.draft.adopt({ ...made, ...user });
      return id;
    }
    case 'uts':
      return newNamespace(m, { ...namespaceOf(m, ns.uts, 'uts'), ...user });
    case 'net':
      return newNamespace(m, { kind, net: newNetStack({ loopback: false }), ...user });
    case 'cgroup':
      return newNamespace(m, { kind, root: cgroup, ...user });
    case 'pid':
      return newNamespace(m, { kind, parent: ns.pid, next: 1, ...user });
    default:
      return newNamespace(m, { kind: 'ipc', ...user });
  }
}

/** setns(2): joins the namespace behind a file. */
export function joinNamespace(m: Machine, process: Process, path: string, kind?: NamespaceKind): Errno | undefined {
  const place = find(m, process.pid, path);
  if ('errno' in place) return place;
  if (place.node.t !== 'namespace') return fail('EINVAL');
  const { id } = place.node;
  const target = m.kernel.namespaces[id];
  if (!target || (kind !== undefined && target.kind !== kind)) return fail('EINVAL');
  const own = target.kind === 'user' ? id : ownerOf(m, id);
  if (target.kind === 'user' && id === process.ns.user) return fail('EINVAL');
  if (!capableIn(m, process, 'CAP_SYS_ADMIN', own)) return fail('EPERM');
  if (target.kind === 'mnt' && !capableIn(m, process, 'CAP_SYS_CHROOT', process.ns.user)) return fail('EPERM');
  if (target.kind === 'pid' && !isBelow(m, id, process.ns.pid)) return fail('EINVAL');
  const before = process.ns;
  const owned = ownProcess(m, process.pid);
  if (target.kind === 'pid') owned.childPid = id;
  else owned.ns = { ...owned.ns, [target.kind]: id };
  if (target.kind === 'user') owned.caps = allCapabilities;
  if (target.kind === 'mnt') {
    owned.root = '/';
    standAt(owned, '/');
  }
  collectNamespaces(m, { ns: before, parent: 0 });
  emit(m, 'kernel', 'isolate', {
    pid: process.pid,
    kinds: [target.kind],
    shared: sharedKinds(m, process.pid),
    joined: true,
  });
  return undefined;
}

function isBelow(m: Machine, ns: Id, top: Id): boolean {
  for (let at: Id | undefined = ns; at !== undefined; ) {
    if (at === top) return true;
    const space: Machine['kernel']['namespaces'][string] | undefined = m.kernel.namespaces[at];
    at = space?.kind === 'pid' ? space.parent : undefined;
  }
  return false;
}

/** The kinds of namespaces that a process still shares with the machine's first process. */
function sharedKinds(m: Machine, pid: number): readonly NamespaceKind[] {
  const process = m.kernel.processes[pid];
  const init = m.kernel.processes[1];
  if (!process || !init) return [];
  const own = (kind: NamespaceKind): Id => (kind === 'pid' ? (process.childPid ?? process.ns.pid) : process.ns[kind]);
  return namespaceKinds.filter((kind) => own(kind) === init.ns[kind]);
}

/** Has the process the capability over the namespace of this kind that it is in? */
export function capableHere(m: Machine, process: Process, capability: string, kind: NamespaceKind): boolean {
  return capableOver(m, process, capability, process.ns[kind]);
}
