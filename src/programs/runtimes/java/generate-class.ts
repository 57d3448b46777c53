import type { ClassDecl, FieldDecl, InitDecl, MethodDecl, Stmt } from './ast.ts';
import { type Made, write } from './class-writer.ts';
import type { Classes } from './classes.ts';
import { Code, type VType } from './code.ts';
import { bridges } from './generate-bridge.ts';
import { load, loadConstant, loadThis, local, makeArray, prefix } from './generate-expr.ts';
import { aroundField, hiddenParams, hiddenTypes, keepHidden, loadKept, loadOwner } from './generate-inner.ts';
import { recordMethods } from './generate-record.ts';
import { drop, genBlock, genStmts } from './generate-stmt.ts';
import { Generator, type LambdaBody } from './generator.ts';
import { Pool } from './pool.ts';
import { CompileError } from './problem.ts';
import {
  arrayOf,
  classType,
  descriptor,
  erase,
  flag,
  int,
  type JavaClass,
  type JavaType,
  type Method,
  methodDescriptor,
  nothing,
  objectType,
  stringType,
  type Variable,
} from './types.ts';

/** The class file of a class (JVMS 4), as bytes. */
export function classFile(
  classes: Classes,
  decl: ClassDecl,
  cls: JavaClass,
  source: string,
  file: string,
  release: number,
): string {
  const pool = new Pool();
  const g = new Generator(classes, cls, pool, source, release);
  const methods: Made[] = [];
  const around = aroundField(g, cls);
  const fields: Variable[] = [
    ...cls.fields.values(),
    ...(cls.captures ?? []).map(({ field }) => field),
    ...(around ? [around] : []),
  ];
  const above = cls.super?.t === 'class' && cls.kind !== 'interface' ? cls.super.name : 'java/lang/Object';
  const inits = decl.members.filter((m): m is FieldDecl | InitDecl => m.m === 'init' || m.m === 'field');
  const own = decl.members.filter((m): m is MethodDecl => m.m === 'method' && m.sym !== undefined);
  if (cls.kind === 'enum') methods.push(...enumMethods(g, cls, decl));
  if (cls.kind === 'class' && !own.some((m) => m.name === '<init>'))
    methods.push(defaultConstructor(g, decl, above, inits));
  if (cls.kind === 'record') methods.push(...recordMethods(g, decl));
  for (const member of own) if (member.sym) methods.push(method(g, member, member.sym, above, inits));
  if (cls.kind === 'enum' && !own.some((m) => m.name === '<init>'))
    methods.push(enumConstructor(g, decl, undefined, inits));
  if (cls.kind === 'enum') methods.push(values(g, cls, decl));
  for (let i = 0; i < g.lambdas.length; i++) {
    const one = g.lambdas[i];
    if (one) methods.splice(methods.length - i, 0, lambda(g, one));
  }
  methods.push(...bridges(g, decl));
  const first = initializer(g, decl, cls, inits);
  if (first) methods.push(first);
  return write(g, cls, fields, methods, above, file);
}

/** Begins the code of a method: its parameters are in the first places. */
export function begin(g: Generator, name: string, fixed: boolean, params: readonly Variable[], result: JavaType): Code {
  const code = new Code(g.pool);
  g.code = code;
  g.places = [];
  g.method = name;
  g.result = result;
  g.inStatic = fixed;
  if (!fixed) {
    const self: VType = name === '<init>' ? { t: 'this-new' } : classType(g.cls.name);
    code.define(code.reserve(objectType), self);
  }
  for (const one of params) code.define(code.declare(one), erase(one.type));
  return code;
}
function finish(g: Generator, end: number): void {
  const { code } = g;
  if (!code.reached) return;
  if (end >= 0) g.begin(end);
  code.emit('return');
  code.alive = false;
}

function fieldInits(g: Generator, inits: readonly (FieldDecl | InitDecl)[], fixed: boolean): void {
  const { code } = g;
  for (const one of inits) {
    if (one.m === 'init') {
      if (one.static === fixed) genBlock(g, one.body);
      continue;
    }
    const { sym, init } = one;
    if (!sym || !init || ((sym.flags & flag.static) !== 0) !== fixed || (fixed && sym.constant !== undefined)) continue;
    g.begin(one.pos);
    if (!fixed) loadThis(g);
    load(g, init, sym.type);
    const index = g.field(g.cls.name, sym.name, sym.type);
    code.emit2(fixed ? 'putstatic' : 'putfield', index);
    code.pop(fixed ? 1 : 2);
  }
}

