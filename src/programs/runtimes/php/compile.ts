import type { Code, Op, OpArg, Unit } from '../core/code.ts';
import type { At } from '../core/tree.ts';
import type { Class, Func, Param, Stmt, Visibility } from './ast.ts';
import { compileExpr } from './compile-expr.ts';
import { compileStmts } from './compile-stmt.ts';

/** What is known of a function besides its operations. */
export interface FuncInfo {
  readonly params: readonly Param[];
  readonly cls: string | null;
  readonly line: number;
  readonly result: Func['result'];
}
export interface PhpCode extends Code {
  readonly info: FuncInfo;
}
export interface MethodInfo {
  readonly name: string;
  readonly code: number;
  readonly static: boolean;
  readonly visibility: Visibility;
  readonly abstract: boolean;
}
/** A class as it is declared; values that are no constants are codes to be called. */
export interface ClassInfo {
  readonly name: string;
  readonly kind: 'class' | 'interface';
  readonly abstract: boolean;
  readonly parent: string | null;
  readonly interfaces: readonly string[];
  readonly constants: { readonly [name: string]: number };
  readonly properties: readonly {
    readonly name: string;
    readonly code: number | null;
    readonly typed: string | null;
    readonly static: boolean;
    readonly visibility: Visibility;
    readonly readonly: boolean;
  }[];
  readonly methods: { readonly [name: string]: MethodInfo };
  readonly line: number;
}
export interface PhpUnit extends Unit {
  readonly classes: ClassInfo[];
  /** `declare(strict_types=1)`: values are not converted for the functions that are called in it. */
  readonly strict: boolean;
}

export interface Loop {
  readonly breaks: number[];
  readonly continues: number[];
  /** Values that the loop keeps on the stack. */
  readonly keeps: number;
  readonly depth: number;
}
/** What must be undone on the way out of it. */
export type Guard =
  | { readonly kind: 'try' | 'handling' }
  | { readonly kind: 'finally'; readonly body: readonly Stmt[] }
  | { readonly kind: 'loop'; readonly loop: Loop };

/** Collects the operations of one function. */
export interface Emitter {
  readonly unit: PhpUnit;
  readonly code: PhpCode;
  readonly cls: string | null;
  readonly parent: string | null;
  readonly dir: string;
  guards: Guard[];
  /** Functions that have been declared before the statements. */
  readonly hoisted: Set<Func>;
  line: number;
  emit(op: string, a?: OpArg, b?: OpArg, c?: OpArg): number;
  here(index: number): void;
  readonly length: number;
}

function emitter(unit: PhpUnit, code: PhpCode, cls: string | null, parent: string | null): Emitter {
  const { ops, at } = code;
  return {
    unit,
    code,
    cls,
    parent,
    dir: unit.path.includes('/') ? unit.path.replace(/\/[^/]*$/, '') || '/' : '',
    guards: [],
    hoisted: new Set(),
    line: 1,
    emit(op, a, b, c) {
      ops.push([op, a, b, c]);
      at.push([this.line, 0, this.line, 0] as At);
      return ops.length - 1;
    },
    here(index) {
      const [op, , b, c] = ops[index] as Op;
      ops[index] = [op, ops.length, b, c];
    },
    get length() {
      return ops.length;
    },
  };
}
const none: FuncInfo = { params: [], cls: null, line: 1, result: null };

function newCode(unit: PhpUnit, name: string, info: FuncInfo): { code: PhpCode; number: number } {
  const code: PhpCode = { name, def: null, ops: [], at: [], info };
  unit.codes.push(code);
  return { code, number: unit.codes.length - 1 };
}

/** Compiles a file: its functions and classes come first. */
export function compilePhp(path: string, text: string, body: readonly Stmt[]): PhpUnit {
  const strict = body.some((s) => s.k === 'strict' && s.on);
  const unit: PhpUnit = { lang: 'php', path, lines: text.split('\n'), codes: [], classes: [], strict };
  const { code } = newCode(unit, '{main}', none);
  const e = emitter(unit, code, null, null);
  compileBody(e, body);
  e.emit('const', 1);
  e.emit('return');
  return unit;
}

/** Statements, with the functions and classes that they declare before them. */
export function compileBody(e: Emitter, body: readonly Stmt[]): void {
  for (const s of body) if (s.k === 'fn') declareFunction(e, s.def);
  const early = new Set<string>();
  for (let more = true; more; ) {
    more = false;
    for (const s of body) {
      if (s.k !== 'class' || early.has(s.def.name.toLowerCase())) continue;
      const needs = [s.def.parent, ...s.def.interfaces].flatMap((n) => (n === null ? [] : [n.toLowerCase()]));
      const waits = needs.some(
        (n) => !early.has(n) && body.some((o) => o.k === 'class' && o.def.name.toLowerCase() === n),
      );
      if (waits) continue;
      early.add(s.def.name.toLowerCase());
      e.line = s.line;
      e.emit('declare-class', declareClass(e, s.def), true);
      more = true;
    }
  }
  compileStmts(e, body);
}

export function declareFunction(e: Emitter, def: Func): void {
  if (e.hoisted.has(def)) return;
  e.hoisted.add(def);
  e.line = def.line;
  e.emit('declare-fn', def.name, compileFunction(e.unit, def, null, null));
}

/** Compiles a function and returns its number in the unit. */
export function compileFunction(unit: PhpUnit, def: Func, cls: string | null, parent: string | null): number {
  const { code, number } = newCode(unit, def.name, { params: def.params, cls, line: def.line, result: def.result });
  const e = emitter(unit, code, cls, parent);
  e.line = def.line;
  def.params.forEach((p, i) => {
    if (p.initial) {
      const skip = e.emit('have-arg', 0, i);
      compileExpr(e, p.initial);
      e.emit('set-var', p.name);
      e.emit('pop');
      e.here(skip);
    }
    if (p.promoted) {
      e.emit('this');
      e.emit('var', p.name);
      e.emit('lv-store', ['*', `p:${p.name}`]);
      e.emit('pop');
    }
  });
  compileStmts(e, def.body);
  e.emit('none');
  e.emit('return');
  return number;
}

/** Compiles an expression as a function of its own, called when its value is wanted first. */
function thunk(e: Emitter, value: import('./ast.ts').Expr, cls: string, parent: string | null): number {
  const def: Func = {
    name: '[constant expression]',
    params: [],
    body: [{ k: 'return', e: value, line: value.line }],
    line: value.line,
    result: null,
    uses: [],
    arrow: false,
  };
  return compileFunction(e.unit, def, cls, parent);
}

/** Compiles a class and returns its number in the unit. */
export function declareClass(e: Emitter, def: Class): number {
  const { name, parent } = def;
  const info: ClassInfo = {
    name,
    kind: def.kind,
    abstract: def.abstract,
    parent,
    interfaces: def.interfaces,
    line: def.line,
    constants: Object.fromEntries(def.constants.map((c) => [c.name, thunk(e, c.value, name, parent)])),
    properties: def.properties.map((p) => ({
      name: p.name,
      code: p.initial ? thunk(e, p.initial, name, parent) : null,
      typed: p.typed?.shown ?? null,
      static: p.static,
      visibility: p.visibility,
      readonly: p.readonly,
    })),
    methods: Object.fromEntries(
      def.methods.map((m): [string, MethodInfo] => [
        m.def.name.toLowerCase(),
        {
          name: m.def.name,
          code: compileFunction(e.unit, m.def, name, parent),
          static: m.static,
          visibility: m.visibility,
          abstract: m.abstract,
        },
      ]),
    ),
  };
  e.unit.classes.push(info);
  return e.unit.classes.length - 1;
}
