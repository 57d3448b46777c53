import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Applet, Io } from '../../makers/io.ts';
import { wholeInput } from '../../makers/whole-input.ts';
import { parseOptions } from '../../options.ts';

type State = {
  readonly table: boolean;
  readonly separators: string | null;
  readonly between: string;
  readonly names: readonly string[];
  readonly width: number;
  readonly rowsFirst: boolean;
  readonly lines: readonly string[];
};

/** `column` of util-linux: lines in columns, or with -t as a table. */
export const column: Applet = (style) =>
  wholeInput<State>(style, {
    begin(io) {
      const options = parseOptions(io, {
        usage: '[options] [<file>...]',
        short: 'ts:o:N:c:x',
        long: ['table=t', 'separator:=s', 'output-separator:=o', 'table-columns:=N', 'output-width:=c', 'fillrows=x'],
      });
      if (typeof options === 'number') return options;
      const size = io.sys.winsize(1);
      return {
        state: {
          table: options.has('t') || options.has('N'),
          separators: options.value('s') ?? null,
          between: options.value('o') ?? '  ',
          names: options.value('N')?.split(',') ?? [],
          width: Number(options.value('c') ?? (isErrno(size) ? 80 : size.cols)),
          rowsFirst: options.has('x'),
          lines: [],
        },
        inputs: options.operands,
      };
    },
    file: (state, bytes) => ({
      ...state,
      lines: [
        ...state.lines,
        ...decodeUtf8(bytes)
          .split('\n')
          .filter((line) => line.trim() !== ''),
      ],
    }),
    end(state, io) {
      if (state.table) table(state, io);
      else columns(state, io);
      return 0;
    },
  });

function table({ lines, separators, between, names }: State, io: Io): void {
  const splitAt = separators === null ? /[ \t]+/ : undefined;
  const split = (line: string): readonly string[] => {
    if (splitAt) return line.trim().split(splitAt);
    const cells: string[] = [''];
    for (const c of line) {
      if (separators?.includes(c)) cells.push('');
      else cells[cells.length - 1] += c;
    }
    return cells;
  };
  const rows = [...(names.length > 0 ? [names] : []), ...lines.map(split)];
  const widths: number[] = [];
  for (const row of rows)
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, [...cell].length);
  for (const row of rows) {
    const cells = row.map((cell, at) => (at === widths.length - 1 ? cell : cell.padEnd(widths[at] ?? 0)));
    while (cells.length < widths.length)
      cells.push(' '.repeat(cells.length === widths.length - 1 ? 0 : (widths[cells.length] ?? 0)));
    io.out(encodeUtf8(`${cells.join(between)}\n`));
  }
}

function columns({ lines, width, rowsFirst }: State, io: Io): void {
  const longest = Math.max(0, ...lines.map((line) => [...line].length));
  const cell = (Math.floor(longest / 8) + 1) * 8;
  const across = Math.max(1, Math.floor(width / cell));
  const down = Math.ceil(lines.length / across);
  for (let row = 0; row < down; row++) {
    let out = '';
    for (let at = 0; at < across; at++) {
      const index = rowsFirst ? row * across + at : at * down + row;
      const text = lines[index];
      if (text === undefined) break;
      const next = rowsFirst ? index + 1 : index + down;
      const last = at === across - 1 || lines[next] === undefined;
      out += last ? text : text + '\t'.repeat(Math.ceil((cell - [...text].length) / 8));
    }
    io.out(encodeUtf8(`${out}\n`));
  }
}
