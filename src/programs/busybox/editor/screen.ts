import type { Editor } from './buffer.ts';
import { columnOf, lineAt, visible } from './buffer.ts';

/** Moves the window so that the cursor is in it. `height`: rows for text. */
function follow(e: Editor, height: number): void {
  if (e.y < e.top) e.top = e.y < e.top - height ? Math.max(0, e.y - (height >> 1)) : e.y;
  if (e.y >= e.top + height) e.top = e.y >= e.top + 2 * height ? e.y - (height >> 1) : e.y - height + 1;
  const column = columnOf(lineAt(e), e.x);
  if (column < e.left) e.left = column;
  if (column >= e.left + e.cols) e.left = column - e.cols + 1;
}

/** Rows above and below the text. */
function margins(e: Editor): readonly [above: number, below: number] {
  return e.kind === 'vi' ? [0, 1] : [1, 3];
}

/** How many rows of text there are. */
export function textRows(e: Editor): number {
  const [above, below] = margins(e);
  return Math.max(1, e.rows - above - below);
}

/** What brings the terminal up to date: only rows that are different are written. */
export function draw(e: Editor): string {
  const height = textRows(e);
  const [above] = margins(e);
  follow(e, height);
  const rows: string[] = e.kind === 'nano' ? [title(e)] : [];
  for (let row = 0; row < height; row++) {
    const line = e.lines[e.top + row];
    // vi shows a tilde where there is no line; nano scrolls only the line with the cursor
    const left = e.kind === 'vi' || e.top + row === e.y ? e.left : 0;
    rows.push(line === undefined ? (e.kind === 'vi' ? '~' : '') : visible(line, left, left + e.cols));
  }
  rows.push(...(e.kind === 'vi' ? [status(e)] : help(e)));
  let out = e.bell ? '\x07' : '';
  rows.slice(0, e.rows).forEach((text, row) => {
    if (e.screen[row] !== text) out += `\x1b[${row + 1};1H${text}\x1b[K`;
  });
  e.screen = rows;
  e.bell = false;
  const asking = e.mode === 'ask';
  const label = e.ask.label + e.ask.text;
  const y = asking ? (e.kind === 'vi' ? e.rows : e.rows - 2) : above + e.y - e.top + 1;
  const x = asking ? columnOf(label, label.length) + 1 : columnOf(lineAt(e), e.x) - e.left + 1;
  return `${out}\x1b[${y};${x}H`;
}

function status(e: Editor): string {
  if (e.mode === 'ask') return visible(e.ask.label + e.ask.text, 0, e.cols - 1);
  if (e.message !== '') return visible(e.message, 0, e.cols - 1);
  const letter = e.mode === 'insert' ? 'I' : e.mode === 'replace' ? 'R' : '-';
  const percent = Math.floor((100 * (e.y + 1)) / e.lines.length);
  const flags = `${e.readOnly ? ' [Readonly]' : ''}${e.changed ? ' [Modified]' : ''}`;
  return visible(
    `${letter} ${e.path === '' ? 'No file' : e.path}${flags} ${e.y + 1}/${e.lines.length} ${percent}%`,
    0,
    e.cols - 1,
  );
}

function title(e: Editor): string {
  const left = '  GNU nano 7.2';
  const name = e.path === '' ? 'New Buffer' : e.path;
  const right = e.changed ? 'Modified  ' : '';
  const room = Math.max(0, e.cols - columnOf(name, name.length));
  const before = Math.max(left.length + 2, room >> 1);
  const start = `${left}${' '.repeat(Math.max(1, before - left.length))}${name}`;
  const gap = Math.max(0, e.cols - columnOf(start, start.length) - right.length);
  return `\x1b[7m${visible(start + ' '.repeat(gap) + right, 0, e.cols)}\x1b[m`;
}

const keysShown: readonly (readonly [string, string])[] = [
  ['^G', 'Help'],
  ['^X', 'Exit'],
  ['^O', 'Write Out'],
  ['^R', 'Read File'],
  ['^W', 'Where Is'],
  ['^Y', 'Prev Page'],
  ['^K', 'Cut'],
  ['^V', 'Next Page'],
  ['^U', 'Paste'],
  ['^C', 'Location'],
];
const yesNo: readonly (readonly [string, string])[] = [
  [' Y', 'Yes'],
  [' N', 'No'],
  ['', ''],
  ['^C', 'Cancel'],
];
const cancelOnly: readonly (readonly [string, string])[] = [
  ['', ''],
  ['^C', 'Cancel'],
];

function help(e: Editor): string[] {
  const asking = e.mode === 'ask';
  const message = asking
    ? `\x1b[7m${visible((e.ask.label + e.ask.text).padEnd(e.cols), 0, e.cols)}\x1b[m`
    : e.message === ''
      ? ''
      : `${' '.repeat(Math.max(0, (e.cols - e.message.length - 4) >> 1))}\x1b[7m[ ${visible(e.message, 0, e.cols - 4)} ]\x1b[m`;
  const shown = !asking ? keysShown : e.ask.purpose === 'save' ? yesNo : cancelOnly;
  const width = Math.max(12, Math.floor(e.cols / (shown.length >> 1)));
  const row = (from: number) =>
    shown
      .filter((_, at) => at % 2 === from)
      .slice(0, Math.max(1, Math.floor(e.cols / width)))
      .map(([name, text]) => (name === '' ? ' '.repeat(width) : `\x1b[7m${name}\x1b[m ${text}`.padEnd(width + 7)))
      .join('')
      .trimEnd();
  return [message, row(0), row(1)];
}
