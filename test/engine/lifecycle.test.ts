import { describe, expect, test } from 'vitest';
import { EngineLab } from '../support/engine.ts';
import { faultsOf } from '../support/invariants.ts';

const message = (text: string) => ({ message: text });
const conflict = (name: string, id: string) =>
  `Conflict. The container name "/${name}" is already in use by container "${id}". You have to remove (or rename) that container to be able to reuse that name.`;

describe('create', () => {
  test('answers the id; names are unique and well formed', () => {
    const lab = new EngineLab();
    const id = lab.create('web', ['true']);
    expect(id).toMatch(/^[0-9a-f]{64}$/);
    const create = (name: string, body: object = { Image: 'alpine', Cmd: ['true'] }) =>
      lab.call('POST', '/containers/create', { query: { name }, body });
    expect(create('web')).toMatchObject({ status: 409, body: message(conflict('web', id)) });
    expect(create('bad name!')).toMatchObject({
      status: 400,
      body: message('Invalid container name (bad name!), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed'),
    });
    expect(create('x')).toMatchObject({ status: 400 });
    expect(create('constructor').status).toBe(201);
    expect(create('n1', { Image: 'nosuch' })).toMatchObject({
      status: 404,
      body: message('No such image: nosuch:latest'),
    });
    // the settings are looked at before the image
    expect(create('n2', { Image: 'nosuch', WorkingDir: 'relative' }).body.message).toContain(
      'needs to be an absolute path',
    );
    expect(create('n3', { Image: 'alpine', Cmd: [''], HostConfig: { Memory: 1000 } }).body.message).toBe(
      'Minimum memory limit allowed is 6MB',
    );
    expect(faultsOf(lab.world)).toEqual([]);
  });
});

describe('references', () => {
  test('a name, with a slash too, an id, the beginning of an id', () => {
    const lab = new EngineLab();
    const id = lab.create('web', ['true']);
    for (const reference of ['web', '%2Fweb', id, id.slice(0, 12), id.slice(0, 5)]) {
      expect(lab.call('GET', `/containers/${reference}/json`).body.Id).toBe(id);
    }
    for (const reference of ['nosuch', 'we', '__proto__', 'constructor', 'toString', 'zz']) {
      expect(lab.call('GET', `/containers/${reference}/json`)).toMatchObject({
        status: 404,
        body: message(`No such container: ${reference}`),
      });
    }
  });

  test('a beginning that fits several is refused', () => {
    const lab = new EngineLab();
    const ids = Array.from({ length: 17 }, (_, i) => lab.create(`c${i}x`, ['true']));
    const digit = [...'0123456789abcdef'].find((d) => ids.filter((id) => id.startsWith(d)).length > 1) ?? '';
    expect(lab.call('POST', `/containers/${digit}/start`)).toMatchObject({
      status: 400,
      body: message(`multiple IDs found with provided prefix: ${digit}`),
    });
    const filters = (value: string) => ({ query: { all: '1', filters: JSON.stringify({ id: [value] }) } });
    expect(lab.call('GET', '/containers/json', filters(digit)).body).toEqual([]);
    expect(lab.call('GET', '/containers/json', filters(ids[0]?.slice(0, 12) ?? '')).body).toHaveLength(1);
  });
});

