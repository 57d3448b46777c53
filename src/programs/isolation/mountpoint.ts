import { encodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Exec, Next, Sys } from '../../kernel/program.ts';
import type { Flavour } from '../makers/io.ts';
import { parseOptions } from '../options.ts';
import { fail, failWith, toolIo } from './io.ts';

const gnu = {
  usage: '[-qd] <directory>\n-x <device>',
  short: 'qdx',
  long: ['quiet=q', 'fs-devno=d', 'nofollow', 'devno=x'],
};
const busybox = { usage: '[-q] { [-dn] DIR | -x DEVICE }', short: 'qdnx', operands: [1, 1] as const };

/** `mountpoint`: is a file system mounted there? In the words of util-linux, which ends with 32 when not, or of busybox. */
export function mountpoint(exec: Exec, sys: Sys, flavour: Flavour): Next<null> {
  const io = toolIo('mountpoint', exec, sys, flavour);
  const options = parseOptions(io, flavour === 'busybox' ? busybox : gnu);
  if (typeof options === 'number') return { exit: options };
  for (const name of ['d', 'n', 'x', 'nofollow'])
    if (options.has(name))
      return fail(io, `mountpoint: the option ${name.length > 1 ? '--' : '-'}${name} is not simulated`);
  const [path] = options.operands;
  if (path === undefined) return fail(io, "mountpoint: bad usage\nTry 'mountpoint --help' for more information.");
  const quiet = options.has('q');
  const real = sys.fs.realpath(path);
  if (isErrno(real)) return quiet ? { exit: 1 } : failWith(io, path, real);
  const stat = sys.fs.stat(real);
  if (flavour === 'busybox' && !isErrno(stat) && stat.type !== 'dir')
    return quiet ? { exit: 1 } : fail(io, `mountpoint: ${path}: Not a directory`);
  const mounted = sys.fs.mounts().some(({ target }) => target === real);
  if (!quiet) io.out(encodeUtf8(`${path} is ${mounted ? '' : 'not '}a mountpoint\n`));
  return { exit: mounted ? 0 : flavour === 'busybox' ? 1 : 32 };
}
