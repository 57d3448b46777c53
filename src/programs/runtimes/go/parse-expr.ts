import { Beyond } from '../core/tree.ts';
import type { KeyValue, Node } from './ast.ts';
import { block } from './parse-stmt.ts';
import {
  accept,
  expect,
  is,
  last,
  maybeType,
  name,
  type Parser,
  peek,
  signature,
  span,
  take,
  type,
  unexpected,
} from './parser.ts';

const precedence: { readonly [op: string]: number | undefined } = {
  '||': 1,
  '&&': 2,
  '==': 3,
  '!=': 3,
  '<': 3,
  '<=': 3,
  '>': 3,
  '>=': 3,
  '+': 4,
  '-': 4,
  '|': 4,
  '^': 4,
  '*': 5,
  '/': 5,
  '%': 5,
  '<<': 5,
  '>>': 5,
  '&': 5,
  '&^': 5,
};

export function expression(p: Parser, least = 1): Node {
  let l = unary(p);
  for (;;) {
    const t = peek(p);
    const strength = t.k === 'op' ? precedence[t.text] : undefined;
    if (strength === undefined || strength < least) return l;
    p.i++;
    const r = expression(p, strength + 1);
    l = { k: 'binary', op: t.text, l, r, opAt: t.at, at: span(l.at, r.at) };
  }
}

function unary(p: Parser): Node {
  const t = peek(p);
  if (t.k === 'op' && ['+', '-', '!', '^', '*', '&', '<-'].includes(t.text)) {
    if (t.text === '<-' && is(p, 'chan', 1)) return { k: 'typeexpr', type: type(p), at: t.at };
    p.i++;
    const e = unary(p);
    return { k: 'unary', op: t.text, e, at: span(t.at, e.at) };
  }
  return suffixes(p, operand(p));
}

function operand(p: Parser): Node {
  const t = peek(p);
  const { at } = t;
  switch (t.k) {
    case 'int':
    case 'float':
      p.i++;
      return { k: t.k, text: t.text, at };
    case 'rune':
      p.i++;
      return { k: 'rune', text: t.value, at };
    case 'string':
      p.i++;
      return { k: 'string', value: t.value, at };
    case 'name':
      p.i++;
      return { k: 'ident', name: t.text, at };
  }
  if (accept(p, '(')) {
    const { level } = p;
    p.level = 0;
    const e = is(p, '*') || peek(p).k !== 'keyword' ? expression(p) : typeOrExpression(p);
    p.level = level;
    expect(p, ')', ', expecting )');
    return { k: 'paren', e, at: span(at, last(p)) };
  }
  if (is(p, 'func')) {
    p.i++;
    const signed = signature(p, at);
    if (!is(p, '{')) return { k: 'typeexpr', type: signed, at };
    const { level } = p;
    p.level = 0;
    const body = block(p);
    p.level = level;
    return { k: 'func', type: signed, body, at: span(at, last(p)) };
  }
  const written =
    is(p, '[') || is(p, 'map') || is(p, 'chan') || is(p, 'struct') || is(p, 'interface') ? maybeType(p) : null;
  if (written) {
    if (is(p, '{') && written.k !== 'tinterface') return literal(p, { k: 'typeexpr', type: written, at });
    return { k: 'typeexpr', type: written, at: span(at, last(p)) };
  }
  return unexpected(p, ', expecting expression');
}

function typeOrExpression(p: Parser): Node {
  return expression(p);
}

function suffixes(p: Parser, first: Node): Node {
  let e = first;
  for (;;) {
    if (accept(p, '.')) {
      if (accept(p, '(')) {
        const of = accept(p, 'type') ? null : type(p);
        expect(p, ')', ', expecting )');
        e = { k: 'assert', obj: e, type: of, at: span(e.at, last(p)) };
        continue;
      }
      const sel = name(p, ', expecting name or (');
      e = { k: 'selector', obj: e, name: sel.text, nameAt: sel.at, at: span(e.at, sel.at) };
    } else if (is(p, '[')) e = indexing(p, e);
    else if (is(p, '(')) e = call(p, e);
    else if (is(p, '{') && isLiteralType(e) && (p.level >= 0 || e.k === 'typeexpr')) e = literal(p, e);
    else return e;
  }
}

function isLiteralType(e: Node): boolean {
  return e.k === 'ident' || (e.k === 'selector' && e.obj.k === 'ident') || e.k === 'typeexpr';
}

function indexing(p: Parser, obj: Node): Node {
  p.i++;
  const { level } = p;
  p.level = 0;
  const parts: (Node | null)[] = [];
  parts.push(is(p, ':') ? null : expression(p));
  if (is(p, ',')) throw new Beyond('an instance of something with type parameters', obj.at);
  while (accept(p, ':')) parts.push(is(p, ':') || is(p, ']') ? null : expression(p));
  p.level = level;
  expect(p, ']', ', expecting ]');
  const at = span(obj.at, last(p));
  const [key] = parts;
  if (parts.length === 1 && key) return { k: 'index', obj, key, at };
  return { k: 'slice', obj, parts, at };
}

function call(p: Parser, fn: Node): Node {
  p.i++;
  const { level } = p;
  p.level = 0;
  const args: Node[] = [];
  let spread = false;
  while (!is(p, ')')) {
    args.push(expression(p));
    if (accept(p, '...')) spread = true;
    if (!accept(p, ',')) break;
  }
  p.level = level;
  const close = expect(p, ')', ' in argument list; possibly missing comma or )');
  return { k: 'call', fn, args, spread, close: close.at, at: span(fn.at, close.at) };
}

function literal(p: Parser, e: Node): Node {
  const type_ =
    e.k === 'typeexpr'
      ? e.type
      : e.k === 'ident'
        ? { k: 'tname' as const, pkg: null, name: e.name, at: e.at }
        : e.k === 'selector' && e.obj.k === 'ident'
          ? { k: 'tname' as const, pkg: e.obj.name, name: e.name, at: e.at }
          : null;
  return { k: 'composite', type: type_, entries: entries(p), at: span(e.at, last(p)) };
}

function entries(p: Parser): readonly KeyValue[] {
  expect(p, '{', ', expecting {');
  const { level } = p;
  p.level = 0;
  const out: KeyValue[] = [];
  while (!is(p, '}')) {
    const first = element(p);
    if (accept(p, ':')) out.push({ key: first, value: element(p) });
    else out.push({ key: null, value: first });
    if (!accept(p, ',')) break;
  }
  p.level = level;
  if (!is(p, '}')) unexpected(p, ' in composite literal; possibly missing comma or }');
  take(p);
  return out;
}

function element(p: Parser): Node {
  if (!is(p, '{')) return expression(p);
  const { at } = peek(p);
  return { k: 'composite', type: null, entries: entries(p), at: span(at, last(p)) };
}
