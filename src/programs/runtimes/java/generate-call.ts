import type { Expr } from './ast.ts';
import { items, load, loadConstant, loadThis, makeArray, retyped } from './generate-expr.ts';
import { hiddenTypes, loadAround, loadKept, loadOwner } from './generate-inner.ts';
import type { Generator } from './generator.ts';
import { BeyondJava } from './problem.ts';
import {
  classType,
  descriptor,
  erase,
  failed,
  flag,
  int,
  type JavaType,
  type Method,
  nothing,
  objectType,
} from './types.ts';

/** Arguments; those beyond the last parameter of a method with a variable number go into an array. */
export function genArgs(g: Generator, args: readonly Expr[], method: Method, spread: JavaType | undefined): void {
  const fixed = spread ? method.params.length - 1 : method.params.length;
  for (let i = 0; i < fixed; i++) {
    const arg = args[i];
    if (arg) load(g, arg, erase(method.params[i] ?? objectType));
  }
  if (!spread) return;
  const rest = args.slice(fixed);
  if (rest.length > 0) items(g, spread, rest);
  else {
    loadConstant(g, 0, int);
    makeArray(g, spread);
  }
}

/** The class by which a method is named: that of the object; methods of Object keep theirs. */
function qualifier(g: Generator, method: Method, site: JavaType | undefined): string {
  if (method.owner === 'java/lang/Object')
    return site?.t === 'array' && method.name === 'clone' ? descriptor(site) : method.owner;
  const t = site ? erase(site) : undefined;
  if (t?.t === 'class')
    return g.classes.get(t.name)?.kind === 'interface' ||
      g.classes.get(method.owner)?.kind !== 'interface' ||
      !isStatic(method)
      ? t.name
      : method.owner;
  return method.owner;
}
const isStatic = (m: Method): boolean => (m.flags & flag.static) !== 0;

/** A call; its result is on the stack, as the type that is told. */
export function genCall(g: Generator, e: Expr & { e: 'call' }, want: JavaType | undefined): JavaType {
  const { sym, object, args } = e;
  if (!sym) throw new BeyondJava('this call', e.pos);
  const { code } = g;
  if (e.name === 'this' || e.name === 'super') {
    loadThis(g);
    const target = g.classes.get(sym.owner);
    const hidden = hiddenTypes(target);
    if (target && hidden.before.length > 0) {
      if (e.name === 'this') loadAround(g, (name) => name !== g.cls.name);
      else loadOwner(g, target.around ?? '');
    }
    if (e.name === 'super' && g.cls.kind === 'enum') throw new BeyondJava('super() in an enum', e.pos);
    genArgs(g, args, sym, e.spread);
    for (const { sym: kept } of target?.captures ?? []) loadKept(g, kept);
    g.begin(e.pos);
    g.invoke(sym.owner, { ...sym, params: [...hidden.before, ...sym.params, ...hidden.after] }, 'special');
    if (code.alive) code.locals[0] = classType(g.cls.name);
    return nothing;
  }
  const owner = e.superCall ? (erase(e.site ?? objectType) as { name: string }).name : qualifier(g, sym, e.site);
  if (!isStatic(sym)) {
    if (object) load(g, object, object.type ? (erase(object.type).t === 'class' ? e.site : object.type) : undefined);
    else if (e.superCall || e.site?.t !== 'class') loadThis(g);
    else loadOwner(g, e.site.name);
  } else if (object?.type && !(object.e === 'name' || object.e === 'field' ? object.ofClass : undefined)) {
    load(g, object, object.type);
    code.emit('pop');
    code.pop();
  }
  genArgs(g, args, sym, e.spread);
  g.begin(e.pos);
  g.invoke(owner, sym, isStatic(sym) ? 'static' : e.superCall ? 'special' : 'virtual');
  if (sym.name === 'clone' && e.site?.t === 'array') {
    const to = e.type ?? failed;
    if (want && erase(to).t === 'array') {
      code.emit2('checkcast', g.typeIndex(to));
      code.pop();
      code.push(to);
    }
    return to;
  }
  return retyped(g, sym.result, e.type ?? failed, want);
}

/** `new C(…)`: the object is made first, then its constructor called. */
export function genNew(g: Generator, e: Expr & { e: 'new' }): JavaType {
  const type = erase(e.type ?? failed);
  const { code } = g;
  if (!e.sym || type.t !== 'class') throw new BeyondJava('this creation', e.pos);
  const index = g.class(type.name);
  code.here();
  const fresh = { t: 'new' as const, pc: code.bytes.length };
  code.emit2('new', index);
  code.push(fresh);
  code.emit('dup');
  code.push(fresh);
  const cls = g.classes.get(type.name);
  const hidden = hiddenTypes(cls);
  if (e.within) {
    load(g, e.within, e.within.type);
    code.emit('dup');
    code.push(e.within.type ?? objectType);
    g.call('java/util/Objects', 'requireNonNull', [objectType], objectType, 'static');
    code.emit('pop');
    code.pop();
  } else if (cls?.around !== undefined) {
    const { around } = cls;
    loadAround(g, (name) => g.classes.below(name, around));
  }
  genArgs(g, e.args, e.sym, e.spread);
  for (const { sym } of cls?.captures ?? []) loadKept(g, sym);
  g.begin(e.pos);
  const params = [...hidden.before, ...e.sym.params, ...hidden.after];
  g.invoke(type.name, { ...e.sym, params, owner: type.name }, 'special');
  code.pop();
  code.push(type);
  return e.type ?? type;
}
