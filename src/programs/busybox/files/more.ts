import { isErrno, strerror } from '../../../kernel/errno.ts';
import { instant } from '../../makers/instant.ts';
import type { Applet } from '../../makers/io.ts';
import { complain, printLine } from '../../makers/io.ts';
import { parseOptions, showUsage } from '../../options.ts';
import { complainPath } from '../errors.ts';
import { readGroups, readUsers } from '../lookup.ts';
import { changeMode } from '../modes.ts';
import { basename, dirname, joinPath } from '../paths.ts';

/** `sync`: everything is on the disk already. */
export const sync: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, { usage: '', short: '' });
    return typeof options === 'number' ? options : 0;
  });

const units: { readonly [unit: string]: number } = {
  '': 1,
  k: 1024,
  K: 1024,
  m: 1024 ** 2,
  M: 1024 ** 2,
  g: 1024 ** 3,
  G: 1024 ** 3,
};

const truncateLine = {
  usage: '[-c] -s SIZE FILE...',
  short: 'cs:',
  long: ['no-create=c', 'size:=s'],
  operands: [1] as const,
};

/** `truncate -s SIZE`: files of just that size. */
export const truncate: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, truncateLine);
    if (typeof options === 'number') return options;
    const text = options.value('s');
    if (text === undefined) {
      if (style.flavour === 'coreutils') complain(io, 'you must specify either ‘--size’ or ‘--reference’');
      return showUsage(io, truncateLine);
    }
    const [, sign = '', digits = '', unit = ''] = /^([-+]?)(\d+)([a-zA-Z]?)$/.exec(text) ?? [];
    const factor = units[unit];
    if (digits === '' || factor === undefined)
      return complain(io, style.flavour === 'busybox' ? `invalid number '${text}'` : `Invalid number: ‘${text}’`);
    let status = 0;
    for (const path of options.operands) {
      const stat = io.sys.fs.stat(path);
      if (isErrno(stat) && options.has('c')) continue;
      const fd = isErrno(stat) ? io.sys.fs.open(path, { write: true, create: true }, 0o666) : undefined;
      if (isErrno(fd)) {
        status = complainPath(io, path, fd, { coreutils: 'cannot open % for writing' });
        continue;
      }
      if (fd !== undefined) io.sys.close(fd);
      const by = Number(digits) * factor;
      const old = isErrno(stat) ? 0 : stat.size;
      const failed = io.sys.fs.truncate(path, sign === '+' ? old + by : sign === '-' ? Math.max(0, old - by) : by);
      if (failed) status = complain(io, `${path}: ${strerror(failed)}`);
    }
    return status;
  });

const installLine = {
  usage: '[-cdDsp] [-o USER] [-g GRP] [-m MODE] [-t DIR] [SOURCE]... DEST',
  short: 'cdDo:g:m:t:pv',
  long: ['directory=d', 'owner:=o', 'group:=g', 'mode:=m', 'target-directory:=t', 'preserve-timestamps=p', 'verbose=v'],
  operands: [1] as const,
};

/** `install`: copies files with a mode (755) and an owner, or makes directories. */
export const install: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, installLine);
    if (typeof options === 'number') return options;
    const { fs } = io.sys;
    const directory = options.has('d');
    const mode = changeMode(options.value('m') ?? '755', directory ? 0o777 : 0, directory, 0);
    if (mode === undefined) return complain(io, `invalid mode '${options.value('m') ?? ''}'`);
    const [owner, group] = [options.value('o'), options.value('g')];
    const uid =
      owner === undefined
        ? io.sys.uid
        : (readUsers(io.sys).find(({ name, uid: id }) => name === owner || String(id) === owner)?.uid ?? Number(owner));
    const gid =
      group === undefined
        ? io.sys.gid
        : (readGroups(io.sys).find(({ name, gid: id }) => name === group || String(id) === group)?.gid ??
          Number(group));
    if (Number.isNaN(uid))
      return complain(io, style.flavour === 'busybox' ? `unknown user ${owner}` : `invalid user ‘${owner}’`);
    if (Number.isNaN(gid))
      return complain(io, style.flavour === 'busybox' ? `unknown group ${group}` : `invalid group ‘${group}’`);
    const makeDirs = (path: string): void => {
      if (path === '.' || path === '/' || !isErrno(fs.stat(path))) return;
      makeDirs(dirname(path));
      fs.mkdir(path, 0o755);
    };
    const finish = (path: string) => {
      if (owner !== undefined || group !== undefined) fs.chown(path, uid, gid);
      fs.chmod(path, mode);
      if (options.has('v')) printLine(io, `'${path}'`);
    };
    if (directory) {
      let status = 0;
      for (const path of options.operands) {
        makeDirs(path);
        const stat = fs.stat(path);
        if (isErrno(stat))
          status = complainPath(io, path, stat, {
            busybox: "can't create directory",
            coreutils: 'cannot create directory',
          });
        else finish(path);
      }
      return status;
    }
    const into = options.value('t');
    const sources = into === undefined ? options.operands.slice(0, -1) : options.operands;
    const last = into ?? options.operands.at(-1) ?? '';
    if (sources.length === 0) return complain(io, `missing destination file operand after '${last}'`);
    if (options.has('D')) makeDirs(into ?? dirname(last));
    const stat = fs.stat(last);
    const isDir = into !== undefined || (!isErrno(stat) && stat.type === 'dir');
    if (sources.length > 1 && !isDir) return complain(io, `target '${last}' is not a directory`);
    let status = 0;
    for (const source of sources) {
      const target = isDir ? joinPath(last, basename(source)) : last;
      const got = fs.readFile(source);
      if (isErrno(got)) {
        status = complainPath(io, source, got, { busybox: "can't stat", coreutils: 'cannot stat' });
        continue;
      }
      fs.unlink(target);
      const failed = fs.writeFile(target, got.bytes, { mode: 0o600 });
      if (failed) {
        status = complainPath(io, target, failed, { busybox: "can't create", coreutils: 'cannot create regular file' });
        continue;
      }
      const before = fs.stat(source);
      finish(target);
      if (options.has('p') && !isErrno(before)) fs.utimes(target, before.mtime);
    }
    return status;
  });

/** `dmesg`: the kernel's messages are the host's; a container may not read them. */
export const dmesg: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, { usage: '[-cr] [-n LEVEL] [-s SIZE]', short: 'crn:s:', operands: [0, 0] });
    if (typeof options === 'number') return options;
    return complain(
      io,
      style.flavour === 'busybox'
        ? 'klogctl: Operation not permitted'
        : 'read kernel buffer failed: Operation not permitted',
    );
  });
