import { type At, Beyond, type Source, type Stmt } from '../core/tree.ts';
import type { Decl, GoFile } from './ast.ts';
import { values } from './check-assign.ts';
import { one } from './check-expr.ts';
import { functionOf, zero } from './check-function.ts';
import {
  basicShapes,
  type Checker,
  declare,
  declareVar,
  functionType,
  konst,
  name,
  native,
  type Problem,
  problem,
  type Sym,
  stands,
  typeOf,
  universe,
} from './checker.ts';
import { convert, defaultType, represent } from './convert.ts';
import { parseGo } from './parse-stmt.ts';
import { prelude } from './prelude.ts';
import { isUntyped, type Shapes, type Type } from './types.ts';

/** A package's files with what they import; the last one is the program. */
export interface GoProgram {
  readonly minor: number;
  readonly packages: readonly {
    readonly path: string;
    readonly files: readonly { readonly path: string; readonly text: string }[];
  }[];
}
export interface Checked {
  readonly source: Source;
  readonly shapes: Shapes;
  readonly problems: readonly Problem[];
}

const nowhere: At = [1, 0, 1, 0];

/** Checks a program's files as the compiler does, and makes the tree of what it does. */
export function checkProgram(program: GoProgram): Checked {
  const top = universe();
  const c: Checker = {
    shapes: basicShapes(),
    problems: [],
    universe: top,
    packages: new Map(),
    minor: program.minor,
    path: '',
    pkg: 'main',
    scope: top,
    results: [],
    named: null,
    iota: null,
    temporary: 0,
    defers: false,
  };
  const out: Stmt[] = [];
  const inits: string[] = [];
  for (const { path, files } of program.packages) {
    if (c.problems.length > 0) break;
    checkPackage(
      c,
      path,
      files.map(({ path: file, text }) => parseGo(file, text)),
      out,
      inits,
    );
  }
  const call = (id: string): Stmt => ({
    k: 'expr',
    e: { k: 'call', fn: name(id, nowhere), args: [], at: nowhere },
    at: nowhere,
  });
  const body = [...out, ...inits.map(call), call('main')];
  return { source: { lang: 'go', path: 'main', text: '', body }, shapes: c.shapes, problems: sorted(c.problems) };
}

function sorted(all: readonly Problem[]): readonly Problem[] {
  return all.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.at[0] - b.at[0] || a.at[1] - b.at[1]));
}

/** Makes a package of the standard library known; false when it is not read. */
function library(c: Checker, path: string): boolean {
  if (c.packages.has(path)) return true;
  const text = prelude[path];
  if (text === undefined) return false;
  const { pkg, path: file, scope, minor } = c;
  const read = parseGo(path, `package ${path.split('/').at(-1)}\n${text}`);
  checkPackage(c, path, [read], [], []);
  Object.assign(c, { pkg, path: file, scope, minor });
  return true;
}

