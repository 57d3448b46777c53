import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Rec } from '../../../kernel/json.ts';
import type { Next } from '../../../kernel/program.ts';
import { buffered } from '../../makers/buffered.ts';
import type { Applet, Io } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { parseOptions, showUsage } from '../../options.ts';
import { spawnCommand } from '../execute.ts';

type State =
  | {
      readonly doing: 'wait';
      readonly fd: number;
      readonly kind: 'shared' | 'exclusive';
      readonly argv: readonly string[];
      readonly env: Rec<string>;
      /** When to give up, and with what. */
      readonly until: number | null;
      readonly conflict: number;
      readonly close: boolean;
    }
  | { readonly doing: 'run'; readonly child: number };

const line = {
  usage: '[-sxun] FD | { FILE [-c] PROG ARGS }',
  short: '+sxun',
  long: ['shared=s', 'exclusive=x', 'unlock=u', 'nonblock=n'],
};
const utilLinux = {
  usage:
    '[options] <file>|<directory> <command> [<argument>...]\n[options] <file>|<directory> -c <command>\n[options] <file descriptor number>',
  short: '+sxeunw:oE:F',
  long: [
    'shared=s',
    'exclusive=x',
    'unlock=u',
    'nonblock=n',
    'nb=n',
    'timeout:=w',
    'wait:=w',
    'close=o',
    'conflict-exit-code:=E',
    'no-fork=F',
  ],
  status: 64,
};
/** A lock that is taken is looked at again after this long. */
const pause = 10_000;

/** `flock`: runs a command while it holds a lock on a file, or locks and unlocks a descriptor of the shell. */
export const flock: Applet = (style) =>
  buffered<State>(style, {
    start(io) {
      const busybox = style.flavour === 'busybox';
      const usage = busybox ? line : utilLinux;
      const options = parseOptions(io, usage);
      if (typeof options === 'number') return { exit: options };
      const [target, ...words] = options.operands;
      if (target === undefined) {
        if (busybox) return { exit: showUsage(io, line) };
        complain(io, 'not enough arguments');
        return { exit: showUsage(io, utilLinux) };
      }
      if (options.has('F')) return { exit: complain(io, 'option -F is not simulated', 64) };
      const argv = /^(?:-c|--command)$/.test(words[0] ?? '') ? ['/bin/sh', '-c', words[1] ?? ''] : words;
      if (/^(?:-c|--command)$/.test(words[0] ?? '') && words.length !== 2)
        return {
          exit: complain(
            io,
            `${busybox ? '-c takes only one argument' : `${words[0] ?? ''} requires exactly one command argument`}`,
            busybox ? 1 : 64,
          ),
        };
      const fd = argv.length === 0 ? Number(target) : open(io, target);
      if (isErrno(fd))
        return {
          exit: complain(
            io,
            `${busybox ? `can't open '${target}'` : `cannot open lock file ${target}`}: ${strerror(fd)}`,
            busybox ? 1 : 66,
          ),
        };
      if (!Number.isInteger(fd))
        return {
          exit: busybox
            ? complain(io, `invalid number '${target}'`)
            : complain(io, `bad file descriptor: '${target}'`, 64),
        };
      if (options.has('u')) {
        const failed = io.sys.fs.lock(fd, 'none');
        return { exit: failed === undefined || failed === 'again' ? 0 : complain(io, strerror(failed)) };
      }
      const seconds = options.has('n') ? 0 : Number(options.value('w') ?? Number.NaN);
      return take(io, {
        doing: 'wait',
        fd,
        kind: options.has('s') ? 'shared' : 'exclusive',
        argv,
        env: io.env,
        until: Number.isNaN(seconds) ? null : io.sys.now + seconds * 1_000_000,
        conflict: Number(options.value('E') ?? 1),
        close: options.has('o'),
      });
    },
    step(state, _wake, io) {
      if (state.doing === 'wait') return take(io, state);
      const done = io.sys.reap(state.child);
      if (done === 'again') return { state, wait: { child: state.child } };
      return { exit: isErrno(done) ? 1 : done.exit.code };
    },
  });

function open(io: Io, path: string) {
  const stat = io.sys.fs.stat(path);
  const dir = !isErrno(stat) && stat.type === 'dir';
  return io.sys.fs.open(path, dir ? { read: true, directory: true } : { read: true, create: true }, 0o666);
}

function take(io: Io, state: State & { readonly doing: 'wait' }): Next<State> {
  const failed = io.sys.fs.lock(state.fd, state.kind);
  if (failed === 'again') {
    if (state.until !== null && io.sys.now >= state.until) return { exit: state.conflict };
    return { state, wait: { until: Math.min(io.sys.now + pause, state.until ?? Number.POSITIVE_INFINITY) } };
  }
  if (failed !== undefined)
    return {
      exit: complain(
        io,
        `${io.style.flavour === 'busybox' ? '' : `${state.fd}: `}${strerror(failed)}`,
        io.style.flavour === 'busybox' ? 1 : 65,
      ),
    };
  const [command] = state.argv;
  if (command === undefined) return { exit: 0 };
  const kept = io.sys.fds().filter((fd) => !(state.close && fd === state.fd));
  const child = spawnCommand(io.sys, state.argv, state.env, { fds: Object.fromEntries(kept.map((fd) => [fd, fd])) });
  if (isErrno(child)) {
    const busybox = io.style.flavour === 'busybox';
    const text = busybox ? `can't execute '${command}'` : `failed to execute ${command}`;
    return { exit: complain(io, `${text}: ${strerror(child)}`, busybox ? (child.errno === 'ENOENT' ? 127 : 126) : 69) };
  }
  return { state: { doing: 'run', child }, wait: { child } };
}
