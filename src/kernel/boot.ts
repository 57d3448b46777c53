import { allCapabilities } from './capabilities.ts';
import { deviceTree } from './fs/devices.ts';
import { mount } from './fs/mounts.ts';
import type { DirNode } from './fs/node.ts';
import { newFilesystem } from './fs/overlay.ts';
import type { Id, Us } from './json.ts';
import type { Machine } from './machine.ts';
import { newHostNetStack } from './net/netns.ts';
import { machineOf, type Simulation } from './simulation.ts';
import type { Kernel, Process } from './state.ts';
import { makeReady } from './wait.ts';

/** The hardware and the kernel of a computer, and what its disk holds. */
export interface Computer {
  readonly hostname: string;
  /** `uname -r` and `uname -v`. */
  readonly release: string;
  readonly version: string;
  /** `uname -s`, when it is not Linux: its files then are its disk's alone, without those that a Linux kernel generates. */
  readonly sysname?: string;
  /** Bytes. */
  readonly memory: number;
  /** Bytes of it that the kernel itself uses; absent: not counted. */
  readonly kernelMemory?: number;
  readonly cpus: number;
  readonly root: DirNode;
  /** The device that holds it; `/dev/sda1` unless told. */
  readonly disk?: string;
  /** Its size in bytes; absent: a usual one. */
  readonly capacity?: number;
  /** Its network card, with address and gateway. */
  readonly card: Parameters<typeof newHostNetStack>[0];
}

/** Inode numbers of the first namespaces (PROC_*_INIT_INO in the kernel's proc_ns.h; mnt and net as usually allotted). */
const firstNamespaces = {
  cgroup: '4026531835',
  pid: '4026531836',
  user: '4026531837',
  uts: '4026531838',
  ipc: '4026531839',
  net: '4026531840',
  mnt: '4026531841',
} as const;
const nextNamespace = 4_026_532_201;

/** Adds a computer to the world and boots its kernel: the first namespaces, the usual mounts, init as process 1. */
export function bootHost(sim: Simulation, hostId: Id, computer: Computer): Machine {
  addHost(sim, hostId, computer, sim.world.now);
  const m = machineOf(sim, hostId);
  bootKernel(m, computer);
  return m;
}

/** Adds a computer to the world whose kernel has run since `booted` and has nothing to run yet. */
export function addHost(at: Pick<Machine, 'draft' | 'world'>, hostId: Id, computer: Computer, booted: Us): void {
  const kernel: Kernel = {
    release: computer.release,
    version: computer.version,
    machine: 'x86_64',
    ...(computer.sysname === undefined ? {} : { sysname: computer.sysname }),
    booted,
    memory: computer.memory,
    ...(computer.kernelMemory === undefined ? {} : { kernelMemory: computer.kernelMemory }),
    cpus: computer.cpus,
    nextPid: 2,
    nextId: 1,
    nextNamespace,
    pinned: Object.values(firstNamespaces),
    processes: {},
    namespaces: {},
    cgroups: { '/': { path: '/', frozen: false, cpuUsed: 0 } },
    filesystems: {},
    files: {},
    pipes: {},
    ttys: {},
    timers: [],
    jobs: {},
  };
  const { draft } = at;
  draft.own(at.world, 'hosts')[hostId] = draft.adopt({ kernel: draft.adopt(kernel), services: {} });
}

/** Gives a new kernel its first namespaces, the usual mounts, and init as process 1. */
export function bootKernel(m: Machine, computer: Computer): void {
  const ns = firstNamespaces;
  Object.assign(m.draft.own(m.kernel, 'namespaces'), {
    [ns.cgroup]: { kind: 'cgroup', root: '/' },
    [ns.pid]: { kind: 'pid', next: 2 },
    [ns.user]: { kind: 'user' },
    [ns.uts]: { kind: 'uts', hostname: computer.hostname, domainname: '' },
    [ns.ipc]: { kind: 'ipc' },
    [ns.net]: { kind: 'net', net: newHostNetStack(computer.card) },
    [ns.mnt]: { kind: 'mnt', mounts: [] },
  });
  mountHost(m, computer);
  m.draft.own(m.kernel, 'processes')[1] = m.draft.adopt<Process>(init(m.world.now));
  makeReady(m, 1, { on: 'start' });
}

function mountHost(m: Machine, { root, disk = '/dev/sda1', capacity, sysname }: Computer): void {
  const { mnt, pid, net } = firstNamespaces;
  const kernelFs = 'nosuid,nodev,noexec,relatime';
  mount(m, mnt, {
    point: '/',
    fs: newFilesystem(m, 'ext4', { root, ...(capacity === undefined ? {} : { capacity }) }),
    source: disk,
    options: 'relatime',
  });
  if (sysname !== undefined) {
    mountForeign(m, mnt);
    return;
  }
  mount(m, mnt, { point: '/sys', fs: newFilesystem(m, 'sysfs', { ns: net }), source: 'sysfs', options: kernelFs });
  mount(m, mnt, { point: '/proc', fs: newFilesystem(m, 'proc', { ns: pid }), source: 'proc', options: kernelFs });
  const dev = newFilesystem(m, 'devtmpfs', { root: deviceTree(m.world.now, 'host') });
  mount(m, mnt, { point: '/dev', fs: dev, source: 'udev', options: 'nosuid,relatime,mode=755,inode64' });
  mount(m, mnt, {
    point: '/dev/pts',
    fs: newFilesystem(m, 'devpts'),
    source: 'devpts',
    options: 'nosuid,noexec,relatime,gid=5,mode=620,ptmxmode=000',
  });
  const tmpfs = (point: string, mode: number, options: string) =>
    mount(m, mnt, { point, fs: newFilesystem(m, 'tmpfs', { mode }), source: 'tmpfs', options });
  tmpfs('/run', 0o755, 'nosuid,nodev,noexec,relatime,mode=755,inode64');
  tmpfs('/dev/shm', 0o1777, 'nosuid,nodev,inode64');
  mount(m, mnt, {
    point: '/sys/fs/cgroup',
    fs: newFilesystem(m, 'cgroup2'),
    source: 'cgroup2',
    options: `${kernelFs},nsdelegate,memory_recursiveprot`,
  });
  mount(m, mnt, { point: '/dev/mqueue', fs: newFilesystem(m, 'mqueue'), source: 'mqueue', options: kernelFs });
}

/** Another system's kernel has devices too, and nothing else of what Linux mounts. */
function mountForeign(m: Machine, mnt: Id): void {
  const dev = newFilesystem(m, 'devtmpfs', { root: deviceTree(m.world.now, 'host') });
  mount(m, mnt, { point: '/dev', fs: dev, source: 'devfs', options: 'nobrowse' });
  mount(m, mnt, { point: '/dev/pts', fs: newFilesystem(m, 'devpts'), source: 'devpts', options: 'nosuid' });
}

function init(now: number): Process {
  return {
    pid: 1,
    pids: { [firstNamespaces.pid]: 1 },
    parent: 0,
    pgid: 1,
    sid: 1,
    ns: firstNamespaces,
    cgroup: '/init.scope',
    uid: 0,
    gid: 0,
    groups: [],
    caps: allCapabilities,
    root: '/',
    cwd: '/',
    umask: 0o022,
    fds: {},
    path: '/usr/lib/systemd/systemd',
    argv: ['/sbin/init'],
    env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
    program: 'init',
    state: null,
    pending: [],
    caught: [],
    ignored: [],
    status: { wait: {}, seq: 0 },
    started: now,
    cpu: 0,
  };
}
