import { type Catch, type Class, type Expr, type Func, type Source, type Stmt, SyntaxProblem } from '../core/tree.ts';
import { tokenizePy } from './lexer.ts';
import { contains, namesOf } from './names-of.ts';
import { asyncWith } from './parse-async.ts';
import { accept, advance, expect, invalid, is, type PyCursor, spanTo, token } from './parse-cursor.ts';
import { args, expression, expressions, loopTargets, parameters } from './parse-expr.ts';
import { isMatch, matchStatement } from './parse-match.ts';

/** Reads a Python file. Throws SyntaxProblem with CPython's words. */
export function parsePy(path: string, text: string): Source {
  const c: PyCursor = { tokens: readTokens(text), i: 0 };
  return { lang: 'py', path, text, body: file(c) };
}

function file(c: PyCursor): readonly Stmt[] {
  const body: Stmt[] = [];
  while (token(c).k !== 'end') body.push(...statement(c));
  return body;
}

/** Tokens of a file. Of a bracket that is never closed and a mistake on the same line, CPython tells the mistake. */
function readTokens(text: string): PyCursor['tokens'] {
  try {
    return tokenizePy(text);
  } catch (error) {
    if (!(error instanceof SyntaxProblem) || !error.message.endsWith('was never closed')) throw error;
    const c: PyCursor = { tokens: tokenizePy(text, true), i: 0 };
    try {
      file(c);
    } catch (other) {
      const plain = other instanceof SyntaxProblem && other.message === 'invalid syntax' && token(c).k !== 'end';
      if (plain && other.at[0] === error.at[0]) throw other;
    }
    throw error;
  }
}

function suite(c: PyCursor, what: string): readonly Stmt[] {
  if (!is(c, ':')) throw invalid(c, "expected ':'");
  const line = token(c).at[0];
  advance(c);
  if (token(c).k !== 'newline') return simpleLine(c);
  advance(c);
  if (token(c).k !== 'indent')
    throw new SyntaxProblem(`IndentationError: expected an indented block after ${what} on line ${line}`, token(c).at);
  advance(c);
  const body: Stmt[] = [];
  while (token(c).k !== 'dedent' && token(c).k !== 'end') body.push(...statement(c));
  advance(c);
  return body;
}

function simpleLine(c: PyCursor): readonly Stmt[] {
  const list: Stmt[] = [];
  do {
    if (token(c).k === 'newline') break;
    list.push(simple(c));
  } while (accept(c, ';'));
  if (token(c).k !== 'newline' && token(c).k !== 'end') throw invalid(c);
  if (token(c).k === 'newline') advance(c);
  return list;
}

function statement(c: PyCursor): readonly Stmt[] {
  const { k, v, at } = token(c);
  if (k === 'indent') throw new SyntaxProblem('IndentationError: unexpected indent', at);
  const known = k === 'name' && Object.hasOwn(compound, v) ? compound[v] : undefined;
  if (known) return [known(c)];
  if (k === 'sign' && v === '@') return [decorated(c)];
  if (isMatch(c)) return [matchStatement(c, suite)];
  return simpleLine(c);
}

function decorated(c: PyCursor): Stmt {
  const decorators: Expr[] = [];
  while (accept(c, '@')) {
    decorators.push(expression(c));
    if (token(c).k !== 'newline') throw invalid(c);
    advance(c);
  }
  const s = is(c, 'class') ? classStatement(c) : functionStatement(c);
  return s.k === 'class'
    ? { ...s, def: { ...s.def, decorators } }
    : s.k === 'fn'
      ? { ...s, def: { ...s.def, decorators } }
      : s;
}

const compound: { readonly [word: string]: ((c: PyCursor) => Stmt) | undefined } = {
  if: ifStatement,
  while: (c) => {
    const at = advance(c).at;
    const test = expression(c);
    const body = suite(c, "'while' statement");
    return { k: 'while', test, body, at, ...(accept(c, 'else') ? { else: suite(c, "'else' statement") } : {}) };
  },
  for: (c) => forStatement(c, false),
  def: functionStatement,
  class: classStatement,
  try: tryStatement,
  with: (c) => withStatement(c),
  async: (c) => {
    if (is(c, 'def', 1)) return functionStatement(c);
    advance(c);
    return is(c, 'for') ? forStatement(c, true) : withStatement(c, true);
  },
};

