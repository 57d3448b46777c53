import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Next, ReadResult } from '../../../kernel/program.ts';
import { buffered } from '../../makers/buffered.ts';
import type { Applet, Io, StartIo } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { showUsage } from '../../options.ts';

type State = {
  readonly input: number;
  readonly output: number;
  readonly block: number;
  readonly left: number;
  readonly whole: number;
  readonly partial: number;
  readonly bytes: number;
  readonly began: number;
  /** Bytes that the output has not taken yet. */
  readonly pending: string;
  /** The block that they are of was read as a whole. */
  readonly lastFull: boolean;
  /** What messages call the output. */
  readonly name: string;
  /** What conv= does to each block. */
  readonly conversions: readonly string[];
  readonly quiet: boolean;
  readonly terse: boolean;
};

const line = { usage: '[if=FILE] [of=FILE] [ibs=N obs=N/bs=N] [count=N] [skip=N] [seek=N]', short: '' };
/** Nothing waits in a cache here, so that flags which pass it by or empty it change nothing. */
const uncached = ['direct', 'sync', 'dsync', 'nonblock', 'noatime', 'nocache', 'noctty'];
/** Words of `conv=`, `iflag=` and `oflag=`: those that are understood, those that are named when refused, what GNU dd calls them. */
const flags: {
  readonly [name: string]: {
    readonly taken: readonly string[];
    readonly refused: readonly string[];
    readonly said: string;
  };
} = {
  conv: {
    taken: ['notrunc', 'fsync', 'fdatasync', 'ucase', 'lcase', 'sync'],
    refused: ['noerror', 'swab', 'sparse', 'excl', 'nocreat', 'ascii', 'ebcdic', 'ibm', 'block', 'unblock'],
    said: 'conversion',
  },
  iflag: {
    taken: uncached,
    refused: ['fullblock', 'count_bytes', 'skip_bytes', 'directory', 'nofollow'],
    said: 'input flag',
  },
  oflag: { taken: [...uncached, 'append'], refused: ['seek_bytes', 'directory', 'nofollow'], said: 'output flag' },
};
/** So much comes at once at most. */
const mostAtOnce = 65_536;
const suffixes: { readonly [suffix: string]: number } = {
  '': 1,
  c: 1,
  w: 2,
  b: 512,
  kD: 1000,
  kB: 1000,
  k: 1024,
  K: 1024,
  MB: 1_000_000,
  M: 1048576,
  GB: 1_000_000_000,
  G: 1073741824,
};

function parseSize(text: string): number | undefined {
  let product = 1;
  for (const part of text.split('x')) {
    const [, digits, suffix = ''] = /^(\d+)([a-zA-Z]*)$/.exec(part) ?? [];
    const factor = suffixes[suffix];
    if (digits === undefined || factor === undefined) return undefined;
    product *= Number(digits) * factor;
  }
  return product;
}

/** `dd`: copies in blocks. Blocks of more than 16 MiB are not simulated. */
export const dd: Applet = (style) =>
  buffered<State>(style, {
    start(io) {
      const state = begin(io);
      return typeof state === 'number' ? { exit: state } : copy(state, io);
    },
    step: (state, _wake, io) => copy(state, io),
  });

function begin(io: StartIo): State | number {
  const values = new Map<string, string>();
  for (const arg of io.args) {
    const at = arg.indexOf('=');
    const name = arg.slice(0, at);
    if (
      at < 0 ||
      !['if', 'of', 'bs', 'ibs', 'obs', 'count', 'skip', 'seek', 'conv', 'status', 'iflag', 'oflag'].includes(name)
    ) {
      if (io.style.flavour === 'coreutils' && arg !== '--help') complain(io, `unrecognized operand ‘${arg}’`);
      return showUsage(io, line, arg === '--help' ? 0 : 1);
    }
    values.set(name, arg.slice(at + 1));
  }
  const numbers: { [name: string]: number } = {};
  for (const name of ['bs', 'ibs', 'obs', 'count', 'skip', 'seek']) {
    const text = values.get(name);
    if (text === undefined) continue;
    const number = parseSize(text);
    if (number === undefined)
      return complain(io, io.style.flavour === 'busybox' ? `invalid number '${text}'` : `invalid number: ‘${text}’`);
    numbers[name] = number;
  }
  const block = numbers.bs ?? numbers.ibs ?? 512;
  if (block === 0) return complain(io, `invalid number '0'`);
  if (block > 16 * 1048576) return complain(io, 'blocks of more than 16 MiB are not simulated');
  const busybox = io.style.flavour === 'busybox';
  const listed = (name: string) => (values.get(name) ?? '').split(',').filter(Boolean);
  for (const [name, words] of Object.entries(flags)) {
    const wrong = listed(name).find((flag) => !words.taken.includes(flag));
    if (wrong === undefined) continue;
    if (words.refused.includes(wrong)) return complain(io, `${name}=${wrong} is not simulated`);
    complain(io, busybox ? `invalid argument '${wrong}' to '${name}'` : `invalid ${words.said}: ‘${wrong}’`);
    return busybox ? 1 : showUsage(io, line);
  }
  const from = values.get('if');
  const to = values.get('of');
  const input = from === undefined ? 0 : io.sys.fs.open(from, { read: true });
  if (isErrno(input)) return complain(io, `${busybox ? "can't open" : 'failed to open'} '${from}': ${strerror(input)}`);
  const keep = listed('conv').includes('notrunc') || numbers.seek !== undefined;
  const output =
    to === undefined
      ? 1
      : io.sys.fs.open(to, { write: true, create: true, truncate: !keep, append: listed('oflag').includes('append') });
  if (isErrno(output)) return complain(io, `${busybox ? "can't open" : 'failed to open'} '${to}': ${strerror(output)}`);
  const skip = (numbers.skip ?? 0) * block;
  if (skip > 0 && isErrno(io.sys.fs.seek(input, skip))) {
    for (let left = skip; left > 0; ) {
      const got = io.sys.read(input, Math.min(left, 65536));
      if (got === 'again' || got === 'eof' || isErrno(got)) break;
      left -= got.bytes.length;
    }
  }
  if (numbers.seek !== undefined) io.sys.fs.seek(output, numbers.seek * (numbers.bs ?? numbers.obs ?? 512));
  const status = values.get('status');
  return {
    input,
    output,
    block,
    left: numbers.count ?? Number.MAX_SAFE_INTEGER,
    whole: 0,
    partial: 0,
    bytes: 0,
    began: io.sys.now,
    pending: '',
    lastFull: true,
    name: to ?? 'standard output',
    conversions: listed('conv'),
    quiet: status === 'none',
    terse: status === 'noxfer',
  };
}

