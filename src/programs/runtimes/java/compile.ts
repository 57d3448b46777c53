import type { ClassDecl, JavaFile } from './ast.ts';
import { Attribution, attribClass } from './attribute.ts';
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
import { checkFlow } from './flow.ts';
import { classFile } from './generate-class.ts';
import { implied, lateConstants } from './implied.ts';
import { parseJava } from './parse-class.ts';
import { CompileError, type Problem } from './problem.ts';
import { flag } from './types.ts';

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
  const insides = new Map<string, Scope>();
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
    const around = classes.get(name)?.around;
    const scope = (around === undefined ? undefined : insides.get(around)) ?? one.scope;
    const inside = header(classes, decl, name, scope, missing);
    insides.set(name, inside);
    return { ...one, missing, inside };
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
    for (const one of [a, ...insideOf(a)]) simplified ||= one.simplified;
  }
  for (const { own } of units) own.sort(lineOrder);
  if (units.every(({ own }) => own.length === 0))
    for (const unit of units)
      for (const top of unit.file.classes) {
        const inIt = made.filter((one) => one.unit === unit && nested(top, '').some(({ decl }) => decl === one.decl));
        checkFlow(inIt.toReversed().flatMap(({ a }) => [...insideOf(a), a]));
      }
  for (const { source, own } of units) for (const problem of own) problems.push({ source, problem });
  if (problems.length > 0) return { problems, simplified, files: [] };
  const files: Compiled['files'][number][] = [];
  const all = made.flatMap((one) => [
    one,
    ...insideOf(one.a).map((a) => ({ unit: one.unit, decl: a.decl, name: a.cls.name, cls: a.cls })),
  ]);
  for (const { unit, decl, name, cls } of all) {
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

/** The local and anonymous classes of a class, and those in them. */
function insideOf(a: Attribution): readonly Attribution[] {
  return a.inside.flatMap((one) => [one, ...insideOf(one)]);
}
function lineOrder(x: Problem, y: Problem): number {
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
      if (!cls) classes.refuse(owner.replaceAll('/', '.'), { params: [], names, packages: [] }, one.pos);
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
      classes.refuse(one.name, { params: [], names, packages: [] }, one.pos);
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
