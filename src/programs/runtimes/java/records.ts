import type { Block, ClassDecl, Expr, LocalVar, Member, MethodDecl, Stmt } from './ast.ts';
import { flag } from './types.ts';

const fieldOf = (pos: number, name: string): Expr => ({
  e: 'field',
  pos,
  start: pos,
  object: { e: 'this', pos, start: pos },
  name,
});
function assigned(pos: number, { name }: LocalVar): Stmt {
  const from: Expr = { e: 'name', pos, start: pos, name };
  return { s: 'expr', pos, of: { e: 'assign', pos, start: pos, to: fieldOf(pos, name), from } };
}

/** A record's constructor without parameters as it is written: what it says, then the fields get their values (JLS 8.10.4.2). */
export function compactConstructor(made: {
  readonly pos: number;
  readonly flags: number;
  readonly components: readonly LocalVar[];
  readonly body: Block;
}): MethodDecl {
  const { pos, flags, components, body } = made;
  return {
    m: 'method',
    pos,
    flags,
    params: components.map(({ pos: at, name, of }) => ({ pos: at, name, ...(of ? { of } : {}) })),
    typeParams: [],
    name: '<init>',
    throws: [],
    body: { ...body, body: [...body.body, ...components.map((one) => assigned(body.end, one))] },
    varargs: false,
  };
}

/** A record with the members that nobody wrote: fields, the constructor, a method for each component (JLS 8.10.3). */
export function recordMembers(decl: ClassDecl): ClassDecl {
  const { pos, components } = decl;
  const written = decl.members.filter((one): one is MethodDecl => one.m === 'method');
  const fields = components.flatMap((one): Member[] =>
    one.of ? [{ m: 'field', pos: one.pos, flags: flag.private | flag.final, of: one.of, name: one.name }] : [],
  );
  const alike = (one: MethodDecl) =>
    one.name === '<init>' &&
    one.params.length === components.length &&
    one.params.every(
      (p, i) => p.of?.name === components[i]?.of?.name && (p.of?.dims ?? 0) === (components[i]?.of?.dims ?? 0),
    );
  const empty: Block = { s: 'block', pos, end: pos, body: [] };
  const canonical = compactConstructor({ pos, flags: decl.flags & 7, components, body: empty });
  const reading = components
    .filter(({ name }) => !written.some((one) => one.name === name && one.params.length === 0))
    .map(
      (one): MethodDecl => ({
        m: 'method',
        pos: one.pos,
        flags: flag.public,
        params: [],
        typeParams: [],
        ...(one.of ? { result: one.of } : {}),
        name: one.name,
        throws: [],
        body: {
          s: 'block',
          pos: one.pos,
          end: one.pos,
          body: [{ s: 'return', pos: one.pos, of: fieldOf(one.pos, one.name) }],
        },
        varargs: false,
      }),
    );
  return {
    ...decl,
    flags: decl.flags | flag.final,
    members: [...fields, ...(written.some(alike) ? [] : [canonical]), ...decl.members, ...reading],
  };
}
