import { encodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Json } from '../../kernel/json.ts';
import type { Exec, Next, Sys } from '../../kernel/program.ts';

/** A command line for the shell that a tool runs: what is printed before, and what is said when it fails. */
export interface Line {
  readonly title: string;
  readonly run: string;
  readonly cwd?: string;
  readonly env?: { readonly [name: string]: string };
}

/** What a tool does that runs programs: the one that runs, and what comes after it. */
export type Sequence = {
  readonly child: number;
  readonly left: readonly Line[];
  readonly env: { readonly [name: string]: string };
  /** Said on standard error with the status in place of `%s` when one of them fails. */
  readonly failure: string;
  /** Printed at the end. */
  readonly success: string;
};

const noChild = -1;

/** Runs command lines one after the other; the first that fails ends the tool with its status. */
export function runLines(
  sys: Sys,
  env: Exec['env'],
  lines: readonly Line[],
  texts: { readonly failure?: string; readonly success?: string } = {},
): Next<Json> {
  const { failure = '', success = '' } = texts;
  return next(sys, { child: noChild, left: lines, env, failure, success });
}

function next(sys: Sys, { left, env, failure, success }: Sequence): Next<Json> {
  const [line, ...rest] = left;
  if (line === undefined) {
    if (success !== '') sys.write(1, encodeUtf8(success));
    return { exit: 0 };
  }
  if (line.title !== '') sys.write(1, encodeUtf8(line.title));
  const options = line.cwd === undefined ? {} : { cwd: line.cwd };
  const exec = { path: '/bin/sh', argv: ['sh', '-c', line.run], env: { ...env, ...line.env } };
  const child = sys.spawn(exec, options);
  if (isErrno(child)) return { exit: 126 };
  const state: Sequence = { child, left: rest, env, failure, success };
  return { state: state as unknown as Json, wait: { child } };
}

/** Goes on when the one that ran may have ended. */
export function goOn(sys: Sys, state: Json): Next<Json> {
  const at = state as unknown as Sequence;
  const done = sys.reap(at.child);
  if (done === 'again') return { state, wait: { child: at.child } };
  const code = isErrno(done) ? 1 : done.exit.code;
  if (code === 0) return next(sys, at);
  if (at.failure !== '') sys.write(2, encodeUtf8(at.failure.replaceAll('%s', String(code))));
  return { exit: code };
}
