// What the real GNU make did with these makefiles (recorded by make/record.mjs), and what the simulated one does.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inProject } from './project.ts';

interface Case {
  readonly name: string;
  readonly files: { readonly [path: string]: readonly string[] };
  readonly run: string;
  readonly stdout: string;
  readonly stderr: string;
}

const cases = JSON.parse(readFileSync(new URL('make/cases.json', import.meta.url), 'utf8')) as readonly Case[];
const image = 'gcc:latest';

describe('make', () => {
  for (const { name, files, run, stdout, stderr } of cases) {
    it(name, () => {
      const texts = Object.entries(files).map(([path, lines]) => [path, lines.slice(0, -1).join('\n')]);
      const got = inProject(image, Object.fromEntries(texts), run);
      expect({ stdout: got.stdout, stderr: got.stderr }).toEqual({ stdout, stderr });
    });
  }

  it('says what of a makefile is not simulated', () => {
    const refused = (text: string) => inProject(image, { Makefile: text }, 'make').stderr;
    expect(refused('define X\nendef\nall:')).toBe('drydock: make: define is not simulated\n');
    expect(refused('a b: %: %.c\n\techo')).toBe('drydock: make: a static pattern rule is not simulated\n');
    expect(refused('a::\n\techo')).toBe('drydock: make: a rule with two colons is not simulated\n');
    expect(refused('.DEFAULT:\n\techo')).toBe('drydock: make: .DEFAULT is not simulated\n');
    expect(inProject(image, { Makefile: 'a:\n' }, 'make -W f').stderr).toBe('drydock: make -W is not simulated\n');
    expect(inProject(image, {}, 'make -d').stderr).toBe('drydock: make -d is not simulated\n');
  });
});
