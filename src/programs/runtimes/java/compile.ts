import type { ClassDecl, JavaFile } from './ast.ts';
import { Attribution, attribClass } from './attribute.ts';
import { attribExpr } from './attribute-expr.ts';
import {
  always,
  Classes,
  enter,
  header,
  libraryClasses,
  type Missing,
  members,
  nested,
  type Scope,
} from './classes.ts';
import { convert } from './constants.ts';
import { classFile } from './generate-class.ts';
import { parseJava } from './parse-class.ts';
import { BeyondJava, CompileError, type Problem } from './problem.ts';
import { arrayOf, classType, flag, isPrim, isString, nothing, stringType, type Variable } from './types.ts';

export interface Source {
  readonly path: string;
  readonly text: string;
}
export interface Compiled {
  readonly problems: readonly { readonly source: Source; readonly problem: Problem }[];
  readonly simplified: boolean;
  /** Class files by the class's name. */
  readonly files: readonly { readonly name: string; readonly bytes: string; readonly source: Source }[];
}

/** Compiles source files together. Throws BeyondJava where they say what is not read here. */
export function compile(sources: readonly Source[], release: number, launcher = false): Compiled {
  const classes = new Classes(libraryClasses());
  const problems: { source: Source; problem: Problem }[] = [];
  const parsed: { source: Source; file: JavaFile }[] = [];
  for (const source of sources) {
    try {
      parsed.push({ source, file: parseJava(source.text) });
    } catch (error) {
      if (!(error instanceof CompileError)) throw error;
      problems.push({ source, problem: { message: error.message, pos: error.pos } });
    }
  }
  if (problems.length > 0) return { problems, simplified: false, files: [] };
  const units = parsed.map((one) => ({ ...one, own: [] as Problem[] }));
  const entered: { unit: (typeof units)[number]; decl: ClassDecl; name: string; scope: Scope }[] = [];
  for (const unit of units) {
    const place = unit.file.package.replaceAll('.', '/');
    for (const decl of unit.file.classes) {
      const name = place === '' ? decl.name : `${place}/${decl.name}`;
      const base = unit.source.path.replace(/^.*\//, '').replace(/\.java$/, '');
      if (!launcher && (decl.flags & flag.public) !== 0 && decl.name !== base) {
        const kind = decl.kind === 'record' || decl.kind === 'enum' ? decl.kind : decl.kind;
        unit.own.push({
          pos: decl.pos,
          message: `${kind} ${decl.name} is public, should be declared in a file named ${decl.name}.java`,
        });
      }
      if (classes.get(name) && !classes.get(name)?.library)
        unit.own.push({ pos: decl.pos, message: `duplicate class: ${decl.name}` });
      for (const one of nested(decl, name))
        if (one.decl.kind === 'record') throw new BeyondJava('a record', one.decl.pos);
      enter(classes, decl, name, false);
    }
  }
  for (const unit of units) {
    const place = unit.file.package.replaceAll('.', '/');
    const scope = scopeOf(unit.file, classes, place, unit.own);
    for (const decl of unit.file.classes)
      for (const one of nested(decl, place === '' ? decl.name : `${place}/${decl.name}`))
        entered.push({ unit, ...one, scope });
  }
  const attributions = entered.map((one) => {
    const { unit, decl, name } = one;
    const missing: Missing = (node, what) => {
      if (unit.own.some((p) => p.pos === node.pos)) return;
      unit.own.push({
        pos: node.pos,
        message: 'cannot find symbol',
        details: [
          `  symbol:   class ${what}`,
          ...(inHeader(decl, node.pos) ? [] : [`  location: ${decl.kind} ${decl.name}`]),
        ],
      });
    };
    return { ...one, missing, inside: header(classes, decl, name, one.scope, missing) };
  });
  for (const { decl, name, inside, missing } of attributions) {
    members(classes, decl, name, inside, missing);
    implied(classes, decl, name);
  }
  let simplified = false;
  const made = attributions.flatMap(({ unit, decl, name, inside }) => {
    const cls = classes.get(name);
    if (!cls) return [];
    const a = new Attribution(classes, unit.own, cls, decl, inside);
    lateConstants(a, decl);
    return [{ unit, decl, name, cls, a }];
  });
  for (const { a } of made) {
    attribClass(a);
    for (const { sym, pos } of a.captured)
      if ((sym.assigned ?? 0) > 1)
        a.wrong(pos, 'local variables referenced from a lambda expression must be final or effectively final');
    simplified ||= a.simplified;
  }
  for (const { source, own } of units)
    for (const problem of own.sort((x, y) => lineOrder(source.text, x, y))) problems.push({ source, problem });
  if (problems.length > 0) return { problems, simplified, files: [] };
  const files: Compiled['files'][number][] = [];
  for (const { unit, decl, name, cls } of made) {
    const { source } = unit;
    try {
      const bytes = classFile(classes, decl, cls, source.text, source.path.replace(/^.*\//, ''), release);
      files.push({ name, bytes, source });
    } catch (error) {
      if (!(error instanceof CompileError)) throw error;
      problems.push({ source, problem: { message: error.message, pos: error.pos } });
    }
  }
  if (problems.length > 0) return { problems, simplified, files: [] };
  return { problems, simplified, files };
}

function lineOrder(_text: string, x: Problem, y: Problem): number {
  return x.pos - y.pos;
}
function inHeader(decl: ClassDecl, pos: number): boolean {
  return decl.extends?.pos === pos || decl.implements.some((one) => one.pos === pos);
}

function scopeOf(file: JavaFile, classes: Classes, place: string, problems: Problem[]): Scope {
  const names = new Map<string, string>();
  const packages = [place, ...always];
  for (const one of file.imports) {
    const path = one.name.replaceAll('.', '/');
    if (one.static) {
      const owner = one.star ? path : path.replace(/\/[^/]*$/, '');
      const cls = classes.get(owner);
      if (!cls)
        problems.push({
          pos: one.pos,
          message: `cannot find symbol`,
          details: [`  symbol: class ${owner.replace(/^.*\//, '')}`],
        });
      else if (!one.star) names.set(`static ${path.replace(/^.*\//, '')}`, owner);
      else
        for (const name of [...cls.fields.keys(), ...cls.methods.map((m) => m.name)])
          names.set(`static ${name}`, owner);
      continue;
    }
    if (one.star) {
      packages.push(path);
      continue;
    }
    const full = classes.get(path) ? path : inner(classes, path);
    if (full !== undefined) names.set(one.name.replace(/^.*\./, ''), full);
    else {
      const before = one.name.replace(/\.[^.]*$/, '');
      const known = knownPackage(classes, before.replaceAll('.', '/'));
      if (known)
        problems.push({
          pos: one.pos,
          message: 'cannot find symbol',
          details: [`  symbol:   class ${one.name.replace(/^.*\./, '')}`, `  location: package ${before}`],
        });
      else problems.push({ pos: one.pos, message: `package ${before} does not exist` });
    }
  }
  return { params: [], names, packages };
}
function inner(classes: Classes, path: string): string | undefined {
  const name = path.replace(/\/([^/]*)$/, '$$$1');
  return classes.get(name) ? name : undefined;
}
function knownPackage(classes: Classes, path: string): boolean {
  return classes.get(`${path}/List`) !== undefined || /^java\/(?:util|lang|io|net)\b/.test(path);
}

/** What a class has though nobody wrote it: a constructor, an enum's constants and methods. */
function implied(classes: Classes, decl: ClassDecl, name: string): void {
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
  if (decl.kind !== 'interface' && !one.methods.some((m) => m.name === '<init>'))
    add('<init>', decl.kind === 'enum' ? flag.private : decl.flags & 7, [], nothing);
}

/** Constants of final fields are found when they are first asked for. */
function lateConstants(a: Attribution, decl: ClassDecl): void {
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
function constantShape(e: import('./ast.ts').Expr): boolean {
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
