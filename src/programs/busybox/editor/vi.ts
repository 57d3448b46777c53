import type { Sys } from '../../../kernel/program.ts';
import type { Editor } from './buffer.ts';
import { after, before, insertText, lineAt, removeBetween, replaceLines, setLine, undo } from './buffer.ts';
import { key } from './keys.ts';
import type { Goal } from './motions.ts';
import { firstWord, motion } from './motions.ts';
import { textRows } from './screen.ts';
import { colon, searchFor, write } from './vi-ex.ts';

const moves = `[hjklwbeWBE0^$GHML{}%nN +\\n\\x7f\\x0e\\x10\\-${key.up}-${key.end}]|gg|[fFtT][\\s\\S]`;
const moving = new RegExp(`^([1-9]\\d*)?(${moves})$`);
const operating = new RegExp(`^([1-9]\\d*)?([dcy<>])([1-9]\\d*)?(${moves}|\\2)$`);
const unfinished = /^(?:[1-9]\d*)?(?:[dcy<>](?:[1-9]\d*)?)?[gfFtT]?$|^(?:[1-9]\d*)?[rZ]$/;

/** Takes one key. */
export function viKey(e: Editor, pressed: string, sys: Sys): void {
  if (e.mode === 'ask') askKey(e, pressed, sys);
  else if (e.mode === 'insert' || e.mode === 'replace') typeKey(e, pressed);
  else {
    e.message = '';
    e.keys = pressed === '\x1b' || pressed === '\x03' ? '' : e.keys + pressed;
    if (e.keys !== '') commandKey(e, sys);
  }
  if (e.mode === 'normal') e.x = Math.min(e.x, Math.max(0, lineAt(e).length - 1));
}

function askKey(e: Editor, pressed: string, sys: Sys): void {
  const { label, text } = e.ask;
  if (pressed === '\x1b' || pressed === '\x03' || (pressed === '\x7f' && text === '')) e.mode = 'normal';
  else if (pressed === '\x7f') e.ask = { ...e.ask, text: text.slice(0, before(text, text.length)) };
  else if (pressed === '\n') {
    e.mode = 'normal';
    if (label === ':') colon(e, text, sys);
    else searchFor(e, text, label === '/');
  } else if (pressed >= ' ' && pressed < '\ue000') e.ask = { ...e.ask, text: text + pressed };
}

function typeKey(e: Editor, pressed: string): void {
  const line = lineAt(e);
  if (pressed === '\x1b' || pressed === '\x03') {
    e.mode = 'normal';
    e.last = `${e.making}\x1b`;
    e.making = '';
    e.x = before(line, e.x);
    return;
  }
  e.making += pressed;
  const arrow = pressed >= key.up && pressed <= key.end;
  if (arrow) {
    const goal = motion(e, pressed, 1);
    if (pressed === key.end) e.x = line.length;
    else if (goal) Object.assign(e, { x: goal.x, y: goal.y });
  } else if (pressed === '\x7f') {
    if (e.x > 0) {
      const x = before(line, e.x);
      setLine(e, line.slice(0, x) + line.slice(e.x), true);
      e.x = x;
    } else if (e.y > 0) {
      const above = lineAt(e, e.y - 1);
      replaceLines(e, e.y - 1, 2, [above + line], true);
      e.y--;
      e.x = above.length;
    }
  } else if (pressed === key.delete) setLine(e, line.slice(0, e.x) + line.slice(after(line, e.x)), true);
  else if (pressed === '\n' || pressed === '\t' || (pressed >= ' ' && pressed < '\ue000')) {
    if (e.mode === 'replace' && pressed !== '\n') {
      setLine(e, line.slice(0, e.x) + pressed + line.slice(after(line, e.x)), true);
      e.x += pressed.length;
    } else insertText(e, pressed, true);
  }
}

function commandKey(e: Editor, sys: Sys): void {
  const keys = e.keys;
  const [, moved, to] = moving.exec(keys) ?? [];
  if (to !== undefined) {
    e.keys = '';
    const goal = motion(e, to, moved === undefined ? undefined : Number(moved));
    if (goal === undefined) e.bell = true;
    else Object.assign(e, { x: goal.x, y: goal.y });
    return;
  }
  const operation = operating.exec(keys);
  if (operation) {
    const [, first, operator = '', second, target = ''] = operation;
    e.keys = '';
    const count = first === undefined && second === undefined ? undefined : Number(first ?? 1) * Number(second ?? 1);
    operate(e, operator, target, count, keys);
    return;
  }
  if (unfinished.test(keys)) return;
  e.keys = '';
  const [, count, command = ''] = /^([1-9]\d*)?([\s\S]*)$/.exec(keys) ?? [];
  simple(e, command, count === undefined ? undefined : Number(count), keys, sys);
}

