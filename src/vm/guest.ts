import { addHost, bootKernel } from '../kernel/boot.ts';
import { encodeUtf8 } from '../kernel/bytes.ts';
import { isErrno } from '../kernel/errno.ts';
import { setFd } from '../kernel/files.ts';
import { carry } from '../kernel/fs/layers.ts';
import type { DirNode } from '../kernel/fs/node.ts';
import { fileCalls } from '../kernel/fs/sys-files.ts';
import { lookup } from '../kernel/fs/tree.ts';
import type { Id, Json } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';
import { namespaceOf, setNamespace } from '../kernel/namespaces.ts';
import { openListener } from '../kernel/net/listeners.ts';
import { cloneProcess, ownProcess } from '../kernel/process.ts';
import type { ServiceAnswer } from '../kernel/program.ts';
import type { Host } from '../kernel/state.ts';
import { guestKernelMemory, sshdMemory, sshdWords } from './box.ts';
import { guestId, natAddress, natRouter, plugCards } from './cards.ts';
import { diskOf } from './disk-image.ts';
import { refuse } from './refuse.ts';
import type { VmAnswer } from './requests.ts';
import { sessionService } from './sessions.ts';
import { kernelStart } from './stages.ts';
import { type DiskServices, initService, type VirtualMachine } from './state.ts';
import { systemOf } from './systems.ts';

/** Loads the kernel from the machine's disk and runs it with its own init: a host of its own in the world. */
export function startGuest(m: Machine, vm: VirtualMachine): Id {
  const guest = guestId(m, vm.name);
  const { memory, cpus, mac } = vm.hardware;
  const system = systemOf(vm.system ?? undefined);
  const computer = {
    hostname: hostnameOn(vm.disk) ?? vm.name,
    release: system.release,
    version: system.version,
    memory,
    kernelMemory: guestKernelMemory(memory),
    cpus,
    root: vm.disk,
    card: { name: system.cards[0], mac, cidr: `${natAddress}/24`, gateway: natRouter },
    disk: system.disk,
    capacity: vm.hardware.disk,
  };
  addHost(m, guest, computer, (vm.poweredOn ?? m.world.now) + kernelStart);
  const kernel = m.peer(guest);
  bootKernel(kernel, computer);
  plugCards(m, kernel, vm);
  if (vm.services) tellInit(kernel, { op: 'mounted', services: vm.services.kept });
  tellInit(kernel, { op: 'early' });
  return guest;
}

/** What /etc/hostname says. */
function hostnameOn(disk: DirNode): string | undefined {
  const file = lookup(disk, '/etc/hostname');
  const name = file?.t === 'file' ? file.data.trim() : '';
  return name === '' ? undefined : name;
}

/** The rest of the services, once the basic system is there: from then on it can be logged in to. */
export function startLateServices(guest: Machine): void {
  startSshd(guest);
  tellInit(guest, { op: 'booted' });
}

/** Tells or asks the guest's service manager; undefined: it has no answer. */
function tellInit(guest: Machine, message: Json): { readonly [key: string]: Json } | undefined {
  const answer = guest.software.services.get(initService)?.request(guest, 1, message);
  return answer && !isErrno(answer) && 'reply' in answer ? (answer.reply as { [key: string]: Json }) : undefined;
}

/** Services stop before the power goes. True: one of them still has to be waited for. */
export function goingDown(guest: Machine): boolean {
  return tellInit(guest, { op: 'going-down' })?.busy === true;
}

/** What services of a guest have on its disk that is no file. */
export function servicesOf(guest: Machine): DiskServices | undefined {
  const kept = tellInit(guest, { op: 'on-disk' })?.services;
  if (kept === undefined) return undefined;
  let bytes = 0;
  for (const [name, service] of guest.software.services) {
    if (guest.host.services[name] !== undefined) bytes += service.stored?.(guest) ?? 0;
  }
  return { kept, bytes };
}

/** sshd listens, and is told when a session ends; it takes no connection itself: sessions are made by the service. */
function startSshd(guest: Machine): void {
  const path = '/usr/sbin/sshd';
  const pid = cloneProcess(guest, 1, { program: 'sshd', pgid: 0, fds: {}, cgroup: '/system.slice/ssh.service' });
  if (isErrno(pid)) return;
  const argv = sshdWords;
  Object.assign(ownProcess(guest, pid), { sid: pid, path, argv, service: sessionService, resident: sshdMemory });
  const file = openListener(guest, pid, '0.0.0.0', 22);
  if (!isErrno(file)) setFd(guest, pid, 3, file);
}

/** What the disk of a guest holds, which may be kept aside. */
export function diskContent({ kernel }: Host): DirNode | undefined {
  const disk = diskOf(kernel);
  if (!disk) return undefined;
  const tree = carry(disk.root, disk.inodes);
  return tree?.t === 'dir' ? tree : undefined;
}

/** Gives a running guest another name: the one that its kernel tells, and /etc/hostname for the next boots. */
export function setHostname(m: Machine, vm: VirtualMachine, hostname: string): ServiceAnswer {
  if (vm.guest === undefined || !m.world.hosts[vm.guest]) return refuse('not-running');
  const guest = m.peer(vm.guest);
  const ns = guest.kernel.processes[1]?.ns.uts ?? '';
  const [short = hostname] = hostname.split('.');
  setNamespace(guest, ns, { ...namespaceOf(guest, ns, 'uts'), hostname: short });
  const calls = fileCalls(guest, 1);
  calls.writeFile('/etc/hostname', encodeUtf8(`${short}\n`));
  const names = short === hostname ? short : `${hostname}\t${short}`;
  calls.writeFile('/etc/hosts', encodeUtf8(`127.0.0.1\tlocalhost\n127.0.1.1\t${names}\n`));
  return { reply: { ok: true } satisfies VmAnswer };
}
