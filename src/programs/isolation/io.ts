import { encodeUtf8 } from '../../kernel/bytes.ts';
import { type Errno, isErrno, strerror } from '../../kernel/errno.ts';
import type { Exec, Next, Replaced, Sys } from '../../kernel/program.ts';
import { execCommand } from '../busybox/execute.ts';
import type { Flavour, StartIo } from '../makers/io.ts';

/** Input and output of a tool that writes a few lines at most, so that it need not wait for readers. */
export function toolIo(name: string, exec: Exec, sys: Sys, flavour: Flavour = 'coreutils'): StartIo {
  return {
    style: { name, flavour },
    sys,
    args: exec.argv.slice(1),
    env: exec.env,
    out: (bytes) => void sys.write(1, bytes),
    err: (bytes) => void sys.write(2, bytes),
  };
}

/** Writes text and a newline to standard error; ends with `status`. */
export function fail(io: StartIo, text: string, status = 1): { readonly exit: number } {
  io.err(encodeUtf8(`${text}\n`));
  return { exit: status };
}

/** As `fail`, with the tool's name before and the error behind. */
export function failWith(io: StartIo, text: string, error: Errno, status = 1): { readonly exit: number } {
  return fail(io, `${io.style.name}: ${text}: ${strerror(error)}`, status);
}

/** The user's shell as a login shell, for tools that run it when no command is named. */
export function shellWords(env: Exec['env']): readonly string[] {
  const shell = env.SHELL ?? '/bin/sh';
  return [shell, `-${shell.slice(shell.lastIndexOf('/') + 1)}`];
}

/** Becomes the command, or the user's shell; 127 or 126 when that cannot be executed. */
export function become(io: StartIo, words: readonly string[]): Replaced | { readonly exit: number } {
  const [shell = '', title = ''] = shellWords(io.env);
  const done =
    words.length > 0 ? execCommand(io.sys, words, io.env) : io.sys.exec({ path: shell, argv: [title], env: io.env });
  if (!isErrno(done)) return done;
  const name = words[0] ?? shell;
  const said = io.style.flavour === 'busybox' ? `can't execute '${name}'` : `failed to execute ${name}`;
  return failWith(io, said, done, done.errno === 'ENOENT' ? 127 : 126);
}

/** Ends as a child did, once it has; until then waits for it. */
export function waitFor<S>(sys: Sys, child: number, state: S): Next<S> {
  const got = sys.reap(child);
  if (got === 'again') return { state, wait: { child } };
  return { exit: isErrno(got) ? 1 : got.exit.code };
}