function ifStatement(c: PyCursor): Stmt {
  const { at, v } = advance(c);
  const test = expression(c);
  if (is(c, '=')) throw invalid(c, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?", test.at);
  const yes = suite(c, `'${v}' statement`);
  const no = is(c, 'elif') ? [ifStatement(c)] : accept(c, 'else') ? suite(c, "'else' statement") : [];
  return { k: 'if', test, yes, no, at };
}

function forStatement(c: PyCursor, async: boolean): Stmt {
  const at = advance(c).at;
  const target = loopTargets(c);
  expect(c, 'in');
  const source = expressions(c);
  const body = suite(c, "'for' statement");
  const tail = accept(c, 'else') ? { else: suite(c, "'else' statement") } : {};
  return {
    k: 'each',
    of: 'of',
    target: [target],
    declares: null,
    source,
    body,
    at,
    ...tail,
    ...(async ? { async } : {}),
  };
}

function functionStatement(c: PyCursor): Stmt {
  const at = token(c).at;
  const isAsync = accept(c, 'async');
  expect(c, 'def');
  const name = advance(c);
  if (name.k !== 'name') throw invalid(c, 'invalid syntax', name.at);
  expect(c, '(');
  const params = parameters(c, ')');
  expect(c, ')');
  if (accept(c, '->')) expression(c);
  const body = suite(c, 'function definition');
  const generator = contains(body, 'yield');
  const globals = namesOf(body, true);
  const locals = namesOf(body, false).filter(
    (one) => !globals.includes(one) && !params.some((param) => param.name === one),
  );
  const def: Func = {
    name: name.v,
    params,
    body,
    kind: { ...(isAsync ? { async: true } : {}), ...(generator ? { generator } : {}) },
    at,
    locals,
    globals,
  };
  return { k: 'fn', def, at };
}

function classStatement(c: PyCursor): Stmt {
  const at = advance(c).at;
  const name = advance(c).v;
  const bases = is(c, '(') ? args(c) : [];
  const body = suite(c, 'class definition');
  const def: Class = { name, bases, members: [], body };
  return { k: 'class', def, at };
}

function tryStatement(c: PyCursor): Stmt {
  const at = advance(c).at;
  const body = suite(c, "'try' statement");
  const catches: Catch[] = [];
  while (is(c, 'except')) {
    advance(c);
    const types = is(c, ':') ? null : expressions(c);
    const nameAt = accept(c, 'as') ? token(c).at : undefined;
    const name: Expr | null = nameAt ? { k: 'name', id: advance(c).v, at: nameAt } : null;
    catches.push({ types, name, body: suite(c, "'except' statement") });
  }
  const tail = accept(c, 'else') ? { else: suite(c, "'else' statement") } : {};
  const last = accept(c, 'finally') ? suite(c, "'finally' statement") : null;
  if (catches.length === 0 && last === null) throw invalid(c, "expected 'except' or 'finally' block");
  return { k: 'try', body, catches, finally: last, at, ...tail };
}

function withStatement(c: PyCursor, async = false): Stmt {
  const at = expect(c, 'with').at;
  const items: { e: Expr; as: Expr | null }[] = [];
  const paren = is(c, '(') && accept(c, '(');
  do {
    if (is(c, ')')) break;
    const e = expression(c);
    items.push({ e, as: accept(c, 'as') ? expression(c) : null });
  } while (accept(c, ','));
  if (paren) expect(c, ')');
  const body = suite(c, "'with' statement");
  return async ? asyncWith(items, body, at) : { k: 'with', items, body, at: spanTo(c, at) };
}

function dotted(c: PyCursor): string {
  let name = advance(c).v;
  while (accept(c, '.')) name += `.${advance(c).v}`;
  return name;
}

function simple(c: PyCursor): Stmt {
  const { k, v, at } = token(c);
  const word = k === 'name' ? v : '';
  switch (word) {
    case 'pass':
      advance(c);
      return { k: 'empty', at };
    case 'break':
    case 'continue':
      advance(c);
      return { k: word, at };
    case 'return': {
      advance(c);
      const e = token(c).k === 'newline' || is(c, ';') ? null : expressions(c);
      return { k: 'return', e, at };
    }
    case 'raise': {
      advance(c);
      if (token(c).k === 'newline') return { k: 'throw', e: null, at };
      const e = expression(c);
      const cause = accept(c, 'from') ? expression(c) : undefined;
      return { k: 'throw', e, at: spanTo(c, at), ...(cause ? { cause } : {}) };
    }
    case 'global':
    case 'nonlocal':
      return globalStatement(c);
    case 'del': {
      advance(c);
      const list: Expr[] = [];
      do list.push(expression(c));
      while (accept(c, ','));
      return { k: 'delete', targets: list, at };
    }
    case 'assert': {
      advance(c);
      const test = expression(c);
      return { k: 'assert', test, message: accept(c, ',') ? expression(c) : null, at: spanTo(c, at) };
    }
    case 'import':
    case 'from':
      return importStatement(c);
  }
  return assignmentOrExpression(c);
}

function globalStatement(c: PyCursor): Stmt {
  const at = advance(c).at;
  const names: string[] = [];
  do names.push(advance(c).v);
  while (accept(c, ','));
  return { k: 'global', names, at };
}

function importStatement(c: PyCursor): Stmt {
  const { v, at } = advance(c);
  if (v === 'import') {
    const list: Stmt[] = [];
    do {
      const module = dotted(c);
      list.push({
        k: 'import',
        module,
        names: null,
        as: accept(c, 'as') ? advance(c).v : `.${module}`,
        at: spanTo(c, at),
      });
    } while (accept(c, ','));
    const [one] = list;
    return list.length === 1 && one ? one : { k: 'block', body: list, at };
  }
  let level = 0;
  while (is(c, '.') || is(c, '...')) level += advance(c).v.length;
  const module = is(c, 'import') ? '' : dotted(c);
  expect(c, 'import');
  const names: [string, string][] = [];
  const paren = accept(c, '(');
  do {
    if (is(c, ')')) break;
    if (accept(c, '*')) names.push(['*', '*']);
    else {
      const name = advance(c).v;
      names.push([name, accept(c, 'as') ? advance(c).v : name]);
    }
  } while (accept(c, ','));
  if (paren) expect(c, ')');
  return { k: 'import', module, names, as: null, level, at: spanTo(c, at) };
}

function assignmentOrExpression(c: PyCursor): Stmt {
  const at = token(c).at;
  const first = expressions(c);
  const op = token(c);
  if (op.k === 'sign' && /^(?:[+\-*/%&|^@]|\*\*|\/\/|<<|>>)=$/.test(op.v)) {
    advance(c);
    return { k: 'expr', e: { k: 'assign', target: first, op: op.v, value: expressions(c), at: spanTo(c, at) }, at };
  }
  if (is(c, ':') && ['name', 'get', 'index'].includes(first.k)) {
    advance(c);
    expression(c);
    // a class remembers which of its names are annotated (dataclasses)
    const noted = (value: readonly Expr[]): Expr => ({
      k: 'call',
      fn: { k: 'name', id: '%annotated', at },
      args: [{ k: 'const' as const, v: first.k === 'name' ? first.id : '', at }, ...value].map((one) => ({
        value: one,
      })),
      at,
    });
    if (!accept(c, '=')) return first.k === 'name' ? { k: 'expr', e: noted([]), at } : { k: 'empty', at };
    const value = expressions(c);
    const given = first.k === 'name' ? noted([value]) : value;
    return { k: 'expr', e: { k: 'assign', target: first, op: '=', value: given, at: spanTo(c, at) }, at };
  }
  if (!is(c, '=')) {
    if (first.k === 'name' && first.id === 'print' && ['text', 'name', 'number'].includes(token(c).k))
      throw invalid(c, "Missing parentheses in call to 'print'. Did you mean print(...)?", [
        at[0],
        at[1],
        token(c).at[2],
        token(c).at[3],
      ]);
    return { k: 'expr', e: first, at };
  }
  const list = [first];
  while (accept(c, '=')) list.push(expressions(c));
  let value = list.pop() ?? first;
  for (const target of list.toReversed()) {
    if (!['name', 'get', 'index', 'tuple', 'list', 'spread'].includes(target.k)) {
      const what = target.k === 'call' ? 'function call' : target.k === 'const' ? 'literal' : 'expression';
      throw invalid(c, `cannot assign to ${what} here. Maybe you meant '==' instead of '='?`, target.at);
    }
    value = { k: 'assign', target, op: '=', value, at: spanTo(c, at) };
  }
  return { k: 'expr', e: value, at };
}
