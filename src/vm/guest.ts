import { addHost, bootKernel } from '../kernel/boot.ts';
import { isErrno } from '../kernel/errno.ts';
import { carry } from '../kernel/fs/layers.ts';
import type { DirNode } from '../kernel/fs/node.ts';
import type { Id } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';
import { cloneProcess, ownProcess } from '../kernel/process.ts';
import { makeReady } from '../kernel/wait.ts';
import { earlyServices, guestKernel, guestServices } from './box.ts';
import { kernelStart } from './stages.ts';
import type { VirtualMachine } from './state.ts';

/** Loads the kernel from the machine's disk and runs it with its own init: a host of its own in the world. */
export function startGuest(m: Machine, vm: VirtualMachine): Id {
  const guest = `${m.hostId}/${vm.name}`;
  const { memory, cpus, mac } = vm.hardware;
  const computer = {
    hostname: vm.name,
    ...guestKernel,
    memory,
    cpus,
    root: vm.disk,
    card: { name: 'ens3', mac, cidr: '10.0.2.15/24', gateway: '10.0.2.2' },
    disk: '/dev/vda1',
    capacity: vm.hardware.disk,
  };
  addHost(m, guest, computer, (vm.poweredOn ?? m.world.now) + kernelStart);
  const kernel = m.peer(guest);
  bootKernel(kernel, computer);
  startServices(kernel, guestServices.slice(0, earlyServices));
  return guest;
}

/** The rest of the services, once the basic system is there. */
export function startLateServices(guest: Machine): void {
  startServices(guest, guestServices.slice(earlyServices));
}

function startServices(guest: Machine, services: typeof guestServices): void {
  for (const { path, argv, unit } of services) {
    const pid = cloneProcess(guest, 1, {
      program: 'guest-service',
      pgid: 0,
      fds: {},
      cgroup: `/system.slice/${unit}.service`,
    });
    if (isErrno(pid)) continue;
    Object.assign(ownProcess(guest, pid), { sid: pid, path, argv });
    makeReady(guest, pid, { on: 'start' });
  }
}

/** What a guest's disk holds now. */
export function diskOf(guest: Machine): DirNode | undefined {
  const disk = Object.values(guest.kernel.filesystems).find(({ type }) => type === 'ext4');
  if (!disk) return undefined;
  const tree = carry(disk.root, disk.inodes);
  return tree?.t === 'dir' ? tree : undefined;
}
