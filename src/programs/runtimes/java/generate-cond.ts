import type { Expr } from './ast.ts';
import { type Chain, merge } from './code.ts';
import { genBinding, genOperands, load } from './generate-expr.ts';
import type { Generator } from './generator.ts';
import { bool, found, int, isPrim, type JavaType, unboxed } from './types.ts';

/** A test that is not on the stack but in jumps: `op` jumps when it is true. */
export interface Cond {
  readonly op: string;
  readonly yes: Chain;
  readonly no: Chain;
}
const opposites: { readonly [op: string]: string } = {
  ifeq: 'ifne',
  ifne: 'ifeq',
  iflt: 'ifge',
  ifge: 'iflt',
  ifgt: 'ifle',
  ifle: 'ifgt',
  if_icmpeq: 'if_icmpne',
  if_icmpne: 'if_icmpeq',
  if_icmplt: 'if_icmpge',
  if_icmpge: 'if_icmplt',
  if_icmpgt: 'if_icmple',
  if_icmple: 'if_icmpgt',
  if_acmpeq: 'if_acmpne',
  if_acmpne: 'if_acmpeq',
  ifnull: 'ifnonnull',
  ifnonnull: 'ifnull',
  goto: 'never',
  never: 'goto',
};
const endings: { readonly [op: string]: string } = {
  '==': 'eq',
  '!=': 'ne',
  '<': 'lt',
  '>=': 'ge',
  '>': 'gt',
  '<=': 'le',
};
const pops = (op: string): number => (op === 'goto' || op === 'never' ? 0 : /^if_/.test(op) ? 2 : 1);

export const isTrue = (c: Cond): boolean => c.op === 'goto' && c.no.length === 0;
export const isFalse = (c: Cond): boolean => c.op === 'never' && c.yes.length === 0;
export function jumpTrue(g: Generator, c: Cond): Chain {
  return merge(c.yes, g.code.branch(c.op, pops(c.op)));
}
export function jumpFalse(g: Generator, c: Cond): Chain {
  const op = opposites[c.op] ?? c.op;
  return merge(c.no, g.code.branch(op, pops(op)));
}

/** A test as jumps. */
export function genCond(g: Generator, e: Expr): Cond {
  if (e.e === 'paren') return genCond(g, e.of);
  if (typeof e.value === 'boolean') return { op: e.value ? 'goto' : 'never', yes: [], no: [] };
  if (e.e === 'unary' && e.op === '!') {
    const { op, yes, no } = genCond(g, e.of);
    return { op: opposites[op] ?? op, yes: no, no: yes };
  }
  if (e.e === 'binary' && e.op === '&&') {
    const left = genCond(g, e.left);
    if (isFalse(left)) return left;
    const no = jumpFalse(g, left);
    g.code.resolve(left.yes);
    const right = genCond(g, e.right);
    return { op: right.op, yes: right.yes, no: merge(no, right.no) };
  }
  if (e.e === 'binary' && e.op === '||') {
    const left = genCond(g, e.left);
    if (isTrue(left)) return left;
    const yes = jumpTrue(g, left);
    g.code.resolve(left.no);
    const right = genCond(g, e.right);
    return { op: right.op, yes: merge(yes, right.yes), no: right.no };
  }
  if (e.e === 'binary' && endings[e.op]) return comparison(g, e);
  if (e.e === 'instanceof' && e.bind?.sym) return { op: 'goto', yes: [], no: genBinding(g, e, e.bind.sym) };
  if (e.e === 'cond') {
    const test = genCond(g, e.test);
    if (isTrue(test)) {
      g.code.resolve(test.yes);
      return genCond(g, e.yes);
    }
    if (isFalse(test)) {
      g.code.resolve(test.no);
      return genCond(g, e.no);
    }
    const second = jumpFalse(g, test);
    g.code.resolve(test.yes);
    const first = genCond(g, e.yes);
    const firstNo = jumpFalse(g, first);
    g.code.resolve(first.yes);
    const firstYes = g.code.branch('goto');
    g.code.resolve(second);
    const other = genCond(g, e.no);
    return { op: other.op, yes: merge(firstYes, other.yes), no: merge(firstNo, other.no) };
  }
  load(g, e, bool);
  return { op: 'ifne', yes: [], no: [] };
}

function comparison(g: Generator, e: Expr & { e: 'binary' }): Cond {
  const ending = endings[e.op] ?? 'eq';
  const { operand } = e;
  const done = (op: string): Cond => ({ op, yes: [], no: [] });
  const isNull = (x: Expr) => x.type?.t === 'null';
  if (!operand || !isPrim(operand)) {
    load(g, e.left, undefined);
    if (isNull(e.right)) return done(e.op === '==' ? 'ifnull' : 'ifnonnull');
    load(g, e.right, undefined);
    return done(`if_acmp${ending}`);
  }
  if (operand.name === 'int' || operand.name === 'boolean') {
    load(g, e.left, operand);
    if (e.right.value === 0 || e.right.value === false) {
      return done(`if${ending}`);
    }
    load(g, e.right, operand);
    return done(`if_icmp${ending}`);
  }
  genOperands(g, e, operand);
  const less = e.op === '<' || e.op === '<=';
  g.code.emit(
    { long: 'lcmp', float: less ? 'fcmpg' : 'fcmpl', double: less ? 'dcmpg' : 'dcmpl' }[operand.name as 'long'] ??
      'lcmp',
  );
  g.code.pop(2);
  g.code.push(int);
  return done(`if${ending}`);
}

/** A test as a value on the stack. */
export function loadCond(g: Generator, c: Cond): void {
  const { code } = g;
  let yes: Chain = [];
  const no = jumpFalse(g, c);
  if (!isFalse(c)) {
    code.resolve(c.yes);
    code.emit('iconst_1');
    code.push(int);
    yes = code.branch('goto');
  }
  if (no.length > 0) {
    code.resolve(no);
    code.emit('iconst_0');
    code.push(int);
  }
  code.resolve(yes);
}

export function isBoolean(type: JavaType | undefined): boolean {
  const t = type ? unboxed(found(type)) : undefined;
  return t !== undefined && isPrim(t) && t.name === 'boolean';
}
