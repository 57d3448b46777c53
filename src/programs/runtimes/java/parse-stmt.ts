import type { Block, Case, Catch, Expr, LocalVar, Stmt, TypeNode } from './ast.ts';
import { type Cursor, parseType, tryType } from './cursor.ts';
import { localClass } from './parse-class.ts';
import { arrayItems, parseExpr } from './parse-expr.ts';
import { BeyondJava } from './problem.ts';
import { closing } from './resources.ts';

/** `{ … }` */
export function parseBlock(c: Cursor): Block {
  const { pos } = c.expect('{');
  const body: Stmt[] = [];
  while (!c.is('}')) {
    if (c.token.kind === 'end') throw c.wrong('', c.pos);
    body.push(...blockStatement(c));
  }
  const end = c.next().pos;
  return { s: 'block', pos, end, body };
}

function blockStatement(c: Cursor): Stmt[] {
  const { pos, kind, text } = c.token;
  if (kind === 'word' && text === 'static') throw c.wrong('illegal start of expression', pos);
  const ahead = c.peek(text === 'final' ? 1 : 0);
  if (
    (ahead.kind === 'word' && ['class', 'interface', 'enum', 'abstract'].includes(ahead.text)) ||
    (kind === 'name' && text === 'record' && c.peek(1).kind === 'name' && ['(', '<'].includes(c.peek(2).text))
  )
    return [{ s: 'class', pos, decl: localClass(c) }];
  if (kind === 'word' && ['public', 'private', 'protected'].includes(text))
    throw c.wrong('illegal start of expression', pos);
  while (c.is('@')) {
    c.next();
    c.name();
    if (c.is('(')) while (c.next().text !== ')');
  }
  const final = c.take('final');
  const local = final ? parseType(c) : localType(c);
  if (!local) return [parseStatement(c)];
  const vars = declarators(c, local, final);
  c.expect(';');
  return [{ s: 'local', pos: vars[0]?.pos ?? pos, vars }];
}

/** A type, when a declaration begins here. */
function localType(c: Cursor): TypeNode | undefined {
  const { at } = c;
  const { kind, text } = c.token;
  if (kind !== 'name' && !(kind === 'word' && /^(?:boolean|byte|short|char|int|long|float|double)$/.test(text)))
    return undefined;
  if (text === 'yield' && c.peek(1).kind !== 'name') return undefined;
  const of = tryType(c);
  if (of && c.token.kind === 'name' && /^(?:[=;,:[]|\))$/.test(c.peek(1).text) && c.peek(1).kind === 'op') return of;
  // `int x` without its end is a declaration still: the mistake is reported there
  if (of && c.token.kind === 'name' && !(of.name === 'yield')) return of;
  if (of && kind === 'word' && !c.is('.') && !c.is('::')) return of;
  c.at = at;
  return undefined;
}

function declarators(c: Cursor, of: TypeNode, final: boolean): LocalVar[] {
  const vars: LocalVar[] = [];
  do {
    const { pos, text } = c.token.kind === 'name' ? c.next() : notAVariable(c);
    let { dims } = of;
    while (c.is('[') && c.peek(1).text === ']') {
      c.at += 2;
      dims++;
    }
    const init = c.take('=') ? initializer(c) : undefined;
    vars.push({ pos, name: text, of: { ...of, dims }, final, ...(init ? { init } : {}) });
  } while (c.take(','));
  return vars;
}

function notAVariable(c: Cursor): never {
  throw c.token.kind === 'word'
    ? c.wrong('not a statement', c.peek(-1).pos)
    : c.wrong('<identifier> expected', c.before);
}

/** What stands after `=` in a declaration. */
export function initializer(c: Cursor): Expr {
  const { pos } = c;
  return c.is('{') ? { e: 'array-items', pos, start: pos, items: arrayItems(c) } : parseExpr(c);
}

function condition(c: Cursor): Expr {
  c.expect('(');
  const test = parseExpr(c);
  c.expect(')');
  return test;
}

