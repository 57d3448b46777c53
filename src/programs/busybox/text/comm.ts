import type { ByteString } from '../../../kernel/bytes.ts';
import type { Applet } from '../../makers/io.ts';
import { wholeInput } from '../../makers/whole-input.ts';
import { parseOptions } from '../../options.ts';

type State = { readonly hidden: string; readonly files: readonly (readonly ByteString[])[] };

/** `comm`: the lines of two sorted files: only in the first, only in the second, in both. */
export const comm: Applet = (style) =>
  wholeInput<State>(style, {
    begin(io) {
      const options = parseOptions(io, { usage: '[-123] FILE1 FILE2', short: '123', operands: [2, 2] });
      if (typeof options === 'number') return options;
      const hidden = ['1', '2', '3'].filter((column) => options.has(column)).join('');
      return { state: { hidden, files: [] }, inputs: options.operands };
    },
    file: (state, bytes) => ({ ...state, files: [...state.files, bytes.match(/[^\n]*\n|[^\n]+$/g) ?? []] }),
    end(state, io) {
      const [a = [], b = []] = state.files;
      const put = (column: '1' | '2' | '3', line: ByteString) => {
        if (state.hidden.includes(column)) return;
        const before = ['1', '2', '3'].filter((other) => other < column && !state.hidden.includes(other));
        io.out(`${'\t'.repeat(before.length) + line.replace(/\n$/, '')}\n`);
      };
      let [i, j] = [0, 0];
      while (i < a.length || j < b.length) {
        const [x, y] = [a[i]?.replace(/\n$/, ''), b[j]?.replace(/\n$/, '')];
        if (y === undefined || (x !== undefined && x < y)) {
          put('1', x ?? '');
          i++;
        } else if (x === undefined || y < x) {
          put('2', y);
          j++;
        } else {
          put('3', x);
          i++;
          j++;
        }
      }
      io.sys.spend((a.length + b.length) >> 2);
      return 0;
    },
  });

/** `expand`: tabs as blanks; `unexpand`: blanks at the beginning as tabs (-a: all of them). */
export const expand: Applet = (style) =>
  wholeInput<{ readonly stops: number; readonly initial: boolean }>(style, {
    begin(io) {
      const options = parseOptions(io, {
        usage: '[-i] [-t N] [FILE]...',
        short: 'it:',
        long: ['initial=i', 'tabs:=t'],
      });
      if (typeof options === 'number') return options;
      const stops = Number(options.value('t') ?? 8);
      if (!Number.isInteger(stops) || stops < 1) {
        io.err(`${style.name}: invalid number '${options.value('t') ?? ''}'\n`);
        return 1;
      }
      return { state: { stops, initial: options.has('i') }, inputs: options.operands };
    },
    file(state, bytes, _input, io) {
      io.out(
        bytes
          .split('\n')
          .map((line) => expandLine(line, state.stops, state.initial))
          .join('\n'),
      );
      return state;
    },
  });

/** `unexpand`: blanks at the beginning of lines as tabs; -a: all of two and more that end at a tab stop. */
export const unexpand: Applet = (style) =>
  wholeInput<{ readonly stops: number; readonly all: boolean }>(style, {
    begin(io) {
      const options = parseOptions(io, {
        usage: '[-fa] [-t N] [FILE]...',
        short: 'fat:',
        long: ['all=a', 'first-only=f', 'tabs:=t'],
      });
      if (typeof options === 'number') return options;
      const stops = Number(options.value('t') ?? 8);
      if (!Number.isInteger(stops) || stops < 1) {
        io.err(`${style.name}: invalid number '${options.value('t') ?? ''}'\n`);
        return 1;
      }
      const all = (options.has('a') || options.has('t')) && !options.has('f');
      return { state: { stops, all }, inputs: options.operands };
    },
    file(state, bytes, _input, io) {
      const lines = bytes.split('\n').map((line) => unexpandLine(line, state.stops, state.all));
      io.out(lines.join('\n'));
      return state;
    },
  });

function unexpandLine(line: ByteString, stops: number, all: boolean): ByteString {
  let out = '';
  let column = 0;
  let blanks = '';
  let first = true;
  for (const c of line) {
    if ((c === ' ' || c === '\t') && (first || all)) {
      blanks += c;
      column = c === '\t' ? column - (column % stops) + stops : column + 1;
      // one blank before a stop stays one
      if (column % stops === 0) {
        out += blanks === ' ' && !first ? ' ' : '\t';
        blanks = '';
      }
      continue;
    }
    out += blanks + c;
    blanks = '';
    column++;
    first = false;
  }
  return out + blanks;
}

