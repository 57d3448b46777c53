// Every script recorded with debian's bash or dash runs in the simulated machine, and must print what the real one printed.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runShell, shellSoftware } from '../programs/shell/world.ts';
import { debianDeviations } from './deviations.ts';

interface Recorded {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

interface Case {
  readonly id: string;
  readonly script: string;
  readonly stdin?: string;
  readonly shells: { readonly bash?: Recorded; readonly dash?: Recorded };
}

const cases = JSON.parse(readFileSync(new URL('shell/debian.json', import.meta.url), 'utf8')) as readonly Case[];
const software = shellSoftware();

function isExact({ script, stdin, shells }: Case, shell: 'bash' | 'dash'): boolean {
  const { stdout, stderr, code } = runShell(software, script, { shell, ...(stdin === undefined ? {} : { stdin }) });
  const wanted = shells[shell];
  return stdout === wanted?.stdout && stderr === wanted.stderr && code === wanted.code;
}

describe.each(['bash', 'dash'] as const)('the shell against recordings of %s', (shell) => {
  const own = cases.filter((one) => one.shells[shell] !== undefined);

  it('is exact in 97 % of the cases, and but for the known deviations in all', () => {
    const wrong = own.filter((one) => !isExact(one, shell)).map((one) => one.id);
    console.log(`${shell}: ${own.length - wrong.length} of ${own.length} exact`);
    expect(wrong.filter((id) => !(id in debianDeviations))).toEqual([]);
    expect(wrong.length / own.length).toBeLessThanOrEqual(0.03);
  });

  it('lists no deviation that is none', () => {
    const listed = own.filter((one) => one.id in debianDeviations);
    expect(listed.filter((one) => isExact(one, shell)).map((one) => one.id)).toEqual([]);
  });
});
