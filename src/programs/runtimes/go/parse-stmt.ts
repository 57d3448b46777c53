import { SyntaxProblem } from '../core/tree.ts';
import type { Block, ClauseNode, Decl, GoFile, Import, Name, Node, ParamNode, StmtNode } from './ast.ts';
import { tokens } from './lexer.ts';
import { expression } from './parse-expr.ts';
import { accept, expect, is, maybeType, name, type Parser, peek, signature, take, type, unexpected } from './parser.ts';

export function block(p: Parser): Block {
  expect(p, '{', ', expecting {');
  const stmts = statements(p);
  const { at } = expect(p, '}', ', expecting }');
  return { stmts, end: at };
}

function statements(p: Parser): readonly StmtNode[] {
  const out: StmtNode[] = [];
  while (!is(p, '}') && !is(p, 'case') && !is(p, 'default') && peek(p).k !== 'end') {
    out.push(statement(p));
    if (is(p, '}') || is(p, 'case') || is(p, 'default')) break;
    if (!accept(p, ';')) unexpected(p, ' at end of statement');
  }
  return out;
}

function statement(p: Parser): StmtNode {
  const t = peek(p);
  const { at } = t;
  if (t.k === 'op' && t.text === ';') return { k: 'empty', at };
  if (t.k === 'op' && t.text === '{') return { k: 'block', body: block(p), at };
  if (t.k !== 'keyword') {
    if (t.k === 'name' && is(p, ':', 1)) {
      p.i += 2;
      if (is(p, '}')) return { k: 'label', name: t.text, body: { k: 'empty', at }, at };
      if (is(p, ';')) take(p);
      return { k: 'label', name: t.text, body: statement(p), at };
    }
    return simple(p);
  }
  switch (t.text) {
    case 'var':
    case 'const':
    case 'type':
      return { k: 'decl', decls: declaration(p), at };
    case 'return': {
      p.i++;
      const values: Node[] = [];
      if (!is(p, ';') && !is(p, '}'))
        do values.push(expression(p));
        while (accept(p, ','));
      return { k: 'return', values, at };
    }
    case 'break':
    case 'continue':
    case 'goto':
    case 'fallthrough':
      p.i++;
      return { k: 'branch', word: t.text, label: peek(p).k === 'name' ? take(p).text : null, at };
    case 'go':
    case 'defer': {
      p.i++;
      const call = expression(p);
      if (call.k !== 'call') throw new SyntaxProblem(`expression in ${t.text} must be function call`, call.at);
      return { k: t.text, call, at };
    }
    case 'if':
      return ifStatement(p);
    case 'for':
      return forStatement(p);
    case 'switch':
      return switchStatement(p);
    case 'select': {
      p.i++;
      return { k: 'select', clauses: clauses(p, true), at };
    }
    case 'func':
      if (peek(p, 1).k === 'name') {
        p.i++;
        unexpected(p, ', expecting (');
      }
  }
  return simple(p);
}

/** A statement without a keyword of its own. */
function simple(p: Parser, ranges = false): StmtNode {
  const { at } = peek(p);
  if (ranges && is(p, 'range')) {
    p.i++;
    return { k: 'range', key: null, value: null, define: false, over: expression(p), body: { stmts: [], end: at }, at };
  }
  const left = [expression(p)];
  while (accept(p, ',')) left.push(expression(p));
  const [first] = left;
  const t = peek(p);
  if (!first) unexpected(p, '');
  if (t.k === 'op' && /^(?:[-+*/%&|^]|<<|>>|&\^|:)?=$/.test(t.text)) {
    p.i++;
    if (ranges && is(p, 'range')) {
      p.i++;
      const over = expression(p);
      const [key = null, value = null] = left;
      return { k: 'range', key, value, define: t.text === ':=', over, body: { stmts: [], end: at }, at };
    }
    const right = [expression(p)];
    while (accept(p, ',')) right.push(expression(p));
    return { k: 'assign', op: t.text, left, right, opAt: t.at, at };
  }
  if (left.length > 1) unexpected(p, ', expecting := or = or comma');
  if (t.k === 'op' && (t.text === '++' || t.text === '--')) {
    p.i++;
    return { k: 'incdec', op: t.text === '++' ? '+' : '-', e: first, at };
  }
  if (accept(p, '<-')) return { k: 'send', chan: first, value: expression(p), at };
  return { k: 'expr', e: first, at };
}

