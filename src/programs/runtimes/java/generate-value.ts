import type { Expr } from './ast.ts';
import { genCond, loadCond } from './generate-cond.ts';
import { castTo, coerce, elementPrefix, load, loadConstant, local, widen } from './generate-expr.ts';
import { loadOwner } from './generate-inner.ts';
import type { Generator } from './generator.ts';
import { BeyondJava } from './problem.ts';
import { subtype } from './relations.ts';
import {
  boxed,
  descriptor,
  erase,
  failed,
  flag,
  found,
  int,
  isPrim,
  type JavaType,
  objectType,
  prim,
  unboxed,
  type Variable,
} from './types.ts';

/** A variable's value. */
export function variable(g: Generator, e: Expr & { e: 'name' | 'field' }, want: JavaType | undefined): JavaType {
  const { sym } = e;
  const type = e.type ?? failed;
  if (e.e === 'field' && e.length) {
    load(g, e.object, e.object.type);
    g.code.emit('arraylength');
    g.code.pop();
    g.code.push(int);
    return int;
  }
  if (!sym) throw new BeyondJava('this name', e.pos);
  if (sym.owner === undefined) {
    const slot = g.code.slot(sym);
    if (slot === undefined) throw new BeyondJava('this variable here', e.pos);
    local(g, 'load', sym.type, slot);
    return type;
  }
  const early = g.code.locals[0]?.t === 'this-new';
  const kept = early ? g.cls.captures?.find((one) => one.field === sym) : undefined;
  const slot = kept ? g.code.slot(kept.sym) : undefined;
  if (kept && slot !== undefined) {
    local(g, 'load', kept.sym.type, slot);
    return type;
  }
  const owner = fieldOwner(g, e, sym);
  if ((sym.flags & flag.static) !== 0) g.code.emit2('getstatic', g.field(owner, sym.name, sym.type));
  else {
    if (e.e === 'field') load(g, e.object, e.object.type);
    else loadOwner(g, sym.owner);
    g.code.emit2('getfield', g.field(owner, sym.name, sym.type));
    g.code.pop();
  }
  g.code.push(sym.type);
  return retyped(g, sym.type, type, want);
}

/** The class by which a field is named in the class file: that of the object, not the one that declares it. */
export function fieldOwner(g: Generator, e: Expr & { e: 'name' | 'field' }, sym: Variable): string {
  const declared = sym.owner ?? g.cls.name;
  if (g.classes.get(declared)?.kind === 'interface') return declared;
  if (e.e === 'name') return g.classes.below(g.cls.name, declared) ? g.cls.name : declared;
  if (e.object.e === 'name' || e.object.e === 'field') if (e.object.ofClass) return e.object.ofClass;
  const t = erase(e.object.type ?? failed);
  return t.t === 'class' ? t.name : declared;
}

/** A value whose declared type says less than is known of it: a cast, where more is wanted. */
export function retyped(g: Generator, declared: JavaType, type: JavaType, want: JavaType | undefined): JavaType {
  const raw = erase(declared);
  if (isPrim(raw)) return raw;
  const to = want === undefined ? undefined : isPrim(found(want)) ? erase(type) : erase(want);
  if (to && to.t !== 'null' && to.t !== 'error' && !subtype(g.classes, raw, to)) {
    castTo(g, isPrim(found(want ?? to)) ? erase(type) : to);
    return isPrim(found(want ?? to)) ? erase(type) : to;
  }
  return isPrim(found(want ?? raw)) ? type : raw;
}

export function newArray(g: Generator, e: Expr & { e: 'new-array' }): JavaType {
  const type = e.type ?? failed;
  if (e.items) return items(g, type, e.items);
  for (const size of e.sizes) load(g, size, int);
  if (e.sizes.length > 1) {
    const index = g.class(descriptor(type));
    g.code.emit('multianewarray', index >> 8, index, e.sizes.length);
    g.code.pop(e.sizes.length);
    g.code.push(type);
  } else makeArray(g, type);
  return type;
}
const codes: { readonly [name: string]: number } = {
  boolean: 4,
  char: 5,
  float: 6,
  double: 7,
  byte: 8,
  short: 9,
  int: 10,
  long: 11,
};
export function makeArray(g: Generator, type: JavaType): void {
  const of = type.t === 'array' ? erase(type.of) : objectType;
  if (isPrim(of)) g.code.emit('newarray', codes[of.name] ?? 10);
  else g.code.emit2('anewarray', g.typeIndex(of));
  g.code.pop();
  g.code.push(type);
}
/** A new array with these values. */
export function items(g: Generator, type: JavaType, all: readonly Expr[]): JavaType {
  const of = type.t === 'array' ? type.of : objectType;
  loadConstant(g, all.length, int);
  makeArray(g, type);
  all.forEach((one, i) => {
    g.code.emit('dup');
    g.code.push(type);
    loadConstant(g, i, int);
    load(g, one, of);
    g.code.emit(`${elementPrefix(erase(of))}astore`);
    g.code.pop(3);
  });
  return type;
}

export function cast(g: Generator, e: Expr & { e: 'cast' }, type: JavaType): JavaType {
  const from = found(e.of.type ?? failed);
  if (isPrim(type) && isPrim(from)) {
    load(g, e.of, from);
    widen(g, from.name, type.name);
    return type;
  }
  if (isPrim(type) || isPrim(from)) {
    load(g, e.of, isPrim(from) ? from : isPrim(unboxed(from)) ? from : boxed(type));
    coerce(g, isPrim(from) || isPrim(unboxed(from)) ? from : boxed(type), type);
    return type;
  }
  load(
    g,
    e.of,
    e.of.e === 'lambda' || e.of.e === 'ref'
      ? undefined
      : subtype(g.classes, erase(from), erase(type))
        ? type
        : from.t === 'null'
          ? undefined
          : erase(from),
  );
  if (!subtype(g.classes, erase(from), erase(type))) castTo(g, type);
  return type;
}

export function instance(g: Generator, e: Expr & { e: 'instanceof' }): JavaType {
  const { code } = g;
  const to = e.checked ?? objectType;
  if (!e.bind?.sym) {
    load(g, e.of, e.of.type);
    code.emit2('instanceof', g.typeIndex(to));
    code.pop();
    code.push(int);
    return prim('boolean');
  }
  loadCond(g, genCond(g, e));
  return prim('boolean');
}

/** `o instanceof T t`: the jump when it does not hold; where it does, the variable has its value. */
export function genBinding(
  g: Generator,
  e: Expr & { e: 'instanceof' },
  sym: Variable,
): ReturnType<Generator['code']['branch']> {
  const { code } = g;
  const to = e.checked ?? objectType;
  const from = erase(e.of.type ?? objectType);
  let slot = e.of.e === 'name' && e.of.sym ? code.slot(e.of.sym) : undefined;
  const own = code.slot(sym) ?? code.declare(sym);
  if (slot === undefined) {
    load(g, e.of, from);
    slot = code.reserve(from);
    local(g, 'store', from, slot);
  }
  local(g, 'load', from, slot);
  code.emit2('instanceof', g.typeIndex(to));
  code.pop();
  code.push(int);
  const no = code.branch('ifeq', 1);
  local(g, 'load', from, slot);
  castTo(g, to);
  local(g, 'store', to, own);
  return no;
}
