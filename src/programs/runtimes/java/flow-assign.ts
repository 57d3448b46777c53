import type { Case, ClassDecl, Expr, Stmt } from './ast.ts';
import { partsOf, piecesOf } from './flow-tree.ts';
import type { Problem } from './problem.ts';
import { flag, type Variable } from './types.ts';

/** The variables that have a value for sure; undefined where nothing arrives. */
type Has = ReadonlySet<Variable> | undefined;
interface Target {
  readonly label?: string;
  readonly kind: 'loop' | 'switch' | 'label' | 'value';
  exit: Has;
}

const none: ReadonlySet<Variable> = new Set();
function both(a: Has, b: Has): Has {
  if (!a || !b) return a ?? b;
  if (a === b) return a;
  return new Set([...a].filter((v) => b.has(v)));
}

/** Every variable has a value before it is read (JLS 16). */
export function checkAssigned(decl: ClassDecl, wrong: (problem: Problem) => void): void {
  /** Local variables that were declared without a value, and final fields that wait for theirs. */
  const tracked = new Set<Variable>();
  let has: Has = none;
  let targets: Target[] = [];
  let label: string | undefined;

  const gets = (sym: Variable | undefined): void => {
    if (sym && has && tracked.has(sym) && !has.has(sym)) has = new Set([...has, sym]);
  };
  const reads = (sym: Variable | undefined, pos: number): void => {
    if (!sym || !has || !tracked.has(sym) || has.has(sym)) return;
    wrong({ pos, message: `variable ${sym.name} might not have been initialized` });
    gets(sym);
  };
  const own = (e: Expr): Variable | undefined => {
    if (e.e === 'paren') return own(e.of);
    if (e.e === 'name') return e.sym;
    return e.e === 'field' && e.object.e === 'this' && !e.object.of ? e.sym : undefined;
  };
  const expr = (e: Expr): void => {
    switch (e.e) {
      case 'name':
        reads(e.sym, e.pos);
        return;
      case 'assign': {
        const sym = own(e.to);
        if (!sym) expr(e.to);
        expr(e.from);
        gets(sym);
        return;
      }
      case 'cond': {
        const { yes, no } = test(e.test);
        has = yes;
        expr(e.yes);
        const after = has;
        has = no;
        expr(e.no);
        has = both(after, has);
        return;
      }
      case 'binary':
      case 'unary':
        if (e.e === 'binary' ? e.op === '&&' || e.op === '||' : e.op === '!') {
          const { yes, no } = test(e);
          has = both(yes, no);
          return;
        }
        break;
      case 'lambda': {
        const before = has;
        const outer = targets;
        targets = [];
        if ('s' in e.body) stmt(e.body);
        else expr(e.body);
        has = before;
        targets = outer;
        return;
      }
      case 'switch':
        expr(e.of);
        cases(e.cases, 'value');
        return;
    }
    for (const one of partsOf(e)) expr(one);
  };
  const test = (e: Expr): { yes: Has; no: Has } => {
    if (e.value === true) return { yes: has, no: undefined };
    if (e.value === false) return { yes: undefined, no: has };
    if (e.e === 'paren') return test(e.of);
    if (e.e === 'unary' && e.op === '!') {
      const { yes, no } = test(e.of);
      return { yes: no, no: yes };
    }
    if (e.e === 'binary' && (e.op === '&&' || e.op === '||')) {
      const left = test(e.left);
      has = e.op === '&&' ? left.yes : left.no;
      const right = test(e.right);
      return e.op === '&&'
        ? { yes: right.yes, no: both(left.no, right.no) }
        : { yes: both(left.yes, right.yes), no: right.no };
    }
    expr(e);
    return { yes: has, no: has };
  };
  const target = (kind: Target['kind'], act: (to: Target) => void): void => {
    const to: Target = { kind, exit: undefined, ...(label === undefined ? {} : { label }) };
    label = undefined;
    targets.push(to);
    act(to);
    targets.pop();
    has = both(has, to.exit);
  };
  const cases = (all: readonly Case[], kind: 'switch' | 'value'): void => {
    const first = has;
    target(kind, (to) => {
      let before: Has;
      for (const one of all) {
        has = one.arrow ? first : both(first, before);
        for (const s of one.body) stmt(s);
        if (one.arrow) to.exit = both(to.exit, has);
        else before = has;
      }
      has = all.at(-1)?.arrow ? undefined : before;
      if (kind === 'switch' && !all.some((one) => one.isDefault)) has = both(has, first);
    });
  };
  const loop = (s: Stmt & { s: 'while' | 'for' }): void => {
    if (s.s === 'for') for (const one of s.init) stmt(one);
    const named = label;
    const outcome = s.test ? test(s.test) : { yes: has, no: undefined };
    label = named;
    target('loop', () => {
      has = outcome.yes;
      stmt(s.body);
      if (s.s === 'for') for (const one of s.step) stmt(one);
      has = outcome.no;
    });
  };

  const stmt = (s: Stmt): void => {
    switch (s.s) {
      case 'block':
        for (const one of s.body) stmt(one);
        return;
      case 'local':
        for (const v of s.vars) {
          if (v.init) expr(v.init);
          else if (v.sym) tracked.add(v.sym);
        }
        return;
      case 'if': {
        const { yes, no } = test(s.test);
        has = yes;
        stmt(s.yes);
        const after = has;
        has = no;
        if (s.no) stmt(s.no);
        has = both(after, has);
        return;
      }
      case 'while':
      case 'for':
        loop(s);
        return;
      case 'do':
        target('loop', () => {
          stmt(s.body);
          has = test(s.test).no;
        });
        return;
      case 'for-each': {
        expr(s.of);
        const before = has;
        target('loop', () => {
          stmt(s.body);
          has = before;
        });
        return;
      }
      case 'switch':
        expr(s.of);
        cases(s.cases, 'switch');
        return;
      case 'labeled':
        label = s.label;
        if (['while', 'do', 'for', 'for-each'].includes(s.body.s)) stmt(s.body);
        else target('label', () => stmt(s.body));
        return;
      case 'break':
      case 'continue': {
        const to = targets.findLast((t) =>
          s.label !== undefined ? t.label === s.label : t.kind === 'loop' || (s.s === 'break' && t.kind === 'switch'),
        );
        if (to && s.s === 'break') to.exit = both(to.exit, has);
        has = undefined;
        return;
      }
      case 'yield': {
        expr(s.of);
        const to = targets.findLast((t) => t.kind === 'value');
        if (to) to.exit = both(to.exit, has);
        has = undefined;
        return;
      }
      case 'return':
      case 'throw':
        if (s.of) expr(s.of);
        has = undefined;
        return;
      case 'try': {
        const first = has;
        stmt(s.body);
        let end = has;
        for (const one of s.catches) {
          has = first;
          stmt(one.body);
          end = both(end, has);
        }
        if (s.last) {
          has = first;
          stmt(s.last);
          // what the last part gave stays on every way
          const given = has;
          end = end && given ? new Set([...end, ...given]) : undefined;
        }
        has = end;
        return;
      }
      case 'sync':
        expr(s.of);
        stmt(s.body);
        return;
      case 'expr':
        expr(s.of);
    }
  };

  const fields = decl.members.flatMap((m) =>
    m.m === 'field' && !m.init && m.sym && (m.sym.flags & (flag.final | flag.static)) === flag.final ? [m] : [],
  );
  const written = decl.members.some((m) => m.m === 'method' && m.name === '<init>');
  for (const { sym } of fields) if (sym) tracked.add(sym);
  let given: Has = none;
  for (const one of piecesOf(decl)) {
    if (one.p !== 'init') continue;
    has = one.static ? none : given;
    if (one.expr) expr(one.expr);
    if (one.block) stmt(one.block);
    if (!one.static) given = has;
  }
  if (!written)
    for (const { sym, pos } of fields)
      if (sym && given && !given.has(sym))
        wrong({ pos, message: `variable ${sym.name} not initialized in the default constructor` });
  for (const one of piecesOf(decl)) {
    if (one.p !== 'method' || !one.decl.body) continue;
    const { body, name } = one.decl;
    const [first] = body.body;
    const other = first?.s === 'expr' && first.of.e === 'call' && first.of.name === 'this' && !first.of.object;
    targets = [];
    // whoever calls a method or another constructor finds the fields with their values
    has = name === '<init>' && !other ? given : new Set(fields.flatMap(({ sym }) => sym ?? []));
    stmt(body);
    if (name !== '<init>' || !has) continue;
    for (const { sym } of fields)
      if (sym && !has.has(sym))
        wrong({ pos: body.end, message: `variable ${sym.name} might not have been initialized` });
  }
}