function defaultConstructor(
  g: Generator,
  decl: ClassDecl,
  above: string,
  inits: readonly (FieldDecl | InitDecl)[],
): Made {
  // an anonymous class hands its arguments on
  const params = (g.cls.methods.find((m) => m.name === '<init>')?.params ?? []).map(
    (type, i): Variable => ({ name: `x${i}`, type: erase(type), flags: 0 }),
  );
  const hidden = hiddenParams(g);
  const all = [...hidden.before, ...params, ...hidden.after];
  const code = begin(g, '<init>', false, all, nothing);
  g.begin(decl.pos);
  keepHidden(g);
  loadThis(g);
  const given = superHidden(g, above);
  for (const one of params) local(g, 'load', one.type, code.slot(one) ?? 0);
  for (const { sym } of g.classes.get(above)?.captures ?? []) loadKept(g, sym);
  g.call(above, '<init>', [...given.before, ...params.map((p) => p.type), ...given.after], nothing, 'special');
  code.locals[0] = classType(g.cls.name);
  fieldInits(g, inits, false);
  finish(g, decl.pos);
  return {
    flags: decl.flags & (flag.public | flag.private | flag.protected),
    name: '<init>',
    type: methodDescriptor(
      all.map((p) => p.type),
      nothing,
    ),
    code,
  };
}

/** Loads the object that the class above wants around; what it wants besides. */
function superHidden(g: Generator, above: string): ReturnType<typeof hiddenTypes> {
  const one = g.classes.get(above);
  const hidden = hiddenTypes(one);
  if (one?.around !== undefined) loadOwner(g, one.around);
  return hidden;
}

const isThisCall = (s: Stmt | undefined, name: string): boolean =>
  s?.s === 'expr' && s.of.e === 'call' && s.of.name === name && !s.of.object;

function method(
  g: Generator,
  member: MethodDecl,
  sym: Method,
  above: string,
  inits: readonly (FieldDecl | InitDecl)[],
): Made {
  const fixed = (sym.flags & flag.static) !== 0;
  const flags = sym.flags & 0xffff;
  const throws = sym.throws;
  const { body } = member;
  if (!body) return { flags, name: sym.name, type: methodDescriptor(sym.params, sym.result), throws };
  if (sym.name === '<init>' && g.cls.kind === 'enum') return enumConstructor(g, undefined, member, inits);
  const isNew = sym.name === '<init>';
  const hidden = isNew ? hiddenParams(g) : { before: [], after: [] };
  const params = [...hidden.before, ...member.params.flatMap((p) => p.sym ?? []), ...hidden.after];
  const code = begin(g, sym.name, fixed, params, sym.result);
  if (sym.name === '<init>') {
    const [first] = body.body;
    const calls = isThisCall(first, 'this') || isThisCall(first, 'super');
    if (!isThisCall(first, 'this')) {
      g.begin(member.pos);
      keepHidden(g);
    }
    if (!calls) {
      g.begin(member.pos);
      loadThis(g);
      const given = superHidden(g, above);
      for (const { sym: kept } of g.classes.get(above)?.captures ?? []) loadKept(g, kept);
      g.call(above, '<init>', [...given.before, ...given.after], nothing, 'special');
      code.locals[0] = classType(g.cls.name);
    } else if (first) genStmts(g, [first]);
    if (!isThisCall(first, 'this')) fieldInits(g, inits, false);
    genStmts(g, calls ? body.body.slice(1) : body.body);
  } else genStmts(g, body.body);
  if (g.code.reached && erase(sym.result) !== nothing) throw new CompileError('missing return statement', body.end);
  finish(g, body.end);
  const types = isNew ? params.map((p) => p.type) : sym.params;
  return { flags, name: sym.name, type: methodDescriptor(types, sym.result), code, throws };
}

function lambda(g: Generator, one: LambdaBody): Made {
  const { e, made } = one;
  const params = [...made.captures, ...e.params.flatMap((p) => p.sym ?? [])];
  const result = erase(made.result);
  const code = begin(g, one.name.split('$')[1] ?? 'main', one.static, params, result);
  if (!one.static) code.locals[0] = classType(g.cls.name);
  if ('s' in e.body) {
    genStmts(g, e.body.body);
    finish(g, e.body.end);
  } else {
    g.begin(e.body.pos);
    if (result === nothing) {
      drop(g, e.body);
      finish(g, e.body.pos);
    } else {
      load(g, e.body, made.result);
      code.emit(`${prefix(result)}return`);
      code.alive = false;
    }
  }
  return {
    flags: flag.private | flag.synthetic | (one.static ? flag.static : 0),
    name: one.name,
    type: one.descriptor,
    code,
  };
}

