import type { Emitter } from './compile.ts';
import { assign, storeTop } from './compile-assign.ts';
import { call, makeClass, makeFunction } from './compile-call.ts';
import { Beyond, type Expr, type TextPart } from './tree.ts';

/** Emits what leaves the value of an expression on the stack. */
export function compileExpr(e: Emitter, x: Expr): void {
  const before = e.at;
  e.at = x.at;
  expr(e, x);
  e.at = before;
}

function expr(e: Emitter, x: Expr): void {
  switch (x.k) {
    case 'const':
      e.emit('const', x.v);
      return;
    case 'name':
      e.emit('load', x.id);
      return;
    case 'list':
    case 'tuple':
    case 'set':
      items(e, x.k, x.items);
      return;
    case 'dict':
      dict(e, x);
      return;
    case 'text':
      for (const part of x.parts) textPart(e, part);
      e.emit('join', x.parts.length);
      return;
    case 'bin':
      compileExpr(e, x.l);
      compileExpr(e, x.r);
      e.emit('binary', x.op, x.opAt ? x.opAt[1] : undefined);
      return;
    case 'logic': {
      compileExpr(e, x.l);
      const skip = e.emit(x.op === '&&' ? 'jump-false-keep' : x.op === '||' ? 'jump-true-keep' : 'jump-value-keep', 0);
      compileExpr(e, x.r);
      e.here(skip);
      return;
    }
    case 'compare':
      comparison(e, x);
      return;
    case 'un':
      if (x.op === 'typeof' && x.e.k === 'name') e.emit('load-quiet', x.e.id);
      else if (x.op === '&') {
        addressOf(e, x.e);
        return;
      } else compileExpr(e, x.e);
      e.emit('unary', x.op);
      return;
    case 'cond': {
      compileExpr(e, x.test);
      const no = e.emit('jump-false', 0);
      compileExpr(e, x.yes);
      const end = e.emit('jump', 0);
      e.here(no);
      compileExpr(e, x.no);
      e.here(end);
      return;
    }
    case 'get':
      if (x.obj.k === 'name' && x.obj.id === 'super') e.emit('super', x.name);
      else {
        compileExpr(e, x.obj);
        if (x.optional) e.emit('optional', 0, 'chain');
        e.emit('get', x.name);
      }
      return;
    case 'index':
      compileExpr(e, x.obj);
      if (x.optional) e.emit('optional', 0, 'chain');
      compileExpr(e, x.key);
      e.emit('index', undefined, x.obj.at[3]);
      return;
    case 'slice':
      for (const part of x.parts) {
        if (part) compileExpr(e, part);
        else e.emit('none');
      }
      e.emit('slice', x.parts.length);
      return;
    case 'call':
    case 'new':
      call(e, x);
      return;
    case 'chain': {
      const from = e.length;
      compileExpr(e, x.e);
      for (let i = from; i < e.length; i++) {
        const op = e.code.ops[i];
        if (op?.[0] === 'optional' && op[2] === 'chain') e.code.ops[i] = ['optional', e.length, 'done', op[3]];
      }
      return;
    }
    case 'fn':
      makeFunction(e, x.def);
      return;
    case 'class':
      makeClass(e, x.def);
      return;
    case 'assign':
      assign(e, x);
      return;
    case 'update': {
      compileExpr(e, x.target);
      e.emit('unary', 'number');
      if (!x.prefix) e.emit('dup');
      e.emit('const', 1);
      e.emit('binary', x.op);
      storeTop(e, x.target, null, x.prefix);
      return;
    }
    case 'await':
      compileExpr(e, x.e);
      e.emit('await');
      return;
    case 'yield':
      if (x.e) compileExpr(e, x.e);
      else e.emit(e.unit.lang === 'js' ? 'undef' : 'none');
      if (e.unit.lang === 'js' && e.code.def?.kind.async) {
        asyncYield(e, x.all);
        return;
      }
      if (x.all) {
        e.emit('iterate', 'of');
        e.emit(e.unit.lang === 'js' ? 'undef' : 'none');
        const top = e.length;
        const end = e.emit('delegate', 0);
        e.emit('yield');
        e.emit('jump', top);
        e.here(end);
      } else e.emit('yield');
      return;
    case 'comp':
      makeFunction(e, x.def);
      compileExpr(e, x.first);
      e.emit('iterate', 'of');
      e.emit('call', 1);
      return;
    case 'regexp':
      e.emit('regexp', x.source, x.flags);
      return;
    case 'typed':
      compileExpr(e, x.e);
      e.emit('convert', x.type);
      return;
    case 'zero':
      e.emit('zero', x.type);
      return;
    case 'type':
      e.emit('type', x.type);
      return;
    case 'composite':
      for (const { key, value } of x.entries) {
        if (key === null) e.emit('none');
        else if (key.k === 'name' && x.type.k !== 'map' && x.type.k !== 'slice' && x.type.k !== 'array')
          e.emit('const', key.id);
        else compileExpr(e, key);
        compileExpr(e, value);
        copied(e, value);
      }
      e.emit(
        'composite',
        x.type,
        x.entries.length,
        x.entries.some(({ key }) => key !== null),
      );
      return;
    default:
      throw new Beyond('this expression', x.at);
  }
}

