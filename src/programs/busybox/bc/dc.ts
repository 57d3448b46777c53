import type { ByteString } from '../../../kernel/bytes.ts';
import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Next } from '../../../kernel/program.ts';
import { buffered } from '../../makers/buffered.ts';
import type { Applet, Io } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { parseOptions } from '../../options.ts';
import { type DcState, dcRun } from './dc-run.ts';

type State = DcState & { readonly pending: ByteString };

const line = {
  usage: '[-x] [-e SCRIPT]... [-f FILE]... [FILE]...',
  short: 'e:f:x',
  long: ['expression:=e', 'file:=f'],
};

/** `dc`, the calculator in reverse Polish notation. */
export const dc: Applet = (style) =>
  buffered<State>(style, {
    start(io) {
      const options = parseOptions(io, line);
      if (typeof options === 'number') return { exit: options };
      if (options.has('x')) return { exit: complain(io, 'option -x is not simulated') };
      let state: DcState = { stack: [], registers: {}, scale: 0, ibase: 10, obase: 10 };
      const files = options.operands.map((file): readonly ['f', string] => ['f', file]);
      for (const [name, value = ''] of [...options.given, ...files]) {
        const got = name === 'f' ? io.sys.fs.readFile(value) : { bytes: encodeUtf8(`${value}\n`) };
        if (isErrno(got))
          return {
            exit: complain(
              io,
              style.flavour === 'busybox' ? `can't open '${value}': ${strerror(got)}` : `Could not open file ${value}`,
            ),
          };
        const done = dcRun(io, state, decodeUtf8(got.bytes));
        if (done === 'quit') return { exit: 0 };
        state = done;
      }
      return options.given.length + files.length > 0 ? { exit: 0 } : read({ ...state, pending: '' }, io);
    },
    step: (state, _wake, io) => read(state, io),
  });

function read(from: State, io: Io): Next<State> {
  let state = from;
  for (;;) {
    const got = io.sys.read(0, 4096);
    if (got === 'again') return { state, wait: { readable: [0] } };
    const ended = got === 'eof' || isErrno(got);
    const text = ended ? state.pending : state.pending + got.bytes;
    const open = (text.match(/\[/g)?.length ?? 0) > (text.match(/\]/g)?.length ?? 0);
    const end = ended ? text.length : open ? 0 : text.lastIndexOf('\n') + 1;
    const done = dcRun(io, state, decodeUtf8(text.slice(0, end)));
    if (done === 'quit' || ended) return { exit: 0 };
    state = { ...done, pending: text.slice(end) };
  }
}
