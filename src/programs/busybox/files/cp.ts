import { isErrno, strerror } from '../../../kernel/errno.ts';
import { instant } from '../../makers/instant.ts';
import type { Applet, StartIo } from '../../makers/io.ts';
import { complain, printLine } from '../../makers/io.ts';
import type { CommandLine, Options } from '../../options.ts';
import { parseOptions } from '../../options.ts';
import { complainPath } from '../errors.ts';
import { basename, joinPath } from '../paths.ts';
import type { CopyOptions } from './copy.ts';
import { copyTree } from './copy.ts';
import { removeTree } from './remove.ts';

const cpLine: CommandLine = {
  usage: '[-arPLHpfinlsTu] SOURCE DEST\n[-arPLHpfinlsu] SOURCE... { -t DIRECTORY | DIRECTORY }',
  short: 'arRdPLHpfnlsTuvt:',
  long: [
    'archive=a',
    'force=f',
    'no-clobber=n',
    'link=l',
    'dereference=L',
    'no-dereference=P',
    'recursive=R',
    'symbolic-link=s',
    'no-target-directory=T',
    'target-directory:=t',
    'verbose=v',
    'update=u',
    'preserve::',
  ],
};

const mvLine: CommandLine = {
  usage: '[-finT] SOURCE DEST\n[-fin] SOURCE... { -t DIRECTORY | DIRECTORY }',
  short: 'fnTt:vu',
  long: ['force=f', 'no-clobber=n', 'no-target-directory=T', 'target-directory:=t', 'verbose=v', 'update=u'],
};

/** Where each source goes: into the directory that is named last (or by -t), or to the one name. */
function destinations(
  io: StartIo,
  options: Options,
  line: CommandLine,
): readonly (readonly [string, string])[] | number {
  const named = options.value('t');
  const sources = named === undefined ? options.operands.slice(0, -1) : options.operands;
  const target = named ?? options.operands.at(-1);
  if (target === undefined || sources.length === 0) {
    const checked = parseOptions(io, { ...line, operands: named === undefined ? [2] : [options.operands.length + 1] });
    return typeof checked === 'number' ? checked : 1;
  }
  const stat = io.sys.fs.stat(target);
  const directory = !isErrno(stat) && stat.type === 'dir' && !options.has('T');
  const several = sources.length > 1 || named !== undefined;
  if (!directory && several && io.style.flavour === 'coreutils') {
    return complain(io, `target '${target}': ${isErrno(stat) ? 'No such file or directory' : 'Not a directory'}`);
  }
  return sources.map((source) => [source, directory || several ? joinPath(target, basename(source)) : target] as const);
}

/** `cp`: copies files and, with -r, trees. */
export const cp: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, cpLine);
    if (typeof options === 'number') return options;
    const pairs = destinations(io, options, cpLine);
    if (typeof pairs === 'number') return pairs;
    const recursive = options.has('r') || options.has('R') || options.has('a');
    const links = options.given.findLast(([name]) => 'adPLH'.includes(name))?.[0];
    const copy: CopyOptions = {
      recursive,
      preserve: options.has('p') || options.has('a') || options.has('preserve'),
      force: options.has('f'),
      keep: options.has('n'),
      update: options.has('u'),
      link: options.has('l') ? 'hard' : options.has('s') ? 'symbolic' : undefined,
      follow: links === 'L' ? 'all' : links === 'H' ? 'named' : links !== undefined || recursive ? 'none' : 'all',
      ...(options.has('v') && { done: (from: string, to: string) => printLine(io, `'${from}' -> '${to}'`) }),
    };
    let good = true;
    for (const [from, to] of pairs) good = copyTree(io, from, to, copy) && good;
    return good ? 0 : 1;
  });

/** `mv`: renames, and copies then removes when it crosses file systems. */
export const mv: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, mvLine);
    if (typeof options === 'number') return options;
    const pairs = destinations(io, options, mvLine);
    if (typeof pairs === 'number') return pairs;
    let good = true;
    for (const [from, to] of pairs) good = moveOne(io, options, from, to) && good;
    return good ? 0 : 1;
  });

function moveOne(io: StartIo, options: Options, from: string, to: string): boolean {
  const { fs } = io.sys;
  const busybox = io.style.flavour === 'busybox';
  const target = fs.stat(to, { follow: false });
  if (!isErrno(target)) {
    if (options.has('n')) return true;
    const source = fs.stat(from, { follow: false });
    if (!isErrno(source)) {
      if (options.has('u') && target.mtime >= source.mtime) return true;
      if (source.ino === target.ino && source.dev === target.dev && !busybox)
        return !complain(io, `'${from}' and '${to}' are the same file`);
    }
  }
  if (busybox && isErrno(target) && target.errno === 'ENOTDIR')
    return !complainPath(io, to, target, { busybox: "can't stat" });
  const failed = fs.rename(from, to);
  if (!failed) {
    if (options.has('v')) printLine(io, busybox ? `'${from}' -> '${to}'` : `renamed '${from}' -> '${to}'`);
    return true;
  }
  if (failed.errno !== 'EXDEV') {
    if (busybox || isErrno(fs.stat(from, { follow: false })))
      return !complainPath(io, from, failed, { busybox: "can't rename", coreutils: 'cannot stat' });
    return !complain(io, `cannot move '${from}' to '${to}': ${strerror(failed)}`);
  }
  const copied = copyTree(io, from, to, {
    recursive: true,
    preserve: true,
    force: true,
    keep: false,
    update: false,
    link: undefined,
    follow: 'none',
  });
  return copied && removeTree(io, from, { recursive: true, force: true, verbose: false });
}
