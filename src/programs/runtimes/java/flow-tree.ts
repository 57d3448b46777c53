import type { Block, ClassDecl, Expr, MethodDecl } from './ast.ts';

/** The expressions right inside one, in the order of their evaluation; bodies of lambdas and switches are not among them. */
export function partsOf(e: Expr): readonly Expr[] {
  switch (e.e) {
    case 'field':
      return e.ofClass === undefined ? [e.object] : [];
    case 'call':
      return [...(e.object && !namesClass(e.object) ? [e.object] : []), ...e.args];
    case 'new':
      return [...(e.within ? [e.within] : []), ...e.args];
    case 'new-array':
      return [...e.sizes, ...(e.items ?? [])];
    case 'array-items':
      return e.items;
    case 'index':
      return [e.array, e.index];
    case 'unary':
    case 'step':
    case 'cast':
    case 'paren':
    case 'instanceof':
    case 'switch':
      return [e.of];
    case 'binary':
      return [e.left, e.right];
    case 'assign':
    case 'assign-op':
      return [e.to, e.from];
    case 'cond':
      return [e.test, e.yes, e.no];
    case 'ref':
      return namesClass(e.object) ? [] : [e.object];
    default:
      return [];
  }
}

function namesClass(e: Expr): boolean {
  return e.e === 'class-literal' || ((e.e === 'name' || e.e === 'field') && e.sym === undefined);
}

/** A part of a class that runs by itself, in the order in which javac looks at them: initializers before methods. */
export type Piece =
  | { readonly p: 'init'; readonly expr?: Expr; readonly block?: Block; readonly static: boolean }
  | { readonly p: 'method'; readonly decl: MethodDecl };

export function piecesOf(decl: ClassDecl): readonly Piece[] {
  const inits = decl.members.flatMap((m): Piece[] => {
    if (m.m === 'init') return [{ p: 'init', block: m.body, static: m.static }];
    if (m.m === 'field' && m.init && m.sym) return [{ p: 'init', expr: m.init, static: (m.sym.flags & 8) !== 0 }];
    return [];
  });
  return [
    ...inits.filter((one) => one.p === 'init' && one.static),
    ...inits.filter((one) => one.p === 'init' && !one.static),
    ...decl.members.flatMap((m): Piece[] => (m.m === 'method' && m.body ? [{ p: 'method', decl: m }] : [])),
  ];
}
