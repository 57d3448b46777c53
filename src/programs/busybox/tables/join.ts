import type { ByteString } from '../../../kernel/bytes.ts';
import type { Applet, Io } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { wholeInput } from '../../makers/whole-input.ts';
import { parseOptions } from '../../options.ts';

type Line = readonly ByteString[];
type State = {
  readonly files: readonly (readonly Line[])[];
  readonly keys: readonly [number, number];
  readonly separator: string;
  readonly unpaired: readonly number[];
  /** -v: lines with a pair are not shown. */
  readonly pairs: boolean;
  readonly fold: boolean;
  readonly empty: string;
  readonly format: readonly string[];
};

/** `join`: lines of two sorted files that have a field in common. */
export const join: Applet = (style) =>
  wholeInput<State>(style, {
    begin(io) {
      const options = parseOptions(io, {
        usage: '[OPTION]... FILE1 FILE2',
        short: 'a:e:ij:o:t:v:1:2:',
        long: ['ignore-case=i', 'check-order', 'nocheck-order'],
        operands: [2, 2],
      });
      if (typeof options === 'number') return options;
      const both = options.value('j');
      const keys = [options.value('1') ?? both ?? '1', options.value('2') ?? both ?? '1'];
      const wrong = keys.find((key) => !/^[1-9]\d*$/.test(key));
      if (wrong !== undefined) return complain(io, `invalid field number: ‘${wrong}’`);
      const only = options.given.flatMap(([name, value]) => (name === 'v' ? [Number(value)] : []));
      const also = options.given.flatMap(([name, value]) => (name === 'a' ? [Number(value)] : []));
      return {
        state: {
          files: [],
          keys: [Number(keys[0]) - 1, Number(keys[1]) - 1],
          separator: options.value('t') ?? '',
          unpaired: [...only, ...also],
          pairs: only.length === 0,
          fold: options.has('i'),
          empty: options.value('e') ?? '',
          format: options.value('o')?.split(/[, ]+/) ?? [],
        },
        inputs: options.operands,
      };
    },
    file: (state, bytes) => ({
      ...state,
      files: [
        ...state.files,
        bytes
          .split('\n')
          .slice(0, bytes.endsWith('\n') ? -1 : undefined)
          .map((line) => (state.separator === '' ? line.trim().split(/[ \t]+/) : line.split(state.separator))),
      ],
    }),
    end(state, io) {
      if (state.files.length < 2) return 1;
      merge(state, io);
      return 0;
    },
  });

function merge(state: State, io: Io): void {
  const [a = [], b = []] = state.files;
  const key = (line: Line | undefined, which: 0 | 1): string | undefined => {
    const text = line && (line[state.keys[which]] ?? '');
    return state.fold ? text?.toLowerCase() : text;
  };
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [x, y] = [key(a[i], 0), key(b[j], 1)];
    if (y === undefined || (x !== undefined && x < y)) {
      if (state.unpaired.includes(1)) show(state, io, a[i], undefined);
      i++;
    } else if (x === undefined || y < x) {
      if (state.unpaired.includes(2)) show(state, io, undefined, b[j]);
      j++;
    } else {
      let end = j;
      while (key(b[end], 1) === y) end++;
      for (; key(a[i], 0) === x; i++) if (state.pairs) for (let at = j; at < end; at++) show(state, io, a[i], b[at]);
      j = end;
    }
  }
  io.sys.spend((a.length + b.length) >> 2);
}

function show(state: State, io: Io, one: Line | undefined, other: Line | undefined): void {
  const [first, second] = state.keys;
  const between = state.separator === '' ? ' ' : state.separator;
  const common = one?.[first] ?? other?.[second] ?? '';
  const rest = (line: Line | undefined, at: number): Line => line?.filter((_, index) => index !== at) ?? [];
  const fields =
    state.format.length === 0
      ? [common, ...rest(one, first), ...rest(other, second)]
      : state.format.map((spec) => {
          if (spec === '0') return common;
          const [which, field] = spec.split('.').map(Number);
          return (which === 1 ? one : other)?.[(field ?? 1) - 1] || state.empty;
        });
  io.out(`${fields.join(between)}\n`);
}