/** Where a statement comes that may not declare anything. */
function inner(c: Cursor): Stmt {
  const { pos } = c;
  if (localType(c)) throw c.wrong('variable declaration not allowed here', pos);
  return parseStatement(c);
}

/** A statement (JLS 14). */
export function parseStatement(c: Cursor): Stmt {
  const { pos, kind, text } = c.token;
  if (kind === 'op') {
    if (text === '{') return parseBlock(c);
    if (c.take(';')) return { s: 'empty', pos };
  }
  if (kind === 'name') {
    if (c.peek(1).text === ':' && c.peek(1).kind === 'op') {
      c.at += 2;
      return { s: 'labeled', pos, label: text, body: parseStatement(c) };
    }
    if (text === 'yield' && !['=', '.', '(', '++', '--', '['].includes(c.peek(1).text)) {
      c.next();
      const of = parseExpr(c);
      c.expect(';');
      return { s: 'yield', pos, of };
    }
  }
  if (kind === 'word') {
    const found = keyword(c, text, pos);
    if (found) return found;
  }
  const of = parseExpr(c);
  if (!['assign', 'assign-op', 'step', 'call', 'new', 'switch'].includes(of.e))
    throw c.wrong('not a statement', of.pos);
  c.expect(';');
  if (of.e === 'switch') return { s: 'switch', pos, of: of.of, cases: of.cases, end: of.end };
  return { s: 'expr', pos, of };
}

function keyword(c: Cursor, text: string, pos: number): Stmt | undefined {
  switch (text) {
    case 'if': {
      c.next();
      const test = condition(c);
      const yes = inner(c);
      return c.take('else') ? { s: 'if', pos, test, yes, no: inner(c) } : { s: 'if', pos, test, yes };
    }
    case 'while': {
      c.next();
      const test = condition(c);
      return { s: 'while', pos, test, body: inner(c) };
    }
    case 'do': {
      c.next();
      const body = inner(c);
      c.expect('while');
      const test = condition(c);
      c.expect(';');
      return { s: 'do', pos, test, body };
    }
    case 'for':
      return loop(c, pos);
    case 'switch': {
      const { at } = c;
      c.next();
      const of = condition(c);
      const { cases, end } = parseCases(c);
      if (!c.is('.')) return { s: 'switch', pos, of, cases, end };
      c.at = at;
      return undefined;
    }
    case 'return':
    case 'throw': {
      c.next();
      if (text === 'return' && c.take(';')) return { s: 'return', pos };
      const of = parseExpr(c);
      c.expect(';');
      return { s: text, pos, of };
    }
    case 'break':
    case 'continue': {
      c.next();
      const label = c.token.kind === 'name' ? c.next().text : undefined;
      c.expect(';');
      return { s: text, pos, ...(label === undefined ? {} : { label }) };
    }
    case 'try':
      return attempt(c, pos);
    case 'synchronized': {
      c.next();
      const of = condition(c);
      return { s: 'sync', pos, of, body: parseBlock(c) };
    }
    case 'assert':
      throw new BeyondJava('assert', pos);
    case 'else':
      throw c.wrong('illegal start of expression', pos);
    case 'case':
    case 'default':
      throw c.wrong(`orphaned ${text}`, pos);
    case 'catch':
      throw c.wrong("'catch' without 'try'", pos);
    case 'finally':
      throw c.wrong("'finally' without 'try'", pos);
  }
  return undefined;
}

function loop(c: Cursor, pos: number): Stmt {
  c.next();
  c.expect('(');
  const final = c.take('final');
  const of = final ? parseType(c) : c.is(';') ? undefined : localType(c);
  const init: Stmt[] = [];
  if (of && c.token.kind === 'name' && c.peek(1).text === ':') {
    const { pos: at, text } = c.name();
    c.next();
    const item: LocalVar = { pos: at, name: text, of };
    const list = parseExpr(c);
    c.expect(')');
    return { s: 'for-each', pos, item, of: list, body: inner(c) };
  }
  if (of) {
    const vars = declarators(c, of, final);
    init.push({ s: 'local', pos: vars[0]?.pos ?? pos, vars });
  } else if (!c.is(';')) init.push(...expressions(c));
  c.expect(';');
  const test = c.is(';') ? undefined : parseExpr(c);
  c.expect(';');
  const step = c.is(')') ? [] : expressions(c);
  c.expect(')');
  return { s: 'for', pos, init, ...(test ? { test } : {}), step, body: inner(c) };
}

