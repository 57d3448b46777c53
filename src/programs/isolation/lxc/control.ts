import type { Exec, Next, Sys } from '../../../kernel/program.ts';
import type { StartIo } from '../../makers/io.ts';
import { remove } from '../../tools/files.ts';
import { fail, toolIo } from '../io.ts';
import { initOf, isDefined, log, lxcPath, monitorTitle, named, payload } from './common.ts';

/** A container that is being stopped: until when its init may take its time. */
export type StopState = { readonly stopping: string; readonly until: number };

const second = 1_000_000;

/** `lxc-stop`: asks the container's init to halt (lxc.signal.halt), and kills it after a minute. */
export function lxcStop(exec: Exec, sys: Sys): Next<StopState> {
  const io = toolIo('lxc-stop', exec, sys);
  const call = named(io, {
    usage: '--name=NAME',
    short: 'rkWt:',
    long: ['reboot=r', 'kill=k', 'nowait=W', 'timeout:=t'],
  });
  if ('exit' in call) return call;
  const { options, name } = call;
  if (options.has('r')) return fail(io, 'lxc-stop: the option -r is not simulated');
  const init = initOf(sys, name);
  if (!init) return log(io, name, 'tools/lxc_stop.c: main: 168', `${name} is not running`, 2);
  sys.fs.writeFile(`/sys/fs/cgroup${payload(name)}/cgroup.freeze`, '0');
  sys.kill(init.pid, options.has('k') ? 'SIGKILL' : 'SIGUSR1');
  if (options.has('W')) return { exit: 0 };
  const until = sys.now + Number(options.value('t') ?? 60) * second;
  return { state: { stopping: name, until }, wait: { until: sys.now + second / 20 } };
}

/** Looks again whether it has stopped. */
export function stepLxcStop(state: StopState, sys: Sys): Next<StopState> {
  const init = initOf(sys, state.stopping);
  const monitored = sys.processes().some(({ argv }) => argv[0] === monitorTitle(state.stopping));
  if (!init && !monitored) return { exit: 0 };
  if (init && sys.now >= state.until) sys.kill(init.pid, 'SIGKILL');
  return { state, wait: { until: sys.now + second / 20 } };
}

/** `lxc-destroy`. */
export function lxcDestroy(exec: Exec, sys: Sys): Next<null> {
  const io = toolIo('lxc-destroy', exec, sys);
  const call = named(io, { usage: '--name=NAME [-f]', short: 'fs', long: ['force=f', 'snapshots=s'] });
  if ('exit' in call) return call;
  const { options, name } = call;
  if (!isDefined(sys, name)) return log(io, name, 'tools/lxc_destroy.c: main: 240', 'Container is not defined');
  const init = initOf(sys, name);
  if (init && !options.has('f')) return log(io, name, 'tools/lxc_destroy.c: do_destroy: 91', `${name} is running`);
  if (init) sys.kill(init.pid, 'SIGKILL');
  remove(sys, `${lxcPath}/${name}`);
  return { exit: 0 };
}

/** `lxc-freeze` and `lxc-unfreeze`. */
export function lxcFreeze(exec: Exec, sys: Sys, frozen: boolean): Next<null> {
  const io: StartIo = toolIo(frozen ? 'lxc-freeze' : 'lxc-unfreeze', exec, sys);
  const call = named(io, { usage: '--name=NAME', short: '' });
  if ('exit' in call) return call;
  if (!initOf(sys, call.name)) return fail(io, `${io.style.name}: ${call.name}: Container is not running`);
  sys.fs.writeFile(`/sys/fs/cgroup${payload(call.name)}/cgroup.freeze`, frozen ? '1' : '0');
  return { exit: 0 };
}
