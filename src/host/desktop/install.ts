import { startEngine } from '../../engine/install.ts';
import { addHost, bootKernel, type Computer } from '../../kernel/boot.ts';
import { isErrno } from '../../kernel/errno.ts';
import { mount } from '../../kernel/fs/mounts.ts';
import { newFilesystem } from '../../kernel/fs/overlay.ts';
import type { Id, Json } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { newNamespace } from '../../kernel/namespaces.ts';
import { ownInterface, ownStack } from '../../kernel/net/interfaces.ts';
import { newHostNetStack } from '../../kernel/net/netns.ts';
import { cloneProcess, ownProcess } from '../../kernel/process.ts';
import type { Made } from '../../kernel/state.ts';
import { makeReady } from '../../kernel/wait.ts';
import { trust } from '../keys.ts';
import { addressOf, joinLan, lanGateway, lanName, macOf } from '../lan.ts';
import { laptopRoot, learner } from '../linux.ts';
import type { Size } from '../new.ts';
import { type Desktop, desktopService } from './backend.ts';
import { mac, macRoot } from './mac.ts';
import { hiddenKernels, hiddenRoot } from './machine.ts';
import { windowsRoot } from './windows.ts';

/** Makes a Mac or a Windows computer with Docker Desktop that runs. `m`: the world's first computer. */
export function addDesktop(
  m: Machine,
  name: string,
  kind: Desktop['kind'],
  address: string,
  size: Size,
  programs: { readonly [path: string]: string },
): Machine {
  const computer: Computer = {
    hostname: name,
    ...(kind === 'mac' ? { release: mac.release, version: mac.version, sysname: 'Darwin' } : windowsKernel),
    ...size,
    root: kind === 'mac' ? macRoot(name, m.world.now) : windowsRoot(m.world.now),
    card: {
      name: kind === 'mac' ? 'en0' : 'Ethernet',
      mac: macOf(address),
      cidr: `${address}/24`,
      gateway: lanGateway,
    },
    disk: kind === 'mac' ? '/dev/disk1s1' : 'C:',
  };
  addHost(m, name, computer, m.world.now);
  const host = m.peer(name);
  bootKernel(host, computer);
  joinLan(host);
  const first = kind === 'mac' ? ['/sbin/launchd'] : ['wininit.exe'];
  Object.assign(ownProcess(host, 1), { path: first[0], argv: first });
  const vm = hiddenMachine(host, name, kind, size, address);
  const desktop = startDesktop(host, kind, vm);
  ownStack(host, host.kernel.processes[1]?.ns.net ?? '').backend = {
    host: vm.hostId,
    ns: vm.kernel.processes[1]?.ns.net ?? '',
    pid: desktop.backend,
  };
  const made: Made = kind === 'mac' ? { kind, user: mac.user } : { kind, user: learner.name, shell: vm.hostId };
  Object.assign(host.host, { made });
  if (kind === 'windows') addDistribution(vm, desktop, name, address, programs);
  else meetOthers(m, host);
  return host;
}

const windowsKernel = { release: '10.0.26100', version: 'Windows 11 24H2', sysname: 'Windows_NT' } as const;

/** The virtual machine: half of the memory, as is usual, and its own network behind the computer's address. */
function hiddenMachine(host: Machine, name: string, kind: Desktop['kind'], size: Size, address: string): Machine {
  const id: Id = `${name}/vm`;
  const computer: Computer = {
    hostname: 'docker-desktop',
    ...hiddenKernels[kind],
    memory: Math.floor(size.memory / 2),
    cpus: size.cpus,
    root: hiddenRoot(host.world.now),
    card: { name: 'eth0', mac: '52:55:c0:a8:41:03', cidr: '192.168.65.3/24', gateway: '192.168.65.1' },
    disk: kind === 'mac' ? '/dev/vda1' : '/dev/sdd',
  };
  addHost(host, id, computer, host.world.now);
  const vm = host.peer(id);
  bootKernel(vm, computer);
  translate(vm, vm.kernel.processes[1]?.ns.net ?? '', address);
  startEngine(vm);
  return vm;
}

/** What leaves by this network's card is seen outside as coming from the computer's own address (NAT). */
function translate(m: Machine, ns: Id, address: string): void {
  const card = ownInterface(m, ns, 'eth0');
  if (card) Object.assign(card, { lan: lanName, nat: address });
}

