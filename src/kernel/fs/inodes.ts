import type { Mutable } from '../draft.ts';
import { emit } from '../emit.ts';
import type { Id } from '../json.ts';
import type { Machine } from '../machine.ts';
import type { OpenFile } from '../state.ts';
import { nextId } from '../world.ts';
import type { Directory, Filesystem } from './filesystem.ts';
import type { DirNode, FileNode, Inode, TreeNode } from './node.ts';
import { filesystem, findFilesystem } from './overlay.ts';
import { dirName, entry, fileSize, insert, isUnder, lookup, ownDir, remove, splitPath } from './tree.ts';

/** A regular file of a file system: by its path, or by its number in `inodes` when it has lost its name. */
export interface FileRef {
  readonly fs: Id;
  readonly path: string;
  readonly orphan?: Id;
}

/** The file system's root directory, changeable. */
export function ownRoot(m: Machine, fs: Id): Mutable<DirNode> {
  return m.draft.own(ownFilesystem(m, fs), 'root');
}

/** The file system's table of files with several names, changeable. */
export function fileInodes(m: Machine, fs: Id): { [id: string]: FileNode } {
  return m.draft.own(ownFilesystem(m, fs), 'inodes');
}

function ownFilesystem(m: Machine, fs: Id): Mutable<Filesystem> {
  const where = m.kernel.filesystems[fs] ? m.kernel : m.draft.own(m.kernel, 'detached');
  return m.draft.own(m.draft.own(where, 'filesystems'), fs) as Mutable<Filesystem>;
}

/** The regular file, if it is one and is still there. */
export function fileOf(m: Machine, ref: FileRef): FileNode | undefined {
  const fs = findFilesystem(m, ref.fs);
  if (!fs) return undefined;
  if (ref.orphan !== undefined) return fs.inodes[ref.orphan];
  const node = lookup(fs.root, ref.path);
  if (node?.t === 'hard') return fs.inodes[node.inode];
  return node?.t === 'file' ? node : undefined;
}

/** Puts a new version of the file in its place. `copied`: bytes that an overlay copies up first (default: its size). */
export function setFile(m: Machine, ref: FileRef, file: FileNode, copied?: number): void {
  const fs = filesystem(m, ref.fs);
  const node = ref.orphan === undefined ? lookup(fs.root, ref.path) : undefined;
  const inode = ref.orphan ?? (node?.t === 'hard' ? node.inode : undefined);
  if (inode !== undefined) {
    fileInodes(m, ref.fs)[inode] = file;
    if (m.kernel.stacks) markStacks(m, ref.fs, ref.path);
    return;
  }
  copyUp(m, fs, ref.path, node, copied);
  insert(m.draft, ownRoot(m, ref.fs), ref.path, file);
  if (m.kernel.stacks) markStacks(m, ref.fs, ref.path);
}

/** Puts a new version of a node (mode, owner, times) in its place; directories keep their entries. */
export function setInode(m: Machine, ref: FileRef, node: Inode): void {
  if (node.t === 'file') setFile(m, ref, node);
  else if (node.t === 'dir') {
    const dir = ownDir(m.draft, ownRoot(m, ref.fs), ref.path);
    if (dir) Object.assign(dir, { mode: node.mode, uid: node.uid, gid: node.gid, mtime: node.mtime });
    if (m.kernel.stacks) markStacks(m, ref.fs, ref.path);
  } else {
    insert(m.draft, ownRoot(m, ref.fs), ref.path, node);
    if (m.kernel.stacks) markStacks(m, ref.fs, ref.path);
  }
}

/** Tells that an overlay copies a lower file into its upper directory, when `node` is still the lower one. */
export function copyUp(m: Machine, fs: Filesystem, path: string, node: TreeNode | undefined, copied?: number): void {
  if (node?.t !== 'file' || !fs.base || lookup(fs.base, path) !== node) return;
  emit(m, 'kernel', 'copy-up', { path, bytes: copied ?? fileSize(node) });
}

/** Adds a name. Its directory's time of change moves. */
export function addName(m: Machine, fs: Id, path: string, node: TreeNode): void {
  const root = ownRoot(m, fs);
  insert(m.draft, root, path, node);
  touchDir(m, root, path);
  if (m.kernel.stacks) markStacks(m, fs, path);
}

/** Takes a name away (and all below it). Its directory's time of change moves. */
export function removeName(m: Machine, fs: Id, path: string): void {
  const root = ownRoot(m, fs);
  remove(m.draft, root, path);
  touchDir(m, root, path);
  if (m.kernel.stacks) markStacks(m, fs, path);
}

