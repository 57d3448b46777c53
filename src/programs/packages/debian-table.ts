import { bookwormText } from './data/debian-bookworm.ts';
import { trixieText } from './data/debian-trixie.ts';
import { dockerText } from './data/docker.ts';
import { lxcText } from './data/lxc.ts';
import type { Package, PackageTable } from './package.ts';

const tables = new Map<string, PackageTable>();

/**
 * The packages of a Debian or Ubuntu release by its code name. Trixie and bookworm are recorded; others are shown with the
 * packages of the nearer one of these.
 */
export function debianTable(code: string): PackageTable {
  const known = tables.get(code);
  if (known) return known;
  const older = /^(?:buster|bullseye|bookworm|bionic|focal|jammy)$/.test(code);
  const table: PackageTable = {
    packages: parse(`${older ? bookwormText() : trixieText()}\n${dockerText(code)}\n${lxcText()}`),
    typical: code !== 'trixie' && code !== 'bookworm',
  };
  tables.set(code, table);
  return table;
}

function parse(text: string): Map<string, Package> {
  const packages = new Map<string, Package>();
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [name = '', version = '', marks = '', size = '', kib = '', ...rest] = line.split('\t');
    const [depends = '', recommends = '', suggests = '', description = '', all = '', provides = ''] = rest;
    packages.set(name, {
      name,
      version,
      download: Number(size),
      installed: Number(kib) * 1024,
      depends: words(depends),
      recommends: words(recommends),
      suggests: suggests === '' ? [] : suggests.split(','),
      description,
      origin: marks.includes('d')
        ? 'docker'
        : marks.includes('s')
          ? 'security'
          : marks.includes('u')
            ? 'updates'
            : 'main',
      all: all !== '',
      base: marks.includes('b'),
      provides: words(provides),
    });
  }
  return packages;
}

function words(text: string): readonly string[] {
  return text === '' ? [] : text.split(' ');
}
