import type { Expr } from '../core/tree.ts';
import type { Node } from './ast.ts';
import { type Checker, type Const, constant, konst, native, problem, type X } from './checker.ts';
import {
  isBoolean,
  isCopied,
  isFloatType,
  isInteger,
  isInterface,
  isNumeric,
  isString,
  isUntyped,
  missing,
  shapeOf,
  shown,
  type Type,
  under,
} from './types.ts';

/** An expression as it was written, for messages. */
export function written(n: Node): string {
  switch (n.k) {
    case 'int':
    case 'float':
      return n.text;
    case 'rune':
      return `'${String.fromCodePoint(Number(n.text))}'`;
    case 'string':
      return JSON.stringify(n.value);
    case 'ident':
      return n.name;
    case 'binary':
      return `${written(n.l)} ${n.op} ${written(n.r)}`;
    case 'unary':
      return `${n.op}${written(n.e)}`;
    case 'paren':
      return `(${written(n.e)})`;
    case 'selector':
      return `${written(n.obj)}.${n.name}`;
    case 'index':
      return `${written(n.obj)}[${written(n.key)}]`;
    case 'slice':
      return `${written(n.obj)}[${n.parts.map((p) => (p ? written(p) : '')).join(':')}]`;
    case 'call':
      return `${written(n.fn)}(${n.args.map(written).join(', ')})`;
    case 'func':
      return 'func literal';
    case 'composite':
      return `${n.type?.k === 'tname' ? n.type.name : ''}{${n.entries.length === 0 ? '' : '…'}}`;
    default:
      return 'value';
  }
}

/** What an operand is, as messages say it: `x (variable of type int)`. */
export function described(x: X): string {
  const text = written(x.n);
  if (x.mode === 'nil') return 'untyped nil';
  if (x.c !== undefined) {
    const literal = ['int', 'float', 'string', 'rune'].includes(x.n.k);
    const value = typeof x.c === 'string' ? JSON.stringify(x.c) : String(x.c);
    const kind = isUntyped(x.t) ? `${x.t} constant` : `constant`;
    if (isUntyped(x.t)) return `${text} (${kind}${literal || text === value ? '' : ` ${value}`})`;
    return `${text} (constant ${value} of type ${shown(x.t)})`;
  }
  const mode =
    x.mode === 'var'
      ? 'variable'
      : x.mode === 'mapindex'
        ? 'map index expression'
        : x.mode === 'commaok'
          ? 'comma, ok expression'
          : 'value';
  return `${text} (${mode} of type ${shown(x.t)})`;
}

/** The type that an untyped constant takes when nothing else says. */
export function defaultType(t: Type): Type {
  if (t === 'untyped int') return 'int';
  if (t === 'untyped float') return 'float64';
  if (t === 'untyped rune') return 'int32';
  if (t === 'untyped string') return 'string';
  return t === 'untyped bool' ? 'bool' : t;
}

