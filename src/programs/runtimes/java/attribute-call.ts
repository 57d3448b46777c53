import type { Expr } from './ast.ts';
import type { Attribution } from './attribute.ts';
import { attribExpr, check, posOf } from './attribute-expr.ts';
import { attribLambda, attribRef } from './attribute-lambda.ts';
import { asClass, hidden, location, useThis, whatIs } from './attribute-name.ts';
import { substitute } from './classes.ts';
import { BeyondJava } from './problem.ts';
import { assignable, capture, fresh, learn, memberType, mismatch, same, subtype } from './relations.ts';
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
  nothing,
  objectType,
  show,
} from './types.ts';

type Candidate = {
  readonly method: Method;
  readonly owner: { readonly name: string; readonly kind: string; readonly params: readonly JavaType[] };
};
const isPoly = (e: Expr): boolean =>
  e.e === 'lambda' || e.e === 'ref' || (e.e === 'paren' && isPoly(e.of)) || isFactory(e);
/** Calls whose lambdas need what is expected of the call itself: `collect(Collectors.groupingBy(w -> …))`. */
const isFactory = (e: Expr): boolean =>
  e.e === 'call' && e.object?.e === 'name' && /^(?:Collectors|Comparator)$/.test(e.object.name) && e.args.some(isPoly);

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
    fixed = true;
  }
  const imported = a.scope.names.get(`static ${e.name}`);
  if (imported !== undefined) {
    const method = choose(a, lookup(a, imported, e.name), e.args, e.namePos, e.name);
    const site = classType(imported);
    e.site = site;
    return method ? applied(a, e, method, site, wanted) : failed;
  }
  return a.wrong(e.namePos, 'cannot find symbol', [
    `  symbol:   method ${e.name}(${shownArgs(e.args)})`,
    `  location: ${a.place()}`,
  ]);
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
  if (e.body) throw new BeyondJava('an anonymous class', e.pos);
  const named = a.type(e.of);
  attribArgs(a, e.args);
  if (named.t !== 'class') return named.t === 'error' ? named : a.wrong(e.of.pos, 'unexpected type');
  let type = named;
  const one = a.classes.get(type.name);
  if (!one) return failed;
  if ((one.flags & flag.abstract) !== 0 || one.kind === 'interface')
    return a.wrong(e.pos, `${show(classType(type.name))} is abstract; cannot be instantiated`);
  if (one.kind === 'enum') return a.wrong(e.pos, 'enum classes must not be instantiated');
  if (!one.library && one.outer !== undefined && (one.flags & flag.static) === 0 && one.kind === 'class')
    return inner(a, e, one.outer);
  if (e.of.diamond) {
    const args = fresh(one.params);
    type = classType(type.name, args);
    if (wanted && found(wanted).t === 'class') {
      const up = a.classes.as(type, (found(wanted) as JavaType & { t: 'class' }).name);
      if (up && e.args.length === 0) learn(a.classes, wanted, up);
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

function inner(a: Attribution, e: Expr & { e: 'new' }, _outer: string): JavaType {
  if (a.body?.static) return a.wrong(e.pos, 'non-static variable this cannot be referenced from a static context');
  throw new BeyondJava('an inner class that is not static', e.pos);
}

function attribArgs(a: Attribution, args: readonly Expr[]): void {
  for (const arg of args) if (!isPoly(arg)) attribExpr(a, arg);
}

function shownArgs(args: readonly Expr[]): string {
  return args.map((arg) => (isPoly(arg) ? describe(arg) : show(arg.type ?? failed))).join();
}
function describe(e: Expr): string {
  return e.e === 'lambda' ? `(${e.params.map((p) => p.name).join()})->{ }` : e.e;
}

/** Fits an argument: 1 by subtyping, 2 with boxing; undefined when it does not. */
function fits(a: Attribution, arg: Expr, formal: JavaType, loose: boolean): boolean {
  const f = erase(formal);
  if (isPoly(arg)) {
    const e = arg.e === 'paren' ? arg.of : arg;
    const to = erase(formal);
    if (e.e === 'call') return to.t === 'class' && /\/(?:Collector|Comparator)$/.test(to.name);
    const target = a.classes.functional(formal);
    if (!target) return formal.t === 'var';
    if (e.e === 'lambda') {
      if (e.params.length !== target.method.params.length) return false;
      const gives = target.method.result !== nothing;
      return 's' in e.body ? true : gives || ['call', 'new', 'assign', 'assign-op', 'step'].includes(e.body.e);
    }
    return true;
  }
  const type = found(arg.type ?? failed);
  if (type.t === 'error') return true;
  if (isPrim(type) && type.name === 'void') return false;
  if (subtype(a.classes, erase(type), f) && (type.t !== 'null' || !isPrim(f))) return true;
  if (type.t === 'infer' && !isPrim(f)) return true;
  return loose && assignable(a.classes, type.t === 'class' || isPrim(type) ? erase(type) : type, f);
}

function formals(method: Method, count: number, spread: boolean): readonly JavaType[] {
  if (!spread) return method.params;
  const last = method.params[method.params.length - 1];
  const item = last?.t === 'array' ? last.of : objectType;
  const before = method.params.slice(0, -1);
  return [...before, ...Array.from({ length: Math.max(0, count - before.length) }, () => item)];
}

/** The method that is meant (JLS 15.12.2): by subtyping, then with boxing, then with a variable number. */
function choose(
  a: Attribution,
  all: readonly Candidate[],
  args: readonly Expr[],
  pos: number,
  name: string,
): Method | undefined {
  // a mistake in an argument is told already
  if (all.length > 1 && args.some((arg) => !isPoly(arg) && found(arg.type ?? failed).t === 'error')) return undefined;
  for (const phase of [1, 2, 3]) {
    const fitting = all.filter(({ method }) => {
      if (phase === 3 && !method.varargs) return false;
      const params = formals(method, args.length, phase === 3);
      return params.length === args.length && args.every((arg, i) => fits(a, arg, params[i] ?? failed, phase > 1));
    });
    if (fitting.length === 0) continue;
    const best = fitting.find((one) =>
      fitting.every((other) => one === other || specific(a, one.method, other.method, args.length, phase === 3)),
    );
    const [first] = fitting;
    if (
      !best &&
      fitting.length > 1 &&
      fitting.every(({ method }) => method.params.every((p) => !a.classes.functional(p)))
    ) {
      const [x, y] = fitting;
      const shown = (m: Candidate | undefined) =>
        `method ${m?.method.name}(${m?.method.params.map(show).join()}) in ${m?.owner.name.replace(/^.*[/$]/, '')}`;
      a.wrong(pos, `reference to ${name} is ambiguous\n  both ${shown(x)} and ${shown(y)} match`);
      return undefined;
    }
    return (best ?? first)?.method;
  }
  notApplicable(a, all, args, pos, name);
  return undefined;
}

function specific(a: Attribution, one: Method, other: Method, count: number, spread: boolean): boolean {
  const [x, y] = [formals(one, count, spread), formals(other, count, spread)];
  return x.every((p, i) => subtype(a.classes, erase(p), erase(y[i] ?? objectType)));
}

function notApplicable(
  a: Attribution,
  all: readonly Candidate[],
  args: readonly Expr[],
  pos: number,
  name: string,
): void {
  const simple = name.replace(/^.*[/$]/, '');
  if (args.some((arg) => !isPoly(arg) && found(arg.type ?? failed).t === 'error')) return;
  const reason = ({ method }: Candidate): { readonly text: string; readonly arg?: Expr; readonly why?: string } => {
    if (method.params.length !== args.length && !method.varargs)
      return { text: 'actual and formal argument lists differ in length' };
    const params = formals(method, args.length, method.varargs && method.params.length !== args.length);
    const i = args.findIndex((arg, n) => !fits(a, arg, params[n] ?? failed, true));
    const arg = args[i];
    const why =
      arg && !isPoly(arg)
        ? mismatch(arg.type ?? failed, params[i] ?? failed, show)
        : 'incompatible parameter types in lambda expression';
    return { text: `${method.varargs ? 'varargs' : 'argument'} mismatch; ${why}`, ...(arg ? { arg, why } : {}) };
  };
  const [only] = all;
  if (all.length === 1 && only) {
    const { method, owner } = only;
    const { text, arg, why } = reason(only);
    if (arg && why) {
      a.wrong(posOf(arg), `incompatible types: ${why}`);
      a.simplified = true;
      return;
    }
    const what = method.name === '<init>' ? `constructor ${simple}` : `method ${simple}`;
    const kind = owner.kind === 'interface' ? 'interface' : owner.kind;
    const params = owner.params.length > 0 ? `<${owner.params.map(show).join()}>` : '';
    const found_ = args.length === 0 ? 'no arguments' : shownArgs(args);
    a.wrong(pos, `${what} in ${kind} ${owner.name.replace(/^.*[/$]/, '')}${params} cannot be applied to given types;`, [
      `  required: ${method.params.length === 0 ? 'no arguments' : method.params.map(show).join()}`,
      `  found:    ${found_}`,
      `  reason: ${text}`,
    ]);
    return;
  }
  const constructor_ = only?.method.name === '<init>';
  const lines = all.flatMap((one) => {
    const owner = one.owner.name.replace(/^.*[/$]/, '');
    const label = constructor_ ? `constructor ${owner}.${owner}` : `method ${owner}.${simple}`;
    const params =
      one.method.typeParams.length > 0 && !constructor_ ? `<${one.method.typeParams.map(show).join()}>` : '';
    const full = params ? `method ${owner}.${params}${simple}` : label;
    return [`    ${full}(${one.method.params.map(show).join()}) is not applicable`, `      (${reason(one).text})`];
  });
  a.wrong(
    pos,
    `no suitable ${constructor_ ? 'constructor' : 'method'} found for ${simple}(${args.length === 0 ? 'no arguments' : shownArgs(args)})`,
    lines,
  );
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
