import { bytes, plural } from '../quantities.ts';
import type { MachineTexts } from './machine-texts.ts';

const partTexts = {
  start: 'The machine starts from the installer on the ISO image, because nothing on its disk can boot yet.',
  partitions: 'The installer writes a partition table to the empty disk and makes a file system on it.',
  base: 'It unpacks the base system: a whole operating system, with a kernel. A container image has the same files without the kernel.',
  'boot-loader': 'It writes the boot loader to the start of the disk, where the firmware will find it.',
  reboot: 'The machine starts again, this time from its own disk.',
} as const;

/** What else happens to virtual machines, in full sentences. */
export const machineTexts: MachineTexts = {
  'vm-metal-on': (d) =>
    `The hypervisor (${d.kind}) is of type 1: it runs on the hardware itself. ${d.vm} gets ${plural(d.cpus, 'processor')} and ${bytes(d.memory)} of memory from it; no process of any host operating system stands for it.`,
  'vm-no-medium': () =>
    'The firmware finds nothing to start: neither a boot loader on the disk nor a CD. A virtual machine begins as empty as a new computer.',
  'vm-reboot': (d) =>
    `The guest's init ends all services, then firmware, boot loader and kernel begin anew. The power stays on${d.pid === 0 ? '' : `: the same process ${d.pid} of the host plays the machine`}, with its ${bytes(d.memory)} of memory. \`docker restart\` boots nothing: it starts one process again.`,
  'vm-hold': (d) =>
    d.how === 'pause'
      ? `The guest's processors stand still. Its ${bytes(d.memory)} of memory stay set aside on the host.`
      : d.how === 'save'
        ? `The guest's memory is written to a file${d.pid === 0 ? '' : ` and process ${d.pid} of the host ends`}: ${bytes(d.memory)} are free again. Nothing is shut down; the guest does not notice.`
        : 'The guest goes on in the middle of what it was doing, without a boot: its kernel and processes are those from before.',
  'vm-snapshot': (d) =>
    d.act === 'take'
      ? `The disk ${d.memory ? 'and the memory ' : ''}of ${d.vm} can be put back to this moment. An image layer keeps files only, never memory.`
      : d.act === 'restore'
        ? `The disk of ${d.vm} is as it was when the snapshot ${d.snapshot} was taken${d.memory ? ', and so is its memory' : ''}.`
        : `The snapshot ${d.snapshot} is forgotten.`,
  'vm-define': (d) =>
    `A machine is on the list of ${d.kind}: ${plural(d.cpus, 'processor')}, ${bytes(d.memory)} of memory. Nothing is set aside before it is switched on.`,
  'vm-address': (d) =>
    `A second card of the guest gets ${d.cidr} on ${d.network}, a network that only the host and its guests are on. The guest is reached there as any other computer would be.`,
  'vm-share': (d) =>
    `The folder ${d.hostPath} shows as ${d.guestPath} in the guest, by a driver of the hypervisor (vboxsf). A bind mount of a container needs no driver: it is the same kernel's file system.`,
  'guest-login': (d) =>
    `The user ${d.user} logs in on ${d.vm} by ssh and runs ${d.program} there: process ${d.pid} of the guest, which the host's process table does not show. \`docker exec\` needs no network and no sshd.`,
  'vm-install': (d) => partTexts[d.part],
  'vagrant-read': (d) =>
    `Vagrant reads the Vagrantfile and finds ${plural(d.machines.length, 'machine')}: ${d.machines.join(', ')}. It describes whole machines as a Dockerfile describes an image.`,
  'vagrant-import': (d) =>
    `The disk of the box ${d.box} (v${d.version}) is copied for ${d.vm}: ${bytes(d.bytes)} for this machine alone. Containers share the layers of their image.`,
  'vagrant-provision': (d) =>
    `The script ${d.script} is copied into ${d.vm} and run there as ${d.user}, in the running machine. A Dockerfile's RUN happens once, when the image is built.`,
};

const partBriefs = {
  start: 'boots the installer from the ISO image',
  partitions: 'partitions the empty disk',
  base: 'unpacks a whole operating system, kernel included',
  'boot-loader': 'writes the boot loader to the disk',
  reboot: 'starts again, from its own disk',
} as const;

/** The same in a few words. */
export const machineBriefs: MachineTexts = {
  'vm-metal-on': (d) =>
    `${d.kind} on the metal gives ${plural(d.cpus, 'processor')}, ${bytes(d.memory)}; no process of a host`,
  'vm-no-medium': () => 'nothing to boot from: the machine is as empty as a new computer',
  'vm-reboot': (d) =>
    `goes down and boots again, from the firmware on${d.pid === 0 ? '' : `, in the same process ${d.pid}`}`,
  'vm-hold': (d) =>
    d.how === 'pause'
      ? `stands still, ${bytes(d.memory)} stay set aside`
      : d.how === 'save'
        ? `memory written to a file, ${d.pid === 0 ? '' : `process ${d.pid} ended, `}${bytes(d.memory)} free again`
        : 'goes on where it was, without a boot',
  'vm-snapshot': (d) =>
    d.act === 'take'
      ? `snapshot ${d.snapshot}: disk${d.memory ? ' and memory' : ''} kept`
      : d.act === 'restore'
        ? `back at ${d.snapshot}: disk${d.memory ? ' and memory' : ''}`
        : `snapshot ${d.snapshot} forgotten`,
  'vm-define': (d) => `${d.vm} is on the list of ${d.kind}; nothing is set aside yet`,
  'vm-address': (d) => `${d.cidr} on ${d.network}, between host and guests only`,
  'vm-share': (d) => `${d.hostPath} shows as ${d.guestPath} in the guest, by a driver`,
  'guest-login': (d) => `${d.user} logs in on ${d.vm}, ${d.program} is process ${d.pid} of the guest`,
  'vm-install': (d) => partBriefs[d.part],
  'vagrant-read': (d) => `the Vagrantfile describes ${plural(d.machines.length, 'machine')}: ${d.machines.join(', ')}`,
  'vagrant-import': (d) => `box ${d.box} copied for ${d.vm}: ${bytes(d.bytes)} of its own`,
  'vagrant-provision': (d) => `${d.script} run in ${d.vm} as ${d.user}`,
};
