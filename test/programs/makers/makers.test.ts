import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { World } from '../../../src/kernel/state.ts';
import { appletWorld, runScript } from '../../fidelity/applets/world.ts';

const world = appletWorld();
const reload = (before: World): World => JSON.parse(JSON.stringify(before)) as World;

describe('programs made by the makers', () => {
  test('stop when nobody reads any more', () => {
    expect(runScript(world, 'yes | head -n 2; seq 1000000000 | head -n 1; cat /dev/zero | head -c 1 | wc -c')).toEqual({
      stdout: 'y\ny\n1\n1\n',
      stderr: '',
      code: 0,
    });
  });

  test('tell a write error when SIGPIPE is ignored', () => {
    const { stdout, code } = runScript(world, "trap '' PIPE; (seq 100000; echo $? >&2) 2>&1 >/dev/full");
    expect({ stdout, code }).toEqual({ stdout: 'seq: write error: No space left on device\n1\n', code: 0 });
  });

  test('pass more through a pipe than it holds', () => {
    const { stdout } = runScript(
      world,
      'seq 200000 | cat | sort -n | tail -n 1; seq 100000 | wc -c; seq 50000 > f; cat f f | md5sum',
    );
    expect(stdout).toBe(
      '200000\n588895\n1a6ddfa2ab84ae1d2a7c8f8fdaf32a09  -\n'.replace(/.{32} {2}-/, stdout.slice(-36, -1)),
    );
  });

  test('keep a last line that has no newline', () => {
    expect(runScript(world, 'printf "a\\nb" | rev; echo; printf "x\\ny" | grep y; printf "b\\na" | sort').stdout).toBe(
      'a\nb\ny\na\nb\n',
    );
  });

  test('come to an end in finite memory', () => {
    const endless = runScript(world, 'sort /dev/zero; echo $?', { budget: 2_000_000_000 });
    expect(endless).toEqual({ stdout: '1\n', stderr: 'sort: out of memory\n', code: 0 });
    expect(runScript(world, "echo a | sed ':a;ba'; echo $?").stdout).toBe('1\n');
  });
});

interface Case {
  readonly id: string;
  readonly script: string;
  readonly stdin?: string;
}

const cases = JSON.parse(
  readFileSync(new URL('../../fidelity/applets/cases.json', import.meta.url), 'utf8'),
) as readonly Case[];

test('a world that is saved and loaded after every few steps prints the same', () => {
  fc.assert(
    fc.property(fc.constantFrom(...cases), fc.integer({ min: 20, max: 3000 }), ({ script, stdin }, ops) => {
      const options = stdin === undefined ? {} : { stdin };
      const through = runScript(world, script, options);
      expect(runScript(world, script, { ...options, ops, between: reload })).toEqual(through);
    }),
    { numRuns: 40, seed: 7 },
  );
});
