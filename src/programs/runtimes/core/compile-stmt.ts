import type { Emitter } from './compile.ts';
import { storeTop } from './compile-assign.ts';
import { makeClass, makeFunction } from './compile-call.ts';
import { compileExpr, copied, named } from './compile-expr.ts';
import { eachLoop, forLoop, jumpOut, loop, whileLoop } from './compile-loops.ts';
import { hoist } from './compile-names.ts';
import { selectStatement, switchStatement } from './compile-switch.ts';
import { tryStatement, withStatement } from './compile-try.ts';
import { Beyond, type Expr, type Stmt } from './tree.ts';

/** Emits statements in order. */
export function compileStmts(e: Emitter, body: readonly Stmt[]): void {
  for (const s of body) {
    e.at = s.at;
    stmt(e, s);
  }
}

/** A body with a scope of its own, where it declares something. */
export function block(e: Emitter, body: readonly Stmt[]): void {
  const own =
    e.unit.lang !== 'py' &&
    body.some((s) => (s.k === 'declare' && s.how !== 'var') || s.k === 'class' || s.k === 'fn' || s.k === 'typedef');
  if (!own) {
    compileStmts(e, body);
    return;
  }
  e.emit('enter');
  e.contexts.push({ kind: 'scope' });
  hoist(e, body);
  compileStmts(e, body);
  e.contexts.pop();
  e.emit('leave');
}

/** Emits what must be undone on the way from here out to the context at `depth`. */
export function unwind(e: Emitter, depth: number, returning = false): void {
  const all = e.contexts;
  for (let i = all.length - 1; i >= depth; i--) {
    const context = all[i];
    if (context?.kind === 'scope') e.emit('leave');
    else if (context?.kind === 'pop') {
      if (e.unit.lang === 'js') e.emit('iterator-close', returning ? 1 : 0);
      e.emit(returning ? 'nip' : 'pop'); // the iterator, below what is returned
    } else if (context?.kind === 'try') e.emit('untry');
    else if (context?.kind === 'handling') e.emit('handled');
    else if (context?.kind === 'finally') {
      e.contexts = all.slice(0, i);
      e.emit('untry');
      compileStmts(e, context.body);
      e.contexts = all;
    }
  }
}

function stmt(e: Emitter, s: Stmt, label?: string): void {
  switch (s.k) {
    case 'expr':
      compileExpr(e, s.e);
      e.emit('pop');
      return;
    case 'declare':
      if (s.value) {
        compileExpr(e, s.target.k === 'name' ? named(s.value, s.target.id) : s.value);
        copied(e, s.value);
      } else if (s.how === 'var') return;
      else e.emit('undef');
      storeTop(e, s.target, s.how === 'let' ? 'init' : s.how, false);
      return;
    case 'if': {
      compileExpr(e, s.test);
      const no = e.emit('jump-false', 0);
      block(e, s.yes);
      if (s.no.length === 0) {
        e.here(no);
        return;
      }
      const end = e.emit('jump', 0);
      e.here(no);
      block(e, s.no);
      e.here(end);
      return;
    }
    case 'while':
      whileLoop(e, s, label);
      return;
    case 'for':
      forLoop(e, s, label);
      return;
    case 'each':
      eachLoop(e, s, label);
      return;
    case 'block':
      block(e, s.body);
      return;
    case 'return':
      if (s.e) {
        compileExpr(e, s.e);
        copied(e, s.e);
        if (e.code.def?.named && e.unit.lang === 'go') e.emit('set-results', e.code.def.named);
      } else if (e.code.def?.named && e.unit.lang === 'go') e.emit('named-results', e.code.def.named);
      else e.emit(e.unit.lang === 'js' ? 'undef' : 'none');
      unwind(e, 0, true);
      e.emit('return');
      return;
    case 'break':
    case 'continue':
      jumpOut(e, s);
      return;
    case 'label': {
      if (['for', 'while', 'each', 'switch', 'select'].includes(s.body.k)) {
        stmt(e, s.body, s.name);
        return;
      }
      const context = loop(e, s.name, () => stmt(e, s.body), 'block');
      for (const jump of context.breaks) e.here(jump);
      return;
    }
    case 'throw':
      if (!s.e) e.emit('reraise');
      else {
        compileExpr(e, s.e);
        if (s.cause) compileExpr(e, s.cause);
        e.emit('throw', s.cause ? 'from' : '');
      }
      return;
    case 'try':
      tryStatement(e, s);
      return;
    case 'with':
      withStatement(e, s);
      return;
    case 'fn':
      if (e.unit.lang === 'py') {
        for (const decorator of s.def.decorators ?? []) compileExpr(e, decorator);
        makeFunction(e, s.def);
        for (const _ of s.def.decorators ?? []) e.emit('call', 1);
        e.emit('store', s.def.name);
      }
      return; // hoisted elsewhere
    case 'class':
      for (const decorator of s.def.decorators ?? []) compileExpr(e, decorator);
      makeClass(e, s.def);
      for (const _ of s.def.decorators ?? []) e.emit('call', 1);
      e.emit(e.unit.lang === 'py' ? 'store' : 'init', s.def.name);
      return;
    case 'switch':
      switchStatement(e, s, label);
      return;
    case 'import':
      e.emit('import', s.module, s.level ?? 0);
      e.emit('import-names', s.as, s.names?.map(([name]) => name) ?? null, s.names?.map(([, as]) => as) ?? null);
      return;
    case 'export':
      for (const [local, as] of s.names) e.emit('export', local, as);
      return;
    case 'delete':
      for (const target of s.targets) remove(e, target);
      return;
    case 'assert': {
      compileExpr(e, s.test);
      const fine = e.emit('jump-true', 0);
      if (s.message) compileExpr(e, s.message);
      else e.emit('none');
      e.emit('assert');
      e.here(fine);
      return;
    }
    case 'go':
    case 'defer': {
      if (s.call.k !== 'call') throw new Beyond(`${s.k} without a call`, s.at);
      compileExpr(e, s.call.fn);
      for (const { value } of s.call.args) compileExpr(e, value);
      e.emit(s.k, s.call.args.length);
      return;
    }
    case 'send':
      compileExpr(e, s.chan);
      compileExpr(e, s.value);
      e.emit('send');
      return;
    case 'select':
      selectStatement(e, s, label);
      return;
    case 'typedef':
    case 'global':
    case 'empty':
      return;
  }
}

function remove(e: Emitter, target: Expr): void {
  if (target.k === 'name') e.emit('delete-name', target.id);
  else if (target.k === 'get') {
    compileExpr(e, target.obj);
    e.emit('delete-attribute', target.name);
  } else if (target.k === 'index') {
    compileExpr(e, target.obj);
    compileExpr(e, target.key);
    e.emit('delete-item');
  } else throw new Beyond('del of this', target.at);
}
