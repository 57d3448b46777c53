import type { Expr } from '../core/tree.ts';
import type { Node } from './ast.ts';
import { expr, one } from './check-expr.ts';
import { type Checker, type Const, constant, invalid, konst, native, problem, type X } from './checker.ts';
import { assignable, convert, defaultType, described, represent, written } from './convert.ts';
import {
  isBoolean,
  isCopied,
  isFloatType,
  isInteger,
  isInterface,
  isNumeric,
  isString,
  isUntyped,
  pointerTo,
  shapeOf,
  shown,
  type Type,
  under,
} from './types.ts';

const comparisons = ['==', '!=', '<', '<=', '>', '>='];
const rank = ['untyped int', 'untyped rune', 'untyped float'];

export function binary(c: Checker, n: Node & { k: 'binary' }): X {
  const l = one(c, n.l);
  const r = one(c, n.r);
  return operate(c, n.op, l, r, n);
}

/** `l op r` for operands that were checked. */
export function operate(c: Checker, op: string, l: X, r: X, n: Node): X {
  const s = c.shapes;
  if (l.t === 'invalid' || r.t === 'invalid') return invalid(n);
  if (op === '<<' || op === '>>') return shift(c, op, l, r, n);
  const bad = (text: string): X => {
    problem(c, n.at, `invalid operation: ${text}`);
    return invalid(n);
  };
  if (op === '&&' || op === '||') {
    if (!isBoolean(s, l.t)) return bad(`operator ${op} not defined on ${described(l)}`);
    if (!isBoolean(s, r.t)) return bad(`operator ${op} not defined on ${described(r)}`);
    const t = isUntyped(l.t) ? r.t : l.t;
    if (typeof l.c === 'boolean' && typeof r.c === 'boolean')
      return fold(c, op === '&&' ? l.c && r.c : l.c || r.c, t, n);
    return { e: { k: 'logic', op, l: l.e, r: r.e, at: n.at }, t, mode: 'value', n };
  }
  const mismatch = () =>
    bad(
      `${written(n)} (mismatched types ${l.mode === 'nil' ? 'untyped nil' : shown(l.t)} and ${r.mode === 'nil' ? 'untyped nil' : shown(r.t)})`,
    );
  let t: Type;
  if (isUntyped(l.t) && isUntyped(r.t) && l.mode !== 'nil' && r.mode !== 'nil') {
    if (isNumeric(s, l.t) && isNumeric(s, r.t)) t = (rank.indexOf(l.t) > rank.indexOf(r.t) ? l : r).t;
    else if (l.t === r.t) t = l.t;
    else return mismatch();
  } else if (l.t === r.t) t = l.t;
  else if (isUntyped(l.t) || l.mode === 'nil') t = r.t;
  else if (isUntyped(r.t) || r.mode === 'nil') t = l.t;
  else if (comparisons.includes(op) && assignable(c, l, r.t)) t = r.t;
  else if (comparisons.includes(op) && assignable(c, r, l.t)) t = l.t;
  else return mismatch();
  const sides: readonly Expr[] = [l, r].map((x) => {
    if (isUntyped(t)) return x.c === undefined ? x.e : konst(constant(c, x.c, t), n.at);
    if (x.t === t) return x.e;
    if (!assignable(c, x, t)) {
      if (x.c !== undefined && isNumeric(s, x.t) && isNumeric(s, t)) {
        const cut = typeof x.c === 'number' && isInteger(s, t);
        problem(
          c,
          x.n.at,
          cut
            ? `${described(x)} truncated to ${shown(t)}`
            : `cannot use ${described(x)} as ${shown(t)} value in ${'assignment'} (overflows)`,
        );
      } else if (x.mode === 'nil')
        problem(
          c,
          x.n.at,
          `invalid operation: ${written(n)} (mismatched types ${l.mode === 'nil' ? 'untyped nil' : shown(l.t)} and ${r.mode === 'nil' ? 'untyped nil' : shown(r.t)})`,
        );
      else
        problem(
          c,
          isUntyped(x.t) && x.c !== undefined ? n.at : x.n.at,
          `invalid operation: ${written(n)} (mismatched types ${shown(l.t)} and ${shown(r.t)})`,
        );
      return konst(null, n.at);
    }
    return convert(c, x, t, 'comparison');
  });
  const [le = l.e, re = r.e] = sides;
  const basic = isString(s, t) ? 'string' : isBoolean(s, t) ? 'bool' : isNumeric(s, t) ? 'number' : 'other';
  if (comparisons.includes(op)) {
    if (op !== '==' && op !== '!=' && (basic === 'bool' || basic === 'other'))
      return bad(`${written(n)} (operator ${op} not defined on ${kindName(c, t)})`);
    const k = shapeOf(s, t)?.k;
    const nil = l.mode === 'nil' || r.mode === 'nil';
    if (!nil && (k === 'slice' || k === 'map' || k === 'func'))
      return bad(`${written(n)} (${k} can only be compared to nil)`);
    const lc = l.c === undefined ? undefined : (represent(c, l.c, t) ?? l.c);
    const rc = r.c === undefined ? undefined : (represent(c, r.c, t) ?? r.c);
    if (lc !== undefined && rc !== undefined) return fold(c, compare(op, lc, rc), 'untyped bool', n);
    const how = k === 'interface' ? 'interface' : isCopied(s, t) ? 'deep' : 'plain';
    return { e: { k: 'bin', op: `${op} ${how}`, l: le, r: re, at: n.at }, t: 'untyped bool', mode: 'value', n };
  }
  const fine =
    op === '+'
      ? basic === 'number' || basic === 'string'
      : ['-', '*', '/'].includes(op)
        ? basic === 'number'
        : isInteger(s, t) || (isUntyped(t) && basic === 'number');
  if (!fine) return bad(`operator ${op} not defined on ${described(l)}`);
  if (op === '/' || op === '%') {
    if (r.c !== undefined && Number(r.c) === 0 && (isInteger(s, t) || l.c !== undefined)) {
      problem(c, r.n.at, 'invalid operation: division by zero');
      return invalid(n);
    }
  }
  if (l.c !== undefined && r.c !== undefined) {
    const v = arithmetic(op, l.c, r.c, isInteger(s, t));
    if (v !== undefined) {
      if (!isUntyped(t) && represent(c, v, t) === undefined) {
        problem(c, n.at, `${written(n)} (constant ${String(v)} of type ${shown(t)}) overflows ${shown(t)}`);
        return invalid(n);
      }
      return fold(c, v, t, n);
    }
  }
  return { e: { k: 'bin', op: `${op} ${under(s, t)}`, l: le, r: re, at: n.at }, t, mode: 'value', n };
}

