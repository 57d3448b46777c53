import { describe, expect, it } from 'vitest';
import { Draft } from '../../../src/kernel/draft.ts';
import { mountTable } from '../../../src/kernel/fs/mount-table.ts';
import { bindOf, cloneMounts, mount, umount } from '../../../src/kernel/fs/mounts.ts';
import type { FileNode, LinkNode } from '../../../src/kernel/fs/node.ts';
import { newFilesystem, newOverlay } from '../../../src/kernel/fs/overlay.ts';
import { find } from '../../../src/kernel/fs/path.ts';
import { pivotRoot } from '../../../src/kernel/fs/pivot.ts';
import { fileCalls } from '../../../src/kernel/fs/sys-files.ts';
import { emptyDir, makeTree, rootMeta } from '../../../src/kernel/fs/tree.ts';
import type { Machine } from '../../../src/kernel/machine.ts';
import { deepFreeze, machineOn, processAt, worldWith } from './machine.ts';

const file = (data: string): FileNode => ({ t: 'file', ...rootMeta(1, 0o644), data });
const link = (target: string): LinkNode => ({ t: 'link', ...rootMeta(1, 0o777), target });

const tree = makeTree(
  new Draft(),
  [
    ['/a/b/f', file('f')],
    ['/a/up', link('../c')],
    ['/abs', link('/a/b')],
    ['/c/g', file('g')],
    ['/dangling', link('nothing')],
    ['/jail/a/b/f', file('jailed')],
    ['/jail/out', link('/../../a/b/f')],
    ['/loop', link('loop')],
    ['/mnt', emptyDir(1)],
    ['/secret/x', file('x')],
  ],
  rootMeta(1),
);

function setUp(): Machine {
  return machineOn(
    deepFreeze(worldWith(tree, { processes: { 1: processAt(1), 2: processAt(2, { root: '/jail', cwd: '/a' }) } })),
  );
}

const real = (m: Machine, path: string, pid = 1) => fileCalls(m, pid).realpath(path);

describe('path resolution', () => {
  it.each([
    ['/a/b/f', '/a/b/f'],
    ['//a/./b//f', '/a/b/f'],
    ['/a/up/g', '/c/g'],
    ['/abs/f', '/a/b/f'],
    ['/abs/..', '/a'],
    ['/..', '/'],
    ['/a/b/', '/a/b'],
    ['.', '/'],
    ['/abs/', '/a/b'],
  ])('%s is %s', (path, expected) => {
    expect(real(setUp(), path)).toBe(expected);
  });

  it.each([
    ['', 'ENOENT'],
    ['/none', 'ENOENT'],
    ['/none/x', 'ENOENT'],
    ['/a/b/f/x', 'ENOTDIR'],
    ['/a/b/f/', 'ENOTDIR'],
    ['/a/b/f/..', 'ENOTDIR'],
    ['/loop', 'ELOOP'],
    ['/dangling', 'ENOENT'],
    [`/${'n'.repeat(256)}`, 'ENAMETOOLONG'],
  ])('%s fails with %s', (path, errno) => {
    expect(real(setUp(), path)).toEqual({ errno });
  });

  it('does not follow the last link when asked not to, but follows one before a slash', () => {
    const m = setUp();
    expect(fileCalls(m, 1).stat('/abs', { follow: false })).toMatchObject({ type: 'link', size: 4, mode: 0o777 });
    expect(fileCalls(m, 1).stat('/abs/', { follow: false })).toMatchObject({ type: 'dir' });
  });

  it('keeps a process in its root directory', () => {
    const m = setUp();
    expect(fileCalls(m, 2).readFile('/out')).toEqual({ bytes: 'jailed' });
    expect(fileCalls(m, 2).readFile('b/f')).toEqual({ bytes: 'jailed' });
    expect(real(m, '../../../a', 2)).toBe('/a');
  });

  it('creates through a link that points nowhere yet', () => {
    const m = setUp();
    expect(fileCalls(m, 1).writeFile('/dangling', 'now')).toBeUndefined();
    expect(fileCalls(m, 1).readFile('/nothing')).toEqual({ bytes: 'now' });
  });
});

