import { isErrno } from '../../../kernel/errno.ts';
import type { Stat } from '../../../kernel/fs/calls.ts';
import { instant } from '../../makers/instant.ts';
import type { Applet, Io, StartIo } from '../../makers/io.ts';
import { complain, printLine } from '../../makers/io.ts';
import type { Options } from '../../options.ts';
import { parseOptions } from '../../options.ts';
import { complainPath } from '../errors.ts';
import { gnuSize, humanSize } from '../human.ts';
import { joinPath } from '../paths.ts';
import { diskBlocks } from './ls.ts';

const dfLine = {
  usage: '[-PkmhTai] [-B SIZE] [-t TYPE] [FILESYSTEM]...',
  short: 'PkmhTait:',
  long: ['human-readable=h', 'print-type=T', 'portability=P', 'all=a', 'type:=t'],
};

interface DiskRow {
  readonly source: string;
  readonly type: string;
  readonly total: number;
  readonly used: number;
  readonly target: string;
}

/** `df`: room on the file systems. */
export const df: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, dfLine);
    if (typeof options === 'number') return options;
    if (options.has('i')) return complain(io, 'inodes are not simulated');
    let status = 0;
    const rows: DiskRow[] = [];
    const add = (path: string, everything: boolean) => {
      const fs = io.sys.fs.statfs(path);
      if (isErrno(fs)) {
        if (!everything)
          status = complain(
            io,
            style.flavour === 'busybox' ? `${path}: can't find mount point` : `${path}: No such file or directory`,
          );
      } else if (!everything || fs.total > 0) rows.push(fs);
    };
    if (options.operands.length > 0) for (const path of options.operands) add(path, false);
    else for (const target of new Set(io.sys.fs.mounts().map((mount) => mount.target))) add(target, true);
    const type = options.value('t');
    printDisks(io, type === undefined ? rows : rows.filter((row) => row.type === type), options);
    return status;
  });

function printDisks(io: Io, rows: readonly DiskRow[], options: Options): void {
  const busybox = io.style.flavour === 'busybox';
  const human = options.has('h');
  const unit = options.has('m') ? 1048576 : 1024;
  const show = (bytes: number) =>
    human ? (busybox ? humanSize(bytes) : gnuSize(bytes)) : String(Math.ceil(bytes / unit));
  const cells = rows.map(({ source, type, total, used, target }) => {
    const percent = total === 0 ? '0%' : `${Math.ceil((used / total) * 100)}%`;
    return [source, ...(options.has('T') ? [type] : []), show(total), show(used), show(total - used), percent, target];
  });
  const size = human
    ? 'Size'
    : options.has('m')
      ? '1M-blocks'
      : busybox
        ? `1${options.has('P') ? '024' : 'K'}-blocks`
        : options.has('P')
          ? '1024-blocks'
          : '1K-blocks';
  const titles = [
    'Filesystem',
    ...(options.has('T') ? ['Type'] : []),
    size,
    'Used',
    human && !busybox ? 'Avail' : 'Available',
    options.has('P') ? 'Capacity' : 'Use%',
    'Mounted on',
  ];
  if (busybox) {
    const unitTitle = human ? '     Size' : size;
    const type = options.has('T') ? 'Type       ' : '';
    printLine(
      io,
      `Filesystem           ${type}${unitTitle.padEnd(15)}Used Available ${options.has('P') ? 'Capacity' : 'Use%'} Mounted on`,
    );
    for (const row of cells) printLine(io, busyboxDisk(row, options.has('T')));
    return;
  }
  if (rows.length === 0) return;
  const widths = titles.map((title, at) =>
    Math.max(
      title.length,
      at === 0 ? 14 : at >= titles.length - 5 && at < titles.length - 2 ? 5 : 0,
      ...cells.map((row) => row[at]?.length ?? 0),
    ),
  );
  const right = (at: number) => at > (options.has('T') ? 1 : 0);
  for (const row of [titles, ...cells]) {
    printLine(
      io,
      row
        .map((cell, at) =>
          at === row.length - 1 ? cell : right(at) ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
        )
        .join(' '),
    );
  }
}

/** Fixed columns; a device name that is too long stands on a line of its own. */
function busyboxDisk(row: readonly string[], typed: boolean): string {
  const [source = '', ...rest] = row;
  const type = typed ? `${(rest[0] ?? '').padEnd(10)} ` : '';
  const [total = '', used = '', free = '', percent = '', target = ''] = typed ? rest.slice(1) : rest;
  const name = source.length > 20 ? `${source}\n${' '.repeat(20)}` : source.padEnd(20);
  return `${name} ${type}${total.padStart(9)} ${used.padStart(9)} ${free.padStart(9)} ${percent.padStart(3)} ${target}`;
}

const duLine = {
  usage: '[-aHLdclsxhmk] [FILE]...',
  short: 'aHLd:clsxhmkb',
  long: ['all=a', 'max-depth:=d', 'total=c', 'summarize=s', 'human-readable=h', 'bytes=b', 'one-file-system=x'],
};
const gnuDuLine = { ...duLine, short: `${duLine.short}S`, long: [...duLine.long, 'apparent-size', 'separate-dirs=S'] };

/** `du`: disk use of trees. */
export const du: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, style.flavour === 'busybox' ? duLine : gnuDuLine);
    if (typeof options !== 'number' && options.has('S')) return complain(io, 'option -S is not simulated');
    if (typeof options === 'number') return options;
    const walk = {
      io,
      options,
      status: 0,
      most: options.has('s') ? 0 : Number(options.value('d') ?? Number.MAX_SAFE_INTEGER),
    };
    if (Number.isNaN(walk.most)) return complain(io, `invalid number '${options.value('d') ?? ''}'`);
    let total = 0;
    for (const path of options.operands.length > 0 ? options.operands : ['.']) total += measure(walk, path, 0);
    if (options.has('c')) printUse(walk, total, 'total');
    return walk.status;
  });

interface Measure {
  readonly io: StartIo;
  readonly options: Options;
  readonly most: number;
  status: number;
}

function printUse({ io, options }: Measure, kib: number, path: string): void {
  const gnu = io.style.flavour === 'coreutils';
  const text = options.has('h')
    ? gnu
      ? gnuSize(kib * 1024)
      : humanSize(kib, 1024)
    : options.has('b')
      ? String(kib)
      : String(options.has('m') ? Math.ceil(kib / 1024) : kib);
  printLine(io, `${text}\t${path}`);
}

function measure(walk: Measure, path: string, depth: number): number {
  const { io, options } = walk;
  const stat = io.sys.fs.stat(path, { follow: options.has('L') || (options.has('H') && depth === 0) });
  if (isErrno(stat)) {
    walk.status = complainPath(io, path, stat, { coreutils: 'cannot access' });
    return 0;
  }
  io.sys.spend(2);
  let use = blocksOf(stat, options);
  if (stat.type === 'dir') {
    const names = io.sys.fs.list(path);
    if (isErrno(names))
      walk.status = complainPath(io, path, names, { busybox: "can't open", coreutils: 'cannot read directory' });
    else for (const name of names) use += measure(walk, joinPath(path, name), depth + 1);
  }
  if (depth <= walk.most && (stat.type === 'dir' || options.has('a') || depth === 0)) printUse(walk, use, path);
  return use;
}

function blocksOf(stat: Stat, options: Options): number {
  if (options.has('b')) return stat.size;
  return options.has('apparent-size') ? Math.ceil(stat.size / 1024) : diskBlocks(stat);
}
