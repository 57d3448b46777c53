import type { Expr } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { decimal } from './decimal.ts';
import { unknownHere } from './errors.ts';
import { parseSelect } from './parse-select.ts';
import { parseType } from './parse-type.ts';

/** An expression, by precedence: or, and, not, comparisons, sums, products, powers, signs, casts. */
export function parseExpression(c: Cursor): Expr {
  return chain(c, () => chain(c, () => negation(c), ['and', '&&']), c.flavour === 'postgres' ? ['or'] : ['or', '||']);
}

type Made = Expr extends infer E ? (E extends Expr ? Omit<E, 'at' | 'text'> : never) : never;

function node(c: Cursor, from: number, made: Made): Expr {
  return { ...made, ...c.since(from) } as Expr;
}

/** The place of an operator counts for errors, its operands' places for what is written. */
function chain(c: Cursor, operand: () => Expr, ops: readonly string[]): Expr {
  const from = c.place;
  let left = operand();
  for (;;) {
    const op = ops.find((each) => c.is(each));
    if (op === undefined) return left;
    if (op === '&&' && c.flavour === 'postgres') return left;
    const { at } = c.next();
    const right = operand();
    const name = op === '&&' ? 'and' : op === '||' && c.flavour !== 'postgres' ? 'or' : op;
    left = { ...node(c, from, { kind: 'binary', op: name, left, right }), at };
  }
}

function negation(c: Cursor): Expr {
  const from = c.place;
  if (!c.take('not')) return comparison(c);
  return node(c, from, { kind: 'unary', op: 'not', arg: negation(c) });
}

const comparisons = ['=', '<>', '!=', '<', '<=', '>', '>='];

function comparison(c: Cursor): Expr {
  const from = c.place;
  let left = sum(c);
  for (;;) {
    const op = comparisons.find((each) => c.is(each));
    if (op !== undefined) {
      const { at } = c.next();
      if (c.is('any') || c.is('all') || c.is('some')) throw c.wrong();
      left = { ...node(c, from, { kind: 'binary', op: op === '!=' ? '<>' : op, left, right: sum(c) }), at };
      continue;
    }
    if (c.take('is')) {
      const not = c.take('not');
      const what = (['null', 'true', 'false'] as const).find((word) => c.take(word));
      if (!what) throw unknownHere('this IS', c.token.at);
      left = node(c, from, { kind: 'is', arg: left, what, not });
      continue;
    }
    const not = c.is('not') && (c.ahead(1).value === 'in' || /^(?:like|ilike|between)$/.test(c.ahead(1).value));
    if (not) c.next();
    if (c.take('in')) {
      c.expect('(');
      const list = c.is('select') ? parseSelect(c) : expressions(c);
      c.expect(')');
      left = node(c, from, { kind: 'in', arg: left, list, not });
    } else if (c.take('between')) {
      const low = sum(c);
      c.expect('and');
      left = node(c, from, { kind: 'between', arg: left, low, high: sum(c), not });
    } else if (c.is('like') || c.is('ilike')) {
      const anyCase = c.next().value === 'ilike' || c.flavour !== 'postgres';
      left = node(c, from, { kind: 'like', arg: left, pattern: sum(c), anyCase, not });
    } else return left;
  }
}

function sum(c: Cursor): Expr {
  const signs = c.flavour === 'postgres' ? ['+', '-', '||'] : ['+', '-'];
  return chain(c, () => chain(c, () => powers(c), ['*', '/', '%', 'div', 'mod']), signs);
}

function powers(c: Cursor): Expr {
  return c.flavour === 'postgres' ? chain(c, () => signed(c), ['^']) : signed(c);
}

function signed(c: Cursor): Expr {
  const from = c.place;
  if (c.take('+')) return signed(c);
  if (c.take('-')) return node(c, from, { kind: 'unary', op: '-', arg: signed(c) });
  let value = primary(c);
  while (c.take('::')) value = node(c, from, { kind: 'cast', arg: value, type: parseType(c) });
  return value;
}

export function expressions(c: Cursor): readonly Expr[] {
  const found = [parseExpression(c)];
  while (c.take(',')) found.push(parseExpression(c));
  return found;
}

const constants: { readonly [word: string]: boolean | null } = { true: true, false: false, null: null };
/** Functions that are called without parentheses. */
const bare = new Set(['current_timestamp', 'current_date', 'current_user', 'session_user', 'localtimestamp', 'user']);

