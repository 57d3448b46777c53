import type { ClassDecl, Constant, Expr, TypeNode, TypeParam } from './ast.ts';
import { primitiveWords } from './cursor.ts';
import { isReal } from './library/beyond.ts';
import { exceptionClasses, langSource } from './library/lang.ts';
import { librarySources } from './library/util.ts';
import { parseJava } from './parse-class.ts';
import { BeyondJava } from './problem.ts';
import {
  arrayOf,
  classType,
  erase,
  flag,
  found,
  type JavaClass,
  type JavaType,
  type Method,
  nothing,
  objectType,
  type Primitive,
  prim,
} from './types.ts';

/** Which names mean what in a place of a source file. */
export interface Scope {
  readonly params: readonly (JavaType & { t: 'var' })[];
  readonly names: ReadonlyMap<string, string>;
  readonly packages: readonly string[];
  readonly within?: string;
  readonly self?: string;
}
export type Missing = (node: TypeNode, name: string) => void;

/** The classes that are known: the library's, and those of the program. */
export class Classes {
  private readonly all = new Map<string, JavaClass>();
  constructor(library?: Classes) {
    if (library) for (const [name, one] of library.all) this.all.set(name, one);
  }
  get(name: string): JavaClass | undefined {
    return this.all.get(name);
  }
  add(one: JavaClass): void {
    this.all.set(one.name, one);
  }

  /** The class of a name as it is written, with dots for packages and outer classes. */
  lookup(name: string, scope: Scope): string | undefined {
    const [first = '', ...rest] = name.split('.');
    for (let at = scope.within; at !== undefined; at = this.all.get(at)?.outer) {
      const inner = this.innerOf(at, first);
      if (inner !== undefined) return this.step(inner, rest);
    }
    const direct = scope.names.get(first);
    if (direct !== undefined) return this.step(direct, rest);
    for (const one of scope.packages) {
      const full = one === '' ? first : `${one}/${first}`;
      if (this.all.has(full)) return this.step(full, rest);
    }
    for (let n = 1; n <= rest.length; n++) {
      const full = [first, ...rest.slice(0, n)].join('/');
      if (this.all.has(full)) return this.step(full, rest.slice(n));
    }
    return undefined;
  }
  /** Throws BeyondJava when a name that is not known here is a class of a JDK. */
  refuse(name: string, scope: Scope, pos: number): void {
    const places = [name.replaceAll('.', '/'), ...scope.packages.map((one) => `${one}/${name.replace(/\..*$/, '')}`)];
    const full = places.map((one) => this.realPart(one)).find((one) => one !== undefined);
    if (full !== undefined) throw new BeyondJava(`the class ${full.replaceAll('/', '.')}`, pos);
  }
  private realPart(path: string): string | undefined {
    for (let at = path; at.includes('/'); at = at.replace(/\/[^/]*$/, ''))
      if (isReal(at)) return this.all.has(at) ? undefined : at;
    return undefined;
  }
  private innerOf(name: string, inner: string): string | undefined {
    const one = this.all.get(name);
    if (!one) return undefined;
    const own = one.inner.get(inner);
    if (own !== undefined) return own;
    if (name.replace(/^.*[/$]/, '') === inner) return name;
    for (const above of [one.super, ...one.interfaces]) {
      const got = above?.t === 'class' ? this.all.get(above.name)?.inner.get(inner) : undefined;
      if (got !== undefined) return got;
    }
    return undefined;
  }
  private step(name: string, rest: readonly string[]): string | undefined {
    let at: string | undefined = name;
    for (const one of rest) at = at === undefined ? undefined : this.all.get(at)?.inner.get(one);
    return at;
  }

