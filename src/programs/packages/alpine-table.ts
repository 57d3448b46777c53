import { alpineText } from './data/alpine.ts';
import type { Package, PackageTable } from './package.ts';

/** A package of Alpine, with what apk tells of it besides. */
export interface AlpinePackage extends Package {
  /** Runs a script of its own after it is unpacked, which apk prints. */
  readonly script: boolean;
}

export interface AlpineTable extends PackageTable {
  readonly packages: ReadonlyMap<string, AlpinePackage>;
}

const tables = new Map<string, AlpineTable>();

/** The packages of an Alpine branch (`3.24`); those of others are shown with 3.24's. */
export function alpineTable(branch: string): AlpineTable {
  const known = tables.get(branch);
  if (known) return known;
  const table = { packages: parse(alpineText()), typical: true };
  tables.set(branch, table);
  return table;
}

function parse(text: string): Map<string, AlpinePackage> {
  const packages = new Map<string, AlpinePackage>();
  for (const line of text.trim().split('\n')) {
    const [name = '', version = '', kib = '', depends = '', marks = '', description = '', ...rest] = line.split('|');
    const provides = rest.at(-1) ?? '';
    const meta = marks.includes('v');
    packages.set(name, {
      name,
      version,
      download: meta ? 1400 : Math.round(Number(kib) * 1024 * 0.42),
      installed: meta ? 0 : Number(kib) * 1024,
      depends: depends === '' ? [] : depends.split(' '),
      recommends: [],
      suggests: [],
      description,
      origin: marks.includes('c') ? 'community' : 'main',
      all: false,
      base: marks.includes('b'),
      provides: provides === '' ? [] : provides.split(' '),
      script: marks.includes('p'),
    });
  }
  return packages;
}
