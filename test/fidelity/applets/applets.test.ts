import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Outcome } from './world.ts';
import { appletWorld, runScript } from './world.ts';

interface Case extends Outcome {
  readonly id: string;
  readonly script: string;
  readonly stdin?: string;
}

const read = (name: string) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as readonly Case[];
const cases = read('cases.json');
const gnuCases = read('gnu.json');

/** Cases in which ours is known to differ, with the reason. */
const known: { readonly [id: string]: string } = {
  'grep-utf8': 'the recorded binary was built without UTF-8; with musl, as in alpine, characters count',
};

/**
 * The recordings are of busybox 1.35 linked with glibc, the machine has 1.37 with musl: versions in banners are levelled, so
 * are getopt's messages, and the descriptions behind a usage are not compared.
 */
function level({ stdout, stderr, code }: Outcome): Outcome {
  const text = (all: string) =>
    all
      .replace(/^BusyBox v.*\n\n(Usage: .*\n(?:.*or: .*\n)*)(?:\n(?:(?![a-z[]+: |BusyBox).*\n)*)?/gm, '$1')
      .replace('RiwFEz]', 'RiwFE]')
      .replace(/invalid option -- '(.)'/g, 'unrecognized option: $1')
      .replace(/option requires an argument -- '(.)'/g, 'option requires an argument: $1')
      .replace(/unrecognized option '--(.*)'/g, 'unrecognized option: $1');
  return { stdout: text(stdout), stderr: text(stderr), code };
}

const world = appletWorld();

describe('applets do what the real busybox does', () => {
  for (const one of cases) {
    const run = known[one.id] === undefined ? test : test.fails;
    run(one.id, () => {
      const { stdout, stderr, code } = runScript(
        world,
        one.script,
        one.stdin === undefined ? {} : { stdin: one.stdin },
      );
      expect(level({ stdout, stderr, code })).toEqual(
        level({ stdout: one.stdout, stderr: one.stderr, code: one.code }),
      );
    });
  }
});

const host = appletWorld('coreutils');

describe("the host's tools do what the real GNU tools do", () => {
  for (const { id, script, stdout, stderr, code } of gnuCases) {
    test(id, () => expect(runScript(host, script)).toEqual({ stdout, stderr, code }));
  }
});
