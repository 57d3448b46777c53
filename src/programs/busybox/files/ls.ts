import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Stat } from '../../../kernel/fs/calls.ts';
import { instant } from '../../makers/instant.ts';
import { type Applet, complain, type Io, type StartIo } from '../../makers/io.ts';
import type { Options } from '../../options.ts';
import { parseOptions } from '../../options.ts';
import { matches } from '../../shell/pattern.ts';
import { complainPath } from '../errors.ts';
import { gnuSize, humanSize } from '../human.ts';
import { joinPath } from '../paths.ts';
import { displayName, inColumns, longLines, withCommas } from './ls-format.ts';

const line = {
  usage: '[-1AaCxdLHRFplinshrSXvctu] [-w WIDTH] [FILE]...',
  short: '1AaCxdLHRFplinsghrSXvctukTw:Q',
  long: [
    'all=a',
    'almost-all=A',
    'directory=d',
    'recursive=R',
    'human-readable=h',
    'reverse=r',
    'inode=i',
    'full-time',
    'group-directories-first',
    'color::',
  ],
};

const gnuLine = {
  ...line,
  usage: '[OPTION]... [FILE]...',
  short: `${line.short}moGbqNBfI:`,
  long: [
    ...line.long,
    'no-group=G',
    'escape=b',
    'quote-name=Q',
    'ignore:=I',
    'ignore-backups=B',
    'time-style:',
    'size=s',
    'numeric-uid-gid=n',
    'classify=F',
    'file-type=p',
    'dereference=L',
    'literal=N',
    'width:=w',
    'sort:',
    'format:',
  ],
  status: 2,
};

/** One thing to show: its name as printed and what lstat (or stat) told. */
export interface Entry {
  readonly name: string;
  readonly path: string;
  readonly stat: Stat;
}

/** How `ls` was asked to show things. */
export interface LsFormat {
  readonly options: Options;
  readonly long: boolean;
  readonly color: boolean;
  /** Colours as GNU ls writes them. */
  readonly gnu: boolean;
  readonly columns: 'one' | 'down' | 'across' | 'commas';
  readonly width: number;
}

/** `ls`: what is in directories. */
export const ls: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, style.flavour === 'busybox' ? line : gnuLine);
    if (typeof options === 'number') return options;
    for (const name of ['sort', 'format', 'f'])
      if (options.has(name)) return complain(io, `option ${name === 'f' ? '-f' : `--${name}`} is not simulated`, 2);
    const timeStyle = options.value('time-style');
    if (timeStyle !== undefined && !/^(?:full-iso|long-iso|iso|locale|\+.*)$/s.test(timeStyle))
      return complain(io, `invalid argument ‘${timeStyle}’ for ‘time style’`, 2);
    const format = chooseFormat(io, options);
    const names = options.operands.length > 0 ? options.operands : ['.'];
    let status = 0;
    const entries: Entry[] = [];
    for (const name of names) {
      const stat = statOperand(io, name, options, format);
      if (isErrno(stat)) {
        complainPath(io, name, stat, { coreutils: 'cannot access' });
        status = style.flavour === 'busybox' ? 1 : 2;
      } else entries.push({ name, path: name, stat });
    }
    const isDir = (entry: Entry) => entry.stat.type === 'dir' && !options.has('d');
    const files = sortEntries(
      entries.filter((entry) => !isDir(entry)),
      options,
    );
    const dirs = sortEntries(entries.filter(isDir), options);
    if (files.length > 0) showEntries(io, files, format, false);
    const titled = names.length > 1 || options.has('R');
    let first = files.length === 0;
    const visit = (dir: Entry): void => {
      if (titled) io.out(encodeUtf8(`${first ? '' : '\n'}${dir.path}:\n`));
      first = false;
      const inside = readEntries(io, dir.path, options);
      if (typeof inside === 'number') {
        status = Math.max(status, inside);
        return;
      }
      showEntries(io, inside, format, true);
      if (!options.has('R')) return;
      for (const entry of inside)
        if (entry.stat.type === 'dir' && entry.name !== '.' && entry.name !== '..') visit(entry);
    };
    for (const dir of dirs) visit(dir);
    return status;
  });

function chooseFormat(io: StartIo, options: Options): LsFormat {
  const terminal = io.sys.isatty(1);
  const layout = options.given.findLast(([name]) => '1lCxgnom'.includes(name))?.[0];
  const size = terminal ? io.sys.winsize(1) : undefined;
  const width = Number(options.value('w') ?? (size === undefined || isErrno(size) || size.cols === 0 ? 80 : size.cols));
  const long =
    layout === 'l' ||
    layout === 'g' ||
    layout === 'o' ||
    options.has('n') ||
    options.has('full-time') ||
    (layout === '1' && options.has('l'));
  const columns =
    layout === 'C'
      ? 'down'
      : layout === 'x'
        ? 'across'
        : layout === 'm'
          ? 'commas'
          : layout === undefined && terminal
            ? 'down'
            : 'one';
  const when = options.has('color') ? (options.value('color') ?? 'always') : style(io) === 'busybox' ? 'auto' : 'never';
  const gnu = io.style.flavour === 'coreutils';
  return { options, long, columns, width, gnu, color: when === 'always' || (when === 'auto' && terminal) };
}

