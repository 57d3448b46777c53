import { beforeEach, describe, expect, test } from 'vitest';
import { bootHost } from '../../../src/kernel/boot.ts';
import { emptyDir } from '../../../src/kernel/fs/tree.ts';
import type { Machine } from '../../../src/kernel/machine.ts';
import { cloneProcess, endProcess, ownProcess } from '../../../src/kernel/process.ts';
import { begin } from '../../../src/kernel/simulation.ts';
import { SystemCalls } from '../../../src/kernel/sys.ts';
import { emptyWorld } from '../../../src/kernel/world.ts';

let m: Machine;

/** A process of its own beside init: root, or user 1000 without capabilities. */
function born(user = false): SystemCalls {
  const pid = cloneProcess(m, 1);
  if (typeof pid !== 'number') throw new Error(pid.errno);
  if (user) Object.assign(ownProcess(m, pid), { uid: 1000, gid: 1000, groups: [1000], caps: [] });
  return new SystemCalls(m, pid, 1_000_000);
}

const childOf = (sys: SystemCalls): number | string => {
  const pid = cloneProcess(m, sys.pid);
  return typeof pid === 'number' ? pid : pid.errno;
};

beforeEach(() => {
  const sim = begin(emptyWorld(1_767_323_045_000_000, 'test'), { programs: new Map(), services: new Map() });
  const root = emptyDir(0);
  const names = ['bin', 'dev', 'jail', 'mnt', 'proc', 'run', 'sys', 'tmp'];
  m = bootHost(sim, 'h', {
    hostname: 'host',
    release: '6.8.0',
    version: '#1',
    memory: 2 ** 30,
    cpus: 2,
    root: { ...root, entries: Object.fromEntries(names.map((name) => [name, emptyDir(0)])) },
    card: { name: 'eth0', mac: '02:00:00:00:00:01', cidr: '10.0.0.2/24', gateway: '10.0.0.1' },
  });
});

describe('chroot', () => {
  test('makes a directory the root, and is for the privileged', () => {
    const sys = born();
    sys.fs.mkdir('/jail/etc');
    expect(sys.isolation.chroot('/jail')).toBeUndefined();
    expect(sys.fs.list('/')).toEqual(['etc']);
    expect(born(true).isolation.chroot('/jail')).toEqual({ errno: 'EPERM' });
    expect(born().isolation.chroot('/nosuch')).toEqual({ errno: 'ENOENT' });
  });

  test('can be left: the working directory stays outside a second one', () => {
    const sys = born();
    sys.isolation.chroot('/jail');
    sys.chdir('/');
    expect(sys.chdir('..')).toBeUndefined();
    expect(sys.fs.list('.')).toEqual([]);
    sys.fs.mkdir('/x');
    sys.isolation.chroot('/x');
    expect(sys.cwd()).toBe('(unreachable)/jail');
    sys.chdir('../../..');
    sys.isolation.chroot('.');
    expect(sys.fs.list('/')).toContain('jail');
    expect(sys.cwd()).toBe('/');
  });

  test('shows every process as soon as proc is mounted, and through it the way out', () => {
    const sys = born();
    sys.fs.mkdir('/jail/proc');
    sys.isolation.chroot('/jail');
    sys.chdir('/');
    expect(sys.processes()).toEqual([]);
    expect(sys.isolation.mount({ source: 'proc', target: '/proc', type: 'proc' })).toBeUndefined();
    expect(sys.processes().map(({ pid }) => pid)).toContain(1);
    expect(sys.fs.list('/proc/1/root')).toContain('jail');
  });
});

