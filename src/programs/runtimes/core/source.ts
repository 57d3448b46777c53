import { isErrno } from '../../../kernel/errno.ts';
import type { Exec, Next, Sys } from '../../../kernel/program.ts';
import type { RuntimeState } from './process.ts';

/** Bytes of a program that are read from the standard input at most. */
const most = 4 * 1_048_576;

/**
 * A program that comes through the standard input: reads it to its end, however long that takes, and then goes on. `before`
 * is what had come when the runtime was started; `start` it again with `state.source` when more is there.
 */
export function readSource(
  sys: Sys,
  exec: Exec,
  before: string,
  then: (source: string) => Next<RuntimeState>,
): Next<RuntimeState> {
  let text = before;
  while (text.length < most) {
    const got = sys.read(0, 65536);
    if (got === 'again') {
      const { path, argv, env } = exec; // a process is more than that, and must not be in its own state
      const source = { exec: { path, argv, env }, text };
      return { state: { running: null, pending: [], after: { exit: 0 }, source }, wait: { readable: [0] } };
    }
    if (got === 'eof' || isErrno(got)) break;
    text += got.bytes;
  }
  return then(text);
}
