import { eastAsianWidth } from 'get-east-asian-width';

/** What undoing puts back: these lines instead of the `count` ones at `at`, and the cursor. */
export interface Undo {
  readonly at: number;
  readonly old: readonly string[];
  readonly count: number;
  readonly x: number;
  readonly y: number;
  /** Undone together with the one before. */
  readonly joined: boolean;
}

/** A text being edited; plain data, but changed in place during a step (the step begins with a copy). */
export interface Editor {
  kind: 'vi' | 'nano';
  path: string;
  lines: string[];
  x: number;
  y: number;
  /** The first line and the first column that are shown. */
  top: number;
  left: number;
  cols: number;
  rows: number;
  changed: boolean;
  isNew: boolean;
  readOnly: boolean;
  message: string;
  bell: boolean;
  undo: Undo[];
  /** What was cut or copied: whole lines, or a piece. */
  clip: { readonly text: readonly string[]; readonly whole: boolean };
  search: { readonly pattern: string; readonly forward: boolean };
  mode: 'normal' | 'insert' | 'replace' | 'ask';
  /** A question on the last line: what it is for, its text and what has been typed. */
  ask: { readonly purpose: string; readonly label: string; readonly text: string };
  /** Keys of a command that is not complete. */
  keys: string;
  /** vi: the keys of the change that is being made, and of the last one. */
  making: string;
  last: string;
  /** Bytes of an unfinished key. */
  partial: string;
  /** Rows of the screen as they are shown. */
  screen: string[];
  end: number | null;
}

/** An editor for lines of text. */
export function newEditor(
  kind: 'vi' | 'nano',
  path: string,
  lines: string[],
  size: { cols: number; rows: number },
): Editor {
  return {
    kind,
    path,
    lines,
    ...size,
    x: 0,
    y: 0,
    top: 0,
    left: 0,
    changed: false,
    isNew: false,
    readOnly: false,
    message: '',
    bell: false,
    undo: [],
    clip: { text: [], whole: true },
    search: { pattern: '', forward: true },
    mode: kind === 'vi' ? 'normal' : 'insert',
    ask: { purpose: '', label: '', text: '' },
    keys: '',
    making: '',
    last: '',
    partial: '',
    screen: [],
    end: null,
  };
}

const mostUndo = 500;

/** Replaces `count` lines at `at`; all changes go through here, so that all can be undone. */
export function replaceLines(e: Editor, at: number, count: number, lines: readonly string[], joined = false): void {
  const old = e.lines.slice(at, at + count);
  e.undo.push({ at, old, count: lines.length, x: e.x, y: e.y, joined });
  if (e.undo.length > mostUndo) e.undo.shift();
  e.lines = [...e.lines.slice(0, at), ...lines, ...e.lines.slice(at + count)];
  if (e.lines.length === 0) e.lines = [''];
  e.changed = true;
}

/** Replaces the present line. */
export function setLine(e: Editor, text: string, joined = false): void {
  replaceLines(e, e.y, 1, [text], joined);
}

/** Undoes the last change; false: there is none. */
export function undo(e: Editor): boolean {
  for (;;) {
    const last = e.undo.pop();
    if (last === undefined) return false;
    e.lines = [...e.lines.slice(0, last.at), ...last.old, ...e.lines.slice(last.at + last.count)];
    if (e.lines.length === 0) e.lines = [''];
    e.x = last.x;
    e.y = Math.min(last.y, e.lines.length - 1);
    e.changed = true;
    if (!last.joined) return true;
  }
}

/** The line with the cursor, or another. */
export function lineAt(e: Editor, y = e.y): string {
  return e.lines[y] ?? '';
}

/** The index behind the character at `x`, and of the one before it. */
export function after(line: string, x: number): number {
  const point = line.codePointAt(x);
  return point === undefined ? x : x + (point > 0xffff ? 2 : 1);
}

export function before(line: string, x: number): number {
  const low = line.charCodeAt(x - 1);
  return Math.max(0, x - (low >= 0xdc00 && low < 0xe000 ? 2 : 1));
}

/** Puts typed text in at the cursor; newlines cut the line. */
export function insertText(e: Editor, text: string, joined = false): void {
  const line = lineAt(e);
  const parts = text.split('\n');
  const last = parts.at(-1) ?? '';
  const made = [...parts];
  made[0] = line.slice(0, e.x) + (parts[0] ?? '');
  made[made.length - 1] = (made.at(-1) ?? '') + line.slice(e.x);
  replaceLines(e, e.y, 1, made, joined);
  e.x = parts.length > 1 ? last.length : e.x + text.length;
  e.y += parts.length - 1;
}

/** Removes what is between two places, the second exclusive; returns it. */
export function removeBetween(
  e: Editor,
  from: { x: number; y: number },
  to: { x: number; y: number },
): readonly string[] {
  const first = lineAt(e, from.y);
  const last = lineAt(e, to.y);
  const text =
    from.y === to.y
      ? [first.slice(from.x, to.x)]
      : [first.slice(from.x), ...e.lines.slice(from.y + 1, to.y), last.slice(0, to.x)];
  replaceLines(e, from.y, to.y - from.y + 1, [first.slice(0, from.x) + last.slice(to.x)]);
  e.x = from.x;
  e.y = from.y;
  return text;
}

/** Columns that a character takes at a column. */
function widthOf(character: string, column: number): number {
  if (character === '\t') return 8 - (column % 8);
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20 || code === 0x7f) return 2;
  return code < 0x300 ? 1 : eastAsianWidth(code);
}

/** The column of an index of a line. */
export function columnOf(line: string, index: number): number {
  let column = 0;
  for (const character of line.slice(0, index)) column += widthOf(character, column);
  return column;
}

/** What of a line is seen between two columns: tabs as blanks, control characters as ^X; a half character as a blank. */
export function visible(line: string, from: number, to: number): string {
  let out = '';
  let column = 0;
  for (const character of line) {
    const width = widthOf(character, column);
    const next = column + width;
    if (next > to) break;
    if (column >= from) {
      const code = character.charCodeAt(0);
      if (character === '\t') out += ' '.repeat(width);
      else out += code < 0x20 ? `^${String.fromCharCode(code + 64)}` : code === 0x7f ? '^?' : character;
    } else if (next > from) out += ' '.repeat(next - from);
    column = next;
  }
  return out;
}