function checkPackage(c: Checker, path: string, files: readonly GoFile[], out: Stmt[], inits: string[]): void {
  const std = path !== 'main' && stands(path) && files[0]?.path === path;
  const pkgScope = { up: c.universe, names: new Map<string, Sym>() };
  c.packages.set(path, pkgScope);
  c.pkg = files[0]?.pkg ?? 'main';
  const prefix = path === 'main' ? '' : `${c.pkg}.`;
  const scopes = files.map((file) => {
    c.path = file.path;
    const names = new Map<string, Sym>();
    for (const one_ of file.imports) {
      if (!c.packages.has(one_.path) && !library(c, one_.path)) {
        if (stands(one_.path)) throw new Beyond(`the package ${one_.path}`, one_.at);
        throw new Beyond(`the module ${one_.path}`, one_.at);
      }
      const id =
        one_.as ??
        one_.path
          .split('/')
          .filter((p) => !/^v\d+$/.test(p))
          .at(-1) ??
        '';
      if (id !== '_') names.set(id, { k: 'pkg', path: one_.path, used: false, at: one_.at });
    }
    c.pkg = file.pkg;
    return { up: pkgScope, names };
  });
  const each = (act: (d: Decl, file: GoFile) => void) =>
    files.forEach((file, i) => {
      c.path = file.path;
      c.pkg = file.pkg;
      for (const d of file.decls) {
        // what is declared is the package's; what is looked up begins with the file's imports
        c.scope = { up: scopes[i] ?? pkgScope, names: new Map() };
        act(d, file);
      }
    });
  const add = (id: string, sym: Sym, at: At) => {
    if (id === '_') return;
    const old = pkgScope.names.get(id);
    if (old && id !== 'init')
      problem(
        c,
        at,
        `${id} redeclared in this block${'at' in old ? `\n\t${c.path}:${old.at[0]}:${old.at[1] + 1}: other declaration of ${id}` : ''}`,
      );
    pkgScope.names.set(id, sym);
  };
  // names first: types may need each other
  each((d, file) => {
    if (d.k !== 'type' || d.alias) return;
    const t = `${file.pkg}.${d.name.name}`;
    c.shapes[t] = { k: 'named', under: 'invalid', methods: {} };
    add(d.name.name, { k: 'type', type: t }, d.name.at);
  });
  each((d) => d.k === 'type' && d.alias && add(d.name.name, { k: 'type', type: typeOf(c, d.type) }, d.name.at));
  const settle = (simple: boolean) =>
    each((d, file) => {
      if (d.k !== 'type' || d.alias || (d.type.k === 'tname') !== simple) return;
      const shape = c.shapes[`${file.pkg}.${d.name.name}`];
      if (shape?.k === 'named') shape.under = typeOf(c, d.type);
    });
  settle(true); // constants may be of these; the lengths of arrays need constants
  each((d) => d.k === 'const' && constants(c, d, (id, sym, at) => add(id, sym, at)));
  settle(false);
  each((d, file) => {
    if (d.k !== 'func') return;
    const t = functionType(c, d.type);
    if (!d.receiver) {
      if (d.name.name === 'init' && !std) return;
      if (d.name.name === 'main' && path === 'main' && t !== 'func()')
        problem(c, d.name.at, 'func main must have no arguments and no return values');
      add(d.name.name, { k: 'func', type: t, id: `${prefix}${d.name.name}`, native: std }, d.name.at);
      return;
    }
    const of = typeOf(c, d.receiver.type);
    const pointed = c.shapes[of];
    const base = pointed?.k === 'pointer' ? pointed.of : of;
    const shape = c.shapes[base];
    if (shape?.k !== 'named') {
      if (base !== 'invalid') problem(c, d.receiver.type.at, `cannot define new methods on non-local type ${base}`);
      return;
    }
    if (shape.methods[d.name.name])
      problem(c, d.name.at, `method ${base.replace(`${file.pkg}.`, '')}.${d.name.name} already declared`);
    shape.methods[d.name.name] = {
      type: t,
      pointer: pointed?.k === 'pointer',
      id: `${base}.${d.name.name}`,
      native: std,
    };
  });
  if (path === 'main' && !pkgScope.names.has('main'))
    c.problems.push({ path: '', at: nowhere, message: 'function main is undeclared in the main package' });
  each((d) => {
    if (d.k !== 'var') return;
    const t = d.type ? typeOf(c, d.type) : undefined;
    if (std) {
      d.names.forEach((n) => {
        add(
          n.name,
          { k: 'var', type: t ?? 'invalid', id: `${prefix}${n.name}`, used: true, at: n.at, local: false },
          n.at,
        );
      });
      return;
    }
    variables(c, d, out, (id, type, at) => {
      add(id, { k: 'var', type, id: `${prefix}${id}`, used: true, at, local: false }, at);
      return `${prefix}${id}`;
    });
  });
  if (std) return;
  each((d) => {
    if (d.k !== 'func' || !d.body) return;
    const t = functionType(c, d.type);
    if (!d.receiver) {
      let id = `${prefix}${d.name.name}`;
      if (d.name.name === 'init') {
        id = `${prefix}init.${inits.length}`;
        inits.push(id);
      }
      out.push({ k: 'fn', def: functionOf(c, id, d.type, d.body, t), at: d.at });
      return;
    }
    const of = typeOf(c, d.receiver.type);
    const pointed = c.shapes[of];
    const base = pointed?.k === 'pointer' ? pointed.of : of;
    out.push({
      k: 'fn',
      def: functionOf(c, `${base}.${d.name.name}`, d.type, d.body, t, { name: d.receiver.name, type: of }),
      at: d.at,
    });
  });
  files.forEach((file, i) => {
    c.path = file.path;
    for (const [id, sym] of scopes[i]?.names ?? [])
      if (sym.k === 'pkg' && !sym.used) {
        const path_ = sym.path.split('/').at(-1) === id ? '' : ` as ${id}`;
        problem(
          c,
          sym.at,
          c.minor < 20
            ? `imported and not used: ${JSON.stringify(sym.path)}${path_}`
            : `${JSON.stringify(sym.path)} imported${path_} and not used`,
        );
      }
  });
}