function kindName(c: Checker, t: Type): string {
  const k = shapeOf(c.shapes, t)?.k;
  return k ?? (isBoolean(c.shapes, t) ? 'bool' : shown(t));
}
function fold(c: Checker, v: Const, t: Type, n: Node): X {
  return { e: konst(constant(c, v, t), n.at), t, mode: 'value', c: v, n };
}
function compare(op: string, a: Const, b: Const): boolean {
  if (op === '==') return a === b || (typeof a !== typeof b && Number(a) === Number(b));
  if (op === '!=') return !compare('==', a, b);
  return op === '<' ? a < b : op === '<=' ? a <= b : op === '>' ? a > b : a >= b;
}
function arithmetic(op: string, a: Const, b: Const, whole: boolean): Const | undefined {
  if (typeof a === 'string' && typeof b === 'string') return a + b;
  if (typeof a === 'bigint' && typeof b === 'bigint' && whole) {
    if (op === '+') return a + b;
    if (op === '-') return a - b;
    if (op === '*') return a * b;
    if (op === '/') return a / b;
    if (op === '%') return a % b;
    if (op === '&') return a & b;
    if (op === '|') return a | b;
    if (op === '^') return a ^ b;
    return op === '&^' ? a & ~b : undefined;
  }
  const [x, y] = [Number(a), Number(b)];
  return op === '+' ? x + y : op === '-' ? x - y : op === '*' ? x * y : op === '/' ? x / y : undefined;
}

