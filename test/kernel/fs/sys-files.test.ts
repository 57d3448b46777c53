import { describe, expect, it } from 'vitest';
import { Draft } from '../../../src/kernel/draft.ts';
import { isErrno } from '../../../src/kernel/errno.ts';
import { closeFd } from '../../../src/kernel/files.ts';
import type { FileCalls, Stat } from '../../../src/kernel/fs/calls.ts';
import { mount } from '../../../src/kernel/fs/mounts.ts';
import type { FileNode } from '../../../src/kernel/fs/node.ts';
import { newFilesystem, newOverlay, upperChanges, upperLayer } from '../../../src/kernel/fs/overlay.ts';
import { fileCalls, readOpenFile, writeOpenFile } from '../../../src/kernel/fs/sys-files.ts';
import { makeTree, rootMeta } from '../../../src/kernel/fs/tree.ts';
import type { Machine } from '../../../src/kernel/machine.ts';
import { deepFreeze, machineOn, worldWith } from './machine.ts';

const file = (data: string, change: Partial<FileNode> = {}): FileNode => ({
  t: 'file',
  ...rootMeta(1, 0o644),
  data,
  ...change,
});

const base = makeTree(
  new Draft(),
  [
    ['/etc/passwd', file('root:x:0:0\n')],
    ['/etc/shadow', file('secret', { mode: 0o600 })],
    ['/bin/true', file('elf', { mode: 0o755, size: 100_000 })],
    ['/home/me', { t: 'dir', mode: 0o755, uid: 1000, gid: 1000, mtime: 1, entries: {} }],
    ['/tmp', { t: 'dir', mode: 0o1777, uid: 0, gid: 0, mtime: 1, entries: {} }],
    ['/usr/lib/a', file('a')],
  ],
  rootMeta(1),
);

function setUp(): { m: Machine; root: FileCalls; user: FileCalls } {
  const m = machineOn(deepFreeze(worldWith(base)));
  return { m, root: fileCalls(m, 1), user: fileCalls(m, 2) };
}

function statOf(fs: FileCalls, path: string): Stat {
  const stat = fs.stat(path, { follow: false });
  if (isErrno(stat)) throw new Error(`${path}: ${stat.errno}`);
  return stat;
}

function fdOf(fd: number | { readonly errno: string }): number {
  if (typeof fd !== 'number') throw new Error(fd.errno);
  return fd;
}

const fileOfFd = (m: Machine, pid: number, fd: number): string => m.kernel.processes[pid]?.fds[fd] ?? '';

