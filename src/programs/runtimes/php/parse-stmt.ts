import { Beyond } from '../core/tree.ts';
import type { Case, Catch, Expr, Stmt } from './ast.ts';
import { type Cursor, expect, isOp, isWord, name, op, peek, take, unexpected, word } from './cursor.ts';
import { lex } from './lexer.ts';
import { func, parseClassBody } from './parse-class.ts';
import { expr } from './parse-expr.ts';

/** Reads a file. `inCode`: it begins without `<?php` (`php -r`). Throws SyntaxProblem in PHP's words. */
export function parsePhp(source: string, inCode: boolean): readonly Stmt[] {
  const c: Cursor = { tokens: lex(source, inCode), at: 0 };
  const out: Stmt[] = [];
  while (peek(c).t !== 'end') out.push(stmt(c));
  return out;
}

/** A block in braces, a statement, or what stands between a colon and one of these words. */
function body(c: Cursor, ...ends: string[]): readonly Stmt[] {
  if (!op(c, ':')) {
    const one = stmt(c);
    return one.k === 'block' ? one.body : [one];
  }
  const out: Stmt[] = [];
  while (!ends.some((end) => isWord(c, end))) {
    if (peek(c).t === 'end') unexpected(c);
    out.push(stmt(c));
  }
  return out;
}
function endOf(c: Cursor, alternative: boolean, end: string): void {
  if (!alternative) return;
  if (!word(c, end)) unexpected(c);
  semicolon(c);
}
export function semicolon(c: Cursor, ...wanted: string[]): void {
  if (peek(c).t === 'html') return;
  if (!op(c, ';')) unexpected(c, ...wanted);
}
export function block(c: Cursor): Stmt[] {
  expect(c, '{');
  const out: Stmt[] = [];
  while (!isOp(c, '}')) {
    if (peek(c).t === 'end') unexpected(c);
    out.push(stmt(c));
  }
  expect(c, '}');
  return out;
}
function inParens(c: Cursor): Expr {
  expect(c, '(');
  const e = expr(c);
  expect(c, ')');
  return e;
}
function list(c: Cursor, end: string): Expr[] {
  const out: Expr[] = [];
  while (!isOp(c, end)) {
    out.push(expr(c));
    if (!op(c, ',')) break;
  }
  return out;
}

function stmt(c: Cursor): Stmt {
  const t = peek(c);
  const { line } = t;
  if (t.t === 'html') {
    take(c);
    return { k: 'echo', all: [{ k: 'const', v: t.v, line }], line };
  }
  if (isOp(c, '{')) return { k: 'block', body: block(c), line };
  if (op(c, ';')) return { k: 'block', body: [], line };
  if (t.t === 'id' && !isOp(c, '(', 1)) {
    const declared = declaration(c, t.v.toLowerCase(), line);
    if (declared) return declared;
  }
  if (t.t === 'id') {
    const made = keyword(c, t.v.toLowerCase(), line);
    if (made) return made;
  }
  const e = expr(c);
  semicolon(c);
  return { k: 'expr', e, line };
}

function keyword(c: Cursor, low: string, line: number): Stmt | undefined {
  switch (low) {
    case 'echo': {
      take(c);
      const all = [expr(c)];
      while (op(c, ',')) all.push(expr(c));
      if (peek(c).t !== 'html' && !op(c, ';')) unexpected(c, ',', ';');
      return { k: 'echo', all, line };
    }
    case 'if':
      take(c);
      return ifStatement(c, line);
    case 'while': {
      take(c);
      const test = inParens(c);
      const alternative = isOp(c, ':');
      const inner = body(c, 'endwhile');
      endOf(c, alternative, 'endwhile');
      return { k: 'while', test, body: inner, after: false, line };
    }
    case 'do': {
      take(c);
      const inner = body(c);
      if (!word(c, 'while')) unexpected(c);
      const test = inParens(c);
      semicolon(c);
      return { k: 'while', test, body: inner, after: true, line };
    }
    case 'for': {
      take(c);
      expect(c, '(');
      const init = list(c, ';');
      expect(c, ';');
      const test = list(c, ';');
      expect(c, ';');
      const update = list(c, ')');
      expect(c, ')');
      const alternative = isOp(c, ':');
      const inner = body(c, 'endfor');
      endOf(c, alternative, 'endfor');
      return { k: 'for', init, test, update, body: inner, line };
    }
    case 'foreach':
      take(c);
      return foreach(c, line);
    case 'switch':
      take(c);
      return switchStatement(c, line);
    case 'break':
    case 'continue': {
      take(c);
      const t = peek(c);
      const levels = t.t === 'num' ? Number(take(c).v) : 1;
      semicolon(c, ';');
      return { k: low, levels, line };
    }
    case 'return': {
      take(c);
      const e = isOp(c, ';') || peek(c).t === 'end' ? null : expr(c);
      if (peek(c).t !== 'end') semicolon(c, ';');
      return { k: 'return', e, line };
    }
    case 'try':
      if (!isOp(c, '{', 1)) return undefined;
      take(c);
      return tryStatement(c, line);
    case 'unset': {
      take(c);
      expect(c, '(');
      const all = list(c, ')');
      expect(c, ')');
      semicolon(c);
      return { k: 'unset', all, line };
    }
    case 'declare': {
      const opening = c.at <= 1;
      take(c);
      expect(c, '(');
      const setting = name(c);
      expect(c, '=');
      const value = take(c).v;
      expect(c, ')');
      if (setting.toLowerCase() !== 'strict_types') throw new Beyond(`declare(${setting}=…)`, [line, 0, line, 0]);
      if (!/^[01]$/.test(value) || !opening || !isOp(c, ';'))
        throw new Beyond('declare(strict_types=…) but as the first statement and with 0 or 1', [line, 0, line, 0]);
      semicolon(c);
      return { k: 'strict', on: value === '1', line };
    }
    case 'function': {
      if (peek(c, 1).t !== 'id' && !(isOp(c, '&', 1) && peek(c, 2).t === 'id')) return undefined;
      take(c);
      op(c, '&');
      const n = name(c);
      return { k: 'fn', def: func(c, n, line), line };
    }
  }
  return undefined;
}

