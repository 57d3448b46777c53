// Every recorded script runs in the simulated machine, and must print what the real busybox ash printed.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runShell, shellSoftware } from '../programs/shell/world.ts';
import { shellDeviations } from './deviations.ts';

interface Recorded {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

interface Case {
  readonly id: string;
  readonly script: string;
  readonly stdin?: string;
  readonly shells: { readonly ash: Recorded };
}

const here = join(dirname(fileURLToPath(import.meta.url)), 'shell');
const cases = JSON.parse(readFileSync(join(here, 'cases.json'), 'utf8')) as readonly Case[];
/** Cases that are about the applets rather than the shell. */
const appletIds = new Set(
  readFileSync(join(here, 'cases', '11-applets.txt'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('### '))
    .map((line) => line.split(' ')[1] ?? ''),
);

const software = shellSoftware();

function isExact({ script, stdin, shells }: Case): boolean {
  const { stdout, stderr, code } = runShell(software, script, stdin === undefined ? {} : { stdin });
  const { ash } = shells;
  return stdout === ash.stdout && stderr === ash.stderr && code === ash.code;
}

const share = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;

describe('the shell against recordings of busybox ash', () => {
  const shell = cases.filter((one) => !appletIds.has(one.id));
  const applets = cases.filter((one) => appletIds.has(one.id));

  it('is exact in 95 % of the cases, and but for the known deviations in all', () => {
    const wrong = shell.filter((one) => !isExact(one)).map((one) => one.id);
    console.log(
      `shell: ${shell.length - wrong.length} of ${shell.length} exact, ${share(shell.length - wrong.length, shell.length)}`,
    );
    expect(wrong.filter((id) => !(id in shellDeviations))).toEqual([]);
    expect(wrong.length / shell.length).toBeLessThanOrEqual(0.05);
  });

  it('lists no deviation that is none', () => {
    const listed = shell.filter((one) => one.id in shellDeviations);
    expect(listed.filter(isExact).map((one) => one.id)).toEqual([]);
    expect(Object.keys(shellDeviations).filter((id) => !cases.some((one) => one.id === id))).toEqual([]);
  });

  it('tells how exact the applets are', () => {
    const wrong = applets.filter((one) => !isExact(one)).map((one) => one.id);
    console.log(`applets: ${applets.length - wrong.length} of ${applets.length} exact; not: ${wrong.join(' ')}`);
    expect(applets.length).toBeGreaterThan(0);
  });
});
