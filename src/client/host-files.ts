import type { Stats } from 'node:fs';
import {
  chmodSync,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  realpathSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { resolve } from 'node:path';
import type { FileRequest, UserFiles } from '../engine/user-files.ts';
import { type Errno, type ErrnoName, fail, isErrno } from '../kernel/errno.ts';
import type { FileType, Stat } from '../kernel/fs/calls.ts';
import { compareNames } from '../kernel/fs/tree.ts';
import { type Json, second } from '../kernel/json.ts';
import type { Service } from '../kernel/machine.ts';

/** Larger files are not taken into a simulated machine, bytes. */
const largestFile = 160 * 1024 * 1024;

/**
 * The real computer's files, for docker commands typed on its terminal. A service that keeps nothing in the world and
 * answers only the first process of a run of this client: what runs inside the simulation never reaches real files.
 * `folder`: what relative paths start from.
 */
export function hostFiles(folder: string, client: number): Service {
  const files = diskFiles(folder);
  const calls = files as unknown as { readonly [call: string]: (...args: readonly Json[]) => Json | undefined };
  return {
    stateless: true,
    request(m, pid, message) {
      const { call, args } = message as unknown as FileRequest;
      const run = m.world.runs[m.kernel.processes[pid]?.run ?? ''];
      if (run?.pid !== pid || run.host !== m.hostId || run.client !== client) return fail('ENOENT');
      const act = Object.hasOwn(calls, call) ? calls[call] : undefined;
      return act ? { reply: { result: act(...args) ?? null } } : fail('EINVAL');
    },
  };
}

/** The text of a file that the user names, for what the client itself has to find in it; undefined without one. */
export function readUserFile(path: string): string | undefined {
  try {
    const stats = statSync(path);
    return stats.isFile() && stats.size < largestFile ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

function diskFiles(folder: string): UserFiles {
  const at = (path: string): string => resolve(folder, path);
  return {
    cwd: () => folder,
    stat: (path, { follow = true } = {}) =>
      attempt(() => statOf(follow || path.endsWith('/') ? statSync(at(path)) : lstatSync(at(path)))),
    list: (path) => attempt(() => readdirSync(at(path)).sort(compareNames)),
    readFile: (path) =>
      attempt(() => {
        const got = contentOf(at(path));
        return isErrno(got) ? got : { bytes: got.toString('latin1') };
      }),
    digest: (path) => attempt(() => contentDigest(at(path))),
    readlink: (path) => attempt(() => readlinkSync(at(path))),
    realpath: (path) => attempt(() => realpathSync(at(path))),
    writeFile: (path, bytes, { append = false, mode = 0o666 } = {}) =>
      attempt(() => {
        writeFileSync(at(path), bytes, { encoding: 'latin1', flag: append ? 'a' : 'w', mode });
        if (statSync(at(path)).isFile()) chmodSync(at(path), mode & 0o777);
        return undefined;
      }),
    mkdir: (path, mode = 0o777) =>
      attempt(() => {
        mkdirSync(at(path), { mode });
        return undefined;
      }),
    symlink: (target, path) => attempt(() => symlinkSync(target, at(path)) ?? undefined),
    utimes: (path, mtime) => attempt(() => utimesSync(at(path), mtime / second, mtime / second) ?? undefined),
    unlink: (path) => attempt(() => unlinkSync(at(path)) ?? undefined),
  };
}

/** Node's own hash is loaded only here: it takes a while, and only builds need it. */
function contentDigest(path: string): string | Errno {
  const got = contentOf(path);
  if (isErrno(got)) return got.errno === 'ENODEV' || got.errno === 'EISDIR' ? fail('EINVAL') : got;
  const { createHash } = process.getBuiltinModule('node:crypto');
  return `sha256:${createHash('sha256').update(got).digest('hex')}`;
}

/** Small files are read into the same memory one after the other: a build may read ten thousand of them. */
const small = 128 * 1024;
let room: Buffer | undefined;

/** The bytes of a file, to be used before the next call. */
function contentOf(path: string): Buffer | Errno {
  // a pipe without a writer would not let go of us
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = fstatSync(fd);
    if (stats.isDirectory()) return fail('EISDIR');
    // a device or a pipe may never end
    if (!stats.isFile()) return fail('ENODEV');
    if (stats.size > largestFile) return fail('EFBIG');
    if (stats.size >= small) return readFileSync(fd);
    room ??= Buffer.allocUnsafeSlow(small);
    let length = 0;
    for (let got = -1; got !== 0 && length < small; length += got)
      got = readSync(fd, room, length, small - length, null);
    return length < small ? room.subarray(0, length) : readFileSync(path);
  } finally {
    closeSync(fd);
  }
}

const passedOn: readonly ErrnoName[] = [
  'EACCES',
  'EEXIST',
  'EINVAL',
  'EISDIR',
  'ELOOP',
  'ENAMETOOLONG',
  'ENOENT',
  'ENOSPC',
  'ENOTDIR',
  'EPERM',
  'EROFS',
];

function attempt<T>(act: () => T): T | Errno {
  try {
    return act();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return fail(passedOn.find((name) => name === code) ?? 'EIO');
  }
}

function statOf(stats: Stats): Stat {
  return {
    type: typeOf(stats),
    mode: process.platform === 'win32' ? windowsMode(stats.mode) : stats.mode & 0o7777,
    uid: stats.uid,
    gid: stats.gid,
    size: stats.size,
    mtime: Math.floor(stats.mtimeMs) * 1000,
    nlink: stats.nlink,
    ino: stats.ino,
    dev: stats.dev,
  };
}

/** Windows knows no right to execute: Docker's client there gives it to everything, and takes the right to write from others. */
function windowsMode(mode: number): number {
  return (mode & 0o755) | 0o111;
}

function typeOf(stats: Stats): FileType {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'dir';
  if (stats.isSymbolicLink()) return 'link';
  if (stats.isFIFO()) return 'fifo';
  if (stats.isSocket()) return 'socket';
  return stats.isBlockDevice() ? 'block' : 'char';
}
