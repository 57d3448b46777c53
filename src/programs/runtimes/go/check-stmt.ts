import { Beyond, type Expr, type Stmt } from '../core/tree.ts';
import type { Block, ClauseNode, Node, StmtNode } from './ast.ts';
import { assignment } from './check-assign.ts';
import { ranging, selecting, switching, typeSwitching } from './check-branches.ts';
import { expr, one } from './check-expr.ts';
import { declareLocal } from './check-file.ts';
import { type Checker, declare, enter, find, konst, leave, name, native, problem } from './checker.ts';
import { convert, defaultType, described, written } from './convert.ts';
import { isBoolean, shapeOf, shown } from './types.ts';
/** A function's body; `results`: it must end with a statement that ends it. */
export function body(c: Checker, b: Block, results: boolean): readonly Stmt[] {
  const out = b.stmts.flatMap((s) => stmt(c, s));
  if (results && !terminates(b.stmts.at(-1))) problem(c, b.end, 'missing return');
  return out;
}
export function block(c: Checker, b: Block | readonly StmtNode[]): readonly Stmt[] {
  enter(c);
  const out = ('stmts' in b ? b.stmts : b).flatMap((s) => stmt(c, s));
  leave(c);
  return out;
}

function terminates(s: StmtNode | undefined): boolean {
  switch (s?.k) {
    case 'return':
      return true;
    case 'branch':
      return s.word === 'goto';
    case 'expr':
      return s.e.k === 'call' && s.e.fn.k === 'ident' && s.e.fn.name === 'panic';
    case 'block':
      return terminates(s.body.stmts.at(-1));
    case 'if':
      return s.no !== null && terminates(s.yes.stmts.at(-1)) && terminates(s.no);
    case 'for':
      return s.test === null && !breaks(s.body.stmts);
    case 'label':
      return terminates(s.body);
    case 'switch':
    case 'typeswitch':
      return s.clauses.some((x) => x.tests === null) && s.clauses.every(ends);
    case 'select':
      return s.clauses.every(ends);
    default:
      return false;
  }
}
const ends = (x: ClauseNode): boolean => {
  const last = x.body.at(-1);
  return !breaks(x.body) && (terminates(last) || (last?.k === 'branch' && last.word === 'fallthrough'));
};
function breaks(all: readonly StmtNode[]): boolean {
  return all.some((s) => {
    if (s.k === 'branch') return s.word === 'break';
    if (s.k === 'block') return breaks(s.body.stmts);
    if (s.k === 'if') return breaks(s.yes.stmts) || (s.no !== null && breaks([s.no]));
    return s.k === 'label' && breaks([s.body]);
  });
}

export function stmt(c: Checker, s: StmtNode): readonly Stmt[] {
  const { at } = s;
  switch (s.k) {
    case 'empty':
      return [];
    case 'expr': {
      const x = expr(c, s.e);
      const fine = s.e.k === 'call' || (s.e.k === 'unary' && s.e.op === '<-') || x.t === 'invalid';
      if (!fine || x.mode === 'type')
        problem(
          c,
          at,
          `${written(s.e)} (${described(x).replace(/^.*? \(/, '')} is not used`.replace(
            /^(.*?) \(.* constant.*\) is/,
            '$1 (constant) is',
          ),
        );
      else if (
        s.e.k === 'call' &&
        s.e.fn.k === 'ident' &&
        find(c, s.e.fn.name)?.k === 'builtin' &&
        x.mode !== 'none' &&
        !['copy', 'recover'].includes(s.e.fn.name)
      )
        problem(c, at, `${written(s.e)} (value of type ${shown(x.t)}) is not used`);
      return [{ k: 'expr', e: x.e, at }];
    }
    case 'assign':
      return assignment(c, s);
    case 'incdec':
      return assignment(c, {
        k: 'assign',
        op: `${s.op}=`,
        left: [s.e],
        right: [{ k: 'int', text: '1', at }],
        opAt: at,
        at,
      });
    case 'send': {
      const chan = one(c, s.chan);
      const shape = shapeOf(c.shapes, chan.t);
      if (shape?.k !== 'chan') {
        if (chan.t !== 'invalid') problem(c, at, `invalid operation: cannot send to non-channel ${described(chan)}`);
        return [];
      }
      return [{ k: 'expr', e: native('%send', [chan.e, convert(c, one(c, s.value), shape.of, 'send')], at), at }];
    }
    case 'go':
    case 'defer': {
      const x = expr(c, s.call);
      if (s.k === 'defer') c.defers = true;
      if (x.e.k !== 'call') return x.t === 'invalid' ? [] : [{ k: s.k, call: native('%nothing', [x.e], at), at }];
      return [{ k: s.k, call: x.e, at }];
    }
    case 'return':
      return returning(c, s);
    case 'branch':
      if (s.word === 'goto') throw new Beyond('goto', at);
      if (s.word === 'fallthrough') return [{ k: 'expr', e: name('fallthrough', at), at }];
      return [{ k: s.word, ...(s.label === null ? {} : { label: s.label }), at }];
    case 'block':
      return [{ k: 'block', body: block(c, s.body), at }];
    case 'label': {
      const inner = stmt(c, s.body);
      const [only] = inner;
      if (only?.k === 'block' && inner.length === 1) {
        const last = only.body.at(-1);
        if (last) return [{ ...only, body: [...only.body.slice(0, -1), { k: 'label', name: s.name, body: last, at }] }];
      }
      return only ? [{ k: 'label', name: s.name, body: only, at }, ...inner.slice(1)] : [];
    }
    case 'decl':
      return s.decls.flatMap((d) => declareLocal(c, d));
    case 'if': {
      enter(c);
      const init = s.init ? stmt(c, s.init) : [];
      const test = condition(c, s.test, 'if');
      const yes = block(c, s.yes);
      const no = s.no === null ? [] : s.no.k === 'block' ? block(c, s.no.body) : stmt(c, s.no);
      leave(c);
      const made: Stmt = { k: 'if', test, yes, no, at };
      return init.length === 0 ? [made] : [{ k: 'block', body: [...init, made], at }];
    }
    case 'for': {
      enter(c);
      const init = s.init ? stmt(c, s.init) : [];
      const test = s.test ? condition(c, s.test, 'for') : null;
      const update = s.post ? stmt(c, s.post) : [];
      const inner = block(c, s.body);
      leave(c);
      const [first = null] = init;
      const [post = null] = update;
      const many = init.length > 1 || first?.k === 'block';
      const made: Stmt = {
        k: 'for',
        init: many ? null : first,
        test,
        update: update.length > 1 ? { k: 'block', body: update, at } : post,
        body: inner,
        at,
      };
      return many ? [{ k: 'block', body: [...init, made], at }] : [made];
    }
    case 'range':
      return ranging(c, s);
    case 'switch':
      return switching(c, s);
    case 'typeswitch':
      return typeSwitching(c, s);
    case 'select':
      return selecting(c, s);
  }
}

