import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Next, Sys } from '../../../kernel/program.ts';
import { toolIo, waitFor } from '../io.ts';
import { joinNamespaces } from '../join.ts';
import { type Bundle, readBundle } from './bundle.ts';
import { becomeProgram } from './init.ts';
import type { Call } from './runc.ts';
import { logError } from './say.ts';
import type { Saved, Status } from './state.ts';

/** Waiting for the process that entered a container, or being it. */
export type EnterState =
  | { readonly child: number }
  | { readonly bundle: Bundle; readonly args: readonly string[]; readonly cwd: string };

/** `runc exec`: one more process in a container, by joining the namespaces of its first one (setns). */
export function enter({ io, words, options }: Call, saved: Saved, status: Status): Next<EnterState> {
  const { sys } = io;
  const wrong = (text: string) => logError(io, `exec failed: ${text}`, 255);
  if (status === 'stopped') return wrong('cannot exec in a stopped container');
  if (status === 'paused') return wrong('cannot exec in a paused container (use --ignore-paused to override)');
  for (const name of ['process', 'p', 'cap', 'c', 'no-new-privs', 'pid-file'])
    if (options.has(name)) return wrong(`the option --${name} is not simulated`);
  const args = words.slice(1);
  if (args.length === 0) return wrong('exec args cannot be empty');
  const bundle = readBundle(sys, saved.bundle, saved.id);
  if (typeof bundle === 'string') return wrong(bundle);
  const asked = (options.get('user') ?? options.get('u') ?? `${bundle.uid}:${bundle.gid}`).split(':').map(Number);
  const [uid = 0, gid = bundle.gid] = asked;
  if (asked.some(Number.isNaN))
    return wrong(`parsing ${options.get('user') ?? options.get('u')} as int for uid failed`);
  const env = (options.get('env') ?? '').split('\0').filter((word) => word.includes('='));
  const more = Object.fromEntries(
    env.map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]),
  );
  sys.fs.writeFile(`/sys/fs/cgroup${saved.cgroup}/cgroup.procs`, '0');
  const refused = joinNamespaces(sys, saved.pid);
  if (refused)
    return wrong(
      `unable to start container process: failed to setns into ${refused.kind}: ${strerror(refused.failed)}`,
    );
  const state: EnterState = {
    bundle: { ...bundle, uid, gid, env: { ...bundle.env, ...more } },
    args,
    cwd: options.get('cwd') ?? bundle.cwd,
  };
  const child = sys.fork({ enter: state });
  if (isErrno(child)) return wrong(`unable to start container process: ${strerror(child).toLowerCase()}`);
  if (options.has('detach') || options.has('d')) return { exit: 0 };
  return { state: { child }, wait: { child } };
}

/** Goes on: in the child, or in the parent that waits for it. */
export function stepEnter(state: EnterState, sys: Sys): Next<EnterState> {
  if ('child' in state) return waitFor(sys, state.child, state);
  const next = becomeProgram(sys, state.bundle, state.args, state.cwd);
  if (typeof next !== 'string') return next;
  const text = next.replace('error during container init: ', '');
  return logError(toolIo('runc', { path: '', argv: [], env: {} }, sys), `exec failed: ${text}`, 255);
}
