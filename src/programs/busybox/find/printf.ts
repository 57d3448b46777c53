import { isErrno } from '../../../kernel/errno.ts';
import type { FileType, Stat } from '../../../kernel/fs/calls.ts';
import type { Io } from '../../makers/io.ts';
import { formatTime } from '../date-format.ts';
import { ownerNames } from '../lookup.ts';
import { modeText } from '../modes.ts';
import { basename, dirname } from '../paths.ts';

/** A place as find came to it: from which starting point, how far down. */
export interface Printed {
  readonly path: string;
  readonly stat: Stat;
  readonly root: string;
}

const letters: { readonly [type in FileType]: string } = {
  file: 'f',
  dir: 'd',
  link: 'l',
  char: 'c',
  block: 'b',
  fifo: 'p',
  socket: 's',
};

const escapes: { readonly [letter: string]: string } = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '0': '\0',
  '\\': '\\',
};

/** What `-printf FORMAT` of GNU find writes for a place. */
export function printed(format: string, place: Printed, io: Io): string {
  return format.replace(
    /\\(.)|%([-0-9#. +]*)([ATC].|.)/gs,
    (all, letter: string | undefined, flags: string, what: string) => {
      if (letter !== undefined) return escapes[letter] ?? `\\${letter}`;
      const text = directive(what, place, io);
      if (text === undefined) return all;
      const width = Math.abs(Number.parseInt(flags, 10) || 0);
      return flags.startsWith('-') ? text.padEnd(width) : text.padStart(width, flags.startsWith('0') ? '0' : ' ');
    },
  );
}

function directive(what: string, { path, stat, root }: Printed, io: Io): string | undefined {
  const below = path === root ? '' : path.slice(root.length + (root.endsWith('/') ? 0 : 1));
  const names = () => ownerNames(io.sys);
  switch (what) {
    case '%':
      return '%';
    case 'p':
      return path;
    case 'P':
      return below;
    case 'H':
      return root;
    case 'f':
      return basename(path);
    case 'h':
      return dirname(path);
    case 'd':
      return String(below === '' ? 0 : below.split('/').length);
    case 's':
      return String(stat.size);
    case 'm':
      return (stat.mode & 0o7777).toString(8);
    case 'M':
      return modeText(stat.type, stat.mode);
    case 'y':
      return letters[stat.type];
    case 'u':
      return names().user(stat.uid);
    case 'g':
      return names().group(stat.gid);
    case 'U':
      return String(stat.uid);
    case 'G':
      return String(stat.gid);
    case 'n':
      return String(stat.nlink);
    case 'i':
      return String(stat.ino);
    case 'k':
      return String(Math.ceil(stat.size / 4096) * 4);
    case 'b':
      return String(Math.ceil(stat.size / 4096) * 8);
    case 'l': {
      const target = stat.type === 'link' ? io.sys.fs.readlink(path) : '';
      return isErrno(target) ? '' : target;
    }
    case 't':
      return formatTime(stat.mtime, '%a %b %e %H:%M:%S.0000000000 %Y');
    default: {
      if (!/^[ATC].$/.test(what)) return undefined;
      if (what[1] === '@') return `${Math.floor(stat.mtime / 1_000_000)}.0000000000`;
      if (what[1] === '+') return formatTime(stat.mtime, '%Y-%m-%d+%H:%M:%S.0000000000');
      return formatTime(stat.mtime, `%${what[1]}`);
    }
  }
}
