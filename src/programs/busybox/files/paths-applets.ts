import { encodeUtf8 } from '../../../kernel/bytes.ts';
import type { Errno } from '../../../kernel/errno.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { FileCalls } from '../../../kernel/fs/calls.ts';
import { cleanPath } from '../../../kernel/fs/tree.ts';
import type { Sys } from '../../../kernel/program.ts';
import { instant } from '../../makers/instant.ts';
import type { Applet } from '../../makers/io.ts';
import { complain, printLine } from '../../makers/io.ts';
import { type Options, parseOptions, showUsage } from '../../options.ts';
import { complainPath } from '../errors.ts';
import { pathCandidates } from '../execute.ts';
import { dirname as directoryPart, joinPath, basename as lastPart } from '../paths.ts';

const basenameLine = {
  usage: 'FILE [SUFFIX] | -a FILE... | -s SUFFIX FILE...',
  short: '+as:z',
  long: ['multiple=a', 'suffix:=s'],
  operands: [1] as const,
};

/** `basename`: the last part of a path. */
export const basename: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, basenameLine);
    if (typeof options === 'number') return options;
    const several = options.has('a') || options.has('s');
    if (!several && options.operands.length > 2) {
      if (style.flavour === 'coreutils') complain(io, `extra operand ‘${options.operands[2] ?? ''}’`);
      return showUsage(io, basenameLine);
    }
    const suffix = options.value('s') ?? (several ? '' : (options.operands[1] ?? ''));
    for (const path of several ? options.operands : options.operands.slice(0, 1)) {
      const name = lastPart(path);
      printLine(io, suffix !== '' && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name);
    }
    return 0;
  });

/** `dirname`: what is before the last part. */
export const dirname: Applet = (style) =>
  instant(style, (io) => {
    const line = { usage: style.flavour === 'busybox' ? 'FILENAME' : '[OPTION] NAME...', short: '' };
    const args = io.args[0] === '--' ? io.args.slice(1) : io.args;
    const [first] = args;
    if (args.length === 1 && first === '--help') return showUsage(io, line, 0);
    if (first === undefined || (style.flavour === 'busybox' && args.length > 1)) {
      if (style.flavour === 'coreutils') complain(io, 'missing operand');
      return showUsage(io, line);
    }
    for (const path of args) printLine(io, directoryPart(path));
    return 0;
  });

/** `pwd`. */
export const pwd: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, { usage: '', short: 'LP' });
    if (typeof options === 'number') return options;
    const logical = io.env.PWD;
    const [here, there] = [io.sys.fs.stat('.'), logical === undefined ? undefined : io.sys.fs.stat(logical)];
    const usable =
      options.has('L') &&
      logical?.startsWith('/') &&
      there &&
      !isErrno(there) &&
      !isErrno(here) &&
      here.ino === there.ino &&
      here.dev === there.dev;
    printLine(io, usable && logical !== undefined ? logical : io.sys.cwd());
    return 0;
  });

const readlinkLine = {
  usage: '[-fnv] FILE',
  short: 'fnvsqem',
  long: ['canonicalize=f', 'no-newline=n', 'verbose=v'],
  operands: [1] as const,
};

/** `readlink`: what a link says, or with -f where it leads in the end. */
export const readlink: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(
      io,
      style.flavour === 'busybox' ? { ...readlinkLine, operands: [1, 1] } : readlinkLine,
    );
    if (typeof options === 'number') return options;
    let status = 0;
    for (const path of options.operands) {
      const canonical = options.has('f') || options.has('e') || options.has('m');
      const target = canonical ? canonicalPath(io.sys.fs, path) : io.sys.fs.readlink(path);
      if (isErrno(target)) status = options.has('v') ? complainPath(io, path, target) : 1;
      else if (options.has('n') && options.operands.length === 1) io.out(target);
      else printLine(io, target);
    }
    return status;
  });

/** All links followed; the last part need not exist. */
function canonicalPath(fs: FileCalls, path: string): string | Errno {
  const whole = fs.realpath(path);
  if (typeof whole === 'string' || whole.errno !== 'ENOENT') return whole;
  const above = fs.realpath(directoryPart(path));
  if (typeof above !== 'string') return above;
  const place = joinPath(above, lastPart(path));
  const target = fs.readlink(place);
  if (typeof target !== 'string') return place;
  return canonicalPath(fs, target.startsWith('/') ? target : joinPath(above, target));
}

/** `realpath`: paths with every link followed. */
export const realpath: Applet = (style) =>
  instant(style, (io) => {
    const line = { usage: 'FILE...', short: '', operands: [1] as const };
    const args = io.args[0] === '--' ? io.args.slice(1) : io.args;
    if (args.length === 0 || (args.length === 1 && args[0] === '--help')) {
      const parsed = parseOptions(io, line);
      return typeof parsed === 'number' ? parsed : 1;
    }
    const gnu = style.flavour === 'coreutils';
    const parsed = gnu
      ? parseOptions(io, {
          ...line,
          short: 'emqsz',
          long: [
            'relative-to:',
            'canonicalize-existing=e',
            'canonicalize-missing=m',
            'no-symlinks=s',
            'strip=s',
            'quiet=q',
            'zero=z',
          ],
        })
      : undefined;
    if (typeof parsed === 'number') return parsed;
    const base = parsed?.value('relative-to');
    let status = 0;
    for (const path of parsed?.operands ?? args) {
      const real = parsed ? resolved(io.sys, parsed, path) : io.sys.fs.realpath(path);
      if (isErrno(real)) status = parsed?.has('q') ? 1 : complainPath(io, path, real);
      else {
        const shown = base === undefined ? real : relative(canonicalPath(io.sys.fs, base), real);
        io.out(`${encodeUtf8(shown)}${parsed?.has('z') ? '\0' : '\n'}`);
      }
    }
    return status;
  });

/** A path as the options of GNU realpath want it: as written (-s), all of it there (-e), or nothing of it (-m). */
function resolved(sys: Sys, options: Options, path: string): string | Errno {
  if (options.has('s')) return cleanPath(path.startsWith('/') ? path : `${sys.cwd()}/${path}`);
  if (options.has('e')) return sys.fs.realpath(path);
  const real = canonicalPath(sys.fs, path);
  if (!options.has('m') || !isErrno(real)) return real;
  const above = directoryPart(path);
  const folder = above === path ? sys.cwd() : resolved(sys, options, above);
  return isErrno(folder) ? folder : joinPath(folder, lastPart(path));
}

/** The way from one directory to a place. */
function relative(from: string | Errno, to: string): string {
  if (isErrno(from)) return to;
  const [start, end] = [from, to].map((path) => path.split('/').filter(Boolean)) as [string[], string[]];
  let common = 0;
  while (common < start.length && start[common] === end[common]) common++;
  return [...start.slice(common).map(() => '..'), ...end.slice(common)].join('/') || '.';
}

const whichLine = { usage: '[-a] COMMAND...', short: 'a', operands: [1] as const };

/** `which`: where PATH finds a command. */
export const which: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, whichLine);
    if (typeof options === 'number') return options;
    let status = 0;
    for (const name of options.operands) {
      const found = pathCandidates(name, io.env).filter((path) => {
        const stat = io.sys.fs.stat(path);
        return !isErrno(stat) && stat.type === 'file' && io.sys.fs.access(path, 1) === undefined;
      });
      if (found.length === 0) status = 1;
      for (const path of options.has('a') ? found : found.slice(0, 1)) printLine(io, path);
    }
    return status;
  });
