import type { At, Expr, Stmt } from '../core/tree.ts';
import type { Node, StmtNode } from './ast.ts';
import { expr, one } from './check-expr.ts';
import { operate } from './check-operators.ts';
import { type Checker, declare, declareVar, find, konst, name, native, problem, type X } from './checker.ts';
import { convert, defaultType, described, written } from './convert.ts';
import { isCopied, type Type } from './types.ts';

/** The values on the right: one for each place on the left, or one call with several. */
export function values(
  c: Checker,
  right: readonly Node[],
  count: number,
  types: readonly (Type | undefined)[],
  at: At,
  verb: string,
): { pre: Stmt[]; xs: readonly X[] } | undefined {
  const [only] = right;
  if (right.length === 1 && only && count > 1) {
    const x = expr(c, only);
    if (x.t === 'invalid') return undefined;
    const tuple = c.shapes[x.t];
    const of =
      tuple?.k === 'tuple'
        ? tuple.of
        : count === 2 && (x.mode === 'commaok' || x.mode === 'mapindex')
          ? [x.t, 'untyped bool']
          : undefined;
    if (!of || of.length !== count) {
      const what =
        only.k === 'call'
          ? `${written(only.fn)}() returns ${x.mode === 'none' ? 'no' : (of?.length ?? 1)} value${(of?.length ?? 1) === 1 && x.mode !== 'none' ? '' : 's'}`
          : `1 value`;
      problem(
        c,
        at,
        `assignment mismatch: ${count} variables but ${what.replace('()', c.minor < 18 ? '()' : `(${only.k === 'call' ? only.args.map(written).join(', ') : ''})`)}`,
      );
      return undefined;
    }
    const id = `%t${c.temporary++}`;
    const source =
      tuple?.k === 'tuple' || x.e.k !== 'call' ? x.e : { ...x.e, args: [...x.e.args, { value: konst(true, at) }] };
    return {
      pre: [declare(id, source, at)],
      xs: of.map((t, i) => ({ e: native('%item', [name(id, at), konst(i, at)], at), t, mode: 'value', n: only })),
    };
  }
  const xs = right.map((n, i) => one(c, n, types[i]));
  if (right.length !== count) {
    problem(
      c,
      at,
      `assignment mismatch: ${count} variable${count === 1 ? '' : 's'} but ${only?.k === 'call' && right.length === 1 ? `${written(only)} returns ${c.shapes[xs[0]?.t ?? '']?.k === 'tuple' ? 'several' : 1} value` : `${right.length} value${right.length === 1 ? '' : 's'}`}`,
    );
    return undefined;
  }
  for (const x of xs) {
    const tuple = c.shapes[x.t];
    if (tuple?.k === 'tuple') {
      problem(
        c,
        at,
        `assignment mismatch: ${count} variable${count === 1 ? '' : 's'} but ${written(x.n)} returns ${tuple.of.length} values`,
      );
      return undefined;
    }
  }
  void verb;
  return { pre: [], xs };
}

export function assignment(c: Checker, s: StmtNode & { k: 'assign' }): readonly Stmt[] {
  const { at, left, right } = s;
  if (s.op === ':=') return defining(c, s);
  if (s.op !== '=') {
    const [l, r] = [left[0], right[0]];
    if (!l || !r) return [];
    const x = one(c, l);
    const op = s.op.slice(0, -1);
    const sum = operate(c, op, x, one(c, r), { k: 'binary', op: s.op, l, r, opAt: s.opAt, at });
    return x.t === 'invalid' || sum.t === 'invalid' ? [] : [store(c, l, x, convert(c, sum, x.t, 'assignment'))];
  }
  const targets = left.map((n): X | null => {
    if (n.k === 'ident' && n.name === '_') return null;
    if (n.k === 'ident') {
      const sym = find(c, n.name);
      const before = sym?.k === 'var' ? sym.used : false;
      const x = one(c, n);
      if (sym?.k === 'var') sym.used = before; // to assign is not to use
      return x;
    }
    return one(c, n);
  });
  const got = values(
    c,
    right,
    left.length,
    targets.map((t) => t?.t),
    left[0]?.at ?? at,
    'assignment',
  );
  if (!got) return [];
  const converted = got.xs.map((x, i) => {
    const target = targets[i];
    if (!target) return x.c === undefined ? x.e : x.mode === 'nil' ? konst(null, at) : x.e;
    if (target.t !== 'invalid' && target.mode !== 'var' && target.mode !== 'mapindex')
      problem(c, target.n.at, `cannot assign to ${described(target)}`);
    return convert(c, x, target.t, 'assignment');
  });
  if (left.length === 1) {
    const [target] = targets;
    const [value = konst(null, at)] = converted;
    return [...got.pre, target && left[0] ? store(c, left[0], target, value) : { k: 'expr', e: value, at }];
  }
  // all are worked out before any is stored
  const ids = converted.map(() => `%t${c.temporary++}`);
  const out: Stmt[] = [...got.pre, ...converted.map((e, i) => declare(ids[i] ?? '', e, at))];
  targets.forEach((target, i) => {
    const n = left[i];
    if (target && n) out.push(store(c, n, target, name(ids[i] ?? '', at)));
  });
  return out;
}

export function store(c: Checker, n: Node, x: X, value: Expr): Stmt {
  const { at } = n;
  if (x.mode === 'mapindex' && x.e.k === 'call') {
    const [map, key] = x.e.args;
    if (map && key) return { k: 'expr', e: native('%map set', [map.value, key.value, value], at), at };
  }
  if (isCopied(c.shapes, x.t)) return { k: 'expr', e: native('%overwrite', [x.e, value], at), at };
  if (x.e.k === 'un') return { k: 'expr', e: native('%point', [x.e.e, value], at), at };
  return { k: 'expr', e: { k: 'assign', target: x.e, op: '=', value, at }, at };
}

export function defining(c: Checker, s: StmtNode & { k: 'assign' }): readonly Stmt[] {
  const { at, left, right } = s;
  const got = values(c, right, left.length, [], left[0]?.at ?? at, 'assignment');
  const fresh = left.filter((n) => n.k === 'ident' && n.name !== '_' && !c.scope.names.has(n.name));
  if (fresh.length === 0) problem(c, s.opAt, 'no new variables on left side of :=');
  const out: Stmt[] = [...(got?.pre ?? [])];
  const ids: [Node, Expr][] = [];
  left.forEach((n, i) => {
    if (n.k !== 'ident') {
      problem(c, n.at, `non-name ${written(n)} on left side of :=`);
      return;
    }
    const x = got?.xs[i];
    const old = c.scope.names.get(n.name);
    const t = old?.k === 'var' ? old.type : x ? defaultType(x.t) : 'invalid';
    if (x?.mode === 'nil' && n.name !== '_') problem(c, x.n.at, `use of untyped nil in assignment`);
    const e = x ? (x.mode === 'nil' ? x.e : convert(c, x, t, 'assignment')) : konst(null, at);
    ids.push([n, e]);
    if (!old) declareVar(c, n.name, t, n.at, got === undefined || t === 'invalid');
  });
  const many = ids.length > 1 && got?.pre.length === 0;
  const temporaries = ids.map(([, e]) => {
    if (!many) return e;
    const id = `%t${c.temporary++}`;
    out.push(declare(id, e, at));
    return name(id, at);
  });
  ids.forEach(([n], i) => {
    const e = temporaries[i] ?? konst(null, at);
    if (n.k === 'ident') out.push(n.name === '_' ? { k: 'expr', e, at } : declare(n.name, e, at));
  });
  return out;
}
