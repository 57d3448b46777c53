import { encodeUtf8 } from '../../kernel/bytes.ts';
import { type Errno, isErrno, strerror } from '../../kernel/errno.ts';
import type { Exec, Sys } from '../../kernel/program.ts';
import type { StartIo } from '../makers/io.ts';
import { type Options, parseOptions } from '../options.ts';
import { fail, toolIo } from './io.ts';
import { fstabMounts, listMounts, mountAll } from './mounts.ts';

const line = {
  usage: '[-lhV]\n-a [options]\n[options] [--source] <source> | [--target] <directory>\n[options] <source> <directory>',
  short: 'alfhnrvwVt:o:O:L:U:BMRN:T:m::',
  long: [
    'all=a',
    'bind=B',
    'move=M',
    'rbind=R',
    'make-shared',
    'make-slave',
    'make-private',
    'make-unbindable',
    'make-rshared',
    'make-rslave',
    'make-rprivate',
    'make-runbindable',
    'types:=t',
    'options:=o',
    'read-only=r',
    'rw=w',
    'read-write=w',
    'verbose=v',
    'fake=f',
    'no-mtab=n',
    'show-labels=l',
    'source:',
    'target:',
    'fstab:=T',
    'label:=L',
    'uuid:=U',
    'namespace:=N',
    'test-opts:=O',
    'mkdir::=m',
  ],
};

/** What mount adds to most of its messages. */
const dmesg = '       dmesg(1) may have more information after failed mount system call.';

/** `mount` of util-linux: shows what is mounted, or mounts by mount(2). */
export function mount(exec: Exec, sys: Sys): { readonly exit: number } {
  const io = toolIo('mount', exec, sys);
  const options = parseOptions(io, line);
  if (typeof options === 'number') return { exit: options };
  for (const name of [
    'f',
    'T',
    'L',
    'U',
    'N',
    'O',
    'm',
    'M',
    'make-shared',
    'make-rshared',
    'make-slave',
    'make-rslave',
    'make-unbindable',
    'make-runbindable',
  ])
    if (options.has(name))
      return fail(
        io,
        `mount: the option ${name === 'M' ? '--move' : `${name.length > 1 ? '--' : '-'}${name}`} is not simulated`,
      );
  const operands = [
    ...[options.value('source') ?? []].flat(),
    ...[options.value('target') ?? []].flat(),
    ...options.operands,
  ];
  if (operands.length === 0 && options.has('a')) {
    const wanted = fstabMounts(sys);
    if (isErrno(wanted)) return { exit: 0 };
    return mountAll(wanted, (words) => mount({ ...exec, argv: ['mount', ...words] }, sys));
  }
  if (operands.length === 0) return listMounts(io, options.value('t'));
  if (options.has('make-private') || options.has('make-rprivate')) return makePrivate(io, operands[0] ?? '');
  return act(io, options, operands);
}

/** All mounts are private here already: only the target is looked at. */
function makePrivate(io: StartIo, target: string): { readonly exit: number } {
  if (isErrno(io.sys.fs.stat(target))) return fail(io, `mount: ${target}: mount point does not exist.\n${dmesg}`, 32);
  return { exit: 0 };
}

function act(io: StartIo, options: Options, operands: readonly string[]): { readonly exit: number } {
  const { sys } = io;
  const words = options.given.flatMap(([name, value]) => (name === 'o' ? (value ?? '').split(',') : []));
  const remount = words.includes('remount');
  const [first = '', second] = operands;
  if (operands.length > 2) return fail(io, "mount: bad usage\nTry 'mount --help' for more information.");
  if (second === undefined && !remount) return fail(io, `mount: ${first}: can't find in /etc/fstab.`);
  const given = second ?? first;
  const there = sys.fs.realpath(given);
  const target = isErrno(there) ? given : there;
  if (words.includes('loop')) return fail(io, `mount: ${given}: failed to setup loop device for ${first}.`, 32);
  if (sys.uid !== 0) return fail(io, `mount: ${target}: must be superuser to use mount.\n${dmesg}`, 32);
  const recursive = options.has('R') || words.includes('rbind');
  const bind = recursive || options.has('B') || words.includes('bind');
  const type = options.value('t');
  const readonly = options.has('r') || words.includes('ro');
  const own = words.filter((word) => !['remount', 'bind', 'rbind', 'ro', 'rw', 'defaults', ''].includes(word));
  if (!bind && !remount && (type === undefined || type === 'ext4' || type === 'auto')) {
    const wrong = notBlock(io, first, target);
    if (wrong !== undefined) return fail(io, `mount: ${wrong}\n${dmesg}`, 32);
  }
  const source = remount && second === undefined ? '' : first;
  const failed = sys.isolation.mount({
    source,
    target,
    ...(type === undefined ? {} : { type }),
    bind,
    recursive,
    remount,
    readonly,
    options: own.join(','),
  });
  if (failed)
    return fail(io, `mount: ${reason(sys, failed, { source: first, target, given, type, bind })}\n${dmesg}`, 32);
  if (options.has('v')) io.out(encodeUtf8(`mount: ${source} ${bind ? 'bound' : 'mounted'} on ${target}.\n`));
  return { exit: 0 };
}

/** What is wrong with a source that is to be a device with a file system on it. */
function notBlock(io: StartIo, source: string, target: string): string | undefined {
  const stat = io.sys.fs.stat(source);
  if (isErrno(io.sys.fs.stat(target))) return `${target}: mount point does not exist.`;
  if (isErrno(stat)) return `${target}: special device ${source} does not exist.`;
  const real = io.sys.fs.realpath(source);
  if (stat.type === 'file') return `${target}: failed to setup loop device for ${source}.`;
  return stat.type === 'block' ? undefined : `${target}: ${isErrno(real) ? source : real} is not a block device.`;
}

interface Asked {
  readonly source: string;
  readonly target: string;
  readonly given: string;
  readonly type: string | undefined;
  readonly bind: boolean;
}

/** util-linux's words for an error of mount(2). */
function reason(sys: Sys, failed: Errno, { source, target, given, type, bind }: Asked): string {
  const missing = isErrno(sys.fs.stat(target));
  switch (failed.errno) {
    case 'ENOENT':
      return missing ? `${given}: mount point does not exist.` : `${target}: special device ${source} does not exist.`;
    case 'ENOTDIR':
      return `${target}: mount point is not a directory.`;
    case 'ENODEV':
      return `${target}: unknown filesystem type '${type ?? ''}'.`;
    case 'EPERM':
      return `${target}: permission denied.`;
    case 'EINVAL':
      if (bind || type === undefined) return `${target}: mount point not mounted or bad option.`;
      return `${target}: wrong fs type, bad option, bad superblock on ${source}, missing codepage or helper program, or other error.`;
    default:
      return `${target}: mount(2) system call failed: ${strerror(failed)}.`;
  }
}
