import type { ByteString } from '../../../kernel/bytes.ts';
import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { strerror } from '../../../kernel/errno.ts';
import type { Applet, Io } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { wholeInput } from '../../makers/whole-input.ts';
import { parseOptions } from '../../options.ts';

type State = {
  readonly names: readonly [string, string];
  readonly silent: boolean;
  readonly list: boolean;
  readonly most: number;
  readonly skip: readonly [number, number];
  readonly files: readonly ByteString[];
};

/** `cmp`: where two files differ first; -l lists all differences, -s only tells by the status. */
export const cmp: Applet = (style) =>
  wholeInput<State>(style, {
    begin(io) {
      const options = parseOptions(io, {
        usage: '[-ls] [-n NUM] FILE1 [FILE2 [SKIP1 [SKIP2]]]',
        short: 'lsn:',
        long: ['silent=s', 'quiet=s', 'verbose=l'],
        operands: [1, 4],
        status: style.flavour === 'busybox' ? 1 : 2,
      });
      if (typeof options === 'number') return options;
      const [a = '-', b = '-', ...skips] = options.operands;
      const skip: readonly [number, number] = [Number(skips[0] ?? 0), Number(skips[1] ?? 0)];
      const most = Number(options.value('n') ?? Number.MAX_SAFE_INTEGER);
      return {
        state: { names: [a, b], silent: options.has('s'), list: options.has('l'), most, skip, files: [] },
        inputs: [a, b],
      };
    },
    file: (state, bytes) => ({
      ...state,
      files: [...state.files, fromSkip(bytes, state.skip[state.files.length === 0 ? 0 : 1], state.most)],
    }),
    failed(state, input, error, _when, io) {
      if (!state.silent) complain(io, `${input}: ${strerror(error)}`);
      io.finish(2);
      return state;
    },
    end(state, io) {
      const [a = '', b = ''] = state.files;
      return a === b ? 0 : differ(state, a, b, io);
    },
  });

function fromSkip(bytes: ByteString, skip: number, most: number): ByteString {
  return bytes.slice(skip).slice(0, most);
}

function differ(state: State, a: ByteString, b: ByteString, io: Io): number {
  const common = Math.min(a.length, b.length);
  const octal = (bytes: ByteString, at: number) => bytes.charCodeAt(at).toString(8).padStart(3);
  let line = 1;
  for (let at = 0; at < common; at++) {
    if (a[at] !== b[at]) {
      if (state.silent) return 1;
      if (!state.list) {
        const unit = io.style.flavour === 'busybox' ? 'char' : 'byte';
        io.out(encodeUtf8(`${state.names[0]} ${state.names[1]} differ: ${unit} ${at + 1}, line ${line}\n`));
        return 1;
      }
      io.out(`${at + 1} ${octal(a, at)} ${octal(b, at)}\n`);
    }
    if (a[at] === '\n') line++;
  }
  if (a.length !== b.length && !state.silent) {
    const name = a.length < b.length ? state.names[0] : state.names[1];
    const where = io.style.flavour === 'busybox' ? '' : gnuPlace(a, common, line, state.list);
    complain(io, `EOF on ${name}${where}`);
  }
  return 1;
}

function gnuPlace(bytes: ByteString, common: number, line: number, list: boolean): string {
  if (common === 0) return ' which is empty';
  if (list) return ` after byte ${common}`;
  return bytes[common - 1] === '\n'
    ? ` after byte ${common}, line ${line - 1}`
    : ` after byte ${common}, in line ${line}`;
}

type Paste = {
  readonly files: readonly (readonly ByteString[])[];
  readonly delimiters: readonly string[];
  readonly serial: boolean;
};

/** `paste`: lines of several files side by side, or with -s the lines of each in one. */
export const paste: Applet = (style) =>
  wholeInput<Paste>(style, {
    begin(io) {
      const options = parseOptions(io, {
        usage: '[-d LIST] [-s] [FILE]...',
        short: 'd:s',
        long: ['delimiters:=d', 'serial=s'],
      });
      if (typeof options === 'number') return options;
      const escapes: { readonly [letter: string]: string } = { n: '\n', t: '\t', '\\': '\\', '0': '' };
      const list = (options.value('d') ?? '\t').match(/\\.|[\s\S]/gu) ?? ['\t'];
      const delimiters = list.map((item) =>
        encodeUtf8(item.length === 2 && item.startsWith('\\') ? (escapes[item[1] ?? ''] ?? item[1] ?? '') : item),
      );
      return { state: { files: [], delimiters, serial: options.has('s') }, inputs: options.operands };
    },
    file(state, bytes) {
      const lines = bytes.split('\n');
      if (lines.at(-1) === '') lines.pop();
      return { ...state, files: [...state.files, lines] };
    },
    end(state, io) {
      if (style.flavour === 'busybox' && !state.serial) {
        pasteBusybox(state, io);
        return 0;
      }
      const rows = state.serial
        ? state.files
        : Array.from({ length: Math.max(0, ...state.files.map((lines) => lines.length)) }, (_, row) =>
            state.files.map((lines) => lines[row] ?? ''),
          );
      for (const row of rows) {
        io.out(
          `${row.map((cell, at) => (at === 0 ? cell : (state.delimiters[(at - 1) % state.delimiters.length] ?? '') + cell)).join('')}\n`,
        );
      }
      return 0;
    },
  });

/** busybox leaves out files that have ended, and with the last file's lines go the newlines. */
function pasteBusybox({ files, delimiters }: Paste, io: Io): void {
  const rows = Math.max(0, ...files.map((lines) => lines.length));
  for (let row = 0; row < rows; row++) {
    let used = 0;
    files.forEach((lines, at) => {
      const line = lines[row];
      if (line === undefined) return;
      io.out(line + (at === files.length - 1 ? '\n' : (delimiters[used++ % delimiters.length] ?? '')));
    });
  }
}

type Fold = { readonly width: number; readonly words: boolean };

/** `fold`: long lines in pieces; -s breaks behind blanks. */
export const fold: Applet = (style) =>
  wholeInput<Fold>(style, {
    begin(io) {
      const options = parseOptions(io, {
        usage: '[-bs] [-w WIDTH] [FILE]...',
        short: 'bsw:',
        long: ['width:=w', 'spaces=s', 'bytes=b'],
      });
      if (typeof options === 'number') return options;
      const width = Number(options.value('w') ?? 80);
      if (!(width > 0)) return complain(io, `invalid number '${options.value('w') ?? ''}'`);
      return { state: { width, words: options.has('s') }, inputs: options.operands };
    },
    file(state, bytes, _input, io) {
      io.out(
        bytes
          .split('\n')
          .map((text) => foldLine(text, state))
          .join('\n'),
      );
      return state;
    },
  });

function foldLine(text: ByteString, { width, words }: Fold): ByteString {
  const pieces: ByteString[] = [];
  let rest = text;
  while (rest.length > width) {
    const blank = words ? rest.lastIndexOf(' ', width - 1) : -1;
    const end = blank >= 0 ? blank + 1 : width;
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...pieces, rest].join('\n');
}
