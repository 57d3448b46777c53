import type { Expr, LambdaMade } from './ast.ts';
import { type Attribution, enter } from './attribute.ts';
import { attribExpr, check, posOf } from './attribute-expr.ts';
import { asClass } from './attribute-name.ts';
import { attribBlock } from './attribute-stmt.ts';
import { substitute } from './classes.ts';
import { BeyondJava } from './problem.ts';
import { assignable, fresh, learn, memberType, mismatch } from './relations.ts';
import {
  classType,
  erase,
  failed,
  flag,
  found,
  type JavaType,
  type Method,
  nothing,
  objectType,
  show,
} from './types.ts';

function targetOf(
  a: Attribution,
  e: Expr,
  wanted: JavaType | undefined,
): { method: Method; params: JavaType[]; result: JavaType; target: JavaType } | undefined {
  const target = wanted ? found(wanted) : failed;
  if (target.t === 'error') {
    if (!wanted) a.wrong(e.pos, `${e.e === 'lambda' ? 'lambda expression' : 'method reference'} not expected here`);
    return undefined;
  }
  const open =
    target.t === 'class'
      ? classType(
          target.name,
          target.args.map((arg) => (arg.t === 'wild' ? arg.bound : arg)),
        )
      : target;
  const fn = a.classes.functional(open);
  if (!fn) {
    a.wrong(e.pos, `incompatible types: ${show(target)} is not a functional interface`);
    return undefined;
  }
  const own = (type: JavaType) => memberType(a.classes, type, fn.method.owner, fn.site);
  return { method: fn.method, params: fn.method.params.map(own), result: own(fn.method.result), target: open };
}

/** A lambda expression: its parameters are known from what is expected; its result may be learnt. */
export function attribLambda(a: Attribution, e: Expr & { e: 'lambda' }, wanted: JavaType | undefined): JavaType {
  const to = targetOf(a, e, wanted);
  if (!to) return failed;
  if (to.params.length !== e.params.length)
    return a.wrong(e.pos, 'incompatible types: incompatible parameter types in lambda expression');
  const made: LambdaMade = { target: to.target, method: to.method, captures: [], usesThis: false, result: to.result };
  e.made = made;
  const { body } = a;
  const expects = found(to.result);
  const { length } = a.locals;
  const inside = {
    static: body?.static ?? true,
    result: expects,
    level: (body?.level ?? 0) + 1,
    name: body?.name ?? '',
    params: body?.params ?? '',
    lambda: made,
    ...(body ? { outer: body } : {}),
    ...(body?.constructor_ ? { constructor_: true } : {}),
  };
  enter(a, inside, () => {
    e.params.forEach((p, i) => {
      a.declare(p, p.of ? a.type(p.of) : settled(to.params[i] ?? failed), true);
    });
    if ('s' in e.body) attribBlock(a, e.body, false);
    else if (expects === nothing) attribExpr(a, e.body);
    else {
      const type = attribExpr(a, e.body, expects);
      learn(a.classes, type, to.result);
      if (!assignable(a.classes, type, to.result, e.body.value) && e.body.e !== 'lambda')
        a.wrong(posOf(e.body), 'incompatible types: bad return type in lambda expression', [
          `    ${mismatch(type, to.result, show)}`,
        ]);
    }
  });
  a.locals.length = length;
  a.made.push(made);
  return wanted ?? failed;
}

function settled(type: JavaType): JavaType {
  const t = found(type);
  return t.t === 'infer' ? t.upper : t.t === 'wild' ? (t.down ? t.bound : t.bound) : t;
}

/** A method reference. */
export function attribRef(a: Attribution, e: Expr & { e: 'ref' }, wanted: JavaType | undefined): JavaType {
  const to = targetOf(a, e, wanted);
  if (!to) return failed;
  const { object } = e;
  const named = object.e === 'class-literal' ? a.type(object.of) : undefined;
  if (named?.t === 'array') throw new BeyondJava('a reference to the constructor of an array', e.pos);
  const of = named?.t === 'class' ? named.name : asClass(a, object);
  const [open] = to.params.map(found);
  if (of !== undefined && open?.t === 'infer' && e.name !== '<init>' && !fixedOnly(a, of, e.name))
    learn(a.classes, classType(of), open);
  const params = to.params.map(settled);
  const site = of === undefined ? found(attribExpr(a, object)) : classType(of);
  if (site.t === 'error') return failed;
  const owner =
    site.t === 'class'
      ? site.name
      : site.t === 'var' && site.bound.t === 'class'
        ? site.bound.name
        : 'java/lang/Object';
  const all = a.classes
    .methods(owner, e.name)
    .concat(e.name === '<init>' ? [] : a.classes.methods('java/lang/Object', e.name));
  const suits = (formals: readonly JavaType[], given: readonly JavaType[], loose: boolean) =>
    formals.length === given.length &&
    formals.every(
      (f, i) =>
        given[i] !== undefined &&
        (loose
          ? assignable(a.classes, given[i], erase(f))
          : found(given[i]).t === found(f).t && assignable(a.classes, given[i], erase(f))),
    );
  for (const loose of [false, true]) {
    for (const { method } of all) {
      const fixed = (method.flags & flag.static) !== 0;
      const isNew = e.name === '<init>';
      if (of !== undefined && !fixed && !isNew) {
        const [first, ...rest] = params;
        if (first && assignable(a.classes, first, classType(owner)) && suits(method.params, rest, loose))
          return made(a, e, to, method, 'unbound', site, params);
      } else if (suits(method.params, params, loose) || (method.varargs && loose)) {
        if (of === undefined && fixed) continue;
        if (method.varargs && !suits(method.params, params, true))
          throw new BeyondJava('a reference to a method with a variable number of arguments', e.pos);
        return made(a, e, to, method, isNew ? 'new' : fixed ? 'static' : 'bound', site, params);
      }
    }
  }
  const shown = params.map(show).join();
  if (all.length === 0)
    return a.wrong(e.pos, 'invalid method reference', [
      `  cannot find symbol`,
      `    symbol:   method ${e.name}(${shown})`,
      `    location: ${of === undefined ? show(site) : `class ${show(site)}`}`,
    ]);
  return a.wrong(e.pos, `incompatible types: invalid method reference`, [
    `    incompatible types: ${shown} cannot be converted`,
  ]);
}

function made(
  a: Attribution,
  e: Expr & { e: 'ref' },
  to: { method: Method; result: JavaType; target: JavaType },
  sym: Method,
  how: 'static' | 'bound' | 'unbound' | 'new',
  site: JavaType,
  params: readonly JavaType[],
): JavaType {
  const result =
    how === 'new'
      ? newType(a, site)
      : memberType(
          a.classes,
          substitute(sym.result, sym.typeParams, fresh(sym.typeParams)),
          sym.owner,
          how === 'unbound' ? (params[0] ?? site) : site,
        );
  if (to.result !== nothing) learn(a.classes, result === nothing ? objectType : result, to.result);
  e.made = { target: to.target, method: to.method, sym, how, params, result: to.result };
  return to.target;
}

/** Has a class only static methods of this name? */
function fixedOnly(a: Attribution, name: string, method: string): boolean {
  return a.classes.methods(name, method).every((one) => (one.method.flags & flag.static) !== 0);
}

function newType(a: Attribution, site: JavaType): JavaType {
  const one = site.t === 'class' ? a.classes.get(site.name) : undefined;
  return site.t === 'class' && one ? classType(site.name, fresh(one.params)) : site;
}

export { check };
