import type { Expr } from './ast.ts';
import { load, loadThis } from './generate-expr.ts';
import { loadKept } from './generate-inner.ts';
import type { Generator } from './generator.ts';
import type { PoolItem } from './pool.ts';
import { BeyondJava } from './problem.ts';
import {
  boxed,
  classType,
  descriptor,
  erase,
  failed,
  flag,
  isPrim,
  type JavaType,
  methodDescriptor,
  nothing,
  objectType,
} from './types.ts';

const factory: PoolItem = {
  p: 'handle',
  kind: 6,
  of: {
    p: 'method',
    owner: 'java/lang/invoke/LambdaMetafactory',
    name: 'metafactory',
    type: '(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;Ljava/lang/invoke/MethodType;Ljava/lang/invoke/MethodHandle;Ljava/lang/invoke/MethodType;)Ljava/lang/invoke/CallSite;',
  },
};

/** A lambda expression: a method of its own, and an object that calls it, made when it is first needed. */
export function genLambda(g: Generator, e: Expr & { e: 'lambda' }): JavaType {
  const { made } = e;
  if (!made) throw new BeyondJava('this lambda expression', e.pos);
  const params = e.params.map((p) => p.sym?.type ?? objectType);
  const captured = made.captures.map((sym) => sym.type);
  const result = erase(made.result);
  const type = methodDescriptor([...captured, ...params], result);
  const fixed = !made.usesThis;
  const body = { name: '', e, made, static: fixed, descriptor: type };
  const named = {
    ...body,
    name: `lambda$${g.method === '<init>' ? 'new' : g.method === '<clinit>' ? 'static' : g.method}$${g.lambdaCount++}`,
  };
  g.lambdas.push(named);
  if (!fixed) loadThis(g);
  for (const sym of made.captures) {
    loadKept(g, sym);
  }
  const handle: PoolItem = {
    p: 'handle',
    kind: fixed ? 6 : 7,
    of: { p: g.cls.kind === 'interface' ? 'interface-method' : 'method', owner: g.cls.name, name: named.name, type },
  };
  const given = [...(fixed ? [] : [classType(g.cls.name)]), ...captured];
  link(
    g,
    made.target,
    made.method.name,
    methodDescriptor(made.method.params, made.method.result),
    handle,
    methodDescriptor(
      params.map((p, i) => instantiated(p, made.method.params[i])),
      instantiated(result, made.method.result),
    ),
    given,
  );
  return made.target;
}

/** Where the interface has a type parameter, a primitive type is its class. */
function instantiated(type: JavaType, declared: JavaType | undefined): JavaType {
  return declared && isPrim(declared) ? type : isPrim(type) && type !== nothing ? boxed(type) : type;
}

function link(
  g: Generator,
  target: JavaType,
  name: string,
  plain: string,
  handle: PoolItem,
  exact: string,
  given: readonly JavaType[],
): void {
  const type = `(${given.map(descriptor).join('')})${descriptor(target)}`;
  g.dynamic(
    name,
    type,
    factory,
    [{ p: 'method-type', text: plain }, handle, { p: 'method-type', text: exact }],
    given.length,
    target,
  );
}

/** A method reference: an object that calls the method itself. */
export function genRef(g: Generator, e: Expr & { e: 'ref' }): JavaType {
  const { made, object } = e;
  if (!made) throw new BeyondJava('this method reference', e.pos);
  const { code } = g;
  const { sym, how } = made;
  const site = erase(object.type ?? (object.e === 'class-literal' ? failed : failed));
  const on = g.classes.get(sym.owner)?.kind === 'interface';
  const target = how === 'new' ? g.classes.get(sym.owner) : undefined;
  if (target?.around !== undefined || (target?.captures?.length ?? 0) > 0)
    throw new BeyondJava('a reference to the constructor of an inner class', e.pos);
  const kind = how === 'static' ? 6 : how === 'new' ? 8 : on ? 9 : 5;
  const owner =
    how === 'bound' && site.t === 'class' && sym.owner !== 'java/lang/Object'
      ? site.name
      : how === 'new' && e.made
        ? ownerOf(e, sym.owner)
        : sym.owner;
  const handle: PoolItem = {
    p: 'handle',
    kind,
    of: {
      p: on ? 'interface-method' : 'method',
      owner,
      name: sym.name,
      type: methodDescriptor(sym.params, sym.result),
    },
  };
  const given: JavaType[] = [];
  if (how === 'bound') {
    load(g, object, object.type);
    given.push(object.type ?? objectType);
    if (object.e !== 'this') {
      code.emit('dup');
      code.push(object.type ?? objectType);
      g.call('java/util/Objects', 'requireNonNull', [objectType], objectType, 'static');
      code.emit('pop');
      code.pop();
    }
  }
  const exact = methodDescriptor(
    made.params.map((p, i) => instantiated(p, made.method.params[i])),
    instantiated(made.result, made.method.result),
  );
  link(
    g,
    made.target,
    made.method.name,
    methodDescriptor(made.method.params, made.method.result),
    handle,
    exact,
    given,
  );
  return made.target;
}
const ownerOf = (_e: Expr, owner: string): string => owner;

export { flag };
