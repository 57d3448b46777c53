import { Beyond, type Case, type Expr, type Stmt } from '../core/tree.ts';
import type { StmtNode } from './ast.ts';
import { expr, one } from './check-expr.ts';
import { operate } from './check-operators.ts';
import { block, stmt } from './check-stmt.ts';
import {
  type Checker,
  declare,
  declareVar,
  enter,
  find,
  konst,
  leave,
  name,
  native,
  problem,
  type X,
} from './checker.ts';
import { convert, defaultType, described, written } from './convert.ts';
import { isBoolean, isCopied, isInteger, isInterface, isString, missing, shapeOf, shown, type Type } from './types.ts';
export function ranging(c: Checker, s: StmtNode & { k: 'range' }): readonly Stmt[] {
  const { at } = s;
  const x = one(c, s.over);
  const shape = shapeOf(c.shapes, x.t);
  const inner = shape?.k === 'pointer' ? shapeOf(c.shapes, shape.of) : shape;
  enter(c);
  let types: readonly [Type, Type] = ['invalid', 'invalid'];
  if (inner?.k === 'slice' || inner?.k === 'array') types = ['int', inner.of];
  else if (inner?.k === 'map') types = [inner.key, inner.of];
  else if (inner?.k === 'chan') types = [inner.of, 'invalid'];
  else if (isString(c.shapes, x.t)) types = ['int', 'int32'];
  else if (isInteger(c.shapes, x.t) && c.minor >= 22) types = [defaultType(x.t), 'invalid'];
  else if (shape?.k === 'func') throw new Beyond('ranging over a function', at);
  else if (x.t !== 'invalid') problem(c, s.over.at, `cannot range over ${described(x)}`);
  const targets = [s.key, s.value].map((n, i): Expr | null => {
    if (!n || (n.k === 'ident' && n.name === '_')) return null;
    if (s.define) {
      if (n.k === 'ident') declareVar(c, n.name, types[i] ?? 'invalid', n.at, types[i] === 'invalid');
      return n.k === 'ident' ? name(n.name, n.at) : null;
    }
    return one(c, n).e;
  });
  const code = block(c, s.body);
  leave(c);
  if (inner?.k === 'chan') {
    const id = `%t${c.temporary++}`;
    const receive = native('%receive', [x.e, konst(inner.of, at), konst(true, at)], at);
    const closed: Stmt = {
      k: 'if',
      test: { k: 'un', op: '! bool', e: native('%item', [name(id, at), konst(1, at)], at), at },
      yes: [{ k: 'break', at }],
      no: [],
      at,
    };
    const [key] = targets;
    const got: Expr = native('%item', [name(id, at), konst(0, at)], at);
    const bind: Stmt[] =
      key?.k === 'name'
        ? [
            s.define
              ? declare(key.id, got, at)
              : { k: 'expr', e: { k: 'assign', target: key, op: '=', value: got, at }, at },
          ]
        : [];
    return [
      {
        k: 'for',
        init: null,
        test: null,
        update: null,
        body: [declare(id, receive, at), closed, ...bind, { k: 'block', body: code, at }],
        at,
      },
    ];
  }
  const source = native(
    '%range',
    [konst(defaultType(x.t), at), x.e, konst(targets[1] !== null && isCopied(c.shapes, types[1]), at)],
    at,
  );
  return [{ k: 'each', of: 'range', target: targets, declares: s.define ? 'let' : null, source, body: code, at }];
}

export function switching(c: Checker, s: StmtNode & { k: 'switch' }): readonly Stmt[] {
  const { at } = s;
  enter(c);
  const init = [...(s.init ? stmt(c, s.init) : [])];
  let tag: X | null = null;
  if (s.on) {
    const x = one(c, s.on);
    const id = `%t${c.temporary++}`;
    const t = defaultType(x.t);
    init.push(declare(id, x.t === 'invalid' ? konst(null, at) : convert(c, x, t, 'switch'), at));
    tag = { e: name(id, at), t, mode: 'var', n: s.on };
  }
  const cases: Case[] = s.clauses.map((clause) => {
    const tests = clause.tests?.map((n): Expr => {
      const x = one(c, n, tag?.t);
      if (!tag) {
        if (x.t !== 'invalid' && !isBoolean(c.shapes, x.t))
          problem(c, n.at, `invalid case ${written(n)} in switch (mismatched types ${shown(x.t)} and bool)`);
        return x.e;
      }
      const before = c.problems.length;
      const test = operate(c, '==', x, tag, n);
      const made = c.problems[before];
      if (made)
        c.problems[before] = {
          ...made,
          message: `invalid case ${written(n)} in switch on ${s.on ? written(s.on) : ''} (mismatched types ${shown(x.t)} and ${shown(tag.t)})`,
        };
      return test.e;
    });
    return { tests: tests ?? null, body: block(c, clause.body) };
  });
  leave(c);
  return [{ k: 'block', body: [...init, { k: 'switch', on: null, cases, at }], at }];
}

