import { reservedWords } from '../syntax/characters.ts';
import type { Command, Condition, Redirect, SimpleCommand, Word } from '../syntax/tree.ts';
import { plainText } from '../syntax/tree.ts';
import { commandText, functionBody } from '../syntax/written.ts';
import type { Emitter } from './emitter.ts';
import { at, emit, patch } from './emitter.ts';
import type { Code, CommandOp } from './ops.ts';
import {
  argumentPlace,
  assignmentPlace,
  compileExpression,
  compileItems,
  compileText,
  compileWord,
  stringPlace,
} from './words.ts';

/** What is known about a command from where it stands. */
export interface CommandPlace {
  /** Its status is looked at (`if`, `&&`, `!` …), so that `set -e` does not apply. */
  readonly tested: boolean;
  /** The process ends after it: an external command may take its place. */
  readonly last: boolean;
}

/** A command line, ready to run. */
export function compile(command: Command, place: CommandPlace): Code {
  const out: Emitter = { ops: [] };
  compileCommand(out, command, place);
  return out.ops;
}

/** Adds a command's operations. */
export function compileCommand(out: Emitter, command: Command, place: CommandPlace): void {
  const inner = { tested: place.tested, last: false };
  switch (command.c) {
    case 'simple':
      compileSimple(out, command, place);
      return;
    case 'seq':
      command.items.forEach((item, index) => {
        compileCommand(out, item, { tested: place.tested, last: place.last && index === command.items.length - 1 });
      });
      return;
    case 'group':
      compileCommand(out, command.body, place);
      return;
    case 'and':
    case 'or': {
      compileCommand(out, command.left, { tested: true, last: false });
      const jump = at(out);
      emit(out, { o: 'jumpIf', success: command.c === 'or', to: 0 });
      compileCommand(out, command.right, place);
      patch(out, jump, { to: at(out) });
      return;
    }
    case 'not':
      compileCommand(out, command.body, { tested: true, last: false });
      emit(out, { o: 'not' });
      return;
    case 'if': {
      compileCommand(out, command.test, { tested: true, last: false });
      const otherwise = at(out);
      emit(out, { o: 'jumpIf', success: false, to: 0 });
      compileCommand(out, command.then, place);
      const end = at(out);
      emit(out, { o: 'jump', to: 0 });
      patch(out, otherwise, { to: at(out) });
      if (command.otherwise) compileCommand(out, command.otherwise, place);
      else emit(out, { o: 'status', status: 0 });
      patch(out, end, { to: at(out) });
      return;
    }
    case 'while':
    case 'until': {
      const start = at(out);
      emit(out, { o: 'loop', brk: 0, cont: start + 1 });
      compileCommand(out, command.test, { tested: true, last: false });
      const leave = at(out);
      emit(out, { o: 'jumpIf', success: command.c === 'until', to: 0 });
      compileCommand(out, command.body, inner);
      emit(out, { o: 'keep' });
      emit(out, { o: 'jump', to: start + 1 });
      patch(out, leave, { to: at(out) });
      patch(out, start, { brk: at(out), cont: start + 1 });
      emit(out, { o: 'endLoop' });
      return;
    }
    case 'for': {
      emit(out, beginning(command));
      for (const word of command.words) compileArgument(out, word);
      const start = at(out);
      emit(out, { o: 'for', name: command.name, brk: 0, cont: start + 1 });
      emit(out, { o: 'next' });
      compileCommand(out, command.body, inner);
      emit(out, { o: 'keep' });
      emit(out, { o: 'jump', to: start + 1 });
      patch(out, start, { brk: at(out), cont: start + 1 });
      emit(out, { o: 'endLoop' });
      return;
    }
    case 'condition':
      emit(out, beginning(command));
      compileCondition(out, command.test);
      emit(out, { o: 'outcome', tested: place.tested });
      return;
    case 'arithmetic':
      emit(out, beginning(command));
      compileExpression(out, command.parts);
      emit(out, { o: 'count', quiet: false });
      emit(out, { o: 'outcome', tested: place.tested });
      return;
    case 'count':
    case 'select':
      compileLoop(out, command, inner);
      return;
    case 'time':
      emit(out, { o: 'timeStart', posix: command.posix });
      if (command.body) compileCommand(out, command.body, inner);
      emit(out, { o: 'timeEnd' });
      return;
    case 'case':
      compileCase(out, command, place);
      return;
    case 'function': {
      const code = compile(command.body, { tested: false, last: false });
      const text = command.listed ? { text: functionBody(command.body) } : {};
      emit(out, { o: 'define', name: command.name, code, ...text });
      return;
    }
    case 'redirected': {
      emit(out, { o: 'begin', line: command.line });
      const start = compileRedirects(out, command.redirs, {
        simple: false,
        tested: place.tested,
        status: command.body.c === 'subshell' ? 2 : 1,
      });
      compileCommand(out, command.body, inner);
      emit(out, { o: 'endRedirects' });
      patch(out, start, { to: at(out) });
      if (command.redirs.some((redirect) => hasProcess(redirect.word))) emit(out, { o: 'endProcesses' });
      return;
    }
    case 'subshell': {
      const start = at(out);
      emit(out, { o: 'subshell', line: command.line, to: 0, ...place });
      compileCommand(out, command.body, { tested: place.tested, last: true });
      emit(out, { o: 'exit' });
      patch(out, start, { to: at(out) });
      return;
    }
    case 'background': {
      const start = at(out);
      emit(out, { o: 'background', to: 0, text: command.text });
      compileCommand(out, command.body, { tested: place.tested, last: true });
      emit(out, { o: 'exit' });
      patch(out, start, { to: at(out) });
      return;
    }
    case 'pipe': {
      const start = at(out);
      emit(out, { o: 'pipeline', members: [], to: 0, tested: place.tested, text: command.text });
      const members = command.cmds.map((member) => {
        const from = at(out);
        compileCommand(out, member, { tested: place.tested, last: true });
        emit(out, { o: 'exit' });
        return from;
      });
      patch(out, start, { members, to: at(out) });
    }
  }
}

