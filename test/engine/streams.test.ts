import { describe, expect, test } from 'vitest';
import { EngineLab } from '../support/engine.ts';
import { faultsOf } from '../support/invariants.ts';

const all = { stream: '1', stdin: '1', stdout: '1', stderr: '1' };
const attach = (lab: EngineLab, name: string, query: { [key: string]: string } = all) =>
  lab.call('POST', `/containers/${name}/attach`, { query }).fd;
const logs = (lab: EngineLab, name: string, query: { [key: string]: string } = {}) => {
  const { fd } = lab.call('GET', `/containers/${name}/logs`, { query: { stdout: '1', stderr: '1', ...query } });
  return { fd, read: () => lab.readFrames(fd) };
};

describe('attach', () => {
  test('before the start: nothing is missed, and the end comes', () => {
    const lab = new EngineLab();
    lab.create('web', ['sh', '-c', 'echo out; echo err >&2']);
    const fd = attach(lab, 'web');
    lab.call('POST', '/containers/web/start');
    expect(lab.pass(1).readFrames(fd)).toEqual({ out: 'out\n', err: 'err\n', ended: true });
  });

  test('after the start: what comes from then on; two see the same', () => {
    const lab = new EngineLab();
    lab.run('web', ['sh', '-c', 'echo early; sleep 2; echo late']);
    lab.pass(1);
    const [one, two] = [attach(lab, 'web'), attach(lab, 'web', { stdout: '1' })];
    lab.pass(2);
    expect(lab.readFrames(one)).toEqual({ out: 'late\n', err: '', ended: true });
    expect(lab.readFrames(two)).toEqual({ out: 'late\n', err: '', ended: true });
  });

  test("input ends with the first client's when StdinOnce says so", () => {
    for (const StdinOnce of [true, false]) {
      const lab = new EngineLab();
      lab.run('web', ['cat'], { OpenStdin: true, StdinOnce });
      const fd = attach(lab, 'web');
      lab.write(fd, 'hello\n');
      expect(lab.pass(0.1).readFrames(fd).out).toBe('hello\n');
      lab.close(fd);
      lab.pass(1);
      expect(lab.call('GET', '/containers/web/json').body.State.Running).toBe(!StdinOnce);
      expect(faultsOf(lab.world)).toEqual([]);
    }
  });

  test('without OpenStdin input goes nowhere', () => {
    const lab = new EngineLab();
    lab.run('web', ['sh', '-c', 'cat; echo over']);
    expect(logs(lab.pass(1), 'web').read().out).toBe('over\n');
  });

  test('a slow client slows the container; one that leaves lets it go on', () => {
    const lab = new EngineLab();
    lab.create('web', ['sh', '-c', 'yes | head -n 200000; echo done >&2']);
    const fd = attach(lab, 'web');
    lab.call('POST', '/containers/web/start');
    lab.pass(5);
    const state = () => lab.call('GET', '/containers/web/json').body.State.Status;
    expect(state()).toBe('running');
    lab.close(fd);
    lab.pass(5);
    expect(state()).toBe('exited');
    expect(logs(lab, 'web', { stdout: '' }).read().err).toBe('done\n');
  });

  test('what a container wrote before it ended and was removed comes through whole', () => {
    const lab = new EngineLab();
    lab.create('web', ['sh', '-c', 'yes | head -c 130000'], { HostConfig: { AutoRemove: true } });
    const fd = attach(lab, 'web');
    lab.call('POST', '/containers/web/start');
    let out = '';
    for (let i = 0; i < 9; i++) out += lab.pass(1).readFrames(fd).out;
    expect(out.length).toBe(130_000);
    lab.close(fd);
    expect(faultsOf(lab.world)).toEqual([]);
  });

  test('with a terminal the bytes come as they are', () => {
    const lab = new EngineLab();
    lab.create('web', ['sh', '-c', 'read a; echo "<$a>"'], { Tty: true, OpenStdin: true, StdinOnce: true });
    const fd = attach(lab, 'web');
    lab.call('POST', '/containers/web/start');
    lab.pass(0.1).write(fd, 'hi\r');
    expect(lab.pass(0.1).read(fd)).toBe('hi\r\n<hi>\r\n');
    const { fd: log } = logs(lab, 'web');
    expect(lab.read(log)).toBe('hi\r\n<hi>\r\n');
  });
});

