// What the loader takes for ASCII is ASCII: letters of other languages mean the same in the built command as in the sources.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bin, ensureBuilt } from './built.ts';
import { Drydock } from './command.ts';

beforeAll(ensureBuilt, 120_000);

describe('the built command', () => {
  it('has bundles of ASCII', () => {
    const dist = join(dirname(bin), '..', 'dist');
    const others = readdirSync(dist).filter(
      (name) => name.endsWith('.cjs') && readFileSync(join(dist, name)).some((byte) => byte > 127),
    );
    expect(others).toEqual([]);
  });

  it('knows how a word in Hangul ends', async () => {
    const { stderr } = await new Drydock().run('--lang', 'ko', 'scenario', 'new', '나쁜 이름');
    expect(stderr).toContain('"나쁜 이름"은 ');
  });
});
