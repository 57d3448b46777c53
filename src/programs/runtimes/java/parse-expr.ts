import type { Case, Expr, LocalVar, TypeNode } from './ast.ts';
import { type Cursor, parseType, primitiveWords, tryType } from './cursor.ts';
import { parseClassBody } from './parse-class.ts';
import { parseBlock, parseCases } from './parse-stmt.ts';

const levels = ['|| ', '&& ', '| ', '^ ', '& ', '== != ', '< > <= >= instanceof ', '<< >> >>> ', '+ - ', '* / % '].map(
  (ops) => new Set(ops.trim().split(' ')),
);
const assigning = new Set(['+=', '-=', '*=', '/=', '%=', '&=', '|=', '^=', '<<=', '>>=', '>>>=']);

/** An expression (JLS 15). */
export function parseExpr(c: Cursor): Expr {
  const { pos: start } = c;
  if (isLambda(c)) return lambda(c);
  const left = conditional(c);
  const { pos } = c;
  if (c.take('=')) return { e: 'assign', pos, start, to: left, from: parseExpr(c) };
  if (c.token.kind === 'op' && assigning.has(c.token.text)) {
    const op = c.next().text.slice(0, -1);
    return { e: 'assign-op', pos, start, op, to: left, from: parseExpr(c) };
  }
  return left;
}

function isLambda(c: Cursor): boolean {
  if (c.token.kind === 'name') return c.peek(1).text === '->' && c.peek(1).kind === 'op';
  if (!c.is('(')) return false;
  let depth = 0;
  for (let n = 0; ; n++) {
    const { kind, text } = c.peek(n);
    if (kind === 'end') return false;
    if (kind !== 'op') continue;
    if (text === '(') depth++;
    else if (text === ')' && --depth === 0) return c.peek(n + 1).kind === 'op' && c.peek(n + 1).text === '->';
  }
}

function lambda(c: Cursor): Expr {
  const { pos: start } = c;
  const params: LocalVar[] = [];
  if (c.take('(')) {
    while (!c.is(')')) {
      c.take('final');
      const single = c.token.kind === 'name' && [',', ')'].includes(c.peek(1).text);
      const of = single ? undefined : parseType(c);
      const { pos, text } = c.name();
      params.push({ pos, name: text, ...(of && of.name !== 'var' ? { of } : {}) });
      if (!c.take(',')) break;
    }
    c.expect(')');
  } else {
    const { pos, text } = c.name();
    params.push({ pos, name: text });
  }
  const { pos } = c.expect('->');
  return { e: 'lambda', pos, start, params, body: c.is('{') ? parseBlock(c) : parseExpr(c) };
}

function conditional(c: Cursor): Expr {
  const { pos: start } = c;
  const test = binary(c, 0);
  const { pos } = c;
  if (!c.take('?')) return test;
  const yes = isLambda(c) ? lambda(c) : conditional(c);
  c.expect(':');
  return { e: 'cond', pos, start, test, yes, no: isLambda(c) ? lambda(c) : conditional(c) };
}

function binary(c: Cursor, level: number): Expr {
  const ops = levels[level];
  if (!ops) return unary(c);
  const { pos: start } = c;
  let left = binary(c, level + 1);
  for (;;) {
    const { kind, text, pos } = c.token;
    if ((kind !== 'op' && text !== 'instanceof') || kind === 'string' || !ops.has(text)) return left;
    c.next();
    if (text === 'instanceof') {
      c.take('final');
      const what = parseType(c);
      const bound = c.token.kind === 'name' ? c.next() : undefined;
      const bind: LocalVar | undefined = bound ? { pos: bound.pos, name: bound.text, of: what } : undefined;
      left = { e: 'instanceof', pos, start, of: left, what, ...(bind ? { bind } : {}) };
    } else left = { e: 'binary', pos, start, op: text, left, right: binary(c, level + 1) };
  }
}

function unary(c: Cursor): Expr {
  const { pos, kind, text } = c.token;
  if (kind === 'op') {
    if (text === '++' || text === '--') {
      c.next();
      return { e: 'step', pos, start: pos, op: text, prefix: true, of: unary(c) };
    }
    if (text === '-' && /^(?:int|long|float|double)$/.test(c.peek(1).kind) && !['.', '['].includes(c.peek(2).text)) {
      c.next();
      const number = c.next();
      return { e: 'literal', pos, start: pos, kind: number.kind as 'int', text: `-${number.text}` };
    }
    if ('+-!~'.includes(text)) {
      c.next();
      return { e: 'unary', pos, start: pos, op: text, of: unary(c) };
    }
    if (text === '(') {
      const cast = tryCast(c);
      if (cast) return cast;
    }
  }
  return postfix(c, primary(c));
}

function tryCast(c: Cursor): Expr | undefined {
  const { at, pos } = c;
  c.next();
  const to = tryType(c);
  if (to && c.take(')')) {
    const plain = primitiveWords.has(to.name) && to.dims === 0;
    const { kind, text } = c.token;
    const starts =
      ['name', 'int', 'long', 'float', 'double', 'char', 'string'].includes(kind) ||
      (kind === 'word' && ['this', 'new', 'true', 'false', 'null', 'super', 'switch'].includes(text)) ||
      (kind === 'op' && ['(', '!', '~'].includes(text));
    if (plain || starts) {
      const of = isLambda(c) ? lambda(c) : unary(c);
      return { e: 'cast', pos, start: pos, to, of };
    }
  }
  c.at = at;
  return undefined;
}

function args(c: Cursor): Expr[] {
  c.expect('(');
  const all: Expr[] = [];
  if (!c.is(')')) {
    do all.push(parseExpr(c));
    while (c.take(','));
  }
  if (!c.is(')')) throw c.wrong("')' or ',' expected", c.before);
  c.next();
  return all;
}

