import type { DirNode, TreeNode } from '../kernel/fs/node.ts';
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
  let root = tree;
  for (const [path, kind, mode] of stubs) root = insert(root, path.split('/').slice(1), stub(m, path, kind, mode));
  return root;
}

function stub(m: Machine, path: string, kind: 'file' | 'dir', mode: number): TreeNode {
  const meta = { mode, uid: 0, gid: 0, mtime: m.kernel.booted };
  if (path === '/etc/mtab') return { t: 'link', ...meta, target: '/proc/mounts' };
  return kind === 'dir' ? { t: 'dir', ...meta, entries: {} } : { t: 'file', ...meta, data: '' };
}

function insert(dir: DirNode, path: readonly string[], node: TreeNode): DirNode {
  const [name = '', ...rest] = path;
  const there = dir.entries[name];
  if (rest.length === 0) return there ? dir : { ...dir, entries: { ...dir.entries, [name]: node } };
  const below: DirNode =
    there?.t === 'dir'
      ? there
      : { t: 'dir', mode: 0o755, uid: 0, gid: 0, mtime: 'mtime' in node ? node.mtime : 0, entries: {} };
  if (there && there.t !== 'dir') return dir;
  const next = insert(below, rest, node);
  return next === there ? dir : { ...dir, entries: { ...dir.entries, [name]: next } };
}
