import type { At, Entry, Expr } from '../core/tree.ts';
import { accept, advance, type Cursor, expect, is, reserved, spanTo, token, unexpected } from './cursor.ts';
import { assignment } from './parse-expr.ts';
import { parameters } from './parse-function.ts';
import { functionBody } from './parse-stmt.ts';

export function objectLiteral(c: Cursor): Expr {
  const from = expect(c, '{').at;
  const entries: Entry[] = [];
  while (!is(c, '}')) {
    const at = token(c).at;
    if (accept(c, '...')) entries.push({ key: null, value: assignment(c), kind: 'spread' });
    else entries.push(property(c, at));
    if (!accept(c, ',')) break;
  }
  expect(c, '}');
  return { k: 'dict', entries, at: spanTo(c, from) };
}

/** Does a word stand here that only says what kind of member follows? */
export function isModifier(c: Cursor, word: string): boolean {
  const next = token(c, 1);
  return (
    is(c, word) &&
    !(next.k === 'sign' && ['(', ',', ':', '}', '=', ';'].includes(next.v)) &&
    !(word === 'async' && next.newline)
  );
}

/** The name of a member: a word, a text, a number or `[…]`. */
export function memberKey(c: Cursor): Expr {
  const { k, v, at } = token(c);
  if (accept(c, '[')) {
    const key = assignment(c);
    expect(c, ']');
    return key;
  }
  if (k !== 'name' && k !== 'text' && k !== 'number') throw unexpected(c);
  advance(c);
  return { k: 'const', v: k === 'number' ? String(Number(v)) : v, at };
}

function property(c: Cursor, at: At): Entry {
  for (const kind of ['get', 'set'] as const) {
    if (!isModifier(c, kind)) continue;
    advance(c);
    const key = memberKey(c);
    return {
      key,
      kind,
      value: { k: 'fn', def: { name: '', params: parameters(c), body: functionBody(c, false), kind: {}, at }, at },
    };
  }
  const isAsync = isModifier(c, 'async') && accept(c, 'async');
  const generator = accept(c, '*');
  const name = token(c);
  const key = memberKey(c);
  if (is(c, '(')) {
    const kind = { ...(isAsync ? { async: true } : {}), ...(generator ? { generator } : {}) };
    return {
      key,
      value: { k: 'fn', def: { name: '', params: parameters(c), body: functionBody(c, isAsync), kind, at }, at },
    };
  }
  if (accept(c, ':')) return { key, value: assignment(c) };
  if (name.k !== 'name' || reserved.has(name.v)) throw unexpected(c);
  const shorthand: Expr = { k: 'name', id: name.v, at };
  if (!accept(c, '=')) return { key, value: shorthand };
  return { key, value: { k: 'assign', target: shorthand, op: '=', value: assignment(c), at } };
}
