import type { Sys } from '../../../kernel/program.ts';
import type { Editor } from './buffer.ts';
import { after, before, insertText, lineAt, removeBetween, replaceLines, setLine, undo } from './buffer.ts';
import { openText, saveText } from './files.ts';
import { key } from './keys.ts';
import { textRows } from './screen.ts';
import { findNext } from './search.ts';

/** Takes one key. */
export function nanoKey(e: Editor, pressed: string, sys: Sys): void {
  if (e.mode === 'ask') {
    answer(e, pressed, sys);
    return;
  }
  const cutting = e.keys === '\x0b';
  e.keys = pressed;
  e.message = '';
  const line = lineAt(e);
  const page = Math.max(1, textRows(e) - 2);
  switch (pressed) {
    case key.left:
    case '\x02':
      if (e.x > 0) e.x = before(line, e.x);
      else if (e.y > 0) e.x = lineAt(e, --e.y).length;
      return;
    case key.right:
    case '\x06':
      if (e.x < line.length) e.x = after(line, e.x);
      else if (e.y < e.lines.length - 1) Object.assign(e, { x: 0, y: e.y + 1 });
      return;
    case key.up:
    case '\x10':
      goTo(e, e.y - 1);
      return;
    case key.down:
    case '\x0e':
      goTo(e, e.y + 1);
      return;
    case key.home:
    case '\x01':
      e.x = 0;
      return;
    case key.end:
    case '\x05':
      e.x = line.length;
      return;
    case key.pageUp:
    case '\x19':
      goTo(e, e.y - page);
      return;
    case key.pageDown:
    case '\x16':
      goTo(e, e.y + page);
      return;
    case '\x7f':
      erase(e);
      return;
    case key.delete:
    case '\x04':
      if (e.x < line.length) removeBetween(e, { x: e.x, y: e.y }, { x: after(line, e.x), y: e.y });
      else if (e.y < e.lines.length - 1) removeBetween(e, { x: e.x, y: e.y }, { x: 0, y: e.y + 1 });
      return;
    case '\x0b':
      e.clip = { text: [...(cutting ? e.clip.text : []), line], whole: true };
      replaceLines(e, e.y, 1, []);
      e.y = Math.min(e.y, e.lines.length - 1);
      e.x = 0;
      return;
    case '\x15':
      if (e.clip.text.length === 0) e.message = 'Cutbuffer is empty';
      else {
        replaceLines(e, e.y, 0, e.clip.text);
        e.y += e.clip.text.length;
        e.x = 0;
      }
      return;
    case '\x0f':
      ask(e, 'write', 'File Name to Write: ', e.path);
      return;
    case '\x12':
      ask(e, 'read', 'File to insert [from ./]: ', '');
      return;
    case '\x17':
      ask(e, 'search', e.search.pattern === '' ? 'Search: ' : `Search [${e.search.pattern}]: `, '');
      return;
    case '\x18':
      if (!e.changed) e.end = 0;
      else ask(e, 'save', 'Save modified buffer? ', '');
      return;
    case '\x03': {
      const whole = e.lines.join('\n').length + 1;
      const at = e.lines.slice(0, e.y).reduce((sum, one) => sum + one.length + 1, 0) + e.x + 1;
      const percent = (part: number, all: number) => Math.floor((100 * part) / Math.max(1, all));
      e.message = `line ${e.y + 1}/${e.lines.length} (${percent(e.y + 1, e.lines.length)}%), col ${e.x + 1}/${line.length + 1} (${percent(e.x + 1, line.length + 1)}%), char ${at}/${whole} (${percent(at, whole)}%)`;
      return;
    }
    case '\x1b':
      return;
    case '\x0c':
      e.screen = [];
      return;
    case '\x07':
      e.message = 'Help is not simulated';
      return;
    default:
      type(e, pressed);
  }
}

function type(e: Editor, pressed: string): void {
  if (pressed === '\n' || pressed === '\t' || (pressed >= ' ' && pressed < '\ue000')) insertText(e, pressed);
  else if (pressed === '\x1f' || pressed === '\x1a') undo(e);
  else e.message = 'Unbound key';
}

function goTo(e: Editor, y: number): void {
  e.y = Math.max(0, Math.min(e.lines.length - 1, y));
  e.x = Math.min(e.x, lineAt(e).length);
}

function erase(e: Editor): void {
  const line = lineAt(e);
  if (e.x > 0) {
    const x = before(line, e.x);
    setLine(e, line.slice(0, x) + line.slice(e.x));
    e.x = x;
  } else if (e.y > 0) removeBetween(e, { x: lineAt(e, e.y - 1).length, y: e.y - 1 }, { x: 0, y: e.y });
}

function ask(e: Editor, purpose: string, label: string, text: string): void {
  e.mode = 'ask';
  e.ask = { purpose, label, text };
}

function answer(e: Editor, pressed: string, sys: Sys): void {
  const { purpose, text } = e.ask;
  if (pressed === '\x03' || pressed === '\x1b') {
    e.mode = 'insert';
    e.message = 'Cancelled';
  } else if (purpose === 'save') {
    if (/^[yY]$/.test(pressed)) ask(e, 'write-exit', 'File Name to Write: ', e.path);
    else if (/^[nN]$/.test(pressed)) e.end = 0;
  } else if (pressed === '\x7f') e.ask = { ...e.ask, text: text.slice(0, before(text, text.length)) };
  else if (pressed === '\n') {
    e.mode = 'insert';
    if (purpose === 'search') search(e, text);
    else if (purpose === 'read') readIn(e, text, sys);
    else if (writeOut(e, text, sys) && purpose === 'write-exit') e.end = 0;
  } else if (pressed >= ' ' && pressed < '\ue000') e.ask = { ...e.ask, text: text + pressed };
}

function search(e: Editor, text: string): void {
  const wanted = text === '' ? e.search.pattern : text;
  e.search = { pattern: wanted, forward: true };
  // nano looks for the text itself, whatever its case
  const found = findNext(e, wanted.replace(/[\\.*[\]^$]/g, '\\$&'), true, true);
  if (found) {
    if (found.y < e.y || (found.y === e.y && found.x <= e.x)) e.message = 'Search Wrapped';
    Object.assign(e, found);
  } else e.message = `"${wanted}" not found`;
}

function readIn(e: Editor, path: string, sys: Sys): void {
  if (path === '') {
    e.message = 'Cancelled';
    return;
  }
  const opened = openText(sys, path);
  if (typeof opened === 'string' || opened.isNew)
    e.message = typeof opened === 'string' ? opened : `File "${path}" not found`;
  else {
    replaceLines(e, e.y, 0, opened.lines);
    e.y += opened.lines.length;
    e.message = `Read ${count(opened.lines.length)}`;
  }
}

function writeOut(e: Editor, path: string, sys: Sys): boolean {
  if (path === '') {
    e.message = 'Cancelled';
    return false;
  }
  const lines = e.lines.length > 1 && e.lines.at(-1) === '' ? e.lines.slice(0, -1) : e.lines;
  const written = saveText(sys, path, lines);
  if (typeof written === 'string') {
    e.message = `Error writing ${path}: ${written}`;
    return false;
  }
  e.path = path;
  e.changed = false;
  e.message = `Wrote ${count(lines.length)}`;
  return true;
}

function count(lines: number): string {
  return `${lines} line${lines === 1 ? '' : 's'}`;
}
