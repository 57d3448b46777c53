import { reservedWords } from '../syntax/characters.ts';
import type { Command, Redirect, SimpleCommand, Word } from '../syntax/tree.ts';
import { plainText } from '../syntax/tree.ts';
import type { Emitter } from './emitter.ts';
import { at, emit, patch } from './emitter.ts';
import type { Code } from './ops.ts';
import { argumentPlace, assignmentPlace, compileWord, stringPlace } from './words.ts';

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
      emit(out, { o: 'begin', line: command.line });
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
    case 'case':
      compileCase(out, command, place);
      return;
    case 'function': {
      const code = compile(command.body, { tested: false, last: false });
      emit(out, { o: 'define', name: command.name, code });
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
      return;
    }
    case 'subshell': {
      const start = at(out);
      emit(out, { o: 'subshell', to: 0, ...place });
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

function compileSimple(out: Emitter, command: SimpleCommand, place: CommandPlace): void {
  emit(out, { o: 'begin', line: command.line });
  for (const word of command.words) compileArgument(out, word);
  const redirects =
    command.redirs.length > 0
      ? compileRedirects(out, command.redirs, { simple: true, tested: place.tested, status: 1 })
      : -1;
  const local = command.words.length > 0;
  for (const { name, word } of command.assigns) {
    compileWord(out, word, assignmentPlace);
    emit(out, { o: 'assign', name, local });
  }
  emit(out, { o: 'run', ...place });
  if (local && command.assigns.length > 0) emit(out, { o: 'endAssigns' });
  if (redirects >= 0) {
    emit(out, { o: 'endRedirects' });
    patch(out, redirects, { to: at(out) });
  }
}

function compileArgument(out: Emitter, word: Word): void {
  const plain = plainText(word);
  if (plain !== undefined && !/[*?~\\]|\[.*\]/.test(plain)) {
    emit(out, { o: 'word', s: plain });
    return;
  }
  const first = word[0];
  const assigns = first?.t === 'lit' && /^[A-Za-z_]\w*=/.test(first.s) && !reservedWords.has(first.s);
  compileWord(out, word, argumentPlace);
  emit(out, { o: 'argument', assigns });
}

/** Returns the index of the operation that puts them into force. */
function compileRedirects(
  out: Emitter,
  redirects: readonly Redirect[],
  how: { simple: boolean; tested: boolean; status: number },
): number {
  for (const { kind, fd, word } of redirects) {
    compileWord(out, word, kind === '<<' ? { ...stringPlace, tilde: 'never' } : stringPlace);
    emit(out, { o: 'redirect', kind, fd });
  }
  const index = at(out);
  emit(out, { o: 'redirectAll', to: 0, ...how });
  return index;
}

function compileCase(out: Emitter, command: Command & { c: 'case' }, place: CommandPlace): void {
  emit(out, { o: 'begin', line: command.line });
  compileWord(out, command.word, stringPlace);
  emit(out, { o: 'subject' });
  const matches = command.items.map((item) =>
    item.patterns.map((pattern) => {
      compileWord(out, pattern, stringPlace);
      emit(out, { o: 'match', to: 0 });
      return at(out) - 1;
    }),
  );
  emit(out, { o: 'status', status: 0 });
  const ends = [at(out)];
  emit(out, { o: 'jump', to: 0 });
  command.items.forEach((item, index) => {
    for (const match of matches[index] ?? []) patch(out, match, { to: at(out) });
    if (item.body) compileCommand(out, item.body, place);
    else emit(out, { o: 'status', status: 0 });
    ends.push(at(out));
    emit(out, { o: 'jump', to: 0 });
  });
  for (const end of ends) patch(out, end, { to: at(out) });
}
