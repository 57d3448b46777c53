import type { Rec } from '../../../kernel/json.ts';
import type { Dialect } from '../flavour.ts';
import { dialectOf } from '../flavour.ts';
import { isName, reservedIn } from './characters.ts';
import { compound, readRedirects } from './compound.ts';
import type { OpenDocument, Scanner, Token } from './scanner.ts';
import { lineOf, makeScanner, nested, problem } from './scanner.ts';
import { readSimple } from './simple.ts';
import { peek, take } from './tokens.ts';
import type { Command } from './tree.ts';

/** Where to parse: the script so far, from `pos`, where line `line` begins or goes on. */
export interface ParseInput {
  readonly text: string;
  readonly pos: number;
  readonly line: number;
  /** No more text will come. */
  readonly final: boolean;
  readonly aliases: Rec<string>;
  /** ash's, unless told. */
  readonly dialect?: Dialect;
}

export interface Parsed {
  /** Null: there are no more commands. */
  readonly command: Command | null;
  /** The text (changed where aliases were expanded) and where the next command line starts. */
  readonly text: string;
  readonly pos: number;
  readonly line: number;
  readonly openDocument?: OpenDocument;
}

/**
 * Parses the next command line: all commands up to the newline that ends it.
 * @throws SyntaxProblem for a wrong script; NeedMore when the text ends inside a command and is not final.
 */
export function parseLine(input: ParseInput): Parsed {
  const scan = makeScanner({ dialect: dialectOf('ash'), ...input, substitution: readSubstitution });
  let command: Command | null = null;
  for (;;) {
    // empty lines are used up, whether or not there is more behind them
    if (!input.final && /^[ \t\n]*$/.test(scan.text.slice(scan.pos))) {
      scan.pos = scan.text.length;
      break;
    }
    const token = peek(scan);
    if (token.k !== 'newline') {
      if (token.k !== 'eof') command = readLine(scan);
      break;
    }
    take(scan);
  }
  const open = scan.openDocument ? { openDocument: scan.openDocument } : {};
  return { command, text: scan.text, pos: scan.pos, line: lineOf(scan), ...open };
}

/** The list of a command line, with the newline (or the end of the script) that ends it. */
function readLine(scan: Scanner): Command {
  const items: Command[] = [];
  for (;;) {
    items.push(readItem(scan));
    const token = peek(scan);
    if (token.k === 'newline') take(scan);
    if (token.k === 'newline' || token.k === 'eof') return sequence(items);
    if (!startsCommand(scan)) throw unexpected(scan, token);
  }
}

/** After `;` or `&`: does the line go on with a command? */
function startsCommand(scan: Scanner): boolean {
  const token = peek(scan);
  return token.k === 'word' || token.k === 'redir' || (token.k === 'op' && token.s === '(');
}

/** One and-or list with the `;` or `&` behind it. */
function readItem(scan: Scanner): Command {
  const start = peek(scan).start;
  const body = readAndOr(scan);
  const token = peek(scan);
  if (token.k === 'op' && token.s === '&') {
    const text = scan.text.slice(start, token.start).trim();
    take(scan);
    return { c: 'background', body, text };
  }
  if (token.k === 'op' && token.s === ';') take(scan);
  else if (token.k !== 'newline' && token.k !== 'eof' && !endsList(token)) throw unexpected(scan, token);
  return body;
}

const listEnds: ReadonlySet<string> = new Set(['then', 'else', 'elif', 'fi', 'do', 'done', 'esac', '}']);

/** Is this a token that can only close what is around a list? */
function endsList(token: Token): boolean {
  if (token.k === 'op') return token.s === ')' || token.s === ';;' || token.s === ';&' || token.s === ';;&';
  return token.k === 'word' && token.plain !== undefined && listEnds.has(token.plain);
}

