import { tokenize } from '../core/lexer.ts';
import {
  type At,
  type Case,
  type Class,
  type Expr,
  type Member,
  type Source,
  type Stmt,
  SyntaxProblem,
} from '../core/tree.ts';
import { accept, advance, type Cursor, expect, is, reserved, token, unexpected } from './cursor.ts';
import { assignment, expression, signs } from './parse-expr.ts';
import { bindingTarget, functionDefinition, parameters } from './parse-function.ts';
import { isModifier, memberKey } from './parse-object.ts';
import { refuseRedeclared } from './redeclared.ts';

/** Reads a JavaScript file. Throws SyntaxProblem with V8's words. */
export function parseJs(path: string, text: string): Source {
  const c: Cursor = { text, tokens: tokenize(text, 'js', signs), i: 0, noIn: false, noBrace: false, inAsync: true };
  const body: Stmt[] = [];
  while (token(c).k !== 'end') body.push(...flat(statement(c)));
  refuseRedeclared(body);
  const imports = body.filter(({ k }) => k === 'import');
  return { lang: 'js', path, text, body: [...imports, ...body.filter(({ k }) => k !== 'import')] };
}

/** Marks statements that stand together without a scope of their own. */
const several: At = [-1, 0, 0, 0];

function flat(s: Stmt): readonly Stmt[] {
  return s.k === 'block' && s.at === several ? s.body.flatMap(flat) : [s];
}

export function functionBody(c: Cursor, isAsync: boolean): readonly Stmt[] {
  const before = c.inAsync;
  c.inAsync = isAsync;
  const body = braces(c);
  c.inAsync = before;
  return body;
}

function braces(c: Cursor): readonly Stmt[] {
  expect(c, '{');
  const body: Stmt[] = [];
  while (!is(c, '}')) {
    if (token(c).k === 'end') throw unexpected(c);
    body.push(...flat(statement(c)));
  }
  advance(c);
  return body;
}

/** The end of a statement: `;`, a brace, the end of a line. */
function semicolon(c: Cursor): void {
  if (accept(c, ';') || is(c, '}') || token(c).k === 'end' || token(c).newline) return;
  throw unexpected(c);
}

const body = (c: Cursor): readonly Stmt[] => (is(c, '{') ? braces(c) : [statement(c)]);

function statement(c: Cursor): Stmt {
  const { k, v, at } = token(c);
  if (k === 'sign' && v === '{') return { k: 'block', body: braces(c), at };
  if (k === 'sign' && v === ';') {
    advance(c);
    return { k: 'empty', at };
  }
  if (k === 'name') {
    const known = Object.hasOwn(statements, v) ? statements[v] : undefined;
    if (v === 'async' && is(c, 'function', 1) && !token(c, 1).newline)
      return { k: 'fn', def: functionDefinition(c), at };
    if (v === 'import' && (is(c, '(', 1) || is(c, '.', 1))) return plain(c);
    if (v === 'let' && token(c, 1).k !== 'name' && !is(c, '[', 1) && !is(c, '{', 1)) return plain(c);
    if (known) return known(c);
    if (is(c, ':', 1) && !reserved.has(v)) {
      c.i += 2;
      return { k: 'label', name: v, body: statement(c), at };
    }
  }
  return plain(c);
}

function plain(c: Cursor): Stmt {
  const at = token(c).at;
  const e = expression(c);
  semicolon(c);
  return { k: 'expr', e, at };
}

function declaration(c: Cursor): Stmt {
  const s = declarators(c);
  semicolon(c);
  return s;
}

function declarators(c: Cursor): Stmt {
  const { v } = advance(c);
  const how = v as 'var' | 'let' | 'const';
  const list: Stmt[] = [];
  do {
    const from = token(c).at;
    const target = bindingTarget(c);
    const value = accept(c, '=') ? assignment(c) : null;
    if (value === null && how === 'const' && !is(c, 'of') && !is(c, 'in'))
      throw new SyntaxProblem('Missing initializer in const declaration', token(c).at);
    list.push({ k: 'declare', how, target, value, at: from });
  } while (accept(c, ','));
  const [one] = list;
  return list.length === 1 && one ? one : { k: 'block', body: list, at: several };
}

