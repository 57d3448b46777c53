import { strerror } from '../../kernel/errno.ts';
import type { Exec, Next, Sys } from '../../kernel/program.ts';
import { fail, toolIo } from './io.ts';

/** `pivot_root NEW_ROOT PUT_OLD` of util-linux. */
export function pivotRoot(exec: Exec, sys: Sys): Next<null> {
  const io = toolIo('pivot_root', exec, sys);
  const [next, old, ...more] = io.args;
  if (next === undefined || old === undefined || more.length > 0)
    return fail(io, "pivot_root: bad usage\nTry 'pivot_root --help' for more information.");
  const failed = sys.isolation.pivotRoot(next, old);
  if (!failed) return { exit: 0 };
  return fail(io, `pivot_root: failed to change root from \`${next}' to \`${old}': ${strerror(failed)}`);
}
