import type { Sys } from '../../../kernel/program.ts';
import type { Editor } from './buffer.ts';
import { lineAt, replaceLines } from './buffer.ts';
import { openText, saveText, take } from './files.ts';
import { firstWord } from './motions.ts';
import { findNext, substituteLine } from './search.ts';

const command = /^(%|(?:\d+|[.$])(?:[-+]\d+)?(?:,(?:\d+|[.$])(?:[-+]\d+)?)?)?\s*([a-zA-Z]*|=)(!?)\s*([\s\S]*)$/;

/** Does what was typed behind a colon. */
export function colon(e: Editor, text: string, sys: Sys): void {
  if (text.trim() === '') return;
  if (text.startsWith('!')) {
    e.message = ':! is not simulated';
    return;
  }
  const [, range, name = '', bang = '', rest = ''] = command.exec(text.trim()) ?? [];
  const [from, to] = lineRange(e, range);
  const force = bang === '!';
  switch (name) {
    case '':
      if (range === undefined) e.message = `Not implemented: ${text}`;
      else goTo(e, to);
      return;
    case 'w':
    case 'write':
      write(e, sys, rest, force, range === undefined ? undefined : [from, to]);
      return;
    case 'wq':
    case 'x':
    case 'xit':
      if (name === 'wq' || e.changed) {
        if (write(e, sys, rest, force)) e.end = 0;
      } else e.end = 0;
      return;
    case 'q':
    case 'quit':
    case 'qa':
      if (e.changed && !force) e.message = 'No write since last change (:q! overrides)';
      else e.end = 0;
      return;
    case 'e':
    case 'edit':
      edit(e, sys, rest, force);
      return;
    case 'r':
    case 'read':
      read(e, sys, rest);
      return;
    case 'd':
    case 'delete':
      e.clip = { text: e.lines.slice(from, to + 1), whole: true };
      replaceLines(e, from, to - from + 1, []);
      goTo(e, from);
      return;
    case 'y':
    case 'yank':
      e.clip = { text: e.lines.slice(from, to + 1), whole: true };
      return;
    case 's':
    case 'substitute':
      substitute(e, rest, from, to);
      return;
    case '=':
      e.message = String((range === undefined ? e.y : to) + 1);
      return;
    case 'noh':
    case 'nohlsearch':
      return;
    default:
      if (/^s\W/.test(`${name}${rest}`)) substitute(e, rest, from, to);
      else e.message = `Not implemented: ${text}`;
  }
}

function lineRange(e: Editor, range: string | undefined): readonly [from: number, to: number] {
  if (range === '%') return [0, e.lines.length - 1];
  const one = (text: string) => {
    const [, base = '', offset = '0'] = /^(\d+|[.$])([-+]\d+)?$/.exec(text) ?? [];
    const line = base === '.' ? e.y : base === '$' ? e.lines.length - 1 : Number(base) - 1;
    return Math.max(0, Math.min(e.lines.length - 1, line + Number(offset)));
  };
  const [first = '.', second] = range?.split(',') ?? [];
  return [one(first), one(second ?? first)];
}

function goTo(e: Editor, y: number): void {
  e.y = Math.max(0, Math.min(e.lines.length - 1, y));
  e.x = firstWord(lineAt(e));
}

/** `:w`; true: it was written. */
export function write(e: Editor, sys: Sys, name: string, force: boolean, range?: readonly [number, number]): boolean {
  const path = name === '' ? e.path : name;
  if (path === '') e.message = 'No current filename';
  else if (e.readOnly && !force && path === e.path) e.message = `'${path}' is read only`;
  else if (name !== '' && name !== e.path && !force && typeof openText(sys, name) === 'object' && existing(sys, name))
    e.message = 'File exists (:w! overrides)';
  else {
    const lines = range === undefined ? e.lines : e.lines.slice(range[0], range[1] + 1);
    const written = saveText(sys, path, lines);
    if (typeof written === 'string') {
      e.message = `Write error: ${written}`;
      return false;
    }
    e.message = `'${path}' ${lines.length}L, ${written}C`;
    if (path === e.path || e.path === '') {
      e.path = path;
      if (range === undefined) e.changed = false;
    }
    return true;
  }
  return false;
}

function existing(sys: Sys, path: string): boolean {
  return !('errno' in sys.fs.stat(path));
}

function edit(e: Editor, sys: Sys, name: string, force: boolean): void {
  if (e.changed && !force) {
    e.message = 'No write since last change (:e! overrides)';
    return;
  }
  const path = name === '' ? e.path : name;
  const opened = openText(sys, path);
  if (typeof opened === 'string') e.message = opened;
  else {
    take(e, path, opened);
    e.message = `'${path}'${opened.isNew ? ' [New file]' : ''} ${e.lines.length}L, ${opened.bytes}C`;
  }
}

function read(e: Editor, sys: Sys, name: string): void {
  const opened = openText(sys, name);
  if (typeof opened === 'string' || opened.isNew) {
    e.message = typeof opened === 'string' ? opened : `'${name}': No such file or directory`;
    return;
  }
  replaceLines(e, e.y + 1, 0, opened.lines);
  goTo(e, e.y + 1);
  e.message = `'${name}' ${opened.lines.length}L, ${opened.bytes}C`;
}

function substitute(e: Editor, rest: string, from: number, to: number): void {
  const mark = rest.charAt(0);
  if (mark === '' || /\w|\s/.test(mark)) {
    e.message = 'Not implemented: :s without a pattern';
    return;
  }
  const [pattern = '', replacement = '', flags = ''] = splitBy(rest.slice(1), mark);
  const used = pattern === '' ? e.search.pattern : pattern;
  e.search = { pattern: used, forward: true };
  let count = 0;
  let last = from;
  for (let y = from; y <= to && y < e.lines.length; y++) {
    const made = substituteLine(lineAt(e, y), used, replacement, flags);
    if (made === undefined) continue;
    replaceLines(e, y, 1, made.split('\n'), count > 0);
    count++;
    last = y;
  }
  if (count === 0) e.message = 'No match';
  else goTo(e, last);
}

/** Cuts text at a character that has no backslash before it. */
function splitBy(text: string, mark: string): string[] {
  const parts = [''];
  for (let at = 0; at < text.length; at++) {
    const c = text.charAt(at);
    if (c === '\\') {
      const next = text.charAt(++at);
      parts[parts.length - 1] += next === mark ? mark : c + next;
    } else if (c === mark) parts.push('');
    else parts[parts.length - 1] += c;
  }
  return parts;
}

/** Looks for what was typed behind `/` or `?`. */
export function searchFor(e: Editor, text: string, forward: boolean): void {
  e.search = { pattern: text === '' ? e.search.pattern : text, forward };
  const found = findNext(e, e.search.pattern, forward);
  if (found) Object.assign(e, found);
  else e.message = 'Pattern not found';
}
