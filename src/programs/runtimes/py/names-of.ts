import type { Catch, Expr, Stmt } from '../core/tree.ts';

/** Is there a `yield` in a body (not in functions within it)? */
export function contains(x: unknown, kind: string): boolean {
  if (typeof x !== 'object' || x === null) return false;
  if (Array.isArray(x)) return x.some((one) => contains(one, kind));
  const node = x as { readonly k?: string };
  if (node.k === kind) return true;
  if (node.k === 'fn' || node.k === 'class' || node.k === 'comp') return false;
  return Object.values(x).some((one) => contains(one, kind));
}

/** The names that a body binds, or (with `declared`) those of its `global` and `nonlocal` statements. */
export function namesOf(x: unknown, declared: boolean): string[] {
  const found = new Set<string>();
  const pattern = (e: Expr | null): void => {
    if (!e) return;
    if (e.k === 'name') found.add(e.id);
    else if (e.k === 'tuple' || e.k === 'list') e.items.forEach(pattern);
    else if (e.k === 'spread') pattern(e.e);
  };
  const visit = (n: unknown): void => {
    if (typeof n !== 'object' || n === null) return;
    if (Array.isArray(n)) {
      n.forEach(visit);
      return;
    }
    const node = n as Stmt & Expr;
    const k = node.k as string;
    if (k === 'global') {
      if (declared) for (const name of (n as { readonly names?: readonly string[] }).names ?? []) found.add(name);
      return;
    }
    if (declared && k === 'fn') return;
    if (!declared) {
      if (k === 'fn' || k === 'class') {
        const { name } = (n as { readonly def: { readonly name: string } }).def;
        if ('at' in node && name !== '<lambda>') found.add(name);
        return;
      }
      if (k === 'comp') return;
      if (k === 'assign') pattern((n as { readonly target: Expr }).target);
      if (k === 'each') (n as { readonly target: readonly (Expr | null)[] }).target.forEach(pattern);
      if (k === 'with')
        for (const { as } of (n as { readonly items: readonly { readonly as: Expr | null }[] }).items) pattern(as);
      if (k === 'try') for (const { name } of (n as { readonly catches: readonly Catch[] }).catches) pattern(name);
      if (k === 'import') {
        const { as, names } = n as {
          readonly as: string | null;
          readonly names: readonly (readonly [string, string])[] | null;
        };
        if (as !== null) found.add(as.replace(/^\.([^.]*).*/, '$1'));
        for (const [, name] of names ?? []) found.add(name);
      }
    }
    for (const one of Object.values(n)) visit(one);
  };
  visit(x);
  return [...found];
}
