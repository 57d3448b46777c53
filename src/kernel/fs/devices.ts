import { type Errno, fail } from '../errno.ts';
import { newFile } from '../files.ts';
import type { Id } from '../json.ts';
import type { Machine } from '../machine.ts';
import type { OpenFile } from '../state.ts';
import type { Filesystem } from './filesystem.ts';
import type { GeneratedNode } from './generated.ts';
import type { DeviceNode, DirNode, LinkNode, TreeNode } from './node.ts';
import { rootMeta } from './tree.ts';

type Device = Extract<OpenFile, { kind: 'device' }>['device'];

/** Character devices 1:N (Linux, Documentation/admin-guide/devices.txt). */
const memoryDevices: { readonly [minor: number]: Device } = {
  3: 'null',
  5: 'zero',
  7: 'full',
  8: 'random',
  9: 'random',
};

/** Pseudo-terminal slaves are 136:N. */
const ptySlave = 136;

/** Further character devices of a virtual machine: name, numbers, mode (Linux, Documentation/admin-guide/devices.txt). */
const hostDevices: readonly (readonly [name: string, major: number, minor: number, mode: number])[] = [
  ['autofs', 10, 235, 0o644],
  ['fuse', 10, 229, 0o666],
  ['hwrng', 10, 183, 0o600],
  ['kvm', 10, 232, 0o660],
  ['loop-control', 10, 237, 0o660],
  ['mem', 1, 1, 0o640],
  ['rtc0', 253, 0, 0o600],
  ['snapshot', 10, 231, 0o600],
  ['tty0', 4, 0, 0o620],
  ['tty1', 4, 1, 0o620],
  ['ttyS0', 4, 64, 0o660],
  ['userfaultfd', 10, 126, 0o600],
  ['vga_arbiter', 10, 63, 0o600],
];

/** The directory /dev: of a container as runc makes it, of a host as devtmpfs and udev make it. */
export function deviceTree(now: number, kind: 'container' | 'host'): DirNode {
  const char = (major: number, minor: number, mode = 0o666, gid = 0): DeviceNode => {
    return { t: 'char', ...rootMeta(now, mode), gid, major, minor };
  };
  const link = (target: string): LinkNode => ({ t: 'link', ...rootMeta(now, 0o777), target });
  const dir = (mode: number): DirNode => ({ t: 'dir', ...rootMeta(now, mode), entries: {} });
  const tty = kind === 'host' ? 5 : 0;
  const entries: { [name: string]: TreeNode } = {
    null: char(1, 3),
    zero: char(1, 5),
    full: char(1, 7),
    random: char(1, 8),
    urandom: char(1, 9),
    tty: char(5, 0, 0o666, tty),
    ptmx: kind === 'host' ? char(5, 2, 0o666, tty) : link('pts/ptmx'),
    fd: link('/proc/self/fd'),
    stdin: link('/proc/self/fd/0'),
    stdout: link('/proc/self/fd/1'),
    stderr: link('/proc/self/fd/2'),
    core: link('/proc/kcore'),
    pts: dir(0o755),
    shm: dir(0o1777),
    mqueue: dir(0o1777),
  };
  if (kind === 'host') {
    entries.console = char(5, 1, 0o600);
    entries.kmsg = char(1, 11, 0o644);
    for (const [name, major, minor, mode] of hostDevices) entries[name] = char(major, minor, mode);
    for (let n = 0; n < 8; n++)
      entries[`loop${n}`] = { t: 'block', ...rootMeta(now, 0o660), gid: 6, major: 7, minor: n };
    entries.sda = { t: 'block', ...rootMeta(now, 0o660), gid: 6, major: 8, minor: 0 };
    entries.sda1 = { t: 'block', ...rootMeta(now, 0o660), gid: 6, major: 8, minor: 1 };
  }
  return { t: 'dir', ...rootMeta(now), entries };
}

/** What open(2) of a device gives. `terminal` is the opener's controlling terminal. ENXIO: no such device here. */
export function openDevice(m: Machine, fs: Filesystem, node: DeviceNode, terminal: Id | undefined): Id | Errno {
  if (node.t === 'block') return fail('ENXIO');
  const device = node.major === 1 ? memoryDevices[node.minor] : undefined;
  if (device) return newFile(m, { kind: 'device', device });
  if (node.major === 5 && node.minor === 0) return terminal === undefined ? fail('ENXIO') : openTty(m, terminal);
  if (node.major === ptySlave) {
    const tty = ptyOf(m, fs, node.minor);
    return tty === undefined ? fail('EIO') : openTty(m, tty);
  }
  return fail('ENXIO');
}

function openTty(m: Machine, tty: Id): Id | Errno {
  return m.kernel.ttys[tty] ? newFile(m, { kind: 'tty', tty }) : fail('ENXIO');
}

/** The devpts that a terminal is in: where its session sees it, or the host's first one. */
function devptsOf(m: Machine, tty: Id): Id | undefined {
  const session = Object.values(m.kernel.processes).find((process) => process.tty === tty);
  const all = Object.values(m.kernel.filesystems).filter((fs) => fs.type === 'devpts');
  const mounts = session && m.kernel.namespaces[session.ns.mnt];
  const seen =
    mounts?.kind === 'mnt' ? mounts.mounts.findLast(({ fs }) => all.some((each) => each.id === fs)) : undefined;
  return seen?.fs ?? all[0]?.id;
}

/** The terminals that a devpts file system shows. */
function ptys(m: Machine, fs: Filesystem): readonly (readonly [number, Id])[] {
  const found: (readonly [number, Id])[] = [];
  for (const [id, tty] of Object.entries(m.kernel.ttys)) {
    const number = /^pts\/(\d+)$/.exec(tty.name)?.[1];
    if (number !== undefined && (tty.devpts ?? devptsOf(m, id)) === fs.id) found.push([Number(number), id]);
  }
  return found.sort((a, b) => a[0] - b[0]);
}

function ptyOf(m: Machine, fs: Filesystem, number: number): Id | undefined {
  return ptys(m, fs).find(([n]) => n === number)?.[1];
}

/** The node at a path of a devpts file system: `/`, `/ptmx` or `/N`. */
export function devptsNode(m: Machine, fs: Filesystem, path: string): GeneratedNode | undefined {
  const { booted } = m.kernel;
  if (path === '/') {
    const names = () => [...ptys(m, fs).map(([number]) => String(number)), 'ptmx'];
    return { t: 'gdir', ...rootMeta(booted, 0o755), names };
  }
  if (path === '/ptmx') return { t: 'char', ...rootMeta(booted, 0o666), major: 5, minor: 2 };
  const number = /^\/(\d+)$/.exec(path)?.[1];
  const id = number === undefined ? undefined : ptyOf(m, fs, Number(number));
  if (id === undefined) return undefined;
  const owner = Object.values(m.kernel.processes).find((p) => p.tty === id);
  return {
    t: 'char',
    mode: 0o620,
    uid: owner?.uid ?? 0,
    gid: 5,
    mtime: m.world.now,
    major: ptySlave,
    minor: Number(number),
  };
}