describe('files', () => {
  it('writes, appends, reads back and truncates', () => {
    const { root } = setUp();
    expect(root.writeFile('/tmp/f', 'one')).toBeUndefined();
    expect(root.writeFile('/tmp/f', ' two', { append: true })).toBeUndefined();
    expect(root.readFile('/tmp/f')).toEqual({ bytes: 'one two' });
    expect(root.truncate('/tmp/f', 3)).toBeUndefined();
    expect(root.truncate('/tmp/f', 5)).toBeUndefined();
    expect(root.readFile('/tmp/f')).toEqual({ bytes: 'one\0\0' });
    expect(root.writeFile('/tmp/f', '')).toBeUndefined();
    expect(statOf(root, '/tmp/f').size).toBe(0);
  });

  it('leaves the old world alone and shares what was not written', () => {
    const { m, root } = setUp();
    root.writeFile('/etc/new', 'x');
    root.unlink('/etc/passwd');
    const tree = m.kernel.filesystems.s1?.root;
    expect(tree?.entries.bin).toBe(base.entries.bin);
    expect(Object.keys(tree?.entries.etc?.t === 'dir' ? tree.entries.etc.entries : {})).toEqual(['shadow', 'new']);
  });

  it('umask, owner and times of new files; the directory changes too', () => {
    const { m, user } = setUp();
    expect(user.writeFile('/home/me/f', 'x')).toBeUndefined();
    expect(statOf(user, '/home/me/f')).toMatchObject({
      mode: 0o644,
      uid: 1000,
      gid: 1000,
      mtime: m.world.now,
      nlink: 1,
    });
    expect(statOf(user, '/home/me').mtime).toBe(m.world.now);
    expect(user.mkdir('/home/me/d')).toBeUndefined();
    expect(statOf(user, '/home/me/d')).toMatchObject({ type: 'dir', mode: 0o755, nlink: 2, size: 4096 });
    expect(statOf(user, '/home/me').nlink).toBe(3);
  });

  it('asks for permission', () => {
    const { root, user } = setUp();
    expect(user.readFile('/etc/shadow')).toEqual({ errno: 'EACCES' });
    expect(user.writeFile('/etc/passwd', '')).toEqual({ errno: 'EACCES' });
    expect(user.writeFile('/etc/new', '')).toEqual({ errno: 'EACCES' });
    expect(user.unlink('/etc/passwd')).toEqual({ errno: 'EACCES' });
    expect(user.chmod('/etc/passwd', 0o777)).toEqual({ errno: 'EPERM' });
    expect(user.chown('/home/me', 0, 0)).toEqual({ errno: 'EPERM' });
    expect(user.access('/bin/true', 1)).toBeUndefined();
    expect(root.access('/etc/passwd', 1)).toEqual({ errno: 'EACCES' });
    root.chmod('/home/me', 0o000);
    expect(user.list('/home/me')).toEqual({ errno: 'EACCES' });
    expect(user.stat('/home/me/x')).toEqual({ errno: 'EACCES' });
  });

  it('keeps the sticky bit', () => {
    const { root, user } = setUp();
    root.writeFile('/tmp/roots', 'x', { mode: 0o666 });
    expect(user.unlink('/tmp/roots')).toEqual({ errno: 'EPERM' });
    expect(user.rename('/tmp/roots', '/tmp/mine')).toEqual({ errno: 'EPERM' });
    user.writeFile('/tmp/mine', 'x');
    expect(user.unlink('/tmp/mine')).toBeUndefined();
  });

  it('opens with flags', () => {
    const { m, root } = setUp();
    expect(root.open('/tmp/none', { read: true })).toEqual({ errno: 'ENOENT' });
    expect(root.open('/etc', { write: true })).toEqual({ errno: 'EISDIR' });
    expect(root.open('/etc/passwd', { write: true, create: true, exclusive: true })).toEqual({ errno: 'EEXIST' });
    expect(root.open('/etc/passwd', { directory: true })).toEqual({ errno: 'ENOTDIR' });
    const fd = fdOf(root.open('/tmp/f', { read: true, write: true, create: true }, 0o600));
    const id = fileOfFd(m, 1, fd);
    expect(writeOpenFile(m, id, 'hello')).toBe(5);
    expect(root.seek(fd, 1)).toBe(1);
    expect(readOpenFile(m, id, 3)).toEqual({ bytes: 'ell' });
    expect(root.seek(fd, 2, true)).toBe(7);
    expect(readOpenFile(m, id, 3)).toBe('eof');
    expect(writeOpenFile(m, id, '!')).toBe(1);
    expect(root.readFile('/tmp/f')).toEqual({ bytes: 'hello\0\0!' });
    expect(root.fstat(fd)).toMatchObject({ size: 8, mode: 0o600 });
    expect(readOpenFile(m, fileOfFd(m, 1, fdOf(root.open('/tmp/f', { write: true }))), 1)).toEqual({ errno: 'EBADF' });
  });

  it('appends at the end whoever wrote before', () => {
    const { m, root } = setUp();
    const a = fileOfFd(m, 1, fdOf(root.open('/tmp/log', { append: true, create: true })));
    const b = fileOfFd(m, 1, fdOf(root.open('/tmp/log', { append: true })));
    writeOpenFile(m, a, '1');
    writeOpenFile(m, b, '2');
    writeOpenFile(m, a, '3');
    expect(root.readFile('/tmp/log')).toEqual({ bytes: '123' });
  });

  it('an unlinked file lives while it is open, and is gone after', () => {
    const { m, root } = setUp();
    const fd = fdOf(root.open('/etc/passwd', { read: true, write: true }));
    root.unlink('/etc/passwd');
    expect(root.stat('/etc/passwd')).toEqual({ errno: 'ENOENT' });
    expect(root.fstat(fd)).toMatchObject({ nlink: 0, size: 11 });
    const id = fileOfFd(m, 1, fd);
    writeOpenFile(m, id, 'R');
    root.seek(fd, 0);
    expect(readOpenFile(m, id, 4)).toEqual({ bytes: 'Root' });
    root.writeFile('/etc/passwd', 'another');
    root.seek(fd, 0);
    expect(readOpenFile(m, id, 4)).toEqual({ bytes: 'Root' });
    closeFd(m, 1, fd);
    expect(m.kernel.filesystems.s1?.inodes).toEqual({});
  });

  it('rename carries open files and working directories along', () => {
    const { m, root } = setUp();
    root.mkdir('/w');
    root.writeFile('/w/f', 'x');
    const fd = fdOf(root.open('/w/f', { read: true }));
    m.draft.own(m.draft.own(m.kernel, 'processes'), '2').cwd = '/w';
    expect(root.rename('/w', '/tmp/moved')).toBeUndefined();
    expect(readOpenFile(m, fileOfFd(m, 1, fd), 9)).toEqual({ bytes: 'x' });
    expect(fileCalls(m, 2).readFile('f')).toEqual({ bytes: 'x' });
    expect(m.kernel.processes[2]?.cwd).toBe('/tmp/moved');
  });

  it('rename refuses what rename(2) refuses', () => {
    const { root } = setUp();
    root.mkdir('/a');
    root.mkdir('/a/b');
    root.mkdir('/full');
    root.writeFile('/full/f', '');
    expect(root.rename('/a', '/a/b/c')).toEqual({ errno: 'EINVAL' });
    expect(root.rename('/a', '/full')).toEqual({ errno: 'ENOTEMPTY' });
    expect(root.rename('/a', '/etc/passwd')).toEqual({ errno: 'ENOTDIR' });
    expect(root.rename('/etc/passwd', '/a')).toEqual({ errno: 'EISDIR' });
    expect(root.rename('/a/b', '/a')).toEqual({ errno: 'ENOTEMPTY' });
    expect(root.rename('/none', '/x')).toEqual({ errno: 'ENOENT' });
    expect(root.rename('/etc/passwd', '/new/')).toEqual({ errno: 'ENOTDIR' });
    expect(root.rename('/', '/x')).toEqual({ errno: 'EBUSY' });
    expect(root.rename('/full/f', '/a/b/g')).toBeUndefined();
    expect(root.rename('/a', '/full')).toBeUndefined();
    expect(root.list('/full/b')).toEqual(['g']);
  });

  it('hard links share content and count names', () => {
    const { m, root } = setUp();
    expect(root.link('/etc/passwd', '/tmp/p')).toBeUndefined();
    expect(statOf(root, '/tmp/p').nlink).toBe(2);
    expect(statOf(root, '/tmp/p').ino).toBe(statOf(root, '/etc/passwd').ino);
    root.writeFile('/tmp/p', '+', { append: true });
    expect(root.readFile('/etc/passwd')).toEqual({ bytes: 'root:x:0:0\n+' });
    root.chmod('/tmp/p', 0o600);
    expect(statOf(root, '/etc/passwd').mode).toBe(0o600);
    root.unlink('/etc/passwd');
    expect(statOf(root, '/tmp/p').nlink).toBe(1);
    root.unlink('/tmp/p');
    expect(m.kernel.filesystems.s1?.inodes).toEqual({});
    expect(root.link('/etc', '/tmp/e')).toEqual({ errno: 'EPERM' });
  });

  it('removes directories only when they are empty, and files only as files', () => {
    const { root } = setUp();
    expect(root.rmdir('/etc')).toEqual({ errno: 'ENOTEMPTY' });
    expect(root.rmdir('/etc/passwd')).toEqual({ errno: 'ENOTDIR' });
    expect(root.rmdir('/')).toEqual({ errno: 'EBUSY' });
    expect(root.rmdir('/home/me/.')).toEqual({ errno: 'EINVAL' });
    expect(root.unlink('/etc')).toEqual({ errno: 'EISDIR' });
    expect(root.rmdir('/home/me/')).toBeUndefined();
    expect(root.list('/home')).toEqual([]);
  });

  it('chown takes the set-user-ID bit away; -1 keeps', () => {
    const { root } = setUp();
    root.chmod('/bin/true', 0o4755);
    root.chown('/bin/true', 7, -1);
    expect(statOf(root, '/bin/true')).toMatchObject({ mode: 0o755, uid: 7, gid: 0 });
  });

  it('a full tmpfs takes what fits and then says ENOSPC', () => {
    const { m, root } = setUp();
    mount(m, 'M', { point: '/tmp', fs: newFilesystem(m, 'tmpfs', { capacity: 8192 }) });
    const id = fileOfFd(m, 1, fdOf(root.open('/tmp/f', { write: true, create: true })));
    expect(writeOpenFile(m, id, 'x'.repeat(10_000))).toBe(8192);
    expect(writeOpenFile(m, id, 'x')).toEqual({ errno: 'ENOSPC' });
    expect(root.writeFile('/tmp/g', 'y')).toEqual({ errno: 'ENOSPC' });
    expect(root.statfs('/tmp')).toMatchObject({ type: 'tmpfs', total: 8192, used: 8192 });
  });

  it('named pipes: the reader waits for the writer, the bytes cross', () => {
    const { m, root } = setUp();
    expect(root.mkfifo('/tmp/p')).toBeUndefined();
    const id = fileOfFd(m, 1, fdOf(root.open('/tmp/p', { read: true })));
    const r = m.kernel.files[id];
    if (r?.kind !== 'pipe') throw new Error('no pipe');
    expect(m.kernel.pipes[r.pipe]).toMatchObject({ readers: 1, writers: 1, awaits: 'writer' });
    const fd = fdOf(root.open('/tmp/p', { write: true }));
    expect(m.kernel.pipes[r.pipe]).toEqual({ bytes: '', capacity: 65536, readers: 1, writers: 1 });
    closeFd(m, 1, fd);
    expect(m.kernel.pipes[r.pipe]).toMatchObject({ readers: 1, writers: 0 });
  });
});

