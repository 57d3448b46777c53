import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Signal } from '../../../kernel/signals.ts';
import { parseSignal } from '../../../kernel/signals.ts';
import { buffered } from '../../makers/buffered.ts';
import type { Applet, StartIo } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { parseOptions } from '../../options.ts';
import { spawnCommand } from '../execute.ts';

type State = {
  readonly child: number;
  readonly until: number;
  readonly signal: Signal;
  /** Microseconds after the first signal until SIGKILL; 0: never. */
  readonly kill: number;
  readonly fired: boolean;
};

const line = { usage: '[-s SIG] [-k KILL_SECS] SECS PROG ARGS', short: '+s:k:', long: ['signal:=s', 'kill-after:=k'], operands: [2] as const };
const units: { readonly [unit: string]: number } = { '': 1, s: 1, m: 60, h: 3600, d: 86400 };

function duration(text: string): number | undefined {
  const [, digits, unit = ''] = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits) * (units[unit] ?? 1) * 1_000_000;
}

/** `timeout`: a program that is sent a signal when it takes too long. busybox ends with 143, GNU with 124. */
export const timeout: Applet = (style) =>
  buffered<State>(style, {
    start(io) {
      const usageStatus = style.flavour === 'busybox' ? 1 : 125;
      const options = parseOptions(io, { ...line, status: usageStatus });
      if (typeof options === 'number') return { exit: options };
      const signal = parseSignal(options.value('s') ?? 'TERM');
      if (signal === undefined) return { exit: complain(io, `bad signal name '${options.value('s') ?? ''}'`, usageStatus) };
      const [limit = '', ...argv] = options.operands;
      const time = duration(limit);
      const kill = duration(options.value('k') ?? '0');
      if (time === undefined || kill === undefined) return { exit: badNumber(io, time === undefined ? limit : (options.value('k') ?? ''), usageStatus) };
      const child = spawnCommand(io.sys, argv, io.env);
      if (isErrno(child)) {
        const [command = ''] = argv;
        const place = style.flavour === 'busybox' ? `can't execute '${command}'` : `failed to run command ‘${command}’`;
        return { exit: complain(io, `${place}: ${strerror(child)}`, child.errno === 'ENOENT' ? 127 : 126) };
      }
      const until = time === 0 ? Number.MAX_SAFE_INTEGER : io.sys.now + time;
      const state: State = { child, until, signal, kill, fired: false };
      return { state, wait: { child, until } };
    },
    step(state, _wake, io) {
      const done = io.sys.reap(state.child);
      if (done !== 'again') {
        const code = isErrno(done) ? 0 : done.exit.code;
        return { exit: state.fired ? (style.flavour === 'busybox' ? 143 : code === 137 ? 137 : 124) : code };
      }
      if (io.sys.now < state.until) return { state, wait: { child: state.child, until: state.until } };
      io.sys.kill(state.child, state.fired ? 'SIGKILL' : state.signal);
      const next: State = { ...state, fired: true, until: state.kill > 0 && !state.fired ? io.sys.now + state.kill : Number.MAX_SAFE_INTEGER };
      return { state: next, wait: state.kill > 0 && !state.fired ? { child: state.child, until: next.until } : { child: state.child } };
    },
  });

function badNumber(io: StartIo, text: string, status: number): number {
  return complain(io, io.style.flavour === 'busybox' ? `invalid number '${text}'` : `invalid time interval ‘${text}’`, status);
}
