import { isErrno } from '../../../kernel/errno.ts';
import type { Flavour, Io } from '../../makers/io.ts';
import { formatTime } from '../date-format.ts';
import { gnuSize, humanSize } from '../human.ts';
import { ownerNames } from '../lookup.ts';
import { modeText } from '../modes.ts';
import type { Entry, LsFormat } from './ls.ts';
import { diskBlocks } from './ls.ts';

/** A name as it is shown, and how many columns it takes. */
export interface Shown {
  readonly text: string;
  readonly width: number;
}

const ideographs =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}]/u;

function displayWidth(text: string): number {
  let width = 0;
  for (const char of text) width += ideographs.test(char) ? 2 : 1;
  return width;
}

/** The name with inode, size, colour and type mark, as the options ask. */
export function displayName(entry: Entry, format: LsFormat, blockWidth = 6): Shown {
  const { stat } = entry;
  const prefix = `${format.options.has('i') ? `${String(stat.ino).padStart(7)} ` : ''}${format.options.has('s') ? `${String(diskBlocks(stat)).padStart(blockWidth)} ` : ''}`;
  const mark = typeMark(entry, format);
  const plain = quoted(entry.name, format);
  const name = format.color ? painted(plain, entry, format) : plain;
  return { text: prefix + name + mark, width: prefix.length + displayWidth(plain) + mark.length };
}

/** -Q: in quotation marks; -b: what is not printed, and blanks, by backslashes. */
function quoted(name: string, { options }: LsFormat): string {
  const escaped = (extra: RegExp): string => name.replace(extra, (c) => ({ '\n': '\\n', '\t': '\\t' })[c] ?? `\\${c}`);
  if (options.has('Q')) return `"${escaped(/["\\\n\t]/g)}"`;
  return options.has('b') ? escaped(/[ \\\n\t]/g) : name;
}

function painted(text: string, entry: Entry, { gnu }: LsFormat): string {
  if (!gnu) return `\x1b[${colour(entry)}m${text}\x1b[m`;
  const chosen = gnuColour(entry);
  return chosen === '' ? text : `\x1b[0m\x1b[${chosen}m${text}\x1b[0m`;
}

/** GNU ls without dircolors' database. */
function gnuColour({ stat }: Entry): string {
  switch (stat.type) {
    case 'dir':
      return (stat.mode & 0o1002) === 0o1002 ? '30;42' : '01;34';
    case 'link':
      return '01;36';
    case 'fifo':
      return '33';
    case 'socket':
      return '01;35';
    case 'char':
    case 'block':
      return '01;33';
    case 'file':
      return stat.mode & 0o4000 ? '37;41' : stat.mode & 0o111 ? '01;32' : '';
  }
}

/** -m: names with commas between them, as many in a line as fit. */
export function withCommas(shown: readonly Shown[], width: number): string {
  let out = '';
  let column = 0;
  shown.forEach((item, at) => {
    const mark = at + 1 < shown.length ? ', ' : '';
    if (column > 0 && column + item.width + 1 > width) {
      out = `${out.trimEnd()}\n`;
      column = 0;
    }
    out += item.text + mark;
    column += item.width + mark.length;
  });
  return `${out}\n`;
}

function typeMark({ stat }: Entry, { options }: LsFormat): string {
  if (stat.type === 'dir') return options.has('F') || options.has('p') ? '/' : '';
  if (!options.has('F')) return '';
  if (stat.type === 'file') return stat.mode & 0o111 ? '*' : '';
  return { link: '@', fifo: '|', socket: '=', char: '', block: '' }[stat.type];
}

/** busybox's colours: bold for directories, links, devices and what can be executed. */
function colour({ stat }: Entry): string {
  switch (stat.type) {
    case 'dir':
      return '1;34';
    case 'link':
      return '1;36';
    case 'fifo':
      return '0;35';
    case 'socket':
      return '1;35';
    case 'char':
    case 'block':
      return '1;33';
    case 'file':
      return stat.mode & 0o111 ? '1;32' : '0;0';
  }
}

/** Names in columns: busybox makes all columns as wide as the widest name, GNU ls each as wide as it must be. */
export function inColumns(shown: readonly Shown[], format: LsFormat, flavour: Flavour): string {
  if (shown.length === 0) return '';
  const widest = Math.max(...shown.map(({ width }) => width)) + 2;
  const count = Math.max(1, Math.floor((format.width + (flavour === 'busybox' ? 0 : 2)) / widest));
  const fitted = flavour === 'coreutils' ? fitColumns(shown, format.width) : undefined;
  const columns = fitted?.length ?? Math.min(count, shown.length);
  const rows = Math.ceil(shown.length / columns);
  let out = '';
  for (let row = 0; row < rows; row++) {
    let column = '';
    let pad = 0;
    for (let at = 0; at < columns; at++) {
      const item = shown[format.columns === 'down' ? at * rows + row : row * columns + at];
      if (item === undefined) continue;
      column += ' '.repeat(pad) + item.text;
      pad = (fitted?.[at] ?? widest) - item.width;
    }
    out += `${column}\n`;
  }
  return out;
}

