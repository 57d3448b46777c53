import { tokenize } from '../core/lexer.ts';
import { type Arg, type At, type Expr, SyntaxProblem } from '../core/tree.ts';
import { jsNumber, undef } from '../core/values.ts';
import { accept, advance, type Cursor, expect, is, reserved, spanTo, token, unexpected } from './cursor.ts';
import { arrowFunction, functionDefinition } from './parse-function.ts';
import { objectLiteral } from './parse-object.ts';
import { classDefinition } from './parse-stmt.ts';

const assignments = new Set('= += -= *= /= %= **= <<= >>= >>>= &= |= ^= &&= ||= ??='.split(' '));

const levels: { readonly [sign: string]: number } = {
  '??': 1,
  '||': 2,
  '&&': 3,
  '|': 4,
  '^': 5,
  '&': 6,
  '==': 7,
  '!=': 7,
  '===': 7,
  '!==': 7,
  '<': 8,
  '>': 8,
  '<=': 8,
  '>=': 8,
  instanceof: 8,
  in: 8,
  '<<': 9,
  '>>': 9,
  '>>>': 9,
  '+': 10,
  '-': 10,
  '*': 11,
  '/': 11,
  '%': 11,
  '**': 12,
};

/** Reads an expression with commas. */
export function expression(c: Cursor): Expr {
  const from = token(c).at;
  let x = assignment(c);
  while (accept(c, ',')) {
    const right = assignment(c);
    x = {
      k: 'index',
      obj: { k: 'list', items: [x, right], at: from },
      key: { k: 'const', v: 1, at: from },
      at: spanTo(c, from),
    };
  }
  return x;
}

/** Reads one expression without commas at its top. */
export function assignment(c: Cursor): Expr {
  const arrow = arrowFunction(c);
  if (arrow) return arrow;
  const from = token(c).at;
  if (is(c, 'yield') && !token(c, 1).newline && !is(c, '=', 1)) {
    advance(c);
    const all = accept(c, '*');
    const empty = token(c).newline || [')', ']', '}', ';', ','].some((one) => is(c, one)) || token(c).k === 'end';
    return { k: 'yield', e: empty ? null : assignment(c), all, at: spanTo(c, from) };
  }
  const left = conditional(c);
  const op = token(c);
  if (op.k !== 'sign' || !assignments.has(op.v)) return left;
  if (!['name', 'get', 'index', 'list', 'dict'].includes(left.k))
    throw new SyntaxProblem('Invalid left-hand side in assignment', left.at);
  advance(c);
  const value = assignment(c);
  return { k: 'assign', target: op.v === '=' ? pattern(left) : left, op: op.v, value, at: spanTo(c, from) };
}

/** An array or object literal read as a pattern. */
export function pattern(x: Expr): Expr {
  if (x.k === 'list') return { ...x, items: x.items.map(pattern) };
  if (x.k === 'dict') return { ...x, entries: x.entries.map((one) => ({ ...one, value: pattern(one.value) })) };
  if (x.k === 'assign') return { ...x, target: pattern(x.target) };
  return x.k === 'spread' ? { ...x, e: pattern(x.e) } : x;
}

function conditional(c: Cursor): Expr {
  const from = token(c).at;
  const test = binary(c, 1);
  if (!accept(c, '?')) return test;
  const before = c.noIn;
  c.noIn = false;
  const yes = assignment(c);
  c.noIn = before;
  expect(c, ':');
  const no = assignment(c);
  return { k: 'cond', test, yes, no, at: spanTo(c, from) };
}

function binary(c: Cursor, least: number): Expr {
  const from = token(c).at;
  let left = unary(c);
  for (;;) {
    const { k, v } = token(c);
    const level =
      (k === 'sign' || v === 'in' || v === 'instanceof') && Object.hasOwn(levels, v) ? levels[v] : undefined;
    if (level === undefined || level < least || (v === 'in' && c.noIn)) return left;
    advance(c);
    const right = binary(c, v === '**' ? level : level + 1);
    const at = spanTo(c, from);
    left =
      v === '&&' || v === '||' || v === '??'
        ? { k: 'logic', op: v, l: left, r: right, at }
        : { k: 'bin', op: v, l: left, r: right, at };
  }
}

