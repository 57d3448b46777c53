import { isErrno, strerror } from '../../kernel/errno.ts';
import type { Exec, Next, Sys } from '../../kernel/program.ts';
import { parseOptions } from '../options.ts';
import { fail, failWith, toolIo } from './io.ts';
import { fstabMounts, listMounts, mountAll } from './mounts.ts';

/** `mount` of busybox. `--bind` and its like are options of the mount, as with `-o bind`. */
export function busyboxMount(exec: Exec, sys: Sys): { readonly exit: number } {
  const io = toolIo('mount', exec, sys, 'busybox');
  const asOptions = exec.argv.map((word) => (/^--./.test(word) && word !== '--help' ? `-o${word.slice(2)}` : word));
  const options = parseOptions(
    { ...io, args: asOptions.slice(1) },
    { usage: '[OPTIONS] [-o OPT] DEVICE NODE', short: 'afirt:T:O:o:lwvn', operands: [0, 2] },
  );
  if (typeof options === 'number') return { exit: options };
  for (const name of ['f', 'T', 'O'])
    if (options.has(name)) return fail(io, `mount: the option -${name} is not simulated`);
  const type = options.value('t');
  const [source, target] = options.operands;
  if (source === undefined && options.has('a')) {
    const wanted = fstabMounts(sys);
    if (isErrno(wanted)) return failWith(io, "can't read '/etc/fstab'", wanted);
    return mountAll(wanted, (words) => busyboxMount({ ...exec, argv: ['mount', ...words] }, sys));
  }
  if (source === undefined) {
    if (isErrno(sys.fs.stat('/proc/mounts'))) return fail(io, 'mount: no /proc/mounts');
    return listMounts(io, type);
  }
  const words = options.given.flatMap(([name, value]) => (name === 'o' ? (value ?? '').split(',') : []));
  const remount = words.includes('remount');
  if (target === undefined && !remount) {
    const table = sys.fs.readFile('/etc/fstab');
    return isErrno(table)
      ? failWith(io, "can't read '/etc/fstab'", table)
      : fail(io, `mount: can't find ${source} in /etc/fstab`);
  }
  if (!sys.isolation.capable('CAP_SYS_ADMIN') || sys.uid !== 0)
    return fail(io, 'mount: permission denied (are you root?)');
  const unsupported = words.find((word) => /^r?(?:shared|slave|unbindable)$|^(?:move|loop)$/.test(word));
  if (unsupported !== undefined) return fail(io, `mount: the option ${unsupported} is not simulated`);
  if (words.some((word) => /^r?private$/.test(word))) return { exit: 0 }; // mounts are private here anyway
  const bind = words.includes('bind') || words.includes('rbind');
  const failed = sys.isolation.mount({
    source,
    target: target ?? source,
    ...(type === undefined ? {} : { type }),
    bind,
    recursive: words.includes('rbind'),
    remount,
    readonly: options.has('r') || words.includes('ro'),
    options: words.filter((word) => !['bind', 'rbind', 'remount', 'ro', 'rw', 'defaults'].includes(word)).join(','),
  });
  if (!failed) return { exit: 0 };
  if (failed.errno === 'EPERM') return fail(io, 'mount: permission denied (are you root?)');
  return fail(io, `mount: mounting ${source} on ${target ?? source} failed: ${strerror(failed)}`, 255);
}

/** `umount` of busybox. */
export function busyboxUmount(exec: Exec, sys: Sys): Next<null> {
  const io = toolIo('umount', exec, sys, 'busybox');
  const options = parseOptions(io, {
    usage: '[-rlfda] [-t FSTYPE] FILESYSTEM|DIRECTORY',
    short: 'rlfdanvt:',
    operands: [1],
  });
  if (typeof options === 'number') return { exit: options };
  for (const name of ['a', 'r', 't'])
    if (options.has(name)) return fail(io, `umount: the option -${name} is not simulated`);
  let status = 0;
  for (const operand of options.operands) {
    const admin = sys.isolation.capable('CAP_SYS_ADMIN');
    const failed = admin ? sys.isolation.umount(operand, { detach: options.has('l') }) : ({ errno: 'EPERM' } as const);
    if (failed) status = failWith(io, `can't unmount ${operand}`, failed).exit;
  }
  return { exit: status };
}

/** `pivot_root` of busybox, which names nothing in its messages. */
export function busyboxPivotRoot(exec: Exec, sys: Sys): Next<null> {
  const io = toolIo('pivot_root', exec, sys, 'busybox');
  const options = parseOptions(io, { usage: 'NEW_ROOT PUT_OLD', short: '+', operands: [2, 2] });
  if (typeof options === 'number') return { exit: options };
  const [next = '', old = ''] = options.operands;
  const failed = sys.isolation.pivotRoot(next, old);
  return failed ? failWith(io, '(null)', failed) : { exit: 0 };
}