/** Static initialisation: enum constants, fields with values, static blocks. */
function initializer(
  g: Generator,
  decl: ClassDecl,
  cls: JavaClass,
  inits: readonly (FieldDecl | InitDecl)[],
): Made | undefined {
  const code = begin(g, '<clinit>', true, [], nothing);
  const type = classType(cls.name);
  decl.constants.forEach((one, i) => {
    g.begin(one.pos);
    const fresh = { t: 'new' as const, pc: code.here() };
    code.emit2('new', g.class(cls.name));
    code.push(fresh);
    code.emit('dup');
    code.push(fresh);
    loadConstant(g, one.name, stringType);
    loadConstant(g, i, int);
    const sym = cls.methods.find((m) => m.name === '<init>' && m.params.length === one.args.length);
    for (const [n, arg] of one.args.entries()) load(g, arg, sym?.params[n]);
    g.call(cls.name, '<init>', [stringType, int, ...(sym?.params ?? [])], nothing, 'special');
    code.pop();
    code.push(type);
    code.emit2('putstatic', g.field(cls.name, one.name, type));
    code.pop();
  });
  if (cls.kind === 'enum') {
    g.begin(decl.pos);
    g.call(cls.name, '$values', [], arrayOf(type), 'static');
    code.emit2('putstatic', g.field(cls.name, '$VALUES', arrayOf(type)));
    code.pop();
  }
  fieldInits(g, inits, true);
  if (code.bytes.length === 0 && code.reached) return undefined;
  const end = inits.findLast((one): one is InitDecl => one.m === 'init' && one.static);
  finish(g, end && inits.at(-1) === end ? end.body.end : -1);
  return { flags: flag.static, name: '<clinit>', type: '()V', code };
}

function enumMethods(g: Generator, cls: JavaClass, decl: ClassDecl): Made[] {
  const type = classType(cls.name);
  const all = arrayOf(type);
  const values_ = begin(g, 'values', true, [], all);
  g.begin(decl.pos);
  values_.emit2('getstatic', g.field(cls.name, '$VALUES', all));
  values_.push(all);
  const clone: Method = {
    owner: '',
    name: 'clone',
    flags: 0,
    typeParams: [],
    params: [],
    result: objectType,
    varargs: false,
    throws: [],
  };
  g.invoke(descriptor(all), clone, 'virtual');
  values_.emit2('checkcast', g.typeIndex(all));
  values_.emit('areturn');
  const name: Variable = { name: 'name', type: stringType, flags: 0 };
  const fromName = begin(g, 'valueOf', true, [name], type);
  g.begin(decl.pos);
  fromName.emit('ldc', g.class(cls.name));
  fromName.push(classType('java/lang/Class'));
  local(g, 'load', stringType, 0);
  g.call(
    'java/lang/Enum',
    'valueOf',
    [classType('java/lang/Class'), stringType],
    classType('java/lang/Enum'),
    'static',
  );
  fromName.emit2('checkcast', g.class(cls.name));
  fromName.emit('areturn');
  return [
    { flags: flag.public | flag.static, name: 'values', type: `()${descriptor(all)}`, code: values_ },
    {
      flags: flag.public | flag.static,
      name: 'valueOf',
      type: `(Ljava/lang/String;)${descriptor(type)}`,
      code: fromName,
    },
  ];
}

function enumConstructor(
  g: Generator,
  decl: ClassDecl | undefined,
  member: MethodDecl | undefined,
  inits: readonly (FieldDecl | InitDecl)[],
): Made {
  const hidden: Variable[] = [
    { name: '$name', type: stringType, flags: 0 },
    { name: '$ordinal', type: int, flags: 0 },
  ];
  const params = member?.params.flatMap((p) => p.sym ?? []) ?? [];
  const code = begin(g, '<init>', false, [...hidden, ...params], nothing);
  g.begin(member?.pos ?? decl?.pos ?? 0);
  loadThis(g);
  local(g, 'load', stringType, 1);
  local(g, 'load', int, 2);
  g.call('java/lang/Enum', '<init>', [stringType, int], nothing, 'special');
  code.locals[0] = classType(g.cls.name);
  fieldInits(g, inits, false);
  if (member?.body) genStmts(g, member.body.body);
  finish(g, member?.body?.end ?? decl?.pos ?? 0);
  const type = methodDescriptor([stringType, int, ...(member?.sym?.params ?? [])], nothing);
  return { flags: flag.private, name: '<init>', type, code };
}

function values(g: Generator, cls: JavaClass, decl: ClassDecl): Made {
  const type = classType(cls.name);
  const all = arrayOf(type);
  const code = begin(g, '$values', true, [], all);
  g.begin(decl.pos);
  loadConstant(g, decl.constants.length, int);
  makeArray(g, all);
  decl.constants.forEach((one, i) => {
    code.emit('dup');
    code.push(all);
    loadConstant(g, i, int);
    code.emit2('getstatic', g.field(cls.name, one.name, type));
    code.push(type);
    code.emit('aastore');
    code.pop(3);
  });
  code.emit('areturn');
  code.alive = false;
  return { flags: flag.private | flag.static | flag.synthetic, name: '$values', type: `()${descriptor(all)}`, code };
}
