import type { Mutable } from '../kernel/draft.ts';
import type { Filesystem } from '../kernel/fs/filesystem.ts';
import type { DirNode } from '../kernel/fs/node.ts';
import { insert, remove, rootMeta, treeSize } from '../kernel/fs/tree.ts';
import type { Machine } from '../kernel/machine.ts';
import type { VirtualMachine } from './state.ts';

/** What a qcow2 file has besides the data, bytes: an empty one was measured with 196 KiB. */
const overhead = 196 * 1024;

/** Where the file is, on the host, that holds a machine's disk. */
export function imagePath(name: string): string {
  return `/var/lib/libvirt/images/${name}.qcow2`;
}

/** The host's file for a machine's disk; it is as large as what the disk holds, not as the disk. */
export function writeImage(m: Machine, vm: VirtualMachine): void {
  const root = hostRoot(m);
  const meta = { ...rootMeta(m.world.now, 0o600), t: 'file', data: '', size: treeSize(vm.disk) + overhead } as const;
  if (root) insert(m.draft, root, imagePath(vm.name), meta, rootMeta(m.world.now));
}

/** Removes that file. */
export function removeImage(m: Machine, name: string): void {
  const root = hostRoot(m);
  if (root) remove(m.draft, root, imagePath(name));
}

function hostRoot(m: Machine): Mutable<DirNode> | undefined {
  const filesystems = m.draft.own(m.kernel, 'filesystems');
  const disk = Object.values(filesystems).find(({ type }) => type === 'ext4');
  if (!disk) return undefined;
  const fs = m.draft.own(filesystems, disk.id) as Mutable<Filesystem>;
  return m.draft.own(fs, 'root') as Mutable<DirNode>;
}
