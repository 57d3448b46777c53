import type { Applet } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { wholeInput } from '../../makers/whole-input.ts';
import { parseOptions } from '../../options.ts';

type State = { readonly least: number; readonly named: boolean; readonly radix: string };

/** `strings`: runs of printable characters in files of any kind. */
export const strings: Applet = (style) =>
  wholeInput<State>(style, {
    begin(io) {
      const options = parseOptions(io, {
        usage: '[-fo] [-t o|d|x] [-n LEN] [FILE]...',
        short: 'afon:t:',
        long: ['bytes:=n', 'all=a', 'print-file-name=f', 'radix:=t'],
      });
      if (typeof options === 'number') return options;
      const text = options.value('n') ?? '4';
      if (!/^[1-9]\d*$/.test(text)) return complain(io, `invalid number '${text}'`);
      const radix = options.value('t') ?? (options.has('o') ? 'o' : '');
      return { state: { least: Number(text), named: options.has('f'), radix }, inputs: options.operands };
    },
    file(state, bytes, input, io) {
      const runs = new RegExp(`[\\t -~]{${state.least},}`, 'g');
      for (const found of bytes.matchAll(runs)) {
        const base = { o: 8, d: 10, x: 16 }[state.radix];
        const offset = base === undefined ? '' : `${found.index.toString(base).padStart(7)} `;
        io.out(`${state.named ? `${input}: ` : ''}${offset}${found[0]}\n`);
      }
      io.sys.spend(bytes.length >> 6);
      return state;
    },
  });
