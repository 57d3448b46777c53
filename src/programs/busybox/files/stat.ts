import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { FileType, Stat } from '../../../kernel/fs/calls.ts';
import { instant } from '../../makers/instant.ts';
import type { Applet, Io } from '../../makers/io.ts';
import { parseOptions } from '../../options.ts';
import { formatTime } from '../date-format.ts';
import { complainPath } from '../errors.ts';
import { ownerNames } from '../lookup.ts';
import { modeText, typeBits } from '../modes.ts';
import { diskBlocks } from './ls.ts';

const line = {
  usage: '[-ltf] [-c FMT] FILE...',
  short: 'Ltc:f',
  long: ['dereference=L', 'format:=c', 'terse=t', 'file-system=f', 'printf:'],
  operands: [1] as const,
};

const kinds: { readonly [type in FileType]: string } = {
  file: 'regular file',
  dir: 'directory',
  link: 'symbolic link',
  char: 'character special file',
  block: 'block special file',
  fifo: 'fifo',
  socket: 'socket',
};

/** `stat`: what the kernel knows about a file, or with -f about its file system. */
export const stat: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, line);
    if (typeof options === 'number') return options;
    const printf = options.value('printf');
    const format = printf?.replace(/\\n/g, '\n').replace(/\\t/g, '\t') ?? options.value('c');
    let status = 0;
    for (const path of options.operands) {
      if (options.has('f')) {
        status = fileSystem(io, path) || status;
        continue;
      }
      const found = io.sys.fs.stat(path, { follow: options.has('L') });
      if (isErrno(found)) {
        status = complainPath(io, path, found, { busybox: "can't stat", coreutils: 'cannot statx' });
        continue;
      }
      const text = options.has('t')
        ? '%n %s %b %f %u %g %D %i %h %t %T %X %Y %Z %o'
        : (format ?? (found.rdev ? deviceFormat : plainFormat));
      io.out(
        encodeUtf8(
          expand(io, text, path, found, options.has('t') || format !== undefined ? undefined : style.flavour) +
            (printf === undefined ? '\n' : ''),
        ),
      );
    }
    return status;
  });

const times = 'Access: %x\nModify: %y\nChange: %z';
const owners = 'Access: (%#a/%A)  Uid: (%U5/%U8)   Gid: (%G5/%G8)';
const plainFormat = `  File: %N\n  Size: %s10\tBlocks: %b10 IO Block: %o6 %F\nDevice: %Dh/%dd\tInode: %i10  Links: %h\n${owners}\n${times}`;
const deviceFormat = `  File: %N\n  Size: %s10\tBlocks: %b10 IO Block: %o6 %F\nDevice: %Dh/%dd\tInode: %i10  Links: %h5 Device type: %t,%T\n${owners}\n${times}`;

/** Fills in a format; in the built-in ones (`flavour` given) a number behind a letter is a width. */
function expand(io: Io, format: string, path: string, stat: Stat, flavour: string | undefined): string {
  const names = ownerNames(io.sys, 'UNKNOWN');
  const mode = typeBits[stat.type] | stat.mode;
  const target = stat.type === 'link' ? io.sys.fs.readlink(path) : undefined;
  const name =
    target === undefined || isErrno(target)
      ? path
      : flavour === 'coreutils'
        ? `${path} -> ${target}`
        : `'${path}' -> '${target}'`;
  const time = formatTime(stat.mtime, '%Y-%m-%d %H:%M:%S.%N %z', true);
  const kind = stat.type === 'file' && stat.size === 0 ? 'regular empty file' : kinds[stat.type];
  const values: { readonly [letter: string]: string } = {
    a: (stat.mode & 0o7777).toString(8),
    A: modeText(stat.type, stat.mode),
    b: String(diskBlocks(stat) * 2),
    B: flavour === undefined && io.style.flavour === 'busybox' ? '4096' : '512',
    d: String(stat.dev),
    D: stat.dev.toString(16),
    f: mode.toString(16),
    F: kind,
    g: String(stat.gid),
    G: names.group(stat.gid),
    h: String(stat.nlink),
    i: String(stat.ino),
    n: path,
    N: stat.type !== 'link' && flavour === undefined && io.style.flavour === 'coreutils' ? `'${path}'` : name,
    o: '4096',
    s: String(stat.size),
    t: (stat.rdev?.[0] ?? 0).toString(16),
    T: (stat.rdev?.[1] ?? 0).toString(16),
    u: String(stat.uid),
    U: names.user(stat.uid),
    x: time,
    y: time,
    z: time,
    X: seconds(stat),
    Y: seconds(stat),
    Z: seconds(stat),
    w: '-',
    W: '0',
    m: '/',
  };
  if (flavour === undefined)
    return format.replace(/%([-#0]?)(\d*)([a-zA-Z%])/g, (all, flag: string, width: string, letter: string) => {
      if (letter === '%') return '%';
      const value = values[letter];
      if (value === undefined) return all;
      return flag === '-' ? value.padEnd(Number(width)) : value.padStart(Number(width), flag === '0' ? '0' : ' ');
    });
  return format
    .replaceAll('%#a', `0${values.a}`.padStart(4, '0'))
    .replaceAll('%U5', String(stat.uid).padStart(5))
    .replaceAll('%U8', names.user(stat.uid).padStart(8))
    .replaceAll('%G5', String(stat.gid).padStart(5))
    .replaceAll('%G8', names.group(stat.gid).padStart(8))
    .replace(/%([a-zA-Z])(\d*)/g, (_all, letter: string, width: string) =>
      (values[letter] ?? '').padEnd(Number(width)),
    );
}

function seconds(stat: Stat): string {
  return String(Math.floor(stat.mtime / 1_000_000));
}

function fileSystem(io: Io, path: string): number {
  const fs = io.sys.fs.statfs(path);
  if (isErrno(fs))
    return complainPath(io, path, fs, {
      busybox: "can't read file system information for",
      coreutils: 'cannot read file system information for',
    });
  const blocks = (bytes: number) => Math.floor(bytes / 4096);
  const free = blocks(fs.total - fs.used);
  io.out(
    encodeUtf8(
      `  File: "${path}"\n    ID: 0        Namelen: 255     Type: ${fs.type === 'ext4' ? 'ext2/ext3' : fs.type === 'overlay' ? 'overlayfs' : fs.type}\n`,
    ),
  );
  io.out(
    `Block size: 4096      \nBlocks: Total: ${String(blocks(fs.total)).padEnd(10)} Free: ${String(free).padEnd(10)} Available: ${free}\n`,
  );
  return 0;
}
