import type { Expr } from './ast.ts';
import type { Attribution } from './attribute.ts';
import { posOf } from './attribute-expr.ts';
import { hasMore } from './library/beyond.ts';
import { BeyondJava } from './problem.ts';
import { assignable, mismatch, subtype } from './relations.ts';
import { erase, failed, found, isPrim, type JavaType, type Method, nothing, objectType, show } from './types.ts';

/** A method of the name that is called, with the class that declares it. */
export type Candidate = {
  readonly method: Method;
  readonly owner: { readonly name: string; readonly kind: string; readonly params: readonly JavaType[] };
};
/** Expressions whose type depends on what is expected of them (JLS 15.2). */
export const isPoly = (e: Expr): boolean =>
  e.e === 'lambda' || e.e === 'ref' || (e.e === 'paren' && isPoly(e.of)) || isFactory(e);
/** Calls whose lambdas need what is expected of the call itself: `collect(Collectors.groupingBy(w -> …))`. */
export const isFactory = (e: Expr): boolean =>
  e.e === 'call' && e.object?.e === 'name' && /^(?:Collectors|Comparator)$/.test(e.object.name) && e.args.some(isPoly);

/** Throws BeyondJava where a class of the library has, in a JDK, more of this name than is declared here. */
export function lacking(a: Attribution, owner: string, name: string, pos: number): void {
  const seen = new Set<string>();
  const visit = (at: string): void => {
    const one = a.classes.get(at);
    if (!one || seen.has(at)) return;
    seen.add(at);
    if (one.library && hasMore(at, name))
      throw new BeyondJava(`${at.replace(/^.*[/$]/, '')}.${name === '<init>' ? 'new' : name}`, pos);
    for (const above of a.classes.above(one)) if (above.t === 'class' && name !== '<init>') visit(above.name);
  };
  visit(owner);
}

/** The arguments' types as messages list them. */
export function shownArgs(args: readonly Expr[]): string {
  return args.map((arg) => (isPoly(arg) ? describe(arg) : show(arg.type ?? failed))).join();
}
function describe(e: Expr): string {
  return e.e === 'lambda' ? `(${e.params.map((p) => p.name).join()})->{ }` : e.e;
}

/** Fits an argument: 1 by subtyping, 2 with boxing; undefined when it does not. */
export function fits(a: Attribution, arg: Expr, formal: JavaType, loose: boolean): boolean {
  const f = erase(formal);
  if (isPoly(arg)) {
    const e = arg.e === 'paren' ? arg.of : arg;
    const to = erase(formal);
    if (e.e === 'call') return to.t === 'class' && /\/(?:Collector|Comparator)$/.test(to.name);
    const target = a.classes.functional(formal);
    if (!target) return formal.t === 'var';
    if (e.e === 'lambda') {
      if (e.params.length !== target.method.params.length) return false;
      const gives = target.method.result !== nothing;
      return 's' in e.body ? true : gives || ['call', 'new', 'assign', 'assign-op', 'step'].includes(e.body.e);
    }
    return true;
  }
  const type = found(arg.type ?? failed);
  if (type.t === 'error') return true;
  if (isPrim(type) && type.name === 'void') return false;
  if (subtype(a.classes, erase(type), f) && (type.t !== 'null' || !isPrim(f))) return true;
  if (type.t === 'infer' && !isPrim(f)) return true;
  return loose && assignable(a.classes, type.t === 'class' || isPrim(type) ? erase(type) : type, f);
}

/** The parameters for this many arguments; `spread`: the last one is repeated (JLS 15.12.2.4). */
export function formals(method: Method, count: number, spread: boolean): readonly JavaType[] {
  if (!spread) return method.params;
  const last = method.params[method.params.length - 1];
  const item = last?.t === 'array' ? last.of : objectType;
  const before = method.params.slice(0, -1);
  return [...before, ...Array.from({ length: Math.max(0, count - before.length) }, () => item)];
}

