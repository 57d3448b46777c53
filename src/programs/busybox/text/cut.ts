import type { ByteString } from '../../../kernel/bytes.ts';
import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { strerror } from '../../../kernel/errno.ts';
import type { Applet, StartIo } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { lineFilter } from '../../makers/line-filter.ts';
import { parseOptions, showUsage } from '../../options.ts';

const line = {
  usage: '{-b|c LIST | -f LIST [-d SEP] [-s]} [-O SEP] [FILE]...',
  short: 'b:c:f:d:snO:',
  long: ['bytes:=b', 'characters:=c', 'fields:=f', 'delimiter:=d', 'only-delimited=s', 'output-delimiter:=O'],
};

/** GNU's can choose the others as well. */
const gnuLine = { ...line, short: 'b:c:f:d:snz', long: [...line.long, 'complement'] };

type Range = readonly [from: number, to: number];

type State = {
  readonly mode: 'bytes' | 'fields';
  readonly ranges: readonly Range[];
  readonly delimiter: ByteString;
  readonly join: ByteString;
  readonly onlyDelimited: boolean;
  /** What ends a line. */
  readonly end: string;
};

/** `cut`: chosen bytes or fields of each line. */
export const cut: Applet = (style) =>
  lineFilter<State>(style, {
    begin(io) {
      const options = parseOptions(io, style.flavour === 'busybox' ? line : gnuLine);
      if (typeof options === 'number') return options;
      const lists = options.given.filter(([name]) => 'bcf'.includes(name));
      const [mode, list] = lists[0] ?? [];
      if (mode === undefined || list === undefined || lists.length > 1) {
        if (style.flavour === 'busybox') return complain(io, 'expected a list of bytes, characters, or fields');
        complain(
          io,
          lists.length > 1
            ? 'only one list may be specified'
            : 'you must specify a list of bytes, characters, or fields',
        );
        return showUsage(io, line);
      }
      if (mode !== 'f' && (options.has('d') || options.has('s'))) {
        const what = options.has('d') ? 'specifying a delimiter' : 'suppressing non-delimited lines';
        if (style.flavour === 'busybox') return complain(io, `${what} makes sense only when operating on fields`);
        const gnu = options.has('d')
          ? 'an input delimiter may be specified'
          : 'suppressing non-delimited lines makes sense\n\t';
        complain(io, `${gnu}${options.has('d') ? ' ' : ''}only when operating on fields`);
        return showUsage(io, line);
      }
      const given = parseRanges(io, list);
      if (typeof given === 'number') return given;
      const ranges = options.has('complement') ? others(given) : given;
      const delimiter = encodeUtf8(options.value('d') ?? '\t');
      if (style.flavour === 'coreutils' && [...(options.value('d') ?? '-')].length !== 1) {
        complain(io, 'the delimiter must be a single character');
        return showUsage(io, line);
      }
      const state: State = {
        mode: mode === 'f' ? 'fields' : 'bytes',
        ranges,
        delimiter,
        onlyDelimited: options.has('s'),
        end: options.has('z') ? '\0' : '\n',
        join: encodeUtf8(options.value('O') ?? '') || (mode === 'f' ? delimiter : ''),
      };
      return { state, inputs: options.operands };
    },
    terminator: (state) => state.end,
    line(state, text, io) {
      const cutLine = state.mode === 'bytes' ? cutBytes(state, text) : cutFields(state, text);
      if (cutLine !== undefined) io.out(`${cutLine}${state.end}`);
      return state;
    },
    failed(state, input, error, _when, io) {
      io.fail(complain(io, `${input}: ${strerror(error)}`));
      return state;
    },
  });

/** `1,3-5,7-,-2` as sorted ranges that do not overlap, counted from 1. */
function parseRanges(io: StartIo, list: string): readonly Range[] | number {
  const ranges: Range[] = [];
  for (const item of list.split(',')) {
    const [, from = '', dash, to = ''] = /^([^-]*)(-?)(.*)$/.exec(item) ?? [];
    for (const number of [from, to])
      if (number !== '' && !/^\d+$/.test(number)) return complain(io, `invalid number '${number}'`);
    if (io.style.flavour === 'coreutils' && /^0|-0$/.test(item)) {
      complain(io, 'fields are numbered from 1');
      return showUsage(io, line);
    }
    if (item === '' || item === '-') return complain(io, 'invalid byte or field list');
    const low = from === '' ? 1 : Number(from);
    const high = dash === '' ? low : to === '' ? Number.MAX_SAFE_INTEGER : Number(to);
    if (low === 0 || high === 0) return complain(io, 'invalid byte or field list');
    if (high < low) return complain(io, `invalid range ${item}`);
    ranges.push([low, high]);
  }
  ranges.sort((a, b) => a[0] - b[0]);
  const merged: Range[] = [];
  for (const range of ranges) {
    const last = merged.at(-1);
    if (last !== undefined && range[0] <= last[1]) merged[merged.length - 1] = [last[0], Math.max(last[1], range[1])];
    else merged.push(range);
  }
  return merged;
}

/** What the ranges leave out. */
function others(ranges: readonly Range[]): readonly Range[] {
  const left: Range[] = [];
  let from = 1;
  for (const [low, high] of ranges) {
    if (low > from) left.push([from, low - 1]);
    from = high + 1;
  }
  return from < Number.MAX_SAFE_INTEGER ? [...left, [from, Number.MAX_SAFE_INTEGER]] : left;
}

function cutBytes(state: State, text: ByteString): ByteString {
  const parts = state.ranges.filter(([from]) => from <= text.length).map(([from, to]) => text.slice(from - 1, to));
  return parts.join(state.join);
}

function cutFields(state: State, text: ByteString): ByteString | undefined {
  const fields = text.split(state.delimiter);
  if (fields.length === 1) return state.onlyDelimited ? undefined : text;
  return state.ranges.flatMap(([from, to]) => fields.slice(from - 1, to)).join(state.join);
}
