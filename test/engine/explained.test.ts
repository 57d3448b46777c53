import { expect, test } from 'vitest';
import type { AnyStep } from '../../src/explain/actions.ts';
import { differencesFromRecorded } from '../explain/run-order.ts';
import { Sandbox } from '../support/sandbox.ts';

const flags = [[], ['-d'], ['--rm'], ['--memory', '64m', '--cpus', '0.5'], ['--rm', '-i'], ['--name', 'web', '--rm']];

test.each(flags.map((words) => [words.join(' '), words] as const))(
  'the steps of run %s are the recorded ones',
  (_, words) => {
    const { steps, code } = new Sandbox().docker('run', ...words, 'alpine', 'true');
    expect(code).toBe(0);
    expect(differencesFromRecorded(steps as readonly AnyStep[])).toEqual([]);
  },
);

test('with a terminal too', () => {
  const live = new Sandbox().start('/usr/bin/docker', ['docker', 'run', '-it', 'alpine', 'echo', 'hi'], { tty: true });
  const { steps, stdout, code } = live.run();
  expect([stdout, code]).toEqual(['hi\r\n', 0]);
  expect(differencesFromRecorded(steps as readonly AnyStep[])).toEqual([]);
});

test.each(['stop', 'restart'])('%s tells of the end that it waited for', (verb) => {
  const sandbox = new Sandbox();
  expect(sandbox.docker('run', '-d', '--name', 'box', '--init', 'alpine', 'sleep', '100').code).toBe(0);
  const { steps } = sandbox.docker(verb, 'box');
  expect(steps.find(({ action }) => action === 'container-exit')?.data).toMatchObject({ name: 'box', code: 143 });
  expect(steps.some(({ action }) => action === 'runc-start')).toBe(verb === 'restart');
});