function primary(c: Cursor): Expr {
  const from = c.place;
  const { token } = c;
  if (token.kind === 'number') {
    c.next();
    if (/[eE]/.test(token.text))
      return node(c, from, { kind: 'literal', value: Number(token.text), type: { name: 'float8' } });
    const whole = /^\d+$/.test(token.text) && Number(token.text) <= Number.MAX_SAFE_INTEGER;
    if (!whole) return node(c, from, { kind: 'literal', value: decimal(token.text), type: { name: 'numeric' } });
    const value = Number(token.text);
    return node(c, from, { kind: 'literal', value, type: { name: value > 2147483647 ? 'int8' : 'int4' } });
  }
  if (token.kind === 'string') {
    c.next();
    return node(c, from, { kind: 'literal', value: token.value, type: { name: 'unknown' } });
  }
  if (c.take('(')) {
    const inner = c.is('select') ? ({ kind: 'query', select: parseSelect(c) } as const) : parseExpression(c);
    c.expect(')');
    return inner.kind === 'query' && !('at' in inner) ? node(c, from, inner) : (inner as Expr);
  }
  if (token.kind === 'word') {
    if (Object.hasOwn(constants, token.value)) {
      c.next();
      const value = constants[token.value] ?? null;
      return node(c, from, { kind: 'literal', value, type: { name: value === null ? 'unknown' : 'bool' } });
    }
    if (c.take('case')) return parseCase(c, from);
    if (c.take('exists')) {
      c.expect('(');
      const select = parseSelect(c);
      c.expect(')');
      return node(c, from, { kind: 'exists', select });
    }
    if (c.is('cast', '(')) {
      c.place += 2;
      const arg = parseExpression(c);
      c.expect('as');
      const type = parseType(c);
      c.expect(')');
      return node(c, from, { kind: 'cast', arg, type });
    }
    if (/^(?:date|timestamp|timestamptz)$/.test(token.value) && c.ahead(1).kind === 'string') {
      const type = parseType(c);
      const text = c.next();
      const arg: Expr = { kind: 'literal', value: text.value, type: { name: 'unknown' }, at: text.at, text: text.text };
      return node(c, from, { kind: 'cast', arg, type });
    }
    if (c.take('default')) return node(c, from, { kind: 'default' });
    if (bare.has(token.value) && c.ahead(1).value !== '(' && (token.value !== 'user' || c.flavour === 'postgres')) {
      c.next();
      return node(c, from, { kind: 'call', name: token.value, args: [], distinct: false });
    }
    if (
      /^(?:interval|array|row|extract)$/.test(token.value) &&
      /^[([]$|^string$/.test(c.ahead(1).kind === 'string' ? 'string' : c.ahead(1).text)
    )
      throw unknownHere(token.text.toUpperCase(), token.at);
    if (/^(?:left|right|if|insert|values|replace)$/.test(token.value) && c.ahead(1).value === '(') return call(c, from);
  }
  if (c.take('*')) return node(c, from, { kind: 'star' });
  return reference(c, from);
}

function parseCase(c: Cursor, from: number): Expr {
  const base = c.is('when') ? undefined : parseExpression(c);
  const whens: (readonly [Expr, Expr])[] = [];
  while (c.take('when')) {
    const when = parseExpression(c);
    c.expect('then');
    whens.push([when, parseExpression(c)]);
  }
  const otherwise = c.take('else') ? parseExpression(c) : undefined;
  c.expect('end');
  return node(c, from, { kind: 'case', whens, ...(base ? { base } : {}), ...(otherwise ? { otherwise } : {}) });
}

function call(c: Cursor, from: number): Expr {
  const name = c.next().value;
  c.expect('(');
  const distinct = c.take('distinct');
  const args = c.is(')') ? [] : expressions(c);
  c.expect(')');
  if (c.is('over')) throw unknownHere('window functions', c.token.at);
  return node(c, from, { kind: 'call', name, args, distinct });
}

function reference(c: Cursor, from: number): Expr {
  if (c.token.kind === 'word' && c.ahead(1).value === '(' && c.ahead(1).kind === 'sign') return call(c, from);
  const first = c.name();
  if (!c.take('.')) return node(c, from, { kind: 'column', name: first.name });
  if (c.take('*')) return node(c, from, { kind: 'star', table: first.name });
  const { name } = c.name();
  return node(c, from, { kind: 'column', table: first.name, name });
}
