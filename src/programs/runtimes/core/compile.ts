import type { Code, Op, OpArg, Unit } from './code.ts';
import { compileExpr } from './compile-expr.ts';
import { hoist } from './compile-names.ts';
import { compileStmts } from './compile-stmt.ts';
import type { At, Func, Source, Stmt } from './tree.ts';

/** What stands between a jump and where it goes: each is undone on the way. */
export type Context =
  | {
      kind: 'loop' | 'switch' | 'block';
      label: string | undefined;
      breaks: number[];
      continues: number[];
      keeps: number;
    }
  | { kind: 'scope' }
  | { kind: 'try' }
  | { kind: 'handling' }
  | { kind: 'pop' }
  | { kind: 'finally'; body: readonly Stmt[] };

/** Collects the operations of one function. */
export interface Emitter {
  readonly unit: Unit;
  readonly code: Code;
  contexts: Context[];
  at: At;
  emit(op: string, a?: OpArg, b?: OpArg, c?: OpArg): number;
  /** Makes the jump at `index` go to what comes next. */
  here(index: number): void;
  readonly length: number;
}

const nowhere: At = [1, 0, 1, 0];

function emitter(unit: Unit, code: Code): Emitter {
  const { ops, at } = code;
  return {
    unit,
    code,
    contexts: [],
    at: nowhere,
    emit(op, a, b, c) {
      ops.push([op, a, b, c]);
      at.push(this.at);
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

/** Compiles a file. Throws Beyond for what the machine has no operation for. */
export function compile(source: Source): Unit {
  const unit: Unit = { lang: source.lang, path: source.path, lines: source.text.split('\n'), codes: [] };
  const code: Code = { name: source.lang === 'py' ? '<module>' : '', def: null, ops: [], at: [] };
  unit.codes.push(code);
  const e = emitter(unit, code);
  hoist(e, source.body);
  compileStmts(e, source.body);
  e.emit('none');
  e.emit('return');
  return unit;
}

/** Compiles an expression for a prompt: the unit's top level returns its value. */
export function compilePrompt(source: Source): Unit {
  const unit: Unit = { lang: source.lang, path: source.path, lines: source.text.split('\n'), codes: [] };
  const code: Code = { name: '<module>', def: null, ops: [], at: [] };
  unit.codes.push(code);
  const e = emitter(unit, code);
  hoist(e, source.body);
  compileStmts(e, source.body.slice(0, -1));
  const last = source.body.at(-1);
  if (last?.k === 'expr') compileExpr(e, last.e);
  else {
    if (last) compileStmts(e, [last]);
    e.emit(source.lang === 'js' ? 'undef' : 'none');
  }
  e.emit('return');
  return unit;
}

/** Compiles a function and returns its number in the unit. */
export function compileFunction(unit: Unit, def: Func): number {
  const code: Code = { name: def.name, def, ops: [], at: [] };
  unit.codes.push(code);
  const number = unit.codes.length - 1;
  const e = emitter(unit, code);
  e.at = def.at;
  if (unit.lang === 'js') {
    def.params.forEach(({ name, initial, pattern }) => {
      if (initial) {
        e.emit('load', name);
        const skip = e.emit('jump-defined', 0);
        e.emit('pop');
        compileExpr(e, initial);
        e.here(skip);
        e.emit('init', name);
      }
      if (pattern) {
        e.emit('load', name);
        compileExpr(e, {
          k: 'assign',
          op: 'init',
          target: pattern,
          value: { k: 'const', v: null, at: def.at },
          at: def.at,
        });
      }
    });
  }
  if (unit.lang === 'go' && def.results) {
    def.named?.forEach((name, i) => {
      const type = def.results?.[i];
      if (type) e.emit('zero', type);
      e.emit('init', name);
    });
  }
  hoist(e, def.body);
  compileStmts(e, def.body);
  if (unit.lang === 'go' && def.named) e.emit('named-results', def.named);
  else e.emit(unit.lang === 'js' ? 'undef' : 'none');
  e.emit('return');
  return number;
}
