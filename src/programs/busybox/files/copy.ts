import type { Errno } from '../../../kernel/errno.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Stat } from '../../../kernel/fs/calls.ts';
import type { Io } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { complainPath } from '../errors.ts';
import { joinPath } from '../paths.ts';

/** How things are copied; the letters are cp(1)'s options. */
export interface CopyOptions {
  readonly recursive: boolean;
  readonly preserve: boolean;
  readonly force: boolean;
  readonly keep: boolean;
  readonly update: boolean;
  readonly link: 'hard' | 'symbolic' | undefined;
  /** Which links are followed: those named, all, or none. */
  readonly follow: 'named' | 'all' | 'none';
  readonly done?: (from: string, to: string) => void;
}

/** Copies a file or a tree; false after a mistake, which has been told. */
export function copyTree(io: Io, from: string, to: string, options: CopyOptions, depth = 0): boolean {
  const { fs } = io.sys;
  const follow = options.follow === 'all' || (options.follow === 'named' && depth === 0);
  const stat = fs.stat(from, { follow });
  if (isErrno(stat)) return told(io, from, stat, "can't stat", 'cannot stat');
  const target = fs.stat(to, { follow: depth === 0 || options.follow !== 'none' });
  if (!isErrno(target) && target.ino === stat.ino && target.dev === stat.dev) {
    complain(
      io,
      io.style.flavour === 'busybox'
        ? `'${from}' and '${to}' are the same file`
        : `'${from}' and '${to}' are the same file`,
    );
    return false;
  }
  if (isErrno(target) && target.errno === 'ENOTDIR') return told(io, to, target, "can't stat", 'failed to access');
  io.sys.spend(3);
  if (stat.type === 'dir') return copyDirectory(io, from, to, stat, target, options, depth);
  if (!isErrno(target)) {
    if (options.keep || (options.update && target.mtime >= stat.mtime)) return true;
    if (target.type === 'dir') return !complain(io, `cannot overwrite directory '${to}' with non-directory`);
  }
  return copyOne(io, from, to, stat, isErrno(target) ? undefined : target, options);
}

function copyDirectory(
  io: Io,
  from: string,
  to: string,
  stat: Stat,
  target: Stat | Errno,
  options: CopyOptions,
  depth: number,
): boolean {
  const { fs } = io.sys;
  const busybox = io.style.flavour === 'busybox';
  if (!options.recursive)
    return !complain(io, busybox ? `omitting directory '${from}'` : `-r not specified; omitting directory '${from}'`);
  if (isErrno(target)) {
    const failed = fs.mkdir(to, (options.preserve ? stat.mode : stat.mode & ~io.sys.umask()) | 0o700);
    if (failed) return told(io, to, failed, "can't create directory", 'cannot create directory');
  } else if (target.type !== 'dir') {
    return !complain(
      io,
      busybox ? `target '${to}' is not a directory` : `cannot overwrite non-directory '${to}' with directory '${from}'`,
    );
  }
  const [source, inside] = [fs.realpath(from), fs.realpath(to)];
  if (!isErrno(source) && !isErrno(inside) && `${inside}/`.startsWith(`${source}/`)) {
    return !complain(
      io,
      busybox
        ? `recursion detected, omitting directory '${from}'`
        : `cannot copy a directory, '${from}', into itself, '${to}'`,
    );
  }
  const names = fs.list(from);
  if (isErrno(names)) return told(io, from, names, "can't open", 'cannot open directory');
  options.done?.(from, to);
  let good = true;
  for (const name of names) good = copyTree(io, joinPath(from, name), joinPath(to, name), options, depth + 1) && good;
  if (isErrno(target)) fs.chmod(to, options.preserve ? stat.mode : stat.mode & ~io.sys.umask());
  if (options.preserve) keepMeta(io, to, stat);
  return good;
}

function copyOne(
  io: Io,
  from: string,
  to: string,
  stat: Stat,
  target: Stat | undefined,
  options: CopyOptions,
): boolean {
  const { fs } = io.sys;
  const special = stat.type !== 'file' || options.link !== undefined;
  if (target !== undefined && (special || options.force)) {
    const gone = special || isErrno(fs.access(to, 2)) ? fs.unlink(to) : undefined;
    if (gone) return told(io, to, gone, "can't create", 'cannot remove');
  }
  let failed: Errno | undefined;
  if (options.link === 'hard') failed = fs.link(from, to);
  else if (options.link === 'symbolic') failed = fs.symlink(from, to);
  else if (stat.type === 'link') {
    const text = fs.readlink(from);
    failed = isErrno(text) ? text : fs.symlink(text, to);
  } else if (stat.type === 'fifo') failed = fs.mkfifo(to, stat.mode);
  else if (stat.type === 'char' || stat.type === 'block' || stat.type === 'socket') {
    return !complain(io, `can't copy special file '${from}': not simulated`);
  } else {
    const contents = fs.readFile(from);
    if (isErrno(contents)) return told(io, from, contents, "can't open", 'cannot open % for reading');
    failed = fs.writeFile(to, contents.bytes, { mode: stat.mode & 0o777 });
    // A file that only declares its size: so does the copy.
    if (!failed && contents.bytes.length < stat.size) failed = fs.truncate(to, stat.size);
    io.sys.spend(contents.bytes.length >> 8);
  }
  if (failed) return told(io, to, failed, "can't create", 'cannot create regular file');
  if (options.preserve && options.link === undefined) keepMeta(io, to, stat);
  options.done?.(from, to);
  return true;
}

function keepMeta(io: Io, path: string, stat: Stat): void {
  io.sys.fs.chown(path, stat.uid, stat.gid, { follow: false });
  if (stat.type === 'link') return;
  io.sys.fs.chmod(path, stat.mode);
  io.sys.fs.utimes(path, stat.mtime);
}

function told(io: Io, path: string, error: Errno, busybox: string, coreutils: string): false {
  complainPath(io, path, error, { busybox, coreutils });
  return false;
}
