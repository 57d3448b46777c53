import { type Errno, isErrno } from '../kernel/errno.ts';
import { share } from '../kernel/fs/tree.ts';
import type { Machine } from '../kernel/machine.ts';
import { cutWires } from '../kernel/net/wire.ts';
import type { ServiceAnswer } from '../kernel/program.ts';
import type { Host } from '../kernel/state.ts';
import { randomHex } from '../kernel/world.ts';
import { guestId, takenPort } from './cards.ts';
import { removeSavedState, writeSavedState } from './disk-image.ts';
import { diskContent } from './guest.ts';
import { endPlayer, givePower, poweredOff, unplug, withoutPower } from './power.ts';
import { refuse } from './refuse.ts';
import type { VmAnswer } from './requests.ts';
import { shortage } from './resources.ts';
import {
  type DiskServices,
  holdsMemory,
  putMachine,
  type Snapshot,
  updateMachine,
  type VirtualMachine,
} from './state.ts';
import { step } from './step.ts';

const ok: ServiceAnswer = { reply: { ok: true } satisfies VmAnswer };

/**
 * Holds a machine or lets it go on. `pause`: the guest stands still and keeps its memory of the host. `save`: its memory goes to a
 * file, the process on the host ends. `resume` goes on from either; `discard` forgets a saved state, as if the power had been cut.
 */
export function hold(
  m: Machine,
  vm: VirtualMachine,
  how: 'pause' | 'save' | 'resume' | 'discard',
): ServiceAnswer | Errno {
  if (how === 'resume') return resume(m, vm);
  if (how === 'discard') {
    if (vm.state !== 'saved') return refuse('not-running');
    const found = unplug(m, vm);
    removeSavedState(m, vm);
    putMachine(m, { ...withoutPower(vm), ...found, state: 'off' });
    return ok;
  }
  const guest = vm.guest;
  if (how === 'save' && vm.state === 'paused') {
    return save(m, vm, vm.kept);
  }
  if (vm.state !== 'running' || guest === undefined) return refuse('not-running');
  const kept = m.world.hosts[guest];
  if (!kept) return refuse('not-running');
  delete m.draft.own(m.world, 'hosts')[guest];
  for (const host of Object.keys(m.world.hosts)) cutWires(m.peer(host), guest);
  if (how === 'pause') {
    updateMachine(m, vm.name, { state: 'paused', kept });
    step(m, 'hypervisor', 'vm-hold', { vm: vm.name, how, pid: vm.pid ?? 0, memory: vm.hardware.memory });
    return ok;
  }
  return save(m, vm, kept);
}

/** The memory goes to a file; the list says so before the process ends, or that would look like a power cut. */
function save(m: Machine, vm: VirtualMachine, kept: Host | undefined): ServiceAnswer {
  const { pid, ...rest } = vm;
  const saved = putMachine(m, { ...rest, state: 'saved', ...(kept ? { kept } : {}) });
  writeSavedState(m, saved);
  step(m, 'hypervisor', 'vm-hold', { vm: vm.name, how: 'save', pid: pid ?? 0, memory: vm.hardware.memory });
  endPlayer(m, pid, false);
  return ok;
}

function resume(m: Machine, vm: VirtualMachine): ServiceAnswer | Errno {
  const { kept, ...rest } = vm;
  if (vm.state === 'running') return refuse('not-held');
  if ((vm.state !== 'saved' && vm.state !== 'paused') || !kept || vm.guest === undefined) return refuse('not-running');
  let on: VirtualMachine | Errno = rest;
  if (vm.state === 'saved') {
    const problem = shortage(m, vm.name, vm.hardware, vm.hypervisor ?? 'qemu', 0);
    if (problem) return refuse(problem.refusal, problem.free === undefined ? {} : { free: problem.free });
    const port = takenPort(m, rest);
    if (port !== undefined) return refuse('port-taken', { port });
    on = givePower(m, rest);
    if (isErrno(on)) return on;
  }
  removeSavedState(m, vm);
  m.draft.own(m.world, 'hosts')[vm.guest] = kept;
  putMachine(m, { ...on, state: 'running' });
  step(m, 'hypervisor', 'vm-hold', { vm: vm.name, how: 'resume', pid: on.pid ?? 0, memory: vm.hardware.memory });
  return ok;
}

/** Takes, restores or deletes a snapshot: the disk, and the guest's memory when it is on. Restoring leaves the machine off or saved. */
export function snapshotOf(
  m: Machine,
  vm: VirtualMachine,
  act: 'take' | 'restore' | 'delete',
  name: string,
): ServiceAnswer | Errno {
  const all = vm.snapshots ?? [];
  const found = all.find((each) => each.name === name || each.uuid === name);
  if (act === 'take') {
    const taken = take(m, vm, name);
    updateMachine(m, vm.name, { snapshots: [...all, taken] });
    step(m, 'hypervisor', 'vm-snapshot', { vm: vm.name, snapshot: name, act, memory: taken.kept !== undefined });
    return ok;
  }
  if (!found) return refuse('no-such-snapshot');
  if (act === 'delete') {
    updateMachine(m, vm.name, { snapshots: all.filter((each) => each !== found) });
  } else {
    if (holdsMemory(vm)) poweredOff(m, vm.name, 'cut');
    const { kept } = found;
    const guest = guestId(m, vm.name);
    removeSavedState(m, vm);
    const { services: _, ...rest } = withoutPower(vm);
    const base = { ...rest, ...onDiskOf(found) };
    putMachine(m, kept ? { ...base, state: 'saved', kept: copyOf(kept), guest } : { ...base, state: 'off' });
  }
  step(m, 'hypervisor', 'vm-snapshot', { vm: vm.name, snapshot: name, act, memory: found.kept !== undefined });
  return ok;
}

function take(m: Machine, vm: VirtualMachine, name: string): Snapshot {
  const base = { name, uuid: newUuid(m), taken: m.world.now };
  const live = vm.guest === undefined ? undefined : (m.world.hosts[vm.guest] ?? vm.kept);
  if (!live) {
    share(m.draft, vm.disk);
    return { ...base, ...onDiskOf(vm) };
  }
  const kept = copyOf(live);
  return { ...base, kept, disk: diskContent(kept) ?? vm.disk };
}

function onDiskOf({ disk, services }: Pick<Snapshot, 'disk' | 'services'>): Pick<Snapshot, 'disk' | 'services'> {
  return { disk, ...(services ? { services: copyOf(services) } : {}) };
}

/** A copy that nothing of the original is shared with: that one goes on changing in place. */
function copyOf<T extends Host | DiskServices>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** A random UUID (version 4). */
export function newUuid(m: Machine): string {
  const digits = randomHex(m, 32);
  const parts = [digits.slice(0, 8), digits.slice(8, 12), `4${digits.slice(13, 16)}`, `8${digits.slice(17, 20)}`];
  return [...parts, digits.slice(20)].join('-');
}
