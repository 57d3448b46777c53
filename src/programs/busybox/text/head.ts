import type { ByteString } from '../../../kernel/bytes.ts';
import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { strerror } from '../../../kernel/errno.ts';
import type { FilterIo } from '../../makers/filter.ts';
import { filter } from '../../makers/filter.ts';
import type { Applet, StartIo } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { parseCount, parseOptions } from '../../options.ts';

const line = {
  usage: '[OPTIONS] [FILE]...',
  short: 'n:c:qv',
  long: ['lines:=n', 'bytes:=c', 'quiet=q', 'silent=q', 'verbose=v'],
};

type State = {
  readonly unit: 'lines' | 'bytes';
  readonly count: number;
  /** Everything but the last `count` is wanted. */
  readonly allBut: boolean;
  readonly headers: boolean;
  readonly shown: number;
  readonly left: number;
  readonly held: ByteString;
};

/** `-5` as the first argument means `-n 5`. */
export function obsoleteCount(io: StartIo): StartIo {
  const [first = '', ...rest] = io.args;
  const match = /^-(\d+)$/.exec(first);
  return match ? { ...io, args: ['-n', match[1] ?? '', ...rest] } : io;
}

/** `head`: the first lines or bytes of each input. */
export const head: Applet = (style) =>
  filter<State>(style, {
    begin(start) {
      const io = obsoleteCount(start);
      const options = parseOptions(io, line);
      if (typeof options === 'number') return options;
      const [option = 'n', text = '10'] = options.given.findLast(([name]) => name === 'n' || name === 'c') ?? [];
      const allBut = text.startsWith('-');
      const count = parseCount(allBut ? text.slice(1) : text.replace(/^\+/, ''));
      if (count === undefined) {
        const what = option === 'n' ? 'lines' : 'bytes';
        return complain(
          io,
          style.flavour === 'busybox' ? `invalid number '${text}'` : `invalid number of ${what}: ‘${text}’`,
        );
      }
      const headers = options.has('v') || (options.operands.length > 1 && !options.has('q'));
      const unit = option === 'n' ? 'lines' : 'bytes';
      return { state: { unit, count, allBut, headers, shown: 0, left: count, held: '' }, inputs: options.operands };
    },
    opened(state, input, io) {
      if (state.headers) io.out(header(input, state.shown));
      if (state.count === 0 && !state.allBut) io.skip();
      return { ...state, shown: state.shown + 1, left: state.count, held: '' };
    },
    chunk: (state, bytes, io) => (state.allBut ? keepLast(state, bytes, io) : takeFirst(state, bytes, io)),
    failed(state, input, error, when, io) {
      const busybox = style.flavour === 'busybox';
      const place = busybox
        ? input
        : when === 'open'
          ? `cannot open '${input}' for reading`
          : `error reading '${input}'`;
      io.fail(complain(io, `${place}: ${strerror(error)}`));
      return busybox && when === 'open' ? { ...state, shown: state.shown + 1 } : state;
    },
  });

/** The line that names an input when there are several. */
export function header(input: string, shownBefore: number): ByteString {
  const name = input === '-' ? 'standard input' : input;
  return `${shownBefore > 0 ? '\n' : ''}==> ${encodeUtf8(name)} <==\n`;
}

function takeFirst(state: State, bytes: ByteString, io: FilterIo): State {
  const end = state.unit === 'bytes' ? state.left : endOfLines(bytes, state.left);
  const taken = bytes.slice(0, end);
  io.out(taken);
  const left = state.left - (state.unit === 'bytes' ? taken.length : countLines(taken));
  if (left <= 0) io.skip();
  return { ...state, left };
}

function endOfLines(bytes: ByteString, lines: number): number {
  let at = 0;
  for (let i = 0; i < lines; i++) {
    const newline = bytes.indexOf('\n', at);
    if (newline < 0) return bytes.length;
    at = newline + 1;
  }
  return at;
}

function countLines(bytes: ByteString): number {
  let lines = 0;
  for (let at = bytes.indexOf('\n'); at >= 0; at = bytes.indexOf('\n', at + 1)) lines++;
  return lines;
}

function keepLast(state: State, bytes: ByteString, io: FilterIo): State {
  const all = state.held + bytes;
  const complete = countLines(all) + (all.endsWith('\n') || all === '' ? 0 : 1);
  const free = state.unit === 'bytes' ? all.length - state.count : endOfLines(all, Math.max(0, complete - state.count));
  if (free <= 0) return { ...state, held: all };
  io.out(all.slice(0, free));
  return { ...state, held: all.slice(free) };
}
