import { describe, expect, it } from 'vitest';
import type { AnyStep } from '../../src/explain/actions.ts';
import { agreesWithRecorded, differencesFromRecorded, recordedOrder } from './run-order.ts';
import { runSteps, step } from './samples.ts';

describe('the recorded order of docker run', () => {
  it.each([{}, { ports: false }, { ends: true }, { ends: true, rm: true, limits: true }])('is kept by %o', (shape) => {
    expect(differencesFromRecorded(runSteps(shape))).toEqual([]);
    expect(agreesWithRecorded(runSteps(shape))).toBe(true);
  });

  it('notices a step that is missing', () => {
    const steps = runSteps().filter((one) => one.action !== 'pivot_root');
    expect(differencesFromRecorded(steps)).toEqual(['pivot_root (pivot_root): missing']);
  });

  it('notices a step in the wrong place', () => {
    const steps = runSteps();
    const at = steps.findIndex((one) => one.action === 'sethostname');
    const [moved] = steps.splice(at, 1);
    if (moved) steps.splice(3, 0, moved);
    expect(differencesFromRecorded(steps)).toEqual(['sethostname (sethostname): comes too early']);
  });

  it('notices the wrong actor, a missing namespace and requests in another order', () => {
    const steps = runSteps().map((one): AnyStep => {
      if (one.action === 'start-shim') return { ...one, actor: 'dockerd' };
      if (one.action === 'unshare')
        return { ...one, data: { ...one.data, kinds: ['mnt', 'uts', 'ipc', 'pid', 'net'] } };
      return one;
    });
    steps.push({ ...step('docker', 'request', { method: 'POST', path: '/containers/x/wait', status: 200 }) });
    expect(differencesFromRecorded(steps)).toEqual([
      'containerd-shim-runc-v2 start (start-shim): by dockerd, recorded by containerd',
      'requests: create, attach, wait, start, wait; recorded: create, attach, wait, start',
      'namespaces missing: cgroup',
    ]);
  });

  it('has the mounts of a container between clone and pivot_root', () => {
    const names = recordedOrder.map((recorded) => recorded.what);
    expect(names.slice(names.indexOf('proc'), names.indexOf('pivot_root'))).toHaveLength(10);
  });
});
