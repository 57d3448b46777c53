import type { Emitter } from './compile.ts';
import { storeTop } from './compile-assign.ts';
import { compileExpr } from './compile-expr.ts';
import { block, compileStmts } from './compile-stmt.ts';
import type { Stmt } from './tree.ts';

/** try … except/catch … else … finally. What is in `finally` is emitted once for every way out. */
export function tryStatement(e: Emitter, s: Stmt & { k: 'try' }): void {
  const last = s.finally;
  const outer = last ? e.emit('try', 0) : undefined;
  if (last) e.contexts.push({ kind: 'finally', body: last });
  catching(e, s);
  if (!last || outer === undefined) return;
  e.contexts.pop();
  e.emit('untry');
  block(e, last);
  const end = e.emit('jump', 0);
  e.here(outer);
  e.emit('handling', 'finally');
  e.contexts.push({ kind: 'handling' });
  block(e, last);
  e.contexts.pop();
  e.emit('reraise');
  e.here(end);
}

function catching(e: Emitter, s: Stmt & { k: 'try' }): void {
  if (s.catches.length === 0) {
    block(e, s.body);
    return;
  }
  const handler = e.emit('try', 0);
  e.contexts.push({ kind: 'try' });
  block(e, s.body);
  e.contexts.pop();
  e.emit('untry');
  if (s.else) compileStmts(e, s.else);
  const ends = [e.emit('jump', 0)];
  e.here(handler);
  e.emit('handling'); // the exception is kept with the frame, and on the stack no more
  e.contexts.push({ kind: 'handling' });
  for (const { types, name, body } of s.catches) {
    let next: number | undefined;
    if (types) {
      compileExpr(e, types);
      e.emit('matches');
      next = e.emit('jump-false', 0);
    }
    const scoped = e.unit.lang === 'js' && name !== null;
    if (scoped) {
      e.emit('enter');
      e.contexts.push({ kind: 'scope' });
    }
    if (name) {
      e.emit('exception');
      storeTop(e, name, scoped ? 'init' : null, false);
    }
    block(e, body);
    if (scoped) {
      e.contexts.pop();
      e.emit('leave');
    }
    e.emit('handled');
    ends.push(e.emit('jump', 0));
    if (next !== undefined) e.here(next);
  }
  e.contexts.pop();
  e.emit('reraise');
  for (const end of ends) e.here(end);
}

/** with …: what the context manager wants done at the end happens on every way out. */
export function withStatement(e: Emitter, s: Stmt & { k: 'with' }): void {
  const [first, ...others] = s.items;
  if (!first) {
    compileStmts(e, s.body);
    return;
  }
  compileExpr(e, first.e);
  e.emit('with-enter'); // manager, entered value
  if (first.as) storeTop(e, first.as, null, false);
  else e.emit('pop');
  const name = `%with${e.length}`;
  e.emit('init', name);
  const exit: Stmt = {
    k: 'expr',
    at: s.at,
    e: {
      k: 'call',
      at: s.at,
      fn: { k: 'name', id: '%exit', at: s.at },
      args: [{ value: { k: 'name', id: name, at: s.at } }],
    },
  };
  const handler = e.emit('try', 0);
  e.contexts.push({ kind: 'finally', body: [exit] });
  withStatement(e, { ...s, items: others });
  e.contexts.pop();
  e.emit('untry');
  compileStmts(e, [exit]);
  const end = e.emit('jump', 0);
  e.here(handler);
  e.emit('handling');
  e.emit('exception');
  e.emit('with-fail', name); // leaves whether the manager has dealt with it
  const dealt = e.emit('jump-true', 0);
  e.emit('reraise');
  e.here(dealt);
  e.emit('handled');
  e.here(end);
}
