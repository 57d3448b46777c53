import { isErrno } from '../kernel/errno.ts';
import type { DirNode, FileNode, TreeNode } from '../kernel/fs/node.ts';
import { fileCalls } from '../kernel/fs/sys-files.ts';
import { second, type Us } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';
import { setTimer } from '../kernel/process.ts';
import { say } from './console.ts';
import { writeImage } from './disk-image.ts';
import type { DiskMaker } from './hypervisor.ts';
import { stages } from './stages.ts';
import { serviceName, updateMachine, type VirtualMachine, virtualMachines } from './state.ts';
import { step } from './step.ts';
import { type SystemId, systemOf, systems } from './systems.ts';

/** What an ISO image of an installer begins with here: the system that it installs. */
const mark = 'drydock installer: ';

/** The bytes of an installer's ISO image. */
export function isoBytes(system: SystemId): string {
  return `${mark}${system}\n`;
}

/** The system that the ISO image at this path of the host installs; undefined when it is none. */
export function systemOnIso(m: Machine, path: string): SystemId | undefined {
  const read = fileCalls(m, 1).readFile(path);
  if (isErrno(read) || !read.bytes.startsWith(mark)) return undefined;
  const id = read.bytes.slice(mark.length).trim();
  return systems.find((system) => system.id === id)?.id;
}

/** The ISO image in a drive of the machine. */
export function isoOf(m: Machine, vm: VirtualMachine): SystemId | undefined {
  for (const path of Object.values(vm.storage ?? {})) {
    const found = path.endsWith('.iso') ? systemOnIso(m, path) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

type Part = 'partitions' | 'base' | 'boot-loader' | 'reboot';

/** The parts of an unattended installation, and when each is done, after the installer's start. Typical times. */
const parts: readonly { readonly part: Part; readonly at: Us; readonly says: string }[] = [
  { part: 'partitions', at: 25 * second, says: 'Partitioning disks: /dev/sda1 ext4 /' },
  { part: 'base', at: 180 * second, says: 'Installing the base system' },
  { part: 'boot-loader', at: 240 * second, says: 'Installing GRUB boot loader on /dev/sda' },
  { part: 'reboot', at: 250 * second, says: 'Installation complete, rebooting' },
];

/** The firmware starts the installer from the CD: it goes on by itself when it was told the answers before. */
export function beginInstall(m: Machine, vm: VirtualMachine, system: SystemId): void {
  const { issue } = systemOf(system);
  say(m, vm.name, ['Booting from CD-ROM...', `${issue} installer boot menu`]);
  step(m, 'installer', 'vm-install', { vm: vm.name, part: 'start', system: issue });
  if (!vm.unattended || vm.hardware.disk === 0) return;
  const [first] = parts;
  if (first) setTimer(m, serviceName, `part-${first.part}:${vm.name}`, m.world.now + first.at);
}

/** A part of an installation is done. After the last one the machine starts from its own disk. */
export function installPart(m: Machine, name: string, part: string, makeDisk: DiskMaker): void {
  const vm = virtualMachines(m)[name];
  const index = parts.findIndex((each) => each.part === part);
  const done = parts[index];
  const system = vm && isoOf(m, vm);
  if (!vm || !done || system === undefined || vm.state !== 'running') return;
  say(m, name, [done.says]);
  step(m, 'installer', 'vm-install', { vm: name, part: done.part, system: systemOf(system).issue });
  if (done.part === 'base') {
    const disk = withUser(makeDisk(name, m.world.now, system), vm.unattended?.user ?? 'vboxuser', name);
    writeImage(m, updateMachine(m, name, { disk }));
  }
  const next = parts[index + 1];
  if (next) {
    setTimer(m, serviceName, `part-${next.part}:${name}`, m.world.now + next.at - done.at);
    return;
  }
  const [first] = stages;
  const { unattended: _, ...rest } = vm;
  updateMachine(m, name, {
    ...rest,
    disk: virtualMachines(m)[name]?.disk ?? vm.disk,
    system,
    state: 'booting',
    poweredOn: m.world.now,
    ...(first ? { next: first.id } : {}),
  });
  if (first) setTimer(m, serviceName, `stage:${name}`, m.world.now + first.at);
}

/** The disk with another name for its user, and for the machine. */
function withUser(disk: DirNode, user: string, hostname: string): DirNode {
  const text = (node: TreeNode | undefined): TreeNode | undefined =>
    node?.t === 'file' ? ({ ...node, data: node.data.replaceAll('vagrant', user) } satisfies FileNode) : node;
  const folder = (node: TreeNode | undefined, change: (entries: { [name: string]: TreeNode }) => void): TreeNode => {
    const dir = node?.t === 'dir' ? node : undefined;
    const entries: { [name: string]: TreeNode } = { ...(dir?.entries as { [name: string]: TreeNode } | undefined) };
    change(entries);
    return { t: 'dir', mode: 0o755, uid: 0, gid: 0, mtime: 0, ...dir, entries };
  };
  return folder(disk, (root) => {
    root.etc = folder(root.etc, (etc) => {
      for (const name of ['passwd', 'group']) {
        const changed = text(etc[name]);
        if (changed) etc[name] = changed;
      }
      const name = etc.hostname;
      if (name?.t === 'file') etc.hostname = { ...name, data: `${hostname}\n` };
    });
    root.home = folder(root.home, (home) => {
      const own = home.vagrant;
      delete home.vagrant;
      if (own) home[user] = own;
    });
  }) as DirNode;
}