/** Docker Desktop's processes: the backend that has the client's socket, and the one that is the virtual machine. */
function startDesktop(host: Machine, kind: Desktop['kind'], vm: Machine): Desktop {
  const app = '/Applications/Docker.app/Contents';
  const mib = Math.round(vm.kernel.memory / 1_048_576);
  const backend = kind === 'mac' ? `${app}/MacOS/com.docker.backend` : 'com.docker.backend.exe';
  const machine =
    kind === 'mac'
      ? [
          `${app}/MacOS/com.docker.virtualization`,
          '--kernel',
          `${app}/Resources/linuxkit/kernel`,
          '--cpus',
          `${vm.kernel.cpus}`,
          '--memoryMiB',
          `${mib}`,
        ]
      : ['vmmemWSL'];
  const desktop: Desktop = {
    kind,
    vm: vm.hostId,
    agent: daemon(vm, ['/usr/bin/vsudd', '-inport', '2376:unix:/var/run/docker.sock']),
    backend: daemon(host, [backend]),
    machine: daemon(host, machine, vm.kernel.memory),
    sockets:
      kind === 'mac'
        ? [`unix://${mac.home}/.docker/run/docker.sock`, 'unix:///var/run/docker.sock', 'unix:///run/docker.sock']
        : ['unix:///var/run/docker.sock', 'unix:///run/docker.sock'],
  };
  const services = host.draft.own(host.host, 'services');
  services[desktopService] = host.draft.adopt({ ...desktop }) as unknown as Json;
  return desktop;
}

function daemon(m: Machine, argv: readonly string[], resident?: number): number {
  const [path = ''] = argv;
  const pid = cloneProcess(m, 1, { program: 'guest-service', pgid: 0, fds: {}, cgroup: '/' });
  if (isErrno(pid)) throw new Error(`cannot start ${path}: ${pid.errno}`);
  Object.assign(ownProcess(m, pid), { sid: pid, path, argv, ...(resident === undefined ? {} : { resident }) });
  makeReady(m, pid, { on: 'start' });
  return pid;
}

/**
 * The Ubuntu of WSL 2 in which the user works: in the same virtual machine, under the same kernel as the engine, with processes,
 * files, network and name of its own.
 */
function addDistribution(
  vm: Machine,
  desktop: Desktop,
  name: string,
  address: string,
  programs: { readonly [path: string]: string },
): void {
  const own = Object.fromEntries(Object.entries(programs).filter(([path]) => !engineOnly.test(path)));
  const root = laptopRoot({ ...own, '/usr/bin/ssh': 'ssh' }, vm.world.now, name);
  const first = vm.kernel.processes[1];
  const netns = vm.kernel.namespaces[first?.ns.net ?? ''];
  const card = { name: 'eth0', mac: '00:15:5d:1c:9a:02', cidr: '172.28.80.2/20', gateway: '172.28.80.1' };
  const net = newNamespace(vm, { kind: 'net', net: newHostNetStack(card) });
  const pid = newNamespace(vm, { kind: 'pid', parent: first?.ns.pid ?? '', next: 1 });
  const mnt = newNamespace(vm, { kind: 'mnt', mounts: [] });
  const uts = newNamespace(vm, { kind: 'uts', hostname: name, domainname: '' });
  translate(vm, net, address);
  if (netns?.kind === 'net') {
    ownStack(vm, net).backend = { host: vm.hostId, ns: first?.ns.net ?? '', pid: 1 };
  }
  mount(vm, mnt, { point: '/', fs: newFilesystem(vm, 'ext4', { root }), source: '/dev/sdc', options: 'relatime' });
  mount(vm, mnt, {
    point: '/proc',
    fs: newFilesystem(vm, 'proc', { ns: pid }),
    source: 'proc',
    options: 'nosuid,nodev,noexec,noatime',
  });
  mount(vm, mnt, {
    point: '/sys',
    fs: newFilesystem(vm, 'sysfs', { ns: net }),
    source: 'sysfs',
    options: 'nosuid,nodev,noexec,noatime',
  });
  const session = cloneProcess(vm, 1, { program: 'init', pgid: 0, fds: {}, cgroup: '/', ns: { pid, mnt, net, uts } });
  if (isErrno(session)) throw new Error(`cannot start a distribution: ${session.errno}`);
  Object.assign(ownProcess(vm, session), { sid: session, path: '/sbin/init', argv: ['/sbin/init'] });
  makeReady(vm, session, { on: 'start' });
  const made: Made = { kind: 'linux', user: learner.name, session };
  const services = vm.draft.own(vm.host, 'services');
  services[desktopService] = vm.draft.adopt({ ...desktop, backend: desktop.agent }) as unknown as Json;
  Object.assign(vm.host, { made });
}

/** Programs of the engine: they are not in the user's distribution, where only the client is. */
const engineOnly =
  /^\/usr\/bin\/(?:dockerd|containerd|containerd-shim-runc-v2|docker-proxy|docker-init|qemu-system-x86_64)$|libvirtd|\/vm$/;

/** The Mac's user may log in on all Linux computers. */
function meetOthers(m: Machine, host: Machine): void {
  for (const id of Object.keys(m.world.hosts)) {
    const other = m.peer(id);
    const place = addressOf(m, id);
    const isServer = Object.values(other.kernel.processes).some(({ program }) => program === 'sshd');
    if (isServer && place !== undefined) trust(host, mac.user, other, learner.name, [id, place]);
  }
}