function expandLine(line: ByteString, stops: number, initial: boolean): ByteString {
  let out = '';
  for (const c of line) {
    if (c === '\t' && (!initial || /^\s*$/.test(out))) out += ' '.repeat(stops - (out.length % stops));
    else out += c;
  }
  return out;
}

/** `shuf`: lines (or -e words, or -i numbers) in an order by chance. */
export const shuf: Applet = (style) =>
  wholeInput<{ readonly most: number; readonly lines: readonly ByteString[] }>(style, {
    begin(io) {
      const options = parseOptions(io, {
        usage: '[-n NUM] [-o FILE] [-z] [FILE | -e [ARG...] | -i L-H]',
        short: 'en:i:',
        long: ['echo=e', 'head-count:=n', 'input-range:=i'],
      });
      if (typeof options === 'number') return options;
      const most = Number(options.value('n') ?? Number.MAX_SAFE_INTEGER);
      const range = /^(\d+)-(\d+)$/.exec(options.value('i') ?? '');
      if (!(most >= 0) || (options.has('i') && (range === null || Number(range[2]) - Number(range[1]) > 1_000_000))) {
        io.err(`${style.name}: invalid number '${options.value(range === null ? 'i' : 'n') ?? ''}'\n`);
        return 1;
      }
      const from = Number(range?.[1] ?? 0);
      const given = range
        ? Array.from({ length: Math.max(0, Number(range[2]) - from + 1) }, (_, at) => `${from + at}\n`)
        : options.has('e')
          ? options.operands.map((word) => `${word}\n`)
          : [];
      const direct = range !== null || options.has('e');
      return { state: { most, lines: given }, inputs: direct ? ['/dev/null'] : options.operands };
    },
    file: (state, bytes) => ({ ...state, lines: [...state.lines, ...(bytes.match(/[^\n]*\n|[^\n]+$/g) ?? [])] }),
    end(state, io) {
      const lines = [...state.lines];
      for (let at = lines.length - 1; at > 0; at--) {
        const other = io.sys.random() % (at + 1);
        [lines[at], lines[other]] = [lines[other] ?? '', lines[at] ?? ''];
      }
      for (const line of lines.slice(0, state.most)) io.out(line.endsWith('\n') ? line : `${line}\n`);
      return 0;
    },
  });

/** `split`: a file in pieces of so many lines (-l) or bytes (-b). */
export const split: Applet = (style) =>
  wholeInput<{ readonly lines: number; readonly bytes: number; readonly prefix: string; readonly letters: number }>(
    style,
    {
      begin(io) {
        const options = parseOptions(io, { usage: '[OPTIONS] [INPUT [PREFIX]]', short: 'b:l:a:', operands: [0, 2] });
        if (typeof options === 'number') return options;
        const size = (text: string | undefined, otherwise: number) => {
          const [, digits, unit = ''] = /^(\d+)([bkm]?)$/i.exec(text ?? String(otherwise)) ?? [];
          return digits === undefined
            ? 0
            : Number(digits) * ({ '': 1, b: 512, k: 1024, m: 1048576 }[unit.toLowerCase()] ?? 1);
        };
        const [input = '-', prefix = 'x'] = options.operands;
        const state = {
          lines: size(options.value('l'), 1000),
          bytes: options.has('b') ? size(options.value('b'), 0) : -1,
          prefix,
          letters: size(options.value('a'), 2),
        };
        if (state.lines === 0 || state.bytes === 0 || state.letters === 0) {
          io.err(`${style.name}: invalid number '${options.value(state.bytes === 0 ? 'b' : 'l') ?? ''}'\n`);
          return 1;
        }
        return { state, inputs: [input] };
      },
      file(state, bytes, _input, io) {
        const pieces: ByteString[] = [];
        if (state.bytes > 0)
          for (let at = 0; at < bytes.length; at += state.bytes) pieces.push(bytes.slice(at, at + state.bytes));
        else {
          const lines = bytes.match(/[^\n]*\n|[^\n]+$/g) ?? [];
          for (let at = 0; at < lines.length; at += state.lines)
            pieces.push(lines.slice(at, at + state.lines).join(''));
        }
        for (const [number, piece] of pieces.entries()) {
          let suffix = '';
          for (let i = 0, rest = number; i < state.letters; i++, rest = Math.floor(rest / 26))
            suffix = String.fromCharCode(97 + (rest % 26)) + suffix;
          if (number >= 26 ** state.letters) {
            io.err(`${style.name}: suffixes exhausted\n`);
            io.fail();
            break;
          }
          io.sys.fs.writeFile(state.prefix + suffix, piece);
        }
        return state;
      },
    },
  );
