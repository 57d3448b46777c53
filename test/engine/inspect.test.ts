import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { EngineLab } from '../support/engine.ts';

/**
 * `docker inspect` of containers on a Docker Engine 28.5.2: ids, times and addresses masked, its folders named as usual,
 * and what hangs on the recording machine (cgroup v1, no AppArmor) as on a cgroup v2 one.
 */
const recorded = JSON.parse(readFileSync(new URL('fixtures/inspect.json', import.meta.url), 'utf8'));

function masked(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((each) => masked(each));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, masked(each, name)]));
  }
  if (key === 'Pid') return value === 0 ? 0 : 'PID';
  if (typeof value !== 'string') return value;
  return /^20\d\d-\d\d-\d\dT/.test(value)
    ? 'TIME'
    : value
        .replace(/[0-9a-f]{64}/g, 'ID')
        .replace(/\b[0-9a-f]{12}\b/g, 'SHORT')
        .replace(/(?:[0-9a-f]{2}:){5}[0-9a-f]{2}/, 'MAC')
        .replace(':/var/lib/docker/overlay2/ID/diff', '')
        .replace(/^172\.17\.0\.[2-9]$/, 'ADDRESS');
}

const attached = { AttachStdout: true, AttachStderr: true };
const states: { readonly [name: string]: (lab: EngineLab) => string } = {
  created: (lab) => lab.create('kcreated', ['true'], attached),
  running: (lab) => running(lab),
  exited: (lab) => lab.run('kexited', ['sh', '-c', 'exit 3'], attached),
  failed: (lab) => failed(lab, 'kfailed', ['nosuchcmd'], attached),
  nouser: (lab) => failed(lab, 'kuser', ['true'], { ...attached, User: 'nosuch' }),
  killed: (lab) => after(lab, 'kill'),
  restarted: (lab) => after(lab, 'kill', 'start'),
  'no-network': (lab) => lab.run('knone', ['sleep', '1000'], { HostConfig: { NetworkMode: 'none' } }),
  tty: (lab) =>
    lab.run('ktty', ['1000'], {
      Tty: true,
      OpenStdin: true,
      Hostname: 'box',
      Entrypoint: ['sleep'],
      StopSignal: 'SIGINT',
      StopTimeout: 3,
      HostConfig: { Memory: 67_108_864, NanoCpus: 500_000_000, PidsLimit: 50 },
    }),
};

function running(lab: EngineLab): string {
  return lab.run('krunning', ['sleep', '1000'], { Env: ['A=1'], Labels: { k: 'v' }, WorkingDir: '/srv' });
}

function after(lab: EngineLab, ...verbs: string[]): string {
  const id = running(lab);
  for (const verb of verbs) lab.pass(1).call('POST', `/containers/${id}/${verb}`);
  return id;
}

function failed(lab: EngineLab, name: string, command: string[], config: object): string {
  const id = lab.create(name, command, config);
  expect(lab.call('POST', `/containers/${id}/start`).status).toBe(400);
  return id;
}

describe('inspect answers as the recorded engine did', () => {
  test.each(Object.keys(states))('%s', (name) => {
    const lab = new EngineLab();
    const id = states[name]?.(lab);
    const { body } = lab.pass(1).call('GET', `/containers/${id}/json`);
    // the image's own environment is part of another image there
    const ours = masked(body) as typeof recorded.running;
    const theirs = recorded[name];
    const itsImage = { Env: null, WorkingDir: null };
    expect({ ...ours, Config: { ...ours.Config, ...itsImage } }).toEqual({
      ...theirs,
      Config: { ...theirs.Config, ...itsImage },
    });
    expect(Object.keys(ours)).toEqual(Object.keys(theirs));
    for (const part of ['State', 'HostConfig', 'Config', 'NetworkSettings'] as const) {
      expect(Object.keys(ours[part])).toEqual(Object.keys(theirs[part]));
    }
  });
});