/** The method that is meant (JLS 15.12.2): by subtyping, then with boxing, then with a variable number. */
export function choose(
  a: Attribution,
  all: readonly Candidate[],
  args: readonly Expr[],
  pos: number,
  name: string,
): Method | undefined {
  // a mistake in an argument is told already
  if (all.length > 1 && args.some((arg) => !isPoly(arg) && found(arg.type ?? failed).t === 'error')) return undefined;
  for (const phase of [1, 2, 3]) {
    const fitting = all.filter(({ method }) => {
      if (phase === 3 && !method.varargs) return false;
      const params = formals(method, args.length, phase === 3);
      return params.length === args.length && args.every((arg, i) => fits(a, arg, params[i] ?? failed, phase > 1));
    });
    if (fitting.length === 0) continue;
    const best = fitting.find((one) =>
      fitting.every((other) => one === other || specific(a, one.method, other.method, args.length, phase === 3)),
    );
    const [first] = fitting;
    if (
      !best &&
      fitting.length > 1 &&
      fitting.every(({ method }) => method.params.every((p) => !a.classes.functional(p)))
    ) {
      for (const { owner } of fitting) lacking(a, owner.name, fitting[0]?.method.name ?? name, pos);
      const [x, y] = fitting;
      const shown = (m: Candidate | undefined) =>
        `method ${m?.method.name}(${m?.method.params.map(show).join()}) in ${m?.owner.name.replace(/^.*[/$]/, '')}`;
      a.wrong(pos, `reference to ${name} is ambiguous\n  both ${shown(x)} and ${shown(y)} match`);
      return undefined;
    }
    return (best ?? first)?.method;
  }
  notApplicable(a, all, args, pos, name);
  return undefined;
}

function specific(a: Attribution, one: Method, other: Method, count: number, spread: boolean): boolean {
  const [x, y] = [formals(one, count, spread), formals(other, count, spread)];
  return x.every((p, i) => subtype(a.classes, erase(p), erase(y[i] ?? objectType)));
}

/** Tells why no method of the name takes the arguments. */
export function notApplicable(
  a: Attribution,
  all: readonly Candidate[],
  args: readonly Expr[],
  pos: number,
  name: string,
): void {
  const simple = name.replace(/^.*[/$]/, '');
  for (const { owner, method } of all) lacking(a, owner.name, method.name, pos);
  if (args.some((arg) => !isPoly(arg) && found(arg.type ?? failed).t === 'error')) return;
  const reason = ({ method }: Candidate): { readonly text: string; readonly arg?: Expr; readonly why?: string } => {
    if (method.params.length !== args.length && !method.varargs)
      return { text: 'actual and formal argument lists differ in length' };
    const params = formals(method, args.length, method.varargs && method.params.length !== args.length);
    const i = args.findIndex((arg, n) => !fits(a, arg, params[n] ?? failed, true));
    const arg = args[i];
    const why =
      arg && !isPoly(arg)
        ? mismatch(arg.type ?? failed, params[i] ?? failed, show)
        : 'incompatible parameter types in lambda expression';
    return { text: `${method.varargs ? 'varargs' : 'argument'} mismatch; ${why}`, ...(arg ? { arg, why } : {}) };
  };
  const [only] = all;
  if (all.length === 1 && only) {
    const { method, owner } = only;
    const { text, arg, why } = reason(only);
    if (arg && why) {
      a.wrong(posOf(arg), `incompatible types: ${why}`);
      a.simplified = true;
      return;
    }
    const what = method.name === '<init>' ? `constructor ${simple}` : `method ${simple}`;
    const kind = owner.kind === 'interface' ? 'interface' : owner.kind;
    const params = owner.params.length > 0 ? `<${owner.params.map(show).join()}>` : '';
    const found_ = args.length === 0 ? 'no arguments' : shownArgs(args);
    a.wrong(pos, `${what} in ${kind} ${owner.name.replace(/^.*[/$]/, '')}${params} cannot be applied to given types;`, [
      `  required: ${method.params.length === 0 ? 'no arguments' : method.params.map(show).join()}`,
      `  found:    ${found_}`,
      `  reason: ${text}`,
    ]);
    return;
  }
  const constructor_ = only?.method.name === '<init>';
  const lines = all.flatMap((one) => {
    const owner = one.owner.name.replace(/^.*[/$]/, '');
    const label = constructor_ ? `constructor ${owner}.${owner}` : `method ${owner}.${simple}`;
    const params =
      one.method.typeParams.length > 0 && !constructor_ ? `<${one.method.typeParams.map(show).join()}>` : '';
    const full = params ? `method ${owner}.${params}${simple}` : label;
    return [`    ${full}(${one.method.params.map(show).join()}) is not applicable`, `      (${reason(one).text})`];
  });
  a.wrong(
    pos,
    `no suitable ${constructor_ ? 'constructor' : 'method'} found for ${simple}(${args.length === 0 ? 'no arguments' : shownArgs(args)})`,
    lines,
  );
}
