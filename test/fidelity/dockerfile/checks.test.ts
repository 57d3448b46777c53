// `docker build --check` of a real engine (checks.json, recorded by record.mjs) against the parser and its linter.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ignoreMatcher } from '../../../src/builder/context/dockerignore/matcher.ts';
import { readIgnoreFile } from '../../../src/builder/context/dockerignore/read.ts';
import { checkDockerfile } from '../../../src/builder/dockerfile/lint/check.ts';
import { checkReport } from '../../../src/builder/dockerfile/lint/report.ts';
import { encodeUtf8 } from '../../../src/kernel/bytes.ts';

interface Recorded {
  readonly dockerfile: string;
  readonly ignore?: string;
  readonly args?: readonly string[];
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
const recorded = read('checks.json') as readonly Recorded[];

/** What cannot agree here, since it is not the linter that finds it. */
const elsewhere: readonly [dockerfile: string, why: string][] = [
  ['id=a,from=x', 'the image x is looked for first, which takes the builder'],
  ['target=$nope', 'where a mount goes depends on the working directory, which the builder keeps'],
];

function buildArgs(args: readonly string[] = []): { readonly [name: string]: string } {
  const pairs = args.filter((arg) => arg.includes('=')).map((arg) => arg.split('=', 2));
  return Object.fromEntries(pairs);
}

const machine = { os: 'linux', architecture: 'amd64' };

function check({ dockerfile, ignore = '', args }: Recorded) {
  const ignored = ignoreMatcher(readIgnoreFile(ignore));
  const { warnings, error } = checkDockerfile(encodeUtf8(dockerfile), {
    parameters: { buildArgs: buildArgs(args), target: '', buildPlatform: machine, targetPlatform: machine },
    features: {},
    baseOf: () => ({ env: { PATH: '/bin' }, shellSet: false, onbuild: [] }),
    everyStage: true,
    isIgnored: (path) => ignored.ignores(path),
  });
  return checkReport({ name: 'Dockerfile', text: dockerfile }, warnings, error);
}

describe('docker build --check', () => {
  const own = recorded.filter(({ dockerfile }) => !elsewhere.some(([part]) => dockerfile.includes(part)));
  it.each(own.map((each) => [JSON.stringify(each.dockerfile), each] as const))('%s', (_name, each) => {
    const { status, stdout, stderr } = each;
    expect(check(each)).toEqual({ status, stdout, stderr });
  });

  it('leaves out no more than is said', () => {
    expect(recorded.length - own.length).toBe(elsewhere.length);
  });
});

describe('.dockerignore', () => {
  const vectors = read('dockerignore.json') as readonly (readonly [string[], string, boolean])[];
  it.each(vectors)('%j on %s: %s', (lines, path, ignored) => {
    expect(ignoreMatcher(readIgnoreFile(lines.join('\n'))).ignores(path)).toBe(ignored);
  });
});
