import type { Mutable } from '../draft.ts';
import { type Errno, fail } from '../errno.ts';
import type { Machine } from '../machine.ts';
import type { Process } from '../state.ts';
import { isDir, isGenerated, type View, viewAt } from './generated.ts';
import {
  addName,
  countNames,
  followRename,
  hidesLower,
  lowerDir,
  makeInode,
  removeName,
  unlinkFile,
} from './inodes.ts';
import type { Inode, Meta, TreeNode } from './node.ts';
import { filesystem } from './overlay.ts';
import { cwdAt, find, isFound, type Place, placeAt, resolve, seenPath } from './path.ts';
import { mayExecute, mayWrite, permits, stickyAllows } from './permission.ts';
import { baseName, dirName, emptyDir, isUnder, lookup } from './tree.ts';

/** May the process change names in the directory of `place`? EROFS, EACCES; EPERM where names are not the user's to make. */
export function parentAllows(m: Machine, process: Process, place: Place): Errno | undefined {
  const fs = filesystem(m, place.mount.fs);
  if (place.mount.readonly) return fail('EROFS');
  const parent = parentOf(m, process, place);
  if (!parent) return fail('ENOENT');
  if (!permits(process, parent, mayWrite | mayExecute, true)) return fail('EACCES');
  return isGenerated(fs) ? fail('EPERM') : undefined;
}

/** Why open(2) cannot make a file in a file system of the kernel: procfs knows no such name, the others make none. */
export function cannotMakeFile(m: Machine, place: Place, denied: Errno): Errno {
  if (denied.errno !== 'EPERM') return denied;
  return fail(filesystem(m, place.mount.fs).type === 'proc' ? 'ENOENT' : 'EACCES');
}

function parentOf(m: Machine, process: Process, place: Place): View | undefined {
  return viewAt(m, process.pid, filesystem(m, place.mount.fs), dirName(place.path));
}

/** Owner, group and mode of something that the process makes at `place` (umask; set-group-ID directories). */
export function newMeta(m: Machine, process: Process, place: Place, mode: number, dir = false): Meta {
  const parent = parentOf(m, process, place);
  const inherits = parent !== undefined && (parent.mode & 0o2000) !== 0;
  return {
    mode: (mode & 0o7777 & ~process.umask) | (dir && inherits ? 0o2000 : 0),
    uid: process.uid,
    gid: inherits ? parent.gid : process.gid,
    mtime: m.world.now,
  };
}

/** Adds something at a path where nothing is yet: mkdir, symlink, mkfifo. `make` gets the meta data. */
export function create(
  m: Machine,
  process: Process,
  path: string,
  mode: number,
  make: (meta: Meta) => Inode,
): Errno | undefined {
  const place = resolve(m, process.pid, path, { name: true });
  if ('errno' in place) return place;
  if (isFound(place) || place.last !== 'name') return fail('EEXIST');
  const node = make(newMeta(m, process, place, mode));
  if (place.slash && node.t !== 'dir') return fail('ENOENT');
  const denied = parentAllows(m, process, place);
  if (denied) return denied;
  addName(m, place.mount.fs, place.path, node);
  return undefined;
}

/** mkdir(2). */
export function makeDir(m: Machine, process: Process, path: string, mode: number): Errno | undefined {
  const place = resolve(m, process.pid, path, { name: true });
  if ('errno' in place) return place;
  if (isFound(place) || place.last !== 'name') return fail('EEXIST');
  const fs = filesystem(m, place.mount.fs);
  const parent = parentOf(m, process, place);
  if (parent?.t === 'gdir' && parent.mkdir && !place.mount.readonly) {
    if (!permits(process, parent, mayWrite | mayExecute, true)) return fail('EACCES');
    return parent.mkdir(baseName(place.path));
  }
  const denied = parentAllows(m, process, place);
  if (denied) return denied;
  const made = { ...emptyDir(m.world.now), ...newMeta(m, process, place, mode & 0o1777, true) };
  addName(m, fs.id, place.path, hidesLower(fs, place.path) ? { ...made, opaque: true } : made);
  return undefined;
}

