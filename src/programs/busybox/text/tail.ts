import type { ByteString } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Next } from '../../../kernel/program.ts';
import { buffered } from '../../makers/buffered.ts';
import type { Applet, Io } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { parseCount, parseOptions } from '../../options.ts';
import { header, obsoleteCount } from './head.ts';

const line = {
  usage: '[OPTIONS] [FILE]...',
  short: 'fn:c:qs:vF',
  long: ['lines:=n', 'bytes:=c', 'follow::=f', 'quiet=q', 'silent=q', 'verbose=v', 'retry=F', 'sleep-interval:=s'],
};

type Input = {
  readonly name: string;
  readonly fd: number;
  /** From-the-end mode: what may still be among the last; from-the-start mode: unused. */
  readonly held: ByteString;
  /** What is held ends within a line: more of it can be added without a look at all of it. */
  readonly open?: boolean;
  /** From-the-start mode: how many lines or bytes are still to be left out. */
  readonly skip: number;
};

type State = {
  readonly unit: 'lines' | 'bytes';
  readonly count: number;
  readonly fromStart: boolean;
  readonly headers: boolean;
  readonly follow: boolean;
  /** Microseconds between two looks at the files. */
  readonly interval: number;
  readonly inputs: readonly Input[];
  /** The input that is being read for the first time; beyond the last: following. */
  readonly at: number;
  readonly begun: boolean;
  /** The input whose name was shown last. */
  readonly shown: number;
  readonly status: number;
};

/** `tail`: the last lines or bytes of each input, and with -f what is added later. */
export const tail: Applet = (style) =>
  buffered<State>(style, {
    start(start) {
      const io = obsoleteCount(start);
      const options = parseOptions(io, line);
      if (typeof options === 'number') return { exit: options };
      const [option = 'n', text = '10'] = options.given.findLast(([name]) => name === 'n' || name === 'c') ?? [];
      const count = parseCount(text.replace(/^[-+]/, ''));
      if (count === undefined)
        return {
          exit: complain(
            io,
            style.flavour === 'busybox'
              ? `invalid number '${text}'`
              : `invalid number of ${options.has('c') ? 'bytes' : 'lines'}: ‘${text}’`,
          ),
        };
      const names = options.operands.length > 0 ? options.operands : ['-'];
      const fromStart = text.startsWith('+');
      let status = 0;
      const inputs = names.flatMap((name): Input[] => {
        const fd = name === '-' ? 0 : io.sys.fs.open(name, { read: true });
        if (!isErrno(fd)) return [{ name, fd, held: '', skip: Math.max(0, count - 1) }];
        const place = style.flavour === 'busybox' ? `can't open '${name}'` : `cannot open '${name}' for reading`;
        status = complain(io, `${place}: ${strerror(fd)}`);
        return [];
      });
      const state: State = {
        unit: option === 'n' ? 'lines' : 'bytes',
        count,
        fromStart,
        inputs,
        at: 0,
        begun: false,
        shown: -1,
        status,
        headers: options.has('v') || (names.length > 1 && !options.has('q')),
        follow: options.has('f') || options.has('F'),
        interval: Math.max(1, Number(options.value('s') ?? 1)) * 1_000_000,
      };
      if (inputs.length === 0)
        return {
          exit:
            style.flavour === 'busybox'
              ? complain(io, 'no files')
              : state.follow
                ? complain(io, 'no files remaining')
                : 1,
        };
      return run(state, io);
    },
    step: (state, _wake, io) => (state.at < state.inputs.length ? run(state, io) : follow(state, io)),
  });

function run(from: State, io: Io): Next<State> {
  let state = from;
  for (let input = state.inputs[state.at]; input !== undefined; input = state.inputs[state.at]) {
    if (!state.begun && state.headers) io.out(header(input.name, state.at));
    state = { ...state, begun: true, shown: state.at };
    const got = io.sys.read(input.fd, 65536);
    if (got === 'again') return { state, wait: { readable: [input.fd] } };
    if (got === 'eof' || isErrno(got)) {
      if (isErrno(got)) {
        const place = io.style.flavour === 'busybox' ? 'read error' : `error reading '${input.name}'`;
        state = { ...state, status: complain(io, `${place}: ${strerror(got)}`) };
      }
      io.out(input.held);
      state = { ...state, inputs: state.inputs.with(state.at, { ...input, held: '' }), at: state.at + 1, begun: false };
      continue;
    }
    io.sys.spend(1 + (got.bytes.length >> 6));
    state = { ...state, inputs: state.inputs.with(state.at, take(state, input, got.bytes, io)) };
    return { state, yield: true };
  }
  return state.follow ? follow(state, io) : { exit: state.status };
}

function take(state: State, input: Input, bytes: ByteString, io: Io): Input {
  if (!state.fromStart) {
    const held = input.held + bytes;
    const longer = input.open === true && state.unit === 'lines' && state.count > 0 && !bytes.includes('\n');
    return { ...input, held: longer ? held : lastPart(held, state), open: !bytes.endsWith('\n') };
  }
  let { skip } = input;
  let at = 0;
  if (state.unit === 'bytes') {
    at = Math.min(skip, bytes.length);
    skip -= at;
  } else {
    for (; skip > 0; skip--) {
      const newline = bytes.indexOf('\n', at);
      at = newline < 0 ? bytes.length : newline + 1;
      if (newline < 0) break;
    }
  }
  io.out(bytes.slice(at));
  return { ...input, skip };
}

function lastPart(bytes: ByteString, state: State): ByteString {
  if (state.count === 0) return '';
  if (state.unit === 'bytes') return bytes.slice(-state.count);
  let at = bytes.endsWith('\n') ? bytes.length - 1 : bytes.length;
  for (let lines = 0; lines < state.count; lines++) {
    at = at === 0 ? -1 : bytes.lastIndexOf('\n', at - 1);
    if (at < 0) return bytes;
  }
  return bytes.slice(at + 1);
}

/** Looks for what was added since and sleeps; a file that became shorter is read from its start. */
function follow(from: State, io: Io): Next<State> {
  let { shown } = from;
  from.inputs.forEach((input, index) => {
    for (;;) {
      const got = io.sys.read(input.fd, 65536);
      if (got === 'again' || got === 'eof' || isErrno(got)) break;
      if (from.headers && shown !== index) io.out(header(input.name, 1));
      shown = index;
      io.out(got.bytes);
      if (!io.sys.spend(1 + (got.bytes.length >> 6))) break;
    }
  });
  return { state: { ...from, shown }, wait: { until: io.sys.now + from.interval } };
}
