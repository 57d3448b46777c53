import { decodeUtf8, encodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno, strerror } from '../../kernel/errno.ts';
import type { Exec, Program, Sys } from '../../kernel/program.ts';

/** gosu and su-exec: become another user, then be replaced by a command (so that it keeps the process's number). */
export function runAs(name: 'gosu' | 'su-exec'): Program {
  return {
    start(exec, sys) {
      const [spec, ...argv] = exec.argv.slice(1);
      const say = (text: string) => void sys.write(2, encodeUtf8(text));
      if (spec === undefined || argv.length === 0) {
        say(name === 'gosu' ? 'Usage: gosu user-spec command [args]\n' : 'Usage: su-exec user-spec command [args]\n');
        return { exit: 1 };
      }
      const account = accountOf(sys, spec);
      if (typeof account === 'string') {
        say(name === 'gosu' ? `error: failed switching to "${spec}": ${account}\n` : `su-exec: ${spec}: ${account}\n`);
        return { exit: 1 };
      }
      const denied = sys.setuid(account.uid, account.gid, [account.gid]);
      if (denied) {
        const text = 'operation not permitted';
        say(
          name === 'gosu'
            ? `error: failed switching to "${spec}": ${text}\n`
            : `su-exec: setgroups: ${strerror(denied)}\n`,
        );
        return { exit: 1 };
      }
      return replace(sys, { path: '', argv, env: { ...exec.env, HOME: account.home } }, (reason) =>
        say(name === 'gosu' ? `error: exec: "${argv[0]}": ${reason}\n` : `su-exec: ${argv[0]}: ${reason}\n`),
      );
    },
    step: () => ({ exit: 1 }),
  };
}

interface Account {
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
}

/** `USER`, `USER:GROUP` or numbers; a reason when there is none. */
function accountOf(sys: Sys, spec: string): Account | string {
  const [user = '', group] = spec.split(':');
  const rows = (path: string): string[][] => {
    const read = sys.fs.readFile(path);
    return isErrno(read)
      ? []
      : decodeUtf8(read.bytes)
          .split('\n')
          .map((line) => line.split(':'));
  };
  const found = rows('/etc/passwd').find((row) => row[0] === user || row[2] === user);
  if (!found && !/^\d+$/.test(user)) return `unable to find user ${user}: no matching entries in passwd file`;
  const uid = found ? Number(found[2]) : Number(user);
  const own = found ? Number(found[3]) : 0;
  if (group === undefined) return { uid, gid: own, home: found?.[5] ?? '/' };
  const named = rows('/etc/group').find((row) => row[0] === group);
  if (!named && !/^\d+$/.test(group)) return `unable to find group ${group}: no matching entries in group file`;
  return { uid, gid: named ? Number(named[2]) : Number(group), home: found?.[5] ?? '/' };
}

function replace(sys: Sys, exec: Exec, failed: (reason: string) => void): ReturnType<Program['start']> {
  const [command = ''] = exec.argv;
  const folders = (exec.env.PATH ?? '/usr/local/bin:/usr/bin:/bin').split(':');
  const paths = command.includes('/') ? [command] : folders.map((folder) => `${folder}/${command}`);
  for (const path of paths) {
    if (isErrno(sys.fs.stat(path))) continue;
    const result = sys.exec({ ...exec, path });
    if (!isErrno(result)) return result;
    failed(strerror(result).toLowerCase());
    return { exit: 1 };
  }
  failed('executable file not found in $PATH');
  return { exit: 1 };
}