/** Begins a command with a line of its own; in bash with its text. */
function beginning(command: Command & { readonly line: number }): CommandOp {
  const text = 'written' in command && command.written !== undefined ? commandText(command) : '';
  return { o: 'begin', line: command.line, ...(text === '' ? {} : { text }) };
}

/** `for ((…))` and `select`. */
function compileLoop(out: Emitter, command: Command & { c: 'count' | 'select' }, inner: CommandPlace): void {
  emit(out, beginning(command));
  if (command.c === 'count') {
    compileExpression(out, command.start);
    emit(out, { o: 'count', quiet: true });
    const start = at(out);
    emit(out, { o: 'loop', brk: 0, cont: 0 });
    compileExpression(out, command.test);
    emit(out, { o: 'count', quiet: false });
    const leave = at(out);
    emit(out, { o: 'jumpIf', success: false, to: 0 });
    compileCommand(out, command.body, inner);
    emit(out, { o: 'keep' });
    const cont = at(out);
    compileExpression(out, command.step);
    emit(out, { o: 'count', quiet: true });
    emit(out, { o: 'jump', to: start + 1 });
    patch(out, leave, { to: at(out) });
    patch(out, start, { brk: at(out), cont });
    emit(out, { o: 'endLoop' });
    return;
  }
  for (const word of command.words) compileArgument(out, word);
  const start = at(out);
  emit(out, { o: 'for', name: command.name, brk: 0, cont: start + 1 });
  emit(out, { o: 'menu' });
  emit(out, { o: 'chosen', again: start + 1 });
  compileCommand(out, command.body, inner);
  emit(out, { o: 'keep' });
  emit(out, { o: 'jump', to: start + 1 });
  patch(out, start, { brk: at(out), cont: start + 1 });
  emit(out, { o: 'endLoop' });
}

function compileCondition(out: Emitter, test: Condition): void {
  switch (test.k) {
    case 'and':
    case 'or': {
      compileCondition(out, test.left);
      const jump = at(out);
      emit(out, { o: 'jumpIf', success: test.k === 'or', to: 0 });
      compileCondition(out, test.right);
      patch(out, jump, { to: at(out) });
      return;
    }
    case 'not':
      compileCondition(out, test.of);
      emit(out, { o: 'not' });
      return;
    case 'unary':
      compileOperand(out, test.word);
      emit(out, { o: 'compare', op: test.op, operands: 1 });
      return;
    case 'binary':
      compileOperand(out, test.left);
      compileOperand(out, test.right);
      emit(out, { o: 'compare', op: test.op, operands: 2 });
  }
}

