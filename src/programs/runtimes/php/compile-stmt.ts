import { Beyond } from '../core/tree.ts';
import type { Expr, Stmt } from './ast.ts';
import { declareClass, declareFunction, type Emitter, type Loop } from './compile.ts';
import { lvalue, pathOf, storeTop } from './compile-assign.ts';
import { compileExpr, compileKept } from './compile-expr.ts';

/** Emits statements in order. */
export function compileStmts(e: Emitter, body: readonly Stmt[]): void {
  for (const s of body) {
    e.line = s.line;
    stmt(e, s);
  }
}

function effect(e: Emitter, x: Expr): void {
  compileExpr(e, x);
  e.emit('pop');
}

/** Emits what must be undone on the way out to the guard at `depth`. */
function unwind(e: Emitter, depth: number): void {
  const all = e.guards;
  for (let i = all.length - 1; i >= depth; i--) {
    const guard = all[i];
    if (guard?.kind === 'try') e.emit('untry');
    else if (guard?.kind === 'handling') e.emit('handled');
    else if (guard?.kind === 'loop') for (let k = 0; k < guard.loop.keeps; k++) e.emit('pop');
    else if (guard?.kind === 'finally') {
      e.guards = all.slice(0, i);
      e.emit('untry');
      compileStmts(e, guard.body);
      e.guards = all;
    }
  }
}

/** Emits a loop's inside; `continues` are put where `next` says. */
function looping(e: Emitter, keeps: number, inside: (loop: Loop) => void): void {
  const loop: Loop = { breaks: [], continues: [], keeps, depth: e.guards.length };
  e.guards = [...e.guards, { kind: 'loop', loop }];
  inside(loop);
  e.guards = e.guards.slice(0, -1);
  for (const jump of loop.breaks) e.here(jump);
}

function jumpOut(e: Emitter, s: Stmt & { k: 'break' | 'continue' }): void {
  const loops = e.guards.flatMap((g) => (g.kind === 'loop' ? [g.loop] : []));
  const loop = loops[loops.length - s.levels];
  if (!loop) throw new Beyond(`'${s.k}' that is not in a loop`, [s.line, 0, s.line, 0]);
  unwind(e, loop.depth + 1);
  (s.k === 'break' ? loop.breaks : loop.continues).push(e.emit('jump', 0));
}

function stmt(e: Emitter, s: Stmt): void {
  switch (s.k) {
    case 'expr':
      effect(e, s.e);
      return;
    case 'echo':
      for (const one of s.all) {
        compileExpr(e, one);
        e.emit('echo');
      }
      return;
    case 'if': {
      compileExpr(e, s.test);
      const no = e.emit('jump-false', 0);
      compileStmts(e, s.yes);
      const end = s.no.length > 0 ? e.emit('jump', 0) : undefined;
      e.here(no);
      compileStmts(e, s.no);
      if (end !== undefined) e.here(end);
      return;
    }
    case 'while':
      looping(e, 0, (loop) => {
        const top = e.length;
        let out: number | undefined;
        if (!s.after) {
          compileExpr(e, s.test);
          out = e.emit('jump-false', 0);
        }
        compileStmts(e, s.body);
        for (const jump of loop.continues) e.here(jump);
        if (s.after) {
          compileExpr(e, s.test);
          e.emit('jump-true', top);
        } else e.emit('jump', top);
        if (out !== undefined) e.here(out);
      });
      return;
    case 'for':
      for (const one of s.init) effect(e, one);
      looping(e, 0, (loop) => {
        const top = e.length;
        s.test.slice(0, -1).forEach((one) => {
          effect(e, one);
        });
        const last = s.test.at(-1);
        let out: number | undefined;
        if (last) {
          compileExpr(e, last);
          out = e.emit('jump-false', 0);
        }
        compileStmts(e, s.body);
        for (const jump of loop.continues) e.here(jump);
        for (const one of s.update) effect(e, one);
        e.emit('jump', top);
        if (out !== undefined) e.here(out);
      });
      return;
    case 'foreach':
      foreach(e, s);
      return;
    case 'switch':
      compileExpr(e, s.on);
      looping(e, 1, (loop) => {
        const entries = s.cases.map(({ test }) => {
          if (!test) return undefined;
          e.emit('dup');
          compileExpr(e, test);
          e.emit('binary', '==');
          return e.emit('jump-true', 0);
        });
        const otherwise = e.emit('jump', 0);
        s.cases.forEach(({ body }, i) => {
          const entry = entries[i];
          if (entry === undefined) e.here(otherwise);
          else e.here(entry);
          compileStmts(e, body);
        });
        if (s.cases.every(({ test }) => test !== null)) e.here(otherwise);
        e.emit('pop');
        const end = e.emit('jump', 0);
        for (const jump of [...loop.continues, ...loop.breaks.splice(0)]) e.here(jump);
        // who breaks comes here with the value still there
        e.emit('pop');
        e.here(end);
      });
      return;
    case 'break':
    case 'continue':
      jumpOut(e, s);
      return;
    case 'return':
      if (s.e) compileKept(e, s.e);
      else e.emit('none');
      if (e.guards.length > 0) {
        e.emit('set-var', '%return');
        e.emit('pop');
        unwind(e, 0);
        e.emit('var', '%return');
      }
      e.line = s.line;
      e.emit('return-checked');
      e.emit('return');
      return;
    case 'strict':
      return;
    case 'block':
      for (const one of s.body) if (one.k === 'fn') declareFunction(e, one.def);
      compileStmts(
        e,
        s.body.filter((one) => one.k !== 'fn'),
      );
      return;
    case 'fn':
      declareFunction(e, s.def);
      return;
    case 'class':
      e.emit('declare-class', declareClass(e, s.def), false);
      return;
    case 'try':
      tryStatement(e, s);
      return;
    case 'global':
      e.emit('global', s.names);
      return;
    case 'static':
      for (const { name, initial } of s.vars) {
        const skip = e.emit('static-var', 0, name, e.length);
        if (initial) compileExpr(e, initial);
        else e.emit('none');
        e.emit('set-var', name);
        e.emit('pop');
        e.here(skip);
      }
      return;
    case 'unset':
      for (const one of s.all) lvalue(e, one, 'lv-unset');
      return;
    case 'constants':
      for (const { name, value } of s.all) {
        compileExpr(e, value);
        e.emit('define', name);
      }
  }
}

