import type { Expr } from './ast.ts';
import type { Attribution } from './attribute.ts';
import { attribExpr } from './attribute-expr.ts';
import { hasMore } from './library/beyond.ts';
import { BeyondJava } from './problem.ts';
import { memberType } from './relations.ts';
import {
  classType,
  failed,
  flag,
  found,
  int,
  isPrim,
  type JavaClass,
  type JavaType,
  shortName,
  show,
  type Variable,
} from './types.ts';

/** The variable that an expression stands for, if it is one. */
export function variableOf(e: Expr): Variable | undefined {
  if (e.e === 'paren') return variableOf(e.of);
  return e.e === 'name' || e.e === 'field' ? e.sym : undefined;
}

/** A field of a class or of one above it. */
export function findField(a: Attribution, name: string, field: string): Variable | undefined {
  const one = a.classes.get(name);
  if (!one) return undefined;
  const own = one.fields.get(field);
  if (own) return own;
  for (const above of a.classes.above(one)) {
    const got = above.t === 'class' ? findField(a, above.name, field) : undefined;
    if (got) return got;
  }
  return undefined;
}

/** A name by itself: a local variable, a field of this class or of one around it. */
export function attribName(a: Attribution, e: Expr & { e: 'name' }): JavaType {
  const local = a.locals.findLast((v) => v.name === e.name);
  if (local) {
    e.sym = local;
    capture(a, local, e.pos);
    if (local.constant !== undefined) e.value = local.constant;
    return local.type;
  }
  let fixed = a.body?.static ?? true;
  let level: Attribution = a;
  for (let at: string | undefined = a.cls.name; at !== undefined; ) {
    const field = findField(a, at, e.name);
    if (field) {
      e.sym = field;
      if (fixed && (field.flags & flag.static) === 0)
        return a.wrong(e.pos, `non-static variable ${e.name} cannot be referenced from a static context`);
      if (a.body?.lambda && (field.flags & flag.static) === 0) useThis(a);
      note(a, e, field);
      return memberType(a.classes, field.type, field.owner ?? at, classType(at, a.classes.get(at)?.params ?? []));
    }
    const one = a.classes.get(at);
    if (level.cls.name === at && level.around) {
      const inner = level;
      level = level.around;
      const sym = level.locals.findLast((v) => v.name === e.name);
      if (sym) return keep(a, inner, sym, e);
    }
    fixed ||= one?.around === undefined;
    if (level.body?.static && level.cls.name === one?.outer) fixed = true;
    at = one?.outer;
  }
  const imported = a.scope.names.get(`static ${e.name}`);
  const field = imported === undefined ? undefined : findField(a, imported, e.name);
  if (field) {
    e.sym = field;
    note(a, e, field);
    return field.type;
  }
  a.classes.refuse(e.name, a.scope, e.pos);
  return a.wrong(e.pos, 'cannot find symbol', a.unknown('variable', e.name));
}

/** A variable of the method around a local class: the class keeps its value in a field. */
function keep(a: Attribution, inner: Attribution, sym: Variable, e: Expr & { e: 'name' }): JavaType {
  if (sym.constant !== undefined) e.value = sym.constant;
  e.sym = kept(a, inner, sym, e.pos);
  return sym.type;
}
function kept(a: Attribution, inner: Attribution, sym: Variable, pos: number): Variable {
  const { cls, around } = inner;
  let one = cls.captures?.find((c) => c.sym === sym);
  if (!one) {
    const field = {
      name: `val$${sym.name}`,
      type: sym.type,
      flags: flag.final | flag.synthetic,
      owner: cls.name,
    };
    one = { sym, field };
    cls.captures?.push(one);
  }
  inner.captured.push({ sym, pos, byClass: true });
  if (around) capture(around, sym, pos);
  if (a.body?.lambda) useThis(a);
  return one.field;
}

/** Makes a new object of a local class possible here: what it keeps can be read, and what is around it. */
export function reach(a: Attribution, cls: JavaClass, pos: number): void {
  for (const { sym } of cls.captures ?? []) {
    let level: Attribution | undefined = a;
    for (; level; level = level.around) {
      if (level.locals.includes(sym)) break;
    }
    if (level === a) capture(a, sym, pos);
    else
      for (let inner: Attribution = a; inner.around; inner = inner.around)
        if (inner.around === level && inner.cls !== cls) kept(a, inner, sym, pos);
  }
  if (a.body?.lambda && !a.body.static) useThis(a);
}

/** Constants of fields are found when they are asked for. */
function note(_a: Attribution, e: Expr, field: Variable): void {
  if (field.lazy) field.lazy();
  if (field.constant !== undefined) e.value = field.constant;
}

/** The lambdas around use `this`. */
export function useThis(a: Attribution): void {
  for (let body = a.body; body; body = body.outer) if (body.lambda) body.lambda.usesThis = true;
}

/** A variable of a method that a lambda in it uses. */
function capture(a: Attribution, sym: Variable, pos: number): void {
  for (let body = a.body; body?.lambda; body = body.outer) {
    if ((sym.level ?? 0) >= body.level) break;
    const { captures } = body.lambda;
    if (sym.constant === undefined && !captures.includes(sym)) captures.push(sym);
    a.captured.push({ sym, pos });
  }
}

