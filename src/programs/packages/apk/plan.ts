import type { AlpinePackage, AlpineTable } from '../alpine-table.ts';
import { findPackage, standIn } from '../lookup.ts';
import type { Package } from '../package.ts';
import type { ApkSystem, Installed } from './database.ts';

/** A dependency as it is written: a name and what its version must be. */
export interface Constraint {
  readonly name: string;
  readonly test: string;
}

/** Reads `name`, `name=1.2-r3`, `name>1.2`, `name~1.2`, `name@tag`; undefined when it is none. */
export function parseConstraint(word: string): Constraint | undefined {
  const [, name = '', , test = ''] = /^([a-zA-Z0-9_.][\w+.-]*)(@\w+)?((?:[<>=~]{1,2}[\w.+-]+)?)$/.exec(word) ?? [];
  return name === '' ? undefined : { name, test };
}

/** Packages that come along with another one (their `install_if`). */
const followers: { readonly [name: string]: readonly string[] | undefined } = {
  git: ['git-init-template'],
  python3: ['python3-pycache-pyc0', 'pyc', 'python3-pyc'],
};

/** What the world asks for, or a stand-in for it. */
export function choose(table: AlpineTable, name: string): Package | undefined {
  return findPackage(table, name) ?? standIn(table, name, '1.0-r0');
}

/** The packages that are to be installed, each after those that it needs, for roots in the order of their names. */
export function planAdd(system: ApkSystem, roots: readonly Package[]): readonly Package[] {
  const order: Package[] = [];
  const seen = new Set(system.installed.keys());
  const visit = (pack: Package): void => {
    if (seen.has(pack.name)) return;
    seen.add(pack.name);
    for (const name of pack.depends) {
      const needed = findPackage(system.table, name);
      if (needed) visit(needed);
    }
    order.push(pack);
    for (const name of followers[pack.name] ?? []) {
      const follower = system.table.packages.get(name);
      if (follower) visit(follower);
    }
  };
  for (const pack of roots.toSorted((a, b) => (a.name < b.name ? -1 : 1))) visit(pack);
  return order;
}

/** Does a version meet `=1.2-r3`, `~1.2`, `>1.2`, `<2`? Revisions and numbers are compared part by part. */
export function meets(version: string, test: string): boolean {
  const [, operator = '', wanted = ''] = /^([<>=~]{1,2})(.*)$/.exec(test) ?? [];
  if (operator === '') return true;
  if (operator === '=') return version === wanted || version.replace(/-r\d+$/, '') === wanted;
  if (operator.includes('~'))
    return version === wanted || version.startsWith(`${wanted}.`) || version.startsWith(`${wanted}-`);
  const order = compare(version, wanted);
  return operator.startsWith('>')
    ? order > 0 || (operator.endsWith('=') && order === 0)
    : order < 0 || (operator.endsWith('=') && order === 0);
}

function compare(a: string, b: string): number {
  const parts = (text: string) => text.split(/[.\-_p r]+/).map((part) => Number.parseInt(part, 10) || 0);
  const [left, right] = [parts(a), parts(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** What goes when the world no longer asks for more than `world`: everything that nothing in it needs. */
export function planDelete(system: ApkSystem, world: Iterable<string>): readonly Installed[] {
  const kept = new Set<string>();
  const keep = (name: string): void => {
    const found = system.installed.get(name) ?? provider(system, name);
    if (!found || kept.has(found.name)) return;
    kept.add(found.name);
    for (const each of [...found.depends, ...(followers[found.name] ?? [])]) keep(each);
  };
  for (const name of world) keep(name);
  for (const pack of system.table.packages.values()) if (pack.base) keep(pack.name);
  return [...system.installed.values()].filter(({ name }) => !kept.has(name)).reverse();
}

function provider(system: ApkSystem, name: string): Installed | undefined {
  const pack = findPackage(system.table, name);
  return pack && system.installed.get(pack.name);
}

/** Does apk run a script of the package? */
export function scriptsOf(table: AlpineTable, name: string): readonly string[] {
  const pack: AlpinePackage | undefined = table.packages.get(name);
  if (!pack?.script) return [];
  return name === 'bash' || name === 'zsh' || name === 'icu-data-en'
    ? ['post-install']
    : name === 'postgresql-common'
      ? ['pre-install']
      : ['pre-install', 'post-install'];
}
