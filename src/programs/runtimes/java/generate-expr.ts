import type { Constant, Expr } from './ast.ts';
import { convert } from './constants.ts';
import { genAssign, genAssignOp, genStep } from './generate-assign.ts';
import { genCall, genNew } from './generate-call.ts';
import { genCond, isBoolean, isFalse, isTrue, jumpFalse, loadCond } from './generate-cond.ts';
import { loadAround } from './generate-inner.ts';
import { genLambda, genRef } from './generate-lambda.ts';
import { genSwitchValue } from './generate-switch.ts';
import { concatenation } from './generate-text.ts';
import { cast, instance, items, newArray, variable } from './generate-value.ts';
import type { Generator } from './generator.ts';
import { subtype } from './relations.ts';
import {
  boxed,
  classType,
  erase,
  failed,
  found,
  int,
  isPrim,
  isString,
  type JavaType,
  objectType,
  type Primitive,
  prim,
  unboxed,
} from './types.ts';

const prefixes: { readonly [name: string]: string } = { long: 'l', float: 'f', double: 'd' };
/** The letter with which instructions for a type begin. */
export function prefix(type: JavaType): string {
  return isPrim(type) ? (prefixes[type.name] ?? 'i') : 'a';
}
/** The same for elements of arrays, where small types have their own. */
export function elementPrefix(type: JavaType): string {
  if (!isPrim(type)) return 'a';
  return { byte: 'b', boolean: 'b', char: 'c', short: 's' }[type.name as 'byte'] ?? prefix(type);
}

/** Puts a constant on the stack. */
export function loadConstant(g: Generator, value: Constant, type: JavaType): void {
  const { code } = g;
  const t = isPrim(type) ? type.name : 'string';
  if (typeof value === 'string') {
    const index = g.pool.put({ p: 'string', text: value });
    if (index > 255) code.emit2('ldc_w', index);
    else code.emit('ldc', index);
  } else if (t === 'long' || t === 'double') {
    const n = typeof value === 'bigint' ? value : Number(value);
    const small = n === 0n || n === 1n || Object.is(n, 0) || n === 1;
    if (small) code.emit(`${t === 'long' ? 'l' : 'd'}const_${Number(n)}`);
    else
      code.emit2(
        'ldc2_w',
        g.pool.put(t === 'long' ? { p: 'long', value: BigInt(n) } : { p: 'double', value: Number(n) }),
      );
  } else if (t === 'float') {
    const n = Number(value);
    if (Object.is(n, 0) || n === 1 || n === 2) code.emit(`fconst_${n}`);
    else ldc(g, g.pool.put({ p: 'float', value: n }));
  } else {
    const n = value === true ? 1 : value === false ? 0 : Number(value);
    if (n >= -1 && n <= 5) code.emit(n < 0 ? 'iconst_m1' : `iconst_${n}`);
    else if (n >= -128 && n <= 127) code.emit('bipush', n);
    else if (n >= -32768 && n <= 32767) code.emit2('sipush', n);
    else ldc(g, g.pool.put({ p: 'int', value: n }));
  }
  code.push(type);
}
function ldc(g: Generator, index: number): void {
  if (index > 255) g.code.emit2('ldc_w', index);
  else g.code.emit('ldc', index);
}

/** A local variable's instruction, in its short form where there is one. */
export function local(g: Generator, what: 'load' | 'store', type: JavaType, slot: number): void {
  const name = `${prefix(erase(type))}${what}`;
  if (slot < 4) g.code.emit(`${name}_${slot}`);
  else g.code.emit(name, slot);
  if (what === 'load') g.code.push(type);
  else {
    g.code.pop();
    if (g.code.alive) g.code.define(slot, erase(type));
  }
}
export function loadThis(g: Generator): void {
  g.code.emit('aload_0');
  g.code.push(g.code.locals[0] ?? classType(g.cls.name));
}

/** Evaluates an expression and leaves its value, as one of type `want` where that is given. */
export function load(g: Generator, e: Expr, want: JavaType | undefined): void {
  const type = e.type ?? failed;
  if (e.value !== undefined) {
    const small = want && !isPrim(want) && isPrim(type) ? unboxed(want) : want;
    const to = small && isPrim(small) ? small : type;
    loadConstant(g, convert(e.value, type, to), to);
    coerce(g, to, want);
    return;
  }
  const raw = plain(g, e, want);
  coerce(g, raw, want);
}

