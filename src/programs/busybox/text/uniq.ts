import type { ByteString } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Applet, Io } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { lineFilter } from '../../makers/line-filter.ts';
import { countOption, parseOptions } from '../../options.ts';

const line = {
  usage: '[-cduiz] [-f,s,w N] [FILE [OUTFILE]]',
  short: 'cdf:is:uw:z',
  long: [
    'count=c',
    'repeated=d',
    'skip-fields:=f',
    'ignore-case=i',
    'skip-chars:=s',
    'unique=u',
    'check-chars:=w',
    'zero-terminated=z',
  ],
  operands: [0, 2] as const,
};

type State = {
  readonly count: boolean;
  readonly only: 'all' | 'repeated' | 'unique' | 'none';
  readonly ignoreCase: boolean;
  readonly fields: number;
  readonly skip: number;
  readonly width: number;
  readonly end: string;
  /** The first line of the present group and how many there were. */
  readonly held: ByteString | null;
  readonly seen: number;
};

/** `uniq`: lines that repeat the one before are left out. */
export const uniq: Applet = (style) =>
  lineFilter<State>(style, {
    begin(io) {
      const options = parseOptions(io, line);
      if (typeof options === 'number') return options;
      const [fields, skip, width] = (['f', 's', 'w'] as const).map((name) =>
        countOption(io, options, name, name === 'w' ? Infinity : 0),
      );
      for (const number of [fields, skip, width]) if (typeof number === 'object') return number.wrong;
      const only = options.has('d') ? (options.has('u') ? 'none' : 'repeated') : options.has('u') ? 'unique' : 'all';
      const [input = '-', output = '-'] = options.operands;
      if (output !== '-') {
        const fd = io.sys.fs.open(output, { write: true, create: true, truncate: true }, 0o666);
        if (isErrno(fd)) return complain(io, `${output}: ${strerror(fd)}`);
        io.sys.dup(fd, 1);
        io.sys.close(fd);
      }
      const state: State = {
        count: options.has('c'),
        only,
        ignoreCase: options.has('i'),
        end: options.has('z') ? '\0' : '\n',
        fields: Number(fields),
        skip: Number(skip),
        width: width === Infinity ? -1 : Number(width),
        held: null,
        seen: 0,
      };
      return { state, inputs: [input] };
    },
    failed(state, input, error, when, io) {
      const open = style.flavour === 'busybox' && when === 'open';
      io.finish(complain(io, `${open ? `can't open '${input}'` : input}: ${strerror(error)}`));
      return state;
    },
    terminator: (state) => state.end,
    line(state, text, io) {
      if (state.held !== null && key(state, state.held) === key(state, text)) return { ...state, seen: state.seen + 1 };
      flush(state, io);
      return { ...state, held: text, seen: 1 };
    },
    end(state, io) {
      flush(state, io);
      return 0;
    },
  });

function key(state: State, text: ByteString): ByteString {
  let at = 0;
  for (let field = 0; field < state.fields; field++) at += /^[ \t]*[^ \t]*/.exec(text.slice(at))?.[0].length ?? 0;
  const from = text.slice(at + state.skip);
  const part = state.width < 0 ? from : from.slice(0, state.width);
  return state.ignoreCase ? part.toLowerCase() : part;
}

function flush(state: State, io: Io): void {
  if (state.held === null) return;
  if (
    state.only === 'none' ||
    (state.only === 'repeated' && state.seen < 2) ||
    (state.only === 'unique' && state.seen > 1)
  )
    return;
  io.out(`${state.count ? `${String(state.seen).padStart(7)} ` : ''}${state.held}${state.end}`);
}