/** Commands up to a closing word; null when there are none, which most callers refuse. */
export function readList(scan: Scanner): Command | null {
  const items: Command[] = [];
  for (;;) {
    while (peek(scan).k === 'newline') take(scan);
    expandAlias(scan);
    const token = peek(scan);
    if (token.k === 'eof' || endsList(token)) return items.length > 0 ? sequence(items) : null;
    items.push(readItem(scan));
    const next = peek(scan);
    if (next.k !== 'newline' && next.k !== 'eof' && !startsCommand(scan) && !endsList(next))
      throw unexpected(scan, next);
  }
}

function sequence(items: readonly Command[]): Command {
  const [first] = items;
  return items.length === 1 && first ? first : { c: 'seq', items };
}

function readAndOr(scan: Scanner): Command {
  let left = readPipeline(scan);
  for (;;) {
    const token = peek(scan);
    if (token.k !== 'op' || (token.s !== '&&' && token.s !== '||')) return left;
    take(scan);
    while (peek(scan).k === 'newline') take(scan);
    left = { c: token.s === '&&' ? 'and' : 'or', left, right: readPipeline(scan) };
  }
}

function readPipeline(scan: Scanner): Command {
  expandAlias(scan);
  const first = peek(scan);
  if (scan.dialect.bash && first.k === 'word' && first.plain === 'time') return readTime(scan);
  const negated = first.k === 'word' && first.plain === '!';
  if (negated) {
    take(scan);
    const next = peek(scan);
    if (scan.dialect.bash && next.k === 'word' && next.plain === '!') return { c: 'not', body: readPipeline(scan) };
  }
  const start = peek(scan).start;
  const cmds = [readCommand(scan)];
  let end = scan.token?.start ?? scan.pos;
  for (let token = peek(scan); token.k === 'op' && (token.s === '|' || token.s === '|&'); token = peek(scan)) {
    const last = cmds.at(-1);
    if (token.s === '|&' && last) cmds[cmds.length - 1] = withErrors(last);
    take(scan);
    while (peek(scan).k === 'newline') take(scan);
    cmds.push(readCommand(scan));
    end = peek(scan).start;
  }
  const [only] = cmds;
  const body: Command =
    cmds.length === 1 && only ? only : { c: 'pipe', cmds, text: scan.text.slice(start, end).trim() };
  return negated ? { c: 'not', body } : body;
}

/** A pipeline's member before `|&`: its standard error goes the same way. */
function withErrors(body: Command): Command {
  const redirs = [{ kind: '>&' as const, fd: 2, word: [{ t: 'lit' as const, s: '1' }], written: '1' }];
  return body.c === 'simple'
    ? { ...body, redirs: [...body.redirs, ...redirs] }
    : { c: 'redirected', line: 0, body, redirs };
}

/** `time [-p] pipeline`. */
function readTime(scan: Scanner): Command {
  take(scan);
  const option = peek(scan);
  const posix = option.k === 'word' && option.plain === '-p';
  if (posix) take(scan);
  const next = peek(scan);
  const empty = next.k === 'newline' || next.k === 'eof' || (next.k === 'op' && next.s === ';');
  return { c: 'time', posix, body: empty ? null : readPipeline(scan) };
}

/** A simple command, a compound command with its redirections, or a function definition. */
export function readCommand(scan: Scanner): Command {
  expandAlias(scan);
  const token = peek(scan);
  if (token.k === 'redir' || (token.k === 'word' && !isReserved(scan, token.plain))) {
    return readSimple(scan);
  }
  const line = lineOf(scan);
  const body = nested(scan, () => compound(scan, token));
  if (!body) throw unexpected(scan, token);
  if (body.c === 'function') return body;
  const redirs = readRedirects(scan);
  const next = peek(scan);
  if (next.k === 'word' && !endsList(next)) throw unexpected(scan, next);
  return redirs.length > 0 ? { c: 'redirected', line, body, redirs } : body;
}

