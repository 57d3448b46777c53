import type { Emitter } from './compile.ts';
import { compileExpr, copied, named } from './compile-expr.ts';
import { Beyond, type Expr } from './tree.ts';

export function assign(e: Emitter, x: Expr & { k: 'assign' }): void {
  const { target, op, value } = x;
  if (op === 'init') {
    storeTop(e, target, 'init', false);
    return;
  } // the value is there already
  if (op === '=') {
    if (target.k === 'get' || target.k === 'index') {
      compileExpr(e, target.obj);
      if (target.k === 'index') compileExpr(e, target.key);
      compileExpr(e, value);
      copied(e, value);
      if (target.k === 'get') e.emit('set', target.name);
      else e.emit('set-index');
      return;
    }
    compileExpr(e, target.k === 'name' ? named(value, target.id) : value);
    copied(e, value);
    storeTop(e, target, null, true);
    return;
  }
  const logic = op === '&&=' || op === '||=' || op === '??=';
  const simple = op.slice(0, -1);
  if (target.k === 'get' || target.k === 'index') {
    compileExpr(e, target.obj);
    if (target.k === 'index') {
      compileExpr(e, target.key);
      e.emit('dup-two');
      e.emit('index');
    } else {
      e.emit('dup');
      e.emit('get', target.name);
    }
  } else compileExpr(e, target);
  const skip = logic
    ? e.emit(simple === '&&' ? 'jump-false-keep' : simple === '||' ? 'jump-true-keep' : 'jump-value-keep', 0)
    : undefined;
  compileExpr(e, value);
  if (skip === undefined) e.emit('binary', e.unit.lang === 'py' ? op : simple);
  else e.here(skip);
  if (target.k === 'get') e.emit('set', target.name);
  else if (target.k === 'index') e.emit('set-index');
  else storeTop(e, target, null, true);
}

/** Stores the value on top of the stack; it stays there when `keep`. `how` declares the names in it. */
export function storeTop(e: Emitter, target: Expr, how: 'init' | 'const' | 'var' | null, keep: boolean): void {
  if (keep) e.emit('dup');
  switch (target.k) {
    case 'name':
      if (target.id === '_' && e.unit.lang === 'go') e.emit('pop');
      else e.emit(how === null || how === 'var' ? 'store' : how === 'const' ? 'init-const' : 'init', target.id);
      return;
    case 'get':
      compileExpr(e, target.obj);
      e.emit('swap');
      e.emit('set', target.name);
      e.emit('pop');
      return;
    case 'index':
      compileExpr(e, target.obj);
      compileExpr(e, target.key);
      e.emit('rot-three'); // v o k → o k v
      e.emit('set-index');
      e.emit('pop');
      return;
    case 'un':
      if (target.op !== '*') break;
      compileExpr(e, target.e);
      e.emit('swap');
      e.emit('set-pointer');
      return;
    case 'list':
    case 'tuple': {
      const star = target.items.findIndex(({ k }) => k === 'spread');
      e.emit('unpack', target.items.length, star);
      for (const item of target.items) storeTop(e, item.k === 'spread' ? item.e : item, how, false);
      return;
    }
    case 'dict': {
      const seen = target.entries.flatMap(({ key }) => (key?.k === 'const' ? [String(key.v)] : []));
      e.emit('need-object');
      for (const { key, value } of target.entries) {
        e.emit('dup');
        if (key === null) e.emit('rest', seen);
        else {
          compileExpr(e, key);
          e.emit('index');
        }
        storeTop(e, value, how, false);
      }
      e.emit('pop');
      return;
    }
    case 'assign': {
      const skip = e.emit('jump-defined', 0);
      e.emit('pop');
      compileExpr(e, target.target.k === 'name' ? named(target.value, target.target.id) : target.value);
      e.here(skip);
      storeTop(e, target.target, how, false);
      return;
    }
    case 'const':
      e.emit('pop'); // an empty place in a pattern
      return;
  }
  throw new Beyond('an assignment to this', target.at);
}
