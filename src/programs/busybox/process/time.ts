import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Rec } from '../../../kernel/json.ts';
import type { Next } from '../../../kernel/program.ts';
import { buffered } from '../../makers/buffered.ts';
import type { Applet, Io } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { countOption, parseOptions } from '../../options.ts';
import { formatTime } from '../date-format.ts';
import { spawnCommand } from '../execute.ts';

type Timing = { readonly child: number; readonly began: number; readonly posix: boolean };

/** `time`: how long a program took on the simulated clock. */
export const time: Applet = (style) =>
  buffered<Timing>(style, {
    start(io) {
      const options = parseOptions(io, { usage: '[-p] PROG ARGS', short: '+p', operands: [1] });
      if (typeof options === 'number') return { exit: options };
      const child = spawnCommand(io.sys, options.operands, io.env);
      if (isErrno(child)) {
        const [command = ''] = options.operands;
        return {
          exit: complain(io, `can't execute '${command}': ${strerror(child)}`, child.errno === 'ENOENT' ? 127 : 126),
        };
      }
      return { state: { child, began: io.sys.now, posix: options.has('p') }, wait: { child } };
    },
    step(state, _wake, io) {
      const child = io.sys.processes().find(({ pid }) => pid === state.child);
      const done = io.sys.reap(state.child);
      if (done === 'again') return { state, wait: { child: state.child } };
      const [real, user] = [io.sys.now - state.began, child?.cpu ?? 0];
      const show = (us: number) =>
        state.posix
          ? (us / 1_000_000).toFixed(2)
          : `${Math.floor(us / 60_000_000)}m ${((us / 1_000_000) % 60).toFixed(2)}s`;
      const separator = state.posix ? ' ' : '\t';
      io.err(`real${separator}${show(real)}\nuser${separator}${show(user)}\nsys${separator}${show(0)}\n`);
      return { exit: isErrno(done) ? 0 : done.exit.code };
    },
  });

type Watching = {
  readonly command: string;
  readonly interval: number;
  readonly title: boolean;
  readonly child: number | null;
  readonly titled: boolean;
  readonly env: Rec<string>;
};

/** `watch`: a command again and again, on a cleared screen. */
export const watch: Applet = (style) =>
  buffered<Watching>(style, {
    start(io) {
      const options = parseOptions(io, {
        usage: '[-n SEC] [-t] PROG ARGS',
        short: '+n:t',
        long: ['interval:=n', 'no-title=t'],
        operands: [1],
      });
      if (typeof options === 'number') return { exit: options };
      const seconds = countOption(io, options, 'n', 2);
      if (typeof seconds === 'object') return { exit: seconds.wrong };
      return round(
        {
          command: options.operands.join(' '),
          interval: Math.max(1, seconds),
          title: !options.has('t'),
          child: null,
          titled: false,
          env: io.env,
        },
        io,
      );
    },
    step(state, _wake, io) {
      if (state.child === null) return state.titled ? run(state, io) : round(state, io);
      const done = io.sys.reap(state.child);
      if (done === 'again') return { state, wait: { child: state.child } };
      return {
        state: { ...state, child: null, titled: false },
        wait: { until: io.sys.now + state.interval * 1_000_000 },
      };
    },
  });

/** Writes the title first; the command is started when that is out. */
function round(state: Watching, io: Io): Next<Watching> {
  title(state, io);
  return { state: { ...state, titled: true }, yield: true };
}

function title(state: Watching, io: Io): void {
  io.out('\x1b[H\x1b[J');
  if (!state.title) return;
  const size = io.sys.isatty(1) ? io.sys.winsize(1) : undefined;
  const width = size !== undefined && !isErrno(size) ? size.cols : 80;
  const date = formatTime(io.sys.now, '%Y-%m-%d %H:%M:%S');
  const head = `Every ${state.interval.toFixed(1)}s: ${state.command}`;
  io.out(encodeUtf8(`${head.slice(0, Math.max(0, width - date.length - 1)).padEnd(width - date.length)}${date}\n\n`));
}

function run(state: Watching, io: Io): Next<Watching> {
  const child = spawnCommand(io.sys, ['sh', '-c', state.command], state.env);
  if (isErrno(child)) return { exit: complain(io, `sh: ${strerror(child)}`) };
  return { state: { ...state, child }, wait: { child } };
}