function goalOf(e: Editor, operator: string, target: string, count: number | undefined): Goal | undefined {
  if (target === operator) {
    const y = Math.min(e.lines.length - 1, e.y + (count ?? 1) - 1);
    return { x: e.x, y, whole: true };
  }
  // changing a word leaves the blanks behind it
  if (operator === 'c' && /^[wW]$/.test(target) && /\S/.test(lineAt(e).charAt(e.x))) {
    const goal = motion({ ...e, x: Math.max(-1, e.x - 1) }, target === 'w' ? 'e' : 'E', count);
    return goal;
  }
  const goal = motion(e, target, count);
  // a word's motion that ends on the next line stays on this one
  if (goal && /^[wW]$/.test(target) && goal.y > e.y && (count ?? 1) === 1) return { x: lineAt(e).length, y: e.y };
  return goal;
}

function operate(e: Editor, operator: string, target: string, count: number | undefined, keys: string): void {
  const goal = goalOf(e, operator, target, count);
  if (goal === undefined) {
    e.bell = true;
    return;
  }
  const here: Goal = { x: e.x, y: e.y };
  const forward = goal.y > here.y || (goal.y === here.y && goal.x >= here.x);
  const [from, to] = forward ? [here, goal] : [goal, here];
  if (operator !== 'y') e.last = keys;
  if (goal.whole || operator === '<' || operator === '>') {
    wholeLines(e, operator, from.y, to.y);
    if (operator === 'c') beginInsert(e, keys);
    return;
  }
  const end = { x: goal.inclusive ? after(lineAt(e, to.y), to.x) : to.x, y: to.y };
  if (operator === 'y') {
    const undoing = e.undo.length;
    const { lines, changed } = e;
    e.clip = { text: removeBetween(e, from, end), whole: false };
    e.undo.length = Math.min(e.undo.length, undoing);
    Object.assign(e, { lines, changed, x: from.x, y: from.y });
    return;
  }
  e.clip = { text: removeBetween(e, from, end), whole: false };
  if (operator === 'c') beginInsert(e, keys);
}

function wholeLines(e: Editor, operator: string, from: number, to: number): void {
  const chosen = e.lines.slice(from, to + 1);
  if (operator === '<' || operator === '>') {
    const shifted = chosen.map((line) =>
      operator === '>' ? (line === '' ? line : `\t${line}`) : line.replace(/^(?:\t| {1,8})/, ''),
    );
    replaceLines(e, from, chosen.length, shifted);
    e.y = from;
    e.x = firstWord(lineAt(e));
    return;
  }
  e.clip = { text: chosen, whole: true };
  if (operator === 'y') {
    e.y = from;
    if (chosen.length > 1) e.message = `Yank ${chosen.length} lines`;
    return;
  }
  replaceLines(e, from, chosen.length, operator === 'c' ? [''] : []);
  e.y = Math.min(from, e.lines.length - 1);
  e.x = operator === 'c' ? 0 : firstWord(lineAt(e));
}

function beginInsert(e: Editor, keys: string): void {
  e.mode = 'insert';
  e.making = keys;
}

