import type { Case, ClassDecl, Expr, Stmt } from './ast.ts';
import type { Classes } from './classes.ts';
import { partsOf, piecesOf } from './flow-tree.ts';
import type { Problem } from './problem.ts';
import { classType, erase, type JavaType, show, type Variable } from './types.ts';

interface Thrown {
  readonly type: JavaType & { t: 'class' };
  readonly pos: number;
  /** The resource whose close() throws it. */
  readonly closes?: string;
}

/** Checked exceptions are caught or declared; those that are caught can come (JLS 11.2). */
export function checkThrows(classes: Classes, decl: ClassDecl, wrong: (problem: Problem) => void): void {
  let thrown: Thrown[] = [];
  /** What a catch's variable may hold, where it is thrown again. */
  const again = new Map<Variable, readonly Thrown[]>();
  const below = (type: JavaType, above: string) => type.t === 'class' && classes.below(type.name, above);
  const checked = (type: JavaType) =>
    below(type, 'java/lang/Throwable') && !below(type, 'java/lang/RuntimeException') && !below(type, 'java/lang/Error');
  const raise = (types: readonly JavaType[], pos: number, closes?: string): void => {
    for (const one of types) {
      const type = erase(one);
      if (type.t === 'class' && one.t !== 'var')
        thrown.push({ type, pos, ...(closes === undefined ? {} : { closes }) });
    }
  };
  /** What `act` throws, and nothing of it stays. */
  const apart = (act: () => void): Thrown[] => {
    const before = thrown;
    thrown = [];
    act();
    const own = thrown;
    thrown = before;
    return own;
  };
  const report = (all: readonly Thrown[], allowed: readonly JavaType[]): void => {
    for (const { type, pos, closes } of all) {
      if (!checked(type) || allowed.some((t) => t.t === 'class' && classes.below(type.name, t.name))) continue;
      wrong({
        pos,
        message: `unreported exception ${show(type)}; must be caught or declared to be thrown`,
        ...(closes === undefined
          ? {}
          : { details: [`  exception thrown from implicit call to close() on resource variable '${closes}'`] }),
      });
    }
  };

  const expr = (e: Expr): void => {
    for (const one of partsOf(e)) expr(one);
    if (e.e === 'call' && e.sym) raise(e.sym.throws, e.pos);
    if (e.e === 'new' && e.sym) raise(e.sym.throws, e.pos);
    if (e.e === 'switch') cases(e.cases);
    if (e.e === 'lambda') {
      const { body } = e;
      const own = apart(() => ('s' in body ? stmt(body) : expr(body)));
      report(own, e.made?.method.throws.map(erase) ?? []);
    }
  };
  const cases = (all: readonly Case[]): void => {
    for (const one of all) for (const s of one.body) stmt(s);
  };
  const attempt = (s: Stmt & { s: 'try' }): void => {
    const inBody = apart(() => stmt(s.body));
    const { closes } = s;
    if (closes) {
      const { last } = s;
      if (last)
        for (const one of apart(() => stmt(last))) thrown.push({ ...one, pos: closes.pos, closes: closes.name });
      thrown.push(...inBody);
      return;
    }
    let left = inBody;
    const before: JavaType[] = [];
    for (const one of s.catches) {
      const types = (one.caught ?? []).map(erase);
      const got = left.filter(({ type }) => types.some((t) => t.t === 'class' && classes.below(type.name, t.name)));
      types.forEach((type, i) => {
        if (type.t !== 'class') return;
        const pos = one.types.length > 1 ? (one.types[i]?.pos ?? one.pos) : one.pos;
        if (before.some((t) => t.t === 'class' && classes.below(type.name, t.name)))
          wrong({ pos, message: `exception ${show(type)} has already been caught` });
        else if (
          checked(type) &&
          !/^java\/lang\/(?:Exception|Throwable)$/.test(type.name) &&
          !inBody.some((t) => classes.below(t.type.name, type.name) || classes.below(type.name, t.type.name))
        )
          wrong({ pos, message: `exception ${show(type)} is never thrown in body of corresponding try statement` });
        before.push(type);
      });
      left = left.filter((t) => !got.includes(t));
      if (one.item.sym && (one.item.sym.assigned ?? 0) <= 1) again.set(one.item.sym, got);
    }
    const rest = apart(() => {
      thrown.push(...left);
      for (const one of s.catches) stmt(one.body);
    });
    const { last } = s;
    if (!last || ends(last)) thrown.push(...rest);
    if (last) stmt(last);
  };
  const stmt = (s: Stmt): void => {
    switch (s.s) {
      case 'block':
        for (const one of s.body) stmt(one);
        return;
      case 'local':
        for (const v of s.vars) if (v.init) expr(v.init);
        return;
      case 'if':
        expr(s.test);
        stmt(s.yes);
        if (s.no) stmt(s.no);
        return;
      case 'do':
      case 'while':
        expr(s.test);
        stmt(s.body);
        return;
      case 'for':
        for (const one of s.init) stmt(one);
        if (s.test) expr(s.test);
        for (const one of s.step) stmt(one);
        stmt(s.body);
        return;
      case 'switch':
        expr(s.of);
        cases(s.cases);
        return;
      case 'throw': {
        expr(s.of);
        const sym = s.of.e === 'name' ? s.of.sym : undefined;
        const kept = sym && again.get(sym);
        if (kept) thrown.push(...kept.map((one) => ({ ...one, pos: s.pos })));
        else if (s.of.type) raise([s.of.type], s.pos);
        return;
      }
      case 'try':
        attempt(s);
        return;
      case 'labeled':
        stmt(s.body);
        return;
      case 'for-each':
      case 'sync':
        expr(s.of);
        stmt(s.body);
        return;
      case 'return':
      case 'expr':
      case 'yield':
        if (s.of) expr(s.of);
    }
  };

  const constructors = decl.members.flatMap((m) => (m.m === 'method' && m.name === '<init>' && m.sym ? [m.sym] : []));
  const everywhere = (constructors[0]?.throws ?? []).filter((t) =>
    constructors.every((one) => one.throws.some((other) => t.t === 'class' && below(t, nameOf(other)))),
  );
  for (const one of piecesOf(decl)) {
    if (one.p === 'init') {
      const own = apart(() => {
        if (one.expr) expr(one.expr);
        if (one.block) stmt(one.block);
      });
      // an anonymous class may throw what it likes while it is made
      if (decl.name !== '' || one.static) report(own, one.static ? [] : everywhere);
      continue;
    }
    const { body, sym } = one.decl;
    if (body && sym)
      report(
        apart(() => stmt(body)),
        sym.throws.map(erase),
      );
  }
}

const nameOf = (type: JavaType): string => (type.t === 'class' ? type.name : classType('java/lang/Throwable').name);
/** Does a block come to its end? As far as its last statement says. */
function ends(block: Stmt & { s: 'block' }): boolean {
  const last = block.body.at(-1);
  return last === undefined || !['return', 'throw', 'break', 'continue'].includes(last.s);
}
