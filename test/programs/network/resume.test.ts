import { expect, it } from 'vitest';
import { advance, begin, machineOf, snapshot } from '../../../src/kernel/simulation.ts';
import type { World } from '../../../src/kernel/state.ts';
import { deepFreeze } from '../../kernel/fs/machine.ts';
import { container, type Lab, printed, start } from '../../kernel/net/lab.ts';
import { programLab, serveFiles } from './lab.ts';

/** Written down and read again, and nothing of it may be changed in place. */
const reloaded = (world: World): World => deepFreeze(JSON.parse(JSON.stringify(world)) as World);

it('a transfer that is saved and loaded at every turn ends as it would have', () => {
  let at: Lab = programLab();
  const web = container(at, '172.17.0.2/16');
  serveFiles(at, web);
  const job = start(at, at.host, ['host-curl', 'http://172.17.0.2:8080/big.txt']);
  const { software } = at.sim;
  let out = '';
  for (let turn = 0; turn < 400 && !at.exits.has(job.pid); turn++) {
    const sim = begin(reloaded(snapshot(at.sim)), software);
    at = { ...at, sim, m: machineOf(sim, 'h') };
    advance(sim, { until: sim.world.now + 1_000_000, ops: 50 });
    out += printed(at, job.out);
  }
  expect(at.exits.get(job.pid)).toEqual({ code: 0 });
  expect(out).toBe('0123456789'.repeat(20_000));
});