  /** The type that is written; `missing` is told of names that nothing has. */
  resolve(node: TypeNode, scope: Scope, missing: Missing): JavaType {
    let type = this.plain(node, scope, missing);
    for (let i = 0; i < node.dims; i++) type = arrayOf(type);
    return node.wild ? { t: 'wild', bound: type, down: node.wild === 'super' } : type;
  }
  private plain(node: TypeNode, scope: Scope, missing: Missing): JavaType {
    if (primitiveWords.has(node.name)) return prim(node.name as Primitive);
    const param = scope.params.find((one) => one.name === node.name);
    if (param) return param;
    const name = this.lookup(node.name, scope);
    if (name === undefined) {
      this.refuse(node.name, scope, node.pos);
      missing(node, node.name);
      return { t: 'error' };
    }
    return classType(
      name,
      (node.args ?? []).map((arg) => this.resolve(arg, scope, missing)),
    );
  }

  /** Type parameters as variables, with their bounds. */
  typeParams(params: readonly TypeParam[], scope: Scope, missing: Missing): readonly (JavaType & { t: 'var' })[] {
    const made = params.map(({ name }) => ({ t: 'var' as const, name, bound: objectType as JavaType }));
    const inside = { ...scope, params: [...made, ...scope.params] };
    params.forEach(({ bounds }, i) => {
      const one = made[i];
      if (one && bounds[0]) one.bound = this.resolve(bounds[0], inside, missing);
    });
    return made;
  }

  /** The type as an instance of a class above it, with its arguments; undefined when it is none. */
  as(type: JavaType, name: string): (JavaType & { t: 'class' }) | undefined {
    const t = found(type);
    if (t.t === 'var') return this.as(t.bound, name);
    if (t.t === 'wild') return t.down ? this.as(objectType, name) : this.as(t.bound, name);
    if (t.t === 'array')
      return name === 'java/lang/Object' || name === 'java/lang/Cloneable' || name === 'java/io/Serializable'
        ? classType(name)
        : undefined;
    if (t.t !== 'class') return undefined;
    if (t.name === name) return t;
    const one = this.all.get(t.name);
    if (!one) return undefined;
    for (const above of this.above(one)) {
      const got = this.as(
        t.args.length === 0 && one.params.length > 0 ? erase(above) : substitute(above, one.params, t.args),
        name,
      );
      if (got) return got;
    }
    return undefined;
  }
  /** The classes and interfaces right above one. */
  above(one: JavaClass): readonly JavaType[] {
    const first = one.super ?? (one.name === 'java/lang/Object' ? undefined : objectType);
    return [...(first ? [first] : []), ...one.interfaces];
  }
  /** Is the first class the second, or below it? */
  below(name: string, above: string): boolean {
    return this.as(classType(name), above) !== undefined;
  }

  /** The one abstract method of a functional interface (JLS 9.8), with the interface that declares it. */
  functional(type: JavaType): { readonly method: Method; readonly site: JavaType & { t: 'class' } } | undefined {
    const t = found(type);
    const one = t.t === 'class' ? this.all.get(t.name) : undefined;
    if (t.t !== 'class' || one?.kind !== 'interface') return undefined;
    const own = one.methods.filter((m) => (m.flags & flag.abstract) !== 0 && !this.ofObject(m));
    if (own.length === 1 && own[0]) return { method: own[0], site: t };
    if (own.length > 1) return undefined;
    for (const above of one.interfaces) {
      const got = this.functional(substitute(above, one.params, t.args));
      if (got) return got;
    }
    return undefined;
  }
  private ofObject(m: Method): boolean {
    const all = this.all.get('java/lang/Object')?.methods ?? [];
    return all.some((one) => one.name === m.name && one.params.length === m.params.length);
  }

  /** All members of a name that a class has, its own first; overridden ones are left out. */
  methods(name: string, called: string): readonly { readonly method: Method; readonly owner: JavaClass }[] {
    const got: { method: Method; owner: JavaClass }[] = [];
    const seen = new Set<string>();
    const visit = (at: string): void => {
      const one = this.all.get(at);
      if (!one || seen.has(at)) return;
      seen.add(at);
      for (const method of one.methods) {
        if (method.name !== called) continue;
        const key = method.params.map((p) => JSON.stringify(erase(p))).join();
        if (
          called === '<init>' ||
          !got.some((g) => g.method.params.map((p) => JSON.stringify(erase(p))).join() === key)
        )
          got.push({ method, owner: one });
      }
      if (called === '<init>') return;
      for (const above of this.above(one)) if (above.t === 'class') visit(above.name);
    };
    visit(name);
    return got;
  }
}