function shift(c: Checker, op: string, l: X, r: X, n: Node): X {
  if (typeof l.c === 'bigint' && typeof r.c === 'bigint') return fold(c, op === '<<' ? l.c << r.c : l.c >> r.c, l.t, n);
  const t = isUntyped(l.t) ? 'int' : l.t;
  if (!isInteger(c.shapes, t)) {
    problem(c, n.at, `invalid operation: shifted operand ${described(l)} must be integer`);
    return invalid(n);
  }
  return {
    e: { k: 'bin', op: `${op} ${under(c.shapes, t)}`, l: convert(c, l, t, 'shift'), r: r.e, at: n.at },
    t,
    mode: 'value',
    n,
  };
}

export function unary(c: Checker, n: Node & { k: 'unary' }, hint?: Type): X {
  const s = c.shapes;
  if (n.op === '&') {
    const inner = n.e.k === 'paren' ? n.e.e : n.e;
    const pointed = hint === undefined ? undefined : shapeOf(s, hint);
    const x = one(c, inner, pointed?.k === 'pointer' ? pointed.of : undefined);
    if (x.t === 'invalid') return invalid(n);
    const t = pointerTo(s, x.t);
    if (inner.k === 'composite' || isCopied(s, x.t))
      return {
        e: inner.k === 'composite' && !isCopied(s, x.t) ? native('%cell', [x.e], n.at) : x.e,
        t,
        mode: 'value',
        n,
      };
    if (x.mode !== 'var') {
      problem(c, n.at, `invalid operation: cannot take address of ${described(x)}`);
      return invalid(n);
    }
    return { e: { k: 'un', op: '&', e: x.e, at: n.at }, t, mode: 'value', n };
  }
  if (n.op === '*') {
    const x = expr(c, n.e);
    if (x.mode === 'type') return { ...x, t: pointerTo(s, x.t), n };
    if (x.t === 'invalid') return invalid(n);
    const shape = shapeOf(s, x.t);
    if (shape?.k !== 'pointer') {
      problem(
        c,
        n.at,
        x.mode === 'nil'
          ? 'invalid operation: cannot indirect nil'
          : `invalid operation: cannot indirect ${described(x)}`,
      );
      return invalid(n);
    }
    const e: Expr = isCopied(s, shape.of) ? native('%pointed', [x.e], n.at) : { k: 'un', op: '*', e: x.e, at: n.at };
    return { e, t: shape.of, mode: 'var', n };
  }
  const x = one(c, n.e);
  if (x.t === 'invalid') return invalid(n);
  if (n.op === '<-') {
    const shape = shapeOf(s, x.t);
    if (shape?.k !== 'chan') {
      problem(c, n.at, `invalid operation: cannot receive from non-channel ${described(x)}`);
      return invalid(n);
    }
    return { e: native('%receive', [x.e, konst(shape.of, n.at)], n.at), t: shape.of, mode: 'commaok', n };
  }
  const fine = n.op === '!' ? isBoolean(s, x.t) : n.op === '^' ? isInteger(s, x.t) : isNumeric(s, x.t);
  if (!fine) {
    problem(c, n.at, `invalid operation: operator ${n.op} not defined on ${described(x)}`);
    return invalid(n);
  }
  if (x.c !== undefined) {
    if (typeof x.c === 'boolean') return fold(c, !x.c, x.t, n);
    if (n.op === '-') return fold(c, typeof x.c === 'bigint' ? -x.c : -Number(x.c), x.t, n);
    if (n.op === '+') return { ...x, n };
    if (typeof x.c === 'bigint') return fold(c, ~x.c, x.t, n);
  }
  if (n.op === '+') return { ...x, n };
  return { e: { k: 'un', op: `${n.op} ${under(s, defaultType(x.t))}`, e: x.e, at: n.at }, t: x.t, mode: 'value', n };
}
export { isFloatType, isInterface };
