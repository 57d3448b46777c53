import { assignmentName, reservedWords } from './characters.ts';
import { readRedirect } from './compound.ts';
import { expandAlias, expectOperator, readFunctionBody, unexpected } from './parser.ts';
import type { Scanner } from './scanner.ts';
import { lineOf } from './scanner.ts';
import { peek, take } from './tokens.ts';
import type { Assignment, Command, Redirect, Word } from './tree.ts';

/** A simple command: assignments, words and redirections in any order; or a function definition `name() …`. */
export function readSimple(scan: Scanner): Command {
  const assigns: Assignment[] = [];
  const words: Word[] = [];
  const redirs: Redirect[] = [];
  let brackets = false;
  peek(scan);
  const line = lineOf(scan);
  for (;;) {
    if (scan.aliasNextFrom !== undefined && peek(scan).start >= scan.aliasNextFrom) {
      scan.aliasNextFrom = undefined;
      expandAlias(scan);
    }
    const token = peek(scan);
    if (token.k === 'redir') redirs.push(readRedirect(scan));
    else if (token.k === 'word') {
      take(scan);
      const assignment = words.length === 0 ? asAssignment(token.word) : undefined;
      if (assignment) assigns.push(assignment);
      else {
        words.push(token.word);
        if (words.length === 1) brackets = token.plain === '[[';
        if (brackets && token.plain === ']]') brackets = false;
      }
    } else if (brackets && token.k === 'op' && (token.s === '&&' || token.s === '||')) {
      take(scan);
      words.push([{ t: 'quo', s: token.s === '&&' ? '-a' : '-o' }]);
    } else if (
      token.k === 'op' &&
      token.s === '(' &&
      words.length === 1 &&
      assigns.length === 0 &&
      redirs.length === 0
    ) {
      take(scan);
      expectOperator(scan, ')');
      const [name] = words;
      return readFunctionBody(scan, name?.length === 1 && name[0]?.t === 'lit' ? name[0].s : '');
    } else if (token.k === 'op' && token.s === '(') throw unexpected(scan, token);
    else return { c: 'simple', line, assigns, words, redirs };
  }
}

/** `name=…` outside quotes, split at the equals sign. */
export function asAssignment(word: Word): Assignment | undefined {
  const [first, ...rest] = word;
  if (first?.t !== 'lit') return undefined;
  const name = assignmentName(first.s);
  if (name === undefined || reservedWords.has(first.s)) return undefined;
  const value = first.s.slice(name.length + 1);
  return { name, word: value === '' ? rest : [{ t: 'lit', s: value }, ...rest] };
}
