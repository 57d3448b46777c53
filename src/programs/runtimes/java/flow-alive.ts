import type { Case, ClassDecl, Expr, Stmt } from './ast.ts';
import { partsOf, piecesOf } from './flow-tree.ts';
import type { Problem } from './problem.ts';
import { erase, nothing } from './types.ts';

interface Target {
  readonly label?: string;
  readonly kind: 'loop' | 'switch' | 'label' | 'value';
  broken: boolean;
  continued: boolean;
}

/** Which statements are reached, and whether methods end without their value (JLS 14.22). */
export function checkReached(decl: ClassDecl, wrong: (problem: Problem) => void): void {
  let targets: Target[] = [];
  let label: string | undefined;
  /** After a statement that is not reached, nothing is said of the method's end. */
  let recovered = false;

  const all = (body: readonly Stmt[], from: boolean): boolean => {
    let alive = from;
    let told = !from;
    for (const one of body) {
      if (!alive && !told) {
        wrong({ pos: one.pos, message: 'unreachable statement' });
        recovered = true;
        told = true;
        alive = true;
      }
      alive = stmt(one);
    }
    return alive;
  };
  const expr = (e: Expr): void => {
    for (const one of partsOf(e)) expr(one);
    if (e.e === 'lambda') {
      const before = targets;
      targets = [];
      if ('s' in e.body) all(e.body.body, true);
      else expr(e.body);
      targets = before;
    }
    if (e.e === 'switch') cases(e.cases, 'value');
  };
  const target = (kind: Target['kind'], act: (to: Target) => boolean): boolean => {
    const to: Target = { kind, broken: false, continued: false, ...(label === undefined ? {} : { label }) };
    label = undefined;
    targets.push(to);
    const alive = act(to);
    targets.pop();
    return alive;
  };
  const cases = (list: readonly Case[], kind: 'switch' | 'value'): boolean =>
    target(kind, (to) => {
      let alive = false;
      let ends = false;
      for (const one of list) {
        alive = all(one.body, true);
        if (one.arrow) ends ||= alive;
      }
      const covered = list.some((one) => one.isDefault);
      return to.broken || ends || !covered || (alive && !list.at(-1)?.arrow);
    });
  const looped = (body: Stmt, enter: boolean): void => {
    if (enter) stmt(body);
    else wrong({ pos: body.pos, message: 'unreachable statement' });
  };

  const stmt = (s: Stmt): boolean => {
    switch (s.s) {
      case 'block':
        return all(s.body, true);
      case 'local':
        for (const v of s.vars) if (v.init) expr(v.init);
        return true;
      case 'expr':
        expr(s.of);
        return true;
      case 'if': {
        expr(s.test);
        const yes = stmt(s.yes);
        return s.no ? stmt(s.no) || yes : true;
      }
      case 'while':
        expr(s.test);
        return target('loop', (to) => {
          looped(s.body, s.test.value !== false);
          return s.test.value !== true || to.broken;
        });
      case 'do':
        return target('loop', (to) => {
          const alive = stmt(s.body) || to.continued;
          expr(s.test);
          return (alive && s.test.value !== true) || to.broken;
        });
      case 'for':
        for (const one of s.init) stmt(one);
        if (s.test) expr(s.test);
        return target('loop', (to) => {
          looped(s.body, s.test?.value !== false);
          for (const one of s.step) stmt(one);
          return (s.test !== undefined && s.test.value !== true) || to.broken;
        });
      case 'for-each':
        expr(s.of);
        return target('loop', () => {
          stmt(s.body);
          return true;
        });
      case 'switch':
        expr(s.of);
        return cases(s.cases, 'switch');
      case 'labeled': {
        if (['while', 'do', 'for', 'for-each'].includes(s.body.s)) {
          label = s.label;
          return stmt(s.body);
        }
        label = s.label;
        return target('label', (to) => stmt(s.body) || to.broken);
      }
      case 'break':
      case 'continue': {
        const to = targets.findLast((t) =>
          s.label !== undefined ? t.label === s.label : t.kind === 'loop' || (s.s === 'break' && t.kind === 'switch'),
        );
        if (to && s.s === 'break') to.broken = true;
        else if (to) to.continued = true;
        return false;
      }
      case 'yield':
        expr(s.of);
        return false;
      case 'return':
      case 'throw':
        if (s.of) expr(s.of);
        return false;
      case 'try': {
        const marks = targets.map((t) => [t.broken, t.continued] as const);
        let alive = stmt(s.body);
        for (const one of s.catches) alive = stmt(one.body) || alive;
        if (!s.last || stmt(s.last)) return alive;
        // no way out of the parts before is taken
        for (const [i, t] of targets.entries()) [t.broken, t.continued] = marks[i] ?? [false, false];
        return false;
      }
      case 'sync':
        expr(s.of);
        return stmt(s.body);
      default:
        return true;
    }
  };

  for (const one of piecesOf(decl)) {
    targets = [];
    if (one.p === 'init') {
      if (one.expr) expr(one.expr);
      if (one.block) stmt(one.block);
      continue;
    }
    const { body, sym } = one.decl;
    if (!body) continue;
    recovered = false;
    const alive = all(body.body, true);
    if (alive && !recovered && sym && erase(sym.result) !== nothing)
      wrong({ pos: body.end, message: 'missing return statement' });
  }
}
