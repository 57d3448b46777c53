import type { ByteString } from '../../../kernel/bytes.ts';
import { strerror } from '../../../kernel/errno.ts';
import { filter } from '../../makers/filter.ts';
import type { Applet, Io, StartIo } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { parseCount, parseOptions } from '../../options.ts';

/** How one line of sixteen bytes is shown; several ways give several lines. */
type Format =
  | 'o2'
  | 'o1'
  | 'x2'
  | 'x1'
  | 'x4'
  | 'd1'
  | 'd2'
  | 'd4'
  | 'u1'
  | 'u2'
  | 'u4'
  | 'c'
  | 'a'
  | 'canonical'
  | 'xxd'
  | 'plain';

type State = {
  readonly formats: readonly Format[];
  /** The radix of addresses; 0: none. */
  readonly address: number;
  readonly pad: boolean;
  readonly verbose: boolean;
  readonly skip: number;
  readonly left: number;
  readonly offset: number;
  readonly rest: ByteString;
  readonly last: ByteString;
  readonly starred: boolean;
};

const fresh = { skip: 0, left: Number.MAX_SAFE_INTEGER, offset: 0, rest: '', last: '', starred: false, verbose: false };

/** `od`, `hexdump` (`hd`) and `xxd`, by the name. */
export const dump: Applet = (style) =>
  filter<State>(style, {
    begin(io) {
      const begun = style.name === 'od' ? beginOd(io) : style.name === 'xxd' ? beginXxd(io) : beginHexdump(io);
      if (typeof begun === 'number') return begun;
      return { state: { ...begun.state, offset: begun.state.skip }, inputs: begun.inputs };
    },
    opened(state, _input, io) {
      if (state.left === 0) io.skip();
      return state;
    },
    chunk(state, bytes, io) {
      const skipped = Math.min(state.skip, bytes.length);
      const wanted = bytes.slice(skipped, skipped + state.left);
      const left = state.left - wanted.length;
      if (left === 0) io.skip();
      const all = state.rest + wanted;
      let next: State = { ...state, skip: state.skip - skipped, left };
      let at = 0;
      const width = state.formats[0] === 'plain' ? 30 : 16;
      for (; at + width <= all.length; at += width) next = showLine(next, all.slice(at, at + width), io);
      return { ...next, rest: all.slice(at) };
    },
    failed(state, input, error, _when, io) {
      io.fail(complain(io, `${input}: ${strerror(error)}`));
      return state;
    },
    end(state, io) {
      const done = state.rest === '' ? state : showLine(state, state.rest, io);
      const address = addressText(done.address, done.offset, done.formats[0] === 'canonical' ? 'hd' : style.name);
      const quiet = style.name === 'xxd' || (done.offset === 0 && style.name !== 'od');
      if (address !== '' && !quiet) io.out(`${address.replace(/ +$/, '')}\n`);
      return 0;
    },
  });

const odLine = {
  usage: '[-abcdfhilovxs] [-t TYPE] [-A RADIX] [-N SIZE] [-j SKIP] [-w WIDTH] [FILE]...',
  short: 'abcdhiloxst:A:N:j:v',
};

function beginOd(io: StartIo) {
  const options = parseOptions(io, odLine);
  if (typeof options === 'number') return options;
  const letters: { readonly [letter: string]: Format } = {
    a: 'a',
    b: 'o1',
    c: 'c',
    d: 'u2',
    h: 'x2',
    i: 'd4',
    o: 'o2',
    x: 'x2',
    s: 'd2',
    l: 'd4',
  };
  const formats: Format[] = [];
  for (const [name, value = ''] of options.given) {
    const simple = letters[name];
    if (name === 't') {
      const [, kind = '', size = ''] = /^([acdoux])([1248CSIL]?)$/.exec(value) ?? [];
      const bytes = { C: '1', S: '2', I: '4', '': kind === 'a' || kind === 'c' ? '' : '4' }[size] ?? size;
      const format = `${kind}${bytes}`;
      const known = (['o1', 'o2', 'x1', 'x2', 'x4', 'd1', 'd2', 'd4', 'u1', 'u2', 'u4', 'c', 'a'] as const).find(
        (one) => one === format,
      );
      if (known === undefined) return complain(io, `invalid type string '${value}'`);
      formats.push(known);
    } else if (simple !== undefined) formats.push(simple);
  }
  const radix = { d: 10, o: 8, x: 16, n: 0 }[options.value('A') ?? 'o'];
  if (radix === undefined)
    return complain(io, `bad output address radix '${options.value('A') ?? ''}' (must be [doxn])`);
  const sizes = readSizes(io, options.value('N'), options.value('j'));
  if (typeof sizes === 'number') return sizes;
  const state: State = {
    ...fresh,
    ...sizes,
    formats: formats.length > 0 ? formats : ['o2'],
    address: radix,
    pad: false,
    verbose: options.has('v'),
  };
  return { state, inputs: options.operands };
}

