import { eastAsianWidth } from 'get-east-asian-width';
import type { HistorySearch, SearchStyle } from './search-history.ts';
import { beginSearch, endSearch, searchKey } from './search-history.ts';

/** A line being typed: plain data, so that it can be saved between two keys. */
export type LineEditor = {
  readonly prompt: string;
  readonly text: string;
  /** Where the cursor stands, as an index in `text`. */
  readonly cursor: number;
  /** Which line of the history is shown; its length: the new line itself. */
  readonly place: number;
  /** What was typed of the new line, while an older one is shown. */
  readonly draft: string;
  /** What was cut last, for Ctrl-Y. */
  readonly killed?: string;
  /** Bytes of an unfinished character or key. */
  readonly partial: string;
  /** The last key was Tab, and there was more than one way to go on. */
  readonly asked: boolean;
  /** A search through the history goes on; `prompt` is the search's then. */
  readonly search?: HistorySearch;
};

/** Ways to complete the word before the cursor: the word's start in the line, and what may stand there. */
export interface Completions {
  readonly from: number;
  readonly words: readonly string[];
}

/** What the editor needs to know of its surroundings. */
export interface EditorHost {
  readonly cols: number;
  readonly history: readonly string[];
  /** Whose search Ctrl-R begins. */
  readonly search: SearchStyle;
  complete(line: string, cursor: number): Completions;
}

/** What a key did: the editor after it, what is to be shown, and whether the line is over. */
export interface Edited {
  readonly editor: LineEditor;
  readonly output: string;
  readonly end?: 'line' | 'eof' | 'interrupt';
}

/** An empty line behind a prompt, which the caller shows. */
export function newLine(prompt: string, history: readonly string[]): LineEditor {
  return { prompt, text: '', cursor: 0, place: history.length, draft: '', partial: '', asked: false };
}

