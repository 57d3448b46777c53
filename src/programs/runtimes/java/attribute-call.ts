import type { Expr } from './ast.ts';
import type { Attribution } from './attribute.ts';
import { attribExpr, check } from './attribute-expr.ts';
import { attribLambda, attribRef } from './attribute-lambda.ts';
import { asClass, hidden, location, reach, useThis, whatIs } from './attribute-name.ts';
import {
  type Candidate,
  choose,
  fits,
  formals,
  isFactory,
  isPoly,
  lacking,
  notApplicable,
  shownArgs,
} from './choose-method.ts';
import { substitute } from './classes.ts';
import { anonymousClass } from './inner.ts';
import { assignable, capture, fresh, learn, memberType, same } from './relations.ts';
import {
  arrayOf,
  classType,
  erase,
  failed,
  flag,
  found,
  isPrim,
  type JavaType,
  type Method,
  objectType,
  show,
} from './types.ts';

/** A call of a method. */
export function attribCall(a: Attribution, e: Expr & { e: 'call' }, wanted: JavaType | undefined): JavaType {
  if (e.name === 'this' || e.name === 'super') return constructorCall(a, e);
  let site: JavaType;
  let name: string | undefined;
  let fixed = false;
  if (e.superCall) {
    site = a.cls.super ?? objectType;
    if (a.body?.static) return a.wrong(e.start, 'non-static variable super cannot be referenced from a static context');
    if (a.body?.lambda) useThis(a);
  } else if (e.object) {
    name = asClass(a, e.object);
    if (name !== undefined) {
      fixed = true;
      site = classType(name);
      if (e.object.e === 'name' || e.object.e === 'field') e.object.ofClass = name;
    } else {
      if (e.object.e === 'name' && /^[A-Z]/.test(e.object.name) === false) attribExpr(a, e.object);
      else attribExpr(a, e.object);
      site = found(e.object.type ?? failed);
    }
  } else return unqualified(a, e, wanted);
  attribArgs(a, e.args);
  if (site.t === 'error') return failed;
  if (isPrim(site)) return a.wrong(e.namePos, `${show(site)} cannot be dereferenced`);
  const at = site.t === 'infer' || site.t === 'null' ? objectType : site;
  const bound = at.t === 'var' ? at.bound : at.t === 'wild' ? capture(at) : at;
  const owner = bound.t === 'class' ? bound.name : 'java/lang/Object';
  e.site = bound;
  if (at.t === 'array' && e.name === 'clone') {
    const sym = a.classes.methods('java/lang/Object', 'clone')[0]?.method;
    if (sym) e.sym = { ...sym, throws: [] };
    return at;
  }
  const all = lookup(a, owner, e.name);
  if (all.length === 0) {
    lacking(a, owner, e.name, e.namePos);
    const where = name === undefined && e.object && !e.superCall ? location(a, e.object, at) : whatIs(a, owner);
    return a.wrong(e.namePos, 'cannot find symbol', [
      `  symbol:   method ${e.name}(${shownArgs(e.args)})`,
      `  location: ${where}`,
    ]);
  }
  const method = choose(a, all, e.args, e.namePos, e.name);
  if (!method) return failed;
  if (hidden(a, method.flags, method.owner))
    return a.wrong(
      e.namePos,
      `${e.name}(${method.params.map(show).join()}) has private access in ${method.owner.replace(/^.*[/$]/, '')}`,
    );
  if (fixed && (method.flags & flag.static) === 0)
    return a.wrong(
      e.namePos,
      `non-static method ${e.name}(${method.params.map(show).join()}) cannot be referenced from a static context`,
    );
  return applied(a, e, method, bound, wanted);
}

function lookup(a: Attribution, owner: string, name: string): readonly Candidate[] {
  const own = a.classes.methods(owner, name);
  return own.length > 0 || name === '<init>' ? own : a.classes.methods('java/lang/Object', name);
}

