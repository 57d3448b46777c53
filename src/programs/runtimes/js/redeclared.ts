import { type Expr, type Stmt, SyntaxProblem } from '../core/tree.ts';

/** The names that a pattern binds, with their places. */
function namesIn(x: Expr): readonly (Expr & { k: 'name' })[] {
  if (x.k === 'name') return [x];
  if (x.k === 'list' || x.k === 'tuple') return x.items.flatMap(namesIn);
  if (x.k === 'dict') return x.entries.flatMap(({ value }) => namesIn(value));
  if (x.k === 'assign') return namesIn(x.target);
  return x.k === 'spread' ? namesIn(x.e) : [];
}

function checkBlock(body: readonly Stmt[]): void {
  const lexical = new Set<string>();
  const others = new Set<string>();
  for (const s of body) {
    if (s.k !== 'declare' && s.k !== 'class' && s.k !== 'fn') continue;
    const found =
      s.k === 'declare' ? namesIn(s.target).map(({ id, at }) => ({ id, at })) : [{ id: s.def.name, at: s.at }];
    const free = (s.k === 'declare' && s.how === 'var') || s.k === 'fn';
    for (const { id, at } of found) {
      if (lexical.has(id) || (!free && others.has(id)))
        throw new SyntaxProblem(`Identifier '${id}' has already been declared`, at);
      (free ? others : lexical).add(id);
    }
  }
}

/** Throws a SyntaxProblem where a block declares a name of `let`, `const` or `class` a second time. */
export function refuseRedeclared(x: unknown): void {
  if (typeof x !== 'object' || x === null) return;
  if (Array.isArray(x)) {
    const first: unknown = x[0];
    if (typeof first === 'object' && first !== null && 'k' in first) checkBlock(x as readonly Stmt[]);
    for (const one of x) refuseRedeclared(one);
    return;
  }
  for (const one of Object.values(x)) refuseRedeclared(one);
}