describe('start and stop', () => {
  test('starting what runs, stopping what does not: 304', () => {
    const lab = new EngineLab();
    lab.run('web', ['sleep', '1000']);
    expect(lab.call('POST', '/containers/web/start').status).toBe(304);
    lab.call('POST', '/containers/web/kill');
    expect(lab.call('POST', '/containers/web/stop').status).toBe(304);
  });

  test('a process 1 that does not catch SIGTERM is killed after ten seconds', () => {
    const lab = new EngineLab();
    lab.run('web', ['sleep', '1000']);
    const { job } = lab.call('POST', '/containers/web/stop');
    expect(lab.pass(9.9).done(job)).toBeUndefined();
    expect(lab.pass(0.2).done(job)?.status).toBe(204);
    expect(lab.call('GET', '/containers/web/json').body.State).toMatchObject({ Status: 'exited', ExitCode: 137 });
    expect(faultsOf(lab.world)).toEqual([]);
  });

  test('one that does ends as it likes, at once', () => {
    const lab = new EngineLab();
    lab.run('web', ['sh', '-c', 'trap "exit 7" TERM; while :; do sleep 0.1; done']);
    const { job } = lab.pass(1).call('POST', '/containers/web/stop');
    expect(lab.pass(0.2).done(job)?.status).toBe(204);
    expect(lab.call('GET', '/containers/web/json').body.State).toMatchObject({ ExitCode: 7 });
  });

  test('the container may say which signal and how long', () => {
    const lab = new EngineLab();
    const script = 'trap "exit 5" USR1; while :; do sleep 0.1; done';
    lab.run('web', ['sh', '-c', script], { StopSignal: 'SIGUSR1' });
    lab.run('slow', ['sleep', '1000'], { StopTimeout: 2 });
    lab.pass(1).call('POST', '/containers/web/stop');
    lab.call('POST', '/containers/slow/stop');
    const state = (name: string) => lab.call('GET', `/containers/${name}/json`).body.State;
    lab.pass(1);
    expect([state('web').ExitCode, state('slow').Status]).toEqual([5, 'running']);
    expect(lab.pass(1.5).call('GET', '/containers/slow/json').body.State.ExitCode).toBe(137);
  });

  test('restart keeps what the container was, --rm or not', () => {
    const lab = new EngineLab();
    lab.run('web', ['sleep', '1000'], { HostConfig: { AutoRemove: true } });
    const pid = lab.call('GET', '/containers/web/json').body.State.Pid;
    const { job } = lab.call('POST', '/containers/web/restart', { query: { t: '1' } });
    expect(lab.pass(3).done(job)?.status).toBe(204);
    const { State } = lab.call('GET', '/containers/web/json').body;
    expect(State).toMatchObject({ Status: 'running', ExitCode: 0 });
    expect(State.Pid).not.toBe(pid);
    expect(State.FinishedAt).not.toBe('0001-01-01T00:00:00Z');
    expect(faultsOf(lab.world)).toEqual([]);
  });

  test('a restart that fails is told to who asked', () => {
    const lab = new EngineLab();
    lab.run('web', ['sh', '-c', 'cp /bin/busybox /tmp/sleep; exec /tmp/sleep 1000']);
    lab.pass(1).create('other', ['true']);
    const id = lab.run('web2', ['/bin/sleep', '1000']);
    const { body } = lab.call('POST', `/containers/${id}/exec`, { body: { Cmd: ['rm', '/bin/sleep'] } });
    lab.call('POST', `/exec/${body.Id}/start`, { body: { Detach: true } });
    const { job } = lab.pass(1).call('POST', '/containers/web2/restart', { query: { t: '0' } });
    const answer = lab.pass(1).done(job);
    expect(answer?.status).toBe(400);
    expect(answer?.body.message).toContain('exec: "/bin/sleep": stat /bin/sleep: no such file or directory');
    expect(faultsOf(lab.world)).toEqual([]);
  });

  test('a start that fails leaves nothing but the reason', () => {
    const lab = new EngineLab();
    const filesystems = () => {
      const { filesystems: mounted, detached } = lab.machine.kernel;
      return Object.keys({ ...mounted, ...detached?.filesystems });
    };
    const before = filesystems().length;
    const id = lab.create('web', ['nosuch']);
    expect(lab.call('POST', '/containers/web/start')).toMatchObject({ status: 400 });
    expect(faultsOf(lab.world)).toEqual([]);
    expect(filesystems()).toHaveLength(before + 1);
    lab.call('DELETE', `/containers/${id}`);
    expect(filesystems()).toHaveLength(before);
  });
});

