import { describe, expect, it } from 'vitest';
import { isErrno } from '../../../src/kernel/errno.ts';
import { addFd, newFile } from '../../../src/kernel/files.ts';
import type { FileCalls } from '../../../src/kernel/fs/calls.ts';
import { deviceTree } from '../../../src/kernel/fs/devices.ts';
import { mount } from '../../../src/kernel/fs/mounts.ts';
import { newFilesystem } from '../../../src/kernel/fs/overlay.ts';
import { fileCalls, readOpenFile, writeOpenFile } from '../../../src/kernel/fs/sys-files.ts';
import type { Machine } from '../../../src/kernel/machine.ts';
import { newPipe, pipeEnd } from '../../../src/kernel/pipes.ts';
import type { Tty } from '../../../src/kernel/state.ts';
import { deepFreeze, hostNs, machineOn, processAt, userAt, worldWith } from './machine.ts';

const tty: Tty = {
  name: 'pts/0',
  termios: { icanon: true, echo: true, isig: true, opost: true },
  cols: 80,
  rows: 24,
  foreground: 50,
  cooked: '',
  line: '',
  eofs: 0,
  hungup: false,
  master: { run: 'r' },
  output: '',
};

/** A host with a container: process 50 is number 1 in the PID namespace `P2`, and in the cgroup /docker/c. */
function setUp(): { m: Machine; host: FileCalls; inside: FileCalls; user: FileCalls } {
  const ns = { ...hostNs, pid: 'P2', cgroup: 'C2' };
  const world = worldWith(undefined, {
    processes: {
      1: processAt(1, { path: '/sbin/init', argv: ['/sbin/init'] }),
      2: userAt(2),
      50: processAt(50, {
        pids: { P: 50, P2: 1 },
        ns,
        cgroup: '/docker/c',
        argv: ['sleep', '300'],
        path: '/bin/sleep',
        tty: 't1',
        caught: ['SIGINT', 'SIGTERM'],
        caps: ['CAP_CHOWN', 'CAP_SETFCAP'],
      }),
      51: processAt(51, {
        pids: { P: 51, P2: 7 },
        parent: 50,
        pgid: 50,
        sid: 50,
        ns,
        cgroup: '/docker/c',
        cpu: 2_500_000,
      }),
    },
    cgroups: { '/docker/c': { path: '/docker/c', frozen: false, cpuUsed: 1000, memoryMax: 67_108_864, pidsMax: 50 } },
    ttys: { t1: tty },
  });
  const namespaces = world.hosts.h?.kernel.namespaces;
  Object.assign(namespaces ?? {}, {
    P2: { kind: 'pid', parent: 'P', next: 8 },
    C2: { kind: 'cgroup', root: '/docker/c' },
  });
  const m = machineOn(deepFreeze(world));
  const dev = newFilesystem(m, 'devtmpfs', { root: deviceTree(0, 'host') });
  mount(m, 'M', { point: '/dev', fs: dev });
  mount(m, 'M', { point: '/dev/pts', fs: newFilesystem(m, 'devpts') });
  mount(m, 'M', { point: '/proc', fs: newFilesystem(m, 'proc', { ns: 'P' }), source: 'proc' });
  mount(m, 'M', { point: '/cproc', fs: newFilesystem(m, 'proc', { ns: 'P2' }) });
  mount(m, 'M', { point: '/sys', fs: newFilesystem(m, 'sysfs') });
  mount(m, 'M', { point: '/sys/fs/cgroup', fs: newFilesystem(m, 'cgroup2') });
  mount(m, 'M', { point: '/ccgroup', fs: newFilesystem(m, 'cgroup2', { ns: 'C2' }), readonly: true });
  return { m, host: fileCalls(m, 1), inside: fileCalls(m, 50), user: fileCalls(m, 2) };
}

function text(fs: FileCalls, path: string): string {
  const file = fs.readFile(path);
  return isErrno(file) ? file.errno : file.bytes;
}

function field(fs: FileCalls, path: string, name: string): string | undefined {
  return new RegExp(`^${name}:\t(.*)$`, 'm').exec(text(fs, path))?.[1];
}