describe('unshare', () => {
  test('gives a namespace of its own of the kinds asked for, and no other', () => {
    const sys = born();
    const before = m.kernel.processes[sys.pid]?.ns;
    expect(sys.isolation.unshare(['uts'])).toBeUndefined();
    const after = m.kernel.processes[sys.pid]?.ns;
    expect(after).toEqual({ ...before, uts: after?.uts });
    expect(after?.uts).not.toBe(before?.uts);
    sys.sethostname('blue');
    expect([sys.uname().hostname, born().uname().hostname]).toEqual(['blue', 'host']);
  });

  test('a PID namespace is for the children; with its first process it dies', () => {
    const sys = born();
    sys.isolation.unshare(['pid']);
    expect(sys.fs.readlink('/proc/self/ns/pid')).not.toEqual(sys.fs.readlink('/proc/self/ns/pid_for_children'));
    const first = childOf(sys);
    expect(m.kernel.processes[Number(first)]?.pids[m.kernel.processes[Number(first)]?.ns.pid ?? '']).toBe(1);
    expect(typeof childOf(sys)).toBe('number');
    endProcess(m, Number(first), { code: 0 });
    expect(childOf(sys)).toBe('ENOMEM');
  });

  test('vanishes with the last process, and takes its mounts and cables along', () => {
    const sys = born();
    const { pid } = sys;
    sys.isolation.unshare(['mnt', 'net']);
    sys.isolation.mount({ source: 'none', target: '/mnt', type: 'tmpfs' });
    const { mnt, net } = m.kernel.processes[pid]?.ns ?? { mnt: '', net: '' };
    const host = born();
    host.net.links.add({ name: 'a', kind: 'veth', peer: 'b' });
    host.net.links.move('b', `/proc/${pid}/ns/net`);
    expect(sys.net.interfaces().map(({ name }) => name)).toEqual(['lo', 'b']);
    const filesystems = Object.keys(m.kernel.filesystems).length;
    endProcess(m, pid, { code: 0 });
    expect([m.kernel.namespaces[mnt], m.kernel.namespaces[net]]).toEqual([undefined, undefined]);
    expect(Object.keys(m.kernel.filesystems)).toHaveLength(filesystems - 1);
    expect(host.net.interfaces().map(({ name }) => name)).toEqual(['lo', 'eth0']);
  });

  test('is for the privileged, but for a user namespace, which makes privileged inside', () => {
    const sys = born(true);
    expect(sys.isolation.unshare(['net'])).toEqual({ errno: 'EPERM' });
    expect(sys.isolation.unshare(['user', 'uts'])).toBeUndefined();
    expect([sys.uid, sys.isolation.capable('CAP_SYS_ADMIN')]).toEqual([65534, true]);
    expect(sys.fs.writeFile('/proc/self/gid_map', '0 1000 1')).toEqual({ errno: 'EPERM' });
    sys.fs.writeFile('/proc/self/setgroups', 'deny');
    for (const map of ['uid_map', 'gid_map']) expect(sys.fs.writeFile(`/proc/self/${map}`, '0 1000 1')).toBeUndefined();
    expect([sys.uid, sys.gid]).toEqual([0, 0]);
    expect(sys.sethostname('inside')).toBeUndefined();
    expect(born().uname().hostname).toBe('host');
    // the mounts are still the machine's, over which it has no rights
    expect(sys.isolation.mount({ source: 'none', target: '/mnt', type: 'tmpfs' })).toEqual({ errno: 'EPERM' });
    expect(sys.fs.writeFile('/proc/self/uid_map', '0 0 1')).toEqual({ errno: 'EPERM' });
  });
});

describe('setns', () => {
  test('joins what another process has, by its link', () => {
    const [blue, red] = [born(), born()];
    blue.isolation.unshare(['uts']);
    blue.sethostname('blue');
    expect(red.isolation.setns(`/proc/${blue.pid}/ns/uts`, 'net')).toEqual({ errno: 'EINVAL' });
    expect(red.isolation.setns(`/proc/${blue.pid}/ns/uts`, 'uts')).toBeUndefined();
    expect(red.uname().hostname).toBe('blue');
    expect(born(true).isolation.setns(`/proc/${blue.pid}/ns/uts`)).toEqual({ errno: 'EACCES' });
  });

  test('a namespace bound to a file stays without a process, until it is unmounted', () => {
    const sys = born();
    sys.fs.writeFile('/run/blue', '');
    const other = born();
    other.isolation.unshare(['net']);
    const id = m.kernel.processes[other.pid]?.ns.net ?? '';
    expect(
      sys.isolation.mount({ source: `/proc/${other.pid}/ns/net`, target: '/run/blue', bind: true }),
    ).toBeUndefined();
    endProcess(m, other.pid, { code: 0 });
    expect(m.kernel.namespaces[id]).toBeDefined();
    expect(born().isolation.setns('/run/blue', 'net')).toBeUndefined();
    expect(sys.fs.stat('/run/blue')).toMatchObject({ ino: Number(id) });
  });
});

