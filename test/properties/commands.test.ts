import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { World } from '../../src/kernel/state.ts';
import { deepFreeze } from '../support/freeze.ts';
import { faultsOf } from '../support/invariants.ts';
import { tries } from '../support/runs.ts';
import { Sandbox } from '../support/sandbox.ts';

const first = deepFreeze(new Sandbox().world);

const name = fc.constantFrom('web', 'db', 'job', 'constructor', '__proto__', 'x', 'no such', '');
const program = fc.constantFrom<string[]>(
  ['sleep', '1000'],
  ['true'],
  ['sh', '-c', 'exit 3'],
  ['sh', '-c', 'sleep 1; echo late'],
  ['sh', '-c', 'trap "echo bye; exit 5" TERM; while :; do sleep 1; done'],
  ['sh', '-c', 'sleep 5 & sleep 100 & wait'],
  ['sh', '-c', 'yes | head -n 20000; kill -9 $$; echo $?'],
  ['nosuchprogram'],
  ['/etc'],
  ['cat'],
);
const runFlags = fc.subarray(['-d', '--rm', '-i', '--init=false', '-m=64m', '--pids-limit=4', '--network=none']);
const target = fc.oneof(name, fc.constantFrom('a', '0', 'deadbeef', '-f', '/web'));

const command: fc.Arbitrary<string[]> = fc.oneof(
  fc.tuple(runFlags, name, program).map(([flags, n, p]) => ['run', ...flags, '--name', n, 'alpine', ...p]),
  fc.tuple(runFlags, program).map(([flags, p]) => ['run', ...flags, 'busybox', ...p]),
  fc.tuple(name, program).map(([n, p]) => ['create', '--name', n, 'alpine', ...p]),
  fc.tuple(fc.constantFrom('start', 'kill', 'rm', 'inspect', 'top', 'logs'), target).map(([verb, n]) => [verb, n]),
  fc.tuple(fc.constantFrom('stop', 'restart'), target).map(([verb, n]) => [verb, '-t', '1', n]),
  target.map((n) => ['rm', '-f', n]),
  target.map((n) => ['start', '-a', n]),
  fc.tuple(target, program).map(([n, p]) => ['exec', n, ...p]),
  fc.tuple(target, program).map(([n, p]) => ['exec', '-d', n, ...p]),
  fc.tuple(target, fc.constantFrom('TERM', 'USR1', 'STOP', 'CONT', '0', 'BOGUS')).map(([n, s]) => ['kill', '-s', s, n]),
  fc.constantFrom<string[]>(
    ['ps', '-a'],
    ['ps', '-q', '--filter', 'status=exited'],
    ['ps', '--filter', 'name=w', '-n', '1'],
  ),
  fc.constantFrom<string[]>(['nosuchverb'], ['run'], ['run', '--nosuchflag', 'alpine'], ['rm'], ['run', 'nosuchimage']),
);

interface Step {
  readonly words: readonly string[];
  /** Seconds that pass afterwards. */
  readonly pass: number;
  /** The client is killed when it has used so much processor time, µs. */
  readonly patience: number;
}
const step: fc.Arbitrary<Step> = fc.record({
  words: command,
  pass: fc.constantFrom(0, 0, 0, 0.5, 3),
  patience: fc.constantFrom(3_000_000, 3_000_000, 3_000_000, 20),
});

/** Plays one command for at most a while; then the client goes, whether it has ended or not. */
function play(world: World, { words, pass, patience }: Step): World {
  const sandbox = new Sandbox(world);
  const live = sandbox.start('/usr/bin/docker', ['docker', ...words]);
  live.feed({ eof: true });
  if (patience < 1000) live.run(patience);
  else live.wait(30);
  live.feed({ signal: 'SIGKILL' });
  live.wait(0);
  live.end();
  if (pass > 0) sandbox.pass(pass);
  return sandbox.world;
}

test('any sequence of docker commands keeps the machine in order, and old worlds stay what they were', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
      let world: World = first;
      for (const each of steps) {
        const before = JSON.stringify(world);
        const next = deepFreeze(play(world, each));
        expect(faultsOf(next)).toEqual([]);
        expect(JSON.stringify(world)).toBe(before);
        world = next;
      }
      const sandbox = new Sandbox(world);
      for (const id of sandbox.docker('ps', '-aq').stdout.split('\n').filter(Boolean)) sandbox.docker('rm', '-f', id);
      sandbox.pass(10);
      expect(faultsOf(sandbox.world)).toEqual([]);
      const kernel = (w: World) => Object.values(w.hosts)[0]?.kernel;
      for (const part of ['processes', 'files', 'pipes', 'ttys', 'filesystems', 'cgroups', 'namespaces'] as const) {
        expect(Object.keys(kernel(sandbox.world)?.[part] ?? {})).toEqual(Object.keys(kernel(first)?.[part] ?? {}));
      }
      expect(kernel(sandbox.world)?.timers).toEqual([]);
      expect(kernel(sandbox.world)?.jobs).toEqual({});
    }),
    tries(15),
  );
});