describe('kill', () => {
  test('sends the signal that is asked for', () => {
    const lab = new EngineLab();
    const id = lab.run('web', ['sh', '-c', 'trap "exit 9" HUP; while :; do sleep 0.1; done']);
    const kill = (signal: string) => lab.pass(1).call('POST', '/containers/web/kill', { query: { signal } });
    expect(kill('BOGUS')).toMatchObject({
      status: 400,
      body: message('cannot kill container: web: invalid signal: BOGUS'),
    });
    expect(kill('hup').status).toBe(204);
    expect(kill('')).toMatchObject({
      status: 409,
      body: message(`cannot kill container: web: container ${id} is not running`),
    });
    expect(lab.call('GET', '/containers/web/json').body.State.ExitCode).toBe(9);
  });
});

describe('wait', () => {
  test('answers when the condition is met', () => {
    const lab = new EngineLab();
    const id = lab.create('web', ['sh', '-c', 'sleep 1; exit 4']);
    const wait = (condition: string) => lab.call('POST', '/containers/web/wait', { query: { condition } });
    expect(wait('not-running').body).toEqual({ StatusCode: 0 });
    expect(wait('nonsense')).toMatchObject({ status: 400, body: message('invalid condition: "nonsense"') });
    const [next, removed] = [wait('next-exit').job, wait('removed').job];
    lab.call('POST', '/containers/web/start');
    const running = wait('not-running').job;
    expect(lab.pass(0.5).done(next)).toBeUndefined();
    lab.pass(1);
    expect([lab.done(next)?.body, lab.done(running)?.body]).toEqual([{ StatusCode: 4 }, { StatusCode: 4 }]);
    expect(lab.done(removed)).toBeUndefined();
    lab.call('DELETE', `/containers/${id}`);
    expect(lab.done(removed)?.body).toEqual({ StatusCode: 4 });
  });

  test('what nobody waits for any more is forgotten', () => {
    const lab = new EngineLab();
    lab.run('web', ['sleep', '1000']);
    lab.world;
    const { sandbox } = lab;
    for (let i = 0; i < 5; i++) sandbox.shell('timeout 1 docker wait web');
    const again = new EngineLab(sandbox);
    again.call('POST', '/containers/web/wait');
    const jobs = Object.values(again.world.hosts)[0]?.services.dockerd as unknown as { jobs: object };
    expect(Object.keys(jobs.jobs)).toHaveLength(1);
    again.call('POST', '/containers/web/kill');
    expect(faultsOf(again.world)).toEqual([]);
  });
});

describe('remove', () => {
  test('a running one only by force; --rm by itself', () => {
    const lab = new EngineLab();
    lab.run('web', ['sleep', '1000']);
    expect(lab.call('DELETE', '/containers/web')).toMatchObject({
      status: 409,
      body: message(
        'cannot remove container "web": container is running: stop the container before removing or force remove',
      ),
    });
    expect(lab.call('DELETE', '/containers/web', { query: { force: '1' } }).status).toBe(204);
    expect(lab.call('DELETE', '/containers/web').status).toBe(404);
    lab.run('brief', ['true'], { HostConfig: { AutoRemove: true } });
    expect(lab.pass(1).call('GET', '/containers/json', { query: { all: '1' } }).body).toEqual([]);
    expect(faultsOf(lab.world)).toEqual([]);
  });

  test('ends the streams of those who were attached', () => {
    const lab = new EngineLab();
    lab.create('web', ['true']);
    const { fd } = lab.call('POST', '/containers/web/attach', { query: { stream: '1', stdout: '1' } });
    expect(lab.read(fd)).toBe('');
    lab.call('DELETE', '/containers/web');
    expect(lab.read(fd)).toBeUndefined();
    lab.close(fd);
    expect(faultsOf(lab.world)).toEqual([]);
  });
});
