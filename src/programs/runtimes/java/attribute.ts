import type { ClassDecl, LambdaMade, LocalVar, MethodDecl, TypeNode } from './ast.ts';
import { attribExpr, check } from './attribute-expr.ts';
import { attribBlock } from './attribute-stmt.ts';
import type { Classes, Scope } from './classes.ts';
import type { Problem } from './problem.ts';
import {
  erase,
  failed,
  flag,
  found,
  type JavaClass,
  type JavaType,
  type Method,
  nothing,
  shortName,
  type Variable,
} from './types.ts';

/** The method, lambda or initializer that is looked at. */
export interface Body {
  readonly static: boolean;
  /** undefined: anything may be returned, and is collected (a lambda whose result is still to be found). */
  readonly result: JavaType | undefined;
  readonly results?: JavaType[];
  readonly level: number;
  readonly name: string;
  readonly lambda?: LambdaMade;
  readonly outer?: Body;
  readonly constructor_?: boolean;
  readonly params: string;
}

/** Finds out what everything in a class means: types, variables, methods, constants. Notes it in the tree. */
export class Attribution {
  readonly classes: Classes;
  readonly problems: Problem[];
  cls: JavaClass;
  decl: ClassDecl;
  scope: Scope;
  body: Body | undefined;
  locals: Variable[] = [];
  /** Lambdas of the class so far: they get numbers. */
  lambdas = 0;
  /** How deep in loops and switches: what break, continue and yield may mean. */
  yields: { expected: JavaType | undefined; types: JavaType[]; values: { type: JavaType; pos: number }[] }[] = [];
  readonly made: LambdaMade[] = [];
  /** A message was shortened, as javac tells at the end. */
  simplified = false;
  /** Variables that lambdas and classes inside use: they must not be assigned again. */
  readonly captured: { readonly sym: Variable; readonly pos: number; readonly byClass?: boolean }[] = [];
  /** Where a local class stands: what its methods see beyond it. */
  readonly around: Attribution | undefined;
  /** Local and anonymous classes, in their order. */
  readonly inside: Attribution[] = [];

  constructor(
    classes: Classes,
    problems: Problem[],
    cls: JavaClass,
    decl: ClassDecl,
    scope: Scope,
    around?: Attribution,
  ) {
    this.around = around;
    this.classes = classes;
    this.problems = problems;
    this.cls = cls;
    this.decl = decl;
    this.scope = scope;
  }

  /** Tells of a mistake; only the first one at a place counts, as with javac. */
  wrong(pos: number, message: string, details?: readonly string[]): JavaType {
    if (!this.problems.some((p) => p.pos === pos))
      this.problems.push({ pos, message, ...(details ? { details } : {}) });
    return failed;
  }
  /** A type as it is written. */
  type(node: TypeNode): JavaType {
    return this.classes.resolve(node, this.scope, (at, name) => this.noClass(at.pos, name));
  }
  noClass(pos: number, name: string): void {
    const parts = name.split('.');
    if (parts.length > 1) {
      this.wrong(pos + parts.slice(0, -1).join('.').length, `package ${parts.slice(0, -1).join('.')} does not exist`);
      return;
    }
    this.wrong(pos, 'cannot find symbol', this.unknown('class', name));
  }
  /** What is not known, and where it was looked for; an anonymous class is no place to tell. */
  unknown(kind: string, name: string): string[] {
    if (this.cls.local?.name === '') return [`  symbol: ${kind} ${name}`];
    return [`  symbol:   ${kind} ${name}`, `  location: ${this.place()}`];
  }
  place(): string {
    const { kind, name } = this.cls;
    const params = this.cls.params.length > 0 ? `<${this.cls.params.map((p) => p.name).join(',')}>` : '';
    // an inner class is told with what is around it, a static one without
    const shown =
      this.cls.around === undefined || this.cls.local ? shortName(name).replace(/^.*\$/, '') : shortName(name);
    return `${kind === 'interface' ? 'interface' : kind === 'enum' ? 'enum' : 'class'} ${shown.replaceAll('$', '.')}${params}`;
  }
  /** Declares a local variable. */
  declare(of: LocalVar, type: JavaType, param = false, flags = 0): Variable {
    const { body } = this;
    if (this.locals.some((v) => v.name === of.name)) {
      const where = body?.constructor_
        ? `constructor ${this.decl.name}(${body.params})`
        : `method ${body?.name ?? ''}(${body?.params ?? ''})`;
      this.wrong(of.pos, `variable ${of.name} is already defined in ${where}`);
    }
    const sym: Variable = {
      name: of.name,
      type,
      flags: flags | (of.final ? flag.final : 0),
      level: body?.level ?? 0,
      param,
      assigned: of.init || param ? 1 : 0,
    };
    of.sym = sym;
    this.locals.push(sym);
    return sym;
  }
  within<T>(act: () => T): T {
    const { length } = this.locals;
    const { scope } = this;
    const result = act();
    this.scope = scope;
    this.locals.length = Math.min(length, this.locals.length);
    return result;
  }
}

