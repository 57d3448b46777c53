import { Beyond } from '../core/tree.ts';
import type { Value } from '../core/values.ts';
import type { Args, Expr, Item } from './ast.ts';
import { compileFunction, declareClass, type Emitter } from './compile.ts';
import { assign, lvalue, pathOf, writable } from './compile-assign.ts';

/** Values that may still belong to a variable: an array among them is copied when it is written to. */
const kept = new Set(['var', 'index', 'prop', 'sprop', 'cond', 'logic', 'assign', 'match', 'cconst', 'constant']);

/** Emits an expression whose value will be kept somewhere. */
export function compileKept(e: Emitter, x: Expr): void {
  compileExpr(e, x);
  if (kept.has(x.k)) e.emit('share');
}

/** `self`, `parent`, `static` and names, as far as they are known now. */
export function className(e: Emitter, cls: string): string {
  const low = cls.toLowerCase();
  if (low === 'self') return e.cls ?? 'self';
  if (low === 'parent') return e.parent ?? 'parent';
  return cls.replace(/^\\/, '');
}
export function pushClass(e: Emitter, cls: string | Expr): void {
  if (typeof cls !== 'string') {
    compileExpr(e, cls);
    e.emit('class-of');
  } else if (cls.toLowerCase() === 'static') e.emit('static-class');
  else e.emit('const', className(e, cls));
}

/** Emits an expression: its value comes onto the stack. */
export function compileExpr(e: Emitter, x: Expr): void {
  e.line = x.line;
  switch (x.k) {
    case 'const':
      e.emit('const', x.v);
      return;
    case 'text':
      for (const part of x.parts) {
        if (typeof part === 'string') e.emit('const', part);
        else {
          compileExpr(e, part);
          e.emit('to-string');
        }
      }
      e.emit('join', x.parts.length);
      return;
    case 'var':
      if (x.name === 'this') e.emit('this');
      else e.emit('var', x.name);
      return;
    case 'array':
      arrayLiteral(e, x.items);
      return;
    case 'index':
      if (!x.key) throw new Beyond('[] where a value is read', [x.line, 0, x.line, 0]);
      compileExpr(e, x.obj);
      compileExpr(e, x.key);
      e.line = x.line;
      e.emit('index', '');
      return;
    case 'prop':
      compileExpr(e, x.obj);
      property(e, x, '');
      return;
    case 'sprop':
      pushClass(e, x.cls);
      e.emit('sprop', x.name);
      return;
    case 'cconst':
      pushClass(e, x.cls);
      e.emit('class-const', x.name);
      return;
    case 'constant':
      constant(e, x.name);
      return;
    case 'call':
      if (typeof x.fn === 'string') {
        e.emit('fn', x.fn.replace(/^\\/, ''));
      } else {
        compileExpr(e, x.fn);
        e.emit('callable');
      }
      args(e, x.args, x.line);
      return;
    case 'mcall': {
      compileExpr(e, x.obj);
      const skip = x.safe ? e.emit('null-jump', 0) : undefined;
      if (typeof x.name !== 'string') compileExpr(e, x.name);
      e.line = x.line;
      e.emit('method', typeof x.name === 'string' ? x.name : null);
      args(e, x.args, x.line);
      if (skip !== undefined) e.here(skip);
      return;
    }
    case 'scall':
      pushClass(e, x.cls);
      e.emit('static-method', x.name, typeof x.cls === 'string' && /^(?:parent|self|static)$/i.test(x.cls));
      args(e, x.args, x.line);
      return;
    case 'new':
      if (typeof x.cls === 'object' && 'methods' in x.cls) {
        e.emit('declare-class', declareClass(e, x.cls), true);
        e.emit('const', x.cls.name);
      } else pushClass(e, x.cls as string | Expr);
      e.line = x.line;
      e.emit('new');
      args(e, x.args, x.line);
      e.emit('pop');
      return;
    case 'bin':
      compileExpr(e, x.l);
      compileExpr(e, x.r);
      e.line = x.line;
      e.emit('binary', x.op);
      return;
    case 'logic':
      logic(e, x.op, x.l, x.r);
      return;
    case 'un':
      compileExpr(e, x.e);
      e.emit('unary', x.op);
      return;
    case 'cond': {
      compileExpr(e, x.test);
      if (!x.yes) {
        const keep = e.emit('jump-true-keep', 0);
        compileExpr(e, x.no);
        e.here(keep);
        return;
      }
      const no = e.emit('jump-false', 0);
      compileExpr(e, x.yes);
      const end = e.emit('jump', 0);
      e.here(no);
      compileExpr(e, x.no);
      e.here(end);
      return;
    }
    case 'assign':
    case 'bind':
    case 'incdec':
      assign(e, x);
      return;
    case 'fn':
      closure(e, x);
      return;
    case 'match': {
      compileExpr(e, x.on);
      const ends: number[] = [];
      const otherwise = x.arms.find(({ tests }) => tests === null);
      for (const { tests, value } of x.arms) {
        if (!tests) continue;
        const hits = tests.map((test) => {
          e.emit('dup');
          compileExpr(e, test);
          e.emit('binary', '===');
          return e.emit('jump-true', 0);
        });
        const next = e.emit('jump', 0);
        for (const hit of hits) e.here(hit);
        e.emit('pop');
        compileExpr(e, value);
        ends.push(e.emit('jump', 0));
        e.here(next);
      }
      if (otherwise) {
        e.emit('pop');
        compileExpr(e, otherwise.value);
      } else {
        e.line = x.line;
        e.emit('unmatched');
      }
      for (const end of ends) e.here(end);
      return;
    }
    case 'isset': {
      const ends: number[] = [];
      x.all.forEach((one, i) => {
        quiet(e, one);
        e.emit('is-set');
        if (i < x.all.length - 1) ends.push(e.emit('jump-false-keep', 0));
      });
      for (const end of ends) e.here(end);
      return;
    }
    case 'empty':
      quiet(e, x.e);
      e.emit('unary', '!');
      return;
    case 'print':
      compileExpr(e, x.e);
      e.emit('echo');
      e.emit('const', 1);
      return;
    case 'clone':
      compileExpr(e, x.e);
      e.emit('clone');
      return;
    case 'throw':
      compileExpr(e, x.e);
      e.line = x.line;
      e.emit('throw', '');
      return;
    case 'silence':
      e.emit('silence', true);
      compileExpr(e, x.e);
      e.emit('silence', false);
      return;
    case 'instanceof':
      compileExpr(e, x.e);
      pushClass(e, x.cls);
      e.emit('instanceof');
      return;
    case 'cast':
      compileExpr(e, x.e);
      e.emit('cast', x.to);
      return;
    case 'include':
      compileExpr(e, x.e);
      e.line = x.line;
      e.emit('include', x.how);
      return;
    case 'exit':
      if (x.e) compileExpr(e, x.e);
      else e.emit('const', 0);
      e.emit('exit');
  }
}