const statements: { readonly [word: string]: ((c: Cursor) => Stmt) | undefined } = {
  var: declaration,
  let: declaration,
  const: declaration,
  function: (c) => ({ k: 'fn', at: token(c).at, def: functionDefinition(c) }),
  class: (c) => ({ k: 'class', at: advance(c).at, def: classDefinition(c) }),
  if: (c) => {
    const at = advance(c).at;
    expect(c, '(');
    const test = expression(c);
    expect(c, ')');
    const yes = body(c);
    return { k: 'if', test, yes, no: accept(c, 'else') ? body(c) : [], at };
  },
  while: (c) => {
    const at = advance(c).at;
    expect(c, '(');
    const test = expression(c);
    expect(c, ')');
    return { k: 'while', test, body: body(c), at };
  },
  do: (c) => {
    const at = advance(c).at;
    const inner = body(c);
    expect(c, 'while');
    expect(c, '(');
    const test = expression(c);
    expect(c, ')');
    accept(c, ';');
    return { k: 'while', test, body: inner, after: true, at };
  },
  for: forStatement,
  return: (c) => {
    const at = advance(c).at;
    const none = is(c, ';') || is(c, '}') || token(c).newline || token(c).k === 'end';
    const e = none ? null : expression(c);
    semicolon(c);
    return { k: 'return', e, at };
  },
  break: jump,
  continue: jump,
  throw: (c) => {
    const at = advance(c).at;
    const e = expression(c);
    semicolon(c);
    return { k: 'throw', e, at };
  },
  try: (c) => {
    const at = advance(c).at;
    const inner = braces(c);
    const catches = [];
    if (accept(c, 'catch')) {
      let name: Expr | null = null;
      if (accept(c, '(')) {
        name = bindingTarget(c);
        expect(c, ')');
      }
      catches.push({ types: null, name, body: braces(c) });
    }
    const last = accept(c, 'finally') ? braces(c) : null;
    if (catches.length === 0 && last === null)
      throw new SyntaxProblem('Missing catch or finally after try', token(c).at);
    return { k: 'try', body: inner, catches, finally: last, at };
  },
  switch: switchStatement,
  import: importStatement,
  export: exportStatement,
  debugger: (c) => ({ k: 'empty', at: advance(c).at }),
};

function jump(c: Cursor): Stmt {
  const { v, at } = advance(c);
  const label = token(c).k === 'name' && !token(c).newline ? advance(c).v : undefined;
  semicolon(c);
  return { k: v as 'break' | 'continue', at, ...(label === undefined ? {} : { label }) };
}

function forStatement(c: Cursor): Stmt {
  const at = advance(c).at;
  const async = accept(c, 'await');
  expect(c, '(');
  c.noIn = true;
  let init: Stmt | null = null;
  const declares = ['var', 'let', 'const'].find((word) => is(c, word)) as 'var' | 'let' | 'const' | undefined;
  if (declares) init = declarators(c);
  else if (!is(c, ';')) {
    const from = token(c).at;
    init = { k: 'expr', e: expression(c), at: from };
  }
  c.noIn = false;
  if (is(c, 'of') || is(c, 'in')) {
    const of = advance(c).v as 'of' | 'in';
    const target = init?.k === 'declare' ? init.target : init?.k === 'expr' ? init.e : null;
    const source = expression(c);
    expect(c, ')');
    return {
      k: 'each',
      of,
      target: [target],
      declares: declares ?? null,
      source,
      body: body(c),
      at,
      ...(async ? { async } : {}),
    };
  }
  expect(c, ';');
  const test = is(c, ';') ? null : expression(c);
  expect(c, ';');
  const from = token(c).at;
  const update: Stmt | null = is(c, ')') ? null : { k: 'expr', e: expression(c), at: from };
  expect(c, ')');
  // several declarators are one declaration here
  if (init?.k === 'block')
    return { k: 'block', body: [...init.body, { k: 'for', init: null, test, update, body: body(c), at }], at };
  return { k: 'for', init, test, update, body: body(c), at };
}

function switchStatement(c: Cursor): Stmt {
  const at = advance(c).at;
  expect(c, '(');
  const on = expression(c);
  expect(c, ')');
  expect(c, '{');
  const cases: Case[] = [];
  while (!accept(c, '}')) {
    let tests: readonly Expr[] | null = null;
    if (!accept(c, 'default')) {
      expect(c, 'case');
      tests = [expression(c)];
    }
    expect(c, ':');
    const inner: Stmt[] = [];
    while (!is(c, 'case') && !is(c, 'default') && !is(c, '}')) inner.push(...flat(statement(c)));
    cases.push({ tests, body: inner });
  }
  return { k: 'switch', on, cases, at };
}