/** The widths of as many columns as fit, filled from top to bottom. */
function fitColumns(shown: readonly Shown[], width: number): readonly number[] {
  for (let rows = 1; rows <= shown.length; rows++) {
    const widths: number[] = [];
    for (let at = 0; at < shown.length; at += rows) {
      widths.push(Math.max(...shown.slice(at, at + rows).map((item) => item.width)) + 2);
    }
    if (widths.reduce((sum, next) => sum + next, 0) - 2 <= width) return widths;
  }
  return [width];
}

const halfYear = 15_768_000_000_000;

/** The lines of `ls -l`: fixed columns in busybox, columns as wide as needed in GNU ls. */
export function longLines(io: Io, entries: readonly Entry[], format: LsFormat): readonly string[] {
  const { options } = format;
  const names = ownerNames(io.sys);
  const numeric = options.has('n');
  const busybox = io.style.flavour === 'busybox';
  const rows = entries.map((entry) => {
    const { stat } = entry;
    const size = stat.rdev ? deviceText(stat.rdev, busybox) : sizeText(stat.size, options.has('h'), busybox);
    const inode = options.has('i') ? String(stat.ino) : '';
    const blocks = options.has('s') ? String(diskBlocks(stat)) : '';
    const style = options.value('time-style');
    const time =
      options.has('full-time') || style === 'full-iso'
        ? formatTime(stat.mtime, busybox ? '%Y-%m-%d %H:%M:%S %z' : '%Y-%m-%d %H:%M:%S.%N %z', !busybox)
        : style === 'long-iso' || style === 'iso'
          ? formatTime(stat.mtime, style === 'iso' ? '%m-%d %H:%M' : '%Y-%m-%d %H:%M')
          : style?.startsWith('+')
            ? formatTime(stat.mtime, style.slice(1), true)
            : shortTime(stat.mtime, io.sys.now);
    const target = stat.type === 'link' ? io.sys.fs.readlink(entry.path) : undefined;
    const shown = displayName(entry, {
      ...format,
      options: { ...options, has: (name) => name !== 'i' && name !== 's' && options.has(name) },
    });
    const arrow = target === undefined || isErrno(target) ? '' : ` -> ${target}`;
    return {
      inode,
      blocks,
      mode: modeText(stat.type, stat.mode),
      links: String(stat.nlink),
      user: numeric ? String(stat.uid) : names.user(stat.uid),
      group: numeric ? String(stat.gid) : names.group(stat.gid),
      size,
      time,
      name: (stat.type === 'link' ? shown.text.replace(/@$/, '') : shown.text) + arrow,
      device: stat.rdev !== undefined,
    };
  });
  const width = (pick: (row: (typeof rows)[number]) => string) => Math.max(0, ...rows.map((row) => pick(row).length));
  const fixed = busybox
    ? { inode: 7, blocks: 6, links: 7, user: 8, group: 8, size: options.has('h') ? 7 : 9 }
    : undefined;
  const widths = fixed ?? {
    inode: width((row) => row.inode),
    blocks: width((row) => row.blocks),
    links: width((row) => row.links) + 1,
    user: width((row) => row.user),
    group: width((row) => row.group),
    size: width((row) => row.size),
  };
  return rows.map((row) => {
    const inode = row.inode === '' ? '' : `${row.inode.padStart(widths.inode)} `;
    const blocks = row.blocks === '' ? '' : `${row.blocks.padStart(widths.blocks)} `;
    const owner = options.has('g') && !busybox ? '' : `${row.user.padEnd(widths.user)} `;
    const noGroup = !busybox && (options.has('o') || options.has('G'));
    const group = noGroup ? owner : `${owner}${row.group.padEnd(widths.group)} `;
    return `${inode}${blocks}${row.mode}${row.links.padStart(busybox ? 5 : widths.links)} ${group}${row.size.padStart(widths.size)} ${row.time} ${row.name}`;
  });
}

function deviceText([major, minor]: readonly [number, number], busybox: boolean): string {
  return busybox
    ? `${String(major).padStart(4)},${String(minor).padStart(4)}`
    : `${major}, ${String(minor).padStart(3)}`;
}

function sizeText(size: number, human: boolean, busybox: boolean): string {
  if (!human) return String(size);
  return busybox ? humanSize(size) : gnuSize(size);
}

/** `Nov 22 19:37`, or with the year when it is more than half a year away. */
function shortTime(mtime: number, now: number): string {
  return formatTime(mtime, now - mtime > halfYear || mtime - now > halfYear ? '%b %e  %Y' : '%b %e %H:%M');
}