function unqualified(a: Attribution, e: Expr & { e: 'call' }, wanted: JavaType | undefined): JavaType {
  attribArgs(a, e.args);
  let fixed = a.body?.static ?? true;
  let level: Attribution = a;
  for (let at: string | undefined = a.cls.name; at !== undefined; at = a.classes.get(at)?.outer) {
    const all = lookup(a, at, e.name);
    if (all.length > 0) {
      const method = choose(a, all, e.args, e.namePos, e.name);
      if (!method) return failed;
      if ((method.flags & flag.static) === 0) {
        if (fixed)
          return a.wrong(
            e.namePos,
            `non-static method ${e.name}(${method.params.map(show).join()}) cannot be referenced from a static context`,
          );
        if (a.body?.lambda) useThis(a);
      }
      const site = classType(at, a.classes.get(at)?.params ?? []);
      e.site = site;
      return applied(a, e, method, site, wanted);
    }
    const one = a.classes.get(at);
    if (level.cls.name === at && level.around) level = level.around;
    fixed ||= one?.around === undefined || (level.cls.name === one.outer && level.body?.static === true);
  }
  const imported = a.scope.names.get(`static ${e.name}`);
  if (imported !== undefined) {
    const method = choose(a, lookup(a, imported, e.name), e.args, e.namePos, e.name);
    const site = classType(imported);
    e.site = site;
    return method ? applied(a, e, method, site, wanted) : failed;
  }
  lacking(a, a.cls.name, e.name, e.namePos);
  return a.wrong(e.namePos, 'cannot find symbol', a.unknown('method', `${e.name}(${shownArgs(e.args)})`));
}

function constructorCall(a: Attribution, e: Expr & { e: 'call' }): JavaType {
  attribArgs(a, e.args);
  const site = e.name === 'this' ? classType(a.cls.name, a.cls.params) : (a.cls.super ?? objectType);
  e.site = site;
  const method =
    site.t === 'class' ? choose(a, a.classes.methods(site.name, '<init>'), e.args, e.namePos, site.name) : undefined;
  return method ? applied(a, e, method, site, undefined) : failed;
}

/** `new C(…)` */
export function attribNew(a: Attribution, e: Expr & { e: 'new' }, wanted: JavaType | undefined): JavaType {
  const whole = e.within ? found(attribExpr(a, e.within)) : undefined;
  const named =
    whole?.t === 'class' ? a.classes.resolve(e.of, { ...a.scope, within: whole.name }, () => undefined) : a.type(e.of);
  attribArgs(a, e.args);
  if (named.t !== 'class') return named.t === 'error' ? named : a.wrong(e.of.pos, 'unexpected type');
  let type = named;
  const one = a.classes.get(type.name);
  if (!one) return failed;
  if (e.body) return anonymousClass(a, e, type, one, wanted);
  if ((one.flags & flag.abstract) !== 0 || one.kind === 'interface')
    return a.wrong(e.pos, `${show(classType(type.name))} is abstract; cannot be instantiated`);
  if (one.kind === 'enum') return a.wrong(e.pos, 'enum classes must not be instantiated');
  if (one.around !== undefined && !e.within && !reachable(a, one.around))
    return a.wrong(e.pos, 'non-static variable this cannot be referenced from a static context');
  reach(a, one, e.pos);
  if (e.of.diamond) {
    const args = fresh(one.params);
    type = classType(type.name, args);
    if (wanted && found(wanted).t === 'class') {
      const up = a.classes.as(type, (found(wanted) as JavaType & { t: 'class' }).name);
      if (up && (e.args.length === 0 || e.args.some(isPoly))) learn(a.classes, wanted, up);
    }
  }
  const method = choose(a, a.classes.methods(type.name, '<init>'), e.args, e.pos, type.name);
  if (!method) return failed;
  if (hidden(a, method.flags, method.owner))
    return a.wrong(
      e.pos,
      `${show(classType(type.name))}(${method.params.map(show).join()}) has private access in ${show(classType(type.name))}`,
    );
  applied(a, e, method, type, undefined);
  return type;
}

