import type { ByteString } from '../kernel/bytes.ts';
import type { DirNode, FileNode, Meta, TreeNode } from '../kernel/fs/node.ts';
import { entry as childOf, entryNames, lookup, setKey, splitPath } from '../kernel/fs/tree.ts';
import { type Rec, second, type Us } from '../kernel/json.ts';
import { readTar, type TarEntry, tarParts, writeTar } from './tar.ts';

/** How a layer's archive says that a name is deleted, and that a directory hides all below it (layer.md). */
const whiteoutPrefix = '.wh.';
const opaqueMark = '.wh..wh..opq';

/**
 * A layer as an archive: directories before what is in them, names in byte order, whole seconds. Files that only declare
 * their size are written with the bytes that they have. Sockets are left out, as by the engine; the root is not a member.
 */
export function layerToTar(layer: DirNode): ByteString {
  return writeTar(membersOf('', layer, { inodes: {}, seen: new Map() }));
}

/**
 * The same in pieces, which share their bytes with the layer. With the `inodes` of its file system a whole tree can be
 * packed, in which files have several names.
 */
export function layerParts(layer: DirNode, inodes: Rec<FileNode> = {}): Generator<ByteString> {
  return tarParts(membersOf('', layer, { inodes, seen: new Map() }));
}

/** Files with several names: the first one in the archive has the content, the others are hard links to it. */
interface HardLinks {
  readonly inodes: Rec<FileNode>;
  readonly seen: Map<string, string>;
}

function* membersOf(path: string, dir: DirNode, links: HardLinks): Generator<TarEntry> {
  if (dir.opaque) yield whiteout(`${path}${opaqueMark}`, dir);
  for (const name of entryNames(dir)) {
    const node = childOf(dir, name);
    if (!node) continue;
    const member = memberOf(`${path}${name}`, node, path, name, links);
    if (member) yield member;
    if (node.t === 'dir') yield* membersOf(`${path}${name}/`, node, links);
  }
}

function memberOf(path: string, node: TreeNode, parent: string, name: string, links: HardLinks): TarEntry | undefined {
  switch (node.t) {
    case 'whiteout':
      return whiteout(`${parent}${whiteoutPrefix}${name}`, { mode: 0, uid: 0, gid: 0, mtime: 0 });
    case 'file':
      return { ...plain(path, node), type: 'file', data: node.data, ...declared(node) };
    case 'dir':
      return { ...plain(path, node), type: 'dir' };
    case 'link':
      return { ...plain(path, node), type: 'link', target: node.target };
    case 'char':
    case 'block':
      return { ...plain(path, node), type: node.t, major: node.major, minor: node.minor };
    case 'fifo':
      return { ...plain(path, node), type: 'fifo' };
    case 'hard': {
      const file = links.inodes[node.inode];
      const target = links.seen.get(node.inode);
      if (!file) return undefined;
      if (target !== undefined) return { ...plain(path, file), type: 'hard', target };
      links.seen.set(node.inode, path);
      return { ...plain(path, file), type: 'file', data: file.data, ...declared(file) };
    }
    default:
      return undefined;
  }
}

function declared({ size }: FileNode): { readonly declared?: number } {
  return size === undefined ? {} : { declared: size };
}

function plain(path: string, { mode, uid, gid, mtime }: Meta): TarEntry {
  const seconds = Math.floor(mtime / second);
  return { path, type: 'file', mode, uid, gid, mtime: seconds, data: '', target: '', major: 0, minor: 0 };
}

function whiteout(path: string, meta: Meta): TarEntry {
  return { ...plain(path, meta), mode: 0 };
}

type Building = { -readonly [K in keyof DirNode]: DirNode[K] } & { entries: { [name: string]: TreeNode } };

/**
 * The layer that an archive holds. Hard links become copies of what they name, in the archive or in `base` (the tree
 * below). Directories that are not members get mode 0755, root and `mtime`. Throws TarError for what is no archive.
 */
export function tarToLayer(archive: ByteString, mtime: Us = 0, base?: DirNode): DirNode {
  const root = newDir({ mode: 0o755, uid: 0, gid: 0, mtime });
  for (const member of readTar(archive)) place(root, member, mtime, base);
  return root;
}

function place(root: Building, member: TarEntry, mtime: Us, base: DirNode | undefined): void {
  const names = splitPath(member.path).filter((name) => name !== '.');
  // what climbs out of the archive is not for us
  if (names.includes('..')) return;
  const name = names.pop();
  if (name === undefined) {
    if (member.type === 'dir') Object.assign(root, metaOf(member));
    return;
  }
  const dir = dirAt(root, names, mtime);
  if (name === opaqueMark) {
    dir.opaque = true;
  } else if (name.startsWith('.wh..wh.')) {
    // aufs kept its own notes under such names
  } else if (name.startsWith(whiteoutPrefix)) {
    setKey<TreeNode>(dir.entries, name.slice(whiteoutPrefix.length), { t: 'whiteout' });
  } else {
    const old = childOf(dir, name);
    if (member.type === 'dir' && old?.t === 'dir') Object.assign(old, metaOf(member));
    else {
      const node = nodeOf(member, root, base);
      if (node) setKey<TreeNode>(dir.entries, name, node);
    }
  }
}

function dirAt(root: Building, names: readonly string[], mtime: Us): Building {
  let dir = root;
  for (const name of names) {
    const next = childOf(dir, name);
    // all directories in `root` were made here, so they can be changed
    if (next?.t === 'dir') dir = next as Building;
    else {
      const made = newDir({ mode: 0o755, uid: 0, gid: 0, mtime });
      setKey<TreeNode>(dir.entries, name, made);
      dir = made;
    }
  }
  return dir;
}

function newDir(meta: Meta): Building {
  return { t: 'dir', ...meta, entries: {} };
}

function metaOf({ mode, uid, gid, mtime }: TarEntry): Meta {
  return { mode, uid, gid, mtime: mtime * second };
}

function sizeOf({ declared: size, data }: TarEntry): { readonly size?: number } {
  return size !== undefined && size > data.length ? { size } : {};
}

function nodeOf(member: TarEntry, root: DirNode, base: DirNode | undefined): TreeNode | undefined {
  const meta = metaOf(member);
  switch (member.type) {
    case 'file':
      return { t: 'file', ...meta, data: member.data, ...sizeOf(member) };
    case 'dir':
      return newDir(meta);
    case 'link':
      return { t: 'link', ...meta, target: member.target };
    case 'char':
    case 'block':
      return { t: member.type, ...meta, major: member.major, minor: member.minor };
    case 'fifo':
      return { t: 'fifo', ...meta };
    default: {
      const target = member.target.replace(/(^|\/)(?:\.\/)+/g, '$1');
      const found = lookup(root, target) ?? (base && lookup(base, target));
      return found?.t === 'dir' || found?.t === 'whiteout' ? undefined : found;
    }
  }
}
