import type { Expr } from './ast.ts';
import { width } from './code.ts';
import {
  arithmetic,
  coerce,
  elementPrefix,
  fieldOwner,
  load,
  loadConstant,
  local,
  prefix,
  widen,
} from './generate-expr.ts';
import { loadOwner } from './generate-inner.ts';
import { concatenationOn } from './generate-text.ts';
import type { Generator } from './generator.ts';
import { BeyondJava } from './problem.ts';
import { erase, failed, flag, found, int, isPrim, isString, type JavaType, unboxed } from './types.ts';

/** A place to which values go; what is needed to reach it is on the stack. */
type Target =
  | { readonly k: 'local'; readonly slot: number; readonly type: JavaType; readonly under: 0 }
  | { readonly k: 'static' | 'field'; readonly index: number; readonly type: JavaType; readonly under: 0 | 1 }
  | { readonly k: 'element'; readonly type: JavaType; readonly under: 2 };

function target(g: Generator, e: Expr): Target {
  if (e.e === 'paren') return target(g, e.of);
  if (e.e === 'index') {
    load(g, e.array, e.array.type);
    load(g, e.index, int);
    return { k: 'element', type: e.type ?? failed, under: 2 };
  }
  if (e.e !== 'name' && e.e !== 'field') throw new BeyondJava('an assignment to this', e.pos);
  const { sym } = e;
  if (!sym) throw new BeyondJava('an assignment to this', e.pos);
  if (sym.owner === undefined) {
    const slot = g.code.slot(sym);
    if (slot === undefined) throw new BeyondJava('this variable here', e.pos);
    return { k: 'local', slot, type: sym.type, under: 0 };
  }
  const owner = fieldOwner(g, e, sym);
  const fixed = (sym.flags & flag.static) !== 0;
  if (!fixed) {
    if (e.e === 'field') load(g, e.object, e.object.type);
    else loadOwner(g, sym.owner);
  }
  // the number in the pool is taken when the instruction is written
  return {
    k: fixed ? 'static' : 'field',
    type: sym.type,
    under: fixed ? 0 : 1,
    get index() {
      return g.field(owner, sym.name, sym.type);
    },
  };
}

function read(g: Generator, to: Target): void {
  const { code } = g;
  if (to.k === 'local') {
    local(g, 'load', to.type, to.slot);
    return;
  }
  if (to.k === 'element') {
    const of = erase(to.type);
    code.emit(`${elementPrefix(of)}aload`);
    code.pop(2);
    code.push(of);
    return;
  }
  code.emit2(to.k === 'static' ? 'getstatic' : 'getfield', to.index);
  if (to.k === 'field') code.pop();
  code.push(to.type);
}
function write(g: Generator, to: Target): void {
  const { code } = g;
  if (to.k === 'local') {
    local(g, 'store', to.type, to.slot);
    return;
  }
  if (to.k === 'element') {
    code.emit(`${elementPrefix(erase(to.type))}astore`);
    code.pop(3);
    return;
  }
  code.emit2(to.k === 'static' ? 'putstatic' : 'putfield', to.index);
  code.pop(to.k === 'static' ? 1 : 2);
}
/** Keeps a copy of what reaches the place, for a second use. */
function duplicate(g: Generator, to: Target): void {
  if (to.under === 0) return;
  const { code } = g;
  code.emit(to.under === 1 ? 'dup' : 'dup2');
  for (const one of code.stack.slice(-to.under)) code.push(one);
}
/** Keeps a copy of the value below what reaches the place. */
function stash(g: Generator, to: Target): void {
  const { code } = g;
  const top = code.top() ?? int;
  const wide = width(top) === 2;
  code.emit(`${wide ? 'dup2' : 'dup'}${to.under === 0 ? '' : `_x${to.under}`}`);
  if (!code.alive) return;
  code.stack.splice(code.stack.length - 1 - to.under, 0, top);
  code.push(top);
  code.pop();
}

/** `to = value`; the value stays on the stack when `keep`. */
export function genAssign(g: Generator, e: Expr & { e: 'assign' }, keep: boolean): JavaType {
  const to = target(g, e.to);
  const type = e.to.type ?? failed;
  load(g, e.from, type);
  if (keep) stash(g, to);
  write(g, to);
  return type;
}

const small = (type: JavaType): boolean => isPrim(type) && /^(?:int|short|char|byte)$/.test(type.name);

/** `to += value` and the like. */
export function genAssignOp(g: Generator, e: Expr & { e: 'assign-op' }, keep: boolean): JavaType {
  const type = found(e.to.type ?? failed);
  const to = target(g, e.to);
  const value = e.from.value;
  if (
    to.k === 'local' &&
    (e.op === '+' || e.op === '-') &&
    small(type) &&
    typeof value === 'number' &&
    small(e.from.type ?? failed)
  ) {
    const by = e.op === '-' ? -value : value;
    if (step(g, to, type, by) && keep) read(g, to);
    else if (keep) read(g, to);
    return type;
  }
  duplicate(g, to);
  if (isString(type) && e.op === '+') {
    read(g, to);
    concatenationOn(g, type, e.from);
  } else {
    const operand = e.operand ?? type;
    read(g, to);
    coerce(g, type, operand);
    const shift = /^(?:<<|>>)/.test(e.op);
    const right = unboxed(e.from.type ?? operand);
    load(g, e.from, shift ? int : operand);
    if (shift && isPrim(right) && right.name === 'long') throw new BeyondJava('a shift by a long', e.pos);
    arithmetic(g, e.op, operand);
    const back = unboxed(type);
    if (isPrim(back) && isPrim(operand)) widen(g, operand.name, back.name);
    coerce(g, back, type);
  }
  if (keep) stash(g, to);
  write(g, to);
  return type;
}

/** Adds a small number to a local variable. */
function step(g: Generator, to: Target & { k: 'local' }, type: JavaType, by: number): boolean {
  const { code } = g;
  if (isPrim(type) && type.name === 'int' && by >= -32768 && by <= 32767) {
    if (by >= -128 && by <= 127 && to.slot < 256) code.emit('iinc', to.slot, by);
    else code.emit('wide', 132, to.slot >> 8, to.slot, by >> 8, by);
    return true;
  }
  local(g, 'load', type, to.slot);
  loadConstant(g, Math.abs(by), int);
  code.emit(by >= 0 ? 'iadd' : 'isub');
  code.pop(2);
  code.push(int);
  if (isPrim(type)) widen(g, 'int', type.name);
  local(g, 'store', type, to.slot);
  return false;
}

/** `x++` and the like; where its value is not used it is the same before and after. */
export function genStep(g: Generator, e: Expr & { e: 'step' }, keep: boolean): JavaType {
  const type = found(e.of.type ?? failed);
  const { code } = g;
  const to = target(g, e.of);
  const prefixed = e.prefix || !keep;
  if (to.k === 'local' && small(type)) {
    if (keep && !prefixed) read(g, to);
    step(g, to, type, e.op === '++' ? 1 : -1);
    if (keep && prefixed) read(g, to);
    return type;
  }
  duplicate(g, to);
  read(g, to);
  if (keep && !prefixed) stash(g, to);
  const number = unboxed(type);
  coerce(g, type, number);
  loadConstant(g, isPrim(number) && number.name === 'long' ? 1n : 1, small(number) ? int : number);
  code.emit(`${prefix(number)}${e.op === '++' ? 'add' : 'sub'}`);
  code.pop();
  if (isPrim(number) && small(number)) widen(g, 'int', number.name);
  coerce(g, number, type);
  if (keep && prefixed) stash(g, to);
  write(g, to);
  return type;
}
