import type { Expr, Func, Stmt } from '../core/tree.ts';
import type { Block, FuncType } from './ast.ts';
import { body } from './check-stmt.ts';
import { type Checker, declareVar, enter, konst, leave, name, native } from './checker.ts';
import { isString, shapeOf, type Type } from './types.ts';

/** A function's parameters and body. */
export function functionOf(
  c: Checker,
  id: string,
  type: FuncType,
  block: Block,
  t: Type,
  receiver?: { name: string; type: Type },
): Func {
  const shape = shapeOf(c.shapes, t);
  if (shape?.k !== 'func') throw new Error('not a function');
  const before = { results: c.results, named: c.named, defers: c.defers };
  c.results = shape.results;
  c.defers = false;
  const names = type.results.map((r) => r.name);
  const isNamed = names.some((one_) => one_ !== '');
  c.named = isNamed ? names : null;
  enter(c);
  if (receiver) declareVar(c, receiver.name, receiver.type, type.at, true);
  type.params.forEach((p, i) => {
    declareVar(c, p.name, shape.params[i] ?? 'invalid', p.at, true);
  });
  const start: Stmt[] = [];
  type.results.forEach((r, i) => {
    const of = shape.results[i] ?? 'invalid';
    declareVar(c, r.name, of, r.at, true);
    if (r.name !== '' && r.name !== '_')
      start.push({ k: 'declare', how: 'let', target: name(r.name, r.at), value: zero(c, of, r.at), at: r.at });
  });
  const stmts = body(c, block, shape.results.length > 0);
  leave(c);
  const landing: Stmt[] = [];
  if (c.defers) {
    const at = block.end;
    landing.push({ k: 'return', e: null, at }, { k: 'expr', e: konst('%landing', at), at });
    if (isNamed) landing.push({ k: 'return', e: null, at });
    else if (shape.results.length === 1) landing.push({ k: 'return', e: zero(c, shape.results[0] ?? '', at), at });
    else if (shape.results.length > 1)
      landing.push({ k: 'return', e: { k: 'tuple', items: shape.results.map((r) => zero(c, r, at)), at }, at });
    else landing.push({ k: 'return', e: null, at });
  }
  Object.assign(c, before);
  const params = type.params.map((p, i) => ({
    name: p.name === '' ? `_${i}` : p.name,
    ...(p.variadic ? { rest: '*' as const } : {}),
  }));
  return {
    name: id,
    params: receiver ? [{ name: receiver.name === '' ? '_r' : receiver.name }, ...params] : params,
    body: [...start, ...stmts, ...landing],
    kind: {},
    ...(isNamed ? { named: names } : {}),
    at: type.at,
  };
}

/** The value of a variable that was given none. */
export function zero(c: Checker, t: Type, at: Expr['at']): Expr {
  const k = shapeOf(c.shapes, t)?.k;
  if (k === 'struct' || k === 'array') return native('%zero', [konst(t, at)], at);
  if (k !== undefined) return konst(null, at);
  return konst(
    isString(c.shapes, t) ? '' : t === 'bool' || (c.shapes[t]?.k === 'named' && shapeless(c, t) === 'bool') ? false : 0,
    at,
  );
}
function shapeless(c: Checker, t: Type): Type {
  const shape = c.shapes[t];
  return shape?.k === 'named' ? shapeless(c, shape.under) : t;
}
