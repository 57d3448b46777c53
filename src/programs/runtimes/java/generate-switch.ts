import type { Case, Expr, Stmt } from './ast.ts';
import { width } from './code.ts';
import { load, loadConstant, local } from './generate-expr.ts';
import { genStmt, genStmts } from './generate-stmt.ts';
import type { Generator, Place } from './generator.ts';
import { BeyondJava } from './problem.ts';
import { textHash } from './text-hash.ts';
import {
  bool,
  classType,
  erase,
  failed,
  found,
  int,
  isPrim,
  isString,
  type JavaType,
  objectType,
  stringType,
  unboxed,
} from './types.ts';

type Switch = { readonly of: Expr; readonly cases: Case[]; readonly end: number; readonly pos: number };

/** A switch: the value, a table of jumps, and the cases one after another. */
export function genSwitch(g: Generator, s: Switch, value?: { readonly type: JavaType }): void {
  const { code } = g;
  const limit = code.nextLocal;
  const type = found(s.of.type ?? failed);
  const numbers = isString(type) ? strings(g, s) : constants(g, s, type);
  table(g, s, numbers, value);
  code.endScope(limit);
}

function constants(g: Generator, s: Switch, type: JavaType): readonly (readonly number[])[] {
  const inside = unboxed(type);
  if (isPrim(inside)) {
    load(g, s.of, int);
    return s.cases.map((one) => one.labels.map((label) => Number(label.value)));
  }
  const of = type.t === 'class' ? g.classes.get(type.name) : undefined;
  if (of?.kind !== 'enum' || type.t !== 'class') throw new BeyondJava('a switch on this', s.pos);
  const names = [...of.fields.values()].filter((f) => (f.flags & 16384) !== 0).map((f) => f.name);
  load(g, s.of, type);
  g.call(type.name, 'ordinal', [], int, 'virtual');
  return s.cases.map((one) => one.labels.map((label) => (label.e === 'name' ? names.indexOf(label.name) : -1)));
}

/** Strings: their hash codes choose, `equals` makes sure, and a number goes on. */
function strings(g: Generator, s: Switch): readonly (readonly number[])[] {
  const { code } = g;
  let count = 0;
  const numbers = s.cases.map((one) => one.labels.map(() => count++));
  const texts = s.cases.flatMap((one) => one.labels.map((label) => String(label.value)));
  load(g, s.of, stringType);
  const text = code.reserve(stringType);
  local(g, 'store', stringType, text);
  loadConstant(g, -1, int);
  const chosen = code.reserve(int);
  local(g, 'store', int, chosen);
  if (texts.length > 0) {
    local(g, 'load', stringType, text);
    g.call('java/lang/String', 'hashCode', [], int, 'virtual');
    const byHash = new Map<number, number[]>();
    for (const [i, one] of texts.entries()) byHash.set(textHash(one), [...(byHash.get(textHash(one)) ?? []), i]);
    const place: Place = { kind: 'switch', exit: [], next: [] };
    const patch = jumps(g, [...byHash.keys()]);
    for (const [hash, all] of byHash) {
      patch(hash);
      for (const i of all) {
        local(g, 'load', stringType, text);
        loadConstant(g, texts[i] ?? '', stringType);
        g.call('java/lang/String', 'equals', [objectType], bool, 'virtual');
        const no = code.branch('ifeq', 1);
        loadConstant(g, i, int);
        local(g, 'store', int, chosen);
        const more = all.at(-1) !== i || [...byHash.keys()].at(-1) !== hash;
        if (more) place.exit = [...code.branch('goto'), ...place.exit];
        code.resolve(no);
      }
    }
    patch(undefined);
    code.resolve(place.exit.toSorted((a, b) => b.pc - a.pc));
  }
  local(g, 'load', int, chosen);
  return numbers;
}

