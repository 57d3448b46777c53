import { decodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Exec, Next, Sys, Wake } from '../../../kernel/program.ts';
import { fail, toolIo } from '../io.ts';

/** A process that init keeps alive. */
type Kept = { readonly words: readonly string[]; readonly pid: number };

/** What init waits for: the end of the system's start, then any child; or it is the child that waits for Enter at a console. */
export type InitdState =
  | { readonly booting: number; readonly env: Exec['env'] }
  | { readonly keeps: readonly Kept[]; readonly env: Exec['env'] }
  | { readonly console: true };

/** `init` of busybox as process 1: reads /etc/inittab, runs what starts the system, keeps the rest alive, reaps orphans. */
export function initd(exec: Exec, sys: Sys): Next<InitdState> {
  if (sys.pid !== 1) return fail(toolIo('init', exec, sys, 'busybox'), 'init: must be run as PID 1');
  sys.setTitle('init');
  for (const signal of ['SIGUSR1', 'SIGUSR2', 'SIGTERM', 'SIGCHLD'] as const) sys.onSignal(signal, 'catch');
  const first = inittab(sys).find(({ action }) => action === 'sysinit');
  const child = first && spawn(sys, first.words, exec.env);
  return child === undefined ? keep(sys, exec.env) : { state: { booting: child, env: exec.env }, wait: { child } };
}

interface Line {
  readonly action: string;
  readonly words: readonly string[];
}

function inittab(sys: Sys): readonly Line[] {
  const file = sys.fs.readFile('/etc/inittab');
  const lines = isErrno(file) ? [] : decodeUtf8(file.bytes).split('\n');
  return lines.flatMap((line) => {
    const [, action, command] = /^[^:#]*:[^:]*:(\w+):(.+)$/.exec(line) ?? [];
    return action === undefined || command === undefined ? [] : [{ action, words: command.trim().split(/\s+/) }];
  });
}

function spawn(sys: Sys, words: readonly string[], env: Exec['env']): number | undefined {
  const pid = sys.spawn({ path: words[0] ?? '', argv: words, env }, { pgid: 0 });
  return isErrno(pid) ? undefined : pid;
}

/** The system is up: terminals and consoles are started. */
function keep(sys: Sys, env: Exec['env']): Next<InitdState> {
  const keeps: Kept[] = [];
  for (const { action, words } of inittab(sys)) {
    const fork = action === 'askfirst' ? sys.fork({ console: true }) : undefined;
    const pid =
      action === 'respawn' ? spawn(sys, words, env) : isErrno(fork ?? {}) ? undefined : (fork as number | undefined);
    if (pid !== undefined) keeps.push({ words, pid });
  }
  return { state: { keeps, env }, wait: { child: 'any' } };
}

/** Goes on with it. */
export function stepInitd(state: InitdState, wake: Wake, sys: Sys): Next<InitdState> {
  if ('console' in state) return { state, wait: {} };
  if (wake.on === 'signal' && wake.signal !== 'SIGCHLD') {
    sys.kill(-1, 'SIGKILL');
    return { exit: 0 };
  }
  const ended = new Set<number>();
  for (let got = sys.reap('any'); got !== 'again' && !isErrno(got); got = sys.reap('any')) ended.add(got.pid);
  if ('booting' in state)
    return ended.has(state.booting) ? keep(sys, state.env) : { state, wait: { child: state.booting } };
  const keeps = state.keeps.flatMap((kept): Kept[] => {
    if (!ended.has(kept.pid)) return [kept];
    const pid = spawn(sys, kept.words, state.env);
    return pid === undefined ? [] : [{ ...kept, pid }];
  });
  return keeps.length === 0
    ? { state: { keeps, env: state.env }, wait: {} }
    : { state: { keeps, env: state.env }, wait: { child: 'any' } };
}

/** `syslogd` of busybox: goes to the background, and waits there for messages that nobody sends here. */
export function syslogd(exec: Exec, sys: Sys): Next<{ readonly background: true }> {
  const foreground = exec.argv.includes('-n');
  if (foreground) return { state: { background: true }, wait: {} };
  const child = sys.fork({ background: true });
  return { exit: isErrno(child) ? 1 : 0 };
}

/** Its background process. */
export function stepSyslogd(
  state: { readonly background: true },
  wake: Wake,
  sys: Sys,
): Next<{ readonly background: true }> {
  if (wake.on === 'forked') sys.setsid();
  return { state, wait: {} };
}

/** `getty` of busybox: waits for somebody at its terminal. */
export function getty(exec: Exec, sys: Sys): Next<null> {
  if (exec.argv.length < 3)
    return fail(toolIo('getty', exec, sys, 'busybox'), 'getty: a speed and a terminal are needed');
  return { state: null, wait: {} };
}

/** `udhcpc` of busybox: asks for an address on eth0 once, and sets it. */
export function udhcpc(exec: Exec, sys: Sys): Next<null> {
  const io = toolIo('udhcpc', exec, sys, 'busybox');
  const at = exec.argv.indexOf('-i');
  const name = at < 0 ? 'eth0' : (exec.argv[at + 1] ?? '');
  io.err('udhcpc: started, v1.37.0\n');
  const lease = sys.net.links.lease(name);
  if (isErrno(lease))
    return fail(io, lease.errno === 'ENODEV' ? `udhcpc: SIOCGIFINDEX: No such device` : 'udhcpc: no lease, failing');
  io.err(
    `udhcpc: broadcasting discover\nudhcpc: lease of ${lease.ip} obtained from ${lease.router}, lease time 3600\n`,
  );
  sys.net.links.addAddress(name, `${lease.ip}/${lease.prefix}`, true);
  sys.net.links.addRoute({ to: 'default', via: lease.router, dev: name });
  return { exit: 0 };
}
