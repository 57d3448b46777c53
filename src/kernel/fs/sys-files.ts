import type { ByteString } from '../bytes.ts';
import { type Errno, fail, isErrno } from '../errno.ts';
import { addFd, ownFile, releaseFile } from '../files.ts';
import { capableIn, insideId, outsideId } from '../isolation/users.ts';
import type { Id } from '../json.ts';
import type { Machine } from '../machine.ts';
import type { Process } from '../state.ts';
import type { FileCalls, Stat } from './calls.ts';
import { freeOnDisk, roomFor, usage } from './capacity.ts';
import { isDir, isGenerated } from './generated.ts';
import { setFile, setInode } from './inodes.ts';
import { lockFile } from './locks.ts';
import { mountTable } from './mount-table.ts';
import { hasFlag } from './mounts.ts';
import { create, link, makeDir, removeDir, rename, unlink } from './names.ts';
import type { Inode } from './node.ts';
import { openPath } from './open.ts';
import { readOpenFile, resized, writeOpenFile } from './open-files.ts';
import { filesystem } from './overlay.ts';
import { type Found, find, seenPath } from './path.ts';
import { capable, inGroup, mayExecute, mayRead, mayWrite, owns, permits } from './permission.ts';
import { statOpen, statPlace } from './stat.ts';
import { compareNames, entryNames, fileSize } from './tree.ts';

export { readOpenFile, writeOpenFile } from './open-files.ts';

/** The file system calls of the process with host pid `pid`. Throws when there is no such process. */
export function fileCalls(m: Machine, pid: number): FileCalls {
  const self = (): Process => {
    const process = m.kernel.processes[pid];
    if (!process) throw new Error(`no process ${pid}`);
    return process;
  };
  const fdOf = (fd: number): Id | Errno => self().fds[fd] ?? fail('EBADF');
  return {
    stat: (path, options) =>
      seen(
        m,
        self(),
        withPlace(m, pid, path, options, (place) => statPlace(m, place)),
      ),
    fstat: (fd): Stat | Errno => {
      const id = fdOf(fd);
      return isErrno(id) ? id : seen(m, self(), statOpen(m, id));
    },
    list: (path) => withPlace(m, pid, path, {}, (place) => list(self(), place)),
    readFile: (path) => readFile(m, self(), path),
    writeFile: (path, bytes, options = {}) => writeWhole(m, self(), path, bytes, options),
    open: (path, flags, mode = 0o666) => {
      const file = openPath(m, self(), path, flags, mode);
      if (isErrno(file)) return file;
      const fd = addFd(m, pid, file);
      if (isErrno(fd)) dropFile(m, file);
      return fd;
    },
    seek: (fd, offset, end) => {
      const id = fdOf(fd);
      return isErrno(id) ? id : seek(m, id, offset, end ?? false);
    },
    lock: (fd, kind) => {
      const id = fdOf(fd);
      return isErrno(id) ? id : lockFile(m, id, kind);
    },
    truncate: (path, size) => withPlace(m, pid, path, {}, (place) => truncate(m, self(), place, size)),
    declareSize: (path, size) => withPlace(m, pid, path, {}, (place) => declareSize(m, self(), place, size)),
    mkdir: (path, mode = 0o777) => makeDir(m, self(), path, mode),
    rmdir: (path) => removeDir(m, self(), path),
    unlink: (path) => unlink(m, self(), path),
    rename: (from, to) => rename(m, self(), from, to),
    link: (existing, path) => link(m, self(), existing, path),
    symlink: (target, path) => {
      if (target === '') return fail('ENOENT');
      return create(m, self(), path, 0o777, (meta) => ({ t: 'link', ...meta, mode: 0o777, target }));
    },
    mkfifo: (path, mode = 0o666) => create(m, self(), path, mode, (meta) => ({ t: 'fifo', ...meta })),
    mknod: (path, type, major, minor, mode = 0o666) =>
      capableIn(m, self(), 'CAP_MKNOD', m.kernel.processes[1]?.ns.user ?? '')
        ? create(m, self(), path, mode, (meta) => ({ t: type, ...meta, major, minor }))
        : fail('EPERM'),
    readlink: (path) =>
      withPlace(m, pid, path, { follow: false }, ({ node }) => {
        if (node.t === 'link') return node.target;
        if (node.t !== 'glink') return fail('EINVAL');
        return node.denied ? fail('EACCES') : node.text;
      }),
    realpath: (path) => withPlace(m, pid, path, {}, (place) => seenPath(self(), place.at)),
    chmod: (path, mode) => withPlace(m, pid, path, {}, (place) => chmod(m, self(), place, mode)),
    chown: (path, uid, gid, options) => withPlace(m, pid, path, options, (place) => chown(m, self(), place, uid, gid)),
    utimes: (path, mtime) => withPlace(m, pid, path, {}, (place) => utimes(m, self(), place, mtime)),
    access: (path, mode) => withPlace(m, pid, path, {}, (place) => access(self(), place, mode)),
    mounts: () => mountTable(m, pid),
    statfs: (path) =>
      withPlace(m, pid, path, {}, ({ mount }) => {
        const fs = filesystem(m, mount.fs);
        return { type: fs.type, source: mount.source, target: seenPath(self(), mount.point), ...usage(m, fs) };
      }),
  };
}

