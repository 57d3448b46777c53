import type { Expr, Stmt } from '../core/tree.ts';
import { accept, advance, expect, invalid, is, type PyCursor, spanTo, token } from './parse-cursor.ts';
import { args, binary, disjunction, expression, expressions } from './parse-expr.ts';

type At = Expr['at'];
type Suite = (c: PyCursor, what: string) => readonly Stmt[];

const call = (fn: string, at: At, ...values: Expr[]): Expr => ({
  k: 'call',
  fn: { k: 'name', id: fn, at },
  args: values.map((value) => ({ value })),
  at,
});
const constant = (v: null | boolean | number | string, at: At): Expr => ({ k: 'const', v, at });
const and = (tests: readonly Expr[], at: At): Expr =>
  tests.reduce((l, r): Expr => ({ k: 'logic', op: '&&', l, r, at }), constant(true, at));
/** Gives a name to the subject; holds always. */
const capture = (id: string, subject: Expr, at: At): Expr => ({
  k: 'tuple',
  items: [{ k: 'assign', target: { k: 'name', id, at }, op: '=', value: subject, at }],
  at,
});
const item = (obj: Expr, key: Expr, at: At): Expr => ({ k: 'index', obj, key, at });

/** `match` is a keyword only where a block with `case` follows. */
export function isMatch(c: PyCursor): boolean {
  if (token(c).v !== 'match' || token(c).k !== 'name') return false;
  let i = 1;
  while (!['newline', 'end'].includes(token(c, i).k)) i++;
  return i > 2 && is(c, ':', i - 1) && token(c, i + 1).k === 'indent' && is(c, 'case', i + 2);
}

/** Reads a match statement as the assignment of its subject and a chain of conditions. */
export function matchStatement(c: PyCursor, suite: Suite): Stmt {
  const at = advance(c).at;
  const value = expressions(c);
  const subject: Expr = { k: 'name', id: `%match${at[0]}.${at[1]}`, at: value.at };
  expect(c, ':');
  c.i += 2; // the newline and the indent, which isMatch has seen
  const cases: { readonly test: Expr; readonly body: readonly Stmt[]; readonly at: At }[] = [];
  while (is(c, 'case')) {
    const start = advance(c).at;
    const matched = patterns(c, subject);
    const guard = accept(c, 'if') ? [expression(c)] : [];
    cases.push({ test: and([matched, ...guard], start), body: suite(c, "'case' statement"), at: start });
  }
  if (token(c).k !== 'dedent') throw invalid(c);
  advance(c);
  const chain = cases.reduceRight<readonly Stmt[]>(
    (no, one) => [{ k: 'if', test: one.test, yes: one.body, no, at: one.at }],
    [],
  );
  const kept: Stmt = { k: 'expr', e: { k: 'assign', target: subject, op: '=', value, at: value.at }, at };
  return { k: 'block', body: [kept, ...chain], at };
}

/** What stands after `case`: one pattern, or several with commas as a sequence. */
function patterns(c: PyCursor, subject: Expr): Expr {
  const at = token(c).at;
  const from = c.i;
  const first = pattern(c, subject);
  if (!is(c, ',') && token(c, from - c.i).v !== '*') return first;
  c.i = from;
  return sequence(c, subject, [':', 'if'], at);
}

function pattern(c: PyCursor, subject: Expr): Expr {
  const at = token(c).at;
  if (accept(c, '*')) {
    advance(c); // read again by sequence(), which knows its place
    return constant(true, at);
  }
  let test = closed(c, subject);
  while (accept(c, '|')) test = { k: 'logic', op: '||', l: test, r: closed(c, subject), at };
  return accept(c, 'as') ? and([test, capture(advance(c).v, subject, at)], at) : test;
}

