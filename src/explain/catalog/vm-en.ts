import { bytes, duration, plural, shortRelease } from '../quantities.ts';
import type { VmBriefs, VmTexts } from './vm-texts.ts';

/** What happens to virtual machines, in full sentences. */
export const vmTexts: VmTexts = {
  powerOn: (d) =>
    `The hypervisor starts process ${d.pid} on this host, which plays a whole computer: ${plural(d.cpus, 'processor')}, ${bytes(d.memory)} of memory that are set aside now (${bytes(d.left)} are left for everything else), and a disk of ${bytes(d.disk)} in a file. A container sets nothing aside.`,
  stages: {
    firmware: () =>
      'As in a real computer the firmware runs first: it finds memory, processors and devices, and knows nothing of Linux.',
    'boot-device': () => 'The firmware loads the first sector of the disk and jumps into it.',
    'boot-loader': () =>
      'The boot loader chooses what to boot and waits for a moment in case somebody wants something else.',
    'load-kernel': (d) =>
      `The boot loader reads a kernel, ${d.release}, and an initial RAM disk from the machine's own disk. An image of a container has neither.`,
    kernel: (d) =>
      `A second kernel runs: ${d.release}, beside the host's ${d.hostRelease}. From here on two kernels know nothing of each other; a container would use the host's.`,
    processors: () => 'The guest kernel counts its memory and starts its other processors.',
    devices: () =>
      'The guest kernel looks for devices: a PCI bus, a serial port, a clock, all of them played by the hypervisor.',
    initramfs: () =>
      'The initial RAM disk is unpacked and its init runs, because the driver for the real root disk may have to be loaded first.',
    root: () =>
      'The driver finds the virtual disk, and the root file system on it is mounted. It is the machine’s alone.',
    init: () => 'The guest has its own process 1, systemd, in a process table of its own.',
    targets: () =>
      'The init, systemd, mounts file systems, starts the log and the device manager, and reaches the basic system.',
    services: () => 'The services of a whole operating system start: message bus, logins, terminals.',
    login: (d) =>
      `The login prompt, ${duration(d.after)} after power on: ${plural(d.processes, 'process', 'processes')} run in the guest, and nothing that anybody wanted of it has been done yet. These are times measured on QEMU without hardware virtualization; with it they are much shorter, the order is the same.`,
  },
  powerOff: (d) =>
    d.forced
      ? `The power of ${d.vm} is cut${d.pid === 0 ? '' : `: process ${d.pid} of the host is killed`}, and the guest's kernel and processes are gone with it. What was on the disk stays.`
      : `The power button asks the guest to stop: systemd ends its services in reverse, unmounts the disks, and the kernel powers off. ${d.pid === 0 ? 'The' : `Process ${d.pid} on the host ends, its`} memory is free again, the disk stays.`,
  list: (d) =>
    `${plural(d.total, 'virtual machine')}, ${d.running} of them on. Each one that is on is one process for the host, whatever runs in it; one on a hypervisor of type 1 is none.`,
  remove: (d) => `The machine ${d.vm} is deleted with its disk.`,
};

/** The same in a few words. */
export const vmBriefs: VmBriefs = {
  powerOn: (d) =>
    `process ${d.pid} plays a computer: ${plural(d.cpus, 'processor')}, ${bytes(d.memory)} set aside (${bytes(d.left)} left), a disk of ${bytes(d.disk)}`,
  stages: {
    firmware: (d) => `looks for memory, processors and devices, starts from the disk (${duration(d.after)})`,
    'boot loader': (d) => `reads a kernel and an initial RAM disk from the machine's own disk (${duration(d.after)})`,
    'guest kernel': (d) =>
      `${shortRelease(d.release)} beside the host's ${shortRelease(d.hostRelease)}: finds devices, mounts its own root (${duration(d.after)})`,
    'guest init': (d) =>
      `systemd is PID 1, then services, then the login prompt: ${plural(d.processes, 'process', 'processes')} after ${duration(d.after)} (as measured with everything emulated)`,
  },
  powerOff: (d) =>
    d.forced
      ? `power cut${d.pid === 0 ? '' : `: process ${d.pid} killed`}, the disk stays`
      : `services stopped, disks unmounted, ${d.pid === 0 ? 'power off' : `process ${d.pid} ended with 0`}`,
  list: (d) => `${plural(d.total, 'machine')}, ${d.running} on; each is one process of the host (on type 1: none)`,
  remove: (d) => `${d.vm} deleted with its disk`,
};