/** Attributes a class's members in their order. */
export function attribClass(a: Attribution): void {
  const { decl, cls } = a;
  checkAbove(a);
  for (const constant of decl.constants) {
    enter(a, { static: true, result: nothing, level: 0, name: '<clinit>', params: '' }, () => {
      for (const arg of constant.args) attribExpr(a, arg);
    });
  }
  for (const member of decl.members) {
    if (member.m === 'field' && member.init && member.sym) {
      const { sym, init } = member;
      const fixed = (sym.flags & flag.static) !== 0;
      enter(a, { static: fixed, result: nothing, level: 0, name: fixed ? 'static' : 'new', params: '' }, () => {
        if (sym.lazy) sym.lazy();
        if (init.type === undefined) check(a, init, sym.type);
      });
    } else if (member.m === 'init') {
      const name = member.static ? 'static' : 'new';
      enter(a, { static: member.static, result: nothing, level: 0, name, params: '' }, () =>
        attribBlock(a, member.body),
      );
    } else if (member.m === 'method' && member.sym) attribMethod(a, member, member.sym);
  }
  const seen: Method[] = [];
  for (const member of decl.members) {
    if (member.m !== 'method' || !member.sym) continue;
    const { sym } = member;
    const twin = seen.find((m) => m.name === sym.name && signature(m) === signature(sym));
    const what = sym.name === '<init>' ? `constructor ${decl.name}` : `method ${sym.name}`;
    if (twin)
      a.wrong(
        member.pos,
        `${what}(${member.params.map((p) => p.of?.name ?? '').join()}) is already defined in ${kindOf(cls)} ${decl.name}`,
      );
    seen.push(sym);
  }
}

const kindOf = (cls: JavaClass) => (cls.kind === 'record' ? 'record' : cls.kind);
const signature = (m: Method) => JSON.stringify(m.params.map(erase));

/** Lets `act` look at a body of its own. */
export function enter<T>(a: Attribution, body: Body, act: () => T): T {
  const before = { body: a.body, locals: a.locals, scope: a.scope };
  a.body = body;
  a.locals = body.lambda ? a.locals : [];
  const result = act();
  a.body = before.body;
  a.locals = before.locals;
  a.scope = before.scope;
  return result;
}