describe('logs', () => {
  test('a line is there when it has ended, or with the end of the container', () => {
    const lab = new EngineLab();
    lab.run('web', ['sh', '-c', 'printf abc; sleep 1; echo def; printf tail; sleep 1']);
    expect(logs(lab.pass(0.5), 'web').read().out).toBe('');
    expect(logs(lab.pass(1), 'web').read().out).toBe('abcdef\n');
    expect(logs(lab.pass(1), 'web').read().out).toBe('abcdef\ntail');
  });

  test('carry the time at which a line ended', () => {
    const lab = new EngineLab();
    lab.run('web', ['sh', '-c', 'printf a; sleep 2; echo b']);
    const [time = '', line] = logs(lab.pass(5), 'web', { timestamps: '1' }).read().out.split(' ');
    expect(line).toBe('ab\n');
    expect(time).toMatch(/^2026-01-02T03:04:07\.\d+Z$/);
  });

  test('cut lines of more than 16 KiB, each part with the time of the first', () => {
    const lab = new EngineLab();
    lab.run('web', ['sh', '-c', 'head -c 20000 /dev/zero | tr "\\0" a; echo; echo b']);
    const { out } = logs(lab.pass(5), 'web', { timestamps: '1' }).read();
    const times = out.match(/2026\S+Z /g) ?? [];
    expect(times).toHaveLength(3);
    expect(times[0]).toBe(times[1]);
    expect(out.replace(/2026\S+Z /g, '')).toBe(`${'a'.repeat(20000)}\nb\n`);
    expect(logs(lab, 'web', { tail: '2' }).read().out).toBe(`${'a'.repeat(20000 - 16384)}\nb\n`);
  });

  test('tail, since, until', () => {
    const lab = new EngineLab();
    lab.run('web', ['sh', '-c', 'for i in 1 2 3 4 5; do echo $i; sleep 1; done']);
    lab.pass(10);
    const read = (query: { [key: string]: string }) => logs(lab, 'web', query).read().out.replaceAll('\n', '');
    expect(read({ tail: '2' })).toBe('45');
    expect(read({ tail: '0' })).toBe('');
    expect(read({ tail: 'all' })).toBe('12345');
    const start = 1_767_323_045;
    expect(read({ since: `${start + 2.5}` })).toBe('45');
    expect(read({ until: `${start + 2.5}` })).toBe('123');
    expect(read({ since: `${start + 0.5}`, until: `${start + 1.5}` })).toBe('2');
    expect(read({ stdout: '' })).toBe('');
  });

  test('follow: what comes, until the container ends or is removed', () => {
    const lab = new EngineLab();
    lab.run('web', ['sh', '-c', 'echo 1; sleep 2; echo 2; sleep 100']);
    const follower = logs(lab.pass(1), 'web', { follow: '1' });
    expect(follower.read()).toEqual({ out: '1\n', err: '', ended: false });
    expect(lab.pass(2) && follower.read()).toEqual({ out: '2\n', err: '', ended: false });
    lab.call('DELETE', '/containers/web', { query: { force: '1' } });
    expect(follower.read().ended).toBe(true);
    lab.close(follower.fd);
    expect(faultsOf(lab.world)).toEqual([]);
  });
});

describe('exec', () => {
  const make = (lab: EngineLab, Cmd: string[], more: object = {}) =>
    lab.call('POST', '/containers/web/exec', { body: { Cmd, AttachStdout: true, AttachStderr: true, ...more } });
  const start = (lab: EngineLab, id: string, body: object = {}) => lab.call('POST', `/exec/${id}/start`, { body });
  const exitCode = (lab: EngineLab, id: string) => lab.call('GET', `/exec/${id}/json`).body.ExitCode;

  test('output and exit status; what cannot be executed: 126 or 127', () => {
    const lab = new EngineLab();
    lab.run('web', ['sleep', '1000']);
    for (const [command, code] of [
      [['sh', '-c', 'exit 7'], 7],
      [['nosuch'], 127],
      [['/etc'], 126],
      [['true'], 0],
    ] as const) {
      const { Id } = make(lab, [...command]).body;
      expect(exitCode(lab, Id)).toBeNull();
      const { fd } = start(lab, Id);
      lab.pass(1);
      expect(exitCode(lab, Id)).toBe(code);
      lab.close(fd);
    }
    expect(faultsOf(lab.world)).toEqual([]);
  });

  test('its children get two more seconds for their output', () => {
    const lab = new EngineLab();
    lab.run('web', ['sleep', '1000']);
    const { Id } = make(lab, ['sh', '-c', '(sleep 1; echo late; sleep 9; echo never) & echo hi']).body;
    const { fd } = start(lab, Id);
    expect(lab.pass(0.5).readFrames(fd)).toEqual({ out: 'hi\n', err: '', ended: false });
    expect(lab.pass(1).readFrames(fd)).toEqual({ out: 'late\n', err: '', ended: false });
    expect(lab.pass(1).readFrames(fd).ended).toBe(true);
    lab.close(fd);
    expect(faultsOf(lab.pass(20).world)).toEqual([]);
  });

  test('only in a running container; its end ends them', () => {
    const lab = new EngineLab();
    const id = lab.create('web', ['sleep', '1000']);
    expect(make(lab, ['true'])).toMatchObject({ status: 409, body: { message: `container ${id} is not running` } });
    lab.call('POST', '/containers/web/start');
    const exec = make(lab, ['sleep', '500']).body.Id;
    const { fd } = start(lab, exec);
    expect(lab.call('GET', '/containers/web/json').body.ExecIDs).toEqual([exec]);
    lab.call('POST', '/containers/web/kill');
    expect(lab.readFrames(fd).ended).toBe(true);
    expect(exitCode(lab, exec)).toBe(137);
    lab.close(fd);
    expect(faultsOf(lab.world)).toEqual([]);
  });

  test('those long over are forgotten', () => {
    const lab = new EngineLab();
    lab.run('web', ['sleep', '100000']);
    const first = make(lab, ['true']).body.Id;
    start(lab, first, { Detach: true });
    lab.pass(1000);
    make(lab, ['true']);
    expect(lab.call('GET', `/exec/${first}/json`).status).toBe(404);
  });
});
