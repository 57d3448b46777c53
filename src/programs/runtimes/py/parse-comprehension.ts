import type { At, Entry, Expr, Func, Stmt } from '../core/tree.ts';
import { accept, expect, is, type PyCursor, spanTo, token } from './parse-cursor.ts';
import { binary, disjunction, expression, postfix, starred } from './parse-expr.ts';

export function braces(c: PyCursor): Expr {
  const at = expect(c, '{').at;
  const entries: Entry[] = [];
  const items: Expr[] = [];
  while (!is(c, '}')) {
    if (accept(c, '**')) entries.push({ key: null, value: binary(c, 5) });
    else {
      const from = token(c).at;
      const key = starred(c);
      if (accept(c, ':')) {
        const value = expression(c);
        if (is(c, 'for') || is(c, 'async')) {
          const made = comprehension(c, { k: 'tuple', items: [key, value], at: from }, 'dict', at);
          expect(c, '}');
          return { ...made, at: spanTo(c, at) };
        }
        entries.push({ key, value });
      } else if (is(c, 'for')) {
        const made = comprehension(c, key, 'set', at);
        expect(c, '}');
        return { ...made, at: spanTo(c, at) };
      } else items.push(key);
    }
    if (!accept(c, ',')) break;
  }
  expect(c, '}');
  return items.length > 0 ? { k: 'set', items, at: spanTo(c, at) } : { k: 'dict', entries, at: spanTo(c, at) };
}

export function targets(c: PyCursor): Expr {
  const from = token(c).at;
  const one = (): Expr => (accept(c, '*') ? { k: 'spread', e: postfix(c), at: from } : postfix(c));
  const first = one();
  if (!is(c, ',')) return first;
  const items = [first];
  while (accept(c, ',')) if (!is(c, 'in')) items.push(one());
  return { k: 'tuple', items, at: spanTo(c, from) };
}

/** What is done with each value: a generator yields it, the others keep it. They are functions, so what is called in them may wait. */
function kept(value: Expr, of: 'list' | 'set' | 'dict' | 'gen'): Expr {
  const { at } = value;
  const result: Expr = { k: 'name', id: '.result', at };
  if (of === 'gen') return { k: 'yield', e: value, all: false, at };
  if (of === 'dict' && value.k === 'tuple') {
    const [key = value, one = value] = value.items;
    return { k: 'assign', target: { k: 'index', obj: result, key, at }, op: '=', value: one, at };
  }
  const fn: Expr = { k: 'get', obj: result, name: of === 'set' ? 'add' : 'append', at };
  return { k: 'call', fn, args: [{ value }], at };
}

export function comprehension(c: PyCursor, value: Expr, of: 'list' | 'set' | 'dict' | 'gen', from: At): Expr {
  const clauses: { target: Expr; source: Expr; tests: Expr[] }[] = [];
  while (is(c, 'for') || is(c, 'async')) {
    accept(c, 'async');
    expect(c, 'for');
    const target = targets(c);
    expect(c, 'in');
    const source = disjunction(c);
    const tests: Expr[] = [];
    while (accept(c, 'if')) tests.push(is(c, 'lambda') ? expression(c) : disjunction(c));
    clauses.push({ target, source, tests });
  }
  let body: readonly Stmt[] = [{ k: 'expr', e: kept(value, of), at: value.at }];
  const locals: string[] = [];
  const names = (x: Expr): readonly string[] =>
    x.k === 'name'
      ? [x.id]
      : x.k === 'tuple' || x.k === 'list'
        ? x.items.flatMap(names)
        : x.k === 'spread'
          ? names(x.e)
          : [];
  for (const [i, { target, source, tests }] of [...clauses.entries()].toReversed()) {
    for (const test of tests.toReversed()) body = [{ k: 'if', test, yes: body, no: [], at: test.at }];
    locals.push(...names(target));
    const over: Expr = i === 0 ? { k: 'name', id: '.0', at: source.at } : source;
    body = [{ k: 'each', of: 'of', target: [target], declares: null, source: over, body, at: target.at }];
  }
  const name = of === 'gen' ? '<genexpr>' : `<${of}comp>`;
  const at = value.at;
  if (of !== 'gen') {
    const result: Expr = { k: 'name', id: '.result', at };
    const empty: Expr =
      of === 'dict'
        ? { k: 'dict', entries: [], at }
        : of === 'set'
          ? { k: 'set', items: [], at }
          : { k: 'list', items: [], at };
    body = [
      { k: 'expr', e: { k: 'assign', target: result, op: '=', value: empty, at }, at },
      ...body,
      { k: 'return', e: result, at },
    ];
    locals.push('.result');
  }
  const def: Func = {
    name,
    params: [{ name: '.0' }],
    body,
    kind: of === 'gen' ? { generator: true } : {},
    at: from,
    locals,
  };
  return { k: 'comp', of, def, first: clauses[0]?.source ?? value, at: spanTo(c, from) };
}
