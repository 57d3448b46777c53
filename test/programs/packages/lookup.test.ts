import { describe, expect, it } from 'vitest';
import { alpineTable } from '../../../src/programs/packages/alpine-table.ts';
import { debianTable } from '../../../src/programs/packages/debian-table.ts';
import { findPackage, standIn } from '../../../src/programs/packages/lookup.ts';

describe('tables', () => {
  it.each([
    ['trixie', debianTable('trixie')],
    ['bookworm', debianTable('bookworm')],
    ['alpine', alpineTable('3.24')],
  ])('%s: everything that is needed is there', (_name, { packages }) => {
    for (const pack of packages.values()) {
      expect(pack.installed, pack.name).toBeGreaterThanOrEqual(0);
      expect(pack.version, pack.name).toMatch(/^\d/);
    }
    const missing = [...packages.values()].flatMap(({ name, depends }) =>
      depends
        .filter((each) => findPackage({ packages, typical: false }, each) === undefined)
        .map((each) => `${name}: ${each}`),
    );
    expect(missing).toEqual([]);
  });

  it.each(['curl', 'git', 'build-essential', 'python3-pip', 'nodejs', 'redis-tools', 'locales', 'supervisor'])(
    'debian has %s',
    (name) => {
      expect(findPackage(debianTable('bookworm'), name)?.name).toBe(name);
      expect(findPackage(debianTable('trixie'), name)?.name).toBe(name);
    },
  );
});

describe('what is not in the table', () => {
  const table = debianTable('trixie');
  it.each(['crul', 'cur1', 'gti', 'nosuchpackage', 'foobar', 'Curl', 'wegt', 'ngnix', 'vm'])(
    '%s is refused or unknown',
    (name) => {
      const found = standIn(table, name, '1');
      expect(found === undefined || found.unknown === true).toBe(true);
    },
  );
  it.each(['crul', 'wegt', 'ngnix', 'nosuchpackage'])('%s is refused', (name) => {
    expect(standIn(table, name, '1')).toBeUndefined();
  });
  it.each(['ripgrep', 'libfancy2-dev', 'ansible'])('%s is taken to exist', (name) => {
    expect(standIn(table, name, '1')?.unknown).toBe(true);
  });
});
