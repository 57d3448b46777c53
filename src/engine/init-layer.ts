import { Draft } from '../kernel/draft.ts';
import type { DirNode, TreeNode } from '../kernel/fs/node.ts';
import { insert, lookup, rootMeta, share } from '../kernel/fs/tree.ts';
import type { Machine } from '../kernel/machine.ts';

const stubs: readonly (readonly [path: string, kind: 'file' | 'dir', mode: number])[] = [
  ['/.dockerenv', 'file', 0o755],
  ['/etc/hostname', 'file', 0o755],
  ['/etc/hosts', 'file', 0o755],
  ['/etc/resolv.conf', 'file', 0o755],
  ['/etc/mtab', 'file', 0o777],
  ['/dev', 'dir', 0o755],
  ['/dev/console', 'file', 0o755],
  ['/dev/pts', 'dir', 0o755],
  ['/dev/shm', 'dir', 0o755],
  ['/proc', 'dir', 0o755],
  ['/sys', 'dir', 0o755],
];

/**
 * An image's tree with the empty files and folders on which the engine mounts its own (the "init layer" of overlay2):
 * names that the image has stay as they are.
 */
export function withStubs(m: Machine, tree: DirNode): DirNode {
  const missing = stubs.filter(([path]) => lookup(tree, path) === undefined);
  if (missing.length === 0) return tree;
  const draft = new Draft();
  const root = draft.copy(tree);
  for (const [path, kind, mode] of missing)
    insert(draft, root, path, stub(m, path, kind, mode), rootMeta(m.kernel.booted));
  share(draft, root);
  return root;
}

function stub(m: Machine, path: string, kind: 'file' | 'dir', mode: number): TreeNode {
  const meta = { mode, uid: 0, gid: 0, mtime: m.kernel.booted };
  if (path === '/etc/mtab') return { t: 'link', ...meta, target: '/proc/mounts' };
  return kind === 'dir' ? { t: 'dir', ...meta, entries: {} } : { t: 'file', ...meta, data: '' };
}
