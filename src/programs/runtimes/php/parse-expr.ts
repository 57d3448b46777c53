import { Beyond } from '../core/tree.ts';
import type { Arg, Args, Expr, Item } from './ast.ts';
import { type Cursor, expect, isOp, isWord, name, op, peek, take, unexpected } from './cursor.ts';
import { closure, parseClassBody } from './parse-class.ts';
import { parseText } from './parse-text.ts';

const binary: { readonly [op: string]: number | undefined } = {
  or: 1,
  xor: 2,
  and: 3,
  '??': 7,
  '||': 8,
  '&&': 9,
  '|': 10,
  '^': 11,
  '&': 12,
  '==': 13,
  '!=': 13,
  '<>': 13,
  '===': 13,
  '!==': 13,
  '<=>': 13,
  '<': 14,
  '>': 14,
  '<=': 14,
  '>=': 14,
  '.': 15.5,
  '<<': 15,
  '>>': 15,
  '+': 16,
  '-': 16,
  '*': 17,
  '/': 17,
  '%': 17,
  instanceof: 19,
  '**': 20,
};
const assignments = new Set('= += -= *= /= .= %= **= ??= &= |= ^= <<= >>='.split(' '));
const casts = /^(?:int|integer|float|double|string|bool|boolean|array|object)$/i;

/** An expression. `least` is how tightly operators must bind to belong to it. */
export function expr(c: Cursor, least = 0): Expr {
  let left = unary(c);
  for (;;) {
    const t = peek(c);
    const sign = t.t === 'id' ? t.v.toLowerCase() : t.t === 'op' ? t.v : '';
    const line = t.line;
    if (sign === '?' && least <= 6) {
      take(c);
      if (op(c, ':')) left = { k: 'cond', test: left, yes: null, no: expr(c, 7), line };
      else {
        const yes = expr(c, 5);
        expect(c, ':');
        left = { k: 'cond', test: left, yes, no: expr(c, 7), line };
      }
      continue;
    }
    const level = Object.hasOwn(binary, sign) ? binary[sign] : undefined;
    if (level === undefined || level < least) return left;
    take(c);
    if (sign === 'instanceof') {
      const t2 = peek(c);
      left = { k: 'instanceof', e: left, cls: t2.t === 'id' ? take(c).v : unary(c), line };
    } else if (sign === '??') left = { k: 'logic', op: '??', l: left, r: expr(c, level), line };
    else if (sign === '&&' || sign === 'and') left = { k: 'logic', op: '&&', l: left, r: expr(c, level + 1), line };
    else if (sign === '||' || sign === 'or') left = { k: 'logic', op: '||', l: left, r: expr(c, level + 1), line };
    else
      left = {
        k: 'bin',
        op: sign === '<>' ? '!=' : sign,
        l: left,
        r: expr(c, sign === '**' ? level : level + 0.5),
        line,
      };
  }
}

function unary(c: Cursor): Expr {
  const t = peek(c);
  const { line } = t;
  if (t.t === 'op') {
    if (t.v === '!' || t.v === '-' || t.v === '+' || t.v === '~') {
      take(c);
      return { k: 'un', op: t.v, e: expr(c, t.v === '!' ? 18 : 20), line };
    }
    if (t.v === '@') {
      take(c);
      return { k: 'silence', e: expr(c, 18), line };
    }
    if (t.v === '++' || t.v === '--') {
      take(c);
      return { k: 'incdec', target: unary(c), op: t.v === '++' ? '+' : '-', prefix: true, line };
    }
    if (t.v === '&') unexpected(c);
    if (t.v === '(' && peek(c, 1).t === 'id' && casts.test(peek(c, 1).v) && isOp(c, ')', 2)) {
      c.at += 3;
      return { k: 'cast', to: peek(c, -2).v.toLowerCase(), e: expr(c, 18), line };
    }
  }
  if (t.t === 'id') {
    const low = t.v.toLowerCase();
    if (low === 'new') return postfix(c, instantiate(c));
    if (low === 'clone' || low === 'print' || low === 'throw') {
      take(c);
      return { k: low, e: expr(c, low === 'clone' ? 20 : 4), line };
    }
    if (/^(?:include|require)(?:_once)?$/.test(low)) {
      take(c);
      return { k: 'include', how: low, e: expr(c, 4), line };
    }
    if (low === 'yield') throw new Beyond('a generator (yield)', [line, 0, line, 0]);
  }
  const left = postfix(c, primary(c));
  const next = peek(c);
  if (next.t === 'op' && assignments.has(next.v)) {
    if (!['var', 'index', 'prop', 'sprop', 'array'].includes(left.k)) return unexpected(c);
    take(c);
    if (next.v === '=' && isOp(c, '&')) {
      take(c);
      return { k: 'bind', target: left, value: expr(c, 4), line };
    }
    return { k: 'assign', target: left, op: next.v.slice(0, -1), value: expr(c, 4), line: next.line };
  }
  if (next.t === 'op' && (next.v === '++' || next.v === '--')) {
    take(c);
    return { k: 'incdec', target: left, op: next.v === '++' ? '+' : '-', prefix: false, line };
  }
  return left;
}