const escapeStart = /^\x1b(?:\[[0-9;]*|O)?$/;

/** Takes one byte from the terminal. */
export function typeByte(editor: LineEditor, byte: string, host: EditorHost): Edited {
  const partial = editor.partial + byte;
  if (escapeStart.test(partial)) return { editor: { ...editor, partial }, output: '' };
  if (partial.startsWith('\x1b')) return pressSequence({ ...editor, partial: '' }, partial, host);
  if (byte < '\x80' || partial.length >= characterLength(partial)) {
    const key = byte < '\x80' ? byte : decode(partial);
    return press({ ...editor, partial: '' }, key, host);
  }
  return { editor: { ...editor, partial }, output: '' };
}

function characterLength(bytes: string): number {
  const first = bytes.charCodeAt(0);
  return first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
}

function decode(bytes: string): string {
  return new TextDecoder().decode(Uint8Array.from(bytes, (c) => c.charCodeAt(0)));
}

function pressSequence(editor: LineEditor, sequence: string, host: EditorHost): Edited {
  if (editor.search) {
    const left = redraw(editor, endSearch(editor), host);
    const then = pressSequence(left.editor, sequence, host);
    return { ...then, output: left.output + then.output };
  }
  switch (sequence) {
    case '\x1b[A':
    case '\x1bOA':
      return recall(editor, editor.place - 1, host);
    case '\x1b[B':
    case '\x1bOB':
      return recall(editor, editor.place + 1, host);
    case '\x1b[C':
    case '\x1bOC':
      return moveTo(editor, after(editor), host);
    case '\x1b[D':
    case '\x1bOD':
      return moveTo(editor, before(editor), host);
    case '\x1b[H':
    case '\x1bOH':
    case '\x1b[1~':
    case '\x1b[7~':
      return moveTo(editor, 0, host);
    case '\x1b[F':
    case '\x1bOF':
    case '\x1b[4~':
    case '\x1b[8~':
      return moveTo(editor, editor.text.length, host);
    case '\x1b[3~':
      return remove(editor, editor.cursor, after(editor), host);
    case '\x1bb':
    case '\x1b[1;5D':
      return moveTo(editor, wordStart(editor), host);
    case '\x1bf':
    case '\x1b[1;5C':
      return moveTo(editor, wordEnd(editor), host);
    case '\x1bd':
      return remove(editor, editor.cursor, wordEnd(editor), host);
    default:
      // other keys, and a terminal's reports
      return { editor, output: '' };
  }
}

/** A key while the history is searched. */
function pressInSearch(editor: LineEditor, search: HistorySearch, key: string, host: EditorHost): Edited {
  // readline leaves a search that is interrupted on the screen
  if (key === '\x03' && search.style === 'bash') return { editor: endSearch(editor), output: '^C\n', end: 'interrupt' };
  const next = searchKey(editor, search, key, host.history);
  const drawn = redraw(editor, next.editor, host);
  const output = `${next.bell ? '\x07' : ''}${drawn.output}`;
  if (next.taken) return { editor: next.editor, output };
  const then = press(next.editor, key, host);
  return { ...then, output: output + then.output };
}

function press(editor: LineEditor, key: string, host: EditorHost): Edited {
  if (editor.search) return pressInSearch(editor, editor.search, key, host);
  switch (key) {
    case '\r':
    case '\n':
      return { editor, output: `${moveTo(editor, editor.text.length, host).output}\n`, end: 'line' };
    case '\x03':
      return { editor, output: '^C\n', end: 'interrupt' };
    case '\x04':
      return editor.text === ''
        ? { editor, output: '', end: 'eof' }
        : remove(editor, editor.cursor, after(editor), host);
    case '\x01':
      return moveTo(editor, 0, host);
    case '\x05':
      return moveTo(editor, editor.text.length, host);
    case '\x02':
      return moveTo(editor, before(editor), host);
    case '\x06':
      return moveTo(editor, after(editor), host);
    case '\x08':
    case '\x7f':
      return editor.cursor === 0 ? { editor, output: '\x07' } : remove(editor, before(editor), editor.cursor, host);
    case '\x0b':
      return {
        editor: {
          ...editor,
          text: editor.text.slice(0, editor.cursor),
          killed: editor.text.slice(editor.cursor),
        },
        output: '\x1b[J',
      };
    case '\x15':
      return editor.cursor === 0
        ? { editor, output: '' }
        : redraw(
            editor,
            {
              ...editor,
              text: editor.text.slice(editor.cursor),
              killed: editor.text.slice(0, editor.cursor),
              cursor: 0,
            },
            host,
          );
    case '\x17':
      return remove(
        { ...editor, killed: editor.text.slice(wordStart(editor, /\s/), editor.cursor) },
        wordStart(editor, /\s/),
        editor.cursor,
        host,
      );
    case '\x19':
      return editor.killed ? insert(editor, editor.killed, host) : { editor, output: '' };
    case '\x0c':
      return { editor, output: `\x1b[H\x1b[J\r${draw(editor, host)}` };
    case '\x12': {
      const search = beginSearch(editor, host.search);
      return redraw(editor, search, host);
    }
    case '\x10':
      return recall(editor, editor.place - 1, host);
    case '\x0e':
      return recall(editor, editor.place + 1, host);
    case '\t':
      return complete(editor, host);
    default:
      return key < ' ' ? { editor, output: '' } : insert(editor, key, host);
  }
}

/** The index of the character before the cursor, and of the one behind the character at it. */
function before(editor: LineEditor): number {
  const last = Array.from(editor.text.slice(0, editor.cursor)).at(-1) ?? '';
  return editor.cursor - last.length;
}

function after(editor: LineEditor): number {
  const [first = ''] = editor.text.slice(editor.cursor);
  return editor.cursor + first.length;
}

function wordStart(editor: LineEditor, gap = /\W/): number {
  let at = editor.cursor;
  while (at > 0 && gap.test(editor.text.charAt(at - 1))) at--;
  while (at > 0 && !gap.test(editor.text.charAt(at - 1))) at--;
  return at;
}

function wordEnd(editor: LineEditor): number {
  let at = editor.cursor;
  while (at < editor.text.length && /\W/.test(editor.text.charAt(at))) at++;
  while (at < editor.text.length && /\w/.test(editor.text.charAt(at))) at++;
  return at;
}

/** How many columns a text takes on a terminal. Escape sequences (in prompts) take none. */
export function textWidth(text: string): number {
  let width = 0;
  for (const c of text.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '')) {
    const code = c.codePointAt(0) ?? 0;
    if (code < 0x20 || /\p{Mn}|\p{Me}/u.test(c)) continue;
    width += code < 0x300 ? 1 : eastAsianWidth(code);
  }
  return width;
}

/** Where on the screen an index of the text is, from the prompt's beginning. */
function position(editor: LineEditor, index: number): number {
  const prompt = editor.prompt.slice(editor.prompt.lastIndexOf('\n') + 1);
  return textWidth(prompt) + textWidth(editor.text.slice(0, index));
}

