import { expect, test } from 'vitest';
import { firstHost } from '../../src/client/first-host.ts';
import { faultsOf } from '../support/invariants.ts';
import { Sandbox } from '../support/sandbox.ts';

test('a container that removes itself leaves those alone that have stopped', () => {
  const sandbox = new Sandbox();
  sandbox.docker('run', '--name', 'old', 'alpine', 'touch', '/kept');
  const kernel = () => sandbox.world.hosts[firstHost]?.kernel;
  const [stopped, mounted] = [kernel()?.detached, Object.keys(kernel()?.filesystems ?? {})];
  expect(sandbox.docker('run', '--rm', 'alpine', 'true').code).toBe(0);
  expect(kernel()?.detached).toBe(stopped); // the very same: not even copied
  expect(Object.keys(kernel()?.filesystems ?? {})).toEqual(mounted);
  expect(faultsOf(sandbox.world)).toEqual([]);
  expect(sandbox.docker('diff', 'old').stdout).toBe('A /kept\n');
});

test('one that removes itself can be restarted before', () => {
  const sandbox = new Sandbox();
  sandbox.docker('run', '-d', '--rm', '--name', 'web', 'alpine', 'sh', '-c', 'echo >> /starts; exec sleep 100');
  expect(sandbox.docker('restart', '-t', '0', 'web').code).toBe(0);
  expect(sandbox.docker('exec', 'web', 'wc', '-l', '/starts').stdout).toBe('2 /starts\n');
  expect(sandbox.docker('stop', '-t', '0', 'web').code).toBe(0);
  expect(sandbox.docker('ps', '-aq').stdout).toBe('');
  expect(faultsOf(sandbox.world)).toEqual([]);
});
