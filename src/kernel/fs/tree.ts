import type { Draft, Mutable } from '../draft.ts';
import type { Rec } from '../json.ts';
import type { DirNode, FileNode, Meta, TreeNode } from './node.ts';

/** Owner root, `rwxr-xr-x`: what directories that come into being by themselves get. */
export function rootMeta(mtime: number, mode = 0o755): Meta {
  return { mode, uid: 0, gid: 0, mtime };
}

/** An empty directory. */
export function emptyDir(mtime: number, mode = 0o755): DirNode {
  return { t: 'dir', ...rootMeta(mtime, mode), entries: {} };
}

/** The names in an absolute path, without empty ones. */
export function splitPath(path: string): readonly string[] {
  return path.split('/').filter((part) => part !== '');
}

/** `dir` + `/` + `name`, where `dir` may be the root. */
export function joinPath(dir: string, name: string): string {
  if (name === '' || name === '/') return dir;
  return dir === '/' ? `/${stripSlash(name)}` : `${dir}/${stripSlash(name)}`;
}

function stripSlash(name: string): string {
  return name.startsWith('/') ? name.slice(1) : name;
}

/** An absolute path without `.`, `..` and empty names, by the text alone (links are not followed). */
export function cleanPath(path: string): string {
  const names: string[] = [];
  for (const name of path.split('/')) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  return `/${names.join('/')}`;
}

/** The directory part of an absolute path without a trailing slash; `/` for `/`. */
export function dirName(path: string): string {
  const cut = path.lastIndexOf('/');
  return cut <= 0 ? '/' : path.slice(0, cut);
}

/** The last name of an absolute path; empty for `/`. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Is `path` the directory `dir` or below it? */
export function isUnder(path: string, dir: string): boolean {
  return dir === '/' || path === dir || (path.startsWith(dir) && path[dir.length] === '/');
}

/** What `name` stands for in the directory. Never reads inherited properties, so `constructor` is a name like any other. */
export function entry(dir: DirNode, name: string): TreeNode | undefined {
  return Object.hasOwn(dir.entries, name) ? dir.entries[name] : undefined;
}

/** Order of names as bytes of UTF-8 (which is the order of code points). */
export function compareNames(a: string, b: string): number {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    // surrogates stand for code points above U+FFFF, so they sort last
    if (x !== y) return x >= 0xd800 && y >= 0xd800 ? fixUp(x) - fixUp(y) : x - y;
  }
  return a.length - b.length;
}

function fixUp(unit: number): number {
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}

/** The names in a directory, sorted by bytes. */
export function entryNames(dir: DirNode): string[] {
  return Object.keys(dir.entries).sort(compareNames);
}

/** The node at an absolute path of the tree; no links are followed, hard ones neither. */
export function lookup(root: DirNode, path: string): TreeNode | undefined {
  let node: TreeNode = root;
  for (const name of splitPath(path)) {
    if (node.t !== 'dir') return undefined;
    const next = entry(node, name);
    if (next === undefined) return undefined;
    node = next;
  }
  return node;
}

/** Sets a name in an owned record, also the name `__proto__`. */
export function setKey<T>(record: { [key: string]: T }, name: string, value: T): void {
  if (name === '__proto__')
    Object.defineProperty(record, name, { value, writable: true, enumerable: true, configurable: true });
  else record[name] = value;
}

/**
 * The directory at `path`, made changeable along the whole path. `root` must be the draft's own.
 * Undefined when the path does not lead to a directory; `parents` makes the missing ones instead.
 */
export function ownDir(
  draft: Draft,
  root: Mutable<DirNode>,
  path: string,
  parents?: Meta,
): Mutable<DirNode> | undefined {
  let dir = root;
  for (const name of splitPath(path)) {
    const next = entry(dir, name);
    if (next === undefined && parents) {
      const made = draft.adopt<DirNode>({ t: 'dir', ...parents, entries: draft.adopt({}) });
      setKey(ownEntries(draft, dir), name, made);
      dir = made;
      continue;
    }
    if (next?.t !== 'dir') return undefined;
    const owned = draft.copy(next);
    if (owned !== next) setKey(ownEntries(draft, dir), name, owned);
    dir = owned;
  }
  return dir;
}

function ownEntries(draft: Draft, dir: Mutable<DirNode>): { [name: string]: TreeNode } {
  const owned = draft.copy(dir.entries) as { [name: string]: TreeNode };
  dir.entries = owned;
  return owned;
}

/**
 * Puts `node` at `path` (not `/`), in place of whatever is there, copying each directory on the way at most once per
 * draft. False when the way there is not made of directories; with `parents` missing ones are made with that meta data.
 */
export function insert(draft: Draft, root: Mutable<DirNode>, path: string, node: TreeNode, parents?: Meta): boolean {
  const dir = ownDir(draft, root, dirName(path), parents);
  if (!dir) return false;
  setKey(ownEntries(draft, dir), baseName(path), node);
  return true;
}

/** Removes the name at `path` with all below it; false when there is none. */
export function remove(draft: Draft, root: Mutable<DirNode>, path: string): boolean {
  const parent = lookup(root, dirName(path));
  if (parent?.t !== 'dir' || entry(parent, baseName(path)) === undefined) return false;
  const dir = ownDir(draft, root, dirName(path));
  if (!dir) return false;
  delete ownEntries(draft, dir)[baseName(path)];
  return true;
}

/** A tree from a list of paths and nodes; directories that are not listed get `parents`. */
export function makeTree(
  draft: Draft,
  files: Iterable<readonly [path: string, node: TreeNode]>,
  parents: Meta,
): DirNode {
  const root = draft.adopt<DirNode>({ t: 'dir', ...parents, entries: draft.adopt({}) });
  for (const [path, node] of files) insert(draft, root, path, node, parents);
  share(draft, root);
  return root;
}

/**
 * Makes the tree immutable from now on, so that it may be kept in a second place (a snapshot, an overlay's base).
 * Costs what the draft has changed in it.
 */
export function share(draft: Draft, dir: DirNode): void {
  const own = draft.disown(dir);
  if (!draft.disown(dir.entries) && !own) return;
  for (const name of Object.keys(dir.entries)) {
    // the names are its own: no look for inherited ones
    const child = dir.entries[name];
    if (child?.t === 'dir') share(draft, child);
  }
}

/** A file's size in bytes: what it declares, or what it stores. */
export function fileSize(file: FileNode): number {
  return file.size ?? file.data.length;
}

/** Bytes of all regular files in the tree; a file with several names counts once. */
export function treeSize(node: TreeNode, inodes: Rec<FileNode> = {}, seen: Set<string> = new Set()): number {
  switch (node.t) {
    case 'file':
      return fileSize(node);
    case 'hard': {
      const file = inodes[node.inode];
      if (!file || seen.has(node.inode)) return 0;
      seen.add(node.inode);
      return fileSize(file);
    }
    case 'dir': {
      let sum = 0;
      for (const name of Object.keys(node.entries)) {
        const child = entry(node, name);
        if (child) sum += treeSize(child, inodes, seen);
      }
      return sum;
    }
    default:
      return 0;
  }
}
