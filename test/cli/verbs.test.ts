import { describe, expect, it } from 'vitest';
import { flagSpecs } from '../../src/cli/flags/spec.ts';
import { canonicalPath, commandCatalog } from '../../src/cli/help/catalog.ts';
import { allVerbs, ownName } from '../../src/cli/verbs.ts';

/** Flags that the real client understands and does not list in its help. */
const unlisted = ['dns-opt', 'net', 'net-alias', 'time'];
/** Our names for lists whose items are checked. */
const types: { readonly [ours: string]: string } = {
  domain: 'list',
  env: 'list',
  host: 'list',
  ip: 'list',
  label: 'list',
  link: 'list',
  stream: 'list',
  sysctl: 'map',
  swap: 'bytes',
};

const names = allVerbs().flatMap((verb) => verb.names.map((name) => [name, verb] as const));

describe.each(names)('docker %s', (name, verb) => {
  const path = name.split(' ').reduce((parent, word) => canonicalPath(parent, word) ?? '?', '');
  const entry = commandCatalog().get(path);

  it('is a command of the real client, with this usage and number of arguments', () => {
    expect(path).toBe(ownName(verb, name));
    expect(entry?.usage[0]).toBe(`docker ${verb.path ?? path} ${verb.usage}`.trimEnd().split('\n')[0]);
    // without a rule, any number of arguments will do; what belongs to buildx has rules that its help does not tell
    if (verb.path === undefined || entry?.arity)
      expect(entry?.arity ?? { kind: 'at-least', count: 0 }).toEqual(verb.arity);
  });

  it('has only flags that the real one has', () => {
    for (const flag of flagSpecs(verb.flags).filter((spec) => !unlisted.includes(spec.name))) {
      const { name: flagName, short, type } = flag;
      const real = entry?.flags.find((other) => other.name === flagName);
      const letter = short === undefined ? {} : { short };
      expect(real).toMatchObject({ name: flagName, type: types[type] ?? type, ...letter });
      expect(real?.short).toBe(short);
    }
  });
});
