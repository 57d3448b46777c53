import { type At, Beyond, type Expr, type Stmt } from '../core/tree.ts';
import { builtin, float, type Value } from '../core/values.ts';
import type { FuncType, Node, TypeNode } from './ast.ts';
import {
  arrayOf,
  chanOf,
  type Field,
  funcOf,
  interfaceOf,
  isBasic,
  mapOf,
  pointerTo,
  type Shapes,
  shapeOf,
  sliceOf,
  structOf,
  type Type,
  under,
} from './types.ts';

export type Const = bigint | number | string | boolean;
/** What a name means. `id` is its name at run time. */
export type Sym =
  | {
      readonly k: 'var';
      readonly type: Type;
      readonly id: string;
      used: boolean;
      readonly at: At;
      readonly local: boolean;
    }
  | { readonly k: 'const'; readonly type: Type; readonly value: Const }
  | { readonly k: 'type'; readonly type: Type }
  | { readonly k: 'func'; readonly type: Type; readonly id: string; readonly native: boolean }
  | { readonly k: 'pkg'; readonly path: string; used: boolean; readonly at: At }
  | { readonly k: 'builtin' }
  | { readonly k: 'nil' };
export interface Scope {
  readonly up: Scope | null;
  readonly names: Map<string, Sym>;
}

/** An expression that was checked: its operations, its type, and its value when that is constant. */
export interface X {
  readonly e: Expr;
  readonly t: Type;
  readonly mode: 'value' | 'var' | 'mapindex' | 'commaok' | 'type' | 'none' | 'nil' | 'builtin';
  readonly c?: Const;
  readonly n: Node;
}
export interface Problem {
  readonly path: string;
  readonly at: At;
  readonly message: string;
}
export interface Checker {
  readonly shapes: Shapes;
  readonly problems: Problem[];
  readonly universe: Scope;
  readonly packages: Map<string, Scope>;
  /** The release of Go: its messages differ. */
  readonly minor: number;
  path: string;
  pkg: string;
  scope: Scope;
  results: readonly Type[];
  named: readonly string[] | null;
  iota: bigint | null;
  temporary: number;
  defers: boolean;
}

export function problem(c: Checker, at: At, message: string): void {
  if (!c.problems.some((p) => p.at[0] === at[0] && p.at[1] === at[1] && p.path === c.path))
    c.problems.push({ path: c.path, at, message });
}
export function find(c: Checker, name: string): Sym | undefined {
  for (let s: Scope | null = c.scope; s; s = s.up) {
    const sym = s.names.get(name);
    if (sym) return sym;
  }
  return undefined;
}
export function enter(c: Checker): void {
  c.scope = { up: c.scope, names: new Map() };
}
/** Ends a scope: variables that nothing has used are told of. */
export function leave(c: Checker): void {
  for (const [name, sym] of c.scope.names) {
    if (sym.k === 'var' && sym.local && !sym.used) problem(c, sym.at, unused(c, name));
  }
  c.scope = c.scope.up ?? c.universe;
}
function unused(c: Checker, name: string): string {
  if (c.minor < 20) return `${name} declared but not used`;
  return c.minor < 23 ? `${name} declared and not used` : `declared and not used: ${name}`;
}
export function declareVar(c: Checker, name: string, type: Type, at: At, used = false): void {
  if (name === '_' || name === '') return;
  const old = c.scope.names.get(name);
  if (old && 'at' in old) {
    problem(
      c,
      at,
      `${name} redeclared in this block\n\t${c.path}:${old.at[0]}:${old.at[1] + 1}: other declaration of ${name}`,
    );
    return;
  }
  c.scope.names.set(name, { k: 'var', type, id: name, used, at, local: true });
}

export const konst = (v: Value, at: At): Expr => ({ k: 'const', v, at });
export const name = (id: string, at: At): Expr => ({ k: 'name', id, at });
/** A call of a built-in function of the runtime. */
export function native(id: string, args: readonly Expr[], at: At): Expr {
  return { k: 'call', fn: konst(builtin(id), at), args: args.map((value) => ({ value })), at };
}
export function declare(id: string, value: Expr, at: At): Stmt {
  return { k: 'declare', how: 'let', target: name(id, at), value, at };
}
export const invalid = (n: Node): X => ({ e: konst(null, n.at), t: 'invalid', mode: 'value', n });

/** A constant as a value of the type. */
export function constant(c: Checker, v: Const, t: Type): Value {
  const of = under(c.shapes, t);
  if (typeof v === 'bigint') {
    if (/float/.test(of)) return Number(v);
    return v >= -9007199254740991n && v <= 9007199254740991n ? Number(v) : { t: 'big', v: String(v) };
  }
  if (typeof v !== 'number') return v;
  if (/int|rune/.test(of) && !/float/.test(of)) return v;
  return Number.isFinite(v) ? v : float(v);
}

