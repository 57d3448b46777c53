import type { Errno } from '../kernel/errno.ts';
import type { Filesystem } from '../kernel/fs/filesystem.ts';
import { diff, fold } from '../kernel/fs/layers.ts';
import { mount, mountsOf } from '../kernel/fs/mounts.ts';
import type { DirNode } from '../kernel/fs/node.ts';
import { filesystem, newFilesystem } from '../kernel/fs/overlay.ts';
import { fileCalls } from '../kernel/fs/sys-files.ts';
import { emptyDir, insert, lookup, share } from '../kernel/fs/tree.ts';
import type { Machine } from '../kernel/machine.ts';
import type { ServiceAnswer } from '../kernel/program.ts';
import { cardsOf, setAddress } from './cards.ts';
import { diskOf, hostRoot } from './disk-image.ts';
import { makeFolders } from './folders.ts';
import type { DiskMaker } from './hypervisor.ts';
import { refuse } from './refuse.ts';
import type { MachineChange, VmAnswer } from './requests.ts';
import { hypervisor, putMachine, type Share, updateMachine, type VirtualMachine, virtualMachines } from './state.ts';
import { step } from './step.ts';

const ok: ServiceAnswer = { reply: { ok: true } satisfies VmAnswer };

/** Changes a machine that is off. */
export function changeMachine(m: Machine, vm: VirtualMachine, change: MachineChange, disk: DiskMaker): ServiceAnswer {
  const { hardware, name, system, ...rest } = change;
  if (vm.state !== 'off' && vm.state !== 'aborted') return refuse('is-running');
  if (name !== undefined && name !== vm.name) {
    if (virtualMachines(m)[name]) return refuse('exists');
    delete (m.draft.own(hypervisor(m), 'machines') as { [name: string]: VirtualMachine })[vm.name];
  }
  // an installation writes the system to the disk
  const installed = system !== undefined && system !== null && system !== vm.system;
  putMachine(m, {
    ...vm,
    ...rest,
    ...(name === undefined ? {} : { name }),
    ...(system === undefined ? {} : { system }),
    ...(installed ? { disk: disk(name ?? vm.name, m.world.now, system) } : {}),
    hardware: { ...vm.hardware, ...hardware },
  });
  return ok;
}

/** Gives a card of the machine an address: in its running guest now, and whenever it boots. */
export function changeAddress(m: Machine, vm: VirtualMachine, index: number, cidr: string): ServiceAnswer {
  const cards = cardsOf(vm).map((card, i) => (i === index && card.kind === 'hostonly' ? { ...card, cidr } : card));
  const changed = updateMachine(m, vm.name, { cards });
  if (vm.guest !== undefined && m.world.hosts[vm.guest]) setAddress(m.peer(vm.guest), changed, index, cidr);
  const card = cards[index];
  if (card?.kind === 'hostonly') step(m, 'hypervisor', 'vm-address', { vm: vm.name, cidr, network: card.network });
  return ok;
}

/**
 * Mounts a folder in the guest. `files`: what the folder holds (of the real computer, which is never written to); without them the
 * folder is one of the host's own. When it is mounted already, both sides are made equal: what the guest wrote goes on top.
 */
export function shareFolder(
  m: Machine,
  vm: VirtualMachine,
  folder: Share,
  files: DirNode | undefined,
): ServiceAnswer | Errno {
  if (vm.guest === undefined || !m.world.hosts[vm.guest]) return refuse('not-running');
  const guest = m.peer(vm.guest);
  const ns = guest.kernel.processes[1]?.ns.mnt ?? '';
  const mounted = mountsOf(guest, ns).find(({ point }) => point === folder.guestPath);
  const there = files ?? hostFolder(m, folder.hostPath) ?? emptyDir(m.world.now);
  const before = vm.shares?.find(({ guestPath }) => guestPath === folder.guestPath)?.last;
  const root =
    mounted && before ? together(m, guest, mounted.fs, before, there, files ? undefined : folder.hostPath) : there;
  share(m.draft, root);
  const shares = [
    ...(vm.shares ?? []).filter(({ guestPath }) => guestPath !== folder.guestPath),
    { ...folder, last: root },
  ];
  updateMachine(m, vm.name, { shares });
  if (mounted) {
    const fs = guest.draft.own(guest.draft.own(guest.kernel, 'filesystems'), mounted.fs) as {
      root: Filesystem['root'];
    };
    fs.root = root;
    return ok;
  }
  const { hostPath, guestPath } = folder;
  step(m, 'hypervisor', 'vm-share', { vm: vm.name, hostPath, guestPath });
  makeFolders(fileCalls(guest, 1), guestPath);
  mount(guest, ns, {
    point: guestPath,
    fs: newFilesystem(guest, 'vboxsf', { root }),
    source: folder.name,
    options: 'nodev,relatime,iocharset=utf8,uid=1000,gid=1000',
  });
  return ok;
}

/** What the host has now with what the guest wrote since; the host's own folder gets that, too. */
function together(
  m: Machine,
  guest: Machine,
  fs: string,
  before: DirNode,
  there: DirNode,
  path: string | undefined,
): DirNode {
  const own = filesystem(guest, fs);
  const written = diff(before, own.root, own.inodes);
  if (Object.keys(written.entries).length === 0) return there;
  const both = fold([there, written]);
  const root = path === undefined ? undefined : hostRoot(m);
  if (root && path !== undefined) insert(m.draft, root, path, both);
  return both;
}

function hostFolder(m: Machine, path: string): DirNode | undefined {
  const disk = diskOf(m.kernel);
  const found = disk && lookup(disk.root, path);
  return found?.t === 'dir' ? found : undefined;
}