describe('mounts', () => {
  it('the last mount on a path or above it shows', () => {
    const m = setUp();
    const fs = fileCalls(m, 1);
    const inner = newFilesystem(m, 'tmpfs', { root: makeTree(new Draft(), [['/f', file('inner')]], rootMeta(0)) });
    mount(m, 'M', { point: '/a/b', fs: inner });
    expect(fs.readFile('/a/b/f')).toEqual({ bytes: 'inner' });
    expect(fs.readFile('/abs/f')).toEqual({ bytes: 'inner' });
    const outer = newFilesystem(m, 'tmpfs', { root: makeTree(new Draft(), [['/b/f', file('outer')]], rootMeta(0)) });
    mount(m, 'M', { point: '/a', fs: outer });
    expect(fs.readFile('/a/b/f')).toEqual({ bytes: 'outer' });
    expect(real(m, '/a/b/..')).toBe('/a');
    expect(umount(m, 'M', '/a')).toBeUndefined();
    expect(fs.readFile('/a/b/f')).toEqual({ bytes: 'inner' });
    expect(umount(m, 'M', '/none')).toEqual({ errno: 'EINVAL' });
  });

  it('binds directories and single files, and keeps read-only mounts read-only', () => {
    const m = setUp();
    const fs = fileCalls(m, 1);
    const c = find(m, 1, '/c');
    const f = find(m, 1, '/a/b/f');
    if ('errno' in c || 'errno' in f) throw new Error('not found');
    mount(m, 'M', { point: '/mnt', ...bindOf(c), readonly: true });
    expect(fs.readFile('/mnt/g')).toEqual({ bytes: 'g' });
    expect(fs.writeFile('/mnt/g', 'x')).toEqual({ errno: 'EROFS' });
    expect(fs.unlink('/mnt/g')).toEqual({ errno: 'EROFS' });
    expect(fs.mkdir('/mnt/d')).toEqual({ errno: 'EROFS' });
    expect(fs.access('/mnt/g', 2)).toEqual({ errno: 'EROFS' });
    expect(fs.chmod('/mnt/g', 0)).toEqual({ errno: 'EROFS' });
    mount(m, 'M', { point: '/c/g', ...bindOf(f) });
    fs.writeFile('/c/g', 'through');
    expect(fs.readFile('/a/b/f')).toEqual({ bytes: 'through' });
    expect(fs.unlink('/c/g')).toEqual({ errno: 'EBUSY' });
    expect(fs.rename('/c/g', '/c/h')).toEqual({ errno: 'EBUSY' });
    expect(fs.link('/c/g', '/a/h')).toEqual({ errno: 'EXDEV' });
  });

  it('pivot_root leaves only what is below the new root', () => {
    const m = setUp();
    const ns = cloneMounts(m, 'M');
    const container = newOverlay(
      m,
      makeTree(
        new Draft(),
        [
          ['/bin/sh', file('sh')],
          ['/proc', emptyDir(0)],
          ['/etc/hosts', file('')],
        ],
        rootMeta(0),
      ),
    );
    const options = 'relatime,lowerdir=/l/A:/l/B,upperdir=/u,workdir=/w';
    mount(m, ns, { point: '/mnt', fs: container, source: 'overlay', options }, 'runc');
    mount(m, ns, { point: '/mnt/proc', fs: newFilesystem(m, 'proc'), options: 'nosuid,nodev,noexec,relatime' }, 'runc');
    const hosts = find(m, 1, '/c/g');
    if ('errno' in hosts) throw new Error(hosts.errno);
    mount(m, ns, { point: '/mnt/etc/hosts', ...bindOf(hosts) }, 'runc');
    m.draft.own(m.kernel, 'processes')['3'] = processAt(3, { ns: { ...processAt(3).ns, mnt: ns }, cwd: '/mnt/bin' });
    expect(pivotRoot(m, ns, '/mnt', 3)).toBeUndefined();
    const fs = fileCalls(m, 3);
    expect(m.kernel.processes[3]?.cwd).toBe('/bin');
    expect(fs.list('/')).toEqual(['bin', 'etc', 'proc']);
    expect(fs.readFile('/etc/hosts')).toEqual({ bytes: 'g' });
    expect(fs.realpath('/../..')).toBe('/');
    expect(mountTable(m, 3)).toEqual([
      { source: 'overlay', target: '/', type: 'overlay', options: `rw,${options}` },
      { source: 'proc', target: '/proc', type: 'proc', options: 'rw,nosuid,nodev,noexec,relatime' },
      { source: '/dev/sda1', target: '/etc/hosts', type: 'ext4', options: 'rw,relatime' },
    ]);
    expect(fs.readFile('/proc/mounts')).toEqual({
      bytes: `overlay / overlay rw,${options} 0 0\nproc /proc proc rw,nosuid,nodev,noexec,relatime 0 0\n/dev/sda1 /etc/hosts ext4 rw,relatime 0 0\n`,
    });
    expect(fileCalls(m, 1).list('/mnt')).toEqual([]);
    expect(m.trace.map((step) => step.action)).toEqual(['mount', 'mount', 'mount', 'pivot_root']);
    expect(m.trace[2]?.data).toEqual({ type: 'bind', target: '/mnt/etc/hosts', source: '/dev/sda1', readonly: false });
  });
});
