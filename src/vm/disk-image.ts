import type { Mutable } from '../kernel/draft.ts';
import type { Filesystem } from '../kernel/fs/filesystem.ts';
import type { DirNode } from '../kernel/fs/node.ts';
import { insert, remove, rootMeta, treeSize } from '../kernel/fs/tree.ts';
import type { Machine } from '../kernel/machine.ts';
import { usedMemory } from '../kernel/process-list.ts';
import type { Kernel } from '../kernel/state.ts';
import { isOnMetal } from './kinds.ts';
import type { VirtualMachine } from './state.ts';

/** What a qcow2 file has besides the data, bytes: an empty one was measured with 196 KiB. */
const overhead = 196 * 1024;

/** Where the file is, on the host, that holds a machine's disk. */
export function imagePath(name: string): string {
  return `/var/lib/libvirt/images/${name}.qcow2`;
}

/** VirtualBox keeps a machine's files together in its user's home. */
function machineFolder(name: string): string {
  return `/home/learner/VirtualBox VMs/${name}`;
}

function imageOf(vm: VirtualMachine): string {
  if (vm.hypervisor !== 'virtualbox') return imagePath(vm.name);
  const attached = Object.values(vm.storage ?? {}).find((path) => /\.(?:vdi|vmdk|vhd)$/.test(path));
  return attached ?? `${machineFolder(vm.name)}/${vm.name}.vmdk`;
}

/** The host's file for a machine's disk; it is as large as what the disk holds, not as the disk. */
export function writeImage(m: Machine, vm: VirtualMachine): void {
  const root = hostRoot(m);
  const owner = { uid: vm.owner ?? 0, gid: vm.owner ?? 0 };
  const size = treeSize(vm.disk) + (vm.services?.bytes ?? 0) + overhead;
  const file = { ...rootMeta(m.world.now, 0o600), ...owner, t: 'file', data: '', size } as const;
  if (root) insert(m.draft, root, imageOf(vm), file, { ...rootMeta(m.world.now), ...owner });
}

/** The file that has a saved machine's memory; what the guest does not use of it is not written. None for one on the metal. */
export function writeSavedState(m: Machine, vm: VirtualMachine): void {
  const root = hostRoot(m);
  if (!root || !vm.kept || isOnMetal(vm.hypervisor ?? 'qemu')) return;
  const owner = { uid: vm.owner ?? 0, gid: vm.owner ?? 0 };
  const size = usedMemory(vm.kept.kernel);
  const file = { ...rootMeta(m.world.now, 0o600), ...owner, t: 'file', data: '', size } as const;
  insert(m.draft, root, savedStatePath(vm), file, { ...rootMeta(m.world.now), ...owner });
}

/** Removes it, when there is one. */
export function removeSavedState(m: Machine, vm: VirtualMachine): void {
  const root = hostRoot(m);
  if (root) remove(m.draft, root, savedStatePath(vm));
}

function savedStatePath({ hypervisor, name, uuid }: VirtualMachine): string {
  return hypervisor === 'virtualbox'
    ? `${machineFolder(name)}/Snapshots/${uuid ?? name}.sav`
    : `/var/lib/libvirt/qemu/save/${name}.save`;
}

/** Removes that file, and what else VirtualBox had in the machine's folder. */
export function removeImage(m: Machine, vm: VirtualMachine): void {
  const root = hostRoot(m);
  if (!root) return;
  remove(m.draft, root, imageOf(vm));
  remove(m.draft, root, savedStatePath(vm));
  if (vm.hypervisor === 'virtualbox') remove(m.draft, root, machineFolder(vm.name));
}

/** The disk of a computer: its first file system. */
export function diskOf({ filesystems }: Pick<Kernel, 'filesystems'>): Filesystem | undefined {
  return Object.values(filesystems).find(({ type }) => type === 'ext4');
}

/** The root directory of the host's disk, to be changed. */
export function hostRoot(m: Machine): Mutable<DirNode> | undefined {
  const disk = diskOf(m.kernel);
  if (!disk) return undefined;
  const fs = m.draft.own(m.draft.own(m.kernel, 'filesystems'), disk.id) as Mutable<Filesystem>;
  return m.draft.own(fs, 'root') as Mutable<DirNode>;
}