function constants(c: Checker, d: Decl & { k: 'const' }, add: (id: string, sym: Sym, at: At) => void): void {
  const t = d.type ? typeOf(c, d.type) : undefined;
  d.names.forEach((n, i) => {
    const from = d.values[i];
    if (!from) {
      problem(c, n.at, 'missing init expr for const declaration');
      return;
    }
    c.iota = BigInt(d.iota);
    const x = one(c, from, t);
    c.iota = null;
    if (x.t === 'invalid') {
      add(n.name, { k: 'const', type: 'invalid', value: 0n }, n.at);
      return;
    }
    if (x.c === undefined) {
      problem(c, from.at, `${'value'} is not constant`);
      return;
    }
    if (t !== undefined) convert(c, x, t, 'constant declaration');
    add(n.name, { k: 'const', type: t ?? x.t, value: t === undefined ? x.c : (represent(c, x.c, t) ?? x.c) }, n.at);
  });
}

function variables(
  c: Checker,
  d: Decl & { k: 'var' },
  out: Stmt[],
  add: (id: string, t: Type, at: At) => string,
): void {
  const t = d.type ? typeOf(c, d.type) : undefined;
  if (d.values.length === 0) {
    for (const n of d.names) {
      const id = add(n.name, t ?? 'invalid', n.at);
      if (t !== 'invalid') out.push(declare(id, zero(c, t ?? '', n.at), n.at));
    }
    return;
  }
  const got = values(
    c,
    d.values,
    d.names.length,
    d.names.map(() => t),
    d.names[0]?.at ?? d.at,
    'variable declaration',
  );
  out.push(...(got?.pre ?? []));
  const ready = d.names.map((n, i) => {
    const x = got?.xs[i];
    const of = t ?? (x ? defaultType(x.t) : 'invalid');
    if (x?.mode === 'nil' && t === undefined) {
      problem(c, x.n.at, 'use of untyped nil in variable declaration');
      return { n, of: 'invalid', e: x.e };
    }
    return { n, of, e: x && of !== 'invalid' ? convert(c, x, of, 'variable declaration') : konst(null, n.at) };
  });
  for (const { n, of, e } of ready) {
    const id = add(n.name, of, n.at);
    if (n.name === '_') out.push({ k: 'expr', e, at: n.at });
    else out.push(declare(id, e, n.at));
  }
}

/** A declaration inside a function. */
export function declareLocal(c: Checker, d: Decl): readonly Stmt[] {
  const out: Stmt[] = [];
  if (d.k === 'var')
    variables(c, d, out, (id, t, at) => {
      declareVar(c, id, t, at, t === 'invalid');
      return id;
    });
  else if (d.k === 'const') constants(c, d, (id, sym) => c.scope.names.set(id, sym));
  else if (d.k === 'type') {
    if (d.alias) c.scope.names.set(d.name.name, { k: 'type', type: typeOf(c, d.type) });
    else {
      const t = `${c.pkg}.${d.name.name}`;
      if (c.shapes[t]) throw new Beyond('two types of one name', d.at);
      const shape = { k: 'named' as const, under: 'invalid', methods: {} };
      c.shapes[t] = shape;
      c.scope.names.set(d.name.name, { k: 'type', type: t });
      shape.under = typeOf(c, d.type);
    }
  }
  return out;
}
export { isUntyped, native };
