import type { Expr } from './ast.ts';
import { shown } from './constants.ts';
import { load, loadConstant } from './generate-expr.ts';
import type { Generator } from './generator.ts';
import type { PoolItem } from './pool.ts';
import {
  boxed,
  descriptor,
  erase,
  failed,
  found,
  isPrim,
  isString,
  type JavaType,
  objectType,
  stringType,
  unboxed,
} from './types.ts';

const factory: PoolItem = {
  p: 'handle',
  kind: 6,
  of: {
    p: 'method',
    owner: 'java/lang/invoke/StringConcatFactory',
    name: 'makeConcatWithConstants',
    type: '(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;Ljava/lang/String;[Ljava/lang/Object;)Ljava/lang/invoke/CallSite;',
  },
};

/** The parts of a chain of `+`, from the left. */
function parts(e: Expr): Expr[] {
  if (e.e === 'paren' && e.value === undefined && isString(e.of.type ?? failed) && e.of.e === 'binary')
    return parts(e.of);
  if (e.value === undefined && e.e === 'binary' && e.op === '+' && isString(e.type ?? failed))
    return [...parts(e.left), ...parts(e.right)];
  return [e];
}

/** Text put together from parts: one dynamic call with a recipe (JEP 280). */
export function concatenation(g: Generator, e: Expr): JavaType {
  make(g, parts(e), undefined);
  return stringType;
}
/** The text on the stack, and more. */
export function concatenationOn(g: Generator, first: JavaType, more: Expr): void {
  make(g, parts(more), first);
}

function make(g: Generator, all: readonly Expr[], first: JavaType | undefined): void {
  // the factory takes 200 values: more are put together in groups
  if (all.length > 199) {
    make(g, all.slice(0, 150), first);
    make(g, all.slice(150), stringType);
    return;
  }
  let recipe = first ? '\u0001' : '';
  const types: JavaType[] = first ? [erase(first)] : [];
  const constants: PoolItem[] = [];
  for (const part of all) {
    if (part.value !== undefined) {
      const text = shown(part.value, part.type ?? stringType);
      if (/[\u0001\u0002]/.test(text)) {
        recipe += '\u0002';
        constants.push({ p: 'string', text });
      } else recipe += text;
      continue;
    }
    const type = found(part.type ?? failed);
    if (type.t === 'null') {
      recipe += 'null';
      continue;
    }
    load(g, part, type);
    recipe += '\u0001';
    const early = g.release >= 19 && !isPrim(unboxed(type)) && !isString(type);
    if (early) g.call('java/lang/String', 'valueOf', [objectType], stringType, 'static');
    types.push(early ? stringType : erase(type));
  }
  if (types.length === 0) {
    loadConstant(g, recipe, stringType);
    return;
  }
  const type = `(${types.map(descriptor).join('')})Ljava/lang/String;`;
  g.dynamic(
    'makeConcatWithConstants',
    type,
    factory,
    [{ p: 'string', text: recipe }, ...constants],
    types.length,
    stringType,
  );
}

export { boxed };