/** Evaluates; the type that is on the stack then. */
function plain(g: Generator, e: Expr, want: JavaType | undefined): JavaType {
  const type = e.type ?? failed;
  const { code } = g;
  switch (e.e) {
    case 'paren':
      load(g, e.of, want);
      return want ?? (e.of.type as JavaType);
    case 'literal':
      code.emit('aconst_null');
      code.push({ t: 'null' });
      return want && !isPrim(want) ? want : type;
    case 'name':
    case 'field':
      return variable(g, e, want);
    case 'this':
      if (e.of) loadAround(g, (name) => type.t === 'class' && g.classes.below(name, type.name));
      else loadThis(g);
      return type;
    case 'call':
      return genCall(g, e, want);
    case 'new':
      return genNew(g, e);
    case 'lambda':
      return genLambda(g, e);
    case 'ref':
      return genRef(g, e);
    case 'index': {
      load(g, e.array, e.array.type);
      load(g, e.index, int);
      const of = erase(type);
      code.emit(`${elementPrefix(of)}aload`);
      code.pop(2);
      code.push(of);
      return type;
    }
    case 'new-array':
      return newArray(g, e);
    case 'array-items':
      return items(g, type, e.items);
    case 'unary': {
      if (e.op === '!') {
        loadCond(g, genCond(g, e));
        return type;
      }
      load(g, e.of, type);
      if (e.op === '-') code.emit(`${prefix(type)}neg`);
      else if (e.op === '~') {
        loadConstant(g, isPrim(type) && type.name === 'long' ? -1n : -1, type);
        code.emit(`${prefix(type)}xor`);
        code.pop(1);
      }
      return type;
    }
    case 'binary': {
      if (isString(type) && e.op === '+') return concatenation(g, e);
      if (isBoolean(type) && !/^[&|^]$/.test(e.op)) {
        loadCond(g, genCond(g, e));
        return type;
      }
      const operand = e.operand ?? type;
      genOperands(g, e, operand);
      arithmetic(g, e.op, operand);
      return type;
    }
    case 'step':
      return genStep(g, e, true);
    case 'assign':
      return genAssign(g, e, true);
    case 'assign-op':
      return genAssignOp(g, e, true);
    case 'cond': {
      const test = genCond(g, e.test);
      const second = jumpFalse(g, test);
      let end: ReturnType<typeof code.branch> = [];
      const to = want && !isPrim(type) ? want : type;
      if (!isFalse(test)) {
        code.resolve(test.yes);
        g.begin(e.yes.pos);
        load(g, e.yes, to);
        code.forceTop(to);
        end = code.branch('goto');
      }
      if (second.length > 0 || !isTrue(test)) {
        code.resolve(second);
        g.begin(e.no.pos);
        load(g, e.no, to);
        code.forceTop(to);
      }
      code.resolve(end);
      return to;
    }
    case 'cast':
      return cast(g, e, type);
    case 'instanceof':
      return instance(g, e);
    case 'switch':
      return genSwitchValue(g, e, want);
    case 'class-literal': {
      const [of = objectType] = type.t === 'class' ? type.args : [];
      if (isPrim(of)) {
        const box = boxed(of);
        code.emit2(
          'getstatic',
          g.field(box.t === 'class' ? box.name : 'java/lang/Void', 'TYPE', classType('java/lang/Class')),
        );
      } else ldc(g, g.typeIndex(of));
      code.push(classType('java/lang/Class'));
      return type;
    }
  }
}

/** Both operands, as values of the type that the operation works on. */
export function genOperands(g: Generator, e: Expr & { e: 'binary' }, operand: JavaType): void {
  const shift = /^(?:<<|>>)/.test(e.op);
  load(g, e.left, operand);
  if (!shift) load(g, e.right, operand);
  else {
    const right = unboxed(e.right.type ?? int);
    load(g, e.right, isPrim(right) && right.name === 'long' ? right : int);
    if (isPrim(right) && right.name === 'long') {
      g.code.emit('l2i');
      g.code.pop();
      g.code.push(int);
    }
  }
}
const operations: { readonly [op: string]: string } = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'div',
  '%': 'rem',
  '&': 'and',
  '|': 'or',
  '^': 'xor',
  '<<': 'shl',
  '>>': 'shr',
  '>>>': 'ushr',
};
export function arithmetic(g: Generator, op: string, operand: JavaType): void {
  g.code.emit(`${prefix(operand)}${operations[op] ?? 'nop'}`);
  g.code.pop(2);
  g.code.push(operand);
}

/** Changes what is on top of the stack from one type to another: by widening, boxing, or a checked cast. */
export function coerce(g: Generator, from: JavaType, want: JavaType | undefined): void {
  if (!want) return;
  const a = found(from);
  const b = found(want);
  if (b.t === 'error' || a.t === 'error' || a.t === 'null') return;
  if (isPrim(a) && isPrim(b)) {
    widen(g, a.name, b.name);
    return;
  }
  if (isPrim(a)) {
    if (a.name === 'void') return;
    const inside = unboxed(b);
    const small = isPrim(inside) ? inside : a;
    if (small !== a) widen(g, a.name, small.name);
    const box = boxed(small);
    if (box.t === 'class') g.call(box.name, 'valueOf', [small], box, 'static');
    return;
  }
  if (isPrim(b)) {
    const inside = unboxed(a);
    const small = isPrim(inside) ? inside : b;
    const box = boxed(small);
    if (!isPrim(inside)) castTo(g, box);
    if (box.t === 'class') g.call(box.name, `${small.name}Value`, [], small, 'virtual');
    widen(g, small.name as Primitive, b.name);
    return;
  }
  if (!subtype(g.classes, erase(a), erase(b))) castTo(g, b);
}
export function castTo(g: Generator, type: JavaType): void {
  g.code.emit2('checkcast', g.typeIndex(type));
  g.code.pop();
  g.code.push(type);
}

/** A primitive conversion (also a narrowing one). */
export function widen(g: Generator, from: Primitive, to: Primitive): void {
  const kind = (name: Primitive) => (name === 'long' || name === 'float' || name === 'double' ? name : 'int');
  const [a, b] = [kind(from), kind(to)];
  const one = (name: string, type: Primitive) => {
    g.code.emit(name);
    g.code.pop();
    g.code.push(prim(type));
  };
  if (a !== b) one(`${a.charAt(0)}2${b.charAt(0)}`, b as Primitive);
  if (b !== 'int' || from === to) return;
  if (to === 'byte') one('i2b', 'byte');
  else if (to === 'char') one('i2c', 'char');
  else if (to === 'short' && from !== 'byte') one('i2s', 'short');
}

export { fieldOwner, genBinding, items, makeArray, retyped } from './generate-value.ts';