/** A type with type parameters replaced. */
export function substitute(
  type: JavaType,
  params: readonly (JavaType & { t: 'var' })[],
  by: readonly JavaType[],
): JavaType {
  if (params.length === 0) return type;
  switch (type.t) {
    case 'var': {
      const i = params.indexOf(type);
      return i < 0 ? type : (by[i] ?? erase(type));
    }
    case 'class':
      return type.args.length === 0
        ? type
        : classType(
            type.name,
            type.args.map((a) => substitute(a, params, by)),
          );
    case 'array':
      return arrayOf(substitute(type.of, params, by));
    case 'wild': {
      const bound = substitute(type.bound, params, by);
      return bound.t === 'wild' ? bound : { ...type, bound };
    }
    default:
      return type;
  }
}

/** Declares a class and those inside it: names first, so that members can speak of each other. */
export function enter(
  classes: Classes,
  decl: ClassDecl,
  name: string,
  library: boolean,
  outer?: string,
  more: Pick<JavaClass, 'around' | 'local' | 'captures'> = {},
): void {
  const inner = new Map<string, string>();
  const nested = decl.members.filter((m): m is ClassDecl => m.m === 'class');
  for (const one of nested) inner.set(one.name, `${name}$${one.name}`);
  classes.add({
    name,
    kind: decl.kind,
    flags: outer === undefined || decl.kind === 'class' ? decl.flags : decl.flags | flag.static,
    params: [],
    interfaces: [],
    fields: new Map(),
    methods: [],
    inner,
    ...more,
    library,
    ...(outer === undefined ? {} : { outer }),
  });
  for (const one of nested) {
    const part = !library && one.kind === 'class' && decl.kind !== 'interface' && (one.flags & flag.static) === 0;
    enter(classes, one, `${name}$${one.name}`, library, name, part ? { around: name } : {});
  }
}

/** Gives a declared class its header: type parameters, and what is above it. */
export function header(classes: Classes, decl: ClassDecl, name: string, scope: Scope, missing: Missing): Scope {
  const one = classes.get(name);
  if (!one) return scope;
  const within = { ...scope, within: name, self: name };
  one.params = classes.typeParams(decl.typeParams, within, missing);
  const inside = { ...within, params: [...one.params, ...(decl.flags & flag.static ? [] : scope.params)] };
  const self = classType(name, one.params);
  if (decl.kind === 'enum') one.super = classType('java/lang/Enum', [self]);
  else if (decl.kind === 'record') one.super = classType('java/lang/Record');
  else if (decl.extends) one.super = classes.resolve(decl.extends, inside, missing);
  one.interfaces = decl.implements.map((node) => classes.resolve(node, inside, missing));
  return inside;
}

/** Gives a class its methods and fields (without values). */
export function members(classes: Classes, decl: ClassDecl, name: string, scope: Scope, missing: Missing): void {
  const one = classes.get(name);
  if (!one) return;
  const inInterface = decl.kind === 'interface';
  for (const member of decl.members) {
    if (member.m === 'field') {
      const flags = inInterface ? member.flags | flag.public | flag.static | flag.final : member.flags;
      const constant = one.library ? given(member.init) : undefined;
      const type = classes.resolve(member.of, scope, missing);
      const sym = { name: member.name, type, flags, owner: name, ...(constant === undefined ? {} : { constant }) };
      member.sym = sym;
      if (!one.fields.has(member.name)) one.fields.set(member.name, sym);
    } else if (member.m === 'method') {
      let { flags } = member;
      if (inInterface) {
        if ((flags & (flag.private | flag.public)) === 0) flags |= flag.public;
        if (!member.body && (flags & (flag.static | flag.default)) === 0) flags |= flag.abstract;
      }
      if (member.varargs) flags |= flag.varargs;
      const typeParams = classes.typeParams(member.typeParams, scope, missing);
      const inside = { ...scope, params: [...typeParams, ...scope.params] };
      const params = member.params.map((p) => (p.of ? classes.resolve(p.of, inside, missing) : objectType));
      const result = member.result ? classes.resolve(member.result, inside, missing) : nothing;
      const throws = member.throws.map((t) => classes.resolve(t, inside, missing));
      const sym: Method = {
        owner: name,
        name: member.name,
        flags,
        typeParams,
        params,
        result,
        varargs: member.varargs,
        throws,
      };
      member.sym = sym;
      one.methods.push(sym);
    }
  }
}