function closed(c: PyCursor, subject: Expr): Expr {
  const { k, v, at } = token(c);
  if (is(c, '(') || is(c, '[')) {
    const from = c.i;
    const end = v === '(' ? ')' : ']';
    advance(c);
    if (v === '(' && !is(c, ')')) {
      const inner = pattern(c, subject);
      if (accept(c, ')') && token(c, from + 1 - c.i).v !== '*') return inner;
    }
    c.i = from + 1;
    const test = sequence(c, subject, [end], at);
    expect(c, end);
    return test;
  }
  if (is(c, '{')) return mapping(c, subject, at);
  if (k === 'name' && !['None', 'True', 'False'].includes(v)) return named(c, subject, at);
  if (k === 'name') return { k: 'compare', first: subject, rest: [['is', disjunctionless(c)]], at: spanTo(c, at) };
  return { k: 'compare', first: subject, rest: [['==', disjunctionless(c)]], at: spanTo(c, at) };
}

/** A literal: an expression without `|`, which parts patterns. */
const disjunctionless = (c: PyCursor): Expr => binary(c, 6);

function sequence(c: PyCursor, subject: Expr, ends: readonly string[], at: At): Expr {
  const starts: number[] = [];
  let star = -1;
  let from = c.i;
  while (!ends.some((end) => is(c, end))) {
    if (is(c, '*')) star = starts.length;
    starts.push(c.i);
    pattern(c, subject);
    if (!accept(c, ',')) break;
  }
  const stop = c.i;
  const count = starts.length;
  const tests = starts.map((start, i): Expr => {
    c.i = start;
    if (i === star) {
      advance(c);
      const name = advance(c).v;
      const after = count - 1 - i;
      const parts = [constant(i, at), after === 0 ? null : constant(-after, at), null];
      const rest = call('%list', at, item(subject, { k: 'slice', parts, at }, at));
      return name === '_' ? constant(true, at) : capture(name, rest, at);
    }
    const place = star >= 0 && i > star ? i - count : i;
    return pattern(c, item(subject, constant(place, at), at));
  });
  from = stop;
  c.i = from;
  return and(
    [call('%sequence', at, subject, constant(star < 0 ? count : count - 1, at), constant(star >= 0, at)), ...tests],
    at,
  );
}

function mapping(c: PyCursor, subject: Expr, at: At): Expr {
  advance(c);
  const keys: Expr[] = [];
  const tests: Expr[] = [];
  while (!is(c, '}')) {
    if (accept(c, '**')) tests.push(capture(advance(c).v, call('%rest', at, subject, ...keys), at));
    else {
      const key = disjunction(c);
      keys.push(key);
      expect(c, ':');
      tests.push(pattern(c, item(subject, key, at)));
    }
    if (!accept(c, ',')) break;
  }
  expect(c, '}');
  return and([call('%mapping', at, subject, ...keys), ...tests], at);
}

/** A name captures, `_` does not, a dotted one is a value, one with parentheses a class. */
function named(c: PyCursor, subject: Expr, at: At): Expr {
  const id = advance(c).v;
  let value: Expr = { k: 'name', id, at };
  while (accept(c, '.')) value = { k: 'get', obj: value, name: advance(c).v, at: spanTo(c, at) };
  if (!is(c, '(')) {
    if (value.k === 'get') return { k: 'compare', first: subject, rest: [['==', value]], at };
    return id === '_' ? constant(true, at) : capture(id, subject, at);
  }
  const start = c.i;
  const tests: Expr[] = [call('%isinstance', at, subject, value)];
  advance(c);
  for (let i = 0; !is(c, ')'); i++) {
    if (token(c).k === 'name' && is(c, '=', 1)) {
      const name = advance(c).v;
      advance(c);
      tests.push(call('%isinstance', at, subject, value, constant(name, at)));
      tests.push(pattern(c, { k: 'get', obj: subject, name, at }));
    } else tests.push(pattern(c, call('%positional', at, value, subject, constant(i, at))));
    if (!accept(c, ',')) break;
  }
  if (!is(c, ')')) {
    c.i = start;
    args(c);
    throw invalid(c);
  }
  advance(c);
  return and(tests, at);
}
