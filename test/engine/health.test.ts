import { describe, expect, it } from 'vitest';
import { EngineLab } from '../support/engine.ts';

const second = 1_000_000_000;

function health(lab: EngineLab, id: string) {
  return lab.call('GET', `/containers/${id}/json`).body.State.Health;
}

function checked(test: string, more: object = {}): object {
  return { Healthcheck: { Test: ['CMD-SHELL', test], Interval: second, ...more } };
}

describe('health checks', () => {
  it('come after the interval, again and again, and keep the last five results', () => {
    const lab = new EngineLab();
    const id = lab.run('web', ['sleep', '300'], checked('echo fine'));
    expect(health(lab, id)).toEqual({ Status: 'starting', FailingStreak: 0, Log: [] });
    lab.pass(0.9);
    expect(health(lab, id).Log).toHaveLength(0);
    lab.pass(0.2);
    expect(health(lab, id)).toMatchObject({ Status: 'healthy', FailingStreak: 0 });
    expect(health(lab, id).Log[0]).toMatchObject({ ExitCode: 0, Output: 'fine\n' });
    lab.pass(20);
    expect(health(lab, id).Log).toHaveLength(5);
  });

  it('make a container unhealthy after so many failures in a row, and healthy at the first success', () => {
    const lab = new EngineLab();
    const id = lab.run('web', ['sleep', '300'], checked('test -f /ready', { Retries: 2 }));
    lab.pass(1.5);
    expect(health(lab, id)).toMatchObject({ Status: 'starting', FailingStreak: 1 });
    lab.pass(1);
    expect(health(lab, id)).toMatchObject({ Status: 'unhealthy', FailingStreak: 2 });
    expect(lab.call('GET', '/containers/json').body[0].Status).toMatch(/^Up .* \(unhealthy\)$/);
    const exec = lab.call('POST', `/containers/${id}/exec`, { body: { Cmd: ['touch', '/ready'] } }).body.Id;
    lab.call('POST', `/exec/${exec}/start`, { body: { Detach: true } });
    lab.pass(1.5);
    expect(health(lab, id)).toMatchObject({ Status: 'healthy', FailingStreak: 0 });
  });

  it('do not count failures in the start period, and are more frequent there', () => {
    const lab = new EngineLab();
    const id = lab.run(
      'web',
      ['sleep', '300'],
      checked('exit 1', { Interval: 60 * second, Retries: 1, StartPeriod: 10 * second, StartInterval: second }),
    );
    lab.pass(5.5);
    expect(health(lab, id)).toMatchObject({ Status: 'starting', FailingStreak: 0 });
    expect(health(lab, id).Log.length).toBeGreaterThan(3);
    lab.pass(10);
    expect(health(lab, id)).toMatchObject({ Status: 'unhealthy', FailingStreak: 1 });
  });

  it('end with the timeout: the command is killed and counts as failed', () => {
    const lab = new EngineLab();
    const id = lab.run('web', ['sleep', '300'], checked('echo one; sleep 99', { Timeout: 2 * second, Retries: 1 }));
    lab.pass(3.2);
    expect(health(lab, id)).toMatchObject({ Status: 'unhealthy' });
    expect(health(lab, id).Log[0]).toMatchObject({
      ExitCode: -1,
      Output: 'Health check exceeded timeout (2s): one\n',
    });
    expect(lab.call('GET', `/containers/${id}/top`).body.Processes).toHaveLength(1);
  });

  it('tell what could not be executed', () => {
    const lab = new EngineLab();
    const id = lab.run('web', ['sleep', '300'], { Healthcheck: { Test: ['CMD', 'nosuch'], Interval: second } });
    lab.pass(1.2);
    expect(health(lab, id).Log[0]).toMatchObject({ ExitCode: -1 });
    expect(health(lab, id).Log[0].Output).toMatch(/executable file not found/);
  });

  it('stop with the container and while it is paused; no timer is left', () => {
    const lab = new EngineLab();
    const id = lab.run('web', ['sleep', '300'], checked('true'));
    const timers = () => lab.machine.kernel.timers.filter(({ key }) => /^(?:health|probe):/.test(key)).length;
    lab.pass(1.5);
    lab.call('POST', `/containers/${id}/pause`);
    expect(health(lab, id).Status).toBe('unhealthy');
    expect(timers()).toBe(0);
    lab.call('POST', `/containers/${id}/unpause`);
    lab.pass(1.5);
    expect(health(lab, id).Status).toBe('healthy');
    lab.call('POST', `/containers/${id}/kill`);
    expect(health(lab, id).Status).toBe('unhealthy');
    expect(timers()).toBe(0);
    expect(Object.keys(lab.machine.host.services)).toContain('dockerd');
  });

  it('leave nothing behind: neither execs nor streams', () => {
    const lab = new EngineLab();
    lab.run('web', ['sleep', '300'], checked('echo fine'));
    lab.pass(10.5);
    const state = lab.machine.host.services.dockerd as unknown as { execs: object; io: object };
    expect(Object.keys(state.execs)).toEqual([]);
    expect(Object.keys(state.io).filter((owner) => owner.startsWith('x:'))).toEqual([]);
  });

  it('take from the image what was not said', () => {
    const lab = new EngineLab();
    const id = lab.create('off', ['true'], { Healthcheck: { Test: ['NONE'] } });
    expect(lab.call('GET', `/containers/${id}/json`).body.Config.Healthcheck).toEqual({ Test: ['NONE'] });
    lab.call('POST', `/containers/${id}/start`);
    expect(health(lab, id)).toBeUndefined();
  });
});