/** Notes for overlays made of directories that something at `path` of this file system changed: see overlay-stack.ts. */
function markStacks(m: Machine, fs: Id, path: string): void {
  for (const [id, stack] of Object.entries(m.kernel.stacks ?? {})) {
    if (stack.changed !== undefined) continue;
    const near = (dir: Directory) => dir.fs === fs && (isUnder(path, dir.path) || isUnder(dir.path, path));
    const changed =
      id === fs ? 'merged' : [...stack.lower, stack.upper].some((dir) => dir && near(dir)) ? 'layers' : undefined;
    if (changed) m.draft.own(m.kernel, 'stacks')[id] = { ...stack, changed };
  }
}

function touchDir(m: Machine, root: Mutable<DirNode>, path: string): void {
  const dir = ownDir(m.draft, root, dirName(path));
  if (dir) dir.mtime = m.world.now;
}

/** Turns the file at `path` into one of `inodes` (it is to have a second name, or none); returns its number. */
export function makeInode(m: Machine, fs: Id, path: string, file: FileNode, nlink: number): Id {
  const id = nextId(m, 'i');
  fileInodes(m, fs)[id] = { ...file, nlink };
  if (nlink > 0) insert(m.draft, ownRoot(m, fs), path, { t: 'hard', inode: id });
  return id;
}

/** Changes how many names an inode has; without names and openers it is gone. */
export function countNames(m: Machine, fs: Id, inode: Id, by: 1 | -1): void {
  const inodes = fileInodes(m, fs);
  const file = inodes[inode];
  if (!file) return;
  const nlink = (file.nlink ?? 1) + by;
  if (nlink === 0 && !isOpenInode(m, fs, inode)) delete inodes[inode];
  else inodes[inode] = { ...file, nlink };
}

/** Is the inode open somewhere? */
export function isOpenInode(m: Machine, fs: Id, inode: Id): boolean {
  return openFiles(m, (file) => file.fs === fs && file.orphan === inode).length > 0;
}

type OpenRegular = Extract<OpenFile, { kind: 'file' }>;

function openFiles(m: Machine, wanted: (file: OpenRegular) => boolean): readonly Id[] {
  const found: Id[] = [];
  for (const [id, file] of Object.entries(m.kernel.files)) if (file.kind === 'file' && wanted(file)) found.push(id);
  return found;
}

/**
 * Takes a file's name away. Content that is still open, or has another name, lives on in `inodes`, and open files that
 * were known by the name are known by the inode from now on.
 */
export function unlinkFile(m: Machine, fsId: Id, path: string, node: TreeNode): void {
  const open = openFiles(m, (file) => file.fs === fsId && file.path === path && file.orphan === undefined);
  if (node.t === 'hard') {
    for (const id of open) setOpen(m, id, { orphan: node.inode });
    removeName(m, fsId, path);
    countNames(m, fsId, node.inode, -1);
    return;
  }
  if (node.t === 'file' && open.length > 0) {
    const inode = makeInode(m, fsId, path, node, 0);
    for (const id of open) setOpen(m, id, { orphan: inode });
  }
  removeName(m, fsId, path);
}

/** A name was changed: open files keep up, and so do working directories of processes. */
export function followRename(m: Machine, fs: Id, from: string, to: string): void {
  for (const id of openFiles(m, (file) => file.fs === fs && file.orphan === undefined && isUnder(file.path, from))) {
    const file = m.kernel.files[id];
    if (file?.kind === 'file') setOpen(m, id, { path: to + file.path.slice(from.length) });
  }
}

function setOpen(m: Machine, id: Id, change: Partial<Mutable<OpenRegular>>): void {
  Object.assign(m.draft.own(m.draft.own(m.kernel, 'files'), id), change);
}

/**
 * The directory of an overlay's lower layers that shows through at `path`: undefined when there is none, or when a
 * directory on the way was made anew (opaque).
 */
export function lowerDir(fs: Filesystem, path: string): DirNode | undefined {
  let lower = fs.base;
  let node: TreeNode = fs.root;
  for (const name of splitPath(path)) {
    if (!lower || node.t !== 'dir') return undefined;
    const below = entry(lower, name);
    const next = entry(node, name);
    if (below?.t !== 'dir' || (next?.t === 'dir' && next.opaque)) return undefined;
    lower = below;
    node = next ?? { t: 'whiteout' };
  }
  return lower;
}

/** Is there a directory in the lower layers that a new directory at `path` has to hide? */
export function hidesLower(fs: Filesystem, path: string): boolean {
  const parent = lowerDir(fs, dirName(path));
  return parent !== undefined && entry(parent, path.slice(path.lastIndexOf('/') + 1))?.t === 'dir';
}
