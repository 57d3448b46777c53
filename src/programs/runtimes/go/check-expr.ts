import { Beyond, type Expr } from '../core/tree.ts';
import { builtin } from '../core/values.ts';
import type { Node } from './ast.ts';
import { call } from './check-call.ts';
import { functionOf } from './check-function.ts';
import { binary, unary } from './check-operators.ts';
import {
  type Checker,
  type Const,
  constant,
  find,
  functionType,
  invalid,
  konst,
  name,
  native,
  problem,
  stands,
  typeOf,
  type X,
} from './checker.ts';
import { convert, defaultType, described, represent, written } from './convert.ts';
import {
  isCopied,
  isInteger,
  isInterface,
  isString,
  member,
  pointerTo,
  shapeOf,
  shown,
  sliceOf,
  type Type,
} from './types.ts';

/** Checks an expression; `hint` is the type that a literal without one takes. */
export function expr(c: Checker, n: Node, hint?: Type): X {
  const lit = (v: Const, t: Type): X => ({ e: konst(constant(c, v, t), n.at), t, mode: 'value', c: v, n });
  switch (n.k) {
    case 'int':
      return lit(
        BigInt(/^0[0-7_]+$/.test(n.text) ? `0o${n.text.slice(1).replaceAll('_', '')}` : n.text.replaceAll('_', '')),
        'untyped int',
      );
    case 'float':
      return lit(Number(n.text.replaceAll('_', '')), 'untyped float');
    case 'rune':
      return lit(BigInt(n.text), 'untyped rune');
    case 'string':
      return lit(n.value, 'untyped string');
    case 'paren':
      return { ...expr(c, n.e, hint), n };
    case 'ident':
      return identifier(c, n);
    case 'typeexpr':
      return { e: konst(null, n.at), t: typeOf(c, n.type), mode: 'type', n };
    case 'binary':
      return binary(c, n);
    case 'unary':
      return unary(c, n, hint);
    case 'selector':
      return selector(c, n);
    case 'index':
      return index(c, n);
    case 'slice':
      return slice(c, n);
    case 'call':
      return call(c, n);
    case 'assert': {
      const x = one(c, n.obj);
      if (n.type === null) {
        problem(c, n.at, 'use of .(type) outside type switch');
        return invalid(n);
      }
      const t = typeOf(c, n.type);
      if (x.t !== 'invalid' && !isInterface(c.shapes, x.t)) {
        problem(
          c,
          n.obj.at,
          `invalid operation: ${written(n.obj)} (${described(x).replace(/^.*? \(/, '')} is not an interface`,
        );
        return invalid(n);
      }
      return { e: native('%assert', [x.e, konst(t, n.at), konst(x.t, n.at)], n.at), t, mode: 'commaok', n };
    }
    case 'func': {
      const t = functionType(c, n.type);
      const def = functionOf(c, '', n.type, n.body, t);
      return { e: { k: 'fn', def, at: n.at }, t, mode: 'value', n };
    }
    case 'composite':
      return composite(c, n, hint);
  }
}

/** An expression with one value. */
export function one(c: Checker, n: Node, hint?: Type): X {
  const x = expr(c, n, hint);
  if (x.mode === 'type') {
    problem(c, n.at, `${written(n)} (type) is not an expression`);
    return invalid(n);
  }
  if (x.mode === 'none') {
    problem(c, n.at, `${written(n)} (no value) used as value`);
    return invalid(n);
  }
  if (x.mode === 'builtin') {
    problem(c, n.at, `${written(n)} (built-in) must be called`);
    return invalid(n);
  }
  return x;
}

function identifier(c: Checker, n: Node & { k: 'ident' }): X {
  const none = konst(null, n.at);
  if (n.name === '_') {
    problem(c, n.at, 'cannot use _ as value');
    return invalid(n);
  }
  const sym = find(c, n.name);
  switch (sym?.k) {
    case undefined:
      if (n.name === 'iota' && c.iota !== null)
        return { e: konst(Number(c.iota), n.at), t: 'untyped int', mode: 'value', c: c.iota, n };
      problem(c, n.at, `undefined: ${n.name}`);
      return invalid(n);
    case 'var':
      sym.used = true;
      return { e: name(sym.id, n.at), t: sym.type, mode: 'var', n };
    case 'const':
      return { e: konst(constant(c, sym.value, sym.type), n.at), t: sym.type, mode: 'value', c: sym.value, n };
    case 'func':
      return { e: sym.native ? konst(builtin(sym.id), n.at) : name(sym.id, n.at), t: sym.type, mode: 'value', n };
    case 'type':
      return { e: none, t: sym.type, mode: 'type', n };
    case 'nil':
      return { e: none, t: 'untyped nil', mode: 'nil', n };
    case 'builtin':
      return { e: none, t: n.name, mode: 'builtin', n };
    case 'pkg':
      problem(c, n.at, `use of package ${n.name} without selector`);
      return invalid(n);
  }
}

