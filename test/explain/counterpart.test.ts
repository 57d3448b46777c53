import { expect, test } from 'vitest';
import { noStyle } from '../../src/explain/layout.ts';
import { counterpartView } from '../../src/explain/views/counterpart.ts';
import { columns } from '../../src/explain/width.ts';
import { bootPlan } from '../../src/vm/plan.ts';
import { HostLab } from '../host/lab.ts';
import { Sandbox } from '../support/sandbox.ts';

const view = { width: 80, plain: false, style: noStyle, size: (bytes: number) => `${bytes}B` };
const tell = (words: readonly string[], lang: 'en' | 'ko' = 'en', sandbox = new Sandbox()) => {
  const { steps } = sandbox.docker(...words);
  return counterpartView(`docker ${words.join(' ')}`, steps, bootPlan(), { ...view, lang });
};

test('a run beside a boot: layer and disk, namespaces and hardware, the program and a second kernel', () => {
  const text = tell(['run', '-d', '-m', '64m', '-p', '8080:80', 'alpine', 'sleep', '9'])?.join(' ') ?? '';
  for (const part of [
    'at most 67108864B',
    '6 namespaces',
    'port 8080',
    'execve sleep 9',
    bootPlan().release,
    '1 GiB',
  ]) {
    expect(text).toContain(part);
  }
});

test('other commands have other counterparts, and some have none', () => {
  const sandbox = new Sandbox();
  sandbox.docker('run', '-d', '--name', 'web', 'alpine', 'sleep', '100');
  expect(tell(['exec', 'web', 'true'], 'en', sandbox)?.join(' ')).toContain('sshd in the guest');
  expect(tell(['stop', '-t', '1', 'web'], 'en', sandbox)?.join(' ')).toContain('the power is cut');
  expect(tell(['rm', 'web'], 'en', sandbox)?.join(' ')).toContain('the disk image is deleted');
  expect(tell(['version'])).toBeUndefined();
});

test('in Korean it keeps within the page', () => {
  const lines = tell(['run', '--rm', 'alpine', 'true'], 'ko') ?? [];
  expect(lines.join(' ')).toContain('가상 머신');
  expect(Math.max(...lines.map(columns))).toBeLessThanOrEqual(80);
});

test('on Docker Desktop it says in which machine the container is', () => {
  const lab = new HostLab();
  lab.make('mac', { kind: 'mac' });
  lab.use('mac');
  const told = (...words: string[]) => {
    const { steps } = lab.docker(...words);
    return counterpartView('docker', steps, bootPlan(), { ...view, lang: 'en' })
      ?.join(' ')
      .replace(/\s+/g, ' ');
  };
  expect(told('run', '-d', 'alpine', 'sleep', '9')).toMatch(
    /in the Linux machine that Docker Desktop keeps \(8 CPUs.*Darwin 24\.6\.0.*execve sleep 9/,
  );
  expect(told('version')).toBeUndefined();
});