/** Moves the terminal's cursor between two positions. */
function travel(from: number, to: number, cols: number): string {
  const rows = Math.floor(to / cols) - Math.floor(from / cols);
  if (rows === 0) {
    const back = from - to;
    if (back > 0) return back < 4 ? '\b'.repeat(back) : `\x1b[${back}D`;
    return back < 0 ? `\x1b[${-back}C` : '';
  }
  const vertical = rows < 0 ? `\x1b[${-rows}A` : `\x1b[${rows}B`;
  const column = to % cols;
  return `${vertical}\r${column > 0 ? `\x1b[${column}C` : ''}`;
}

function moveTo(editor: LineEditor, cursor: number, host: EditorHost): Edited {
  if (cursor === editor.cursor) return { editor, output: '' };
  const moved = { ...editor, cursor };
  // going right, the characters themselves are written again
  const output =
    cursor > editor.cursor
      ? wrapped(editor, editor.text.slice(editor.cursor, cursor), cursor, host)
      : travel(position(editor, editor.cursor), position(editor, cursor), host.cols);
  return { editor: moved, output };
}

/** Text written up to `index`; at the right edge the cursor is pushed to the next row. */
function wrapped(editor: LineEditor, text: string, index: number, host: EditorHost): string {
  return position(editor, index) % host.cols === 0 && text !== '' ? `${text} \b` : text;
}

function insert(editor: LineEditor, text: string, host: EditorHost): Edited {
  const changed = {
    ...editor,
    text: editor.text.slice(0, editor.cursor) + text + editor.text.slice(editor.cursor),
    cursor: editor.cursor + text.length,
    asked: false,
  };
  const rest = changed.text.slice(editor.cursor);
  const end = position(changed, changed.text.length);
  return {
    editor: changed,
    output:
      wrapped(changed, rest, changed.text.length, host) + travel(end, position(changed, changed.cursor), host.cols),
  };
}

function remove(editor: LineEditor, from: number, to: number, host: EditorHost): Edited {
  if (from === to) return { editor, output: '' };
  const changed = { ...editor, text: editor.text.slice(0, from) + editor.text.slice(to), cursor: from, asked: false };
  const rest = changed.text.slice(from);
  const back = travel(position(editor, editor.cursor), position(editor, from), host.cols);
  const end = position(changed, changed.text.length);
  return { editor: changed, output: `${back}${rest}\x1b[J${travel(end, position(changed, from), host.cols)}` };
}

/** The prompt and the line, from the beginning of the prompt's row. */
function draw(editor: LineEditor, host: EditorHost): string {
  const end = position(editor, editor.text.length);
  const prompt = editor.prompt.slice(editor.prompt.lastIndexOf('\n') + 1);
  return `${prompt}${wrapped(editor, editor.text, editor.text.length, host)}\x1b[J${travel(end, position(editor, editor.cursor), host.cols)}`;
}

function redraw(old: LineEditor, editor: LineEditor, host: EditorHost): Edited {
  const row = Math.floor(position(old, old.cursor) / host.cols);
  return { editor, output: `${row > 0 ? `\x1b[${row}A` : ''}\r${draw(editor, host)}` };
}

function recall(editor: LineEditor, place: number, host: EditorHost): Edited {
  if (place < 0 || place > host.history.length) return { editor, output: '\x07' };
  const draft = editor.place === host.history.length ? editor.text : editor.draft;
  const text = place === host.history.length ? draft : (host.history[place] ?? '');
  return redraw(editor, { ...editor, place, draft, text, cursor: text.length }, host);
}

function complete(editor: LineEditor, host: EditorHost): Edited {
  const { from, words } = host.complete(editor.text, editor.cursor);
  const [first] = words;
  if (first === undefined) return { editor, output: '\x07' };
  const typed = editor.text.slice(from, editor.cursor);
  let common = first;
  for (const word of words) while (!word.startsWith(common)) common = common.slice(0, -1);
  const whole = words.length === 1 ? (/[/:=]$/.test(first) ? first : `${first} `) : common;
  if (whole.length > typed.length) {
    const text = editor.text.slice(0, from) + whole + editor.text.slice(editor.cursor);
    const drawn = redraw(editor, { ...editor, text, cursor: from + whole.length, asked: false }, host);
    return words.length === 1 ? drawn : { ...drawn, output: `\x07${drawn.output}` };
  }
  if (!editor.asked) return { editor: { ...editor, asked: true }, output: '\x07' };
  const end = moveTo(editor, editor.text.length, host);
  return { editor, output: `${end.output}\n${columns(words, host.cols)}\r${draw(editor, host)}` };
}

/** Names in columns, down and then to the right. */
function columns(words: readonly string[], cols: number): string {
  const names = words.map((word) => word.slice(word.replace(/\/$/, '').lastIndexOf('/') + 1));
  const width = Math.max(...names.map(textWidth)) + 2;
  const across = Math.max(1, Math.floor(cols / width));
  const rows = Math.ceil(names.length / across);
  let out = '';
  for (let row = 0; row < rows; row++) {
    let line = '';
    for (let at = row; at < names.length; at += rows) {
      const name = names[at] ?? '';
      line += at + rows < names.length ? name + ' '.repeat(width - textWidth(name)) : name;
    }
    out += `${line}\n`;
  }
  return out;
}