function instantiate(c: Cursor): Expr {
  const { line } = take(c);
  if (isWord(c, 'class')) {
    take(c);
    const args = isOp(c, '(') ? plainArgs(c) : [];
    return { k: 'new', cls: parseClassBody(c, 'class@anonymous', 'class', false, line), args, line };
  }
  const t = peek(c);
  let cls: string | Expr;
  if (t.t === 'id') cls = take(c).v;
  else if (t.t === 'var') {
    take(c);
    cls = { k: 'var', name: t.v, line };
    while (isOp(c, '->') || isOp(c, '['))
      cls = op(c, '->') ? { k: 'prop', obj: cls, name: name(c), safe: false, line } : indexed(c, cls);
  } else if (op(c, '(')) {
    cls = expr(c);
    expect(c, ')');
  } else return unexpected(c);
  return { k: 'new', cls, args: isOp(c, '(') ? plainArgs(c) : [], line };
}

function plainArgs(c: Cursor): readonly Arg[] {
  const args = parseArgs(c);
  return args === 'callable' ? [] : args;
}

export function parseArgs(c: Cursor): Args {
  expect(c, '(');
  if (isOp(c, '...') && isOp(c, ')', 1)) {
    c.at += 2;
    return 'callable';
  }
  const out: Arg[] = [];
  while (!isOp(c, ')')) {
    if (op(c, '...')) out.push({ value: expr(c), spread: true });
    else if (peek(c).t === 'id' && isOp(c, ':', 1) && !isOp(c, '::', 1)) {
      const named = take(c).v;
      take(c);
      out.push({ value: expr(c), name: named });
    } else out.push({ value: expr(c) });
    if (!op(c, ',')) break;
  }
  expect(c, ')');
  return out;
}

function indexed(c: Cursor, obj: Expr): Expr {
  const { line } = peek(c);
  expect(c, '[');
  if (op(c, ']')) return { k: 'index', obj, key: null, line };
  const key = expr(c);
  expect(c, ']');
  return { k: 'index', obj, key, line };
}

export function postfix(c: Cursor, first: Expr): Expr {
  let e = first;
  for (;;) {
    const { line } = peek(c);
    if (isOp(c, '[')) e = indexed(c, e);
    else if (isOp(c, '->') || isOp(c, '?->')) {
      const safe = take(c).v === '?->';
      const t = peek(c);
      let member: string | Expr;
      if (t.t === 'id') member = take(c).v;
      else if (t.t === 'var') {
        take(c);
        member = { k: 'var', name: t.v, line };
      } else if (op(c, '{')) {
        member = expr(c);
        expect(c, '}');
      } else unexpected(c);
      e = isOp(c, '(')
        ? { k: 'mcall', obj: e, name: member, args: parseArgs(c), safe, line }
        : { k: 'prop', obj: e, name: member, safe, line };
    } else if (isOp(c, '::')) {
      take(c);
      const cls = e.k === 'constant' ? e.name : e;
      const t = take(c);
      if (t.t === 'var') {
        if (isOp(c, '(')) throw new Beyond('a static call by a variable name', [line, 0, line, 0]);
        e = { k: 'sprop', cls, name: t.v, line };
      } else if (t.t !== 'id') {
        c.at--;
        unexpected(c);
      } else
        e = isOp(c, '(')
          ? { k: 'scall', cls, name: t.v, args: parseArgs(c), line }
          : { k: 'cconst', cls, name: t.v, line };
    } else if (isOp(c, '(')) {
      const fn = e.k === 'constant' ? e.name : e;
      e = { k: 'call', fn, args: parseArgs(c), line: e.line };
    } else return e;
  }
}

