import { expect, it } from 'vitest';
import { Sandbox } from '../support/sandbox.ts';

const limit = ['-m', '20m', '--memory-swap', '20m'];

it('kills a process that holds more memory than its cgroup may', () => {
  const sandbox = new Sandbox();
  const { code } = sandbox.docker('run', '--name', 'full', ...limit, 'alpine', 'tail', '/dev/zero');
  expect(code).toBe(137);
  const { stdout } = sandbox.docker(
    'inspect',
    '-f',
    '{{.State.OOMKilled}} {{.State.ExitCode}} {{.State.Status}}',
    'full',
  );
  expect(stdout).toBe('true 137 exited\n');
});

it('leaves a process alone that keeps little', () => {
  const sandbox = new Sandbox();
  sandbox.docker('run', '--name', 'small', ...limit, 'alpine', 'sh', '-c', 'seq 1000 | tail -1');
  const { stdout } = sandbox.docker('inspect', '-f', '{{.State.OOMKilled}} {{.State.ExitCode}}', 'small');
  expect(stdout).toBe('false 0\n');
});