/** Is something mounted at the place (so that its name cannot go)? */
function isMountPoint(place: Place): boolean {
  return place.at === place.mount.point;
}

/** unlink(2). */
export function unlink(m: Machine, process: Process, path: string): Errno | undefined {
  const place = find(m, process.pid, path, { name: true });
  if ('errno' in place) return place;
  if (isDir(place.node)) return fail('EISDIR');
  if (place.slash) return fail('ENOTDIR');
  if (isMountPoint(place)) return fail('EBUSY');
  const denied = parentAllows(m, process, place);
  if (denied) return denied;
  const parent = parentOf(m, process, place);
  if (parent && !stickyAllows(process, parent, place.node)) return fail('EPERM');
  const fs = filesystem(m, place.mount.fs);
  const node = lookup(fs.root, place.path);
  if (!node) return fail('ENOENT');
  unlinkFile(m, fs.id, place.path, node);
  if (node.t === 'fifo') dropFifo(m, fs.id, place.path);
  return undefined;
}

/** The number of the pipe behind a named pipe. */
export function fifoPipe(fs: string, path: string): string {
  return `fifo:${fs}:${path}`;
}

function dropFifo(m: Machine, fs: string, path: string): void {
  const id = fifoPipe(fs, path);
  const pipe = m.kernel.pipes[id];
  if (pipe && pipe.readers + pipe.writers <= (pipe.awaits ? 1 : 0)) delete m.draft.own(m.kernel, 'pipes')[id];
}

/** rmdir(2). */
export function removeDir(m: Machine, process: Process, path: string): Errno | undefined {
  const place = find(m, process.pid, path, { name: true });
  if ('errno' in place) return place;
  if (place.last === 'dot') return fail('EINVAL');
  if (place.last === 'dotdot') return fail('ENOTEMPTY');
  if (!isDir(place.node)) return fail('ENOTDIR');
  if (place.last === 'root' || isMountPoint(place)) return fail('EBUSY');
  if (place.node.t === 'gdir' && place.node.rmdir && !place.mount.readonly) {
    const parent = parentOf(m, process, place);
    if (parent && !permits(process, parent, mayWrite | mayExecute, true)) return fail('EACCES');
    return place.node.rmdir(baseName(place.path));
  }
  const denied = parentAllows(m, process, place);
  if (denied) return denied;
  const parent = parentOf(m, process, place);
  if (parent && !stickyAllows(process, parent, place.node)) return fail('EPERM');
  if (place.node.t !== 'dir' || Object.keys(place.node.entries).length > 0) return fail('ENOTEMPTY');
  removeName(m, place.mount.fs, place.path);
  return undefined;
}

/** link(2): `existing` is not followed when it is a symbolic link, as Linux does. */
export function link(m: Machine, process: Process, existing: string, path: string): Errno | undefined {
  const from = find(m, process.pid, existing, { follow: false });
  if ('errno' in from) return from;
  const to = resolve(m, process.pid, path, { name: true });
  if ('errno' in to) return to;
  if (isFound(to)) return fail('EEXIST');
  if (to.slash) return fail('ENOENT');
  if (from.mount.id !== to.mount.id) return fail('EXDEV');
  const denied = parentAllows(m, process, to);
  if (denied) return denied;
  if (isDir(from.node)) return fail('EPERM');
  const fs = filesystem(m, from.mount.fs);
  const node = lookup(fs.root, from.path);
  if (node?.t === 'hard') {
    countNames(m, fs.id, node.inode, 1);
    addName(m, fs.id, to.path, node);
  } else if (node?.t === 'file') {
    const inode = makeInode(m, fs.id, from.path, node, 2);
    addName(m, fs.id, to.path, { t: 'hard', inode });
  } else if (node) addName(m, fs.id, to.path, node);
  return undefined;
}

