import { expectWord, unexpected } from './parser.ts';
import type { Scanner, Token } from './scanner.ts';
import { lineOf, needMore, problem } from './scanner.ts';
import { peek, take } from './tokens.ts';
import type { Command, Condition, Word } from './tree.ts';
import { Parts, readBackslash, readUnquoted } from './words.ts';

/** `[[ … ]]`, whose first word has been taken. */
export function readCondition(outer: Scanner): Command {
  const start = outer.pos;
  const line = lineOf(outer);
  // extended patterns need no option here
  const scan: Scanner = { ...outer, dialect: { ...outer.dialect, extglob: true } };
  const test = readOr(scan);
  expectWord(scan, ']]');
  // what was read on the way belongs to whoever goes on
  Object.assign(outer, { text: scan.text, pos: scan.pos, token: scan.token, documents: scan.documents });
  const text = scan.text.slice(start, scan.pos);
  const written = `[[${/['"\\$`]/.test(text) ? text : text.replace(/\s+/g, ' ')}`;
  return { c: 'condition', line, test, written };
}

function skip(scan: Scanner): Token {
  while (peek(scan).k === 'newline') take(scan);
  return peek(scan);
}

function operator(scan: Scanner, s: string): boolean {
  const token = skip(scan);
  if (token.k !== 'op' || token.s !== s) return false;
  take(scan);
  return true;
}

function readOr(scan: Scanner): Condition {
  let left = readAnd(scan);
  while (operator(scan, '||')) left = { k: 'or', left, right: readAnd(scan) };
  return left;
}

function readAnd(scan: Scanner): Condition {
  let left = readTerm(scan);
  while (operator(scan, '&&')) left = { k: 'and', left, right: readTerm(scan) };
  return left;
}

function readTerm(scan: Scanner): Condition {
  if (operator(scan, '(')) {
    const inner = readOr(scan);
    if (!operator(scan, ')')) throw unexpected(scan, peek(scan), '")"');
    return inner;
  }
  const token = skip(scan);
  if (token.k !== 'word' || token.plain === ']]') throw wrong(scan, token);
  take(scan);
  const { plain } = token;
  if (plain === '!') return { k: 'not', of: readTerm(scan) };
  if (plain !== undefined && /^-[a-hknoprstuvwxzGLNORS]$/.test(plain)) {
    const next = peek(scan);
    if (next.k === 'word' && next.plain !== ']]') {
      take(scan);
      return { k: 'unary', op: plain, word: next.word };
    }
  }
  return readBinary(scan, token.word);
}

const binaries = new Set(['=', '==', '!=', '=~', '-eq', '-ne', '-lt', '-le', '-gt', '-ge', '-nt', '-ot', '-ef']);

function readBinary(scan: Scanner, left: Word): Condition {
  const token = peek(scan);
  const op = token.k === 'word' ? token.plain : token.k === 'redir' ? token.s : undefined;
  if (op === undefined || !(token.k === 'redir' ? op === '<' || op === '>' : binaries.has(op)))
    return { k: 'unary', op: '-n', word: left };
  take(scan);
  if (op === '=~') return { k: 'binary', op, left, right: readRegex(scan) };
  const right = peek(scan);
  if (right.k !== 'word' || right.plain === ']]') throw wrong(scan, right);
  take(scan);
  return { k: 'binary', op, left, right: right.word };
}

function wrong(scan: Scanner, token: Token): Error {
  return token.k === 'eof' ? problem(scan, 'unexpected end of file', {}) : unexpected(scan, token);
}

/** A regular expression: goes on to a blank outside of parentheses. */
function readRegex(scan: Scanner): Word {
  while (/[ \t]/.test(scan.text.charAt(scan.pos))) scan.pos++;
  const parts = new Parts();
  let depth = 0;
  for (;;) {
    const c = scan.text[scan.pos];
    if (c === undefined) {
      needMore(scan);
      return parts.list;
    }
    if (c === '\n' || (depth === 0 && /[ \t]/.test(c))) return parts.list;
    if (c === '(') depth++;
    if (c === ')') depth--;
    if (c === '\\') readBackslash(scan, parts);
    else if (c === '"' || c === "'" || c === '$' || c === '`') readUnquoted(scan, c, parts);
    else {
      scan.pos++;
      parts.text('lit', c);
    }
  }
}