/** The value of a constant of the library: a number, or a quotient of two. */
function given(init: Expr | undefined): Constant | undefined {
  if (init?.e === 'binary') return Number(given(init.left)) / Number(given(init.right));
  if (init?.e !== 'literal') return undefined;
  const digits = init.text.replace(/^-/, '');
  if (init.kind === 'long') return BigInt.asIntN(64, init.text.startsWith('-') ? -BigInt(digits) : BigInt(digits));
  const value = init.text.startsWith('-') ? -Number(digits) : Number(digits);
  return init.kind === 'int' ? value | 0 : init.kind === 'float' ? Math.fround(value) : value;
}

/** The packages whose classes are known without an import. */
export const always = ['java/lang'] as const;

let made: Classes | undefined;
/** The library's classes, made when first asked for (they are the same for everybody). */
export function libraryClasses(): Classes {
  if (made) return made;
  const classes = new Classes();
  const entered: { decl: ClassDecl; name: string; scope: Scope }[] = [];
  for (const [name] of exceptionClasses().concat([['java.lang.Throwable', '']])) {
    const path = name.replaceAll('.', '/');
    if (path !== 'java/lang/Throwable')
      classes.add({
        name: path,
        kind: 'class',
        flags: 1,
        params: [],
        interfaces: [],
        fields: new Map(),
        methods: [],
        inner: new Map(),
        library: true,
      });
  }
  for (const source of [langSource(), ...librarySources()]) {
    const file = parseJava(source);
    const place = file.package.replaceAll('.', '/');
    const packages = [place, ...always, ...file.imports.map((one) => one.name.replaceAll('.', '/')), 'java/io'];
    for (const decl of file.classes) {
      enter(classes, decl, `${place}/${decl.name}`, true);
      entered.push({ decl, name: `${place}/${decl.name}`, scope: { params: [], names: new Map(), packages } });
    }
  }
  const missing: Missing = (_node, name) => {
    throw new Error(`the library knows no ${name}`);
  };
  const all = entered.flatMap(({ decl, name, scope }) => nested(decl, name).map((one) => ({ ...one, scope })));
  const scopes = all.map(({ decl, name, scope }) => header(classes, decl, name, scope, missing));
  for (const [i, { decl, name, scope }] of all.entries()) members(classes, decl, name, scopes[i] ?? scope, missing);
  const throwable = classType('java/lang/Throwable');
  for (const [name, above] of exceptionClasses()) {
    const one = classes.get(name.replaceAll('.', '/'));
    if (!one) continue;
    one.super = classType(above.replaceAll('.', '/'));
    const text = classType('java/lang/String');
    for (const params of [[], [text], [text, throwable], [throwable]])
      one.methods.push({
        owner: one.name,
        name: '<init>',
        flags: 1,
        typeParams: [],
        params,
        result: nothing,
        varargs: false,
        throws: [],
      });
  }
  made = classes;
  return classes;
}

/** A class and those inside it, with their names. */
export function nested(decl: ClassDecl, name: string): readonly { readonly decl: ClassDecl; readonly name: string }[] {
  const inside = decl.members.filter((m): m is ClassDecl => m.m === 'class');
  return [{ decl, name }, ...inside.flatMap((one) => nested(one, `${name}$${one.name}`))];
}
