import type { ClassDecl, Expr } from './ast.ts';
import type { Attribution } from './attribute.ts';
import { attribExpr } from './attribute-expr.ts';
import type { Classes } from './classes.ts';
import { convert } from './constants.ts';
import {
  arrayOf,
  bool,
  classType,
  flag,
  int,
  isPrim,
  isString,
  nothing,
  objectType,
  stringType,
  type Variable,
} from './types.ts';

/** What a class has though nobody wrote it: a constructor, an enum's constants and methods. */
export function implied(classes: Classes, decl: ClassDecl, name: string): void {
  const one = classes.get(name);
  if (!one) return;
  const self = classType(name);
  const add = (method: string, flags: number, params: readonly Variable['type'][], result: Variable['type']) =>
    one.methods.push({ owner: name, name: method, flags, typeParams: [], params, result, varargs: false, throws: [] });
  if (decl.kind === 'enum') {
    const fields = [...one.fields];
    one.fields.clear();
    for (const constant of decl.constants)
      one.fields.set(constant.name, {
        name: constant.name,
        type: self,
        flags: flag.public | flag.static | flag.final | flag.enum,
        owner: name,
      });
    for (const [key, value] of fields) one.fields.set(key, value);
    one.fields.set('$VALUES', {
      name: '$VALUES',
      type: arrayOf(self),
      flags: flag.private | flag.static | flag.final | flag.synthetic,
      owner: name,
    });
    add('values', flag.public | flag.static, [], arrayOf(self));
    add('valueOf', flag.public | flag.static, [stringType], self);
    one.flags |= flag.final;
  }
  if (decl.kind === 'record') {
    for (const [method, params, result] of [
      ['toString', [], stringType],
      ['hashCode', [], int],
      ['equals', [objectType], bool],
    ] as const)
      if (!one.methods.some((m) => m.name === method && m.params.length === params.length))
        add(method, flag.public | flag.final, params, result);
  }
  if (decl.kind !== 'interface' && !one.methods.some((m) => m.name === '<init>'))
    add('<init>', decl.kind === 'enum' ? flag.private : decl.flags & 7, [], nothing);
}

/** Constants of final fields are found when they are first asked for. */
export function lateConstants(a: Attribution, decl: ClassDecl): void {
  for (const member of decl.members) {
    if (member.m !== 'field' || !member.init || !member.sym || (member.sym.flags & flag.final) === 0) continue;
    const { sym, init } = member;
    if (!isPrim(sym.type) && !isString(sym.type)) continue;
    if (!constantShape(init)) continue;
    sym.lazy = () => {
      sym.lazy = undefined;
      const before = { body: a.body, locals: a.locals };
      a.body = { static: true, result: nothing, level: 0, name: 'static', params: '' };
      a.locals = [];
      const type = attribExpr(a, init, sym.type);
      Object.assign(a, before);
      if (init.value === undefined || type.t === 'error') return;
      const fits = isString(sym.type) ? typeof init.value === 'string' : typeof init.value !== 'string';
      if (fits) sym.constant = convert(init.value, type, sym.type);
    };
  }
}
function constantShape(e: Expr): boolean {
  switch (e.e) {
    case 'literal':
      return e.kind !== 'null';
    case 'name':
      return true;
    case 'field':
      return true;
    case 'paren':
    case 'unary':
    case 'cast':
      return constantShape(e.of);
    case 'binary':
      return constantShape(e.left) && constantShape(e.right);
    default:
      return false;
  }
}