/** Reads a class from its name on. */
export function classDefinition(c: Cursor): Class {
  const name = token(c).k === 'name' && !is(c, 'extends') ? advance(c).v : '';
  const bases = accept(c, 'extends') ? [{ value: assignment(c) }] : [];
  expect(c, '{');
  const members: Member[] = [];
  while (!accept(c, '}')) {
    if (accept(c, ';')) continue;
    members.push(member(c));
  }
  return { name, bases, members };
}

function member(c: Cursor): Member {
  const at = token(c).at;
  const isStatic = isModifier(c, 'static') && accept(c, 'static');
  if (isStatic && is(c, '{')) {
    const fn: Expr = {
      k: 'fn',
      def: { name: '', params: [], body: functionBody(c, false), kind: { arrow: true }, at },
      at,
    };
    const key: Expr = { k: 'const', v: '%static', at };
    return { key, static: true, kind: 'field', value: { k: 'call', fn, args: [], at } };
  }
  for (const kind of ['get', 'set'] as const) {
    if (!isModifier(c, kind)) continue;
    advance(c);
    const key = memberKey(c);
    const value: Expr = {
      k: 'fn',
      def: { name: '', params: parameters(c), body: functionBody(c, false), kind: {}, at },
      at,
    };
    return { key, static: isStatic, kind, value };
  }
  const isAsync = isModifier(c, 'async') && accept(c, 'async');
  const generator = accept(c, '*');
  const key = memberKey(c);
  if (is(c, '(')) {
    const kind = { ...(isAsync ? { async: true } : {}), ...(generator ? { generator } : {}) };
    const value: Expr = {
      k: 'fn',
      def: { name: '', params: parameters(c), body: functionBody(c, isAsync), kind, at },
      at,
    };
    return { key, static: isStatic, kind: 'method', value };
  }
  const value = accept(c, '=') ? assignment(c) : null;
  semicolon(c);
  return { key, static: isStatic, kind: 'field', value };
}

function importStatement(c: Cursor): Stmt {
  const at = advance(c).at;
  const names: [string, string][] = [];
  let as: string | null = null;
  if (token(c).k === 'text') {
    const module = advance(c).v;
    semicolon(c);
    return { k: 'import', module, names: null, as: null, at };
  }
  if (token(c).k === 'name') {
    names.push(['default', advance(c).v]);
    accept(c, ',');
  }
  if (accept(c, '*')) {
    expect(c, 'as');
    as = advance(c).v;
  } else if (accept(c, '{')) {
    while (!is(c, '}')) {
      const name = advance(c).v;
      names.push([name, accept(c, 'as') ? advance(c).v : name]);
      if (!accept(c, ',')) break;
    }
    expect(c, '}');
  }
  expect(c, 'from');
  const module = advance(c).v;
  semicolon(c);
  return { k: 'import', module, names: names.length > 0 ? names : null, as, at };
}

function exportStatement(c: Cursor): Stmt {
  const at = advance(c).at;
  const export_ = (names: readonly (readonly [string, string])[]): Stmt => ({ k: 'export', names, at });
  if (accept(c, 'default')) {
    const from = token(c).at;
    if (is(c, 'class') || is(c, 'function') || is(c, 'async')) {
      const s = statement(c);
      if ((s.k === 'fn' || s.k === 'class') && s.def.name !== '')
        return { k: 'block', body: [s, export_([[s.def.name, 'default']])], at: several };
    }
    const value = assignment(c);
    semicolon(c);
    const target: Expr = { k: 'name', id: '%default', at: from };
    return {
      k: 'block',
      at: several,
      body: [{ k: 'declare', how: 'var', target, value, at: from }, export_([['%default', 'default']])],
    };
  }
  if (accept(c, '{')) {
    const names: [string, string][] = [];
    while (!is(c, '}')) {
      const name = advance(c).v;
      names.push([name, accept(c, 'as') ? advance(c).v : name]);
      if (!accept(c, ',')) break;
    }
    expect(c, '}');
    semicolon(c);
    return export_(names);
  }
  const s = statement(c);
  const parts = s.k === 'block' ? s.body : [s];
  const names = parts.flatMap((one) =>
    one.k === 'declare' && one.target.k === 'name'
      ? [one.target.id]
      : one.k === 'fn' || one.k === 'class'
        ? [one.def.name]
        : [],
  );
  return { k: 'block', at: several, body: [...parts, export_(names.map((name) => [name, name] as const))] };
}