function copy(from: State, io: Io): Next<State> {
  let state = from;
  for (;;) {
    if (state.pending !== '') {
      const taken = io.sys.write(state.output, state.pending);
      if (taken === 'again') return { state, wait: { writable: [state.output] } };
      if (isErrno(taken)) {
        complain(io, `error writing '${state.name}': ${strerror(taken)}`);
        return report(state, io, 1);
      }
      state = { ...state, pending: state.pending.slice(taken), bytes: state.bytes + taken };
      continue;
    }
    if (state.left <= 0) return report(state, io, 0);
    const got = readBlock(io, state);
    if (got === 'again') return { state, wait: { readable: [state.input] } };
    if (got === 'eof') return report(state, io, 0);
    if (isErrno(got)) {
      complain(
        io,
        io.style.flavour === 'busybox'
          ? `read error: ${strerror(got)}`
          : `error reading 'standard input': ${strerror(got)}`,
      );
      return report(state, io, 1);
    }
    const full = got.bytes.length === state.block;
    state = {
      ...state,
      pending: converted(got.bytes, state),
      lastFull: full,
      left: state.left - 1,
      whole: state.whole + (full ? 1 : 0),
      partial: state.partial + (full ? 0 : 1),
    };
    // after reading: a block may cost more than a whole time slice
    if (!io.sys.spend(2 + (state.block >> 9))) return { state, yield: true };
  }
}

function converted(bytes: string, { conversions, block }: State): string {
  let out = bytes;
  if (conversions.includes('ucase')) out = out.replace(/[a-z]+/g, (text) => text.toUpperCase());
  if (conversions.includes('lcase')) out = out.replace(/[A-Z]+/g, (text) => text.toLowerCase());
  return conversions.includes('sync') ? out.padEnd(block, '\0') : out;
}

/** One read(2), which the simulated kernel answers in parts when the block is large. */
function readBlock(io: Io, { input, block }: State): ReadResult {
  let bytes = '';
  for (;;) {
    const got = io.sys.read(input, block - bytes.length);
    if (got === 'again' || got === 'eof' || isErrno(got)) return bytes === '' ? got : { bytes };
    bytes += got.bytes;
    if (bytes.length === block || got.bytes.length < mostAtOnce) return { bytes };
  }
}

function report(state: State, io: Io, status: number): { readonly exit: number } {
  if (state.quiet) return { exit: status };
  // a block that could not be written to its end counts on one side only
  const [lostWhole, lostPartial] = state.pending === '' ? [0, 0] : state.lastFull ? [1, 0] : [0, 1];
  io.err(`${state.whole}+${state.partial} records in\n`);
  io.err(`${state.whole - lostWhole}+${state.partial - lostPartial} records out\n`);
  if (!state.terse)
    io.err(throughput(state.bytes, Math.max(1, io.sys.now - state.began) / 1_000_000, io.style.flavour === 'busybox'));
  return { exit: status };
}

function throughput(bytes: number, seconds: number, busybox: boolean): string {
  if (busybox)
    return `${bytes} bytes (${scaled(bytes, 1024, 'B', false)}) copied, ${seconds.toFixed(6)} seconds, ${scaled(bytes / seconds, 1024, 'B', false)}/s\n`;
  const sizes =
    bytes < 1000
      ? ''
      : bytes < 1024
        ? ` (${scaled(bytes, 1000, 'B', true)})`
        : ` (${scaled(bytes, 1000, 'B', true)}, ${scaled(bytes, 1024, 'iB', true)})`;
  return `${bytes} byte${bytes === 1 ? '' : 's'}${sizes} copied, ${Number(seconds.toPrecision(6))} s, ${scaled(bytes / seconds, 1000, 'B', true)}/s\n`;
}

function scaled(value: number, base: number, unit: string, gnu: boolean): string {
  const letters =
    gnu && base === 1000
      ? ['', 'k', 'M', 'G', 'T']
      : ['', gnu ? 'Ki' : 'K', gnu ? 'Mi' : 'M', gnu ? 'Gi' : 'G', gnu ? 'Ti' : 'T'];
  let size = value;
  let at = 0;
  while (size >= base && at < letters.length - 1) {
    size /= base;
    at++;
  }
  const letter = gnu && base === 1024 ? (letters[at] ?? '').replace('i', '') : (letters[at] ?? '');
  const digits = at === 0 ? String(Math.floor(size)) : size < 10 || !gnu ? size.toFixed(1) : String(Math.round(size));
  return `${digits}${gnu ? ' ' : ''}${letter}${unit}`;
}
