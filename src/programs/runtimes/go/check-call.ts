import { Beyond, type Expr } from '../core/tree.ts';
import type { Node } from './ast.ts';
import { expr, get, methodValue, one, receiverOf } from './check-expr.ts';
import { zero } from './check-function.ts';
import { operate } from './check-operators.ts';
import { type Checker, invalid, konst, native, problem, typeOf, type X } from './checker.ts';
import { conversion, convert, defaultType, described, value, written } from './convert.ts';
import { isString, member, pointerTo, type Shape, type Shapes, shapeOf, shown, type Type, tupleOf } from './types.ts';

type Call = Node & { k: 'call' };

export function call(c: Checker, n: Call): X {
  const s = c.shapes;
  if (n.fn.k === 'selector') {
    const done = method(c, n, n.fn);
    if (done) return done;
  }
  const fn = expr(c, n.fn.k === 'paren' ? n.fn.e : n.fn);
  if (fn.mode === 'builtin') return builtinCall(c, n, fn.t);
  if (fn.mode === 'type') {
    const [arg] = n.args;
    if (!arg || n.args.length > 1) {
      problem(c, n.close, `${arg ? 'too many' : 'missing'} argument${arg ? 's' : ''} in conversion to ${shown(fn.t)}`);
      return invalid(n);
    }
    return conversion(c, one(c, arg, fn.t), fn.t, n);
  }
  if (fn.t === 'invalid') {
    for (const arg of n.args) expr(c, arg);
    return invalid(n);
  }
  const shape = shapeOf(s, fn.t);
  if (shape?.k !== 'func') {
    problem(c, n.at, `invalid operation: cannot call non-function ${described(fn)}`);
    return invalid(n);
  }
  return finished(c, n, fn.e, [], shape);
}

type FuncShape = Shape & { k: 'func' };

/** A call of a method, without a value for it in between. */
function method(c: Checker, n: Call, sel: Node & { k: 'selector' }): X | undefined {
  if (sel.obj.k === 'ident') {
    let sc: typeof c.scope | null = c.scope;
    for (; sc && !sc.names.has(sel.obj.name); sc = sc.up);
    const sym = sc?.names.get(sel.obj.name);
    if (!sym || sym.k === 'pkg' || sym.k === 'type') return undefined;
  }
  const x = expr(c, sel.obj);
  if (x.mode === 'type' || x.mode === 'builtin') return undefined;
  if (x.t === 'invalid') {
    for (const arg of n.args) expr(c, arg);
    return invalid(n);
  }
  const found = x.mode === 'none' ? undefined : member(c.shapes, x.t, sel.name);
  if (found?.k === 'field') {
    const shape = shapeOf(c.shapes, found.type);
    if (shape?.k === 'func') return finished(c, n, found.path.reduce(get, x.e), [], shape);
  }
  if (found?.k !== 'method') {
    problem(c, sel.nameAt, `${written(sel)} undefined (type ${shown(x.t)} has no field or method ${sel.name})`);
    for (const arg of n.args) expr(c, arg);
    return invalid(n);
  }
  const shape = c.shapes[found.method.type];
  if (shape?.k !== 'func') return undefined;
  let receiver = found.path.reduce(get, x.e);
  const pointed = c.shapes[x.t]?.k === 'pointer' && found.path.length === 0;
  if (!found.dynamic) {
    const body = shapeOf(c.shapes, found.on)?.k;
    const reference = body === 'struct' || body === 'array';
    if (found.method.pointer && !pointed && !reference) receiver = { k: 'un', op: '&', e: receiver, at: n.at };
    else if (!found.method.pointer && pointed && !reference) receiver = { k: 'un', op: '*', e: receiver, at: n.at };
    if (pointed && !found.method.pointer && reference) receiver = native('%pointed', [receiver], n.at);
    if (!found.method.native) receiver = receiverOf(c, receiver, found);
  }
  const done = finished(c, n, methodValue(found.method, n), [receiver], shape);
  return done;
}

function finished(c: Checker, n: Call, fn: Expr, before: readonly Expr[], shape: FuncShape): X {
  const args = argumentsOf(c, n, shape);
  const e: Expr = { k: 'call', fn, args: [...before, ...args].map((value_) => ({ value: value_ })), at: n.at };
  const [only] = shape.results;
  if (only === undefined) return { e, t: '()', mode: 'none', n };
  if (shape.results.length === 1) return { e, t: only, mode: 'value', n };
  return { e, t: tupleOf(c.shapes, shape.results), mode: 'value', n };
}

