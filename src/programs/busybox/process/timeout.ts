import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Rec } from '../../../kernel/json.ts';
import type { Next, Program, Sys } from '../../../kernel/program.ts';
import type { Signal } from '../../../kernel/signals.ts';
import { parseSignal } from '../../../kernel/signals.ts';
import type { Applet, StartIo } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import type { CommandLine } from '../../options.ts';
import { parseOptions, showUsage } from '../../options.ts';
import { execCommand, spawnCommand } from '../execute.ts';

type Limit = { readonly signal: Signal; readonly kill: number; readonly time: number };

type State =
  /** GNU: waits for the child; `until` is when the next signal is due (never: undefined). */
  | {
      readonly role: 'parent';
      readonly child: number;
      readonly until: number | undefined;
      readonly limit: Limit;
      readonly fired: boolean;
    }
  /** busybox: will become the command once the middle child has ended. */
  | { readonly role: 'command'; readonly child: number; readonly argv: readonly string[]; readonly env: Rec<string> }
  /** busybox: forks the watcher and ends, so that the watcher is nobody's child who could see it. */
  | { readonly role: 'middle'; readonly watched: number; readonly limit: Limit }
  | {
      readonly role: 'watcher';
      readonly watched: number;
      readonly limit: Limit;
      readonly until: number;
      readonly fired: boolean;
    };

const line: CommandLine = {
  usage: '[-s SIG] [-k KILL_SECS] SECS PROG ARGS',
  short: '+s:k:',
  long: ['signal:=s', 'kill-after:=k'],
  operands: [2],
};
const units: { readonly [unit: string]: number } = { '': 1, s: 1, m: 60, h: 3600, d: 86400 };

function duration(text: string): number | undefined {
  const [, digits, unit = ''] = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits) * (units[unit] ?? 1) * 1_000_000;
}

/**
 * `timeout`: a program that is sent a signal when it takes too long. GNU's is the program's parent and ends with 124;
 * busybox's becomes the program, and a watcher that nobody waits for sends the signal.
 */
export const timeout: Applet = (style): Program<State> => ({
  start(exec, sys) {
    const put = (fd: 1 | 2) => (bytes: string) => {
      sys.write(fd, bytes);
    };
    const io: StartIo = { style, sys, out: put(1), err: put(2), args: exec.argv.slice(1), env: exec.env };
    const wrong = style.flavour === 'busybox' ? 1 : 125;
    const options = parseOptions(io, { ...line, status: wrong });
    if (typeof options === 'number') return { exit: options };
    const signal = parseSignal(options.value('s') ?? 'TERM');
    if (signal === undefined) return { exit: complain(io, `bad signal name '${options.value('s') ?? ''}'`, wrong) };
    const [text = '', ...argv] = options.operands;
    const [time, kill] = [duration(text), duration(options.value('k') ?? '0')];
    if (time === undefined || kill === undefined) {
      const bad = time === undefined ? text : (options.value('k') ?? '');
      if (style.flavour === 'busybox') return { exit: complain(io, `invalid number '${bad}'`) };
      complain(io, `invalid time interval ‘${bad}’`);
      return { exit: showUsage(io, line, wrong) };
    }
    const limit: Limit = { signal, kill, time };
    return style.flavour === 'busybox' ? startBusybox(io, argv, limit) : startGnu(io, argv, limit);
  },
  step(state, _wake, sys) {
    switch (state.role) {
      case 'parent':
        return parent(state, sys);
      case 'command': {
        sys.reap(state.child);
        const done = execCommand(sys, state.argv, state.env);
        if (!isErrno(done)) return done;
        sys.write(2, encodeUtf8(`${style.name}: can't execute '${state.argv[0] ?? ''}': ${strerror(done)}\n`));
        return { exit: done.errno === 'ENOENT' ? 127 : 126 };
      }
      case 'middle': {
        const { watched, limit } = state;
        const watcher: State = { role: 'watcher', watched, limit, until: sys.now + limit.time, fired: false };
        sys.fork(watcher, { fds: {} });
        return { exit: 0 };
      }
      case 'watcher':
        return watcher(state, sys);
    }
  },
});

function startBusybox(io: StartIo, argv: readonly string[], limit: Limit): Next<State> {
  const middle: State = { role: 'middle', watched: io.sys.pid, limit };
  const child = io.sys.fork(middle);
  if (isErrno(child)) return { exit: complain(io, `fork: ${strerror(child)}`) };
  return { state: { role: 'command', child, argv, env: io.env }, wait: { child } };
}

/** Looks once a second whether the watched process is still there, as the real one does. */
function watcher(state: State & { readonly role: 'watcher' }, sys: Sys): Next<State> {
  if (isErrno(sys.kill(state.watched, 0))) return { exit: 0 };
  if (sys.now < state.until) return { state, wait: { until: Math.min(state.until, sys.now + 1_000_000) } };
  const { kill, signal } = state.limit;
  sys.kill(state.watched, state.fired ? 'SIGKILL' : signal);
  if (kill === 0 || state.fired) return { exit: 0 };
  const next = { ...state, fired: true, until: sys.now + kill };
  return { state: next, wait: { until: Math.min(next.until, sys.now + 1_000_000) } };
}

function startGnu(io: StartIo, argv: readonly string[], limit: Limit): Next<State> {
  const child = spawnCommand(io.sys, argv, io.env);
  if (isErrno(child)) {
    return {
      exit: complain(
        io,
        `failed to run command ‘${argv[0] ?? ''}’: ${strerror(child)}`,
        child.errno === 'ENOENT' ? 127 : 126,
      ),
    };
  }
  const until = limit.time === 0 ? undefined : io.sys.now + limit.time;
  return waitFor({ role: 'parent', child, until, limit, fired: false });
}

function waitFor(state: State & { readonly role: 'parent' }): Next<State> {
  return {
    state,
    wait: state.until === undefined ? { child: state.child } : { child: state.child, until: state.until },
  };
}

function parent(state: State & { readonly role: 'parent' }, sys: Sys): Next<State> {
  const done = sys.reap(state.child);
  if (done !== 'again') {
    const code = isErrno(done) ? 0 : done.exit.code;
    return { exit: state.fired && code !== 137 ? 124 : code };
  }
  if (state.until === undefined || sys.now < state.until) return waitFor(state);
  sys.kill(state.child, state.fired ? 'SIGKILL' : state.limit.signal);
  const until = state.limit.kill > 0 && !state.fired ? sys.now + state.limit.kill : undefined;
  return waitFor({ ...state, fired: true, until });
}
