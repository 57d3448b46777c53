import type { ByteString } from '../../../kernel/bytes.ts';
import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import { filter } from '../../makers/filter.ts';
import type { Applet, Io, StartIo } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { parseOptions } from '../../options.ts';

const line = {
  usage: '[-cmlwL] [FILE]...',
  short: 'lwmcL',
  long: ['lines=l', 'words=w', 'chars=m', 'bytes=c', 'max-line-length=L'],
};
const columns = ['l', 'w', 'm', 'c', 'L'] as const;
type Column = (typeof columns)[number];
type Counts = { readonly [column in Column]: number };

type State = {
  readonly wanted: readonly Column[];
  readonly width: number;
  readonly files: number;
  readonly named: boolean;
  readonly counts: Counts;
  readonly inWord: boolean;
  readonly length: number;
  readonly total: Counts;
};

const zero: Counts = { l: 0, w: 0, m: 0, c: 0, L: 0 };

/** `wc`: counts of lines, words, characters and bytes, and the longest line. */
export const wc: Applet = (style) =>
  filter<State>(style, {
    begin(io) {
      const options = parseOptions(io, line);
      if (typeof options === 'number') return options;
      const chosen = columns.filter((column) => options.has(column));
      const wanted: readonly Column[] = chosen.length > 0 ? chosen : ['l', 'w', 'c'];
      const inputs = options.operands;
      const width = columnWidth(io, inputs, wanted.length);
      const state: State = {
        wanted,
        width,
        files: Math.max(1, inputs.length),
        named: inputs.length > 0,
        counts: zero,
        inWord: false,
        length: 0,
        total: zero,
      };
      return { state, inputs };
    },
    opened: (state) => ({ ...state, counts: zero, inWord: false, length: 0 }),
    chunk: (state, bytes) => count(state, bytes),
    closed(state, input, io) {
      const counts = { ...state.counts, L: Math.max(state.counts.L, state.length) };
      print(state, counts, state.named ? input : undefined, io);
      const total = { ...zero };
      for (const column of columns) total[column] = state.total[column] + counts[column];
      total.L = Math.max(state.total.L, counts.L);
      return { ...state, total, length: 0 };
    },
    failed(state, input, error, _when, io) {
      io.fail(complain(io, `${input}: ${strerror(error)}`));
      return state;
    },
    end(state, io) {
      if (state.files > 1) print(state, state.total, 'total', io);
      return 0;
    },
  });

function count(state: State, bytes: ByteString): State {
  let { l, w, m, L } = state.counts;
  let { inWord, length } = state;
  for (let i = 0; i < bytes.length; i++) {
    const code = bytes.charCodeAt(i);
    if ((code & 0xc0) !== 0x80) m++;
    if (code === 32 || (code >= 9 && code <= 13)) {
      inWord = false;
      if (code === 9) length = (length | 7) + 1;
      else if (code === 32) length++;
      else if (code === 10 || code === 13 || code === 12) {
        L = Math.max(L, length);
        length = 0;
        if (code === 10) l++;
      }
    } else if (code > 32 && code !== 127) {
      if (!inWord) w++;
      inWord = true;
      if ((code & 0xc0) !== 0x80) length++;
    }
  }
  return { ...state, counts: { l, w, m, c: state.counts.c + bytes.length, L }, inWord, length };
}

/** busybox pads to nine when there are several columns; GNU wc as far as the inputs' sizes ask for. */
function columnWidth(io: StartIo, inputs: readonly string[], wanted: number): number {
  if (io.style.flavour === 'busybox') return wanted > 1 || inputs.length > 1 ? 9 : 0;
  if (wanted === 1 && inputs.length <= 1) return 0;
  const stats = inputs.map((input) => (input === '-' ? io.sys.fs.fstat(0) : io.sys.fs.stat(input)));
  if (inputs.length === 0 || stats.some((stat) => !isErrno(stat) && stat.type !== 'file')) return 7;
  const size = stats.reduce((sum, stat) => sum + (isErrno(stat) ? 0 : stat.size), 0);
  return String(size).length;
}

function print(state: State, counts: Counts, name: string | undefined, io: Io): void {
  const numbers = state.wanted.map((column) => String(counts[column]).padStart(state.width)).join(' ');
  io.out(`${numbers}${name === undefined ? '' : ` ${encodeUtf8(name)}`}\n`);
}