function style(io: StartIo): string {
  return io.style.flavour;
}

function statOperand(io: Io, name: string, options: Options, format: LsFormat) {
  const follow = options.has('L') || options.has('H') || !(format.long || options.has('d') || options.has('F'));
  const stat = io.sys.fs.stat(name, { follow });
  return isErrno(stat) && follow && io.style.flavour === 'coreutils' ? io.sys.fs.stat(name, { follow: false }) : stat;
}

function readEntries(io: Io, dir: string, options: Options): Entry[] | number {
  const listed = io.sys.fs.list(dir);
  if (isErrno(listed)) {
    const busybox = io.style.flavour === 'busybox';
    return (
      complainPath(io, dir, listed, { busybox: "can't open", coreutils: 'cannot open directory' }) && (busybox ? 1 : 2)
    );
  }
  const ignored = options.given.flatMap(([name, value]) => (name === 'I' ? [value ?? ''] : []));
  const hidden = options.has('B') ? [...ignored, '*~'] : ignored;
  const names = [
    ...(options.has('a') ? ['.', '..'] : []),
    ...listed.filter((name) => options.has('a') || options.has('A') || !name.startsWith('.')),
  ].filter((name) => !hidden.some((pattern) => matches(pattern, name)));
  const entries = names.flatMap((name): Entry[] => {
    const path = joinPath(dir, name);
    const stat = io.sys.fs.stat(path, { follow: options.has('L') });
    return isErrno(stat) ? [] : [{ name, path, stat }];
  });
  io.sys.spend(entries.length * 3);
  return sortEntries(entries, options);
}

function sortEntries(entries: readonly Entry[], options: Options): Entry[] {
  const by = options.given.findLast(([name]) => 'SXtv'.includes(name))?.[0];
  const bytes = (entry: Entry) => encodeUtf8(entry.name);
  const compareNames = (a: Entry, b: Entry) => (bytes(a) < bytes(b) ? -1 : bytes(a) > bytes(b) ? 1 : 0);
  const extension = (entry: Entry) => /(?<=.)\.[^.]*$/.exec(entry.name)?.[0] ?? '';
  const compare = (a: Entry, b: Entry): number => {
    if (options.has('group-directories-first') && (a.stat.type === 'dir') !== (b.stat.type === 'dir'))
      return a.stat.type === 'dir' ? -1 : 1;
    let order = 0;
    if (by === 'S') order = b.stat.size - a.stat.size;
    else if (by === 't') order = b.stat.mtime - a.stat.mtime;
    else if (by === 'X') order = extension(a) < extension(b) ? -1 : extension(a) > extension(b) ? 1 : 0;
    else if (by === 'v') order = a.name.localeCompare(b.name, 'en', { numeric: true });
    const decided = order !== 0 ? order : compareNames(a, b);
    return options.has('r') ? -decided : decided;
  };
  return [...entries].sort(compare);
}

function showEntries(io: Io, entries: readonly Entry[], format: LsFormat, directory: boolean): void {
  if (directory && (format.long || format.options.has('s'))) {
    const blocks = entries.reduce((sum, { stat }) => sum + diskBlocks(stat), 0);
    io.out(`total ${format.options.has('h') ? humanBlocks(blocks, io.style.flavour === 'busybox') : blocks}\n`);
  }
  if (format.long) {
    for (const text of longLines(io, entries, format)) io.out(encodeUtf8(`${text}\n`));
    return;
  }
  const blocks = Math.max(0, ...entries.map(({ stat }) => String(diskBlocks(stat)).length));
  const shown = entries.map((entry) => displayName(entry, format, io.style.flavour === 'busybox' ? 6 : blocks));
  if (format.columns === 'one') for (const { text } of shown) io.out(encodeUtf8(`${text}\n`));
  else if (format.columns === 'commas') io.out(encodeUtf8(withCommas(shown, format.width)));
  else io.out(encodeUtf8(inColumns(shown, format, io.style.flavour)));
}

/** Kilobytes on disk, in blocks of 4 KiB; small links and devices take none. */
export function diskBlocks(stat: Stat): number {
  return stat.type === 'file' || stat.type === 'dir' ? Math.ceil(stat.size / 4096) * 4 : 0;
}

function humanBlocks(kib: number, busybox: boolean): string {
  return busybox ? humanSize(kib, 1024).padEnd(7) : gnuSize(kib * 1024);
}
