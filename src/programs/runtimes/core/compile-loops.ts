import type { Context, Emitter } from './compile.ts';
import { storeTop } from './compile-assign.ts';
import { compileExpr } from './compile-expr.ts';
import { block, compileStmts, unwind } from './compile-stmt.ts';
import { Beyond, type Stmt } from './tree.ts';

type Loop = Context & { kind: 'loop' | 'switch' | 'block' };

export function loop(
  e: Emitter,
  label: string | undefined,
  body: (context: Loop) => void,
  kind: Loop['kind'] = 'loop',
): Loop {
  const context: Loop = { kind, label, breaks: [], continues: [], keeps: 0 };
  e.contexts.push(context);
  body(context);
  e.contexts.pop();
  return context;
}

export function jumpOut(e: Emitter, s: Stmt & { k: 'break' | 'continue' }): void {
  for (let i = e.contexts.length - 1; i >= 0; i--) {
    const context = e.contexts[i];
    if (context?.kind !== 'loop' && context?.kind !== 'switch' && context?.kind !== 'block') continue;
    const fits =
      s.label === undefined
        ? context.kind === 'loop' || (context.kind === 'switch' && s.k === 'break')
        : context.label === s.label;
    if (!fits) continue;
    unwind(e, i + 1);
    const jump = e.emit('jump', 0);
    (s.k === 'break' ? context.breaks : context.continues).push(jump);
    return;
  }
  throw new Beyond(`'${s.k}' outside a loop`, s.at);
}

export function whileLoop(e: Emitter, s: Stmt & { k: 'while' }, label: string | undefined): void {
  const top = e.length;
  let end: number | undefined;
  const context = loop(e, label, (here) => {
    if (!s.after) {
      compileExpr(e, s.test);
      end = e.emit('jump-false', 0);
    }
    block(e, s.body);
    for (const jump of here.continues) e.here(jump);
    if (s.after) {
      compileExpr(e, s.test);
      e.emit('jump-true', top);
    } else e.emit('jump', top);
  });
  if (end !== undefined) e.here(end);
  if (s.else) compileStmts(e, s.else);
  for (const jump of context.breaks) e.here(jump);
}

export function forLoop(e: Emitter, s: Stmt & { k: 'for' }, label: string | undefined): void {
  const own = s.init !== null && s.init.k === 'declare' && s.init.how !== 'var';
  if (own) {
    e.emit('enter');
    e.contexts.push({ kind: 'scope' });
  }
  if (s.init) compileStmts(e, [s.init]);
  const top = e.length;
  let end: number | undefined;
  const context = loop(e, label, (here) => {
    if (s.test) {
      compileExpr(e, s.test);
      end = e.emit('jump-false', 0);
    }
    block(e, s.body);
    for (const jump of here.continues) e.here(jump);
    if (own && e.unit.lang === 'js') e.emit('copy-scope'); // closures of this round keep its variables
    if (s.update) compileStmts(e, [s.update]);
    e.emit('jump', top);
  });
  if (end !== undefined) e.here(end);
  for (const jump of context.breaks) e.here(jump);
  if (own) {
    e.contexts.pop();
    e.emit('leave');
  }
}

export function eachLoop(e: Emitter, s: Stmt & { k: 'each' }, label: string | undefined): void {
  compileExpr(e, s.source);
  const pairs = s.of === 'range';
  e.emit('iterate', s.async ? 'async' : s.of);
  e.contexts.push({ kind: 'pop' });
  const top = e.length;
  let end = 0;
  const context = loop(e, label, (here) => {
    if (s.async && e.unit.lang === 'js') {
      e.emit('async-next');
      e.emit('await');
      end = e.emit('async-done', 0);
    } else {
      end = e.emit('next', 0);
      if (s.async) e.emit('await');
    }
    const own = s.declares !== null && s.declares !== 'var';
    if (own) {
      e.emit('enter');
      e.contexts.push({ kind: 'scope' });
    }
    if (pairs) e.emit('unpack', 2, -1);
    for (const target of pairs ? [s.target[0] ?? null, s.target[1] ?? null] : s.target) {
      if (target) storeTop(e, target, own ? 'init' : null, false);
      else e.emit('pop');
    }
    block(e, s.body);
    if (own) {
      e.contexts.pop();
      e.emit('leave');
    }
    // a `continue` has left the scope itself
    for (const jump of here.continues) e.here(jump);
    e.emit('jump', top);
  });
  e.here(end);
  e.contexts.pop();
  if (s.else) {
    e.emit('pop');
    compileStmts(e, s.else);
    const over = e.emit('jump', 0);
    for (const jump of context.breaks) e.here(jump);
    e.emit('pop');
    e.here(over);
    return;
  }
  if (context.breaks.length > 0 && e.unit.lang === 'js') {
    const over = e.emit('jump', 0);
    for (const jump of context.breaks) e.here(jump);
    e.emit('iterator-close', 0);
    e.here(over);
  } else for (const jump of context.breaks) e.here(jump);
  e.emit('pop');
}
