import { encodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno, strerror } from '../../kernel/errno.ts';
import type { Exec, Next, Sys } from '../../kernel/program.ts';
import type { StartIo } from '../makers/io.ts';
import { type Options, parseOptions } from '../options.ts';
import { fail, toolIo } from './io.ts';

const line = {
  usage: '[-hV]\n-a [options]\n[options] <source> | <directory>',
  short: 'aAcdfilnN:O:Rrqvt:V',
  long: ['all=a', 'lazy=l', 'force=f', 'recursive=R', 'verbose=v', 'no-mtab=n', 'quiet=q', 'types:=t', 'read-only=r'],
};

/** `umount` of util-linux. */
export function umount(exec: Exec, sys: Sys): Next<null> {
  const io = toolIo('umount', exec, sys);
  const options = parseOptions(io, line);
  if (typeof options === 'number') return { exit: options };
  for (const name of ['a', 'A', 'c', 'd', 'i', 'N', 'O', 'r', 't', 'V'])
    if (options.has(name)) return fail(io, `umount: the option -${name} is not simulated`);
  if (options.operands.length === 0) return fail(io, "umount: bad usage\nTry 'umount --help' for more information.");
  let status = 0;
  for (const operand of options.operands) status = umountOne(io, options, operand) || status;
  return { exit: status };
}

function umountOne(io: StartIo, options: Options, operand: string): number {
  const { sys } = io;
  const real = sys.fs.realpath(operand);
  const mounts = sys.fs.mounts();
  const named = mounts.findLast(({ source }) => source === operand && /^\//.test(source));
  const path = isErrno(real) ? (named?.target ?? operand) : real;
  const mount = mounts.findLast(({ target }) => target === path) ?? named;
  if (isErrno(real) && !mount) return fail(io, `umount: ${operand}: no mount point specified.`, 32).exit;
  if (!mount) return fail(io, `umount: ${operand}: not mounted.`, 32).exit;
  if (sys.uid !== 0) return fail(io, `umount: ${mount.target}: must be superuser to unmount.`, 32).exit;
  const inner = options.has('R')
    ? mounts.map(({ target }) => target).filter((at) => at.startsWith(`${mount.target}/`))
    : [];
  for (const target of [...inner.toReversed(), mount.target]) {
    const failed = sys.isolation.umount(target, { detach: options.has('l') });
    if (failed) {
      const said = {
        EBUSY: 'target is busy.',
        EINVAL: 'not mounted.',
        EPERM: 'must be superuser to unmount.',
      } as const;
      const words = said[failed.errno as keyof typeof said] ?? `umount failed: ${strerror(failed)}.`;
      return fail(io, `umount: ${target}: ${words}`, 32).exit;
    }
    if (options.has('v')) io.out(encodeUtf8(`umount: ${target} (${mount.source}) unmounted\n`));
  }
  return 0;
}