/** The type that a type's text means; `invalid` after a message when it means nothing. */
export function typeOf(c: Checker, n: TypeNode): Type {
  const { shapes } = c;
  switch (n.k) {
    case 'tname': {
      if (n.pkg !== null) {
        const sym = find(c, n.pkg);
        if (sym?.k !== 'pkg') {
          problem(c, n.at, `undefined: ${n.pkg}`);
          return 'invalid';
        }
        sym.used = true;
        const found = c.packages.get(sym.path)?.names.get(n.name);
        if (found?.k === 'type') return found.type;
        if (stands(sym.path)) throw new Beyond(`${n.pkg}.${n.name}`, n.at);
        problem(c, n.at, `undefined: ${n.pkg}.${n.name}`);
        return 'invalid';
      }
      const sym = find(c, n.name);
      if (sym?.k === 'type') return sym.type;
      problem(c, n.at, sym ? `${n.name} is not a type` : `undefined: ${n.name}`);
      return 'invalid';
    }
    case 'tslice':
      return sliceOf(shapes, typeOf(c, n.of));
    case 'tpointer':
      return pointerTo(shapes, typeOf(c, n.of));
    case 'tchan':
      return chanOf(shapes, typeOf(c, n.of), n.dir);
    case 'tmap':
      return mapOf(shapes, typeOf(c, n.key), typeOf(c, n.of));
    case 'tarray': {
      const length = n.length ? evaluate(c, n.length) : undefined;
      if (length === undefined) throw new Beyond('an array of this length', n.at);
      return arrayOf(shapes, length, typeOf(c, n.of));
    }
    case 'tstruct': {
      const fields: Field[] = n.fields.map(({ name: field, type, tag, embedded }) => ({
        name: field,
        type: typeOf(c, type),
        tag,
        embedded,
      }));
      return structOf(shapes, fields);
    }
    case 'tinterface': {
      const methods: { [m: string]: Type } = {};
      for (const embed of n.embeds) {
        const shape = shapeOf(shapes, typeOf(c, embed));
        if (shape?.k === 'interface') Object.assign(methods, shape.methods);
      }
      for (const [m, f] of n.methods) methods[m] = functionType(c, f);
      return interfaceOf(shapes, methods);
    }
    case 'tfunc':
      return functionType(c, n);
  }
}

/** Packages of the standard library, of which only a part is read. */
export function stands(path: string): boolean {
  return !(path.split('/')[0] ?? '').includes('.');
}

export function functionType(c: Checker, n: FuncType): Type {
  const params = n.params.map(({ type, variadic }) => {
    const t = typeOf(c, type);
    return variadic ? sliceOf(c.shapes, t) : t;
  });
  const results = n.results.map(({ type }) => typeOf(c, type));
  return funcOf(c.shapes, params, results, n.params.at(-1)?.variadic ?? false);
}

/** A small constant: the length of an array. */
function evaluate(c: Checker, n: Node): number | undefined {
  if (n.k === 'int') return Number(n.text.replaceAll('_', ''));
  if (n.k === 'paren') return evaluate(c, n.e);
  if (n.k === 'ident') {
    const sym = find(c, n.name);
    return sym?.k === 'const' && typeof sym.value === 'bigint' ? Number(sym.value) : undefined;
  }
  if (n.k !== 'binary') return undefined;
  const l = evaluate(c, n.l);
  const r = evaluate(c, n.r);
  if (l === undefined || r === undefined) return undefined;
  return n.op === '+' ? l + r : n.op === '*' ? l * r : n.op === '-' ? l - r : n.op === '<<' ? l << r : undefined;
}

/** The scope with what every file knows. */
export function universe(): Scope {
  const names = new Map<string, Sym>();
  for (const t of 'int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 uintptr float32 float64 string bool'.split(
    ' ',
  ))
    if (isBasic(t)) names.set(t, { k: 'type', type: t });
  names.set('byte', { k: 'type', type: 'uint8' });
  names.set('rune', { k: 'type', type: 'int32' });
  names.set('any', { k: 'type', type: 'interface {}' });
  names.set('error', { k: 'type', type: 'error' });
  names.set('true', { k: 'const', type: 'untyped bool', value: true });
  names.set('false', { k: 'const', type: 'untyped bool', value: false });
  names.set('nil', { k: 'nil' });
  for (const one of 'append cap close copy delete len make max min new panic print println recover clear'.split(' '))
    names.set(one, { k: 'builtin' });
  return { up: null, names };
}
/** Types that every program has. */
export function basicShapes(): Shapes {
  const shapes: Shapes = {};
  interfaceOf(shapes, {});
  const text = funcOf(shapes, [], ['string'], false);
  const failing = interfaceOf(shapes, { Error: text });
  shapes.error = { k: 'named', under: failing, methods: {} };
  shapes['runtime.Error'] = {
    k: 'named',
    under: 'string',
    methods: { Error: { type: text, pointer: false, id: 'runtime.Error.Error', native: true } },
  };
  sliceOf(shapes, 'interface {}');
  sliceOf(shapes, 'string');
  sliceOf(shapes, 'uint8');
  return shapes;
}
