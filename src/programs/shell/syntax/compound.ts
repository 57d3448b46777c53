import { skipNewlines } from './arrays.ts';
import { expandBraces } from './brace-expansion.ts';
import { isName } from './characters.ts';
import { readCondition } from './condition.ts';
import { isDoubled, readArithmeticCommand, readCount } from './counting.ts';
import { expandAlias, expectOperator, expectWord, readFunctionBody, readList, unexpected } from './parser.ts';
import type { Scanner, Token } from './scanner.ts';
import { lineOf, problem } from './scanner.ts';
import { peek, take } from './tokens.ts';
import type { CaseItem, Command, Redirect, RedirectKind, Word } from './tree.ts';

/** A compound command that begins with `token`; undefined when no command begins so. */
export function compound(scan: Scanner, token: Token): Command | undefined {
  if (token.k === 'op' && token.s === '(') {
    const counted = isDoubled(scan) ? readArithmeticCommand(scan) : undefined;
    if (counted) return counted;
    const line = lineOf(scan);
    take(scan);
    const body = listOf(scan);
    expectOperator(scan, ')');
    return { c: 'subshell', line, body };
  }
  if (token.k !== 'word') return undefined;
  const { bash } = scan.dialect;
  if (bash && token.plain === '[[') {
    take(scan);
    return readCondition(scan);
  }
  if (bash && token.plain === 'select') {
    take(scan);
    const loop = readFor(scan);
    return loop.c === 'for' ? { ...loop, c: 'select' } : loop;
  }
  if (bash && token.plain === 'coproc')
    throw problem(scan, 'unexpected word', { words: 'coproc: coprocesses are not simulated' });
  switch (token.plain) {
    case '{': {
      take(scan);
      const body = listOf(scan);
      expectWord(scan, '}');
      return { c: 'group', body };
    }
    case 'if':
      take(scan);
      return readIf(scan);
    case 'while':
    case 'until': {
      take(scan);
      const test = listOf(scan);
      return { c: token.plain, test, body: readDo(scan) };
    }
    case 'for':
      take(scan);
      return readFor(scan);
    case 'case':
      take(scan);
      return readCase(scan);
    case 'function':
      if (scan.dialect.flavour === 'dash') return undefined;
      take(scan);
      return readFunction(scan);
    default:
      return undefined;
  }
}

/** A list that must not be empty. At the end of the script the caller says what it misses. */
function listOf(scan: Scanner): Command {
  const list = readList(scan);
  if (list) return list;
  const token = peek(scan);
  if (token.k !== 'eof') throw unexpected(scan, token);
  return { c: 'seq', items: [] };
}

function readDo(scan: Scanner): Command {
  expectWord(scan, 'do');
  const body = listOf(scan);
  expectWord(scan, 'done');
  return body;
}

/** From behind `if` or `elif`. */
function readIf(scan: Scanner): Command {
  const test = listOf(scan);
  expectWord(scan, 'then');
  const then = listOf(scan);
  expandAlias(scan);
  const token = peek(scan);
  if (token.k === 'word' && token.plain === 'elif') {
    take(scan);
    return { c: 'if', test, then, otherwise: readIf(scan) };
  }
  if (token.k === 'word' && token.plain === 'else') {
    take(scan);
    const otherwise = listOf(scan);
    expectWord(scan, 'fi');
    return { c: 'if', test, then, otherwise };
  }
  expectWord(scan, 'fi');
  return { c: 'if', test, then };
}

function readFor(scan: Scanner): Command {
  const line = lineOf(scan);
  if (isDoubled(scan)) {
    const parts = readCount(scan);
    const end = peek(scan);
    if (end.k === 'op' && end.s === ';') take(scan);
    skipNewlines(scan);
    const brace = peek(scan);
    if (brace.k === 'word' && brace.plain === '{') {
      take(scan);
      const body = listOf(scan);
      expectWord(scan, '}');
      return { c: 'count', line, ...parts, body };
    }
    return { c: 'count', line, ...parts, body: readDo(scan) };
  }
  const token = take(scan);
  if (token.k !== 'word' || token.plain === undefined || !isName(token.plain))
    throw problem(scan, 'bad for loop variable', {
      near: token.k === 'word' ? scan.text.slice(token.start, scan.pos) : '',
    });
  const name = token.plain;
  const newline = peek(scan).k === 'newline';
  while (peek(scan).k === 'newline') take(scan);
  const next = peek(scan);
  let words: Word[] = [[{ t: 'dq', parts: [{ t: 'par', name: '@' }] }]];
  let written: string[] | undefined;
  if (next.k === 'word' && next.plain === 'in') {
    take(scan);
    words = [];
    written = [];
    for (let word = peek(scan); word.k === 'word'; word = peek(scan)) {
      take(scan);
      written.push(scan.text.slice(word.start, scan.pos));
      words.push(...(scan.dialect.bash ? expandBraces(word.word) : [word.word]));
    }
    const end = peek(scan);
    if (end.k !== 'newline' && !(end.k === 'op' && end.s === ';')) throw unexpected(scan, end);
    take(scan);
  } else if (!newline && next.k === 'op' && next.s === ';') take(scan);
  while (peek(scan).k === 'newline') take(scan);
  const found = peek(scan);
  // ash looks for `do` alone here, and calls any other word a word
  if (found.k === 'word' && found.plain !== 'do') {
    const near = scan.text.slice(found.start, scan.pos);
    throw problem(scan, 'unexpected word (expecting "do")', { near });
  }
  const shown = scan.dialect.bash && written ? { written: written.join(' ') } : {};
  return { c: 'for', line, name, words, body: readDo(scan), ...shown };
}

