import { isErrno } from '../../../kernel/errno.ts';
import { expand, MakeError, type Scope, stemOf, type Variable } from './expand.ts';
import type { Makefile, RecipeLine } from './makefile.ts';

/** A target whose recipe is to be run now: everything that it needs is there. */
interface Pending {
  readonly target: string;
  readonly file: string;
  readonly lines: readonly RecipeLine[];
  readonly silent: boolean;
}

/** What was dealt with so far: true for those that were made anew. */
export type Settled = Map<string, boolean>;

interface Found {
  readonly needs: readonly string[];
  readonly orderOnly: readonly string[];
  readonly recipe: readonly RecipeLine[];
  readonly file: string;
  readonly stem: string;
}

/**
 * Goes down from a goal to the first target whose recipe must run, and notes in `settled` what need not be made. Undefined
 * when the goal is settled. Throws MakeError when there is no way to make something.
 */
export function nextRecipe(
  scope: Scope,
  makefile: Makefile,
  goal: string,
  settled: Settled,
  always: boolean,
): Pending | undefined {
  const open = new Set<string>();
  const visit = (target: string, wanting: string | undefined): Pending | undefined => {
    if (settled.has(target) || open.has(target)) return undefined;
    open.add(target);
    const rule = ruleFor(scope, makefile, target);
    const stat = scope.sys.fs.stat(target);
    if (rule === undefined) {
      if (isErrno(stat)) {
        const need = wanting === undefined ? '' : `, needed by '${wanting}'`;
        throw new MakeError(`*** No rule to make target '${target}'${need}.  Stop.`);
      }
      settled.set(target, false);
      return undefined;
    }
    for (const need of [...rule.needs, ...rule.orderOnly]) {
      const pending = visit(need, target);
      if (pending) return pending;
    }
    const newer = rule.needs.filter((need) => {
      if (settled.get(need) || isErrno(stat)) return true;
      const other = scope.sys.fs.stat(need);
      return isErrno(other) || other.mtime > stat.mtime;
    });
    const due = always || isErrno(stat) || makefile.phony.has(target) || newer.length > 0;
    if (!due || rule.recipe.length === 0) {
      settled.set(target, due);
      return undefined;
    }
    return pendingOf(scope, makefile, target, rule, newer);
  };
  return visit(goal, undefined);
}

/** The rule of a target: all that name it taken together, and else a pattern's whose needs there are or can be made. */
function ruleFor(scope: Scope, makefile: Makefile, target: string, depth = 0): Found | undefined {
  const plain = target.replace(/^\.\//, '');
  const own = makefile.rules.filter(({ targets }) => targets.some((one) => one === target || one === plain));
  const withRecipe = own.findLast(({ recipe }) => recipe.length > 0);
  const needs = own.flatMap((one) => one.needs);
  const orderOnly = own.flatMap((one) => one.orderOnly);
  if (withRecipe !== undefined) {
    const { recipe, file } = withRecipe;
    // those of the recipe's own rule come first
    return { needs: [...new Set([...withRecipe.needs, ...needs])], orderOnly, recipe, file, stem: '' };
  }
  if (depth < 5)
    for (const rule of makefile.rules) {
      for (const pattern of rule.targets) {
        const stem = pattern.includes('%') ? stemOf(pattern, target) : undefined;
        if (stem === undefined || stem === '' || rule.recipe.length === 0) continue;
        const more = rule.needs.map((one) => one.replace('%', () => stem));
        const can = (need: string) =>
          !isErrno(scope.sys.fs.stat(need)) || ruleFor(scope, makefile, need, depth + 1) !== undefined;
        if (!more.every(can)) continue;
        return {
          needs: [...more, ...needs],
          orderOnly: [...rule.orderOnly, ...orderOnly],
          recipe: rule.recipe,
          file: rule.file,
          stem,
        };
      }
    }
  const [first] = own;
  return first === undefined ? undefined : { needs, orderOnly, recipe: [], file: first.file, stem: '' };
}

function pendingOf(
  scope: Scope,
  makefile: Makefile,
  target: string,
  { needs, orderOnly, recipe, file, stem }: Found,
  newer: readonly string[],
): Pending {
  const automatic = (text: string): Variable => ({ text, simple: true, from: 'automatic' });
  const folder = (path: string) => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.');
  const base = (path: string) => path.slice(path.lastIndexOf('/') + 1);
  const values: { readonly [name: string]: string } = {
    '@': target,
    '<': needs[0] ?? '',
    '^': needs.join(' '),
    '+': needs.join(' '),
    '?': newer.join(' '),
    '|': orderOnly.join(' '),
    '*': stem,
    '@D': folder(target),
    '@F': base(target),
    '<D': folder(needs[0] ?? ''),
    '<F': base(needs[0] ?? ''),
    '*F': base(stem),
  };
  const variables = new Map([...scope.variables, ...(makefile.own.get(target) ?? [])]);
  for (const [name, text] of Object.entries(values)) variables.set(name, automatic(text));
  const lines = recipe.map(({ text, line }) => {
    Object.assign(scope.place, { file, line });
    return { line, text: expand({ ...scope, variables }, text) };
  });
  return { target, file, lines, silent: makefile.silent === 'all' || makefile.silent.has(target) };
}