/** `yield` in an async generator awaits what it gives; `yield*` gives what another one gives. */
function asyncYield(e: Emitter, all: boolean): void {
  if (!all) {
    e.emit('await');
    e.emit('yield');
    return;
  }
  e.emit('iterate', 'async');
  const top = e.length;
  e.emit('async-next');
  e.emit('await');
  const end = e.emit('async-done', 0);
  e.emit('yield');
  e.emit('pop');
  e.emit('jump', top);
  e.here(end);
  e.emit('pop');
  e.emit('undef');
}

/** Go copies structures when it hands them on. */
export function copied(e: Emitter, x: Expr): void {
  if (e.unit.lang === 'go' && (x.k === 'name' || x.k === 'get' || x.k === 'index' || x.k === 'un')) e.emit('copy');
}

function addressOf(e: Emitter, x: Expr): void {
  if (x.k === 'composite') {
    compileExpr(e, x);
    e.emit('box');
  } else if (x.k === 'name') e.emit('address', x.id);
  else if (x.k === 'get') {
    compileExpr(e, x.obj);
    e.emit('address-field', x.name);
  } else if (x.k === 'index') {
    compileExpr(e, x.obj);
    compileExpr(e, x.key);
    e.emit('address-item');
  } else throw new Beyond('the address of this', x.at);
}

function items(e: Emitter, kind: string, list: readonly Expr[]): void {
  if (!list.some(({ k }) => k === 'spread')) {
    for (const item of list) compileExpr(e, item);
    e.emit(kind === 'set' ? 'make-set' : kind, list.length);
    return;
  }
  e.emit('list', 0);
  for (const item of list) {
    compileExpr(e, item.k === 'spread' ? item.e : item);
    e.emit(item.k === 'spread' ? 'extend' : 'append');
  }
  if (kind !== 'list') e.emit('collect', kind);
}

function dict(e: Emitter, x: Expr & { k: 'dict' }): void {
  e.emit('dict');
  for (const { key, value, kind } of x.entries) {
    if (key === null) {
      compileExpr(e, value);
      e.emit('merge');
      continue;
    }
    compileExpr(e, key);
    compileExpr(
      e,
      key.k === 'const' && (value.k === 'fn' || (value.k === 'class' && e.unit.lang === 'js'))
        ? named(value, String(key.v))
        : value,
    );
    e.emit('entry', kind ?? '');
  }
}

/** A function without a name takes that of what it is assigned to. */
export function named(x: Expr, name: string): Expr {
  if (x.k === 'fn' && x.def.name === '') return { ...x, def: { ...x.def, name } };
  return x.k === 'class' && x.def.name === '' ? { ...x, def: { ...x.def, name } } : x;
}

function textPart(e: Emitter, part: string | TextPart): void {
  if (typeof part === 'string') {
    e.emit('const', part);
    return;
  }
  if (part.label !== undefined) e.emit('const', part.label);
  compileExpr(e, part.e);
  if (part.format) {
    for (const piece of part.format) textPart(e, piece);
    e.emit('join', part.format.length);
  } else e.emit('const', '');
  e.emit('format', part.conversion ?? '');
  if (part.label !== undefined) e.emit('join', 2);
}

function comparison(e: Emitter, x: Expr & { k: 'compare' }): void {
  compileExpr(e, x.first);
  const ends: number[] = [];
  x.rest.forEach(([op, right], i) => {
    compileExpr(e, right);
    if (i < x.rest.length - 1) {
      e.emit('rot-two'); // a b → b a b
      e.emit('binary', op);
      ends.push(e.emit('jump-false-keep', 0));
    } else e.emit('binary', op);
  });
  if (ends.length === 0) return;
  const done = e.emit('jump', 0);
  for (const end of ends) e.here(end);
  e.emit('nip'); // the operand below the answer
  e.here(done);
}