function condition(c: Checker, n: Node, word: string): Expr {
  const x = one(c, n);
  if (x.t !== 'invalid' && !isBoolean(c.shapes, x.t)) problem(c, n.at, `non-boolean condition in ${word} statement`);
  return x.e;
}

function returning(c: Checker, s: StmtNode & { k: 'return' }): readonly Stmt[] {
  const { at } = s;
  const want = c.results;
  if (s.values.length === 0) {
    if (want.length > 0 && !c.named)
      problem(c, at, `not enough return values\n\thave ()\n\twant (${want.map(shown).join(', ')})`);
    return [{ k: 'return', e: null, at }];
  }
  const [only] = s.values;
  if (s.values.length === 1 && want.length > 1 && only) {
    const x = expr(c, only);
    const tuple = c.shapes[x.t];
    if (tuple?.k === 'tuple' && tuple.of.length === want.length) {
      const id = `%t${c.temporary++}`;
      const items = want.map((t, i) =>
        convert(
          c,
          { e: native('%item', [name(id, at), konst(i, at)], at), t: tuple.of[i] ?? '', mode: 'value', n: only },
          t,
          'return statement',
        ),
      );
      return [declare(id, x.e, at), { k: 'return', e: { k: 'tuple', items, at }, at }];
    }
    if (x.t !== 'invalid')
      problem(
        c,
        only.at,
        `not enough return values\n\thave (${x.c !== undefined && x.t.startsWith('untyped') && x.t !== 'untyped string' && x.t !== 'untyped bool' ? 'number' : x.mode === 'nil' ? 'nil' : shown(defaultType(x.t))})\n\twant (${want.map(shown).join(', ')})`,
      );
    return [];
  }
  const xs = s.values.map((n, i) => one(c, n, want[i]));
  if (xs.some((x) => x.t === 'invalid')) return [{ k: 'return', e: null, at }];
  if (xs.length !== want.length) {
    const have = xs
      .map((x) =>
        x.mode === 'nil'
          ? 'nil'
          : x.c !== undefined && /untyped (?:int|float|rune)/.test(x.t)
            ? 'number'
            : shown(defaultType(x.t)),
      )
      .join(', ');
    const first = s.values[0]?.at ?? at;
    problem(
      c,
      want.length === 0 || xs.length < want.length ? first : first,
      `${xs.length > want.length ? 'too many' : 'not enough'} return values\n\thave (${have})\n\twant (${want.map(shown).join(', ')})`,
    );
    return [];
  }
  const items = xs.map((x, i) => convert(c, x, want[i] ?? '', 'return statement'));
  const [first = konst(null, at)] = items;
  return [{ k: 'return', e: items.length === 1 ? first : { k: 'tuple', items, at }, at }];
}