/** The body of a function, whose name and parentheses have been read. */
export function readFunctionBody(scan: Scanner, name: string): Command {
  if (scan.dialect.bash ? !/^[^\s$'"`\\]+$/.test(name) : !isName(name))
    throw problem(scan, 'bad function name', { words: `\`${name}': not a valid identifier` });
  while (peek(scan).k === 'newline') take(scan);
  const body = nested(scan, () => readCommand(scan));
  return scan.dialect.bash ? { c: 'function', name, body, listed: true } : { c: 'function', name, body };
}

/** The commands of `$(…)`, with its closing parenthesis. */
function readSubstitution(scan: Scanner): Command | null {
  const outer = { active: scan.active, next: scan.aliasNextFrom };
  scan.aliasNextFrom = undefined;
  const body = readList(scan);
  const end = peek(scan);
  if (end.k === 'eof') throw problem(scan, 'unexpected end of file (expecting ")")', { matching: ')' });
  expectOperator(scan, ')');
  scan.aliasNextFrom = outer.next;
  return scan.dialect.bash && body ? fileContents(body) : body;
}

/** `$(<file)` is the file's text. */
function fileContents(body: Command): Command {
  if (body.c !== 'simple' || body.words.length > 0 || body.assigns.length > 0) return body;
  const [only] = body.redirs;
  if (body.redirs.length !== 1 || only?.kind !== '<') return body;
  const words = ['command', 'cat'].map((s) => [{ t: 'lit' as const, s }]);
  return { ...body, words };
}

/** If the next token is the name of an alias: puts the alias's text in its place, and looks again. */
export function expandAlias(scan: Scanner): void {
  for (;;) {
    const token = peek(scan);
    if (token.k !== 'word' || token.plain === undefined || isReserved(scan, token.plain)) return;
    const name = token.plain;
    const value = Object.hasOwn(scan.aliases, name) ? scan.aliases[name] : undefined;
    scan.active = scan.active.filter((active) => active.end > token.start);
    if (value === undefined || scan.active.some((active) => active.name === name)) return;
    lineOf(scan);
    const end = token.start + name.length;
    const grown = value.length - name.length;
    scan.text = scan.text.slice(0, token.start) + value + scan.text.slice(end);
    for (const active of scan.active) active.end += grown;
    scan.active.push({ name, end: token.start + value.length });
    if (/[ \t]$/.test(value)) scan.aliasNextFrom = token.start + value.length;
    scan.pos = token.start;
    scan.counted.pos = Math.min(scan.counted.pos, token.start);
    scan.token = undefined;
  }
}

/** Takes an operator that has to come here. */
export function expectOperator(scan: Scanner, s: string): void {
  const token = peek(scan);
  if (token.k !== 'op' || token.s !== s) throw unexpected(scan, token, `"${s}"`);
  take(scan);
}

/** Takes a reserved word that has to come here. */
export function expectWord(scan: Scanner, word: string): void {
  expandAlias(scan);
  const token = peek(scan);
  if (token.k !== 'word' || token.plain !== word) throw unexpected(scan, token, `"${word}"`);
  take(scan);
}

/** Is this a reserved word in the language at hand? */
function isReserved(scan: Scanner, plain: string | undefined): boolean {
  return plain !== undefined && reservedIn(scan.dialect.flavour).has(plain);
}

/** ash's complaint about a token: `unexpected "fi" (expecting "then")`. */
export function unexpected(scan: Scanner, token: Token, expecting?: string): Error {
  const near =
    token.k === 'eof'
      ? {}
      : { near: 's' in token ? token.s : token.k === 'newline' ? 'newline' : scan.text.slice(token.start, scan.pos) };
  const words = `unexpected ${describe(scan, token)}${expecting === undefined ? '' : ` (expecting ${expecting})`}`;
  return problem(scan, words, near);
}

function describe(scan: Scanner, token: Token): string {
  if (token.k === 'eof') return 'end of file';
  if (token.k === 'redir') return 'redirection';
  if (token.k === 'op') return `"${token.s}"`;
  if (token.k !== 'word') return 'newline';
  return isReserved(scan, token.plain) ? `"${token.plain}"` : 'word';
}