/** The same without warnings where something is missing: for isset, empty and `??`. */
export function quiet(e: Emitter, x: Expr): void {
  e.line = x.line;
  if (x.k === 'var' && x.name !== 'this') e.emit('var', x.name, 'quiet');
  else if (x.k === 'index' && x.key) {
    quiet(e, x.obj);
    compileExpr(e, x.key);
    e.emit('index', 'quiet');
  } else if (x.k === 'prop') {
    quiet(e, x.obj);
    property(e, x, 'quiet');
  } else if (x.k === 'sprop') {
    pushClass(e, x.cls);
    e.emit('sprop', x.name, 'quiet');
  } else compileExpr(e, x);
}

function property(e: Emitter, x: Expr & { k: 'prop' }, how: string): void {
  const skip = x.safe ? e.emit('null-jump', 0) : undefined;
  if (typeof x.name !== 'string') compileExpr(e, x.name);
  e.line = x.line;
  e.emit('prop', typeof x.name === 'string' ? x.name : null, how);
  if (skip !== undefined) e.here(skip);
}

function logic(e: Emitter, op: string, l: Expr, r: Expr): void {
  if (op === '??') {
    quiet(e, l);
    const have = e.emit('jump-value-keep', 0);
    compileExpr(e, r);
    e.here(have);
    return;
  }
  compileExpr(e, l);
  e.emit('cast', 'bool');
  const end = e.emit(op === '&&' ? 'jump-false-keep' : 'jump-true-keep', 0);
  compileExpr(e, r);
  e.emit('cast', 'bool');
  e.here(end);
}

function constant(e: Emitter, name: string): void {
  const { path } = e.unit;
  const magic: { readonly [n: string]: Value | undefined } = {
    __file__: path,
    __dir__: e.dir,
    __function__: e.code.name === '{main}' ? '' : e.code.name,
    __class__: e.cls ?? '',
    __method__: e.cls ? `${e.cls}::${e.code.name}` : e.code.name === '{main}' ? '' : e.code.name,
    __namespace__: '',
  };
  const low = name.toLowerCase();
  if (Object.hasOwn(magic, low)) e.emit('const', magic[low] ?? '');
  else e.emit('constant', name.replace(/^\\/, ''));
}

function arrayLiteral(e: Emitter, items: readonly (Item | null)[]): void {
  e.emit('arr');
  for (const item of items) {
    if (!item) throw new Beyond('an empty element', [e.line, 0, e.line, 0]);
    if (item.spread) {
      compileExpr(e, item.value);
      e.emit('arr-spread');
      continue;
    }
    if (item.key) compileExpr(e, item.key);
    if (item.byRef) lvalue(e, item.value, 'lv-ref');
    else compileKept(e, item.value);
    e.emit(item.key ? 'arr-put' : 'arr-push');
  }
}

/** Arguments for the function below them on the stack, and the call. */
function args(e: Emitter, all: Args, line: number): void {
  if (all === 'callable') {
    e.emit('first-class');
    return;
  }
  if (all.some(({ spread, name }) => spread || name !== undefined)) {
    e.emit('list', 0);
    for (const { value, spread, name } of all) {
      if (name !== undefined) continue;
      compileExpr(e, value);
      e.emit(spread ? 'args-spread' : 'append');
    }
    e.emit('keywords');
    for (const { value, name } of all) {
      if (name === undefined) continue;
      compileExpr(e, value);
      e.emit('keyword', name);
    }
    e.line = line;
    e.emit('call-spread', 0);
    return;
  }
  all.forEach(({ value }, i) => {
    if (!writable(value)) {
      compileExpr(e, value);
      return;
    }
    e.line = value.line;
    if (value.k === 'var') {
      e.emit('arg-var', value.name, i);
      return;
    }
    const plain = e.emit('by-value', 0, i);
    lvalue(e, value, 'lv-ref');
    const end = e.emit('jump', 0);
    e.here(plain);
    if (value.k === 'index' && !value.key) e.emit('none');
    else compileExpr(e, value);
    e.here(end);
  });
  e.line = line;
  e.emit('call', all.length);
}

function closure(e: Emitter, x: Expr & { k: 'fn' }): void {
  const number = compileFunction(e.unit, x.def, e.cls, e.parent);
  for (const { name, byRef } of x.def.uses) {
    if (byRef) e.emit('lv-ref', pathOf({ k: 'var', name, line: x.line }));
    else e.emit('var', name);
  }
  e.emit('closure', number, x.def.arrow ? null : x.def.uses.map(({ name }) => name), x.static);
}
