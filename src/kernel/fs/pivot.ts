import type { Mutable } from '../draft.ts';
import { emit } from '../emit.ts';
import { type Errno, fail } from '../errno.ts';
import type { Id } from '../json.ts';
import type { Machine } from '../machine.ts';
import type { Process } from '../state.ts';
import { mountsOf, setMounts } from './mounts.ts';
import { cwdAt, standAt } from './path.ts';
import { isUnder } from './tree.ts';

/**
 * pivot_root(2) and the lazy umount of the old root: the mount at `newRoot` becomes `/`, what is mounted below it stays,
 * everything else is gone. Roots and working directories of the namespace's processes move along. EINVAL: `newRoot` is
 * no mount point. The step is told for `actor`, if there is one, as done by the process `pid`.
 */
export function pivotRoot(
  m: Machine,
  ns: Id,
  newRoot: string,
  pid: number,
  actor: string | null = 'runc',
): Errno | undefined {
  const mounts = mountsOf(m, ns);
  const top = mounts.findLastIndex((mount) => mount.point === newRoot);
  if (top < 0) return fail('EINVAL');
  const inside = (at: string) => (isUnder(at, newRoot) ? below(at, newRoot) : '/');
  const kept = mounts.filter((mount, i) => i >= top && isUnder(mount.point, newRoot));
  setMounts(
    m,
    ns,
    kept.map((mount) => ({ ...mount, point: inside(mount.point) })),
  );
  moveRoots(m, ns, inside);
  if (actor !== null) emit(m, actor, 'pivot_root', { pid });
  return undefined;
}

/** Roots and working directories of the processes of a mount namespace are elsewhere now: `moved` says where. */
export function moveRoots(m: Machine, ns: Id, moved: (at: string) => string): void {
  const processes = m.draft.own(m.kernel, 'processes');
  for (const each of Object.values(m.kernel.processes)) {
    if (each.ns.mnt !== ns || 'zombie' in each.status) continue;
    const at = cwdAt(each);
    const owned = m.draft.own(processes, String(each.pid)) as Mutable<Process>;
    owned.root = each.root === '/' ? '/' : moved(each.root);
    standAt(owned, at === '/' ? '/' : moved(at));
  }
}

function below(path: string, prefix: string): string {
  return prefix === '/' ? path : path.slice(prefix.length) || '/';
}