function simple(e: Editor, command: string, given: number | undefined, keys: string, sys: Sys): void {
  const count = given ?? 1;
  const line = lineAt(e);
  const page = textRows(e);
  const scroll = (by: number) => {
    e.y = Math.max(0, Math.min(e.lines.length - 1, e.y + by));
    e.top = Math.max(0, Math.min(Math.max(0, e.lines.length - page), e.top + by));
    e.x = firstWord(lineAt(e));
  };
  switch (command[0]) {
    case ':':
    case '/':
    case '?':
      e.mode = 'ask';
      e.ask = { purpose: 'vi', label: command, text: '' };
      return;
    case 'i':
    case 'a':
    case 'I':
    case 'A':
      if (command === 'a') e.x = after(line, e.x);
      else if (command === 'I') e.x = firstWord(line);
      else if (command === 'A') e.x = line.length;
      mark(e);
      beginInsert(e, keys);
      return;
    case 'o':
    case 'O':
      replaceLines(e, command === 'o' ? e.y + 1 : e.y, 0, ['']);
      if (command === 'o') e.y++;
      e.x = 0;
      beginInsert(e, keys);
      return;
    case 'R':
      mark(e);
      beginInsert(e, keys);
      e.mode = 'replace';
      return;
    case 'x':
    case key.delete:
      operate(e, 'd', 'l', count, keys);
      return;
    case 'X':
      operate(e, 'd', 'h', count, keys);
      return;
    case 'D':
      operate(e, 'd', '$', given, keys);
      return;
    case 'C':
      operate(e, 'c', '$', given, keys);
      return;
    case 's':
      operate(e, 'c', 'l', count, keys);
      return;
    case 'S':
      operate(e, 'c', 'c', given, keys);
      return;
    case 'Y':
      operate(e, 'y', 'y', given, keys);
      return;
    case 'r': {
      const end = e.x + count;
      if (end > line.length || command[1] === '\x1b') break;
      e.last = keys;
      const made = command[1] === '\n' ? '\n' : (command[1] ?? '').repeat(count);
      const changed = line.slice(0, e.x) + made + line.slice(end);
      replaceLines(e, e.y, 1, changed.split('\n'));
      if (made === '\n') Object.assign(e, { x: 0, y: e.y + 1 });
      else e.x = end - 1;
      return;
    }
    case '~': {
      e.last = keys;
      const part = line.slice(e.x, e.x + count);
      const turned = Array.from(part, (c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase())).join('');
      setLine(e, line.slice(0, e.x) + turned + line.slice(e.x + count));
      e.x += count;
      return;
    }
    case 'J': {
      const joined = e.lines.slice(e.y, e.y + Math.max(2, count));
      if (joined.length < 2) break;
      e.last = keys;
      const made = joined.reduce((text, next) => {
        e.x = text.length;
        const rest = next.trimStart();
        return rest === '' ? text : `${text}${/\s$/.test(text) || text === '' ? '' : ' '}${rest}`;
      });
      const { x } = e;
      replaceLines(e, e.y, joined.length, [made]);
      e.x = x;
      return;
    }
    case 'p':
    case 'P':
      e.last = keys;
      paste(e, command === 'p', count);
      return;
    case 'u':
      if (!undo(e)) e.message = 'Already at oldest change';
      return;
    case '.':
      if (e.last !== '') for (const one of e.last) viKey(e, one, sys);
      return;
    case 'Z':
      if (command === 'ZQ') e.end = 0;
      else if (command === 'ZZ' && (!e.changed || write(e, sys, '', false))) e.end = 0;
      return;
    case '\x04':
      scroll(page >> 1);
      return;
    case '\x15':
      scroll(-(page >> 1));
      return;
    case '\x06':
    case key.pageDown:
      scroll(Math.max(1, page - 2));
      return;
    case '\x02':
    case key.pageUp:
      scroll(-Math.max(1, page - 2));
      return;
    case '\x05':
      scroll(1);
      return;
    case '\x19':
      scroll(-1);
      return;
    case '\x07':
      return;
    case '\x0c':
      e.screen = [];
      return;
  }
  e.bell = true;
}

/** What is typed from here on is undone in one go. */
function mark(e: Editor): void {
  const { changed } = e;
  replaceLines(e, e.y, 1, [lineAt(e)]);
  e.changed = changed;
}

function paste(e: Editor, behind: boolean, count: number): void {
  const { text, whole } = e.clip;
  if (text.length === 0) {
    e.message = 'Nothing in register';
    return;
  }
  const all = Array.from({ length: count }, () => text);
  if (whole) {
    const at = behind ? e.y + 1 : e.y;
    replaceLines(e, at, 0, all.flat());
    e.y = at;
    e.x = firstWord(lineAt(e));
    return;
  }
  if (behind && lineAt(e) !== '') e.x = after(lineAt(e), e.x);
  const piece = all.map((one) => one.join('\n')).join('');
  insertText(e, piece);
  if (!piece.includes('\n')) e.x = before(lineAt(e), e.x);
}