export function typeSwitching(c: Checker, s: StmtNode & { k: 'typeswitch' }): readonly Stmt[] {
  const { at } = s;
  enter(c);
  const init = [...(s.init ? stmt(c, s.init) : [])];
  const x = one(c, s.on);
  const id = `%t${c.temporary++}`;
  init.push(declare(id, x.e, at));
  let used = s.bind === null || s.bind === '_';
  const cases: Case[] = s.clauses.map((clause) => {
    const types = clause.tests?.map((n) => {
      if (n.k === 'ident' && find(c, n.name)?.k === 'nil') return 'nil';
      const t = expr(c, n);
      if (t.mode !== 'type' && t.t !== 'invalid') problem(c, n.at, `${written(n)} is not a type`);
      if (t.t !== 'invalid' && !isInterface(c.shapes, t.t)) {
        const lack = missing(c.shapes, t.t, x.t);
        if (lack)
          problem(
            c,
            n.at,
            `impossible type switch case: ${described(x)} cannot have dynamic type ${shown(t.t)} (${lack.pointer ? `method ${lack.name} has pointer receiver` : `missing method ${lack.name}`})`,
          );
      }
      return t.t;
    });
    enter(c);
    const [single] = types ?? [];
    const bound = types?.length === 1 && single !== undefined && single !== 'nil' ? single : x.t;
    const start: Stmt[] = [];
    if (s.bind !== null && s.bind !== '_') {
      declareVar(c, s.bind, bound, s.bindAt);
      start.push(
        declare(
          s.bind,
          bound === x.t || isInterface(c.shapes, bound) ? name(id, at) : native('%unbox', [name(id, at)], at),
          at,
        ),
      );
    }
    const code = clause.body.flatMap((one_) => stmt(c, one_));
    const sym = s.bind === null ? undefined : c.scope.names.get(s.bind);
    if (sym?.k === 'var') {
      if (sym.used) used = true;
      sym.used = true;
    }
    leave(c);
    return {
      tests: types?.map((t) => native('%is', [name(id, at), konst(t, at)], at)) ?? null,
      body: [...start, ...code],
    };
  });
  if (!used)
    problem(
      c,
      s.bindAt,
      c.minor < 20
        ? `${s.bind} declared but not used`
        : c.minor < 23
          ? `${s.bind} declared and not used`
          : `declared and not used: ${s.bind}`,
    );
  leave(c);
  return [{ k: 'block', body: [...init, { k: 'switch', on: null, cases, at }], at }];
}

export function selecting(c: Checker, s: StmtNode & { k: 'select' }): readonly Stmt[] {
  const { at } = s;
  const id = `%t${c.temporary++}`;
  const args: Expr[] = [];
  const cases: Case[] = s.clauses.map(({ comm, body: code }, i) => {
    enter(c);
    const start: Stmt[] = [];
    const item = (k: number): Expr => native('%item', [name(id, at), konst(k, at)], at);
    const none = konst(null, at);
    if (comm === null) args.push(konst('default', at), none, none);
    else if (comm.k === 'send') {
      const chan = one(c, comm.chan);
      const shape = shapeOf(c.shapes, chan.t);
      args.push(
        konst('send', at),
        chan.e,
        convert(c, one(c, comm.value), shape?.k === 'chan' ? shape.of : 'invalid', 'send'),
      );
    } else {
      const from = comm.k === 'expr' ? comm.e : comm.k === 'assign' ? comm.right[0] : undefined;
      if (from?.k !== 'unary' || from.op !== '<-') throw new Beyond('this case of a select', comm.at);
      const chan = one(c, from.e);
      const shape = shapeOf(c.shapes, chan.t);
      const of = shape?.k === 'chan' ? shape.of : 'invalid';
      args.push(konst('receive', at), chan.e, konst(of, at));
      if (comm.k === 'assign')
        comm.left.forEach((n, k) => {
          if (n.k !== 'ident' || n.name === '_') return;
          if (comm.op === ':=') {
            declareVar(c, n.name, k === 0 ? of : 'bool', n.at);
            start.push(declare(n.name, item(k), at));
          } else start.push({ k: 'expr', e: { k: 'assign', target: one(c, n).e, op: '=', value: item(k), at }, at });
        });
    }
    const inner = code.flatMap((one_) => stmt(c, one_));
    leave(c);
    return { tests: [{ k: 'bin', op: '== plain', l: item(2), r: konst(i, at), at }], body: [...start, ...inner] };
  });
  return [
    { k: 'block', body: [declare(id, native('%select', args, at), at), { k: 'switch', on: null, cases, at }], at },
  ];
}
