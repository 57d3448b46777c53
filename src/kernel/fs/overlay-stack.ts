import type { Mutable } from '../draft.ts';
import type { Id, Rec } from '../json.ts';
import type { Machine } from '../machine.ts';
import type { Directory, Filesystem, OverlayStack } from './filesystem.ts';
import { ownRoot } from './inodes.ts';
import { diff, fold } from './layers.ts';
import type { DirNode, FileNode, TreeNode } from './node.ts';
import { filesystem, newFilesystem } from './overlay.ts';
import { entry, insert, lookup, setKey, share } from './tree.ts';

/**
 * An overlay whose directories lie on other file systems, as `mount -t overlay` makes it; returns its id. What is written
 * to it shows in the upper directory, whiteouts as character devices 0/0 (Documentation/filesystems/overlayfs.rst), and
 * what changes in the directories shows in it.
 */
export function newOverlayStack(m: Machine, stack: OverlayStack): Id {
  const { base, root } = read(m, stack);
  const id = newFilesystem(m, 'overlay', { base, root });
  const fs = m.draft.own(m.draft.own(m.kernel, 'filesystems'), id) as Mutable<Filesystem>;
  fs.transient = true;
  m.kernel.stacks ??= m.draft.adopt({});
  m.draft.own(m.kernel, 'stacks')[id] = stack;
  return id;
}

/** Forgets an overlay that is not mounted any more. */
export function dropOverlayStack(m: Machine, id: Id): void {
  if (!m.kernel.stacks?.[id]) return;
  delete m.draft.own(m.kernel, 'stacks')[id];
  if (Object.keys(m.kernel.stacks).length === 0) delete m.kernel.stacks;
}

/** Makes the two sides of each overlay equal again, where one was written to. */
export function settleStacks(m: Machine): void {
  for (const [id, stack] of Object.entries(m.kernel.stacks ?? {})) {
    if (stack.changed === undefined) continue;
    const { changed, ...settled } = stack;
    m.draft.own(m.kernel, 'stacks')[id] = settled;
    if (changed === 'merged') writeUpper(m, id, settled.upper);
    else readAgain(m, id, settled);
  }
}

function writeUpper(m: Machine, id: Id, upper: Directory | undefined): void {
  if (!upper) return;
  const fs = filesystem(m, id);
  share(m.draft, fs.root);
  const layer = toDirectory(diff(fs.base ?? fs.root, fs.root, fs.inodes));
  insert(m.draft, ownRoot(m, upper.fs), upper.path, layer);
}

function readAgain(m: Machine, id: Id, stack: OverlayStack): void {
  const { base, root } = read(m, stack);
  Object.assign(m.draft.own(m.draft.own(m.kernel, 'filesystems'), id), { base, root });
}

function read(m: Machine, { lower, upper }: OverlayStack): { base: DirNode; root: DirNode } {
  const base = fold(lower.toReversed().map((dir) => layerAt(m, dir)));
  return { base, root: upper ? fold([base, layerAt(m, upper)]) : base };
}

function layerAt(m: Machine, dir: Directory): DirNode {
  const fs = filesystem(m, dir.fs);
  const node = lookup(fs.root, dir.path);
  if (node?.t !== 'dir') return { t: 'dir', mode: 0o755, uid: 0, gid: 0, mtime: 0, entries: {} };
  share(m.draft, node);
  return toLayer(node, fs.inodes);
}

/** A directory as a layer: devices 0/0 are whiteouts, files with several names are files of their own. */
function toLayer(dir: DirNode, inodes: Rec<FileNode>): DirNode {
  return mapEntries(dir, (node) => {
    if (node.t === 'dir') return toLayer(node, inodes);
    if (node.t === 'char' && node.major === 0 && node.minor === 0) return { t: 'whiteout' };
    if (node.t !== 'hard') return node;
    const file = inodes[node.inode];
    if (!file) return undefined;
    const { nlink: _, ...plain } = file;
    return plain;
  });
}

/** A layer as a directory that anybody can look at. */
function toDirectory(layer: DirNode): DirNode {
  return mapEntries(layer, (node) => {
    if (node.t === 'dir') return toDirectory(node);
    return node.t === 'whiteout'
      ? { t: 'char', mode: 0, uid: 0, gid: 0, mtime: layer.mtime, major: 0, minor: 0 }
      : node;
  });
}

function mapEntries(dir: DirNode, change: (node: TreeNode) => TreeNode | undefined): DirNode {
  let entries: { [name: string]: TreeNode } | undefined;
  for (const name of Object.keys(dir.entries)) {
    const node = entry(dir, name);
    if (!node) continue;
    const next = change(node);
    if (next === node) continue;
    entries ??= { ...dir.entries };
    if (next) setKey(entries, name, next);
    else delete entries[name];
  }
  return entries ? { ...dir, entries } : dir;
}
