import { encodeUtf8 } from '../../../kernel/bytes.ts';
import type { Errno } from '../../../kernel/errno.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { TarEntry } from '../../../oci/tar.ts';
import type { Io } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { formatTime } from '../date-format.ts';
import { ownerNames } from '../lookup.ts';
import { modeText } from '../modes.ts';
import { dirname } from '../paths.ts';
import type { TarHow } from './tar.ts';

/** `tar x` and `tar t`. The exit status. */
export function unpack(io: Io, how: TarHow, entries: readonly TarEntry[]): number {
  const busybox = io.style.flavour === 'busybox';
  if (how.mode === 'x' && how.dir !== null) {
    const failed = io.sys.chdir(how.dir);
    if (failed) {
      if (busybox) return complain(io, `can't change directory to '${how.dir}': ${strerror(failed)}`);
      complain(io, `${how.dir}: Cannot open: ${strerror(failed)}`);
      return complain(io, 'Error is not recoverable: exiting now', 2);
    }
  }
  const found = new Set<string>();
  const dirs: TarEntry[] = [];
  let status = 0;
  for (const whole of entries) {
    io.sys.spend(3);
    if (!wanted(whole.path, how, found)) continue;
    const entry = stripped(whole, how.strip);
    if (entry === undefined || excluded(whole.path, how)) continue;
    const verbose = how.flags.includes('v');
    const text = encodeUtf8(`${how.mode === 't' && verbose ? longLine(io, entry, how) : shownName(entry)}\n`);
    if (how.mode === 't') {
      io.out(text);
      continue;
    }
    if (verbose) (how.flags.includes('O') ? io.err : io.out)(text);
    if (how.flags.includes('O')) {
      if (entry.type === 'file') io.out(entry.data);
      continue;
    }
    const failed = place(io, entry, how);
    if (failed) {
      complain(
        io,
        busybox ? `can't open '${entry.path}': ${strerror(failed)}` : `${entry.path}: Cannot open: ${strerror(failed)}`,
      );
      status = busybox ? 1 : 2;
      if (busybox) return 1;
    } else if (entry.type === 'dir') dirs.push(entry);
  }
  // directories get their times and modes when nothing is put into them any more
  for (const dir of dirs.reverse()) finish(io, dir, how);
  for (const name of how.names) {
    if (found.has(name)) continue;
    if (busybox) return complain(io, `${name}: not found in archive`);
    complain(io, `${name}: Not found in archive`);
    status = 2;
  }
  if (status !== 0) complain(io, 'Exiting with failure status due to previous errors');
  return status;
}

function wanted(path: string, how: TarHow, found: Set<string>): boolean {
  if (how.names.length === 0) return true;
  for (const name of how.names) {
    const plain = name.replace(/\/+$/, '');
    if (path !== plain && !path.startsWith(`${plain}/`)) continue;
    found.add(name);
    return true;
  }
  return false;
}

/** Is this one of those that --exclude names: itself, by its last part, or by what it is below? */
export function excluded(path: string, how: TarHow): boolean {
  return how.exclude.some((pattern) => {
    const escaped = pattern
      .replace(/\/+$/, '')
      .replace(/[.+^${}()|\\]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/\?/g, '.');
    return new RegExp(`(?:^|/)${escaped}(?:/|$)`, 's').test(path);
  });
}

function stripped(entry: TarEntry, count: number): TarEntry | undefined {
  if (count === 0) return entry;
  const path = entry.path.split('/').slice(count).join('/');
  if (path === '') return undefined;
  const target = entry.type === 'hard' ? entry.target.split('/').slice(count).join('/') : entry.target;
  return { ...entry, path, target };
}

/** A member's name as listings show it: directories with a slash. */
export function shownName(entry: TarEntry): string {
  return entry.type === 'dir' && !entry.path.endsWith('/') ? `${entry.path}/` : entry.path;
}

function longLine(io: Io, entry: TarEntry, how: TarHow): string {
  const names = ownerNames(io.sys);
  const numeric = how.flags.includes('<numeric-owner>');
  const owner = numeric ? `${entry.uid}/${entry.gid}` : `${names.user(entry.uid)}/${names.group(entry.gid)}`;
  const busybox = io.style.flavour === 'busybox';
  const time = formatTime(entry.mtime * 1_000_000, busybox ? '%Y-%m-%d %H:%M:%S' : '%Y-%m-%d %H:%M');
  const type = entry.type === 'hard' ? (busybox ? 'file' : 'file') : entry.type;
  const mode =
    entry.type === 'hard' && !busybox ? `h${modeText(type, entry.mode).slice(1)}` : modeText(type, entry.mode);
  const size = String(entry.data.length + (entry.declared ?? 0));
  const link =
    entry.type === 'link'
      ? ` -> ${entry.target}`
      : entry.type === 'hard'
        ? ` ${busybox ? '->' : 'link to'} ${entry.target}`
        : '';
  const place = busybox ? `${owner} ${size.padStart(9)}` : `${owner} ${size.padStart(Math.max(0, 18 - owner.length))}`;
  return `${mode} ${place} ${time} ${shownName(entry)}${link}`;
}

function place(io: Io, entry: TarEntry, how: TarHow): Errno | undefined {
  const { fs } = io.sys;
  const path = entry.path.replace(/^\/+/, '');
  if (path === '' || path === '.') return undefined;
  if (path.split('/').includes('..')) return { errno: 'EPERM' };
  makeAbove(io, path);
  const there = fs.stat(path, { follow: false });
  if (!isErrno(there) && !(there.type === 'dir' && entry.type === 'dir')) {
    if (how.flags.includes('k')) return { errno: 'EEXIST' };
    const gone = there.type === 'dir' ? fs.rmdir(path) : fs.unlink(path);
    if (gone) return gone;
  }
  let failed: Errno | undefined;
  if (entry.type === 'dir') failed = isErrno(there) ? fs.mkdir(path, 0o755) : undefined;
  else if (entry.type === 'link') failed = fs.symlink(entry.target, path);
  else if (entry.type === 'hard') failed = fs.link(entry.target.replace(/^\/+/, ''), path);
  else if (entry.type === 'fifo') failed = fs.mkfifo(path, entry.mode);
  else if (entry.type === 'file') {
    failed = fs.writeFile(path, entry.data, { mode: 0o600 });
    if (!failed && entry.declared) failed = fs.declareSize(path, entry.data.length + entry.declared);
  } else failed = { errno: 'EPERM' };
  if (failed || entry.type === 'hard' || entry.type === 'dir') return failed;
  finish(io, entry, how);
  return undefined;
}

function makeAbove(io: Io, path: string): void {
  const above = dirname(path);
  if (above === '.' || above === '/' || !isErrno(io.sys.fs.stat(above))) return;
  makeAbove(io, above);
  io.sys.fs.mkdir(above, 0o777);
}

/** Owner (for root), mode and time. */
function finish(io: Io, entry: TarEntry, how: TarHow): void {
  const { fs } = io.sys;
  const root = io.sys.uid === 0;
  if (root && !how.flags.includes('o')) fs.chown(entry.path, entry.uid, entry.gid, { follow: false });
  if (entry.type === 'link') return;
  const keep = root || how.flags.includes('p');
  fs.chmod(entry.path, keep ? entry.mode : entry.mode & 0o777 & ~io.sys.umask());
  if (!how.flags.includes('m')) fs.utimes(entry.path, entry.mtime * 1_000_000);
}
