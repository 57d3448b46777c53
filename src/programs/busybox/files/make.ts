import type { Errno } from '../../../kernel/errno.ts';
import { fail, isErrno, strerror } from '../../../kernel/errno.ts';
import { instant } from '../../makers/instant.ts';
import type { Applet, StartIo } from '../../makers/io.ts';
import { complain, printLine } from '../../makers/io.ts';
import { parseOptions } from '../../options.ts';
import { parseDate } from '../date-parse.ts';
import { complainPath } from '../errors.ts';
import { changeMode } from '../modes.ts';
import { basename, dirname, joinPath } from '../paths.ts';

const mkdirLine = {
  usage: '[-m MODE] [-p] DIRECTORY...',
  short: 'm:pv',
  long: ['mode:=m', 'parents=p', 'verbose=v'],
  operands: [1] as const,
};

/** `mkdir`: makes directories, with -p those above them too. */
export const mkdir: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, mkdirLine);
    if (typeof options === 'number') return options;
    const text = options.value('m');
    const mode = text === undefined ? undefined : changeMode(text, 0o777, true, io.sys.umask());
    if (text !== undefined && mode === undefined)
      return complain(io, style.flavour === 'busybox' ? `invalid mode '${text}'` : `invalid mode ‘${text}’`);
    let status = 0;
    for (const path of options.operands)
      if (!makeDirectory(io, path, options.has('p'), mode, options.has('v'))) status = 1;
    return status;
  });

function makeDirectory(
  io: StartIo,
  path: string,
  parents: boolean,
  mode: number | undefined,
  verbose: boolean,
): boolean {
  const { fs } = io.sys;
  if (parents) {
    const stat = fs.stat(path);
    if (!isErrno(stat) && stat.type === 'dir') return true;
    const above = dirname(path);
    const upper = above === path || above === '.' ? undefined : fs.stat(above);
    if (upper !== undefined && isErrno(upper) && !makeDirectory(io, above, true, undefined, verbose)) return false;
    if (upper !== undefined && !isErrno(upper) && upper.type !== 'dir')
      return !cannotCreate(io, above, fail('ENOTDIR'), '/');
  }
  const failed = fs.mkdir(path, 0o777);
  if (failed) return !cannotCreate(io, path, failed, '');
  if (mode !== undefined) fs.chmod(path, mode);
  if (verbose)
    printLine(
      io,
      io.style.flavour === 'busybox' ? `created directory: '${path}'` : `mkdir: created directory '${path}'`,
    );
  return true;
}

/** GNU mkdir quotes names by the locale's quotation marks; busybox shows how far it came, with a slash. */
function cannotCreate(io: StartIo, path: string, error: Errno, slash: string): number {
  if (io.style.flavour === 'coreutils') return complain(io, `cannot create directory ‘${path}’: ${strerror(error)}`);
  return complainPath(io, path + slash, error, { busybox: "can't create directory" });
}

const lnLine = {
  usage: '[-sfnbtv] [-S SUF] TARGET... LINK|DIR',
  short: 'sfnvT',
  long: ['symbolic=s', 'force=f', 'no-dereference=n', 'verbose=v', 'no-target-directory=T'],
  operands: [1] as const,
};

/** `ln`: another name for a file, or with -s a symbolic link. */
export const ln: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, lnLine);
    if (typeof options === 'number') return options;
    const { fs } = io.sys;
    const targets = options.operands.length === 1 ? options.operands : options.operands.slice(0, -1);
    const last = options.operands.length === 1 ? '.' : (options.operands.at(-1) ?? '.');
    const stat = fs.stat(last);
    const own = fs.stat(last, { follow: false });
    const isLink = !isErrno(own) && own.type === 'link';
    const into = !isErrno(stat) && stat.type === 'dir' && !options.has('T') && !(options.has('n') && isLink);
    if (!into && targets.length > 1)
      return complain(
        io,
        `target '${last}'${style.flavour === 'busybox' ? ' is not a directory' : ': Not a directory'}`,
      );
    let status = 0;
    const symbolic = options.has('s');
    for (const target of targets) {
      const path = into ? joinPath(last, basename(target)) : last;
      if (options.has('f') && !isErrno(fs.stat(path, { follow: false }))) fs.unlink(path);
      const failed = symbolic ? fs.symlink(target, path) : fs.link(target, path);
      if (failed) {
        const missing = !symbolic && failed.errno === 'ENOENT' && isErrno(fs.stat(target, { follow: false }));
        const kind = symbolic ? 'symbolic' : 'hard';
        status = complainPath(io, missing ? target : path, failed, {
          coreutils: missing ? 'failed to access' : `failed to create ${kind} link`,
        });
      } else if (options.has('v')) printLine(io, `'${path}' ${symbolic ? '->' : '=>'} '${target}'`);
    }
    return status;
  });