function attribMethod(a: Attribution, member: MethodDecl, sym: Method): void {
  const { body } = member;
  const { cls } = a;
  const isAbstract = (sym.flags & flag.abstract) !== 0;
  if (!body) {
    if (!isAbstract && cls.kind !== 'interface' && (member.flags & 256) === 0)
      a.wrong(member.pos, 'missing method body, or declare abstract');
    return;
  }
  if (isAbstract) {
    a.wrong(
      member.pos,
      cls.kind === 'interface' ? 'interface abstract methods cannot have body' : 'abstract methods cannot have a body',
    );
    return;
  }
  const before = a.scope;
  a.scope = { ...before, params: [...sym.typeParams, ...before.params] };
  const params = member.params.map((p) => `${p.of?.name.replace(/^.*\./, '') ?? ''}${'[]'.repeat(p.of?.dims ?? 0)}`);
  if (member.varargs) params.push((params.pop() ?? '').replace(/\[\]$/, '...'));
  const scope: Body = {
    static: (sym.flags & flag.static) !== 0,
    result: sym.result,
    level: 0,
    name: sym.name,
    params: params.join(),
    constructor_: sym.name === '<init>',
  };
  enter(a, scope, () => {
    member.params.forEach((p, i) => {
      a.declare(p, sym.params[i] ?? failed, true);
    });
    attribBlock(a, body, false);
  });
  a.scope = before;
}

/** A class that is not abstract has all methods that it promises; what it extends may be extended. */
function checkAbove(a: Attribution): void {
  const { cls, decl, classes } = a;
  if (decl.extends && cls.super?.t === 'class') {
    const above = classes.get(cls.super.name);
    if (above?.kind === 'interface') a.wrong(decl.extends.pos, 'no interface expected here');
    else if (above && (above.flags & flag.final) !== 0)
      a.wrong(decl.extends.pos, `cannot inherit from final ${decl.extends.name}`);
  }
  decl.implements.forEach((node, i) => {
    const up = found(cls.interfaces[i] ?? failed);
    if (up.t === 'class' && classes.get(up.name)?.kind !== 'interface' && up.name !== '')
      a.wrong(node.pos, 'interface expected here');
  });
  if (cls.kind === 'interface' || (cls.flags & flag.abstract) !== 0) return;
  const visited = new Set<string>();
  const visit = (name: string): Method | undefined => {
    if (visited.has(name)) return undefined;
    visited.add(name);
    const one = classes.get(name);
    if (!one) return undefined;
    for (const method of one.methods) {
      if ((method.flags & flag.abstract) === 0) continue;
      const owner = implementation(classes, cls.name, method);
      if (!owner) return method;
    }
    for (const above of classes.above(one)) {
      const missing = above.t === 'class' ? visit(above.name) : undefined;
      if (missing) return missing;
    }
    return undefined;
  };
  const missing = visit(cls.name);
  if (!missing) return;
  const params = missing.params.map((p) => showParam(a, p, missing.owner)).join();
  const owner = missing.owner.replace(/^.*[/$]/, '');
  a.wrong(
    decl.pos === decl.namePos ? decl.namePos : startOf(decl),
    `${decl.name === '' ? `<anonymous ${cls.name.replace(/^.*\//, '')}>` : decl.name} is not abstract and does not override abstract method ${missing.name}(${params}) in ${owner}`,
  );
}
const startOf = (decl: ClassDecl): number => decl.pos;

function showParam(a: Attribution, type: JavaType, owner: string): string {
  const up = a.classes.as({ t: 'class', name: a.cls.name, args: [] }, owner);
  const of = a.classes.get(owner);
  const t = type.t === 'var' && of ? (up?.args[of.params.indexOf(type)] ?? type) : type;
  const plain = found(t);
  return plain.t === 'class'
    ? plain.name.replace(/^.*[/$]/, '')
    : plain.t === 'prim' || plain.t === 'var'
      ? plain.name
      : 'Object';
}

/** A method with code that overrides an abstract one, in a class or above it. */
function implementation(classes: Classes, name: string, wanted: Method): Method | undefined {
  return classes
    .methods(name, wanted.name)
    .map(({ method }) => method)
    .concat(classes.get('java/lang/Object')?.methods.filter((m) => m.name === wanted.name) ?? [])
    .find((m) => (m.flags & flag.abstract) === 0 && m.params.length === wanted.params.length);
}

export { attribExpr };
