import type { ByteString } from '../../../kernel/bytes.ts';
import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Stat } from '../../../kernel/fs/calls.ts';
import type { Next } from '../../../kernel/program.ts';
import { buffered } from '../../makers/buffered.ts';
import type { Applet, Io } from '../../makers/io.ts';
import { complain, printLine } from '../../makers/io.ts';
import type { Options } from '../../options.ts';
import { parseOptions } from '../../options.ts';
import { formatTime } from '../date-format.ts';
import { complainPath } from '../errors.ts';
import { basename, joinPath } from '../paths.ts';
import { normalForm, unifiedForm } from './print.ts';
import { changes } from './script.ts';

const busyboxLine = {
  usage: '[-abBdiNqrTstw] [-L LABEL] [-S FILE] [-U LINES] FILE1 FILE2',
  short: 'abdiL:NqrsS:tTU:wupB',
  operands: [2, 2] as const,
};
const gnuLine = {
  usage: '[OPTION]... FILES',
  short: 'abiL:NqrsS:U:wuB',
  long: [
    'text=a',
    'ignore-space-change=b',
    'ignore-case=i',
    'label:=L',
    'new-file=N',
    'brief=q',
    'recursive=r',
    'report-identical-files=s',
    'exclude:=x',
    'unified::=U',
    'ignore-all-space=w',
    'ignore-blank-lines=B',
  ],
  operands: [2, 2] as const,
  status: 2,
};

/** The options of one comparison as plain data. */
type How = {
  readonly flags: string;
  /** Null: the normal format. */
  readonly context: number | null;
  readonly labels: readonly string[];
  /** The command line's options, for the headings of files below directories. */
  readonly heading: string;
};

type State = {
  readonly paths: readonly [string, string];
  readonly how: How;
  /** What was read of standard input; null: it is not compared. */
  readonly input: ByteString | null;
};

/** `diff`: unified in busybox, the normal format in diffutils unless -u says otherwise. */
export const diff: Applet = (style) =>
  buffered<State>(style, {
    start(io) {
      const busybox = style.flavour === 'busybox';
      const options = parseOptions(io, busybox ? busyboxLine : gnuLine);
      if (typeof options === 'number') return { exit: options };
      const refused = options.given.find(([name]) => (busybox ? 'TtSd' : 'S').includes(name));
      if (refused) return { exit: complain(io, `option -${refused[0]} is not simulated`, 2) };
      const [a = '', b = ''] = options.operands;
      const how = readHow(options, busybox, io.args);
      if (how === undefined) return { exit: complain(io, `invalid number '${options.value('U') ?? ''}'`, 2) };
      const state: State = { paths: [a, b], how, input: a === '-' || b === '-' ? '' : null };
      return state.input === null ? { exit: compare(io, state) } : readOn(io, state);
    },
    step: (state, _wake, io) => readOn(io, state),
  });

function readHow(options: Options, busybox: boolean, args: readonly string[]): How | undefined {
  const lines = Number(options.value('U') ?? 3);
  if (!Number.isInteger(lines) || lines < 0) return undefined;
  const unified = busybox || options.has('u') || options.has('U');
  const labels = options.given.flatMap(([name, value]) => (name === 'L' ? [value ?? ''] : []));
  const flags = options.given.map(([name]) => name).join('');
  return {
    flags,
    context: unified ? lines : null,
    labels,
    heading: args.filter((arg) => arg.startsWith('-')).join(' '),
  };
}

function readOn(io: Io, from: State): Next<State> {
  let state = from;
  for (;;) {
    const got = io.sys.read(0, 65_536);
    if (got === 'again') return { state, wait: { readable: [0] } };
    if (got === 'eof' || isErrno(got)) return { exit: compare(io, state) };
    state = { ...state, input: (state.input ?? '') + got.bytes };
  }
}

function compare(io: Io, state: State): number {
  const { how } = state;
  let [a, b] = state.paths;
  const [statA, statB] = [statOf(io, a), statOf(io, b)];
  let failed = false;
  for (const [path, stat] of [
    [a, statA],
    [b, statB],
  ] as const) {
    if (!isErrno(stat) || (how.flags.includes('N') && stat.errno === 'ENOENT' && !(isErrno(statA) && isErrno(statB))))
      continue;
    complainPath(io, path, stat, { busybox: "can't stat" });
    failed = true;
    if (io.style.flavour === 'busybox') return 2;
  }
  if (failed) return 2;
  const [dirA, dirB] = [isDirectory(statA), isDirectory(statB)];
  if (dirA && dirB) return compareDirectories(io, a, b, state);
  if (dirA && b !== '-') a = joinPath(a, basename(b));
  else if (dirB && a !== '-') b = joinPath(b, basename(a));
  return compareFiles(io, a, b, state);
}

function statOf(io: Io, path: string) {
  return path === '-' ? io.sys.fs.fstat(0) : io.sys.fs.stat(path);
}

function isDirectory(stat: Stat | object): boolean {
  return 'type' in stat && stat.type === 'dir';
}

