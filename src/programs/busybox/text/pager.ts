import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Next, Sys, Wake } from '../../../kernel/program.ts';
import { buffered } from '../../makers/buffered.ts';
import type { Applet, Io, StartIo } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { parseOptions, showUsage } from '../../options.ts';

type State = {
  readonly inputs: readonly string[];
  readonly at: number;
  /** What of standard input or of the present file is open. */
  readonly fd: number | null;
  readonly text: string;
  readonly status: number;
  /** Shown to a person: the lines, and how far down the top of the screen is. */
  readonly lines: readonly string[] | null;
  readonly top: number;
  /** Where keys come from. */
  readonly keys: number;
};

/**
 * `more` and `less`: files screen by screen. Without a terminal they are as `cat`; on one, the space bar, Enter, `b`, `g`,
 * `G` and `q` act (`more` also ends at the end).
 */
export const pager: Applet = (style) =>
  buffered<State>(style, {
    start(io) {
      const less = style.name === 'less';
      const options = parseOptions(io, {
        usage: less ? '[-EFIMmNSh~] [FILE]...' : '[FILE]...',
        short: less ? 'EFIMmNSRh~XK' : 'dlfpcsu',
      });
      if (typeof options === 'number') return { exit: options };
      const inputs = options.operands;
      if (inputs.length === 0 && io.sys.isatty(0)) {
        if (style.flavour === 'busybox' && !less) return { exit: showUsage(io, { usage: '[FILE]...', short: '' }) };
        if (less)
          return {
            exit: complain(
              io,
              style.flavour === 'busybox' ? 'missing filename' : 'Missing filename ("less --help" for help)',
            ),
          };
        return { exit: complain(io, 'bad usage') };
      }
      const state = { inputs: inputs.length > 0 ? inputs : ['-'], at: 0, fd: null, text: '', status: 0 };
      return gather(io, { ...state, lines: null, top: 0, keys: 0 });
    },
    step: (state, wake, io) => (state.lines ? turn(io, state, wake) : gather(io, state)),
  });

/** Reads all inputs; without a terminal they are written as they are. */
function gather(io: Io | StartIo, from: State): Next<State> {
  let state = from;
  const plain = !io.sys.isatty(1);
  for (let input = state.inputs[state.at]; input !== undefined; input = state.inputs[state.at]) {
    if (state.fd === null) {
      const opened = input === '-' ? 0 : io.sys.fs.open(input, { read: true });
      if (isErrno(opened)) {
        const busybox = io.style.flavour === 'busybox';
        const words = busybox ? `can't open '${input}'` : `cannot open ${input}`;
        const told = complain(io, `${words}: ${strerror(opened)}`);
        // more of util-linux has no status for it
        state = { ...state, at: state.at + 1, status: !busybox && io.style.name === 'more' ? 0 : told };
        continue;
      }
      if (!plain || io.style.flavour === 'busybox' || io.style.name === 'less' || input === '-')
        state = { ...state, fd: opened };
      else {
        io.out(encodeUtf8(`::::::::::::::\n${input}\n::::::::::::::\n`));
        state = { ...state, fd: opened };
      }
    }
    const fd = state.fd ?? 0;
    const got = io.sys.read(fd, 65536);
    if (got === 'again') return { state, wait: { readable: [fd] } };
    if (got !== 'eof' && !isErrno(got)) {
      if (plain) {
        io.out(got.bytes);
        return { state, yield: true };
      }
      state = { ...state, text: state.text + got.bytes };
      continue;
    }
    if (isErrno(got)) state = { ...state, status: complain(io, `${input}: ${strerror(got)}`) };
    if (fd !== 0) io.sys.close(fd);
    state = { ...state, fd: null, at: state.at + 1 };
  }
  if (plain || state.text === '') return { exit: state.status };
  return show(io, state);
}

function room(sys: Sys): number {
  const size = sys.winsize(1);
  return Math.max(2, isErrno(size) ? 24 : size.rows) - 1;
}

function show(io: Io, state: State): Next<State> {
  const lines = state.text.replace(/\n$/, '').split('\n');
  const rows = room(io.sys);
  if (lines.length <= rows && io.style.name === 'more') {
    io.out(`${lines.join('\n')}\n`);
    return { exit: state.status };
  }
  const terminal = io.sys.isatty(0) ? 0 : io.sys.fs.open('/dev/tty', { read: true });
  const keys = isErrno(terminal) ? 0 : terminal;
  io.sys.termios(keys, { icanon: false, echo: false });
  io.sys.onSignal('SIGINT', 'catch');
  return paint(io, { ...state, lines, text: '', keys }, 0);
}

/** Draws the screen whose first line is `top`; `more` writes on, `less` clears it before. */
function paint(io: Io, state: State, top: number): Next<State> {
  const lines = state.lines ?? [];
  const rows = room(io.sys);
  const most = Math.max(0, lines.length - rows);
  const first = Math.min(Math.max(0, top), most);
  const end = Math.min(lines.length, first + rows);
  if (io.style.name === 'more') {
    // what has been shown already stays above
    const shown = state.top > 0 || first > 0 ? state.top + rows : 0;
    io.out(`\r\x1b[K${lines.slice(Math.min(shown, first === 0 ? 0 : shown), end).join('\n')}\n`);
    if (end >= lines.length) return leave(io, state);
    io.out(`--More-- (${Math.floor((end * 100) / lines.length)}%)`);
  } else {
    const blank = Array.from({ length: rows - (end - first) }, () => '~');
    io.out(`\x1b[H\x1b[J${[...lines.slice(first, end), ...blank].join('\n')}\n`);
    io.out(end >= lines.length ? '\x1b[7m(END)\x1b[m' : ':');
  }
  const next = { ...state, top: first };
  return { state: next, wait: { readable: [state.keys] } };
}

function leave(io: Io, state: State): Next<State> {
  io.sys.termios(state.keys, { icanon: true, echo: true });
  if (io.style.name === 'less') io.out('\r\x1b[K');
  return { exit: state.status };
}

function turn(io: Io, state: State, wake: Wake): Next<State> {
  if (wake.on === 'signal') {
    io.out('\n');
    return leave(io, state);
  }
  const got = io.sys.read(state.keys, 16);
  if (got === 'again') return { state, wait: { readable: [state.keys] } };
  if (got === 'eof' || isErrno(got)) return leave(io, state);
  const rows = room(io.sys);
  const page = io.style.name === 'less' ? rows : rows;
  switch (got.bytes) {
    case 'q':
    case 'Q':
      io.out(io.style.name === 'more' ? '\r\x1b[K' : '');
      return leave(io, state);
    case ' ':
    case 'f':
    case '\x1b[6~':
      return paint(io, state, state.top + page);
    case '\r':
    case '\n':
    case 'j':
    case '\x1b[B':
      return paint(io, state, state.top + 1);
    case 'b':
    case '\x1b[5~':
      return paint(io, state, state.top - page);
    case 'k':
    case 'y':
    case '\x1b[A':
      return paint(io, state, state.top - 1);
    case 'g':
    case '<':
      return paint(io, state, 0);
    case 'G':
    case '>':
      return paint(io, state, state.lines?.length ?? 0);
    default:
      return { state, wait: { readable: [state.keys] } };
  }
}
