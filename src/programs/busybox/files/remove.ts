import { fail, isErrno } from '../../../kernel/errno.ts';
import { instant } from '../../makers/instant.ts';
import type { Applet, Io } from '../../makers/io.ts';
import { complain, printLine } from '../../makers/io.ts';
import { parseOptions, showUsage } from '../../options.ts';
import { complainPath } from '../errors.ts';
import { basename, dirname, joinPath } from '../paths.ts';

/** How a tree is removed. */
export interface RemoveOptions {
  readonly recursive: boolean;
  /** What is not there is no mistake. */
  readonly force: boolean;
  readonly verbose: boolean;
  /** Empty directories are removed as well. */
  readonly emptyDirs?: boolean;
}

/** Removes a file, or a directory with all below it; false after a mistake, which has been told. */
export function removeTree(io: Io, path: string, options: RemoveOptions): boolean {
  const { fs } = io.sys;
  const words = { busybox: "can't remove", coreutils: 'cannot remove' };
  const stat = fs.stat(path, { follow: false });
  if (isErrno(stat))
    return (
      (options.force && (stat.errno === 'ENOENT' || stat.errno === 'ENOTDIR')) || !complainPath(io, path, stat, words)
    );
  io.sys.spend(2);
  const directory = stat.type === 'dir';
  if (directory && !options.recursive && !options.emptyDirs) {
    return !(io.style.flavour === 'busybox'
      ? complain(io, `'${path}' is a directory`)
      : complainPath(io, path, fail('EISDIR'), words));
  }
  let good = true;
  if (directory && options.recursive) {
    const names = fs.list(path);
    if (isErrno(names)) return !complainPath(io, path, names, { busybox: "can't open", coreutils: 'cannot remove' });
    for (const name of names) good = removeTree(io, joinPath(path, name), options) && good;
  }
  const failed = directory ? fs.rmdir(path) : fs.unlink(path);
  if (failed) return good && !complainPath(io, path, failed, words);
  if (options.verbose) printLine(io, `removed ${directory ? 'directory ' : ''}'${path}'`);
  return good;
}

const rmLine = {
  usage: '[-irf] FILE...',
  short: 'firRvd',
  long: ['force=f', 'recursive=r', 'interactive=i', 'verbose=v', 'dir=d'],
};

/** `rm`. It never asks: there is nobody to ask without -i, and -i is not simulated. */
export const rm: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, style.flavour === 'busybox' ? { ...rmLine, short: 'firRv' } : rmLine);
    if (typeof options === 'number') return options;
    const force = options.has('f');
    if (options.has('i') && !force) return complain(io, 'option -i is not simulated');
    if (options.operands.length === 0) {
      if (force) return 0;
      if (style.flavour === 'coreutils') complain(io, 'missing operand');
      return showUsage(io, rmLine);
    }
    let status = 0;
    const recursive = options.has('r') || options.has('R');
    for (const path of options.operands) {
      const last = basename(path);
      if (recursive && (last === '.' || last === '..')) {
        status = complain(
          io,
          style.flavour === 'busybox'
            ? "can't remove '.' or '..'"
            : `refusing to remove '.' or '..' directory: skipping '${path}'`,
        );
      } else if (recursive && last === '/' && style.flavour === 'coreutils') {
        complain(io, "it is dangerous to operate recursively on '/'");
        status = complain(io, 'use --no-preserve-root to override this failsafe');
      } else if (!removeTree(io, path, { recursive, force, verbose: options.has('v'), emptyDirs: options.has('d') }))
        status = 1;
    }
    return status;
  });

const rmdirLine = {
  usage: '[-p] DIRECTORY...',
  short: 'pv',
  long: ['parents=p', 'ignore-fail-on-non-empty', 'verbose=v'],
  operands: [1] as const,
};

/** `rmdir`: removes empty directories. */
export const rmdir: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, rmdirLine);
    if (typeof options === 'number') return options;
    let status = 0;
    for (const operand of options.operands) {
      for (let path = operand; ; path = dirname(path)) {
        if (options.has('v')) printLine(io, `rmdir: removing directory, '${path}'`);
        const failed = io.sys.fs.rmdir(path);
        if (failed) {
          if (failed.errno === 'ENOTEMPTY' && options.has('ignore-fail-on-non-empty')) break;
          status = complainPath(io, path, failed, { busybox: '%', coreutils: 'failed to remove' });
          break;
        }
        if (!options.has('p') || dirname(path) === '.' || dirname(path) === '/') break;
      }
    }
    return status;
  });

const unlinkLine = { usage: 'FILE', short: '', operands: [1, 1] as const };

/** `unlink`: removes one name. */
export const unlink: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, unlinkLine);
    if (typeof options === 'number') return options;
    const [path = ''] = options.operands;
    const failed = io.sys.fs.unlink(path);
    return failed ? complainPath(io, path, failed, { busybox: "can't remove file", coreutils: 'cannot unlink' }) : 0;
  });