/** The class that an expression names, when it is no value. */
export function asClass(a: Attribution, e: Expr): string | undefined {
  if (e.e === 'name') {
    if (isLocal(a, e.name) || fieldHere(a, e.name)) return undefined;
    return a.classes.lookup(e.name, a.scope);
  }
  if (e.e === 'field') {
    const dotted = dots(e);
    return dotted === undefined || isValue(a, e) ? undefined : a.classes.lookup(dotted, a.scope);
  }
  return undefined;
}
function isValue(a: Attribution, e: Expr): boolean {
  if (e.e === 'field') return isValue(a, e.object);
  return e.e !== 'name' || isLocal(a, e.name) || fieldHere(a, e.name);
}
function isLocal(a: Attribution, name: string): boolean {
  return a.locals.some((v) => v.name === name) || (a.around !== undefined && isLocal(a.around, name));
}
function fieldHere(a: Attribution, name: string): boolean {
  for (let at: string | undefined = a.cls.name; at !== undefined; at = a.classes.get(at)?.outer)
    if (findField(a, at, name)) return true;
  return false;
}
function dots(e: Expr): string | undefined {
  if (e.e === 'name') return e.name;
  if (e.e !== 'field') return undefined;
  const before = dots(e.object);
  return before === undefined ? undefined : `${before}.${e.name}`;
}

/** `object.name`: a field, an array's length, a constant of a class. */
export function attribField(a: Attribution, e: Expr & { e: 'field' }): JavaType {
  const of = asClass(a, e.object);
  if (of !== undefined) {
    e.ofClass = of;
    const field = findField(a, of, e.name);
    if (!field && hasMore(of, e.name)) throw new BeyondJava(`${of.replaceAll('/', '.')}.${e.name}`, e.pos);
    if (!field)
      return a.wrong(e.pos, 'cannot find symbol', [`  symbol:   variable ${e.name}`, `  location: ${whatIs(a, of)}`]);
    e.sym = field;
    if ((field.flags & flag.static) === 0)
      return a.wrong(e.pos, `non-static variable ${e.name} cannot be referenced from a static context`);
    if (hidden(a, field.flags, field.owner ?? of))
      return a.wrong(e.pos, `${e.name} has private access in ${(field.owner ?? of).replace(/^.*[/$]/, '')}`);
    note(a, e, field);
    return field.type;
  }
  const dotted = dots(e.object);
  if (dotted !== undefined && e.object.e === 'field' && !isValue(a, e.object)) {
    a.classes.refuse(`${dotted}.${e.name}`, a.scope, e.pos);
    return a.wrong(e.pos, `package ${dotted} does not exist`);
  }
  if (e.object.e === 'name' && !isValue(a, e.object)) {
    const { name, pos } = e.object;
    a.classes.refuse(name, a.scope, pos);
    return a.wrong(pos, 'cannot find symbol', a.unknown('variable', name));
  }
  const type = found(attribExpr(a, e.object));
  if (type.t === 'error') return failed;
  if (type.t === 'array' && e.name === 'length') {
    e.length = true;
    return int;
  }
  if (isPrim(type)) return a.wrong(e.pos, `${show(type)} cannot be dereferenced`);
  const name =
    type.t === 'class'
      ? type.name
      : type.t === 'var' && type.bound.t === 'class'
        ? type.bound.name
        : 'java/lang/Object';
  const field = findField(a, name, e.name);
  if (!field)
    return a.wrong(e.pos, 'cannot find symbol', [
      `  symbol:   variable ${e.name}`,
      `  location: ${location(a, e.object, type)}`,
    ]);
  e.sym = field;
  if (hidden(a, field.flags, field.owner ?? name))
    return a.wrong(e.pos, `${e.name} has private access in ${(field.owner ?? name).replace(/^.*[/$]/, '')}`);
  return memberType(a.classes, field.type, field.owner ?? name, type);
}

/** Is a private member out of reach? Classes in one another share theirs. */
export function hidden(a: Attribution, flags: number, owner: string): boolean {
  const top = (name: string) => name.replace(/\$.*$/, '');
  return (flags & flag.private) !== 0 && top(owner) !== top(a.cls.name);
}

/** What javac calls the place in which it looked. */
export function location(a: Attribution, object: Expr, type: JavaType): string {
  const sym = variableOf(object);
  if (sym && object.e !== 'paren') return `variable ${sym.name} of type ${show(type)}`;
  return type.t === 'class' ? whatIs(a, type.name, type) : `class ${show(type)}`;
}
export function whatIs(a: Attribution, name: string, type?: JavaType): string {
  const one = a.classes.get(name);
  const kind = one?.kind === 'interface' ? 'interface' : one?.kind === 'enum' ? 'enum' : 'class';
  return `${kind === 'enum' ? 'class' : kind} ${type ? show(type) : one?.around ? shortName(name).replaceAll('$', '.') : shortName(name).replace(/^.*\$/, '')}`;
}