function expressions(c: Cursor): Stmt[] {
  const all: Stmt[] = [];
  do {
    const { pos } = c;
    all.push({ s: 'expr', pos, of: parseExpr(c) });
  } while (c.take(','));
  return all;
}

function attempt(c: Cursor, pos: number): Stmt {
  c.next();
  const held = c.take('(') ? resources(c) : [];
  const body = parseBlock(c);
  const catches: Catch[] = [];
  while (c.is('catch')) {
    const { pos: at } = c.next();
    c.expect('(');
    c.take('final');
    const types = [parseType(c)];
    while (c.take('|')) types.push(parseType(c));
    const { pos: namePos, text } = c.name();
    c.expect(')');
    catches.push({ pos: at, types, item: { pos: namePos, name: text }, body: parseBlock(c) });
  }
  const last = c.take('finally') ? parseBlock(c) : undefined;
  if (catches.length === 0 && !last && held.length === 0)
    throw c.wrong("'try' without 'catch', 'finally' or resource declarations", pos);
  const inner = held.reduceRight((block, one) => closing(one, block, pos), body);
  if (held.length > 0 && catches.length === 0 && !last) return inner;
  return { s: 'try', pos, body: inner, catches, ...(last ? { last } : {}) };
}

/** What a try statement opens, and closes at its end. */
function resources(c: Cursor): LocalVar[] {
  const all: LocalVar[] = [];
  while (!c.is(')')) {
    const final = c.take('final');
    const of = final ? parseType(c) : localType(c);
    if (of) {
      const { pos, text } = c.name();
      c.expect('=');
      all.push({ pos, name: text, of, init: parseExpr(c), final: true });
    } else {
      const init = parseExpr(c);
      all.push({
        pos: init.pos,
        name: `$held${init.pos}`,
        of: { pos: init.pos, name: 'var', dims: 0 },
        init,
        final: true,
      });
    }
    if (!c.take(';')) break;
  }
  c.expect(')');
  return all;
}

/** The cases of a switch, in either form. */
export function parseCases(c: Cursor): { cases: Case[]; end: number } {
  c.expect('{');
  const cases: Case[] = [];
  while (!c.is('}')) {
    const { pos } = c;
    const labels: Expr[] = [];
    let isDefault = false;
    if (c.take('default')) isDefault = true;
    else if (c.take('case')) {
      do {
        if (c.take('default')) isDefault = true;
        else labels.push(label(c));
      } while (c.take(','));
    } else throw c.wrong("case, default, or '}' expected", c.pos);
    const arrow = c.take('->');
    if (!arrow && !c.take(':')) throw c.wrong(': or -> expected', c.before);
    const body: Stmt[] = [];
    if (!arrow) while (!c.is('case') && !c.is('default') && !c.is('}')) body.push(...blockStatement(c));
    else if (c.is('{') || c.is('throw')) body.push(parseStatement(c));
    else {
      const of = parseExpr(c);
      c.expect(';');
      body.push({ s: 'expr', pos: of.start, of });
    }
    cases.push({ pos, labels, arrow, isDefault, body });
  }
  const end = c.next().pos;
  return { cases, end };
}

function label(c: Cursor): Expr {
  const { pos } = c;
  // a lambda cannot be meant: `case A -> …`
  if (c.token.kind === 'name' && c.peek(1).text === '->') {
    return { e: 'name', pos, start: pos, name: c.next().text };
  }
  const expr = parseExpr(c);
  if (c.token.kind === 'name') throw new BeyondJava('a pattern in a switch', pos);
  return expr;
}