function compileOperand(out: Emitter, word: Word): void {
  emit(out, { o: 'open' });
  compileWord(out, word, stringPlace);
}

function compileSimple(out: Emitter, command: SimpleCommand, place: CommandPlace): void {
  emit(out, beginning(command));
  for (const word of command.words) compileArgument(out, word);
  const redirects =
    command.redirs.length > 0
      ? compileRedirects(out, command.redirs, { simple: true, tested: place.tested, status: 1 })
      : -1;
  const local = command.words.length > 0;
  for (const { name, word, append, sub, list } of command.assigns) {
    if (list) {
      compileItems(out, list);
      emit(out, { o: 'assignList', name, append: append ?? false });
      continue;
    }
    if (sub) compileText(out, sub);
    if (sub) emit(out, { o: 'open' });
    compileWord(out, word, assignmentPlace);
    emit(out, { o: 'assign', name, local, ...(append ? { append } : {}), ...(sub ? { sub: true } : {}) });
  }
  emit(out, { o: 'run', ...place });
  if ([...command.words, ...command.redirs.map((redirect) => redirect.word)].some(hasProcess))
    emit(out, { o: 'endProcesses' });
  if (local && command.assigns.length > 0) emit(out, { o: 'endAssigns' });
  if (redirects >= 0) {
    emit(out, { o: 'endRedirects' });
    patch(out, redirects, { to: at(out) });
  }
}

function hasProcess(word: Word): boolean {
  return word.some((part) => part.t === 'process');
}

/** A word that becomes arguments. */
export function compileArgument(out: Emitter, word: Word): void {
  const [only] = word;
  if (only?.t === 'list') {
    compileItems(out, only.items);
    emit(out, { o: 'listArgument', name: only.name, append: only.append });
    return;
  }
  const plain = plainText(word);
  if (plain !== undefined && !/[*?~\\(]|\[.*\]/.test(plain)) {
    emit(out, { o: 'word', s: plain });
    return;
  }
  const first = word[0];
  const assigns = first?.t === 'lit' && /^[A-Za-z_]\w*\+?=/.test(first.s) && !reservedWords.has(first.s);
  compileWord(out, word, argumentPlace);
  emit(out, { o: 'argument', assigns });
}

/** Returns the index of the operation that puts them into force. */
function compileRedirects(
  out: Emitter,
  redirects: readonly Redirect[],
  how: { simple: boolean; tested: boolean; status: number },
): number {
  for (const { kind, fd, word, raw, variable } of redirects) {
    const place = raw === undefined ? stringPlace : { ...argumentPlace, tilde: 'start' as const };
    compileWord(out, word, kind === '<<' ? { ...stringPlace, tilde: 'never' } : place);
    const named = variable === undefined ? {} : { variable };
    emit(out, { o: 'redirect', kind, fd, ...(raw === undefined ? {} : { raw }), ...named });
  }
  const index = at(out);
  emit(out, { o: 'redirectAll', to: 0, ...how });
  return index;
}

function compileCase(out: Emitter, command: Command & { c: 'case' }, place: CommandPlace): void {
  emit(out, beginning(command));
  compileWord(out, command.word, stringPlace);
  emit(out, { o: 'subject' });
  const starts: number[] = [];
  const matches = command.items.map((item) => {
    starts.push(at(out));
    return item.patterns.map((pattern) => {
      compileWord(out, pattern, stringPlace);
      emit(out, { o: 'match', to: 0 });
      return at(out) - 1;
    });
  });
  emit(out, { o: 'status', status: 0 });
  const ends = [at(out)];
  emit(out, { o: 'jump', to: 0 });
  command.items.forEach((item, index) => {
    for (const match of matches[index] ?? []) patch(out, match, { to: at(out) });
    if (item.body) compileCommand(out, item.body, place);
    else emit(out, { o: 'status', status: 0 });
    if (item.end === ';&' && index < command.items.length - 1) return;
    const next = item.end === ';;&' ? starts[index + 1] : undefined;
    if (next === undefined) ends.push(at(out));
    emit(out, { o: 'jump', to: next ?? 0 });
  });
  for (const end of ends) patch(out, end, { to: at(out) });
}