/** What else fmt has: other names are not its. */
const fmtRest = /^(?:Append(?:f|ln)?|[FS]?[Ss]can(?:f|ln)?|Formatter|GoStringer|State|Scanner|ScanState|FormatString)$/;

export const get = (obj: Expr, field: string): Expr => ({ k: 'get', obj, name: field, at: obj.at });

function selector(c: Checker, n: Node & { k: 'selector' }): X {
  if (n.obj.k === 'ident') {
    const sym = find(c, n.obj.name);
    if (sym?.k === 'pkg') {
      sym.used = true;
      const found = c.packages.get(sym.path)?.names.get(n.name);
      if (!found || !/^\p{Lu}/u.test(n.name)) {
        if (stands(sym.path) && /^[A-Z]/.test(n.name) && (sym.path !== 'fmt' || fmtRest.test(n.name)))
          throw new Beyond(`${n.obj.name}.${n.name}`, n.at);
        problem(c, n.nameAt, `undefined: ${n.obj.name}.${n.name}`);
        return invalid(n);
      }
      if (found.k === 'var')
        return { e: native('%global', [konst(found.id, n.at)], n.at), t: found.type, mode: 'var', n };
      const scope = c.scope;
      c.scope = { up: null, names: new Map([[n.name, found]]) };
      const x = identifier(c, { k: 'ident', name: n.name, at: n.at });
      c.scope = scope;
      return { ...x, n };
    }
  }
  const x = expr(c, n.obj);
  if (x.t === 'invalid') return invalid(n);
  if (x.mode === 'type') throw new Beyond('a method expression', n.at);
  const found = member(c.shapes, x.t, n.name);
  if (!found) {
    problem(c, n.nameAt, `${written(n)} undefined (type ${shown(x.t)} has no field or method ${n.name})`);
    return invalid(n);
  }
  if (found.k === 'field') {
    const e = found.path.reduce(get, x.e);
    return { e, t: found.type, mode: 'var', n };
  }
  const receiver = found.path.reduce(get, x.e);
  const m = methodValue(found.method, n);
  return {
    e: native('%bind', [m, found.dynamic ? receiver : receiverOf(c, receiver, found)], n.at),
    t: found.method.type,
    mode: 'value',
    n,
  };
}

export function methodValue(method: { id: string; native: boolean; dynamic?: boolean }, n: Node): Expr {
  if (!method.id.includes('.')) return konst(builtin('%dynamic', method.id), n.at);
  return method.native ? konst(builtin(method.id), n.at) : name(method.id, n.at);
}
/** A receiver is copied for methods of values. */
export function receiverOf(c: Checker, e: Expr, found: { method: { pointer: boolean }; on: Type }): Expr {
  return !found.method.pointer && isCopied(c.shapes, found.on) ? native('%copy', [e], e.at) : e;
}

function index(c: Checker, n: Node & { k: 'index' }): X {
  const x = expr(c, n.obj);
  if (x.mode === 'type' || x.mode === 'builtin') throw new Beyond('type parameters', n.at);
  const shape = shapeOf(c.shapes, x.t);
  if (x.t === 'invalid') return invalid(n);
  if (shape?.k === 'map') {
    const key = convert(c, one(c, n.key, shape.key), shape.key, 'map index');
    return { e: native('%map get', [x.e, key, konst(shape.of, n.at)], n.at), t: shape.of, mode: 'mapindex', n };
  }
  const key = one(c, n.key);
  const inner = shape?.k === 'pointer' ? shapeOf(c.shapes, shape.of) : shape;
  const of = inner?.k === 'slice' || inner?.k === 'array' ? inner.of : isString(c.shapes, x.t) ? 'uint8' : undefined;
  if (of === undefined) {
    problem(c, n.at, `invalid operation: cannot index ${described(x)}`);
    return invalid(n);
  }
  if (
    key.t !== 'invalid' &&
    !isInteger(c.shapes, key.t) &&
    !(key.c !== undefined && represent(c, key.c, 'int') !== undefined)
  )
    problem(c, n.key.at, `invalid argument: index ${described(key)} must be integer`);
  if (key.c !== undefined && typeof key.c === 'bigint') {
    if (key.c < 0n)
      problem(c, n.key.at, `invalid argument: index ${written(n.key)} (constant of type int) must not be negative`);
    else if (inner?.k === 'array' && key.c >= BigInt(inner.n))
      problem(c, n.key.at, `invalid argument: index ${key.c} out of bounds [0:${inner.n}]`);
  }
  return {
    e: { k: 'index', obj: x.e, key: key.e, at: n.at },
    t: of,
    mode: isString(c.shapes, x.t) ? 'value' : 'var',
    n,
  };
}