function argumentsOf(c: Checker, n: Call, shape: FuncShape): readonly Expr[] {
  const s = c.shapes;
  const { params, variadic } = shape;
  const context = `argument to ${written(n.fn)}`;
  const fixed = variadic ? params.length - 1 : params.length;
  const rest = variadic ? shapeOf(s, params[fixed] ?? '') : undefined;
  const of = rest?.k === 'slice' ? rest.of : 'invalid';
  const [single] = n.args;
  let given: X[];
  if (n.args.length === 1 && single?.k === 'call') {
    const x = expr(c, single);
    const tuple = s[x.t];
    if (tuple?.k === 'tuple' && x.mode !== 'none') {
      given = tuple.of.map((t, i) => ({
        e: i === 0 ? native('%first', [x.e], n.at) : native('%later', [konst(i, n.at)], n.at),
        t,
        mode: 'value' as const,
        n: single,
      }));
    } else if (x.mode === 'none') given = [one({ ...c, problems: c.problems }, single)];
    else given = [x];
  } else given = n.args.map((a, i) => one(c, a, i < fixed ? params[i] : n.spread ? params[fixed] : of));
  if (given.some(({ t }) => t === 'invalid')) return given.map(({ e }) => e);
  const few = given.length < fixed || (n.spread && given.length < params.length);
  if (few || (!variadic && given.length > params.length)) {
    const have = given
      .map((x) => (x.mode === 'nil' ? 'nil' : isConstNumber(x) ? 'number' : shown(defaultType(x.t))))
      .join(', ');
    const want = params.map((t, i) => (variadic && i === fixed ? `...${shown(of)}` : shown(t))).join(', ');
    const at = few ? (c.minor < 20 ? (n.args.at(-1)?.at ?? n.close) : n.close) : (n.args[params.length] ?? n).at;
    problem(
      c,
      at,
      `${few ? 'not enough' : 'too many'} arguments in call to ${written(n.fn)}\n\thave (${have})\n\twant (${want})`,
    );
    return given.map(({ e }) => e);
  }
  const out = given.slice(0, fixed).map((x, i) => convert(c, x, params[i] ?? 'invalid', context));
  if (!variadic) return out;
  if (n.spread) {
    const last = given[fixed];
    return last ? [...out, convert(c, last, params[fixed] ?? '', context)] : out;
  }
  const items = given.slice(fixed).map((x) => convert(c, x, of, context));
  return [
    ...out,
    items.length === 0 ? konst(null, n.at) : native('%list', [konst(params[fixed] ?? '', n.at), ...items], n.at),
  ];
}

const isConstNumber = (x: X): boolean => x.c !== undefined && /^untyped (?:int|float|rune)$/.test(x.t);

