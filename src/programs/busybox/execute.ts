import type { Errno } from '../../kernel/errno.ts';
import { fail, isErrno } from '../../kernel/errno.ts';
import type { Rec } from '../../kernel/json.ts';
import type { Exec, Replaced, SpawnOptions, Sys } from '../../kernel/program.ts';

const defaultPath = '/sbin:/usr/sbin:/bin:/usr/bin';

/** The files that a command name may mean, in PATH's order; a name with a slash means itself. */
export function pathCandidates(name: string, env: Rec<string>): readonly string[] {
  if (name.includes('/')) return [name];
  return (env.PATH ?? defaultPath).split(':').map((dir) => (dir === '' ? name : `${dir.replace(/\/$/, '')}/${name}`));
}

/** Runs execvp(3)'s search with `act`: the first file that can be executed; one without `#!` goes to /bin/sh. */
function search<T>(argv: readonly string[], env: Rec<string>, act: (exec: Exec) => T | Errno): T | Errno {
  const [name = ''] = argv;
  let failure = fail('ENOENT');
  for (const path of pathCandidates(name, env)) {
    const done = act({ path, argv, env });
    if (!isErrno(done)) return done;
    if (done.errno === 'ENOEXEC') return act({ path: '/bin/sh', argv: ['sh', path, ...argv.slice(1)], env });
    if (done.errno !== 'ENOENT' && done.errno !== 'ENOTDIR') failure = done;
  }
  return failure;
}

/** Starts a command as a child, looked up as execvp(3) does; the child's pid. */
export function spawnCommand(
  sys: Sys,
  argv: readonly string[],
  env: Rec<string>,
  options?: SpawnOptions,
): number | Errno {
  return search(argv, env, (exec) => sys.spawn(exec, options));
}

/** Becomes the command, looked up as execvp(3) does. */
export function execCommand(sys: Sys, argv: readonly string[], env: Rec<string>): Replaced | Errno {
  return search(argv, env, (exec) => sys.exec(exec));
}
