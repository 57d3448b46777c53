import type { Id } from '../json.ts';
import type { Machine } from '../machine.ts';
import type { Filesystem } from './filesystem.ts';
import { diff } from './layers.ts';
import type { TreeNode } from './node.ts';
import { filesystem } from './overlay.ts';
import { entry, fileSize, treeSize } from './tree.ts';

const block = 4096;
/** A disk whose file system does not say how big it is: 60 GiB. */
const diskSize = 60 * 2 ** 30;

/** A file may hold so many bytes that were really written; then the disk counts as full, so that nothing grows without end. */
const largestFile = 48 * 2 ** 20;

/** Bytes in whole blocks, as tmpfs counts them. */
function inBlocks(bytes: number): number {
  return Math.ceil(bytes / block) * block;
}

function blocksUsed(fs: Filesystem, node: TreeNode): number {
  if (node.t === 'file') return inBlocks(fileSize(node));
  if (node.t === 'hard') {
    const file = fs.inodes[node.inode];
    return file ? inBlocks(fileSize(file)) / (file.nlink || 1) : 0;
  }
  if (node.t !== 'dir') return 0;
  let sum = 0;
  for (const name of Object.keys(node.entries)) {
    const child = entry(node, name);
    if (child) sum += blocksUsed(fs, child);
  }
  return sum;
}

/** How long a file of now `size` bytes, which is to have `wanted`, may get. */
export function roomFor(m: Machine, fsId: Id, size: number, wanted: number): number {
  const fs = filesystem(m, fsId);
  if (wanted <= inBlocks(size)) return wanted;
  if (fs.type === 'ext4' || fs.type === 'overlay') {
    const room = freeOnDisk(m);
    const most = Math.max(size, Math.min(wanted, largestFile));
    return room === undefined ? most : Math.min(most, inBlocks(size) + room);
  }
  if (fs.capacity === undefined) return Math.max(size, Math.min(wanted, largestFile));
  const free = Math.max(0, fs.capacity - blocksUsed(fs, fs.root));
  return Math.min(wanted, inBlocks(size) + free);
}

/** Bytes that are free on the host's disk; undefined when nobody has said how big it is. */
export function freeOnDisk(m: Machine): number | undefined {
  const disk = diskOf(m);
  if (disk?.capacity === undefined) return undefined;
  return Math.max(0, disk.capacity - usage(m, disk).used);
}

/** The host's disk: its first file system. */
function diskOf(m: Machine): Filesystem | undefined {
  const { filesystems } = m.kernel;
  for (const id in filesystems) if (filesystems[id]?.type === 'ext4') return filesystems[id];
  return undefined;
}

/** Bytes in all and in use. An overlay and bind mounts of the disk show the disk's, as df prints them. */
export function usage(m: Machine, fs: Filesystem): { readonly total: number; readonly used: number } {
  if (fs.type === 'ext4' || fs.type === 'overlay') {
    const disks = [...Object.values(m.kernel.filesystems), ...Object.values(m.kernel.detached?.filesystems ?? {})];
    const disk = diskOf(m);
    let used = 0;
    for (const service of m.software.services.values()) used += service.stored?.(m) ?? 0;
    for (const each of disks) {
      if (each.type === 'ext4') used += treeSize(each.root, each.inodes);
      if (each.type !== 'overlay' || !each.base) continue;
      used += treeSize(diff(each.base, each.root, each.inodes));
    }
    const total = disk?.capacity ?? diskSize;
    return { total, used: Math.min(used, total) };
  }
  if (fs.type === 'vboxsf') return { total: diskSize, used: blocksUsed(fs, fs.root) };
  if (fs.type === 'tmpfs' || fs.type === 'devtmpfs')
    return { total: fs.capacity ?? Math.floor(m.kernel.memory / 2), used: blocksUsed(fs, fs.root) };
  return { total: 0, used: 0 };
}
