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
  if (fs.capacity === undefined) return Math.max(size, Math.min(wanted, largestFile));
  const free = Math.max(0, fs.capacity - blocksUsed(fs, fs.root));
  return Math.min(wanted, inBlocks(size) + free);
}

/** Bytes in all and in use. An overlay and bind mounts of the disk show the disk's, as df prints them. */
export function usage(m: Machine, fs: Filesystem): { readonly total: number; readonly used: number } {
  if (fs.type === 'ext4' || fs.type === 'overlay') {
    const disks = [...Object.values(m.kernel.filesystems), ...Object.values(m.kernel.detached?.filesystems ?? {})];
    const disk = disks.find((each) => each.type === 'ext4');
    let used = 0;
    const bases = new Set<unknown>();
    for (const each of disks) {
      if (each.type === 'ext4') used += treeSize(each.root, each.inodes);
      if (each.type !== 'overlay' || !each.base) continue;
      used += treeSize(diff(each.base, each.root, each.inodes));
      if (!bases.has(each.base)) used += treeSize(each.base);
      bases.add(each.base);
    }
    return { total: disk?.capacity ?? diskSize, used };
  }
  if (fs.type === 'tmpfs' || fs.type === 'devtmpfs')
    return { total: fs.capacity ?? Math.floor(m.kernel.memory / 2), used: blocksUsed(fs, fs.root) };
  return { total: 0, used: 0 };
}
