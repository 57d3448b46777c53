import { beginsItems, elementText, readItems } from './arrays.ts';
import { expandBraces } from './brace-expansion.ts';
import { assignmentName, reservedWords } from './characters.ts';
import { readRedirect } from './compound.ts';
import { expandAlias, expectOperator, readFunctionBody, unexpected } from './parser.ts';
import type { Scanner } from './scanner.ts';
import { lineOf } from './scanner.ts';
import { peek, take } from './tokens.ts';
import type { Assignment, Command, Redirect, Word } from './tree.ts';
import { plainText } from './tree.ts';

const declarations: ReadonlySet<string> = new Set(['declare', 'export', 'local', 'readonly', 'typeset']);

/** A simple command: assignments, words and redirections in any order; or a function definition `name() …`. */
export function readSimple(scan: Scanner): Command {
  const assigns: Assignment[] = [];
  const words: Word[] = [];
  const redirs: Redirect[] = [];
  const written: string[] = [];
  let brackets = false;
  const { bash, flavour } = scan.dialect;
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
      const items = bash ? beginsItems(scan, token.word) : undefined;
      const assignment = words.length === 0 ? asAssignment(token.word, bash) : undefined;
      if (items && (words.length === 0 || isDeclaration(words))) {
        scan.pos++;
        const list = readItems(scan).flatMap((item) =>
          item.key ? [item] : expandBraces(item.word).map((word) => ({ word })),
        );
        if (words.length === 0) assigns.push({ ...items, word: [], list });
        else words.push([{ t: 'list', ...items, items: list }]);
      } else if (assignment) assigns.push(assignment);
      else {
        if (bash) words.push(...argument(token.word, isDeclaration(words)));
        else words.push(token.word);
        if (words.length === 1) brackets = flavour === 'ash' && token.plain === '[[';
        if (brackets && token.plain === ']]') brackets = false;
      }
      if (bash) written.push(scan.text.slice(token.start, scan.pos));
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
    else return { c: 'simple', line, assigns, words, redirs, ...(bash ? { written: written.join(' ') } : {}) };
  }
}

/** Is the command one whose arguments may be assignments? */
function isDeclaration(words: readonly Word[]): boolean {
  const [name, second] = words.map(plainText);
  return (
    name !== undefined &&
    (declarations.has(name) || (/^(?:command|builtin)$/.test(name) && declarations.has(second ?? '')))
  );
}

/** The words that an argument stands for, its braces expanded. */
function argument(word: Word, declares: boolean): readonly Word[] {
  const [head, ...rest] = word;
  if (head?.t === 'element') return argument([...elementText(head), ...rest], declares);
  return declares && asAssignment(word, true) ? [word] : expandBraces(word);
}

/** `name=…` outside quotes, split at the equals sign; in bash also `name+=…` and `name[…]=…`. */
export function asAssignment(word: Word, bash = false): Assignment | undefined {
  const [first, ...rest] = word;
  if (first?.t === 'element') return { name: first.name, sub: first.sub, append: first.append, word: rest };
  const added = bash && first?.t === 'lit' ? /^([A-Za-z_]\w*)\+=/.exec(first.s) : null;
  if (added && first?.t === 'lit') {
    const text = first.s.slice(added[0].length);
    return { name: added[1] ?? '', append: true, word: text === '' ? rest : [{ t: 'lit', s: text }, ...rest] };
  }
  if (first?.t !== 'lit') return undefined;
  const name = assignmentName(first.s);
  if (name === undefined || reservedWords.has(first.s)) return undefined;
  const value = first.s.slice(name.length + 1);
  return { name, word: value === '' ? rest : [{ t: 'lit', s: value }, ...rest] };
}
