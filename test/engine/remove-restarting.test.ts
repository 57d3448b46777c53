import { expect, test } from 'vitest';
import { faultsOf } from '../support/invariants.ts';
import { Sandbox } from '../support/sandbox.ts';

/** Asked of a real engine: `docker restart -t 4 web & docker rm -f web`. */
test('a container that is removed while it is being restarted does not start again', () => {
  const sandbox = new Sandbox();
  sandbox.docker('run', '-d', '--name', 'web', 'alpine', 'sh', '-c', 'trap "echo bye" TERM; while :; do sleep 1; done');
  sandbox.pass(1);
  const restart = sandbox.start('/usr/bin/docker', ['docker', 'restart', '-t', '4', 'web']);
  restart.wait(1.5);
  expect(sandbox.docker('rm', '-f', 'web')).toMatchObject({ stdout: 'web\n', code: 0 });
  expect(restart.wait(0)).toMatchObject({
    stderr:
      'Error response from daemon: Cannot restart container web: container is marked for removal and cannot be started\n',
    code: 1,
  });
  restart.end();
  expect(sandbox.docker('ps', '-aq').stdout).toBe('');
  sandbox.pass(10);
  expect(faultsOf(sandbox.world)).toEqual([]);
});
