import type { ClassDecl } from './ast.ts';
import type { Made } from './class-writer.ts';
import { begin } from './generate-class.ts';
import { loadThis, local, prefix } from './generate-expr.ts';
import type { Generator } from './generator.ts';
import type { PoolItem } from './pool.ts';
import {
  bool,
  classType,
  descriptor,
  flag,
  int,
  type JavaType,
  methodDescriptor,
  objectType,
  stringType,
  type Variable,
} from './types.ts';

const factory: PoolItem = {
  p: 'handle',
  kind: 6,
  of: {
    p: 'method',
    owner: 'java/lang/runtime/ObjectMethods',
    name: 'bootstrap',
    type: '(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/TypeDescriptor;Ljava/lang/Class;Ljava/lang/String;[Ljava/lang/invoke/MethodHandle;)Ljava/lang/Object;',
  },
};

/** A record's toString, hashCode and equals, where they are not written: linked when first called. */
export function recordMethods(g: Generator, decl: ClassDecl): Made[] {
  const { cls } = g;
  const self = classType(cls.name);
  const components = [...cls.fields.values()].filter((f) => (f.flags & flag.static) === 0);
  const args: PoolItem[] = [
    { p: 'class', text: cls.name },
    { p: 'string', text: components.map((f) => f.name).join(';') },
    ...components.map(
      (f): PoolItem => ({
        p: 'handle',
        kind: 1,
        of: { p: 'field', owner: cls.name, name: f.name, type: descriptor(f.type) },
      }),
    ),
  ];
  const written = (name: string, count: number) =>
    decl.members.some((m) => m.m === 'method' && m.name === name && m.params.length === count);
  const one = (name: string, params: readonly JavaType[], result: JavaType): Made[] => {
    if (written(name, params.length)) return [];
    const vars = params.map((type): Variable => ({ name: 'o', type, flags: 0 }));
    const code = begin(g, name, false, vars, result);
    g.begin(decl.pos);
    loadThis(g);
    for (const v of vars) local(g, 'load', v.type, 1);
    g.dynamic(name, methodDescriptor([self, ...params], result), factory, args, 1 + params.length, result);
    code.emit(`${prefix(result)}return`);
    code.alive = false;
    return [{ flags: flag.public | flag.final, name, type: methodDescriptor(params, result), code }];
  };
  return [...one('toString', [], stringType), ...one('hashCode', [], int), ...one('equals', [objectType], bool)];
}
