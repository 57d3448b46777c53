import { Draft } from '../../../src/kernel/draft.ts';
import type { DirNode } from '../../../src/kernel/fs/node.ts';
import { emptyDir } from '../../../src/kernel/fs/tree.ts';
import type { Machine } from '../../../src/kernel/machine.ts';
import type { Kernel, Process, World } from '../../../src/kernel/state.ts';

export const hostNs = { pid: 'P', mnt: 'M', uts: 'U', ipc: 'I', net: 'N', cgroup: 'C', user: 'Z' };

export const rootCaps = ['CAP_CHOWN', 'CAP_DAC_OVERRIDE', 'CAP_FOWNER', 'CAP_FSETID', 'CAP_SYS_ADMIN', 'CAP_NET_ADMIN'];

/** A process at rest; `change` says what is special about it. */
export function processAt(pid: number, change: Partial<Process> = {}): Process {
  return {
    pid,
    pids: { P: pid },
    parent: pid === 1 ? 0 : 1,
    pgid: pid,
    sid: pid,
    ns: hostNs,
    cgroup: '/',
    uid: 0,
    gid: 0,
    groups: [],
    caps: rootCaps,
    root: '/',
    cwd: '/',
    umask: 0o022,
    fds: {},
    path: '/bin/busybox',
    argv: ['busybox', 'sh'],
    env: { PATH: '/bin' },
    program: 'sh',
    state: null,
    pending: [],
    caught: [],
    ignored: [],
    status: { wait: {}, seq: 0 },
    started: 1_000_000,
    cpu: 0,
    ...change,
  };
}

/** A user without privileges. */
export function userAt(pid: number, change: Partial<Process> = {}): Process {
  return processAt(pid, { uid: 1000, gid: 1000, groups: [1000], caps: [], ...change });
}

/** A world with one host: an ext4 file system `s1` at `/`, process 1 (root) and process 2 (user 1000). */
export function worldWith(root: DirNode = emptyDir(5), extra: Partial<Kernel> = {}): World {
  const kernel: Kernel = {
    release: '6.8.0-31-generic',
    version: '#31-Ubuntu SMP',
    machine: 'x86_64',
    booted: 1_000_000,
    memory: 4 * 2 ** 30,
    cpus: 2,
    nextPid: 100,
    nextId: 100,
    nextNamespace: 4026532201,
    pinned: [],
    processes: { 1: processAt(1), 2: userAt(2) },
    namespaces: {
      P: { kind: 'pid', next: 100 },
      U: { kind: 'uts', hostname: 'host', domainname: '' },
      I: { kind: 'ipc' },
      N: {
        kind: 'net',
        net: { interfaces: {}, routes: [], nat: [], forwarding: false, listeners: {}, nextIndex: 2 },
      },
      C: { kind: 'cgroup', root: '/' },
      Z: { kind: 'user' },
      M: {
        kind: 'mnt',
        mounts: [{ id: 1, point: '/', fs: 's1', root: '/', readonly: false, source: '/dev/sda1', options: 'relatime' }],
      },
    },
    cgroups: {},
    filesystems: { s1: { id: 's1', type: 'ext4', root, inodes: {} } },
    files: {},
    pipes: {},
    ttys: {},
    timers: [],
    jobs: {},
    ...extra,
  };
  return {
    schema: 1,
    now: 60_000_000,
    wallOffset: 0,
    seed: 'test',
    seq: 0,
    hosts: { h: { kernel, services: {} } },
    registries: {},
    runs: {},
  };
}

/** A machine under change, on a draft of the world. */
export function machineOn(world: World): Machine {
  const draft = new Draft();
  const owned = draft.copy(world);
  const hosts = draft.own(owned, 'hosts');
  const host = draft.own(hosts, 'h') as Machine['host'];
  const kernel = draft.own(host, 'kernel') as Machine['kernel'];
  return {
    draft,
    world: owned,
    hostId: 'h',
    host,
    kernel,
    software: { programs: new Map(), services: new Map() },
    trace: [],
    peer: () => {
      throw new Error('there is one host');
    },
    run: undefined,
    index: { sleepers: new Map(), ready: [], alarms: [], children: new Map(), population: 0 },
  } as Machine;
}

/** Freezes a value with everything in it, so that any change in place throws. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
