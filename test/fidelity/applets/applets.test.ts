import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Outcome } from './world.ts';
import { appletWorld, runScript } from './world.ts';

interface Case extends Outcome {
  readonly id: string;
  readonly script: string;
  readonly stdin?: string;
}

const cases = JSON.parse(readFileSync(new URL('cases.json', import.meta.url), 'utf8')) as readonly Case[];

/** Cases in which ours is known to differ, with the reason. */
const known: { readonly [id: string]: string } = {};

/**
 * The recordings are of busybox 1.35 linked with glibc, the machine has 1.37 with musl: versions in banners are levelled, so
 * are getopt's messages, and the descriptions behind a usage are not compared.
 */
function level({ stdout, stderr, code }: Outcome): Outcome {
  const text = (all: string) =>
    all
      .replace(/^BusyBox v.*\n\n(Usage: .*\n(?:.*or: .*\n)*)(?:\n(?:(?!\w+: ).*\n)*)?/gm, '$1')
      .replace(/invalid option -- '(.)'/g, 'unrecognized option: $1')
      .replace(/unrecognized option '--(.*)'/g, 'unrecognized option: $1');
  return { stdout: text(stdout), stderr: text(stderr), code };
}

const world = appletWorld();

describe('applets do what the real busybox does', () => {
  for (const one of cases) {
    const run = known[one.id] === undefined ? test : test.fails;
    run(one.id, () => {
      const { stdout, stderr, code } = runScript(world, one.script, one.stdin === undefined ? {} : { stdin: one.stdin });
      expect(level({ stdout, stderr, code })).toEqual(level({ stdout: one.stdout, stderr: one.stderr, code: one.code }));
    });
  }
});