describe('/proc', () => {
  it('shows the PID namespace that it was mounted in', () => {
    const { host, inside } = setUp();
    const numbers = (path: string) => {
      const names = host.list(path);
      return isErrno(names) ? names.errno : names.filter((name) => /^\d+$/.test(name));
    };
    expect(numbers('/proc')).toEqual(['1', '2', '50', '51']);
    expect(numbers('/cproc')).toEqual(['1', '7']);
    expect(text(host, '/proc/50/cmdline')).toBe('sleep\x00300\0');
    expect(text(host, '/cproc/1/comm')).toBe('sleep\n');
    expect(inside.readlink('/cproc/self')).toBe('1');
    expect(inside.readlink('/proc/self')).toBe('50');
    expect(host.stat('/cproc/self/stat')).toEqual({ errno: 'ENOENT' });
    expect(host.stat('/cproc/50')).toEqual({ errno: 'ENOENT' });
  });

  it('status: numbers in every namespace, masks of signals and capabilities', () => {
    const { host, inside } = setUp();
    expect(field(host, '/proc/51/status', 'NSpid')).toBe('51\t7');
    expect(field(host, '/proc/51/status', 'PPid')).toBe('50');
    expect(field(inside, '/cproc/7/status', 'NSpid')).toBe('7');
    expect(field(inside, '/cproc/1/status', 'PPid')).toBe('0');
    expect(field(host, '/proc/50/status', 'SigCgt')).toBe('0000000000004002');
    expect(field(host, '/proc/50/status', 'CapEff')).toBe('0000000080000001');
    expect(field(host, '/proc/50/status', 'State')).toBe('S (sleeping)');
    expect(field(host, '/proc/self/status', 'State')).toBe('R (running)');
  });

  it('stat has 52 fields: terminal, processor time, start', () => {
    const { host } = setUp();
    const fields = text(host, '/proc/51/stat').trimEnd().split(' ');
    expect(fields).toHaveLength(52);
    expect(fields.slice(0, 8)).toEqual(['51', '(busybox)', 'S', '50', '50', '50', '0', '-1']);
    expect(fields[13]).toBe('250');
    expect(text(host, '/proc/50/stat').split(' ').slice(6, 8)).toEqual(['34816', '50']);
  });

  it('links of a process lead to what they name', () => {
    const { m, host, user } = setUp();
    host.mkdir('/work');
    m.draft.own(m.draft.own(m.kernel, 'processes'), '50').cwd = '/work';
    expect(host.readlink('/proc/50/cwd')).toBe('/work');
    host.writeFile('/proc/50/cwd/f', 'x');
    expect(text(host, '/proc/50/root/work/f')).toBe('x');
    expect(host.readlink('/proc/50/ns/pid')).toBe('pid:[P2]');
    expect(host.readlink('/proc/50/exe')).toBe('/bin/sleep');
    expect(user.readlink('/proc/50/cwd')).toEqual({ errno: 'EACCES' });
    expect(text(user, '/proc/50/environ')).toBe('EACCES');
    expect(text(host, '/proc/50/environ')).toBe('PATH=/bin\0');
    expect(user.list('/proc/50/fd')).toEqual({ errno: 'EACCES' });
  });

  it('open files: names, and opening them again', () => {
    const { m, host } = setUp();
    const pipe = newPipe(m);
    addFd(m, 1, pipeEnd(m, pipe, 'read'));
    addFd(m, 1, pipeEnd(m, pipe, 'write'));
    addFd(m, 1, newFile(m, { kind: 'device', device: 'null' }));
    host.writeFile('/f', 'content');
    const fd = host.open('/f', { read: true, append: true });
    expect(host.list('/proc/self/fd')).toEqual(['0', '1', '2', '3']);
    expect(host.readlink('/proc/self/fd/0')).toMatch(/^pipe:\[\d+\]$/);
    expect(host.readlink('/proc/self/fd/2')).toBe('/dev/null');
    expect(host.readlink('/proc/self/fd/3')).toBe('/f');
    expect(host.writeFile('/proc/self/fd/3', '!', { append: true })).toBeUndefined();
    host.unlink('/f');
    expect(host.readlink('/proc/self/fd/3')).toBe('/f (deleted)');
    expect(text(host, `/proc/self/fd/${fd}`)).toBe('content!');
    const out = host.open('/dev/stdout', { write: true });
    expect(m.kernel.files[m.kernel.processes[1]?.fds[String(out)] ?? '']).toMatchObject({
      kind: 'pipe',
      pipe,
      end: 'write',
    });
    expect(m.kernel.pipes[pipe]?.writers).toBe(2);
  });

  it('the cgroup is named from the looker’s cgroup namespace', () => {
    const { host, inside } = setUp();
    expect(text(host, '/proc/50/cgroup')).toBe('0::/docker/c\n');
    expect(text(inside, '/proc/50/cgroup')).toBe('0::/\n');
    expect(text(inside, '/proc/1/cgroup')).toBe('0::/../..\n');
  });

  it('tells about the kernel', () => {
    const { m, host } = setUp();
    expect(text(host, '/proc/uptime')).toBe('59.00 115.50\n');
    expect(text(host, '/proc/meminfo')).toMatch(/^MemTotal: {8}4194304 kB\n/);
    expect(text(host, '/proc/sys/kernel/hostname')).toBe('host\n');
    expect(host.writeFile('/proc/sys/kernel/hostname', 'new\n')).toBeUndefined();
    expect(m.kernel.namespaces.U).toMatchObject({ hostname: 'new' });
    expect(text(host, '/proc/sys/kernel/random/uuid')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\n$/,
    );
    expect(text(host, '/proc/cpuinfo').match(/^processor/gm)).toHaveLength(2);
    expect(host.writeFile('/proc/version', 'x')).toEqual({ errno: 'EACCES' });
    expect(host.mkdir('/proc/x')).toEqual({ errno: 'EPERM' });
    expect(text(host, '/proc/mounts')).toMatch(/^\/dev\/sda1 \/ ext4 rw,relatime 0 0\n/);
  });

  it('mountinfo names parents and devices', () => {
    const { host } = setUp();
    const lines = text(host, '/proc/self/mountinfo').trimEnd().split('\n');
    expect(lines[0]).toBe('1 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw');
    const [dev, pts] = [lines[1]?.split(' '), lines[2]?.split(' ')];
    expect(dev?.slice(1, 2)).toEqual(['1']);
    expect(pts?.[1]).toBe(dev?.[0]);
    expect(lines.at(-1)).toMatch(/ \/ccgroup ro,relatime - cgroup2 cgroup2 ro$/);
  });
});

