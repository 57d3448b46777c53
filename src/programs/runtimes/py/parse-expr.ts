import type { Arg, Expr, Func, Param } from '../core/tree.ts';
import { float, integer } from '../core/values.ts';
import { braces, comprehension, targets } from './parse-comprehension.ts';
import { accept, advance, expect, invalid, is, keywords, type PyCursor, spanTo, token } from './parse-cursor.ts';
import { texts } from './parse-text.ts';

/** Reads `a, b, *c` as a tuple, or one expression. */
export function expressions(c: PyCursor): Expr {
  const from = token(c).at;
  const first = starred(c);
  if (!is(c, ',')) return first;
  const items = [first];
  while (accept(c, ',')) {
    if (ends(c)) break;
    items.push(starred(c));
  }
  return { k: 'tuple', items, at: spanTo(c, from) };
}

const ends = (c: PyCursor): boolean =>
  ['newline', 'end'].includes(token(c).k) ||
  (token(c).k === 'sign' && [')', ']', '}', ':', '=', ';'].includes(token(c).v)) ||
  (token(c).k === 'sign' && /^[^=!<>]=$/.test(token(c).v)) ||
  is(c, 'in');

export function starred(c: PyCursor): Expr {
  const from = token(c).at;
  return accept(c, '*') ? { k: 'spread', e: binary(c, 5), at: spanTo(c, from) } : expression(c);
}

/** Reads one expression (no commas at its top). */
export function expression(c: PyCursor): Expr {
  const from = token(c).at;
  if (is(c, 'lambda')) return lambda(c);
  if (is(c, 'yield')) {
    advance(c);
    const all = accept(c, 'from');
    return { k: 'yield', e: ends(c) ? null : expressions(c), all, at: spanTo(c, from) };
  }
  if (token(c).k === 'name' && is(c, ':=', 1)) {
    const id = advance(c).v;
    advance(c);
    return { k: 'assign', target: { k: 'name', id, at: from }, op: '=', value: expression(c), at: spanTo(c, from) };
  }
  const yes = disjunction(c);
  if (!accept(c, 'if')) return yes;
  const test = disjunction(c);
  expect(c, 'else');
  return { k: 'cond', test, yes, no: expression(c), at: spanTo(c, from) };
}

function lambda(c: PyCursor): Expr {
  const at = advance(c).at;
  const params = parameters(c, ':', false);
  expect(c, ':');
  const e = expression(c);
  const def: Func = { name: '<lambda>', params, body: [{ k: 'return', e, at: e.at }], kind: {}, at, locals: [] };
  return { k: 'fn', def, at: spanTo(c, at) };
}

/** Reads parameters up to `end` (not taken). */
export function parameters(c: PyCursor, end: string, annotated = true): readonly Param[] {
  const params: Param[] = [];
  let keywordOnly = false;
  while (!is(c, end)) {
    if (accept(c, '/')) {
      if (!accept(c, ',')) break;
      continue;
    }
    const rest = accept(c, '**') ? ('**' as const) : accept(c, '*') ? ('*' as const) : undefined;
    if (rest === '*' && is(c, ',')) {
      keywordOnly = true;
      advance(c);
      continue;
    }
    const name = advance(c);
    if (name.k !== 'name' || keywords.has(name.v)) throw invalid(c, 'invalid syntax', name.at);
    if (annotated && accept(c, ':')) expression(c);
    const initial = accept(c, '=') ? expression(c) : undefined;
    params.push({
      name: name.v,
      ...(initial ? { initial } : {}),
      ...(rest ? { rest } : {}),
      ...(keywordOnly && !rest ? { keywordOnly } : {}),
    });
    if (rest === '*') keywordOnly = true;
    if (!accept(c, ',')) break;
  }
  return params;
}

export function disjunction(c: PyCursor): Expr {
  const from = token(c).at;
  let left = conjunction(c);
  while (accept(c, 'or')) left = { k: 'logic', op: '||', l: left, r: conjunction(c), at: spanTo(c, from) };
  return left;
}

function conjunction(c: PyCursor): Expr {
  const from = token(c).at;
  let left = inversion(c);
  while (accept(c, 'and')) left = { k: 'logic', op: '&&', l: left, r: inversion(c), at: spanTo(c, from) };
  return left;
}

function inversion(c: PyCursor): Expr {
  const from = token(c).at;
  return accept(c, 'not') ? { k: 'un', op: 'not', e: inversion(c), at: spanTo(c, from) } : comparison(c);
}

function comparator(c: PyCursor): string | undefined {
  const { v, k } = token(c);
  if (k === 'sign' && ['<', '>', '==', '>=', '<=', '!='].includes(v)) return advance(c).v;
  if (accept(c, 'in')) return 'in';
  if (is(c, 'not') && is(c, 'in', 1)) {
    c.i += 2;
    return 'not in';
  }
  if (!accept(c, 'is')) return undefined;
  return accept(c, 'not') ? 'is not' : 'is';
}

function comparison(c: PyCursor): Expr {
  const from = token(c).at;
  const first = binary(c, 5);
  const rest: (readonly [string, Expr])[] = [];
  for (let op = comparator(c); op !== undefined; op = comparator(c)) rest.push([op, binary(c, 5)]);
  return rest.length === 0 ? first : { k: 'compare', first, rest, at: spanTo(c, from) };
}

const levels: { readonly [op: string]: number | undefined } = {
  '|': 5,
  '^': 6,
  '&': 7,
  '<<': 8,
  '>>': 8,
  '+': 9,
  '-': 9,
  '*': 10,
  '/': 10,
  '//': 10,
  '%': 10,
  '@': 10,
};

