import type { At, Expr, Func, Param } from '../core/tree.ts';
import { accept, advance, type Cursor, expect, is, reserved, spanTo, token, unexpected } from './cursor.ts';
import { assignment, pattern, primary } from './parse-expr.ts';
import { functionBody } from './parse-stmt.ts';

export function arrowFunction(c: Cursor): Expr | undefined {
  const from = token(c).at;
  const isAsync =
    is(c, 'async') && !token(c, 1).newline && (token(c, 1).k === 'name' || is(c, '(', 1)) && !is(c, 'function', 1);
  const first = isAsync ? 1 : 0;
  let params: readonly Param[];
  if (token(c, first).k === 'name' && is(c, '=>', first + 1) && !reserved.has(token(c, first).v)) {
    c.i += first;
    params = [{ name: advance(c).v }];
  } else if (is(c, '(', first) && is(c, '=>', closingParen(c, first) + 1)) {
    c.i += first;
    params = parameters(c);
  } else return undefined;
  expect(c, '=>');
  return arrowBody(c, params, isAsync, from);
}

function arrowBody(c: Cursor, params: readonly Param[], isAsync: boolean, from: At): Expr {
  const before = c.noIn;
  const kind = { arrow: true, ...(isAsync ? { async: true } : {}) };
  if (is(c, '{')) {
    c.noIn = false;
    const body = functionBody(c, isAsync);
    c.noIn = before;
    return { k: 'fn', def: { name: '', params, body, kind, at: from }, at: spanTo(c, from) };
  }
  const at = token(c).at;
  const e = assignment(c);
  return { k: 'fn', def: { name: '', params, body: [{ k: 'return', e, at }], kind, at: from }, at: spanTo(c, from) };
}

/** How far ahead the parenthesis is that closes the one at `ahead`. */
function closingParen(c: Cursor, ahead: number): number {
  let depth = 0;
  for (let i = ahead; c.i + i < c.tokens.length; i++) {
    const { k, v } = token(c, i);
    if (k !== 'sign') continue;
    if (v === '(' || v === '[' || v === '{') depth++;
    else if ((v === ')' || v === ']' || v === '}') && --depth === 0) return i;
  }
  return ahead;
}

/** Reads `(a, {b}, c = 1, ...d)`. */
export function parameters(c: Cursor): readonly Param[] {
  expect(c, '(');
  const params: Param[] = [];
  while (!is(c, ')')) {
    const rest = accept(c, '...');
    const target = bindingTarget(c);
    const initial = accept(c, '=') ? assignment(c) : undefined;
    params.push({
      name: target.k === 'name' ? target.id : `%${params.length}`,
      ...(target.k === 'name' ? {} : { pattern: target }),
      ...(initial ? { initial } : {}),
      ...(rest ? { rest: '*' } : {}),
    });
    if (!accept(c, ',')) break;
  }
  expect(c, ')');
  return params;
}

/** Reads a name or a pattern that is to be bound. */
export function bindingTarget(c: Cursor): Expr {
  if (is(c, '[') || is(c, '{')) return pattern(primary(c));
  const { k, v, at } = token(c);
  if (k !== 'name' || reserved.has(v)) throw unexpected(c);
  advance(c);
  return { k: 'name', id: v, at };
}

/** Reads `async function* name(…) { … }`. */
export function functionDefinition(c: Cursor): Func {
  const at = token(c).at;
  const isAsync = accept(c, 'async');
  expect(c, 'function');
  const generator = accept(c, '*');
  const name = token(c).k === 'name' ? advance(c).v : '';
  const params = parameters(c);
  return {
    name,
    params,
    body: functionBody(c, isAsync),
    kind: { ...(isAsync ? { async: true } : {}), ...(generator ? { generator } : {}) },
    at,
  };
}
