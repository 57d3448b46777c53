import fc from 'fast-check';
import { expect, test } from 'vitest';
import { advance, begin, snapshot } from '../../src/kernel/simulation.ts';
import type { World } from '../../src/kernel/state.ts';
import { faultsOf } from '../support/invariants.ts';
import { tries } from '../support/runs.ts';
import { Sandbox, software } from '../support/sandbox.ts';
import { script } from './scripts.ts';

const first = new Sandbox().world;

function started(code: string): World {
  const sandbox = new Sandbox(first);
  const { stderr } = sandbox.docker('run', '-d', '--name', 'job', 'alpine', 'sh', '-c', code);
  expect(stderr).toBe('');
  return sandbox.world;
}

function until(world: World, at: number): World {
  const sim = begin(world, software);
  advance(sim, { until: at, ops: 40_000_000 });
  return snapshot(sim);
}

function saved(world: World): World {
  return JSON.parse(JSON.stringify(world));
}

const moments = fc
  .array(fc.integer({ min: 0, max: 12_000_000 }), { maxLength: 6 })
  .map((list) => list.sort((a, b) => a - b));

test('a world that is saved and loaded at any moment goes on as if nothing had happened', () => {
  fc.assert(
    fc.property(script, moments, (code, stops) => {
      const begun = started(code);
      const end = begun.now + 12_000_000;
      let world = begun;
      for (const at of stops) world = saved(until(world, begun.now + at));
      const whole = until(begun, end);
      expect(saved(until(world, end))).toEqual(saved(whole));
      expect(faultsOf(whole)).toEqual([]);
    }),
    tries(30),
  );
});

test('going on in two halves is going on in one go', () => {
  fc.assert(
    fc.property(script, fc.integer({ min: 0, max: 6_000_000 }), (code, middle) => {
      const begun = started(code);
      const end = begun.now + 8_000_000;
      expect(until(until(begun, begun.now + middle), end)).toEqual(until(begun, end));
    }),
    tries(15),
  );
});
