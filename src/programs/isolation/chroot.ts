import { isErrno, strerror } from '../../kernel/errno.ts';
import type { Exec, Next, Sys } from '../../kernel/program.ts';
import { execCommand } from '../busybox/execute.ts';
import { findUser, groupId } from '../busybox/lookup.ts';
import type { Flavour } from '../makers/io.ts';
import { parseOptions } from '../options.ts';
import { fail, toolIo } from './io.ts';

const gnu = {
  usage: '[OPTION] NEWROOT [COMMAND [ARG]...]',
  short: '+',
  long: ['userspec:', 'groups:', 'skip-chdir'],
  operands: [1] as const,
  status: 125,
};
const busybox = { usage: 'NEWROOT [PROG ARGS]', short: '+', operands: [1] as const };

/** `chroot`: a command with another root directory, in the words of coreutils or of busybox. */
export function chroot(exec: Exec, sys: Sys, flavour: Flavour): Next<null> {
  const io = toolIo('chroot', exec, sys, flavour);
  const options = parseOptions(io, flavour === 'busybox' ? busybox : gnu);
  if (typeof options === 'number') return { exit: options };
  const [root = '', ...command] = options.operands;
  const changed = sys.isolation.chroot(root);
  if (changed) {
    const said = flavour === 'busybox' ? "can't change root directory to" : 'cannot change root directory to';
    return fail(io, `chroot: ${said} '${root}': ${strerror(changed)}`, flavour === 'busybox' ? 1 : 125);
  }
  if (!options.has('skip-chdir')) sys.chdir('/');
  const user = options.value('userspec');
  if (user === undefined && options.has('groups'))
    return fail(io, 'chroot: --groups without --userspec is not simulated', 125);
  const denied = user === undefined ? undefined : becomeUser(sys, user, options.value('groups'));
  if (denied !== undefined) return fail(io, `chroot: ${denied}`, 125);
  const shell = io.env.SHELL ?? '/bin/sh';
  const words = command.length > 0 ? command : [shell, '-i'];
  const done = execCommand(sys, words, io.env);
  if (!isErrno(done)) return done;
  const status = done.errno === 'ENOENT' ? 127 : 126;
  const said = flavour === 'busybox' ? `can't execute '${words[0]}'` : `failed to run command ‘${words[0]}’`;
  return fail(io, `chroot: ${said}: ${strerror(done)}`, status);
}

/** USER[:GROUP] and further groups, by name (as the new root knows them) or number; what is wrong with them, or undefined. */
function becomeUser(sys: Sys, spec: string, further: string | undefined): string | undefined {
  const [name = '', group = ''] = spec.split(':');
  const user = findUser(sys, name);
  const uid = user?.uid ?? (/^\d+$/.test(name) ? Number(name) : undefined);
  if (uid === undefined) return 'invalid user';
  const gid = group === '' ? user?.gid : groupId(sys, group);
  if (gid === undefined) return group === '' ? `no group specified for unknown uid: ${uid}` : 'invalid group';
  const listed = (further ?? '').split(',').filter((one) => one !== '');
  const unknown = listed.find((one) => groupId(sys, one) === undefined);
  if (unknown !== undefined) return `invalid group ‘${unknown}’`;
  const groups = listed.flatMap((one) => groupId(sys, one) ?? []);
  const failed = sys.setuid(uid, gid, groups.length > 0 ? groups : [gid]);
  return failed && `failed to set user-ID: ${strerror(failed)}`;
}
