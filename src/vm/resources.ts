import { usage } from '../kernel/fs/capacity.ts';
import { treeSize } from '../kernel/fs/tree.ts';
import type { Machine } from '../kernel/machine.ts';
import { usedMemory } from '../kernel/process-list.ts';
import { diskOf } from './disk-image.ts';
import { isOnMetal, type Kind, needsHardwareHelp } from './kinds.ts';
import type { VmRefusal } from './requests.ts';
import { type Hardware, holdsMemory, hypervisorState, type VirtualMachine, virtualMachines } from './state.ts';

/** The least memory that a Debian boots with here, bytes: a guest of 256 MiB was measured. */
const leastMemory = 256 * 1_048_576;

/** Memory and processors of a computer of its own that a hypervisor on the metal has in the model. */
export const metal = { memory: 8 * 1_073_741_824, cpus: 4 } as const;

/**
 * Why a machine cannot be switched on; undefined when it can. Memory is set aside at once and never given twice; a disk image
 * must fit on the host's disk; 64-bit guests need the processor's help with all hypervisors but plain emulation.
 */
export function shortage(
  m: Machine,
  name: string,
  hardware: Hardware,
  kind: Kind,
  onDisk: number,
): { readonly refusal: VmRefusal; readonly free?: number } | undefined {
  if (hardware.memory < leastMemory) return { refusal: 'too-little-memory' };
  if (hardware.cpus > (isOnMetal(kind) ? metal.cpus : m.kernel.cpus)) return { refusal: 'too-many-cpus' };
  if (needsHardwareHelp(kind) && !hasHardwareHelp(m)) return { refusal: 'no-hardware-help' };
  const free = isOnMetal(kind) ? freeOnMetal(m, kind, name) : freeMemory(m);
  if (hardware.memory > free) return { refusal: 'no-memory', free };
  if (!isOnMetal(kind)) {
    const room = freeDisk(m);
    if (onDisk > room) return { refusal: 'no-disk', free: room };
  }
  return undefined;
}

/** Has the processor VT-x or AMD-V, and is it switched on? A guest's has not: nested virtualization is off unless asked for. */
export function hasHardwareHelp(m: Machine): boolean {
  return !m.hostId.includes('/') && hypervisorState(m).noHardwareHelp !== true;
}

/** What the host's processes and the machines that are on leave of its memory. A machine's is set aside when it is switched on. */
export function freeMemory(m: Machine): number {
  return m.kernel.memory - usedMemory(m.kernel);
}

function freeOnMetal(m: Machine, kind: Kind, name: string): number {
  const others = Object.values(virtualMachines(m)).filter(
    (vm) => vm.hypervisor === kind && vm.name !== name && holdsMemory(vm),
  );
  return others.reduce((free, { hardware }) => free - hardware.memory, metal.memory);
}

/** Free bytes of the host's disk. */
export function freeDisk(m: Machine): number {
  const disk = diskOf(m.kernel);
  if (!disk) return 0;
  const { total, used } = usage(m, disk);
  return Math.max(0, total - used);
}

/** Bytes that a machine's disk holds. */
export function diskUsed(vm: Pick<VirtualMachine, 'disk' | 'services'>): number {
  return treeSize(vm.disk) + (vm.services?.bytes ?? 0);
}