/** Owner and group as the process's user namespace shows them. */
function seen(m: Machine, process: Process, stat: Stat | Errno): Stat | Errno {
  const { user } = process.ns;
  const space = m.kernel.namespaces[user];
  if (isErrno(stat) || space?.kind !== 'user' || space.parent === undefined) return stat;
  return { ...stat, uid: insideId(m, user, 'uids', stat.uid), gid: insideId(m, user, 'gids', stat.gid) };
}

function withPlace<T>(
  m: Machine,
  pid: number,
  path: string,
  options: { readonly follow?: boolean } | undefined,
  act: (place: Found) => T | Errno,
): T | Errno {
  const place = find(m, pid, path, options);
  return 'errno' in place ? place : act(place);
}

function list(process: Process, place: Found): readonly string[] | Errno {
  const { node } = place;
  if (!isDir(node)) return fail('ENOTDIR');
  if (!permits(process, node, mayRead, true)) return fail('EACCES');
  if (node.t === 'dir') return entryNames(node);
  return node.t === 'gdir' ? [...node.names()].sort(compareNames) : [];
}

/** Closes an open file that got no descriptor. */
function dropFile(m: Machine, id: Id): void {
  ownFile(m, id).refs += 1;
  releaseFile(m, id);
}

/** The most that is read in one go: the simulated files are small. */
const wholeFile = 64 * 2 ** 20;

/** What a file holds, read as the process. */
export function readFile(m: Machine, process: Process, path: string): { readonly bytes: ByteString } | Errno {
  const place = find(m, process.pid, path);
  if (isErrno(place)) return place;
  // what is read in one go needs no open file, nor a descriptor
  if (place.node.t === 'file') {
    return permits(process, place.node, mayRead, false) ? { bytes: place.node.data } : fail('EACCES');
  }
  const id = openPath(m, process, path, { read: true }, 0);
  if (isErrno(id)) return id;
  const kind = m.kernel.files[id]?.kind;
  let answer: ReturnType<typeof readOpenFile> = fail('EINVAL');
  if (kind === 'file' || kind === 'text') answer = readOpenFile(m, id, wholeFile);
  else if (kind === 'device') answer = 'eof';
  dropFile(m, id);
  if (answer === 'eof') return { bytes: '' };
  return answer === 'again' ? fail('EAGAIN') : answer;
}

function writeWhole(
  m: Machine,
  process: Process,
  path: string,
  bytes: ByteString,
  options: { readonly append?: boolean; readonly mode?: number },
): Errno | undefined {
  const how = options.append ? { append: true } : { truncate: true };
  const id = openPath(m, process, path, { write: true, create: true, ...how }, options.mode ?? 0o666);
  if (isErrno(id)) return id;
  const kind = m.kernel.files[id]?.kind;
  let answer: number | Errno = bytes.length;
  if (kind === 'file' || kind === 'text') answer = writeOpenFile(m, id, bytes, process.pid);
  else if (kind !== 'device') answer = fail('EINVAL');
  // what was not taken is tried once more, which tells why
  if (
    kind === 'file' &&
    typeof answer === 'number' &&
    answer < bytes.length &&
    m.kernel.processes[process.pid]?.limits?.fsize
  )
    answer = writeOpenFile(m, id, bytes.slice(answer), process.pid);
  dropFile(m, id);
  if (isErrno(answer)) return answer;
  return answer < bytes.length ? fail('ENOSPC') : undefined;
}

function seek(m: Machine, id: Id, offset: number, end: boolean): number | Errno {
  const file = m.kernel.files[id];
  if (file?.kind === 'device') return 0;
  if (file?.kind !== 'file' && file?.kind !== 'text') return fail('ESPIPE');
  let size = 0;
  if (end) {
    const stat = statOpen(m, id);
    if (isErrno(stat)) return stat;
    size = file.kind === 'text' ? file.text.length : stat.size;
  }
  const next = size + offset;
  if (next < 0) return fail('EINVAL');
  const owned = ownFile(m, id);
  if (owned.kind === 'file' || owned.kind === 'text') owned.offset = next;
  return next;
}