function postfix(c: Cursor, first: Expr): Expr {
  let left = first;
  const { start } = first;
  for (;;) {
    const { pos } = c;
    if (c.take('.')) {
      if (c.take('class')) {
        left = { e: 'class-literal', pos, start, of: typeOf(left) };
        continue;
      }
      if (c.is('new')) {
        left = { ...creation(c), within: left } as Expr;
        continue;
      }
      if (c.is('this')) {
        c.next();
        left = { e: 'this', pos, start, of: typeOf(left) };
        continue;
      }
      if (c.take('<')) {
        while (!c.take('>')) c.next();
      }
      const { text: name } = c.name();
      if (c.is('(')) {
        const namePos = pos;
        left = { e: 'call', pos: c.pos, start, object: left, name, namePos, args: args(c) };
      } else left = { e: 'field', pos, start, object: left, name };
    } else if (c.is('[')) {
      c.next();
      const index = parseExpr(c);
      c.expect(']');
      left = { e: 'index', pos, start, array: left, index };
    } else if (c.is('++') || c.is('--')) {
      left = { e: 'step', pos, start, op: c.next().text as '++', prefix: false, of: left };
    } else if (c.take('::')) {
      const name = c.take('new') ? '<init>' : c.name().text;
      left = { e: 'ref', pos, start, object: left, name };
    } else return left;
  }
}

function typeOf(left: Expr): TypeNode {
  if (left.e === 'name') return { pos: left.pos, name: left.name, dims: 0 };
  if (left.e === 'field') return { pos: left.pos, name: `${typeOf(left.object).name}.${left.name}`, dims: 0 };
  return { pos: left.pos, name: '?', dims: 0 };
}

function primary(c: Cursor): Expr {
  const { kind, text, pos } = c.token;
  const start = pos;
  switch (kind) {
    case 'int':
    case 'long':
    case 'float':
    case 'double':
    case 'char':
    case 'string':
      c.next();
      return { e: 'literal', pos, start, kind, text };
    case 'name': {
      // a type before `::` or `[].class`
      const { at } = c;
      if (c.peek(1).text === '<' || c.peek(1).text === '[') {
        const of = tryType(c);
        if (of && c.is('::') && (of.args || of.dims > 0)) return { e: 'class-literal', pos, start, of };
        c.at = at;
      }
      c.next();
      if (c.is('(')) return { e: 'call', pos: c.pos, start, name: text, namePos: pos, args: args(c) };
      return { e: 'name', pos, start, name: text };
    }
    case 'word':
      break;
    default:
      if (c.take('(')) {
        const of = parseExpr(c);
        c.expect(')');
        return { e: 'paren', pos, start, of };
      }
      throw c.wrong('illegal start of expression', pos);
  }
  switch (text) {
    case 'true':
    case 'false':
      c.next();
      return { e: 'literal', pos, start, kind: 'boolean', text };
    case 'null':
      c.next();
      return { e: 'literal', pos, start, kind: 'null', text };
    case 'this':
      c.next();
      if (c.is('(')) return { e: 'call', pos: c.pos, start, name: 'this', namePos: pos, args: args(c) };
      return { e: 'this', pos, start };
    case 'super': {
      c.next();
      if (c.is('(')) return { e: 'call', pos: c.pos, start, name: 'super', namePos: pos, args: args(c) };
      const dot = c.expect('.').pos;
      const { text: name } = c.name();
      if (!c.is('(')) return { e: 'field', pos: dot, start, object: { e: 'this', pos, start }, name };
      return { e: 'call', pos: c.pos, start, name, namePos: dot, args: args(c), superCall: true };
    }
    case 'new':
      return creation(c);
    case 'switch': {
      c.next();
      c.expect('(');
      const of = parseExpr(c);
      c.expect(')');
      const { cases, end } = parseCases(c);
      return { e: 'switch', pos, start, of, cases: cases as Case[], end };
    }
  }
  if (primitiveWords.has(text)) {
    const of = parseType(c);
    if (c.take('.')) {
      c.expect('class');
    } else if (!c.is('::')) throw c.wrong("'.class' expected", c.pos);
    return { e: 'class-literal', pos, start, of };
  }
  throw c.wrong('illegal start of expression', pos);
}

function creation(c: Cursor): Expr {
  const { pos } = c.expect('new');
  const of = parseType(c, false);
  if (c.is('[')) {
    const sizes: Expr[] = [];
    let dims = 0;
    while (c.is('[')) {
      c.next();
      if (!c.is(']')) sizes.push(parseExpr(c));
      c.expect(']');
      dims++;
    }
    const type = { ...of, dims };
    if (sizes.length > 0) return { e: 'new-array', pos, start: pos, of: type, sizes };
    if (!c.is('{')) throw c.wrong('array dimension missing', c.pos);
    return { e: 'new-array', pos, start: pos, of: type, sizes, items: arrayItems(c) };
  }
  if (!c.is('(')) throw c.wrong("'(' or '[' expected", c.pos);
  const all = args(c);
  if (!c.is('{')) return { e: 'new', pos, start: pos, of, args: all };
  return { e: 'new', pos, start: pos, of, args: all, body: parseClassBody(c, { pos: c.pos, name: '', kind: 'class' }) };
}

/** `{a, b}` */
export function arrayItems(c: Cursor): Expr[] {
  c.expect('{');
  const items: Expr[] = [];
  while (!c.is('}')) {
    const { pos } = c;
    items.push(c.is('{') ? { e: 'array-items', pos, start: pos, items: arrayItems(c) } : parseExpr(c));
    if (!c.take(',')) break;
  }
  c.expect('}');
  return items;
}