function unary(c: Cursor): Expr {
  const { k, v, at: from } = token(c);
  if (k === 'sign' && ['!', '-', '+', '~'].includes(v)) {
    advance(c);
    return { k: 'un', op: v, e: unary(c), at: spanTo(c, from) };
  }
  if (k === 'name' && (v === 'typeof' || v === 'void' || v === 'delete')) {
    advance(c);
    const e = unary(c);
    const at = spanTo(c, from);
    if (v === 'delete') return { k: 'call', fn: { k: 'name', id: '%delete', at }, args: deleteArgs(e), at };
    return v === 'void' ? { k: 'const', v: undef, at } : { k: 'un', op: v, e, at };
  }
  if (k === 'name' && v === 'await' && !is(c, '=', 1) && !is(c, ')', 1)) {
    advance(c);
    return { k: 'await', e: unary(c), at: spanTo(c, from) };
  }
  if (k === 'sign' && (v === '++' || v === '--')) {
    advance(c);
    return { k: 'update', target: unary(c), op: v === '++' ? '+' : '-', prefix: true, at: spanTo(c, from) };
  }
  const x = postfix(c, primary(c), from);
  const after = token(c);
  if (after.k === 'sign' && (after.v === '++' || after.v === '--') && !after.newline) {
    advance(c);
    return { k: 'update', target: x, op: after.v === '++' ? '+' : '-', prefix: false, at: spanTo(c, from) };
  }
  return x;
}

function deleteArgs(e: Expr): readonly Arg[] {
  if (e.k === 'get') return [{ value: e.obj }, { value: { k: 'const', v: e.name, at: e.at } }];
  return e.k === 'index' ? [{ value: e.obj }, { value: e.key }] : [];
}

function args(c: Cursor): readonly Arg[] {
  expect(c, '(');
  const list: Arg[] = [];
  while (!is(c, ')')) {
    const from = token(c).at;
    if (accept(c, '...')) list.push({ value: { k: 'spread', e: assignment(c), at: spanTo(c, from) } });
    else list.push({ value: assignment(c) });
    if (!accept(c, ',')) break;
  }
  if (!is(c, ')')) throw new SyntaxProblem('missing ) after argument list', (c.tokens[c.i - 1] ?? token(c)).at);
  advance(c);
  return list;
}

function postfix(c: Cursor, first: Expr, from: At): Expr {
  const before = c.noIn;
  c.noIn = false;
  let x = first;
  let chained = false;
  for (;;) {
    const { k, v } = token(c);
    if (k === 'template') {
      x = { k: 'call', fn: x, args: tagArguments(c), at: spanTo(c, from) };
    } else if (k !== 'sign') break;
    else if (v === '.' || (v === '?.' && !is(c, '(', 1) && !is(c, '[', 1))) {
      advance(c);
      const name = advance(c);
      if (name.k !== 'name') throw unexpected(c, name);
      x = { k: 'get', obj: x, name: name.v, at: name.at, ...(v === '?.' ? { optional: true } : {}) };
      chained ||= v === '?.';
    } else if (v === '[' || v === '?.') {
      const optional = accept(c, '?.');
      chained ||= optional;
      if (is(c, '(')) {
        x = { k: 'call', fn: x, args: args(c), optional: true, at: x.at };
        continue;
      }
      expect(c, '[');
      const key = expression(c);
      expect(c, ']');
      x = { k: 'index', obj: x, key, at: spanTo(c, from), ...(optional ? { optional } : {}) };
    } else if (v === '(') x = { k: 'call', fn: x, args: args(c), at: x.k === 'get' ? x.at : from };
    else break;
  }
  c.noIn = before;
  return chained ? { k: 'chain', e: x, at: from } : x;
}

function templateText(c: Cursor): Expr {
  const { parts = [], at } = advance(c);
  return {
    k: 'text',
    at,
    parts: parts.map((part) => {
      if (typeof part === 'string') return part;
      const inner: Cursor = { ...c, tokens: tokenize(c.text, 'js', signs, part.from, part.to), i: 0, noIn: false };
      const e = expression(inner);
      if (token(inner).k !== 'end') throw unexpected(inner);
      return { e };
    }),
  };
}

