import { encodeUtf8 } from '../bytes.ts';
import { type Errno, fail } from '../errno.ts';
import type { Id } from '../json.ts';
import type { Machine } from '../machine.ts';
import type { FileType, Stat } from './calls.ts';
import type { Filesystem } from './filesystem.ts';
import type { View } from './generated.ts';
import { fileOf, lowerDir } from './inodes.ts';
import type { DirNode } from './node.ts';
import { filesystem } from './overlay.ts';
import type { Found } from './path.ts';
import { entry, fileSize, lookup } from './tree.ts';

const types: { readonly [t in Exclude<View['t'], 'opened'>]: FileType } = {
  file: 'file',
  dir: 'dir',
  link: 'link',
  char: 'char',
  block: 'block',
  fifo: 'fifo',
  socket: 'socket',
  gdir: 'dir',
  gfile: 'file',
  glink: 'link',
  namespace: 'file',
};

/** Device number of a file system: major and minor as /proc/self/mountinfo prints them; disks are 8:1 (sda1). */
export function deviceOf(fs: Filesystem): readonly [major: number, minor: number] {
  if (fs.type === 'ext4') return [8, 1];
  return [0, Number(fs.id.replace(/\D/g, '')) & 0xfffff];
}

/** What stat(2) tells of a place. */
export function statPlace(m: Machine, place: Found): Stat | Errno {
  const fs = filesystem(m, place.mount.fs);
  const { node } = place;
  if (node.t === 'opened') return statOpen(m, node.file);
  return statNode(fs, place.path, node);
}

/** What fstat(2) tells of an open file. EBADF when it is not open. */
export function statOpen(m: Machine, id: Id): Stat | Errno {
  const file = m.kernel.files[id];
  if (!file) return fail('EBADF');
  if (file.kind === 'file') {
    const fs = filesystem(m, file.fs);
    const node = fileOf(m, file) ?? lookup(fs.root, file.path);
    if (!node || node.t === 'hard' || node.t === 'whiteout') return fail('ENOENT');
    return file.orphan === undefined ? statNode(fs, file.path, node) : statNode(fs, `#${file.orphan}`, node);
  }
  const base = { uid: 0, gid: 0, size: 0, mtime: m.world.now, nlink: 1, ino: hash(id), dev: 14 };
  switch (file.kind) {
    case 'text':
      return { ...base, type: 'file', mode: 0o444, ino: hash(file.fs + file.path) };
    case 'tty': {
      const number = Number(m.kernel.ttys[file.tty]?.name.replace(/\D/g, '') ?? 0);
      return { ...base, type: 'char', mode: 0o620, gid: 5, ino: number + 3, rdev: [136, number] };
    }
    case 'device':
      return { ...base, type: 'char', mode: 0o666, rdev: [1, { null: 3, zero: 5, full: 7, random: 8 }[file.device]] };
    case 'pipe':
    case 'run':
      return { ...base, type: 'fifo', mode: 0o600, ino: hash(file.kind === 'pipe' ? file.pipe : id) };
    default:
      return { ...base, type: 'socket', mode: 0o777 };
  }
}

function statNode(fs: Filesystem, path: string, node: Exclude<View, { t: 'opened' }>): Stat {
  const [major, minor] = node.t === 'namespace' ? [0, 4] : deviceOf(fs);
  const raw = node.t === 'file' && !path.startsWith('#') ? lookup(fs.root, path) : undefined;
  const inode = raw?.t === 'hard' ? `#${raw.inode}` : path;
  return {
    type: types[node.t],
    mode: node.mode,
    uid: node.uid,
    gid: node.gid,
    mtime: node.mtime,
    size: sizeOf(fs, node),
    nlink: linksOf(fs, path, node),
    ino:
      node.t === 'namespace'
        ? Number(node.id)
        : inode === '/' && fs.type !== 'overlay'
          ? rootInode(fs)
          : hash(fs.id + inode),
    dev: major * 256 + minor,
    ...('major' in node ? { rdev: [node.major, node.minor] as const } : {}),
  };
}

function rootInode(fs: Filesystem): number {
  return fs.type === 'ext4' ? 2 : 1;
}

/** Directories: a block on a disk, 20 bytes a name in memory, nothing in generated file systems. */
function sizeOf(fs: Filesystem, node: Exclude<View, { t: 'opened' }>): number {
  switch (node.t) {
    case 'file':
      return fileSize(node);
    case 'dir':
      return fs.type === 'ext4' || fs.type === 'overlay' ? 4096 : (Object.keys(node.entries).length + 2) * 20;
    case 'link':
      return fs.type === 'proc' ? 0 : encodeUtf8(node.target).length;
    case 'gfile':
      return fs.type === 'sysfs' ? 4096 : 0;
    default:
      return 0;
  }
}

/** A directory has its own name, `.` and one `..` per subdirectory; overlayfs says 1 for a directory that merges layers. */
function linksOf(fs: Filesystem, path: string, node: View): number {
  if (node.t === 'file') return node.nlink ?? 1;
  if (node.t === 'gdir') return 2;
  if (node.t !== 'dir') return 1;
  const lower = lowerDir(fs, path);
  if (lower && lower !== node) return 1;
  return 2 + countDirs(node);
}

function countDirs(dir: DirNode): number {
  let count = 0;
  for (const name of Object.keys(dir.entries)) if (entry(dir, name)?.t === 'dir') count += 1;
  return count;
}

/** A number of 36 bits from a text (two rounds of FNV-1a), so that two files of a tree hardly ever share one. */
export function hash(text: string): number {
  let a = 0x811c9dc5;
  let b = 0x1b873593;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x01000193) ^ (b >>> 15);
  }
  return (a >>> 0) + ((b >>> 0) & 0xf) * 2 ** 32;
}