function truncate(m: Machine, process: Process, place: Found, size: number): Errno | undefined {
  const { node } = place;
  if (isDir(node)) return fail('EISDIR');
  if (node.t !== 'file' || size < 0) return fail('EINVAL');
  if (!permits(process, node, mayWrite, false)) return fail('EACCES');
  if (place.mount.readonly) return fail('EROFS');
  if (size > wholeFile) return fail('EFBIG');
  if (roomFor(m, place.mount.fs, fileSize(node), size) < size) return fail('ENOSPC');
  setFile(
    m,
    { fs: place.mount.fs, path: place.path },
    resized(node, size, m.world.now),
    Math.min(size, fileSize(node)),
  );
  return undefined;
}

function declareSize(m: Machine, process: Process, place: Found, size: number): Errno | undefined {
  const { node } = place;
  if (isDir(node)) return fail('EISDIR');
  if (node.t !== 'file' || size < node.data.length) return fail('EINVAL');
  if (!permits(process, node, mayWrite, false)) return fail('EACCES');
  if (place.mount.readonly) return fail('EROFS');
  // bytes that are not stored are not what the limit of a plain disk is for
  const { type, capacity } = filesystem(m, place.mount.fs);
  const onDisk = type === 'ext4' || type === 'overlay';
  const free = onDisk ? freeOnDisk(m) : undefined;
  if (free !== undefined && size - fileSize(node) > free) return fail('ENOSPC');
  if (!onDisk && capacity !== undefined && roomFor(m, place.mount.fs, fileSize(node), size) < size)
    return fail('ENOSPC');
  setFile(m, { fs: place.mount.fs, path: place.path }, { ...node, size }, node.data.length);
  return undefined;
}

/** The node of a place whose mode, owner or times the process is about to change. */
function changeable(m: Machine, place: Found): Inode | Errno {
  const { node } = place;
  if (place.mount.readonly) return fail('EROFS');
  if (isGenerated(filesystem(m, place.mount.fs))) return fail('EPERM');
  switch (node.t) {
    case 'gdir':
    case 'gfile':
    case 'glink':
    case 'namespace':
    case 'opened':
      return fail('EPERM');
    default:
      return node;
  }
}

function change(
  m: Machine,
  place: Found,
  node: Inode,
  by: Partial<Pick<Inode, 'mode' | 'uid' | 'gid' | 'mtime'>>,
): void {
  setInode(m, { fs: place.mount.fs, path: place.path }, { ...node, ...by });
}

function chmod(m: Machine, process: Process, place: Found, mode: number): Errno | undefined {
  const node = changeable(m, place);
  if (isErrno(node)) return node;
  if (!owns(process, node)) return fail('EPERM');
  const strange = !capable(process, 'CAP_FSETID') && !inGroup(process, node.gid);
  change(m, place, node, { mode: mode & (strange ? 0o5777 : 0o7777) });
  return undefined;
}

/** -1 leaves the user or the group as it is. Set-user-ID and set-group-ID bits of files go, as on Linux. */
function chown(m: Machine, process: Process, place: Found, uid: number, gid: number): Errno | undefined {
  const node = changeable(m, place);
  if (isErrno(node)) return node;
  const owner = outsideId(m, process.ns.user, 'uids', uid);
  const group = outsideId(m, process.ns.user, 'gids', gid);
  if (owner === undefined || group === undefined) return fail('EINVAL');
  const to = { uid: uid < 0 ? node.uid : owner, gid: gid < 0 ? node.gid : group };
  const mine = process.uid === node.uid && to.uid === node.uid && (to.gid === node.gid || inGroup(process, to.gid));
  if (!mine && !capable(process, 'CAP_CHOWN')) return fail('EPERM');
  const dropped = node.mode & 0o010 ? 0o6000 : 0o4000;
  change(m, place, node, { ...to, mode: node.t === 'file' && node.mode & 0o111 ? node.mode & ~dropped : node.mode });
  return undefined;
}

function utimes(m: Machine, process: Process, place: Found, mtime: number): Errno | undefined {
  const node = changeable(m, place);
  if (isErrno(node)) return node;
  const toNow = mtime === m.world.now && permits(process, node, mayWrite, node.t === 'dir');
  if (!toNow && !owns(process, node)) return fail(mtime === m.world.now ? 'EACCES' : 'EPERM');
  change(m, place, node, { mtime });
  return undefined;
}

/** access(2) of a place that was found: EACCES, EROFS. */
export function access(process: Process, place: Found, mode: number): Errno | undefined {
  const { node, mount } = place;
  const plain = node.t === 'file' || isDir(node);
  if (node.t !== 'opened' && !permits(process, node, mode, isDir(node))) return fail('EACCES');
  if (mode & mayExecute && node.t === 'file' && hasFlag(mount, 'noexec')) return fail('EACCES');
  return mode & mayWrite && mount.readonly && plain ? fail('EROFS') : undefined;
}