function slice(c: Checker, n: Node & { k: 'slice' }): X {
  const x = one(c, n.obj);
  const shape = shapeOf(c.shapes, x.t);
  const parts = n.parts.map((p) => (p ? convert(c, one(c, p), 'int', 'slice index') : konst(null, n.at)));
  const e = native('%slice', [x.e, ...parts], n.at);
  if (isString(c.shapes, x.t)) return { e, t: defaultType(x.t), mode: 'value', n };
  if (shape?.k === 'slice') return { e, t: x.t, mode: 'value', n };
  if (shape?.k === 'array') return { e, t: sliceOf(c.shapes, shape.of), mode: 'value', n };
  if (x.t !== 'invalid') problem(c, n.at, `cannot slice ${described(x)}`);
  return invalid(n);
}

function composite(c: Checker, n: Node & { k: 'composite' }, hint?: Type): X {
  let t: Type | undefined;
  if (n.type?.k === 'tarray' && n.type.length === null) {
    const of = typeOf(c, n.type.of);
    t = `[${n.entries.length}]${of}`;
    c.shapes[t] ??= { k: 'array', n: n.entries.length, of };
  } else t = n.type ? typeOf(c, n.type) : hint;
  if (t === undefined) {
    problem(c, n.at, 'invalid composite literal type');
    return invalid(n);
  }
  if (t === 'invalid') {
    for (const { value } of n.entries) if (value.k !== 'composite') expr(c, value);
    return invalid(n);
  }
  const pointed = c.shapes[t];
  const made = pointed?.k === 'pointer' && n.type === null ? pointed.of : t;
  const shape = shapeOf(c.shapes, made);
  const at = n.at;
  const args: Expr[] = [konst(made, at)];
  if (shape?.k === 'struct') {
    n.entries.forEach(({ key, value }, i) => {
      const field = key ? shape.fields.find((f) => key.k === 'ident' && f.name === key.name) : shape.fields[i];
      if (!field) {
        problem(
          c,
          (key ?? value).at,
          key
            ? `unknown field ${written(key)} in struct literal${c.minor < 20 ? '' : ` of type ${shown(made)}`}`
            : `too many values in struct literal${c.minor < 20 ? '' : ` of type ${shown(made)}`}`,
        );
        return;
      }
      args.push(konst(field.name, at), convert(c, one(c, value, field.type), field.type, 'struct literal'));
    });
    const few = n.entries[0]?.key === null && n.entries.length < shape.fields.length;
    if (few)
      problem(
        c,
        [at[2], at[3] - 1, at[2], at[3]],
        `too few values in struct literal${c.minor < 20 ? '' : ` of type ${shown(made)}`}`,
      );
    return { e: native('%struct', args, at), t, mode: 'value', n };
  }
  if (shape?.k === 'map') {
    for (const { key, value } of n.entries) {
      if (!key) {
        problem(c, value.at, 'missing key in map literal');
        continue;
      }
      args.push(
        convert(c, one(c, key, shape.key), shape.key, 'map literal'),
        convert(c, one(c, value, shape.of), shape.of, 'map literal'),
      );
    }
    return { e: native('%map', args, at), t, mode: 'value', n };
  }
  if (shape?.k === 'slice' || shape?.k === 'array') {
    const keyed = n.entries.some(({ key }) => key !== null);
    let next = 0;
    for (const { key, value } of n.entries) {
      if (key) {
        const k = one(c, key).c;
        if (typeof k !== 'bigint') throw new Beyond('this index in a literal', key.at);
        next = Number(k);
      }
      if (keyed) args.push(konst(next, at));
      next++;
      args.push(
        convert(
          c,
          one(c, value, shape.of),
          shape.of,
          'slice literal'.replace('slice', shape.k === 'slice' ? 'slice' : 'array or slice'),
        ),
      );
    }
    return { e: native(keyed ? '%keyed' : '%list', args, at), t, mode: 'value', n };
  }
  problem(c, at, `invalid composite literal type ${shown(t)}`);
  return invalid(n);
}

export { pointerTo };