function beginHexdump(io: StartIo) {
  const options = parseOptions(io, { usage: '[-bcdoxCv] [-n LEN] [-s OFS] [FILE]...', short: 'bcdoxCvn:s:' });
  if (typeof options === 'number') return options;
  const letters: { readonly [letter: string]: Format } = { b: 'o1', c: 'c', d: 'u2', o: 'o2', x: 'x2', C: 'canonical' };
  const formats = options.given.flatMap(([name]) => letters[name] ?? []);
  const sizes = readSizes(io, options.value('n'), options.value('s'));
  if (typeof sizes === 'number') return sizes;
  const standard: Format = io.style.name === 'hd' ? 'canonical' : 'x2';
  const state: State = {
    ...fresh,
    ...sizes,
    formats: formats.length > 0 ? formats : [standard],
    address: 16,
    pad: true,
    verbose: options.has('v'),
  };
  return { state, inputs: options.operands };
}

function beginXxd(io: StartIo) {
  const options = parseOptions(io, { usage: '[-p] [-l LEN] [-s OFS] [FILE]', short: 'pl:s:', operands: [0, 1] });
  if (typeof options === 'number') return options;
  const sizes = readSizes(io, options.value('l'), options.value('s'));
  if (typeof sizes === 'number') return sizes;
  const state: State = {
    ...fresh,
    ...sizes,
    formats: [options.has('p') ? 'plain' : 'xxd'],
    address: 16,
    pad: true,
    verbose: true,
  };
  return { state, inputs: options.operands };
}

function readSizes(
  io: StartIo,
  most: string | undefined,
  skip: string | undefined,
): { readonly left: number; readonly skip: number } | number {
  const left = most === undefined ? fresh.left : parseCount(most);
  const from = skip === undefined ? 0 : parseCount(skip);
  if (left === undefined || from === undefined)
    return complain(io, `invalid number '${(left === undefined ? most : skip) ?? ''}'`);
  return { left, skip: from };
}

function showLine(state: State, bytes: ByteString, io: Io): State {
  const offset = state.offset + bytes.length;
  if (!state.verbose && bytes.length === 16 && bytes === state.last) {
    if (!state.starred) io.out('*\n');
    return { ...state, offset, starred: true };
  }
  state.formats.forEach((format, at) => {
    if (format === 'plain') {
      io.out(`${cells(format, bytes, false)}\n`);
      return;
    }
    const address = addressText(
      state.address,
      state.offset,
      io.style.name === 'hexdump' && format === 'canonical' ? 'hd' : io.style.name,
    );
    io.out(`${at === 0 ? address : ' '.repeat(address.length)}${cells(format, bytes, state.pad)}\n`);
  });
  return { ...state, offset, last: bytes, starred: false };
}

function addressText(radix: number, offset: number, name: string): string {
  if (radix === 0) return '';
  return offset.toString(radix).padStart(name === 'hd' || name === 'xxd' ? 8 : 7, '0');
}

const named = [
  'nul',
  'soh',
  'stx',
  'etx',
  'eot',
  'enq',
  'ack',
  'bel',
  'bs',
  'ht',
  'nl',
  'vt',
  'ff',
  'cr',
  'so',
  'si',
  'dle',
  'dc1',
  'dc2',
  'dc3',
  'dc4',
  'nak',
  'syn',
  'etb',
  'can',
  'em',
  'sub',
  'esc',
  'fs',
  'gs',
  'rs',
  'us',
  'sp',
];
const escapes: { readonly [code: number]: string } = {
  0: '\\0',
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
};
const widths: { readonly [format: string]: number } = {
  o1: 4,
  o2: 7,
  x1: 3,
  x2: 5,
  x4: 9,
  d1: 5,
  d2: 7,
  d4: 12,
  u1: 4,
  u2: 6,
  u4: 11,
  c: 4,
  a: 4,
};

function cells(format: Format, bytes: ByteString, pad: boolean): string {
  const hex = (from: number, to: number) =>
    Array.from(bytes.slice(from, to), (char) => char.charCodeAt(0).toString(16).padStart(2, '0'));
  const printable = bytes.replace(/[^ -~]/g, '.');
  if (format === 'plain') return hex(0, bytes.length).join('');
  if (format === 'canonical')
    return `  ${`${hex(0, 8).join(' ').padEnd(23)}  ${hex(8, 16).join(' ')}`.padEnd(48)}  |${printable}|`;
  if (format === 'xxd')
    return `: ${hex(0, 16)
      .join('')
      .replace(/(.{4})(?=.)/g, '$1 ')
      .padEnd(39)}  ${printable}`;
  const size = format === 'c' || format === 'a' ? 1 : Number(format.slice(1));
  const width = widths[format] ?? 4;
  let out = '';
  for (let at = 0; at < bytes.length; at += size) out += cell(format, bytes, at, size).padStart(width);
  return pad ? out.padEnd((16 / size) * width) : out;
}

function cell(format: Format, bytes: ByteString, at: number, size: number): string {
  let value = 0;
  for (let i = size - 1; i >= 0; i--) value = value * 256 + (at + i < bytes.length ? bytes.charCodeAt(at + i) : 0);
  switch (format[0]) {
    case 'o':
      return value.toString(8).padStart(size === 1 ? 3 : 6, '0');
    case 'x':
      return value.toString(16).padStart(size * 2, '0');
    case 'd':
      return String(value >= 2 ** (size * 8 - 1) ? value - 2 ** (size * 8) : value);
    case 'u':
      return String(value);
    case 'a':
      return value === 127 ? 'del' : (named[value & 127] ?? String.fromCharCode(value & 127));
    default:
      return (
        escapes[value] ?? (value >= 32 && value < 127 ? String.fromCharCode(value) : value.toString(8).padStart(3, '0'))
      );
  }
}