describe('mount', () => {
  test('refuses without the right, unknown types, missing places and busy ones', () => {
    const sys = born();
    expect(born(true).isolation.mount({ source: 'none', target: '/mnt', type: 'tmpfs' })).toEqual({ errno: 'EPERM' });
    expect(sys.isolation.mount({ source: 'none', target: '/mnt', type: 'foo' })).toEqual({ errno: 'ENODEV' });
    expect(sys.isolation.mount({ source: 'none', target: '/nosuch', type: 'tmpfs' })).toEqual({ errno: 'ENOENT' });
    expect(sys.isolation.umount('/mnt')).toEqual({ errno: 'EINVAL' });
    sys.isolation.mount({ source: 'none', target: '/mnt', type: 'tmpfs' });
    sys.chdir('/mnt');
    expect(sys.isolation.umount('/mnt')).toEqual({ errno: 'EBUSY' });
    expect(sys.isolation.umount('/mnt', { detach: true })).toBeUndefined();
  });

  test('an overlay writes to its upper directory, and sees what changes below', () => {
    const sys = born();
    for (const name of ['lower', 'upper', 'work', 'merged']) sys.fs.mkdir(`/tmp/${name}`);
    sys.fs.writeFile('/tmp/lower/old', 'low');
    sys.fs.writeFile('/tmp/lower/gone', 'low');
    const options = 'lowerdir=/tmp/lower,upperdir=/tmp/upper,workdir=/tmp/work';
    expect(sys.isolation.mount({ source: 'overlay', target: '/tmp/merged', type: 'overlay', options })).toBeUndefined();
    sys.fs.writeFile('/tmp/merged/old', 'new');
    sys.fs.unlink('/tmp/merged/gone');
    expect(sys.fs.list('/tmp/upper')).toEqual(['gone', 'old']);
    expect(sys.fs.stat('/tmp/upper/gone')).toMatchObject({ type: 'char', rdev: [0, 0] });
    expect(sys.fs.readFile('/tmp/lower/old')).toEqual({ bytes: 'low' });
    sys.fs.writeFile('/tmp/lower/later', 'below');
    expect(sys.fs.list('/tmp/merged')).toEqual(['later', 'old']);
    sys.isolation.umount('/tmp/merged');
    expect([sys.fs.list('/tmp/merged'), m.kernel.stacks]).toEqual([[], undefined]);
    const without = { source: 'overlay', target: '/tmp/merged', type: 'overlay' };
    expect(sys.isolation.mount({ ...without, options: 'lowerdir=/tmp/lower,upperdir=/tmp/upper' })).toEqual({
      errno: 'EINVAL',
    });
    sys.isolation.mount({ ...without, options: 'lowerdir=/tmp/lower' });
    expect(sys.fs.writeFile('/tmp/merged/x', '')).toEqual({ errno: 'EROFS' });
  });

  test('pivot_root leaves nothing to go back to once the old root is unmounted', () => {
    const sys = born();
    sys.isolation.unshare(['mnt']);
    sys.fs.mkdir('/jail/old');
    expect(sys.isolation.pivotRoot('/jail', '/jail/old')).toEqual({ errno: 'EINVAL' });
    sys.isolation.mount({ source: '/jail', target: '/jail', bind: true });
    expect(sys.isolation.pivotRoot('/jail', '/jail/old')).toBeUndefined();
    expect([sys.fs.list('/'), sys.fs.list('/old')]).toEqual([['old'], expect.arrayContaining(['jail', 'bin'])]);
    expect(sys.isolation.umount('/old', { detach: true })).toBeUndefined();
    expect(sys.fs.list('/old')).toEqual([]);
    expect(born().fs.list('/')).toContain('jail');
  });
});