function compareDirectories(io: Io, a: string, b: string, state: State): number {
  const { flags, heading } = state.how;
  const [namesA, namesB] = [io.sys.fs.list(a), io.sys.fs.list(b)];
  if (isErrno(namesA)) return complain(io, `${a}: ${strerror(namesA)}`, 2);
  if (isErrno(namesB)) return complain(io, `${b}: ${strerror(namesB)}`, 2);
  let status = 0;
  for (const name of [...new Set([...namesA, ...namesB])].sort((x, y) => (x < y ? -1 : 1))) {
    io.sys.spend(2);
    const [pathA, pathB] = [joinPath(a, name), joinPath(b, name)];
    const [inA, inB] = [namesA.includes(name), namesB.includes(name)];
    const [dirA, dirB] = [isDirectory(io.sys.fs.stat(pathA)), isDirectory(io.sys.fs.stat(pathB))];
    if ((!inA || !inB) && !flags.includes('N')) {
      printLine(io, `Only in ${inA ? a : b}: ${name}`);
      status = Math.max(status, 1);
    } else if (dirA && dirB) {
      if (flags.includes('r')) status = Math.max(status, compareDirectories(io, pathA, pathB, state));
      else printLine(io, `Common subdirectories: ${pathA} and ${pathB}`);
    } else if (dirA !== dirB && inA && inB) {
      const kind = (dir: boolean) => (dir ? 'directory' : 'regular file');
      const empty = (path: string) => {
        const stat = io.sys.fs.stat(path);
        return !isErrno(stat) && stat.type === 'file' && stat.size === 0 && io.style.flavour === 'coreutils';
      };
      const named = (path: string, dir: boolean) => `${path} is a ${empty(path) ? 'regular empty file' : kind(dir)}`;
      printLine(io, `File ${named(pathA, dirA)} while file ${named(pathB, dirB)}`);
      status = Math.max(status, 1);
    } else
      status = Math.max(
        status,
        compareFiles(io, pathA, pathB, state, `diff ${heading}${heading === '' ? '' : ' '}${pathA} ${pathB}\n`),
      );
  }
  return status;
}

function compareFiles(io: Io, a: string, b: string, state: State, heading = ''): number {
  const { flags, context, labels } = state.how;
  const busybox = io.style.flavour === 'busybox';
  const sides: { readonly bytes: ByteString; readonly label: string }[] = [];
  for (const [at, path] of [a, b].entries()) {
    const got = path === '-' ? { bytes: state.input ?? '' } : io.sys.fs.readFile(path);
    const stat = statOf(io, path);
    const absent = isErrno(got) && got.errno === 'ENOENT' && flags.includes('N');
    if (isErrno(got) && !absent) return complain(io, `${path}: ${strerror(got)}`, 2);
    const time = isErrno(stat) ? 0 : path === '-' ? io.sys.now : stat.mtime;
    const when = busybox
      ? ''
      : `\t${formatTime(time, '%Y-%m-%d %H:%M:%S')}.${String(time % 1_000_000).padStart(6, '0')}000 +0000`;
    sides.push({
      bytes: isErrno(got) ? '' : got.bytes,
      label: labels[at] ?? `${absent && busybox && heading !== '' ? '/dev/null' : path}${when}`,
    });
  }
  const [left, right] = sides;
  if (left === undefined || right === undefined) return 2;
  io.sys.spend((left.bytes.length + right.bytes.length) >> 7);
  const same = left.bytes === right.bytes;
  const binary = !flags.includes('a') && (isBinary(left.bytes) || isBinary(right.bytes));
  if (!same && binary) {
    const words = flags.includes('q') || busybox ? 'Files' : 'Binary files';
    printLine(io, `${words} ${a} and ${b} differ`);
    return 1;
  }
  const [linesA, linesB] = [linesOf(left.bytes), linesOf(right.bytes)];
  const keys = (lines: readonly ByteString[]) => lines.map((line) => keyOf(line, flags));
  const all = same ? [] : changes(keys(linesA), keys(linesB));
  const blank = ({ fromA, toA, fromB, toB }: (typeof all)[number]) =>
    [...linesA.slice(fromA, toA), ...linesB.slice(fromB, toB)].every((line) => line === '\n');
  const found = flags.includes('B') && all.every(blank) ? [] : all;
  if (found.length === 0) {
    if (flags.includes('s') && !(busybox && a === b)) printLine(io, `Files ${a} and ${b} are identical`);
    return 0;
  }
  if (flags.includes('q')) {
    printLine(io, `Files ${a} and ${b} differ`);
    return 1;
  }
  const [sideA, sideB] = [
    { label: encodeUtf8(left.label), lines: linesA },
    { label: encodeUtf8(right.label), lines: linesB },
  ];
  if (!busybox) io.out(encodeUtf8(heading));
  io.out(context === null ? normalForm(sideA, sideB, found) : unifiedForm(sideA, sideB, found, context));
  return 1;
}

function linesOf(bytes: ByteString): readonly ByteString[] {
  return bytes.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function isBinary(bytes: ByteString): boolean {
  return bytes.slice(0, 32_768).includes('\0');
}

/** What of a line counts when it is compared. */
function keyOf(line: ByteString, flags: string): string {
  let key = line;
  if (flags.includes('w')) key = key.replace(/\s+/g, '');
  else if (flags.includes('b')) key = key.replace(/[ \t]+/g, ' ').replace(/\s+$/, '');
  return flags.includes('i') ? key.toLowerCase() : key;
}
