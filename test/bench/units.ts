// What the simulated machine takes for some work, in one process and without saving, in units of one `node -e 0` of the same moment.
import { spawnSync } from 'node:child_process';
import { emptyEngine, Sandbox } from '../support/sandbox.ts';

const rounds = 9;

interface Work {
  readonly name: string;
  /** Units that it may take. */
  readonly limit: number;
  /** A new sandbox in which it is ready to be done. */
  readonly ready: () => Sandbox;
  readonly line: string;
}

/** A sandbox in which a line has been run. */
function after(line: string): Sandbox {
  const sandbox = new Sandbox(emptyEngine());
  done(sandbox, line);
  return sandbox;
}

function done(sandbox: Sandbox, line: string): void {
  const { code, stderr } = sandbox.shell(line);
  if (code !== 0) throw new Error(`${line}: ${stderr}`);
}

const works: readonly Work[] = [
  {
    name: '1,000 × echo',
    limit: 5,
    ready: () => after('true'),
    line: 'for i in $(seq 1000); do echo hi; done >/dev/null',
  },
  {
    name: 'a loop of 10,000 turns',
    limit: 5,
    ready: () => after('true'),
    line: 'i=0; while [ $i -lt 10000 ]; do i=$((i+1)); done',
  },
  {
    name: 'grep over 1 MB',
    limit: 2.5,
    ready: () => after('yes "a line of forty characters, more or less" | head -c 1000000 > big; echo needle >> big'),
    line: 'grep needle big',
  },
  { name: 'vagrant up', limit: 2.5, ready: () => after('vagrant init -m debian/bookworm64'), line: 'vagrant up' },
];

function timed(work: () => void): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;

for (const { name, limit, ready, line } of works) {
  const pairs = Array.from({ length: rounds }, () => {
    const sandbox = ready();
    return [timed(() => spawnSync(process.execPath, ['-e', '0'])), timed(() => done(sandbox, line))] as const;
  });
  const unit = median(pairs.map(([node]) => node));
  const units = median(pairs.map(([, work]) => work)) / unit;
  const first = (pairs[0]?.[1] ?? 0) / unit;
  console.log(`${name}: ${units.toFixed(2)} × node -e 0, the first time ${first.toFixed(2)} (at most ${limit})`);
  if (units > limit) process.exitCode = 1;
}