function builtinCall(c: Checker, n: Call, id: string): X {
  const s: Shapes = c.shapes;
  const at = n.at;
  const [first, second] = n.args;
  const done = (e: Expr, t: Type): X => ({ e, t, mode: t === '()' ? 'none' : 'value', n });
  const least: { readonly [b: string]: number } = {
    append: 1,
    cap: 1,
    close: 1,
    copy: 2,
    delete: 2,
    len: 1,
    make: 1,
    max: 1,
    min: 1,
    new: 1,
    panic: 1,
    clear: 1,
  };
  if (n.args.length < (least[id] ?? 0)) {
    problem(c, n.close, `not enough arguments for ${written(n)} (expected ${least[id]}, found ${n.args.length})`);
    return invalid(n);
  }
  switch (id) {
    case 'len':
    case 'cap': {
      const x = first ? one(c, first) : invalid(n);
      if (x.t === 'invalid') return done(x.e, 'int');
      if (typeof x.c === 'string')
        return { e: konst(x.c.length, at), t: 'int', mode: 'value', c: BigInt(x.c.length), n };
      const k = shapeOf(s, x.t)?.k;
      if (!isString(s, x.t) && !['slice', 'array', 'map', 'chan', 'pointer'].includes(k ?? ''))
        problem(c, x.n.at, `invalid argument: ${described(x)} for ${c.minor < 21 ? '' : 'built-in '}${id}`);
      return done(native(`%${id}`, [x.e], at), 'int');
    }
    case 'append': {
      const list = first ? one(c, first) : invalid(n);
      const shape = shapeOf(s, list.t);
      if (shape?.k !== 'slice') {
        if (list.t !== 'invalid') problem(c, list.n.at, `invalid argument: ${described(list)} is not a slice`);
        return invalid(n);
      }
      if (n.spread && second) {
        const more = one(c, second);
        return done(
          native(
            '%append all',
            [
              list.e,
              isString(s, more.t)
                ? native('%convert', [konst('string', at), konst('[]uint8', at), more.e], at)
                : more.e,
            ],
            at,
          ),
          list.t,
        );
      }
      const items = n.args
        .slice(1)
        .map((a) =>
          convert(
            c,
            one(c, a, shape.of),
            shape.of,
            `argument to append`.replace(
              'argument to append',
              c.minor < 20 ? 'argument to append' : 'argument to append',
            ),
          ),
        );
      return done(native('%append', [list.e, ...items], at), list.t);
    }
    case 'make': {
      const t = first ? expr(c, first) : invalid(n);
      if (t.mode !== 'type') {
        problem(c, first?.at ?? at, `${first ? written(first) : ''} is not a type`);
        return invalid(n);
      }
      const sizes = n.args.slice(1).map((a) => convert(c, one(c, a), 'int', 'argument'));
      const k = shapeOf(s, t.t)?.k;
      if (k !== 'slice' && k !== 'map' && k !== 'chan') {
        problem(
          c,
          first?.at ?? at,
          `invalid argument: cannot make ${first ? written(first) : ''}; type must be slice, map, or channel`,
        );
        return invalid(n);
      }
      if (k === 'slice' && sizes.length === 0) {
        problem(c, at, `invalid operation: ${written(n)} expects 2 or 3 arguments; found 1`);
        return invalid(n);
      }
      return done(native('%make', [konst(t.t, at), ...sizes], at), t.t);
    }
    case 'new': {
      const t = first ? expr(c, first) : invalid(n);
      const p = pointerTo(s, t.t);
      const k = shapeOf(s, t.t)?.k;
      const v = zero(c, t.t, at);
      return done(k === 'struct' || k === 'array' ? v : native('%cell', [v], at), p);
    }
    case 'delete': {
      const m = first ? one(c, first) : invalid(n);
      const shape = shapeOf(s, m.t);
      if (shape?.k !== 'map' || !second) {
        problem(c, m.n.at, `invalid argument: ${described(m)} is not a map`);
        return invalid(n);
      }
      return done(native('%delete', [m.e, convert(c, one(c, second), shape.key, 'argument to delete')], at), '()');
    }
    case 'copy': {
      const to = first ? one(c, first) : invalid(n);
      const from = second ? one(c, second) : invalid(n);
      return done(native('copy', [to.e, from.e], at), 'int');
    }
    case 'panic': {
      const x = first ? one(c, first) : invalid(n);
      return done(native('panic', [convert(c, x, 'interface {}', 'argument to panic')], at), '()');
    }
    case 'recover':
      return done(native('recover', [], at), 'interface {}');
    case 'close':
    case 'clear': {
      const x = first ? one(c, first) : invalid(n);
      return done(native(id, [x.e], at), '()');
    }
    case 'print':
    case 'println': {
      const args = n.args.map((a) => convert(c, one(c, a), 'interface {}', 'argument'));
      return done(native(id, args, at), '()');
    }
    case 'min':
    case 'max': {
      let best = first ? one(c, first) : invalid(n);
      for (const a of n.args.slice(1)) {
        const x = one(c, a);
        const test = operate(c, id === 'min' ? '<' : '>', x, best, n);
        if (test.t === 'invalid') return invalid(n);
        const t = best.t.startsWith('untyped') ? x.t : best.t;
        best =
          best.c !== undefined && x.c !== undefined
            ? test.c === true
              ? x
              : best
            : { e: native(id, [best.e, x.e], at), t, mode: 'value', n };
      }
      return { ...best, n };
    }
  }
  throw new Beyond(id, at);
}

export { typeOf, value };