const touchLine = {
  usage: '[-cham] [-d DATE] [-t DATE] [-r FILE] FILE...',
  short: 'chamfd:t:r:',
  long: ['no-create=c', 'date:=d', 'reference:=r', 'no-dereference=h'],
  operands: [1] as const,
};

/** `touch`: makes files, or sets their time. */
export const touch: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, touchLine);
    if (typeof options === 'number') return options;
    const { fs } = io.sys;
    let time = io.sys.now;
    const reference = options.value('r');
    const date = options.value('d') ?? options.value('t');
    if (reference !== undefined) {
      const stat = fs.stat(reference);
      if (isErrno(stat)) return complainPath(io, reference, stat, { coreutils: 'failed to get attributes of' });
      time = stat.mtime;
    } else if (date !== undefined) {
      const parsed = parseDate(date, io.sys.now);
      if (parsed === undefined)
        return complain(io, style.flavour === 'busybox' ? `invalid date '${date}'` : `invalid date format ‘${date}’`);
      time = parsed;
    }
    if (options.has('h')) return complain(io, 'option -h is not simulated');
    // files have one time here, that of their last change: the other one can be set without being seen
    const changes = options.has('m') || !options.has('a');
    let status = 0;
    for (const path of options.operands) {
      const failed = isErrno(fs.stat(path))
        ? options.has('c')
          ? undefined
          : createFile(io, path, time)
        : changes
          ? fs.utimes(path, time)
          : undefined;
      if (failed)
        status = complainPath(io, path, failed, {
          coreutils: isErrno(fs.stat(path)) ? 'cannot touch' : 'setting times of',
        });
    }
    return status;
  });

function createFile(io: StartIo, path: string, time: number) {
  const fd = io.sys.fs.open(path, { write: true, create: true }, 0o666);
  if (isErrno(fd)) return fd;
  io.sys.close(fd);
  return time === io.sys.now ? undefined : io.sys.fs.utimes(path, time);
}

const mkfifoLine = { usage: '[-m MODE] NAME', short: 'm:', long: ['mode:=m'], operands: [1] as const };

/** `mkfifo`: makes named pipes. */
export const mkfifo: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, mkfifoLine);
    if (typeof options === 'number') return options;
    const mode = changeMode(options.value('m') ?? '666', 0o666, false, 0);
    if (mode === undefined) return complain(io, `invalid mode '${options.value('m') ?? ''}'`);
    let status = 0;
    for (const path of options.operands) {
      const failed = io.sys.fs.mkfifo(path, mode);
      if (failed) status = complainPath(io, path, failed, { coreutils: 'cannot create fifo' });
    }
    return status;
  });

const mktempLine = {
  usage: '[-dt] [-p DIR] [TEMPLATE]',
  short: 'dqtp:u',
  long: ['directory=d', 'dry-run=u', 'tmpdir::=p'],
  operands: [0, 1] as const,
};
const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** `mktemp`: makes a file (-d: a directory) with a new name and prints it. */
export const mktemp: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, mktempLine);
    if (typeof options === 'number') return options;
    const [given] = options.operands;
    const template = given ?? (style.flavour === 'busybox' ? 'tmp.XXXXXX' : 'tmp.XXXXXXXXXX');
    const run = /X+(?=[^X/]*$)/.exec(template);
    if (
      run === null ||
      run[0].length < (style.flavour === 'busybox' ? 6 : 3) ||
      (style.flavour === 'busybox' && !template.endsWith('X'))
    ) {
      return complain(
        io,
        style.flavour === 'busybox' ? '(null): Invalid argument' : `too few X's in template ‘${template}’`,
      );
    }
    const dir =
      given === undefined || options.has('t') || options.has('p')
        ? (options.value('p') ?? io.env.TMPDIR ?? '/tmp')
        : '';
    for (let attempt = 0; attempt < 100; attempt++) {
      const word = Array.from(run[0], () => letters[io.sys.random() % letters.length]).join('');
      const name = template.slice(0, run.index) + word + template.slice(run.index + run[0].length);
      const path = dir === '' ? name : joinPath(dir, name);
      const failed = options.has('u')
        ? undefined
        : options.has('d')
          ? io.sys.fs.mkdir(path, 0o700)
          : createNew(io, path);
      if (failed?.errno === 'EEXIST') continue;
      if (failed)
        return complain(
          io,
          style.flavour === 'busybox'
            ? `(null): ${strerror(failed)}`
            : `failed to create ${options.has('d') ? 'directory' : 'file'} via template ‘${dir === '' ? template : joinPath(dir, template)}’: ${strerror(failed)}`,
        );
      printLine(io, path);
      return 0;
    }
    return complain(io, '(null): File exists');
  });

function createNew(io: StartIo, path: string) {
  const fd = io.sys.fs.open(path, { read: true, write: true, create: true, exclusive: true }, 0o600);
  if (isErrno(fd)) return fd;
  io.sys.close(fd);
  return undefined;
}
