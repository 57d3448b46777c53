import { type At, SyntaxProblem } from '../core/tree.ts';
import type { PyToken } from './lexer.ts';

export interface PyCursor {
  readonly tokens: readonly PyToken[];
  i: number;
}

export function token(c: PyCursor, ahead = 0): PyToken {
  const found = c.tokens[Math.min(c.i + ahead, c.tokens.length - 1)];
  if (!found) throw new Error('no tokens');
  return found;
}

export const is = (c: PyCursor, v: string, ahead = 0): boolean =>
  token(c, ahead).v === v && (token(c, ahead).k === 'sign' || token(c, ahead).k === 'name');

export function advance(c: PyCursor): PyToken {
  const found = token(c);
  c.i++;
  return found;
}

export function accept(c: PyCursor, v: string): boolean {
  if (!is(c, v)) return false;
  c.i++;
  return true;
}

export const invalid = (c: PyCursor, message = 'invalid syntax', at = token(c).at): SyntaxProblem =>
  new SyntaxProblem(message, at);

export function expect(c: PyCursor, v: string): PyToken {
  if (!is(c, v)) throw invalid(c);
  return advance(c);
}

export const spanTo = (c: PyCursor, from: At): At => {
  const last = c.tokens[c.i - 1]?.at ?? from;
  return [from[0], from[1], last[2], last[3]];
};

export const keywords = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
);