describe('overlay', () => {
  function overlay(): { m: Machine; root: FileCalls; id: string } {
    const m = machineOn(deepFreeze(worldWith()));
    const id = newOverlay(m, base);
    mount(m, 'M', { point: '/', fs: id, options: 'relatime,lowerdir=/l,upperdir=/u,workdir=/w', source: 'overlay' });
    return { m, root: fileCalls(m, 1), id };
  }

  it('tells the first write to a lower file as a copy-up', () => {
    const { m, root } = overlay();
    root.writeFile('/etc/passwd', 'x', { append: true });
    root.writeFile('/etc/passwd', 'y', { append: true });
    root.chmod('/bin/true', 0o700);
    root.writeFile('/made', 'x');
    expect(m.trace.map(({ action, data }) => [action, data])).toEqual([
      ['copy-up', { path: '/etc/passwd', bytes: 11 }],
      ['copy-up', { path: '/bin/true', bytes: 100_000 }],
    ]);
  });

  it('the upper directory holds what changed, and no more', () => {
    const { m, root, id } = overlay();
    root.writeFile('/etc/passwd', 'x', { append: true });
    root.unlink('/usr/lib/a');
    root.rmdir('/usr/lib');
    root.mkdir('/usr/lib');
    root.writeFile('/usr/lib/b', 'b');
    const layer = upperLayer(m, id);
    expect(layer.entries.bin).toBeUndefined();
    expect(layer.entries.usr).toMatchObject({ entries: { lib: { opaque: true, entries: { b: { data: 'b' } } } } });
    expect(upperChanges(m, id).map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      'C /etc',
      'C /etc/passwd',
      'C /usr',
      'C /usr/lib',
      'A /usr/lib/b',
      'D /usr/lib/a',
    ]);
    expect(JSON.parse(JSON.stringify(base))).toEqual(base);
  });

  it('a snapshot is not changed by later writes', () => {
    const { m, root, id } = overlay();
    root.writeFile('/made', '1');
    const layer = upperLayer(m, id);
    root.writeFile('/made', '2');
    root.mkdir('/more');
    expect(layer.entries).toMatchObject({ made: { data: '1' } });
    expect(layer.entries.more).toBeUndefined();
  });

  it('directories: one link when layers merge, EXDEV when a lower one is renamed', () => {
    const { root } = overlay();
    expect(statOf(root, '/usr').nlink).toBe(3);
    root.writeFile('/etc/new', '');
    expect(statOf(root, '/etc').nlink).toBe(1);
    expect(root.rename('/usr', '/usr2')).toEqual({ errno: 'EXDEV' });
    root.mkdir('/own');
    expect(root.rename('/own', '/own2')).toBeUndefined();
    expect(statOf(root, '/own2').nlink).toBe(2);
  });
});