function readCase(scan: Scanner): Command {
  const line = lineOf(scan);
  const subject = take(scan);
  if (subject.k !== 'word') throw unexpected(scan, subject, 'word');
  const written = scan.dialect.bash ? { written: scan.text.slice(subject.start, scan.pos) } : {};
  while (peek(scan).k === 'newline') take(scan);
  const found = peek(scan);
  if (found.k !== 'word' || found.plain !== 'in') {
    throw found.k === 'word' ? problem(scan, 'unexpected word (expecting "in")') : unexpected(scan, found, '"in"');
  }
  take(scan);
  const items: CaseItem[] = [];
  for (;;) {
    while (peek(scan).k === 'newline') take(scan);
    const token = peek(scan);
    if (token.k === 'word' && token.plain === 'esac') break;
    const item = readCaseItem(scan);
    const end = peek(scan);
    if (end.k === 'op' && (end.s === ';&' || end.s === ';;&')) {
      items.push({ ...item, end: end.s });
      take(scan);
      continue;
    }
    items.push(item);
    if (end.k === 'word' && end.plain === 'esac') break;
    if (end.k !== 'op' || end.s !== ';;') throw unexpected(scan, end, '";;"');
    take(scan);
  }
  take(scan);
  return { c: 'case', line, word: subject.word, items, ...written };
}

/** Patterns and commands of one item, up to `;;` or `esac`. */
function readCaseItem(scan: Scanner): CaseItem {
  const first = peek(scan);
  if (first.k === 'op' && first.s === '(') take(scan);
  const patterns: Word[] = [];
  const written: string[] = [];
  for (;;) {
    const token = peek(scan);
    if (token.k === 'eof') throw unexpected(scan, token, '")"');
    if (token.k !== 'word') throw unexpected(scan, token, 'word');
    take(scan);
    patterns.push(token.word);
    written.push(scan.text.slice(token.start, scan.pos));
    const next = peek(scan);
    if (next.k !== 'op' || next.s !== '|') break;
    take(scan);
  }
  expectOperator(scan, ')');
  return { patterns, body: readList(scan), ...(scan.dialect.bash ? { written } : {}) };
}

/** `function name [()] body`. */
function readFunction(scan: Scanner): Command {
  const token = peek(scan);
  if (token.k !== 'word') throw unexpected(scan, token, 'word');
  take(scan);
  const paren = peek(scan);
  if (paren.k === 'op' && paren.s === '(') {
    take(scan);
    expectOperator(scan, ')');
  }
  return readFunctionBody(scan, token.plain ?? '');
}

/** The redirections behind a compound command. */
export function readRedirects(scan: Scanner): Redirect[] {
  const redirs: Redirect[] = [];
  while (peek(scan).k === 'redir') redirs.push(readRedirect(scan));
  return redirs;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** One redirection; a here-document's text is put in when the line has ended. */
export function readRedirect(scan: Scanner): Redirect {
  const token = take(scan);
  if (token.k !== 'redir') throw unexpected(scan, token);
  const target = peek(scan);
  if (target.k !== 'word') throw unexpected(scan, target);
  take(scan);
  const { bash } = scan.dialect;
  const text = scan.text.slice(target.start, scan.pos);
  const named = token.variable === undefined ? {} : { variable: token.variable };
  const fd = token.fd ?? (token.s.startsWith('<') ? 0 : 1);
  if (token.s === '<<<')
    return { kind: '<<', fd, word: [...target.word, { t: 'quo', s: '\n' }], ...named, written: `<<< ${text}` };
  if (token.s === '<<' || token.s === '<<-') {
    const redirect: Mutable<Redirect> = { kind: '<<', fd, word: [], ...named };
    const { text: delimiter, quoted } = delimiterOf(target.word);
    scan.documents.push({
      delimiter,
      line: lineOf(scan),
      quoted,
      strip: token.s === '<<-',
      fill: (word, body) => {
        redirect.word = word;
        if (!bash) return;
        redirect.written = token.s + text;
        redirect.document = `${body}${delimiter}\n`;
      },
    });
    return redirect;
  }
  const raw = bash && (target.plain === undefined || /[*?[]/.test(target.plain));
  const written = { ...(raw ? { raw: text } : {}), ...(bash ? { written: text } : {}) };
  return { kind: token.s as RedirectKind, fd, word: target.word, ...named, ...written };
}

/** A here-document's delimiter: its text without quotes, and whether there were any. */
function delimiterOf(word: Word): { text: string; quoted: boolean } {
  let text = '';
  let quoted = false;
  for (const part of word) {
    if (part.t !== 'lit') quoted = true;
    if (part.t === 'lit' || part.t === 'quo') text += part.s;
    else if (part.t === 'dq') text += part.parts.map((inner) => (inner.t === 'quo' ? inner.s : '')).join('');
    else if (part.t === 'par') text += `$${part.name}`;
  }
  return { text, quoted: quoted && word.some((part) => part.t === 'quo' || part.t === 'dq') };
}
