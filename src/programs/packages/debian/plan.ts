import { findPackage, standIn } from '../lookup.ts';
import type { Package, PackageTable } from '../package.ts';
import type { Installed } from './database.ts';

/** What an installation comes to. */
export interface InstallPlan {
  /** Each after those that it needs. */
  readonly order: readonly Package[];
  /** Of these, the ones that were asked for. */
  readonly asked: ReadonlySet<string>;
  /** Asked for and there already. */
  readonly present: readonly Installed[];
  /** Recommended and suggested packages that are left out. */
  readonly recommended: readonly string[];
  readonly suggested: readonly string[];
}

/** Names of packages that the time_t transition and mergers have left to others (since trixie and Ubuntu 24.04). */
const renamed: { readonly [name: string]: string | undefined } = {
  dnsutils: 'bind9-dnsutils',
  'libglib2.0-0': 'libglib2.0-0t64',
  libmagic1: 'libmagic1t64',
};

/** Packages that trixie no longer has, though Dockerfiles ask for them. */
const gone = new Set(['software-properties-common', 'neofetch']);

function isGone(table: PackageTable, name: string): boolean {
  return gone.has(name) && !table.typical && !table.packages.has(name);
}

export type Wanted = { readonly pack: Package; readonly present?: Installed } | { readonly error: string };

/** What `NAME`, `NAME=VERSION`, `NAME/RELEASE` or `NAME:amd64` on apt's command line means. */
export function wanted(
  table: PackageTable,
  installed: ReadonlyMap<string, Installed>,
  word: string,
  lists: boolean,
  version: string,
): Wanted {
  const [, name = '', , asked] = /^([^=/:]+)(:amd64)?(?:=(.*)|\/.*)?$/.exec(word) ?? [];
  const present = installed.get(name);
  if (!lists && !present) return { error: `Unable to locate package ${name === '' ? word : name}` };
  if (isGone(table, name)) return { error: `Unable to locate package ${name}` };
  const pack = findPackage(table, renamed[name] ?? name) ?? findPackage(table, name) ?? standIn(table, name, version);
  if (!pack) return { error: `Unable to locate package ${name === '' ? word : name}` };
  if (asked !== undefined && !pack.unknown && !matches(pack.version, asked)) {
    return { error: `Version '${asked}' for '${name}' was not found` };
  }
  const known = present ?? installed.get(pack.name);
  return known
    ? { pack, present: known }
    : { pack: asked !== undefined && pack.unknown ? { ...pack, version: asked } : pack };
}

/** A version on the command line may end with a star. */
function matches(version: string, asked: string): boolean {
  return asked.endsWith('*') ? version.startsWith(asked.slice(0, -1)) : version === asked;
}

/** Everything that must come with the wanted packages. */
export function planInstall(
  table: PackageTable,
  installed: ReadonlyMap<string, Installed>,
  packs: readonly { readonly pack: Package; readonly present?: Installed }[],
  recommends: boolean,
): InstallPlan {
  const order: Package[] = [];
  const seen = new Set<string>(installed.keys());
  const visit = (pack: Package): void => {
    if (seen.has(pack.name)) return;
    seen.add(pack.name);
    for (const name of [...pack.depends, ...(recommends ? pack.recommends : [])]) {
      const needed = table.packages.get(name) ?? (pack.unknown ? standIn(table, name, pack.version) : undefined);
      if (needed) visit(needed);
    }
    order.push(pack);
  };
  const roots = packs.filter(({ present }) => !present).map(({ pack }) => pack);
  for (const pack of roots.toSorted((a, b) => (a.name < b.name ? -1 : 1))) visit(pack);
  const sorted = order.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const missing = (names: readonly string[]) => [...new Set(names)].filter((name) => !seen.has(name));
  return {
    order,
    asked: new Set(roots.map(({ name }) => name)),
    present: packs.flatMap(({ present }) => present ?? []),
    recommended: recommends ? [] : missing(sorted.flatMap((pack) => pack.recommends)),
    suggested: suggestions(sorted, seen),
  };
}

function suggestions(packs: readonly Package[], seen: ReadonlySet<string>): string[] {
  const shown: string[] = [];
  for (const { suggests } of packs) {
    for (const item of suggests) {
      const alternatives = item.split(/\s*\|\s*/);
      if (alternatives.some((name) => seen.has(name))) continue;
      const words = alternatives.map((name, i) => (i === 0 ? name : `| ${name}`));
      if (!shown.includes(words[0] ?? '')) shown.push(...words);
    }
  }
  return shown;
}

/** The installed packages that need one of these, those included, each before what it needs. */
export function planRemove(installed: ReadonlyMap<string, Installed>, names: readonly string[]): readonly Installed[] {
  const gone = new Set(names.filter((name) => installed.has(name)));
  for (let more = true; more; ) {
    more = false;
    for (const one of installed.values()) {
      if (gone.has(one.name) || !one.depends.some((name) => gone.has(name))) continue;
      gone.add(one.name);
      more = true;
    }
  }
  return [...gone].sort().flatMap((name) => installed.get(name) ?? []);
}

/** Packages that came for others and that no package needs any more. */
export function orphans(installed: ReadonlyMap<string, Installed>, table: PackageTable): readonly Installed[] {
  const kept = new Set<string>();
  const keep = (name: string): void => {
    const one = installed.get(name);
    if (!one || kept.has(name)) return;
    kept.add(name);
    for (const each of [...one.depends, ...(table.packages.get(name)?.recommends ?? [])]) keep(each);
  };
  // the base system stays, however it is marked
  for (const one of installed.values()) if (!one.auto || table.packages.get(one.name)?.base) keep(one.name);
  return [...installed.values()].filter(({ name }) => !kept.has(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
}