function declaration(c: Cursor, low: string, line: number): Stmt | undefined {
  switch (low) {
    case 'namespace':
    case 'use':
    case 'goto':
    case 'trait':
    case 'enum':
      if (low === 'enum' && peek(c, 1).t !== 'id') return undefined;
      throw new Beyond({ namespace: 'a namespace', use: 'use', goto: 'goto', trait: 'a trait', enum: 'an enum' }[low], [
        line,
        0,
        line,
        0,
      ]);
    case 'global': {
      take(c);
      const names: string[] = [];
      do {
        if (peek(c).t !== 'var') unexpected(c, 'variable');
        names.push(take(c).v);
      } while (op(c, ','));
      semicolon(c);
      return { k: 'global', names, line };
    }
    case 'static': {
      if (peek(c, 1).t !== 'var') return undefined;
      take(c);
      const vars: { name: string; initial: Expr | null }[] = [];
      do {
        const n = take(c).v;
        vars.push({ name: n, initial: op(c, '=') ? expr(c) : null });
      } while (op(c, ','));
      semicolon(c);
      return { k: 'static', vars, line };
    }
    case 'const': {
      take(c);
      const all: { name: string; value: Expr }[] = [];
      do {
        const n = name(c);
        expect(c, '=');
        all.push({ name: n, value: expr(c) });
      } while (op(c, ','));
      semicolon(c);
      return { k: 'constants', all, line };
    }
    case 'abstract':
    case 'final':
    case 'readonly':
    case 'class':
    case 'interface': {
      let abstract = false;
      while (!isWord(c, 'class') && !isWord(c, 'interface')) {
        if (isWord(c, 'abstract')) abstract = true;
        if (!/^(?:abstract|final|readonly)$/i.test(peek(c).v)) unexpected(c);
        take(c);
      }
      const kind = take(c).v.toLowerCase() as 'class' | 'interface';
      const n = name(c);
      return { k: 'class', def: parseClassBody(c, n, kind, abstract, line), line };
    }
  }
  return undefined;
}

function ifStatement(c: Cursor, line: number): Stmt {
  const test = inParens(c);
  if (isOp(c, ':')) {
    const yes = body(c, 'elseif', 'else', 'endif');
    if (isWord(c, 'elseif')) {
      const at = take(c).line;
      return { k: 'if', test, yes, no: [ifStatement(c, at)], line };
    }
    let no: readonly Stmt[] = [];
    if (word(c, 'else')) {
      if (word(c, 'if')) return { k: 'if', test, yes, no: [ifStatement(c, peek(c).line)], line };
      no = body(c, 'endif');
    }
    endOf(c, true, 'endif');
    return { k: 'if', test, yes, no, line };
  }
  const yes = body(c);
  if (isWord(c, 'elseif') || (isWord(c, 'else') && isWord(c, 'if', 1))) {
    const at = take(c).line;
    word(c, 'if');
    return { k: 'if', test, yes, no: [ifStatement(c, at)], line };
  }
  return { k: 'if', test, yes, no: word(c, 'else') ? body(c) : [], line };
}

function foreach(c: Cursor, line: number): Stmt {
  expect(c, '(');
  const source = expr(c);
  if (!word(c, 'as')) unexpected(c);
  let byRef = op(c, '&');
  let value = expr(c);
  let key: Expr | null = null;
  if (op(c, '=>')) {
    key = value;
    byRef = op(c, '&');
    value = expr(c);
  }
  expect(c, ')');
  const alternative = isOp(c, ':');
  const inner = body(c, 'endforeach');
  endOf(c, alternative, 'endforeach');
  return { k: 'foreach', source, key, value, byRef, body: inner, line };
}

function switchStatement(c: Cursor, line: number): Stmt {
  const on = inParens(c);
  const alternative = op(c, ':');
  if (!alternative) expect(c, '{');
  const cases: Case[] = [];
  while (!isOp(c, '}') && !isWord(c, 'endswitch')) {
    if (peek(c).t === 'html' && peek(c).v.trim() === '') {
      take(c);
      continue;
    }
    let test: Expr | null = null;
    if (word(c, 'case')) test = expr(c);
    else if (!word(c, 'default')) unexpected(c);
    if (!op(c, ':')) expect(c, ';');
    const inner: Stmt[] = [];
    while (!isWord(c, 'case') && !isWord(c, 'default') && !isOp(c, '}') && !isWord(c, 'endswitch')) {
      if (peek(c).t === 'end') unexpected(c);
      inner.push(stmt(c));
    }
    cases.push({ test, body: inner });
  }
  if (alternative) endOf(c, true, 'endswitch');
  else expect(c, '}');
  return { k: 'switch', on, cases, line };
}

function tryStatement(c: Cursor, line: number): Stmt {
  const inner = block(c);
  const catches: Catch[] = [];
  while (word(c, 'catch')) {
    expect(c, '(');
    const types = [name(c)];
    while (op(c, '|')) types.push(name(c));
    const variable = peek(c).t === 'var' ? take(c).v : null;
    expect(c, ')');
    catches.push({ types, name: variable, body: block(c) });
  }
  const last = word(c, 'finally') ? block(c) : null;
  return { k: 'try', body: inner, catches, finally: last, line };
}