/** What a tag gets: the texts (with their raw forms), and the values between them. */
function tagArguments(c: Cursor): readonly Arg[] {
  const { from, to, parts: texts = [] } = token(c);
  const whole = templateText(c);
  if (whole.k !== 'text') throw unexpected(c);
  const { at, parts } = whole;
  const list = (all: readonly string[]): Arg => ({
    value: { k: 'list', items: all.map((v) => ({ k: 'const', v, at })), at },
  });
  const holes = texts.flatMap((part) => (typeof part === 'string' ? [] : [part]));
  const starts = [from + 1, ...holes.map((hole) => hole.to + 1)];
  const raw = starts.map((start, i) => c.text.slice(start, (holes[i]?.from ?? to + 1) - 2));
  const cooked = list(parts.flatMap((part) => (typeof part === 'string' ? [part] : [])));
  const strings: Expr = { k: 'call', fn: { k: 'name', id: '%strings', at }, args: [cooked, list(raw)], at };
  return [{ value: strings }, ...parts.flatMap((part) => (typeof part === 'string' ? [] : [{ value: part.e }]))];
}

/** All signs of the language, the longest first. */
export const signs =
  '>>>= ... === !== **= <<= >>= >>> &&= ||= ??= => == != <= >= && || ?? ?. ++ -- += -= *= /= %= &= |= ^= << >> ** { } ( ) [ ] ; , < > + - * / % & | ^ ! ~ ? : = . @'.split(
    ' ',
  );

export function primary(c: Cursor): Expr {
  const { k, v, at } = token(c);
  if (k === 'number') {
    advance(c);
    if (v.endsWith('n'))
      return { k: 'const', v: { t: 'big', v: String(BigInt(v.slice(0, -1).replaceAll('_', ''))) }, at };
    return { k: 'const', v: jsNumber(Number(v.replaceAll('_', ''))), at };
  }
  if (k === 'text') {
    advance(c);
    return { k: 'const', v, at };
  }
  if (k === 'template') return templateText(c);
  if (k === 'regexp') {
    const { flags = '' } = advance(c);
    return { k: 'regexp', source: v, flags, at };
  }
  if (k === 'sign') return bracketed(c);
  if (k !== 'name') throw unexpected(c);
  if (v === 'function' || (v === 'async' && is(c, 'function', 1) && !token(c, 1).newline))
    return { k: 'fn', def: functionDefinition(c), at };
  if (v === 'class') {
    advance(c);
    return { k: 'class', def: classDefinition(c), at };
  }
  if (v === 'new') return construction(c);
  advance(c);
  if (v === 'true' || v === 'false') return { k: 'const', v: v === 'true', at };
  if (v === 'null') return { k: 'const', v: null, at };
  if (v === 'undefined') return { k: 'const', v: undef, at };
  if (reserved.has(v) && v !== 'this' && v !== 'super' && v !== 'import') throw unexpected(c, c.tokens[c.i - 1]);
  return { k: 'name', id: v, at };
}

function construction(c: Cursor): Expr {
  const from = expect(c, 'new').at;
  if (accept(c, '.')) {
    expect(c, 'target');
    return { k: 'name', id: 'new.target', at: from };
  }
  const at = token(c).at;
  let fn = is(c, 'new') ? construction(c) : primary(c);
  for (;;) {
    if (accept(c, '.')) fn = { k: 'get', obj: fn, name: advance(c).v, at };
    else if (accept(c, '[')) {
      fn = { k: 'index', obj: fn, key: expression(c), at };
      expect(c, ']');
    } else break;
  }
  return { k: 'new', fn, args: is(c, '(') ? args(c) : [], at: from };
}

function bracketed(c: Cursor): Expr {
  const { v, at: from } = token(c);
  const before = c.noIn;
  c.noIn = false;
  let x: Expr;
  if (v === '(') {
    advance(c);
    x = { ...expression(c), paren: true };
    expect(c, ')');
  } else if (v === '[') {
    advance(c);
    const items: Expr[] = [];
    while (!is(c, ']')) {
      const at = token(c).at;
      if (is(c, ',')) items.push({ k: 'const', v: { t: 'hole' }, at });
      else if (accept(c, '...')) items.push({ k: 'spread', e: assignment(c), at });
      else items.push(assignment(c));
      if (!accept(c, ',')) break;
    }
    expect(c, ']');
    x = { k: 'list', items, at: spanTo(c, from) };
  } else if (v === '{') x = objectLiteral(c);
  else throw unexpected(c);
  c.noIn = before;
  return x;
}
