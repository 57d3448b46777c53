import type { Rec } from '../json.ts';
import type { DirNode, FileNode, Inode, TreeNode } from './node.ts';
import { entry, entryNames, fileSize, joinPath, setKey } from './tree.ts';

type Entries = { [name: string]: TreeNode };

/**
 * Layers, lowest first, as one tree: whiteouts delete, opaque directories hide, other names replace or merge, as in the
 * image specification (layer.md). What a layer does not touch keeps its identity.
 */
export function fold(layers: readonly DirNode[]): DirNode {
  let tree: DirNode | undefined;
  for (const layer of layers) tree = applyLayer(tree, layer);
  return tree ?? { t: 'dir', mode: 0o755, uid: 0, gid: 0, mtime: 0, entries: {} };
}

/** A tree with a layer on it; the tree is one that `fold` has made, or begins without whiteouts. */
export function foldOnto(tree: DirNode, layer: DirNode): DirNode {
  return applyLayer(tree, layer);
}

function applyLayer(lower: DirNode | undefined, layer: DirNode): DirNode {
  if (!lower || layer.opaque) return settle(layer);
  const entries: Entries = { ...lower.entries };
  let changed = !sameMeta(lower, layer);
  for (const name of Object.keys(layer.entries)) {
    const above = entry(layer, name);
    const below = entry(lower, name);
    if (!above || above === below) continue;
    if (above.t === 'whiteout') {
      changed ||= below !== undefined;
      delete entries[name];
      continue;
    }
    const node = above.t !== 'dir' ? above : applyLayer(below?.t === 'dir' ? below : undefined, above);
    if (node === below) continue;
    setKey(entries, name, node);
    changed = true;
  }
  if (!changed) return lower;
  return { ...plainMeta(layer), entries };
}

/** A layer's directory with nothing below it: without whiteouts and opaque marks. */
function settle(dir: DirNode): DirNode {
  let entries: Entries | undefined;
  for (const name of Object.keys(dir.entries)) {
    const node = dir.entries[name];
    if (node?.t === 'whiteout') {
      entries ??= { ...dir.entries };
      delete entries[name];
    } else if (node?.t === 'dir') {
      const settled = settle(node);
      if (settled === node) continue;
      entries ??= { ...dir.entries };
      setKey<TreeNode>(entries, name, settled);
    }
  }
  if (!entries && !dir.opaque) return dir;
  return { ...plainMeta(dir), entries: entries ?? dir.entries };
}

function plainMeta(dir: DirNode): Omit<DirNode, 'entries' | 'opaque'> {
  return { t: 'dir', mode: dir.mode, uid: dir.uid, gid: dir.gid, mtime: dir.mtime };
}

function sameMeta(a: DirNode, b: DirNode): boolean {
  return a.mode === b.mode && a.uid === b.uid && a.gid === b.gid && a.mtime === b.mtime;
}

/**
 * The layer that turns `base` into `tree`: an overlay's upper directory. A directory that was removed and made anew
 * (marked opaque by mkdir on an overlay) is opaque in the layer. Files with several names become files of their own,
 * because a layer has no `inodes`. Subtrees that are identical are not looked at.
 */
export function diff(base: DirNode, tree: DirNode, inodes: Rec<FileNode> = {}): DirNode {
  return diffDir(base, tree, inodes) ?? { ...plainMeta(tree), entries: {} };
}

function diffDir(base: DirNode, tree: DirNode, inodes: Rec<FileNode>): DirNode | undefined {
  if (base === tree) return undefined;
  if (tree.opaque) return { ...carryDir(tree, inodes), opaque: true };
  const entries: Entries = {};
  let changed = !sameMeta(base, tree);
  const names = Object.keys(tree.entries);
  let kept = names.length;
  for (const name of names) {
    const node = tree.entries[name];
    if (!node || node === base.entries[name]) continue;
    const below = entry(base, name);
    if (!below) kept -= 1;
    const part = node.t === 'dir' && below?.t === 'dir' ? diffDir(below, node, inodes) : carry(node, inodes);
    if (!part || part === below || (below && equal(below, part))) continue;
    setKey(entries, name, part);
    changed = true;
  }
  const before = Object.keys(base.entries);
  for (const name of kept === before.length ? [] : before) {
    if (Object.hasOwn(tree.entries, name)) continue;
    setKey<TreeNode>(entries, name, { t: 'whiteout' });
    changed = true;
  }
  return changed ? { ...plainMeta(tree), entries } : undefined;
}