/** rename(2). On an overlay a directory of the lower layers gives EXDEV, as overlayfs does without redirect_dir. */
export function rename(m: Machine, process: Process, oldPath: string, newPath: string): Errno | undefined {
  const from = resolve(m, process.pid, oldPath, { name: true });
  if ('errno' in from) return from;
  const to = resolve(m, process.pid, newPath, { name: true });
  if ('errno' in to) return to;
  if (from.last !== 'name' || to.last !== 'name') return fail('EBUSY');
  if (!isFound(from)) return fail('ENOENT');
  if (isMountPoint(from) || isMountPoint(to)) return fail('EBUSY');
  if (from.mount.id !== to.mount.id) return fail('EXDEV');
  if ((from.slash || to.slash) && !isDir(from.node)) return fail('ENOTDIR');
  const fs = filesystem(m, from.mount.fs);
  const refused = parentAllows(m, process, from) ?? parentAllows(m, process, to) ?? mayMove(m, process, from, to);
  if (refused) return refused;
  const node = lookup(fs.root, from.path);
  const old = lookup(fs.root, to.path);
  if (!node || from.path === to.path) return undefined;
  if (node.t === 'hard' && old?.t === 'hard' && node.inode === old.inode) return undefined;
  if (node.t === 'dir' && lowerDir(fs, from.path)) return fail('EXDEV');
  const cwds = node.t === 'dir' ? workingIn(m, fs.id, from.path) : [];
  if (old) unlinkFile(m, fs.id, to.path, old);
  removeName(m, fs.id, from.path);
  addName(m, fs.id, to.path, atNewPlace(hidesLower(fs, to.path), node));
  followRename(m, fs.id, from.path, to.path);
  moveWorking(m, cwds, from.path, to.path);
  return undefined;
}

function atNewPlace(hides: boolean, node: TreeNode): TreeNode {
  return hides && node.t === 'dir' && !node.opaque ? { ...node, opaque: true } : node;
}

function mayMove(m: Machine, process: Process, from: Place, to: Place): Errno | undefined {
  const parent = parentOf(m, process, from);
  if (parent && from.node && !stickyAllows(process, parent, from.node)) return fail('EPERM');
  if (from.node?.t === 'dir') {
    if (to.path !== from.path && isUnder(to.path, from.path)) return fail('EINVAL');
    const moves = dirName(from.path) !== dirName(to.path);
    if (moves && !permits(process, from.node, mayWrite, true)) return fail('EACCES');
  }
  if (!to.node) return undefined;
  if (isUnder(from.path, to.path) && from.path !== to.path) return fail('ENOTEMPTY');
  const target = parentOf(m, process, to);
  if (target && !stickyAllows(process, target, to.node)) return fail('EPERM');
  if (to.node.t === 'dir' && from.node?.t !== 'dir') return fail('EISDIR');
  if (to.node.t !== 'dir' && from.node?.t === 'dir') return fail('ENOTDIR');
  if (to.node.t === 'dir' && from.path !== to.path && Object.keys(to.node.entries).length > 0) return fail('ENOTEMPTY');
  return undefined;
}

interface Working {
  readonly pid: number;
  readonly at: string;
  readonly path: string;
}

/** The processes whose working directory is in this directory. */
function workingIn(m: Machine, fs: string, dir: string): readonly Working[] {
  const found: Working[] = [];
  for (const process of Object.values(m.kernel.processes)) {
    if (!m.kernel.namespaces[process.ns.mnt]) continue;
    const place = placeAt(m, process.pid, process.ns.mnt, cwdAt(process));
    if (place?.mount.fs === fs && isUnder(place.path, dir))
      found.push({ pid: process.pid, at: place.at, path: place.path });
  }
  return found;
}

function moveWorking(m: Machine, working: readonly Working[], from: string, to: string): void {
  for (const { pid, at, path } of working) {
    const moved = to + path.slice(from.length);
    const process = m.draft.own(m.draft.own(m.kernel, 'processes'), String(pid)) as Mutable<Process>;
    if (at.endsWith(path)) process.cwd = seenPath(process, at.slice(0, at.length - path.length) + moved);
  }
}
