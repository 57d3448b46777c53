import type { LineEditor } from './line-editor.ts';

/** A search through the history that is going on (Ctrl-R): plain data. */
export type HistorySearch = {
  /** bash's words and ways, or busybox's. */
  readonly style: SearchStyle;
  readonly pattern: string;
  readonly failed: boolean;
  /** The line's own prompt, which comes back. */
  readonly prompt: string;
  /** The line as it was, for Ctrl-G. */
  readonly before: { readonly text: string; readonly cursor: number; readonly place: number };
};

export type SearchStyle = 'ash' | 'bash';

/** What a key did to the search: the line is shown anew; or the search is over, and the key may go on to the editor. */
export interface Searched {
  readonly editor: LineEditor;
  readonly bell?: true;
  /** The key has been used up. */
  readonly taken: boolean;
}

/** Begins a search at the line at hand. */
export function beginSearch(editor: LineEditor, style: SearchStyle): LineEditor {
  const { text, cursor, place, prompt } = editor;
  return shown(editor, { style, pattern: '', failed: false, prompt, before: { text, cursor, place } });
}

/** Ends a search; what was found stays. */
export function endSearch(editor: LineEditor): LineEditor {
  const { search, ...rest } = editor;
  return search ? { ...rest, prompt: search.prompt } : editor;
}

/** A key (one character) while a search goes on. */
export function searchKey(
  editor: LineEditor,
  search: HistorySearch,
  key: string,
  history: readonly string[],
): Searched {
  if (key === '\x12') return look(editor, search, search.pattern, history, true);
  if (key === '\b' || key === '\x7f') {
    const pattern = Array.from(search.pattern).slice(0, -1).join('');
    // in readline a search that has failed once stays so until it is given up
    if (search.style === 'bash' && (pattern === '' || search.failed))
      return { editor: shown(editor, { ...search, pattern }), taken: true };
    return look(editor, search, pattern, history, false);
  }
  if (key === '\x07' && search.style === 'bash')
    return { editor: { ...endSearch(editor), ...search.before }, bell: true, taken: true };
  if (key < ' ') return { editor: endSearch(editor), taken: false };
  return look(editor, search, search.pattern + key, history, false);
}

/** Looks for a pattern from the line that is shown back through the history; `further`: behind what is shown now. */
function look(
  editor: LineEditor,
  search: HistorySearch,
  pattern: string,
  history: readonly string[],
  further: boolean,
): Searched {
  const bash = search.style === 'bash';
  const found = bash ? lookBash(editor, pattern, history, further) : lookAsh(editor, pattern, history, further);
  if (!found || (bash && search.failed)) {
    // busybox takes a character that leads nowhere back
    const kept = bash ? { ...search, pattern, failed: true } : search;
    return { editor: shown(editor, kept), bell: true, taken: true };
  }
  const draft = editor.place === history.length ? editor.text : editor.draft;
  return { editor: shown({ ...editor, ...found, draft }, { ...search, pattern, failed: false }), taken: true };
}

interface Place {
  readonly text: string;
  readonly cursor: number;
  readonly place: number;
}

/** readline: the last occurrence in a line first, and the same line only once. */
function lookBash(
  editor: LineEditor,
  pattern: string,
  history: readonly string[],
  further: boolean,
): Place | undefined {
  const from = further ? editor.cursor - 1 : editor.cursor;
  const here = from < 0 ? -1 : editor.text.lastIndexOf(pattern, from);
  if (here >= 0) return { text: editor.text, cursor: here, place: editor.place };
  for (let place = editor.place - 1; place >= 0; place--) {
    const text = history[place] ?? '';
    const cursor = text === editor.text ? -1 : text.lastIndexOf(pattern);
    if (cursor >= 0) return { text, cursor, place };
  }
  return undefined;
}

function lookAsh(editor: LineEditor, pattern: string, history: readonly string[], further: boolean): Place | undefined {
  for (let place = editor.place - (further ? 1 : 0); place >= 0; place--) {
    const text = history[place];
    const cursor = text?.indexOf(pattern) ?? -1;
    if (text !== undefined && cursor >= 0) return { text, cursor, place };
  }
  return undefined;
}

/** The editor with the search's words for a prompt. */
function shown(editor: LineEditor, search: HistorySearch): LineEditor {
  const { style, pattern, failed } = search;
  const words = `(${failed ? 'failed ' : ''}reverse-i-search)`;
  return { ...editor, search, prompt: `${words}${style === 'bash' ? '`' : "'"}${pattern}': ` };
}
