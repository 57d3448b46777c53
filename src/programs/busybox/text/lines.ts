import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { strerror } from '../../../kernel/errno.ts';
import type { Applet } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { lineFilter } from '../../makers/line-filter.ts';
import { wholeInput } from '../../makers/whole-input.ts';
import { countOption, parseOptions } from '../../options.ts';

/** `rev`: the characters of each line backwards. */
export const rev: Applet = (style) =>
  lineFilter<null>(style, {
    begin(io) {
      const options = parseOptions(io, { usage: '[FILE]...', short: '' });
      return typeof options === 'number' ? options : { state: null, inputs: options.operands };
    },
    line(state, text, io, complete) {
      io.out(encodeUtf8([...decodeUtf8(text)].reverse().join('')) + (complete ? '\n' : ''));
      return state;
    },
  });

/** `tac`: the lines of each input, last one first. */
export const tac: Applet = (style) =>
  wholeInput<null>(style, {
    begin(io) {
      const options = parseOptions(io, { usage: '[FILE]...', short: '' });
      return typeof options === 'number' ? options : { state: null, inputs: options.operands };
    },
    file(state, bytes, _input, io) {
      io.out((bytes.match(/[^\n]*\n|[^\n]+$/g) ?? []).reverse().join(''));
      return state;
    },
    failed(state, input, error, when, io) {
      const gnu = when === 'open' ? `failed to open '${input}' for reading` : `${input}: read error`;
      io.fail(complain(io, `${style.flavour === 'busybox' ? input : gnu}: ${strerror(error)}`));
      return state;
    },
  });

type Numbering = {
  readonly style: string;
  readonly width: number;
  readonly separator: string;
  readonly step: number;
  readonly next: number;
};

const nlLine = {
  usage: '[OPTIONS] [FILE]...',
  short: 'pw:s:v:i:b:',
  long: ['body-numbering:=b', 'number-width:=w', 'number-separator:=s'],
};

/** `nl`: lines with numbers, by default only those that are not empty. */
export const nl: Applet = (style) =>
  lineFilter<Numbering>(style, {
    begin(io) {
      const options = parseOptions(io, nlLine);
      if (typeof options === 'number') return options;
      const [width, next, step] = [
        countOption(io, options, 'w', 6),
        countOption(io, options, 'v', 1),
        countOption(io, options, 'i', 1),
      ];
      if (typeof width === 'object') return width.wrong;
      if (typeof next === 'object') return next.wrong;
      if (typeof step === 'object') return step.wrong;
      const separator = encodeUtf8(options.value('s') ?? '\t');
      return { state: { style: options.value('b') ?? 't', width, separator, step, next }, inputs: options.operands };
    },
    line(state, text, io) {
      const numbered = state.style === 'a' || (state.style === 't' && text !== '');
      if (!numbered) {
        io.out(`${' '.repeat(state.width + state.separator.length)}${text}\n`);
        return state;
      }
      io.out(`${String(state.next).padStart(state.width)}${state.separator}${text}\n`);
      return { ...state, next: state.next + state.step };
    },
    failed(state, input, error, _when, io) {
      io.fail(complain(io, `${input}: ${strerror(error)}`));
      return state;
    },
  });
