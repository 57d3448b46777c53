import type { Package, PackageTable } from './package.ts';

/** Installed sizes and versions of packages of which nothing but the name is known. */
const usualDownload = 240_000;
const usualInstalled = 1_000_000;

/** The package of this name, or one that provides it. */
export function findPackage(table: PackageTable, name: string): Package | undefined {
  const own = table.packages.get(name);
  if (own) return own;
  for (const each of table.packages.values()) if (each.provides.includes(name)) return each;
  return undefined;
}

/**
 * What stands for a name that the table lacks: archives have tens of thousands of packages, so a name that looks like one is
 * taken to exist, unless it is a slip of a known name or says itself that there is no such thing.
 */
export function standIn(table: PackageTable, name: string, version: string): Package | undefined {
  if (!/^[a-z0-9][a-z0-9+._-]+$/.test(name) || saysNothing.test(name)) return undefined;
  if (ofDocker.test(name)) return undefined;
  for (const known of table.packages.keys()) if (isSlip(name, known)) return undefined;
  return {
    name,
    version,
    download: usualDownload,
    installed: usualInstalled,
    depends: needsOf(name),
    recommends: [],
    suggests: [],
    description: name,
    origin: 'main',
    all: false,
    base: false,
    provides: [],
    unknown: true,
  };
}

/** What a package needs that says so by its name: those of a version of PHP, which other versions have as well. */
function needsOf(name: string): readonly string[] {
  const [, module, version, part] = /^(libapache2-mod-)?php(\d\.\d)(?:-([\w-]+))?$/.exec(name) ?? [];
  if (version === undefined) return [];
  if (module !== undefined) return ['apache2', `php${version}-cli`, `php${version}-common`];
  if (part === 'common') return ['php-common'];
  return part === 'dev' ? [`php${version}-cli`, `php${version}-common`] : [`php${version}-common`];
}

/** What only Docker's own archive has (see data/docker.ts). */
const ofDocker = /^(?:docker-ce(?:-cli|-rootless-extras)?|containerd\.io|docker-(?:buildx|compose|model)-plugin)$/;

const saysNothing =
  /no-?such|not-?exist|non-?exist|does-?not|doesnt|invalid|unknown|imaginary|fake|bogus|typo|foo|xyz|asdf|qwert|-package$|^package/;

/** One or two letters differ from, or are exchanged in, a name of at least four letters, and the numbers are the same. */
function isSlip(name: string, known: string): boolean {
  if (known.length < 4 || Math.abs(name.length - known.length) > 1 || name === known) return false;
  const numbers = (text: string) => text.replace(/[^0-9]+/g, ' ').trim();
  if (numbers(name) !== numbers(known)) return false;
  let start = 0;
  while (start < name.length && name[start] === known[start]) start++;
  let end = 0;
  while (
    end < Math.min(name.length, known.length) - start &&
    name[name.length - 1 - end] === known[known.length - 1 - end]
  )
    end++;
  const a = name.slice(start, name.length - end);
  const b = known.slice(start, known.length - end);
  if (a.length <= 1 && b.length <= 1) return true;
  return a.length === 2 && b.length === 2 && a[0] === b[1] && a[1] === b[0];
}