/** Writes a table of jumps for these numbers. The function that is given back sets one's target to the next instruction. */
function jumps(g: Generator, all: readonly number[]): (number: number | undefined) => void {
  const { code } = g;
  const sorted = [...all].sort((a, b) => a - b);
  const [low = 0] = sorted;
  const high = sorted.at(-1) ?? -1;
  // as javac weighs space and time
  const tableCost = 4 + (high - low + 1) + 3 * 3;
  const lookupCost = 3 + 2 * sorted.length + 3 * sorted.length;
  const asTable = sorted.length > 0 && tableCost <= lookupCost;
  const start = code.here();
  code.emit(asTable ? 'tableswitch' : 'lookupswitch');
  code.pop();
  if (!code.alive) return () => undefined;
  while (code.bytes.length % 4 !== 0) code.bytes.push(0);
  const base = code.bytes.length;
  const word = (n: number) => code.bytes.push((n >> 24) & 255, (n >> 16) & 255, (n >> 8) & 255, n & 255);
  word(-1);
  if (asTable) {
    word(low);
    word(high);
    for (let n = low; n <= high; n++) word(-1);
  } else {
    word(sorted.length);
    for (const n of sorted) {
      word(n);
      word(-1);
    }
  }
  const state = code.state();
  code.alive = false;
  const known = new Set(sorted);
  return (number) => {
    // another state than the one before falls in here as well
    const pc = enter(g, state);
    const offset = pc - start;
    if (number === undefined) {
      code.patch(base, offset);
      if (asTable) for (let n = low; n <= high; n++) if (!known.has(n)) code.patch(base + 12 + 4 * (n - low), offset);
    } else if (asTable) code.patch(base + 12 + 4 * (number - low), offset);
    else code.patch(base + 8 + 8 * sorted.indexOf(number) + 4, offset);
  };
}
function enter(g: Generator, state: ReturnType<Generator['code']['state']>): number {
  const { code } = g;
  code.here();
  const locals = code.alive ? state.locals.map((t, i) => (code.locals[i] === undefined ? undefined : t)) : state.locals;
  return code.entry({ stack: state.stack, locals: locals.slice(0, code.nextLocal) });
}

function table(
  g: Generator,
  s: Switch,
  numbers: readonly (readonly number[])[],
  value: { readonly type: JavaType } | undefined,
): void {
  const { code } = g;
  const stack = code.stack.slice(0, -1);
  const place: Place = { kind: value ? 'value' : 'switch', exit: [], next: [], ...(value ? { type: value.type } : {}) };
  g.places.push(place);
  const patch = jumps(g, numbers.flat());
  const inner = code.nextLocal;
  s.cases.forEach((one, i) => {
    for (const number of numbers[i] ?? []) patch(number);
    if (one.isDefault) patch(undefined);
    if (!one.arrow) {
      genStmts(g, one.body);
      return;
    }
    const [first] = one.body;
    if (first?.s === 'expr' && value) {
      g.begin(first.pos);
      load(g, first.of, value.type);
      code.forceTop(value.type);
      place.exit = [...code.branch('goto'), ...place.exit];
    } else {
      if (first) genStmt(g, first);
      if (code.reached) place.exit = [...code.branch('goto'), ...place.exit].sort((x, y) => y.pc - x.pc);
    }
    code.endScope(inner);
  });
  if (!s.cases.some((one) => one.isDefault)) {
    patch(undefined);
    if (value) noCase(g);
  }
  g.places.pop();
  if (!code.reached && place.exit.length > 0) code.stack = [...stack];
  code.resolve(place.exit.toSorted((a, b) => b.pc - a.pc));
}

/** An enum constant that the switch does not know of. */
function noCase(g: Generator): void {
  const { code } = g;
  const name = g.release >= 21 ? 'java/lang/MatchException' : 'java/lang/IncompatibleClassChangeError';
  const fresh = { t: 'new' as const, pc: code.here() };
  code.emit2('new', g.class(name));
  code.push(fresh);
  code.emit('dup');
  code.push(fresh);
  if (g.release >= 21) {
    code.emit('aconst_null');
    code.push({ t: 'null' });
    code.emit('aconst_null');
    code.push({ t: 'null' });
    g.call(name, '<init>', [stringType, classType('java/lang/Throwable')], { t: 'prim', name: 'void' }, 'special');
  } else g.call(name, '<init>', [], { t: 'prim', name: 'void' }, 'special');
  code.emit('athrow');
  code.alive = false;
}

/** A switch with a value. */
export function genSwitchValue(g: Generator, e: Expr & { e: 'switch' }, want: JavaType | undefined): JavaType {
  const type = want && !isPrim(e.type ?? failed) ? want : (e.type ?? failed);
  genSwitch(g, e, { type: erase(type) });
  return type;
}

export { genStmt, type Stmt, width };