describe('/sys/fs/cgroup', () => {
  it('shows limits and members, on the host and in the container’s cgroup namespace', () => {
    const { host, inside } = setUp();
    expect(text(host, '/sys/fs/cgroup/docker/c/memory.max')).toBe('67108864\n');
    expect(text(inside, '/ccgroup/memory.max')).toBe('67108864\n');
    expect(text(inside, '/ccgroup/pids.max')).toBe('50\n');
    expect(text(inside, '/ccgroup/pids.current')).toBe('2\n');
    expect(text(inside, '/ccgroup/cgroup.procs')).toBe('1\n7\n');
    expect(text(host, '/sys/fs/cgroup/docker/c/cgroup.procs')).toBe('50\n51\n');
    expect(text(inside, '/ccgroup/cpu.max')).toBe('max 100000\n');
    expect(text(inside, '/ccgroup/cpu.stat')).toBe('usage_usec 2501000\nuser_usec 2501000\nsystem_usec 0\n');
    expect(host.stat('/sys/fs/cgroup/memory.max')).toEqual({ errno: 'ENOENT' });
    expect(inside.writeFile('/ccgroup/memory.max', 'max')).toEqual({ errno: 'EROFS' });
  });

  it('takes orders from the host', () => {
    const { m, host, user } = setUp();
    expect(host.mkdir('/sys/fs/cgroup/mine')).toBeUndefined();
    expect(user.mkdir('/sys/fs/cgroup/yours')).toEqual({ errno: 'EACCES' });
    expect(host.writeFile('/sys/fs/cgroup/mine/cgroup.procs', '2')).toBeUndefined();
    expect(m.kernel.processes[2]?.cgroup).toBe('/mine');
    expect(host.writeFile('/sys/fs/cgroup/mine/memory.max', '64M')).toBeUndefined();
    expect(host.writeFile('/sys/fs/cgroup/mine/cpu.max', '50000 100000')).toBeUndefined();
    expect(m.kernel.cgroups['/mine']).toMatchObject({ memoryMax: 67_108_864, cpuMax: [50_000, 100_000] });
    expect(host.writeFile('/sys/fs/cgroup/mine/memory.max', 'lots')).toEqual({ errno: 'EINVAL' });
    expect(host.writeFile('/sys/fs/cgroup/mine/cgroup.procs', '999')).toEqual({ errno: 'ESRCH' });
    expect(host.rmdir('/sys/fs/cgroup/mine')).toEqual({ errno: 'EBUSY' });
    expect(host.writeFile('/sys/fs/cgroup/cgroup.procs', '2')).toBeUndefined();
    expect(host.rmdir('/sys/fs/cgroup/mine')).toBeUndefined();
  });
});

describe('/dev', () => {
  it('opens devices and terminals', () => {
    const { m, host, inside } = setUp();
    const opened = (fs: FileCalls, pid: number, path: string) => {
      const fd = fs.open(path, { read: true, write: true });
      if (isErrno(fd)) return fd.errno;
      const { refs: _, ...file } = m.kernel.files[m.kernel.processes[pid]?.fds[fd] ?? ''] ?? { refs: 0 };
      return file;
    };
    expect(opened(host, 1, '/dev/null')).toEqual({ kind: 'device', device: 'null' });
    expect(opened(host, 1, '/dev/urandom')).toEqual({ kind: 'device', device: 'random' });
    expect(opened(host, 1, '/dev/tty')).toBe('ENXIO');
    expect(opened(inside, 50, '/dev/tty')).toEqual({ kind: 'tty', tty: 't1' });
    expect(opened(host, 1, '/dev/pts/0')).toEqual({ kind: 'tty', tty: 't1' });
    expect(host.list('/dev/pts')).toEqual(['0', 'ptmx']);
    expect(host.stat('/dev/null')).toMatchObject({ type: 'char', rdev: [1, 3], mode: 0o666 });
    expect(host.stat('/dev/pts/0')).toMatchObject({ type: 'char', rdev: [136, 0], mode: 0o620, gid: 5 });
    expect(host.writeFile('/dev/null', 'gone')).toBeUndefined();
    expect(host.readFile('/dev/null')).toEqual({ bytes: '' });
  });

  it('reads and writes generated files piece by piece', () => {
    const { m, host } = setUp();
    const fd = host.open('/proc/version', { read: true });
    if (isErrno(fd)) throw new Error(fd.errno);
    const id = m.kernel.processes[1]?.fds[fd] ?? '';
    expect(readOpenFile(m, id, 5)).toEqual({ bytes: 'Linux' });
    expect(writeOpenFile(m, id, 'x')).toEqual({ errno: 'EBADF' });
  });
});