/** Is there an object of this class around, or this one? */
export function reachable(a: Attribution, name: string): boolean {
  if (a.body?.static) return false;
  for (let at: string | undefined = a.cls.name; at !== undefined; at = a.classes.get(at)?.around)
    if (a.classes.below(at, name)) return true;
  return false;
}

/** The constructor above that the arguments of an anonymous class go to. */
export function constructorOf(a: Attribution, e: Expr & { e: 'new' }, type: JavaType & { t: 'class' }): void {
  const method = choose(a, a.classes.methods(type.name, '<init>'), e.args, e.pos, type.name);
  if (method) applied(a, e, method, type, undefined);
}

function attribArgs(a: Attribution, args: readonly Expr[]): void {
  for (const arg of args) if (!isPoly(arg)) attribExpr(a, arg);
}

/** Is there an argument that its parameter, with its type arguments, surely does not take? */
function unfit(a: Attribution, args: readonly Expr[], params: readonly JavaType[]): boolean {
  return args.some((arg, i) => {
    const to = found(params[i] ?? failed);
    const from = found(arg.type ?? failed);
    if (isPoly(arg) || to.t !== 'class' || (from.t !== 'class' && from.t !== 'prim')) return false;
    return !assignable(a.classes, erase(from), erase(to), arg.value);
  });
}

/** The call of a method that was chosen: learns type parameters, looks at lambdas, gives the result's type. */
function applied(
  a: Attribution,
  e: Expr & { e: 'call' | 'new' },
  method: Method,
  site: JavaType,
  wanted: JavaType | undefined,
): JavaType {
  e.sym = method;
  const vars = fresh(method.typeParams);
  const fixed = (method.flags & flag.static) !== 0;
  const own = (type: JavaType) => {
    const t = substitute(type, method.typeParams, vars);
    return fixed ? t : memberType(a.classes, t, method.owner, site);
  };
  const { args } = e;
  const last = args[args.length - 1];
  const direct =
    method.params.length === args.length &&
    (!last || isPoly(last) || fits(a, last, method.params[args.length - 1] ?? failed, true));
  const spread = method.varargs && !direct;
  if (spread) {
    const item = method.params[method.params.length - 1];
    e.spread = item?.t === 'array' ? erase(item) : arrayOf(objectType);
  }
  const params = formals(method, args.length, spread).map(own);
  args.forEach((arg, i) => {
    if (!isPoly(arg)) learn(a.classes, arg.type ?? failed, params[i] ?? failed);
  });
  if (!spread && !fixed && e.e === 'call' && unfit(a, args, params)) {
    // it fits the declared parameters, but not with the type arguments: `add(5)` to a list of texts
    const all = lookup(a, site.t === 'class' ? site.name : method.owner, e.name);
    const seen = all.map((one) => ({
      ...one,
      method: { ...one.method, params: one.method.params.map((p) => memberType(a.classes, p, one.method.owner, site)) },
    }));
    notApplicable(a, seen, args, e.namePos, e.name);
    return failed;
  }
  const raw = own(method.result);
  // what is expected helps where the arguments say nothing: `List<String> l = List.of()`
  if (wanted && vars.length > 0 && vars.some((v) => !v.is) && (!args.some(isPoly) || isFactory(e))) {
    const up =
      found(wanted).t === 'class' ? a.classes.as(raw, (found(wanted) as JavaType & { t: 'class' }).name) : undefined;
    if (up) learn(a.classes, wanted, up);
    else if (found(raw).t === 'infer' && !isPrim(found(wanted)) && found(wanted).t !== 'infer')
      learn(a.classes, wanted, raw);
  }
  args.forEach((arg, i) => {
    if (isPoly(arg)) check(a, arg, params[i] ?? failed);
  });
  if (method.name === 'getClass') return classType('java/lang/Class', [{ t: 'wild', bound: erase(site), down: false }]);
  return capture(raw);
}

export { attribLambda, attribRef, same };