function items(c: Cursor, end: string): (Item | null)[] {
  const out: (Item | null)[] = [];
  while (!isOp(c, end)) {
    if (op(c, ',')) {
      out.push(null);
      continue;
    }
    if (op(c, '...')) out.push({ key: null, value: expr(c), spread: true });
    else if (op(c, '&')) out.push({ key: null, value: expr(c), byRef: true });
    else {
      const first = expr(c);
      if (op(c, '=>')) {
        const byRef = op(c, '&');
        out.push({ key: first, value: expr(c), ...(byRef ? { byRef } : {}) });
      } else out.push({ key: null, value: first });
    }
    if (!op(c, ',')) break;
  }
  expect(c, end);
  return out;
}

function primary(c: Cursor): Expr {
  const t = take(c);
  const { line } = t;
  if (t.t === 'var') return { k: 'var', name: t.v, line };
  if (t.t === 'num') return { k: 'const', v: t.n ?? 0, line };
  if (t.t === 'str') return { k: 'const', v: t.v, line };
  if (t.t === 'tpl') return parseText(t.v, line, t.heredoc === true);
  if (t.t === 'op') {
    if (t.v === '(') {
      const e = expr(c);
      expect(c, ')');
      return e;
    }
    if (t.v === '[') return { k: 'array', items: items(c, ']'), line };
    if (t.v === '$') throw new Beyond('a variable variable ($$)', [line, 0, line, 0]);
  }
  if (t.t !== 'id') {
    c.at--;
    return unexpected(c);
  }
  const low = t.v.toLowerCase();
  switch (low) {
    case 'true':
      return { k: 'const', v: true, line };
    case 'false':
      return { k: 'const', v: false, line };
    case 'null':
      return { k: 'const', v: null, line };
    case 'array':
    case 'list':
      if (op(c, '(')) return { k: 'array', items: items(c, ')'), line };
      break;
    case 'isset': {
      const args = plainArgs(c);
      return { k: 'isset', all: args.map(({ value }) => value), line };
    }
    case 'empty': {
      expect(c, '(');
      const e = expr(c);
      expect(c, ')');
      return { k: 'empty', e, line };
    }
    case 'exit':
    case 'die': {
      if (!op(c, '(')) return { k: 'exit', e: null, line };
      if (op(c, ')')) return { k: 'exit', e: null, line };
      const e = expr(c);
      expect(c, ')');
      return { k: 'exit', e, line };
    }
    case 'match':
      if (isOp(c, '(')) return match(c, line);
      break;
    case 'static':
      if (isWord(c, 'function') || isWord(c, 'fn'))
        return { ...closure(c, take(c).v.toLowerCase() === 'fn'), static: true } as Expr;
      return { k: 'constant', name: 'static', line };
    case 'function':
    case 'fn':
      return closure(c, low === 'fn');
    case '__line__':
      return { k: 'const', v: line, line };
  }
  if (
    /^(?:echo|if|else|elseif|while|for|foreach|class|return|switch|case|break|continue|try|catch|finally|use|public|private|protected|as|endif|endwhile|endfor|endforeach|unset|global|const|extends)$/.test(
      low,
    )
  ) {
    c.at--;
    return unexpected(c);
  }
  return { k: 'constant', name: t.v, line };
}

function match(c: Cursor, line: number): Expr {
  expect(c, '(');
  const on = expr(c);
  expect(c, ')');
  expect(c, '{');
  const arms: { tests: readonly Expr[] | null; value: Expr }[] = [];
  while (!isOp(c, '}')) {
    let tests: Expr[] | null = null;
    if (isWord(c, 'default') && (isOp(c, '=>', 1) || isOp(c, ',', 1))) {
      take(c);
      op(c, ',');
    } else {
      tests = [];
      while (!isOp(c, '=>')) {
        tests.push(expr(c));
        if (!op(c, ',')) break;
      }
    }
    expect(c, '=>');
    arms.push({ tests, value: expr(c) });
    if (!op(c, ',')) break;
  }
  expect(c, '}');
  return { k: 'match', on, arms, line };
}