export function binary(c: PyCursor, least: number): Expr {
  const from = token(c).at;
  let left = factor(c);
  for (;;) {
    const { k, v, at: opAt } = token(c);
    const level = k === 'sign' && Object.hasOwn(levels, v) ? levels[v] : undefined;
    if (level === undefined || level < least) return left;
    advance(c);
    left = { k: 'bin', op: v, l: left, r: binary(c, level + 1), at: spanTo(c, from), opAt };
  }
}

function factor(c: PyCursor): Expr {
  const { k, v, at: from } = token(c);
  if (k === 'sign' && (v === '-' || v === '+' || v === '~')) {
    advance(c);
    return { k: 'un', op: v, e: factor(c), at: spanTo(c, from) };
  }
  const base: Expr = accept(c, 'await') ? { k: 'await', e: postfix(c), at: from } : postfix(c);
  const opAt = token(c).at;
  if (!accept(c, '**')) return base;
  return { k: 'bin', op: '**', l: base, r: factor(c), at: spanTo(c, from), opAt };
}

export function postfix(c: PyCursor): Expr {
  const from = token(c).at;
  let x = atom(c);
  for (;;) {
    if (accept(c, '.')) {
      const name = advance(c);
      if (name.k !== 'name') throw invalid(c, 'invalid syntax', name.at);
      x = { k: 'get', obj: x, name: name.v, at: spanTo(c, from) };
    } else if (is(c, '(')) x = { k: 'call', fn: x, args: args(c), at: spanTo(c, from) };
    else if (accept(c, '[')) {
      const key = subscript(c);
      expect(c, ']');
      x = { k: 'index', obj: x, key, at: spanTo(c, from) };
    } else return x;
  }
}

/** Reads a call's arguments with their parentheses. */
export function args(c: PyCursor): readonly Arg[] {
  expect(c, '(');
  const list: Arg[] = [];
  while (!is(c, ')')) {
    const from = token(c).at;
    if (accept(c, '**')) list.push({ name: '**', value: expression(c) });
    else if (accept(c, '*')) list.push({ name: '*', value: expression(c) });
    else if (token(c).k === 'name' && is(c, '=', 1)) {
      const name = advance(c).v;
      advance(c);
      list.push({ name, value: expression(c) });
    } else {
      const value = expression(c);
      list.push({ value: is(c, 'for') || is(c, 'async') ? comprehension(c, value, 'gen', from) : value });
    }
    if (!accept(c, ',')) break;
  }
  if (!is(c, ')'))
    throw invalid(
      c,
      token(c).k === 'name' || token(c).k === 'text' || token(c).k === 'number'
        ? 'invalid syntax. Perhaps you forgot a comma?'
        : 'invalid syntax',
    );
  advance(c);
  return list;
}

function subscript(c: PyCursor): Expr {
  const from = token(c).at;
  const part = (): Expr | null => (is(c, ':') || is(c, ']') || is(c, ',') ? null : expression(c));
  const first = part();
  if (!is(c, ':')) {
    if (!first) throw invalid(c);
    if (!is(c, ',')) return first;
    const items = [first];
    while (accept(c, ',')) if (!is(c, ']')) items.push(expression(c));
    return { k: 'tuple', items, at: spanTo(c, from) };
  }
  advance(c);
  const parts = [first, part()];
  if (accept(c, ':')) parts.push(part());
  else parts.push(null);
  return { k: 'slice', parts, at: spanTo(c, from) };
}

function atom(c: PyCursor): Expr {
  const { k, v, at } = token(c);
  if (k === 'number') {
    advance(c);
    const digits = v.replaceAll('_', '');
    if (token(c).k === 'name' && token(c).at[1] === spanTo(c, at)[3] && !keywords.has(token(c).v))
      throw invalid(c, 'invalid decimal literal', at);
    return {
      k: 'const',
      v: /^0[xXbBoO]/.test(digits) || /^\d+$/.test(digits) ? integer(BigInt(digits)) : float(Number(digits)),
      at,
    };
  }
  if (k === 'text') return texts(c);
  if (k === 'name') {
    if (v === 'True' || v === 'False' || v === 'None') {
      advance(c);
      return { k: 'const', v: v === 'None' ? null : v === 'True', at };
    }
    if (keywords.has(v)) throw invalid(c);
    advance(c);
    return { k: 'name', id: v, at };
  }
  if (accept(c, '(')) {
    if (accept(c, ')')) return { k: 'tuple', items: [], at: spanTo(c, at), paren: true };
    const x = expressions(c);
    if (is(c, 'for') || is(c, 'async')) {
      const made = comprehension(c, x, 'gen', at);
      expect(c, ')');
      return { ...made, at: spanTo(c, at) };
    }
    if (!is(c, ')')) throw invalid(c, 'invalid syntax. Perhaps you forgot a comma?', x.at);
    advance(c);
    return { ...x, paren: true };
  }
  if (accept(c, '[')) {
    if (accept(c, ']')) return { k: 'list', items: [], at: spanTo(c, at) };
    const x = expressions(c);
    if (is(c, 'for') || is(c, 'async')) {
      const made = comprehension(c, x, 'list', at);
      expect(c, ']');
      return { ...made, at: spanTo(c, at) };
    }
    if (!is(c, ']')) throw invalid(c, 'invalid syntax. Perhaps you forgot a comma?', x.at);
    advance(c);
    return { k: 'list', items: x.k === 'tuple' && !x.paren ? x.items : [x], at: spanTo(c, at) };
  }
  if (is(c, '{')) return braces(c);
  if (accept(c, '...')) return { k: 'name', id: 'Ellipsis', at };
  throw invalid(c);
}

export { targets as loopTargets };
