import { describe, expect, test } from 'vitest';
import { faultsOf } from '../support/invariants.ts';
import { Sandbox } from '../support/sandbox.ts';

/** What a script does within so much processor time (µs), and what it leaves behind. */
function play(line: string, ops: number) {
  const sandbox = new Sandbox();
  const live = sandbox.start('/usr/bin/sh', ['sh', '-c', line]);
  live.feed({ eof: true });
  const outcome = live.run(ops);
  return { sandbox, outcome, size: JSON.stringify(sandbox.world).length };
}

const empty = JSON.stringify(new Sandbox().world).length;

describe('a program that means no good', () => {
  test('an endless loop is stopped with its budget', () => {
    const sandbox = new Sandbox();
    const live = sandbox.start('/usr/bin/sh', ['sh', '-c', 'while :; do :; done']);
    for (let i = 0; i < 3; i++) live.run(1_000_000);
    expect(sandbox.world.now).toBeLessThan(1_767_323_045_000_000 + 4_000_000);
    expect(faultsOf(sandbox.world)).toEqual([]);
  });

  test('a fork bomb ends at the number of processes', () => {
    const { outcome, sandbox, size } = play('f() { f | f & }; f; sleep 5', 300_000);
    expect(outcome.stderr).toContain('Cannot fork');
    expect(Object.keys(Object.values(sandbox.world.hosts)[0]?.kernel.processes ?? {}).length).toBeLessThanOrEqual(2048);
    expect(size).toBeLessThan(20_000_000);
  });

  test('a fork bomb in a container goes with the container', () => {
    const sandbox = new Sandbox();
    sandbox.docker(
      'run',
      '-d',
      '--name',
      'bomb',
      '--pids-limit',
      '100',
      'alpine',
      'sh',
      '-c',
      'f() { f | f & }; f; sleep 5',
    );
    sandbox.pass(0.1);
    expect(sandbox.docker('rm', '-f', 'bomb').stdout).toBe('bomb\n');
    expect(faultsOf(sandbox.world)).toEqual([]);
    expect(JSON.stringify(sandbox.world).length).toBeLessThan(empty + 10_000);
  });

  test('a word that doubles is out of memory soon', () => {
    expect(play('x=aaaaaaaaaa; while :; do x=$x$x; done', 5_000_000).outcome.stderr).toContain('out of memory');
  });

  test('endless recursion is out of stack', () => {
    expect(play('f() { f; }; f', 5_000_000).outcome.code).toBe(2);
  });

  test('output that nobody reads waits', () => {
    const { size } = play('yes | { sleep 100; cat; }', 300_000);
    expect(size).toBeLessThan(empty + 300_000);
  });

  test('a container that writes without end keeps the last megabytes of its log', () => {
    const sandbox = new Sandbox();
    sandbox.docker('run', '-d', 'alpine', 'yes', 'some words to fill the log with');
    for (let i = 0; i < 5; i++) sandbox.pass(0.4);
    expect(JSON.stringify(sandbox.world).length).toBeLessThan(30_000_000);
  });

  test('a slow reader slows the container, and nothing grows', () => {
    const { size } = play('docker run --rm alpine yes "$(seq -s, 1000)" | sleep 3', 300_000);
    expect(size).toBeLessThan(empty + 2_000_000);
  });
});
