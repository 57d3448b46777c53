import { Beyond } from '../core/tree.ts';
import type { Expr, Item } from './ast.ts';
import type { Emitter } from './compile.ts';
import { compileExpr, compileKept, pushClass, quiet } from './compile-expr.ts';

/** Can a value be put there, or a reference be taken of it? */
export function writable(x: Expr): boolean {
  if (x.k === 'var') return x.name !== 'this';
  if (x.k === 'sprop') return true;
  if (x.k === 'prop') return !x.safe;
  return x.k === 'index' && (writable(x.obj) || x.obj.k === 'mcall' || (x.obj.k === 'var' && x.obj.name === 'this'));
}

/**
 * The way to a place, from a variable (`v:name`), a static property (`s:name`, its class on the stack) or a value on the
 * stack (`*`), by keys on the stack (`i`), the end of a list (`a`) and properties (`p:name`, `p` with its name on the stack).
 */
export function pathOf(x: Expr): readonly string[] {
  if (x.k === 'var' && x.name !== 'this') return [`v:${x.name}`];
  if (x.k === 'sprop') return [`s:${x.name}`];
  if (x.k === 'index') return [...pathOf(x.obj), x.key ? 'i' : 'a'];
  if (x.k === 'prop') return [...pathOf(x.obj), typeof x.name === 'string' ? `p:${x.name}` : 'p'];
  return ['*'];
}

/** Emits what the way needs on the stack, outermost first. */
function keys(e: Emitter, x: Expr): void {
  if (x.k === 'var' && x.name !== 'this') return;
  if (x.k === 'sprop') pushClass(e, x.cls);
  else if (x.k === 'index') {
    keys(e, x.obj);
    if (x.key) compileExpr(e, x.key);
  } else if (x.k === 'prop') {
    keys(e, x.obj);
    if (typeof x.name !== 'string') compileExpr(e, x.name);
  } else compileExpr(e, x);
}

/** Emits an operation on a place. */
export function lvalue(e: Emitter, x: Expr, op: string, b?: string, c?: boolean): void {
  const { line } = x;
  keys(e, x);
  e.line = line;
  e.emit(op, pathOf(x), b, c);
}

/** Puts what is on top of the stack into a place, and leaves it there. */
export function storeTop(e: Emitter, target: Expr): void {
  if (target.k === 'var' && target.name !== 'this') {
    e.emit('set-var', target.name);
    return;
  }
  if (target.k === 'array') {
    unpack(e, target.items);
    return;
  }
  keys(e, target);
  e.emit('lv-store-below', pathOf(target));
}

function unpack(e: Emitter, items: readonly (Item | null)[]): void {
  items.forEach((item, i) => {
    if (!item) return;
    if (item.byRef || item.spread) throw new Beyond('taking apart by reference', [e.line, 0, e.line, 0]);
    e.emit('dup');
    if (item.key) compileExpr(e, item.key);
    else e.emit('const', i);
    e.emit('index', 'unpack');
    storeTop(e, item.value);
    e.emit('pop');
  });
}

/** Emits an assignment; its value stays on the stack. */
export function assign(e: Emitter, x: Expr & { k: 'assign' | 'bind' | 'incdec' }): void {
  const { target, line } = x;
  if (target.k === 'var' && target.name === 'this') throw new Beyond('an assignment to $this', [line, 0, line, 0]);
  if (x.k === 'incdec') {
    lvalue(e, target, 'lv-step', x.op, x.prefix);
    return;
  }
  if (x.k === 'bind') {
    if (!writable(x.value)) {
      compileKept(e, x.value);
      storeTop(e, target);
      return;
    }
    keys(e, target);
    lvalue(e, x.value, 'lv-ref');
    e.line = line;
    e.emit('lv-bind', pathOf(target));
    return;
  }
  if (x.op === '??') {
    quiet(e, target);
    const have = e.emit('jump-value-keep', 0);
    keys(e, target);
    compileKept(e, x.value);
    e.emit('lv-store', pathOf(target));
    e.here(have);
    return;
  }
  if (x.op !== '') {
    keys(e, target);
    compileExpr(e, x.value);
    e.line = line;
    e.emit('lv-op', pathOf(target), x.op);
    return;
  }
  if (target.k === 'array') {
    compileKept(e, x.value);
    unpack(e, target.items);
    return;
  }
  keys(e, target);
  compileKept(e, x.value);
  e.line = line;
  e.emit('lv-store', pathOf(target));
}
