import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { TarEntry } from '../../../oci/tar.ts';
import { writeTar } from '../../../oci/tar.ts';
import type { Io } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { joinPath } from '../paths.ts';
import type { TarHow } from './tar.ts';
import { cannotRun, codecAsked } from './tar-codec.ts';
import { excluded, shownName } from './tar-unpack.ts';

interface Packing {
  readonly io: Io;
  readonly how: TarHow;
  readonly entries: TarEntry[];
  /** Paths under which files with several names were packed. */
  readonly names: Map<string, string>;
  failed: boolean;
  told: boolean;
}

/** `tar c`: packs the named files and what is below them. The exit status. */
export function pack(io: Io, how: TarHow): number {
  const busybox = io.style.flavour === 'busybox';
  if (how.names.length === 0) {
    if (busybox) return complain(io, 'empty archive');
    complain(io, 'Cowardly refusing to create an empty archive');
    io.err("Try 'tar --help' or 'tar --usage' for more information.\n");
    return 2;
  }
  if (how.file === '-' && io.sys.isatty(1) && !busybox) {
    complain(io, 'Refusing to write archive contents to terminal (missing -f option?)');
    return complain(io, 'Error is not recoverable: exiting now', 2);
  }
  const start = io.sys.cwd();
  const p: Packing = { io, how, entries: [], names: new Map(), failed: false, told: false };
  if (how.dir !== null) {
    const failed = io.sys.chdir(how.dir);
    if (failed) {
      if (busybox) return complain(io, `can't change directory to '${how.dir}': ${strerror(failed)}`);
      complain(io, `${how.dir}: Cannot open: ${strerror(failed)}`);
      return complain(io, 'Error is not recoverable: exiting now', 2);
    }
  }
  for (const name of how.names) add(p, name);
  io.sys.chdir(start);
  const plain = writeTar(p.entries);
  // whole records of 20 blocks, as tar has always written them
  const padded = plain + '\0'.repeat((10_240 - (plain.length % 10_240)) % 10_240);
  const codec = codecAsked(how);
  const missing = codec && cannotRun(io, codec);
  if (missing !== undefined) return missing;
  const bytes = codec?.pack(padded) ?? padded;
  io.sys.spend(bytes.length >> 6);
  if (how.file === '-') io.out(bytes);
  else {
    const failed = io.sys.fs.writeFile(how.file, bytes);
    if (failed && busybox) return complain(io, `can't open '${how.file}': ${strerror(failed)}`);
    if (failed) {
      complain(io, `${how.file}: Cannot open: ${strerror(failed)}`);
      return complain(io, 'Error is not recoverable: exiting now', 2);
    }
  }
  if (!p.failed) return 0;
  return busybox
    ? complain(io, 'error exit delayed from previous errors')
    : complain(io, 'Exiting with failure status due to previous errors', 2);
}

function add(p: Packing, path: string): void {
  const { io, how } = p;
  const { fs } = io.sys;
  const busybox = io.style.flavour === 'busybox';
  io.sys.spend(3);
  const stat = fs.stat(path, { follow: how.flags.includes('h') });
  if (isErrno(stat)) {
    complain(io, busybox ? `${path}: ${strerror(stat)}` : `${path}: Cannot stat: ${strerror(stat)}`);
    p.failed = true;
    return;
  }
  if (excluded(path, how)) return;
  let name = path;
  if (/^\/+/.test(name) && !how.flags.includes('P')) {
    if (!p.told)
      complain(io, busybox ? "removing leading '/' from member names" : "Removing leading `/' from member names");
    p.told = true;
    name = name.replace(/^\/+/, '');
  }
  if (stat.type === 'socket') {
    complain(io, busybox ? `${path}: unknown file type` : `${path}: socket ignored`);
    return;
  }
  const key = `${stat.dev}:${stat.ino}`;
  const known = stat.type === 'file' && stat.nlink > 1 ? p.names.get(key) : undefined;
  if (stat.type === 'file') p.names.set(key, name);
  const contents = stat.type === 'file' && known === undefined ? fs.readFile(path) : { bytes: '' };
  if (isErrno(contents)) {
    complain(
      io,
      busybox ? `can't open '${path}': ${strerror(contents)}` : `${path}: Cannot open: ${strerror(contents)}`,
    );
    p.failed = true;
    return;
  }
  const target = stat.type === 'link' ? fs.readlink(path) : '';
  const [major, minor] = stat.rdev ?? [0, 0];
  const more = stat.type === 'file' && known === undefined ? stat.size - contents.bytes.length : 0;
  const entry: TarEntry = {
    path: name.replace(/(?!^)\/+$/, ''),
    type: known === undefined ? stat.type : 'hard',
    mode: stat.mode,
    uid: stat.uid,
    gid: stat.gid,
    mtime: Math.floor(stat.mtime / 1_000_000),
    data: contents.bytes,
    target: known ?? (isErrno(target) ? '' : target),
    major,
    minor,
    ...(more > 0 && { declared: more }),
  };
  if (entry.path !== '') p.entries.push(entry);
  // the list goes where the archive does not
  if (how.flags.includes('v')) {
    const text = encodeUtf8(`${shownName(entry)}\n`);
    if (how.file === '-') io.err(text);
    else io.out(text);
  }
  if (stat.type !== 'dir' || how.flags.includes('<no-recursion>')) return;
  const below = fs.list(path);
  if (isErrno(below)) {
    complain(io, busybox ? `can't open '${path}': ${strerror(below)}` : `${path}: Cannot open: ${strerror(below)}`);
    p.failed = true;
    return;
  }
  for (const child of below) add(p, joinPath(path, child));
}
