import type { Token } from '../core/lexer.ts';
import { type At, SyntaxProblem } from '../core/tree.ts';

/** Where a parser is in its tokens. */
export interface Cursor {
  readonly text: string;
  readonly tokens: readonly Token[];
  i: number;
  /** `in` ends an expression (the head of a for). */
  noIn: boolean;
  /** A brace after an expression begins a body (Go). */
  noBrace: boolean;
  inAsync: boolean;
}

export function token(c: Cursor, ahead = 0): Token {
  const found = c.tokens[Math.min(c.i + ahead, c.tokens.length - 1)];
  if (!found) throw new Error('no tokens');
  return found;
}
export function is(c: Cursor, v: string, ahead = 0): boolean {
  const found = token(c, ahead);
  return found.v === v && (found.k === 'sign' || found.k === 'name');
}
export function advance(c: Cursor): Token {
  const found = token(c);
  c.i++;
  return found;
}
export function accept(c: Cursor, v: string): boolean {
  if (!is(c, v)) return false;
  c.i++;
  return true;
}
/** What V8 says of a token in a place where it cannot stand. */
export function unexpected(c: Cursor, found = token(c)): SyntaxProblem {
  if (found.k === 'end') return new SyntaxProblem('Unexpected end of input', found.at);
  if (found.k === 'number') return new SyntaxProblem('Invalid or unexpected token', found.at);
  if (found.k === 'text') return new SyntaxProblem('Unexpected string', found.at);
  if (found.k === 'template') return new SyntaxProblem('Unexpected template string', found.at);
  if (found.k === 'name' && !reserved.has(found.v))
    return new SyntaxProblem(`Unexpected identifier '${found.v}'`, found.at);
  return new SyntaxProblem(`Unexpected token '${found.v}'`, found.at);
}
export function expect(c: Cursor, v: string): Token {
  if (!is(c, v)) throw unexpected(c);
  return advance(c);
}
export function spanTo(c: Cursor, from: At): At {
  const last = c.tokens[c.i - 1]?.at ?? from;
  return [from[0], from[1], last[2], last[3]];
}

export const reserved = new Set(
  (
    'break case catch class const continue debugger default delete do else export extends finally for function if import in ' +
    'instanceof new return super switch this throw try typeof var void while with null true false'
  ).split(' '),
);