const limits: { readonly [t: string]: readonly [bigint, bigint] | undefined } = {
  int: [-(2n ** 63n), 2n ** 63n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  int16: [-32768n, 32767n],
  int8: [-128n, 127n],
  uint: [0n, 2n ** 64n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
  uint32: [0n, 2n ** 32n - 1n],
  uint16: [0n, 65535n],
  uint8: [0n, 255n],
};

/** A constant in another type; undefined when it is not one of its values. */
export function represent(c: Checker, v: Const, t: Type): Const | undefined {
  const s = c.shapes;
  if (typeof v === 'bigint' || typeof v === 'number') {
    if (isFloatType(s, t)) return Number(v);
    if (!isInteger(s, t)) return undefined;
    if (typeof v === 'number' && !Number.isInteger(v)) return undefined;
    const whole = BigInt(v);
    const range = limits[under(s, t)];
    return range && (whole < range[0] || whole > range[1]) ? undefined : whole;
  }
  if (typeof v === 'string') return isString(s, t) ? v : undefined;
  return isBoolean(s, t) ? v : undefined;
}

/** The value of a structure or an array is copied when it is handed on. */
export function value(c: Checker, x: X): Expr {
  return isCopied(c.shapes, x.t) && x.mode !== 'value' ? native('%copy', [x.e], x.e.at) : x.e;
}

/** May `x` be assigned to the type? Then how; otherwise a reason (maybe empty). */
function assigned(c: Checker, x: X, to: Type): Expr | { readonly because: string } {
  const s = c.shapes;
  const at = x.e.at;
  if (to === 'invalid' || x.t === 'invalid') return x.e;
  const shape = shapeOf(s, to);
  if (x.mode === 'nil')
    return shape && ['slice', 'pointer', 'map', 'chan', 'func', 'interface'].includes(shape.k)
      ? konst(null, at)
      : { because: '' };
  if (shape?.k === 'interface') {
    if (isInterface(s, x.t)) {
      const lack = missing(s, x.t, to);
      return lack ? lacking(c, x.t, to, lack) : x.e;
    }
    const t = defaultType(x.t);
    if (t.startsWith('(')) return { because: '' };
    const lack = missing(s, t, to);
    if (lack) return lacking(c, t, to, lack);
    const e = x.c === undefined ? value(c, x) : konst(constant(c, x.c, t), at);
    return native('%box', [konst(t, at), e], at);
  }
  if (isUntyped(x.t)) {
    if (x.c === undefined)
      return isBoolean(s, to) || (isNumeric(s, to) && x.t !== 'untyped bool') ? x.e : { because: '' };
    const v = represent(c, x.c, to);
    if (v !== undefined) return konst(constant(c, v, to), at);
    if (typeof x.c === 'number' && isInteger(s, to)) return { because: 'truncated' };
    if (typeof x.c === 'bigint' && isInteger(s, to)) return { because: 'overflows' };
    return { because: '' };
  }
  if (x.t === to) return value(c, x);
  const plain = (t: Type) => s[t]?.k !== 'named' && !['int', 'string', 'bool'].includes(t) && s[t] !== undefined;
  if (under(s, x.t) === under(s, to) && (plain(x.t) || plain(to))) return value(c, x);
  const from = shapeOf(s, x.t);
  if (from?.k === 'chan' && shape?.k === 'chan' && from.of === shape.of && from.dir === undefined) return x.e;
  return { because: '' };
}

function lacking(
  c: Checker,
  t: Type,
  to: Type,
  lack: { name: string; pointer: boolean; wrong: boolean },
): { because: string } {
  const old = c.minor < 20;
  const method = old ? `${lack.name} method` : `method ${lack.name}`;
  const why = lack.pointer
    ? `${method} has pointer receiver`
    : `${lack.wrong ? 'wrong type for' : 'missing'} ${method}`;
  return { because: `:${old ? '\n\t' : ' '}${shown(t)} does not implement ${shown(to)} (${why})` };
}

/** The operations that make an expression a value of the type; a message when it cannot be. `context`: `assignment`, … */
export function convert(c: Checker, x: X, to: Type, context: string): Expr {
  const got = assigned(c, x, to);
  if (!('because' in got)) return got;
  const at = x.n.at;
  if (x.mode === 'none') problem(c, at, `${written(x.n)} (no value) used as value`);
  else if (got.because === 'truncated')
    problem(c, at, `cannot use ${described(x)} as ${shown(to)} value in ${context} (truncated)`);
  else if (got.because === 'overflows')
    problem(c, at, `cannot use ${described(x)} as ${shown(to)} value in ${context} (overflows)`);
  else if (x.mode === 'nil') problem(c, at, `cannot use nil as ${shown(to)} value in ${context}`);
  else if (c.minor < 20 && x.c === undefined)
    problem(c, at, `cannot use ${described(x)} as type ${shown(to)} in ${context}${got.because}`);
  else problem(c, at, `cannot use ${described(x)} as ${shown(to)} value in ${context}${got.because}`);
  return konst(null, at);
}
export function assignable(c: Checker, x: X, to: Type): boolean {
  return !('because' in assigned(c, x, to));
}

/** `T(x)`: an explicit conversion. */
export function conversion(c: Checker, x: X, to: Type, n: Node): X {
  const s = c.shapes;
  const done = (e: Expr, k?: Const): X => ({ e, t: to, mode: 'value', n, ...(k === undefined ? {} : { c: k }) });
  if (x.t === 'invalid' || to === 'invalid') return done(x.e);
  if (x.c !== undefined && !isInterface(s, to)) {
    const v = represent(c, x.c, to);
    if (v !== undefined) return done(konst(constant(c, v, to), n.at), v);
    const number = typeof x.c === 'bigint' || typeof x.c === 'number';
    if (number && isNumeric(s, to) && isUntyped(x.t)) {
      problem(
        c,
        x.n.at,
        `cannot convert ${described(x)} to type ${shown(to)}${isInteger(s, to) && typeof x.c === 'number' ? ' (truncated)' : ''}`,
      );
      return done(x.e);
    }
  }
  if (assignable(c, x, to)) return done(convert(c, x, to, 'conversion'));
  if (under(s, x.t) === under(s, to)) return done(value(c, x));
  const from = under(s, defaultType(x.t));
  const into = under(s, to);
  const list = (t: Type) => t === '[]uint8' || t === '[]int32';
  const fine =
    (isNumeric(s, x.t) && isNumeric(s, to)) ||
    (isString(s, to) && (isInteger(s, x.t) || list(from))) ||
    (isString(s, x.t) && list(into)) ||
    (shapeOf(s, x.t)?.k === 'pointer' && shapeOf(s, to)?.k === 'pointer');
  if (!fine) {
    problem(c, x.n.at, `cannot convert ${described(x)} to type ${shown(to)}`);
    return done(x.e);
  }
  return done(native('%convert', [konst(from, n.at), konst(into, n.at), x.e], n.at));
}
