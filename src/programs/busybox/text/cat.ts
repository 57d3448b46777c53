import type { ByteString } from '../../../kernel/bytes.ts';
import { strerror } from '../../../kernel/errno.ts';
import { filter } from '../../makers/filter.ts';
import type { Applet } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { parseOptions } from '../../options.ts';

const line = { usage: '[-nbvteA] [FILE]...', short: 'nbvteAsETu' };

type State = {
  readonly number: 'none' | 'all' | 'nonblank';
  readonly ends: boolean;
  readonly tabs: boolean;
  readonly visible: boolean;
  readonly squeeze: boolean;
  readonly count: number;
  /** At the start of a line, and how many empty lines precede. */
  readonly fresh: boolean;
  readonly empty: number;
};

/** `cat`: inputs one after the other; with options, lines numbered or control characters made visible. */
export const cat: Applet = (style) =>
  filter<State>(style, {
    begin(io) {
      const options = parseOptions(io, line);
      if (typeof options === 'number') return options;
      const has = (letters: string) => [...letters].some(options.has);
      const number = options.has('b') ? 'nonblank' : options.has('n') ? 'all' : 'none';
      const state: State = {
        number,
        ends: has('eAE'),
        tabs: has('tAT'),
        visible: has('vetA'),
        squeeze: has('s'),
        count: 0,
        fresh: true,
        empty: 0,
      };
      return { state, inputs: options.operands };
    },
    chunk(state, bytes, io) {
      if (state.number === 'none' && !state.ends && !state.tabs && !state.visible && !state.squeeze) {
        io.out(bytes);
        return state;
      }
      let { count, fresh, empty } = state;
      let out = '';
      for (const piece of bytes.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
        const blank = fresh && piece === '\n';
        empty = blank ? empty + 1 : 0;
        if (state.squeeze && empty > 1) continue;
        if (fresh && state.number !== 'none' && !(blank && state.number === 'nonblank')) {
          out += `${String(++count).padStart(6)}\t`;
        }
        const ended = piece.endsWith('\n');
        const text = ended ? piece.slice(0, -1) : piece;
        out += visible(text, state) + (ended ? `${state.ends ? '$' : ''}\n` : '');
        fresh = ended;
      }
      io.out(out);
      return { ...state, count, fresh, empty };
    },
    closed(state, _input, io) {
      // busybox numbers line by line, and ends every line.
      if (style.flavour !== 'busybox' || state.number === 'none' || state.fresh) return state;
      io.out('\n');
      return { ...state, fresh: true };
    },
    failed(state, input, error, when, io) {
      const busybox = style.flavour === 'busybox';
      const place = !busybox ? input : when === 'open' ? `can't open '${input}'` : 'read error';
      io.fail(complain(io, `${place}: ${strerror(error)}`));
      return state;
    },
  });

function visible(text: ByteString, state: State): ByteString {
  if (!state.visible && !state.tabs) return text;
  return text.replace(/[\x00-\x1f\x7f-\xff]/g, (char) => {
    if (char === '\t') return state.tabs ? '^I' : char;
    if (!state.visible) return char;
    const code = char.charCodeAt(0);
    const low = code & 0x7f;
    const shown = low < 32 ? `^${String.fromCharCode(low + 64)}` : low === 127 ? '^?' : String.fromCharCode(low);
    return code > 127 ? `M-${shown}` : shown;
  });
}
