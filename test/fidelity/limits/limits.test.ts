import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Sandbox } from '../../support/sandbox.ts';

interface Case {
  readonly cmd: string;
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Recorded with Docker 28.5.2, alpine being there: processes, limits, capabilities, what a container may not do. */
const cases = JSON.parse(readFileSync(new URL('limits.json', import.meta.url), 'utf8')) as readonly Case[];

it('does what the real engine did', { timeout: 20_000 }, () => {
  const sandbox = new Sandbox();
  const different = cases.filter(({ cmd, code, stdout, stderr }) => {
    const got = sandbox.shell(cmd, { env: { NO_COLOR: '1', COLUMNS: '120' } });
    return got.code !== code || got.stdout !== stdout || got.stderr !== stderr;
  });
  expect(different.map(({ cmd }) => cmd)).toEqual([]);
});