function head<T>(p: Parser, read: () => T): T {
  const { level } = p;
  p.level = -1;
  const got = read();
  p.level = level;
  return got;
}

function ifStatement(p: Parser): StmtNode {
  const { at } = take(p);
  const [init, test] = head(p, () => {
    if (is(p, '{')) throw new SyntaxProblem('syntax error: missing condition in if statement', peek(p).at);
    const first = is(p, ';') ? null : simple(p);
    if (!accept(p, ';')) return [null, first];
    return [first, simple(p)];
  });
  if (test?.k === 'assign')
    throw new SyntaxProblem(
      `syntax error: cannot use ${test.op === ':=' ? '... := ...' : 'assignment'} as value`,
      test.at,
    );
  if (test?.k !== 'expr') throw new SyntaxProblem('syntax error: missing condition in if statement', at);
  if (!is(p, '{')) unexpected(p, ', expecting { after if clause');
  const yes = block(p);
  let no: StmtNode | null = null;
  if (accept(p, 'else')) {
    if (is(p, 'if')) no = ifStatement(p);
    else if (is(p, '{')) no = { k: 'block', at: peek(p).at, body: block(p) };
    else throw new SyntaxProblem('syntax error: else must be followed by if or statement block', peek(p).at);
  }
  return { k: 'if', init, test: test.e, yes, no, at };
}

function forStatement(p: Parser): StmtNode {
  const { at } = take(p);
  const made = head(p, (): StmtNode => {
    const none: Block = { stmts: [], end: at };
    if (is(p, '{')) return { k: 'for', init: null, test: null, post: null, body: none, at };
    const first = is(p, ';') ? null : simple(p, true);
    if (first?.k === 'range') return first;
    if (!accept(p, ';')) {
      if (first?.k !== 'expr') unexpected(p, ', expecting for loop condition');
      return { k: 'for', init: null, test: first.e, post: null, body: none, at };
    }
    const test = is(p, ';') ? null : expression(p);
    expect(p, ';', ', expecting { after for clause');
    const post = is(p, '{') ? null : simple(p);
    return { k: 'for', init: first, test, post, body: none, at };
  });
  if (!is(p, '{')) unexpected(p, ', expecting { after for clause');
  const body = block(p);
  return made.k === 'for' || made.k === 'range' ? { ...made, at, body } : made;
}

function switchStatement(p: Parser): StmtNode {
  const { at } = take(p);
  const [init, tag] = head(p, () => {
    if (is(p, '{')) return [null, null];
    const first = is(p, ';') ? null : simple(p);
    if (!accept(p, ';')) return [null, first];
    return [first, is(p, '{') ? null : simple(p)];
  });
  const all = clauses(p, false);
  const guard = tag?.k === 'assign' ? tag.right[0] : tag?.k === 'expr' ? tag.e : undefined;
  if (guard?.k === 'assert' && guard.type === null) {
    const bound = tag?.k === 'assign' ? tag.left[0] : undefined;
    const bind = bound?.k === 'ident' ? bound.name : null;
    return { k: 'typeswitch', init, bind, bindAt: bound?.at ?? at, on: guard.obj, clauses: all, at };
  }
  return { k: 'switch', init, on: tag?.k === 'expr' ? tag.e : null, clauses: all, at };
}

function clauses(p: Parser, select: boolean): readonly ClauseNode[] {
  expect(p, '{', ', expecting {');
  const out: ClauseNode[] = [];
  while (!is(p, '}')) {
    const { at } = peek(p);
    let tests: Node[] | null = null;
    let comm: StmtNode | null = null;
    if (accept(p, 'case')) {
      if (select) comm = simple(p);
      else {
        tests = [];
        do tests.push(caseTest(p));
        while (accept(p, ','));
      }
    } else expect(p, 'default', ', expecting case or default or }');
    expect(p, ':', ', expecting :');
    out.push({ at, tests, comm, body: statements(p) });
  }
  take(p);
  return out;
}