function foreach(e: Emitter, s: Stmt & { k: 'foreach' }): void {
  if (s.byRef) lvalue(e, s.source, 'lv-ref');
  else compileExpr(e, s.source);
  e.line = s.line;
  e.emit('iter', s.byRef);
  looping(e, 1, (loop) => {
    const top = e.length;
    e.line = s.line;
    const out = e.emit('iter-next', 0); // key, then value on top
    if (s.byRef) {
      if (s.value.k !== 'var') throw new Beyond('a reference to this in foreach', [s.line, 0, s.line, 0]);
      e.emit('lv-bind', pathOf(s.value));
    } else storeTop(e, s.value);
    e.emit('pop');
    if (s.key) storeTop(e, s.key);
    e.emit('pop');
    compileStmts(e, s.body);
    for (const jump of loop.continues) e.here(jump);
    e.emit('jump', top);
    e.here(out);
    for (const jump of loop.breaks.splice(0)) e.here(jump);
    e.emit('pop');
  });
}

function tryStatement(e: Emitter, s: Stmt & { k: 'try' }): void {
  const last = s.finally;
  const outer = last ? e.emit('try', 0) : undefined;
  if (last) e.guards = [...e.guards, { kind: 'finally', body: last }];
  const handler = e.emit('try', 0);
  e.guards = [...e.guards, { kind: 'try' }];
  compileStmts(e, s.body);
  e.guards = e.guards.slice(0, -1);
  e.emit('untry');
  const ends = [e.emit('jump', 0)];
  e.here(handler);
  e.emit('handling');
  e.guards = [...e.guards, { kind: 'handling' }];
  for (const { types, name, body } of s.catches) {
    e.emit(
      'caught',
      types.map((t) => t.replace(/^\\/, '')),
    );
    const next = e.emit('jump-false', 0);
    if (name !== null) {
      e.emit('exception');
      e.emit('set-var', name);
      e.emit('pop');
    }
    compileStmts(e, body);
    e.emit('handled');
    ends.push(e.emit('jump', 0));
    e.here(next);
  }
  e.guards = e.guards.slice(0, -1);
  e.emit('reraise');
  for (const end of ends) e.here(end);
  if (!last || outer === undefined) return;
  e.guards = e.guards.slice(0, -1);
  e.emit('untry');
  compileStmts(e, last);
  const end = e.emit('jump', 0);
  e.here(outer);
  e.emit('handling');
  e.guards = [...e.guards, { kind: 'handling' }];
  compileStmts(e, last);
  e.guards = e.guards.slice(0, -1);
  e.emit('reraise');
  e.here(end);
}
