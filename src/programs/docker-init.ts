import { encodeUtf8 } from '../kernel/bytes.ts';
import { type Errno, isErrno, strerror } from '../kernel/errno.ts';
import type { Exec, Exit, Next, Program, Sys } from '../kernel/program.ts';
import { allSignals, type Signal } from '../kernel/signals.ts';

interface InitState {
  readonly [key: string]: number;
  /** The command's process, as the container numbers it. */
  readonly child: number;
}

/** Signals that tini leaves alone: they are about itself, or nobody can catch them. */
const own: readonly Signal[] = ['SIGKILL', 'SIGSTOP', 'SIGCHLD', 'SIGTTIN', 'SIGTTOU'];

/**
 * `docker-init -- COMMAND [ARG...]` (tini): starts the command in a process group of its own, hands every signal on to
 * it, takes the exit status of whatever ends below it, and ends as the command did. 127: no such program.
 */
export const dockerInit: Program<InitState> = {
  start(exec, sys) {
    const argv = exec.argv.slice(exec.argv[1] === '--' ? 2 : 1);
    for (const signal of allSignals) if (!own.includes(signal)) sys.onSignal(signal, 'catch');
    const child = spawn(sys, { path: argv[0] ?? '', argv, env: exec.env });
    if (isErrno(child)) {
      sys.write(2, encodeUtf8(`[FATAL tini (${sys.pid + 1})] exec ${argv[0]} failed: ${strerror(child)}\n`));
      return { exit: child.errno === 'ENOENT' ? 127 : child.errno === 'EACCES' ? 126 : 1 };
    }
    if (sys.isatty(0)) sys.foreground(0, child);
    return rest(sys, { child });
  },
  step(state, wake, sys) {
    if (wake.on === 'signal') sys.kill(state.child, wake.signal);
    return rest(sys, state);
  },
};

/** Takes what has ended, then waits; or ends with the command. */
function rest(sys: Sys, state: InitState): Next<InitState> {
  let ended: Exit | undefined;
  for (let got = sys.reap('any'); got !== 'again' && !isErrno(got); got = sys.reap('any')) {
    if (got.pid === state.child) ended = got.exit;
  }
  return ended ? { exit: ended.code } : { state, wait: { child: 'any' } };
}

/** execvp: a name without a slash is looked for in PATH. */
function spawn(sys: Sys, exec: Exec): number | Errno {
  const { path: name, env } = exec;
  const paths = name.includes('/') ? [name] : (env.PATH ?? '/bin:/usr/bin').split(':').map((dir) => `${dir}/${name}`);
  let failed: Errno | undefined;
  for (const path of paths) {
    const child = sys.spawn({ ...exec, path }, { pgid: 0 });
    if (!isErrno(child)) return child;
    if (failed === undefined || child.errno !== 'ENOENT') failed = child;
  }
  return failed ?? { errno: 'ENOENT' };
}