function caseTest(p: Parser): Node {
  const { at } = peek(p);
  if (is(p, 'func') || is(p, 'interface')) {
    const of = maybeType(p);
    if (of) return { k: 'typeexpr', type: of, at };
  }
  return expression(p);
}

function declaration(p: Parser): readonly Decl[] {
  const word = take(p).text;
  const out: Decl[] = [];
  let before: { type: Decl & { k: 'const' } } | undefined;
  const one = (index: number) => {
    const { at } = peek(p);
    if (word === 'type') {
      const t = name(p);
      const alias = accept(p, '=');
      out.push({ k: 'type', name: { name: t.text, at: t.at }, type: type(p), alias, at });
      return;
    }
    const names: Name[] = [];
    do {
      const t = name(p);
      names.push({ name: t.text, at: t.at });
    } while (accept(p, ','));
    const of = is(p, '=') ? null : maybeType(p);
    const values: Node[] = [];
    if (accept(p, '='))
      do values.push(expression(p));
      while (accept(p, ','));
    if (word === 'var') out.push({ k: 'var', names, type: of, values, at });
    else {
      const made: Decl & { k: 'const' } =
        values.length > 0 || !before
          ? { k: 'const', names, type: of, values, iota: index, at }
          : { ...before.type, names, iota: index, at };
      if (values.length > 0) before = { type: made };
      out.push(made);
    }
  };
  if (!accept(p, '(')) {
    one(0);
    return out;
  }
  for (let i = 0; !is(p, ')'); i++) {
    one(i);
    if (!accept(p, ';')) break;
  }
  expect(p, ')', ', expecting )');
  return out;
}

function functionDeclaration(p: Parser): Decl {
  const { at } = take(p);
  let receiver: ParamNode | null = null;
  if (is(p, '(')) receiver = signature({ ...p, tokens: p.tokens, i: p.i, level: 0 }, at).params[0] ?? null;
  if (receiver) {
    let depth = 0;
    do {
      if (is(p, '(')) depth++;
      if (is(p, ')')) depth--;
      p.i++;
    } while (depth > 0);
  }
  const t = name(p, ', expecting name or (');
  const signed = signature(p, at);
  if (!is(p, '{') && is(p, ';') && is(p, '{', 1))
    throw new SyntaxProblem('syntax error: unexpected semicolon or newline before {', peek(p, 1).at);
  return {
    k: 'func',
    name: { name: t.text, at: t.at },
    receiver,
    type: signed,
    body: is(p, '{') ? block(p) : null,
    at,
  };
}

/** Reads a file of Go. Throws SyntaxProblem, and Beyond for what is not read. */
export function parseGo(path: string, text: string): GoFile {
  const p: Parser = { tokens: tokens(text), i: 0, level: 0 };
  if (!is(p, 'package')) throw new SyntaxProblem('syntax error: package statement must be first', peek(p).at);
  p.i++;
  const pkg = name(p).text;
  if (!accept(p, ';')) unexpected(p, ' after package clause');
  const imports: Import[] = [];
  while (accept(p, 'import')) {
    const spec = () => {
      const { at } = peek(p);
      const as = peek(p).k === 'name' ? take(p).text : accept(p, '.') ? '.' : null;
      if (peek(p).k !== 'string') unexpected(p, ', expecting import path');
      imports.push({ at, as, path: take(p).value });
    };
    if (accept(p, '(')) {
      while (!is(p, ')')) {
        spec();
        if (!accept(p, ';')) break;
      }
      expect(p, ')', ', expecting )');
    } else spec();
    if (!accept(p, ';')) unexpected(p, ' after import');
  }
  const decls: Decl[] = [];
  while (peek(p).k !== 'end') {
    if (is(p, 'func')) decls.push(functionDeclaration(p));
    else if (is(p, 'var') || is(p, 'const') || is(p, 'type')) decls.push(...declaration(p));
    else if (is(p, 'import'))
      throw new SyntaxProblem('syntax error: imports must appear before other declarations', peek(p).at);
    else throw new SyntaxProblem('syntax error: non-declaration statement outside function body', peek(p).at);
    if (peek(p).k !== 'end' && !accept(p, ';')) unexpected(p, ' after top level declaration');
  }
  return { path, pkg, imports, decls };
}
