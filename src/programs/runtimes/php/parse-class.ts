import { Beyond } from '../core/tree.ts';
import type { Class, Expr, Func, Method, Param, Property, TypeName, Visibility } from './ast.ts';
import { type Cursor, expect, isOp, isWord, name, op, peek, take, unexpected, word } from './cursor.ts';
import { expr } from './parse-expr.ts';
import { block, semicolon } from './parse-stmt.ts';

function type(c: Cursor): TypeName | null {
  const nullable = op(c, '?');
  if (peek(c).t !== 'id' && !isOp(c, '(')) return null;
  if (isOp(c, '(')) throw new Beyond('a type in parentheses', [peek(c).line, 0, 0, 0]);
  const names = [name(c).replace(/^\\/, '')];
  let and = false;
  while (isOp(c, '|') || (isOp(c, '&') && peek(c, 1).t === 'id')) {
    and ||= take(c).v === '&';
    names.push(name(c).replace(/^\\/, ''));
  }
  const shown = `${nullable ? '?' : ''}${names.join(and ? '&' : '|')}`;
  return {
    names: names.map((n) => n.toLowerCase()),
    nullable: nullable || names.some((n) => /^(?:null|mixed)$/i.test(n)),
    shown,
  };
}

function params(c: Cursor): Param[] {
  const out: Param[] = [];
  expect(c, '(');
  while (!isOp(c, ')')) {
    let promoted: Visibility | undefined;
    let readonly = false;
    while (/^(?:public|private|protected|readonly)$/i.test(peek(c).v) && peek(c).t === 'id') {
      const v = take(c).v.toLowerCase();
      if (v === 'readonly') readonly = true;
      else promoted = v as Visibility;
    }
    if (readonly) promoted ??= 'public';
    const typed = peek(c).t === 'var' || isOp(c, '&') || isOp(c, '...') ? null : type(c);
    const byRef = op(c, '&');
    const rest = op(c, '...');
    if (peek(c).t !== 'var') unexpected(c, 'variable');
    const n = take(c).v;
    const initial = op(c, '=') ? expr(c) : null;
    out.push({ name: n, type: typed, initial, byRef, rest, ...(promoted ? { promoted, readonly } : {}) });
    if (!op(c, ',')) break;
  }
  expect(c, ')');
  return out;
}

/** What follows a function's name. */
export function func(c: Cursor, n: string, line: number, without = false): Func {
  const all = params(c);
  const uses: { name: string; byRef: boolean }[] = [];
  if (word(c, 'use')) {
    expect(c, '(');
    while (!isOp(c, ')')) {
      const byRef = op(c, '&');
      uses.push({ name: take(c).v, byRef });
      if (!op(c, ',')) break;
    }
    expect(c, ')');
  }
  const result = op(c, ':') ? type(c) : null;
  const inner = without && op(c, ';') ? [] : block(c);
  return { name: n, params: all, body: inner, line, result, uses, arrow: false };
}

/** What follows `function` or `fn` in an expression. */
export function closure(c: Cursor, arrow: boolean): Expr {
  const { line } = peek(c, -1);
  op(c, '&');
  if (!arrow) return { k: 'fn', def: func(c, '{closure}', line), static: false, line };
  const all = params(c);
  const result = op(c, ':') ? type(c) : null;
  expect(c, '=>');
  const e = expr(c, 4);
  const def = {
    name: '{closure}',
    params: all,
    body: [{ k: 'return' as const, e, line: e.line }],
    line,
    result,
    uses: [],
    arrow: true,
  };
  return { k: 'fn', def, static: false, line };
}

/** What follows a class's name. */
export function parseClassBody(
  c: Cursor,
  n: string,
  kind: 'class' | 'interface',
  abstract: boolean,
  line: number,
): Class {
  let parent: string | null = null;
  const interfaces: string[] = [];
  if (word(c, 'extends')) {
    if (kind === 'class') parent = name(c).replace(/^\\/, '');
    else
      do interfaces.push(name(c).replace(/^\\/, ''));
      while (op(c, ','));
  }
  if (word(c, 'implements'))
    do interfaces.push(name(c).replace(/^\\/, ''));
    while (op(c, ','));
  expect(c, '{');
  const constants: { name: string; value: Expr }[] = [];
  const properties: Property[] = [];
  const methods: Method[] = [];
  while (!op(c, '}')) {
    let visibility: Visibility = 'public';
    let isStatic = false;
    let isAbstract = kind === 'interface';
    let isReadonly = false;
    if (isWord(c, 'use')) throw new Beyond('a trait', [peek(c).line, 0, 0, 0]);
    while (/^(?:public|private|protected|static|abstract|final|readonly|var)$/i.test(peek(c).v) && peek(c).t === 'id') {
      const v = take(c).v.toLowerCase();
      if (v === 'static') isStatic = true;
      else if (v === 'abstract') isAbstract = true;
      else if (v === 'readonly') isReadonly = true;
      else if (v !== 'final' && v !== 'var') visibility = v as Visibility;
    }
    const at = peek(c).line;
    if (word(c, 'const')) {
      if (peek(c, 1).t === 'id') type(c);
      do {
        const each = name(c);
        expect(c, '=');
        constants.push({ name: each, value: expr(c) });
      } while (op(c, ','));
      semicolon(c);
    } else if (word(c, 'function')) {
      op(c, '&');
      const def = func(c, name(c), at, true);
      methods.push({ def, static: isStatic, visibility, abstract: isAbstract });
      if (def.name.toLowerCase() === '__construct')
        for (const p of def.params)
          if (p.promoted)
            properties.push({
              name: p.name,
              initial: null,
              typed: p.type,
              static: false,
              visibility: p.promoted,
              readonly: p.readonly === true,
            });
    } else {
      const typed = peek(c).t === 'var' ? null : type(c);
      if (peek(c).t !== 'var') unexpected(c, 'variable');
      do {
        const each = take(c).v;
        const initial = op(c, '=') ? expr(c) : null;
        properties.push({ name: each, initial, typed, static: isStatic, visibility, readonly: isReadonly });
      } while (op(c, ','));
      semicolon(c);
    }
  }
  return { name: n, kind, abstract, parent, interfaces, constants, properties, methods, line };
}