/** Trees that were stored and read again may hold a node twice: what is equal in all was not written to. */
function equal(a: TreeNode, b: TreeNode): boolean {
  if (a.t === 'dir' || a.t === 'hard' || a.t === 'whiteout' || b.t === 'hard' || b.t === 'whiteout') return false;
  if (differs(a, b)) return false;
  if (a.t === 'link' && b.t === 'link') return a.target === b.target;
  return a.t !== 'file' || b.t !== 'file' || (a.size === b.size && a.data === b.data);
}

/** A node as it leaves its file system: hard links resolved to copies of the content, nothing opaque. */
export function carry(node: TreeNode, inodes: Rec<FileNode>): TreeNode | undefined {
  if (node.t === 'hard') {
    const file = inodes[node.inode];
    return file && unlinked(file);
  }
  return node.t === 'dir' ? carryDir(node, inodes) : node;
}

/** Several copies of one inode are one object, so that they are stored once. */
const copies = new WeakMap<FileNode, FileNode>();

function unlinked(file: FileNode): FileNode {
  if (file.nlink === undefined) return file;
  let copy = copies.get(file);
  if (!copy) {
    const { nlink: _, ...rest } = file;
    copy = rest;
    copies.set(file, copy);
  }
  return copy;
}

function carryDir(dir: DirNode, inodes: Rec<FileNode>): DirNode {
  let entries: Entries | undefined;
  for (const name of Object.keys(dir.entries)) {
    const node = entry(dir, name);
    if (node?.t !== 'dir' && node?.t !== 'hard') continue;
    const carried = carry(node, inodes);
    if (carried === node) continue;
    entries ??= { ...dir.entries };
    if (carried) setKey(entries, name, carried);
    else delete entries[name];
  }
  if (!entries && !dir.opaque) return dir;
  return { ...plainMeta(dir), entries: entries ?? dir.entries };
}

/** One line of `docker diff`. */
export interface Change {
  readonly path: string;
  /** Added, changed, deleted. */
  readonly kind: 'A' | 'C' | 'D';
}

/**
 * What differs between two trees, as the engine reports it (moby's pkg/archive, changes.go): a directory comes before
 * what is in it and counts as changed when something in it was added, changed or deleted; its own times do not count.
 * Within a directory: present names in order, then the deleted ones.
 */
export function changes(base: DirNode, tree: DirNode, inodes: Rec<FileNode> = {}): readonly Change[] {
  const found: Change[] = [];
  collect('/', base, tree, inodes, found);
  return found;
}

function collect(path: string, base: DirNode | undefined, tree: DirNode, inodes: Rec<FileNode>, found: Change[]): void {
  for (const name of entryNames(tree)) {
    const raw = entry(tree, name);
    const below = base && entry(base, name);
    if (!raw || raw === below) continue;
    const node = raw.t === 'hard' ? inodes[raw.inode] : raw;
    if (!node || node.t === 'whiteout') continue;
    const at = joinPath(path, name);
    const start = found.length;
    const old = below && below.t !== 'whiteout' && below.t !== 'hard' ? below : undefined;
    if (!old) found.push({ path: at, kind: 'A' });
    else if (differs(old, node)) found.push({ path: at, kind: 'C' });
    const told = found.length > start;
    if (node.t !== 'dir') continue;
    collect(at, old?.t === 'dir' ? old : undefined, node, inodes, found);
    if (!told && found.length > start) found.splice(start, 0, { path: at, kind: 'C' });
  }
  if (!base) return;
  for (const name of entryNames(base))
    if (!Object.hasOwn(tree.entries, name)) found.push({ path: joinPath(path, name), kind: 'D' });
}

function differs(a: Inode, b: Inode): boolean {
  if (a.t !== b.t || a.mode !== b.mode || a.uid !== b.uid || a.gid !== b.gid) return true;
  if (a.t === 'dir' || b.t === 'dir') return false;
  if (a.mtime !== b.mtime) return true;
  if (a.t === 'file' && b.t === 'file') return fileSize(a) !== fileSize(b);
  if (a.t === 'link' && b.t === 'link') return a.target.length !== b.target.length;
  if ('major' in a && 'major' in b) return a.major !== b.major || a.minor !== b.minor;
  return false;
}
