import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Exec, Next, Sys } from '../../../kernel/program.ts';
import { execCommand } from '../../busybox/execute.ts';
import { fail, toolIo, waitFor } from '../io.ts';
import { joinNamespaces } from '../join.ts';
import { initOf, log, named, payload } from './common.ts';

/** Waiting for the process that entered the container, or being it. */
export type AttachState =
  | { readonly child: number }
  | { readonly enters: string; readonly words: readonly string[]; readonly env: Exec['env'] };

/** `lxc-attach -n NAME [-- COMMAND]`: a process in all namespaces of a running container. */
export function lxcAttach(exec: Exec, sys: Sys): Next<AttachState> {
  const io = toolIo('lxc-attach', exec, sys);
  const call = named(io, {
    usage: '--name=NAME [-- COMMAND]',
    short: '+e:s:Ra:',
    long: ['clear-env', 'keep-env', 'set-var:=v', 'namespaces:=s'],
  });
  if ('exit' in call) return call;
  const { options, name, rest } = call;
  for (const letter of ['e', 's', 'R', 'a', 'v'])
    if (options.has(letter)) return fail(io, `lxc-attach: the option -${letter} is not simulated`);
  const init = initOf(sys, name);
  if (!init) {
    log(io, name, 'attach.c: get_attach_context: 406', 'Connection refused - Failed to get init pid');
    return log(io, name, 'attach.c: lxc_attach: 1470', 'Connection refused - Failed to get attach context');
  }
  sys.fs.writeFile(`/sys/fs/cgroup${payload(name)}/cgroup.procs`, '0');
  const wrong = joinNamespaces(sys, init.pid);
  if (wrong) {
    const text = `${strerror(wrong.failed)} - Failed to attach to ${wrong.kind} namespace`;
    return log(io, name, 'attach.c: lxc_attach: 1470', text);
  }
  const env = options.has('clear-env')
    ? { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' }
    : exec.env;
  const child = sys.fork({ enters: name, words: rest, env: { ...env, container: 'lxc' } });
  if (isErrno(child)) return fail(io, 'lxc-attach: fork failed');
  return waitFor(sys, child, { child });
}

/** Goes on: in the child, or in the parent that waits for it. */
export function stepLxcAttach(state: AttachState, sys: Sys): Next<AttachState> {
  if ('child' in state) return waitFor(sys, state.child, state);
  const io = toolIo('lxc-attach', { path: '', argv: [], env: state.env }, sys);
  sys.chdir('/');
  const words = state.words.length > 0 ? state.words : ['/bin/sh'];
  const done = execCommand(sys, words, state.env);
  if (!isErrno(done)) return done;
  const place = 'attach.c: lxc_attach_run_command: 1841';
  return log(
    io,
    state.enters,
    place,
    `${strerror(done)} - Failed to exec "${words[0]}"`,
    done.errno === 'ENOENT' ? 127 : 126,
  );
}
