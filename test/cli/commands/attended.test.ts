import { describe, expect, it } from 'vitest';
import { docker, type Engine, FakeProcess, frame } from '../fake-sys.ts';

const id = 'a'.repeat(64);
const facts = (tty: boolean, state = {}) => ({
  Id: id,
  State: { Running: true, Paused: false, Restarting: false, ...state },
  Config: { Tty: tty, OpenStdin: true },
  HostConfig: { AutoRemove: false },
});
const engine =
  (tty = false, state = {}): Engine =>
  ({ method, path }) => {
    if (path.endsWith('/exec')) return { status: 201, body: { Id: 'x1' } };
    if (path === '/exec/x1/json') return { body: { ExitCode: 7 } };
    if (path.endsWith('/json')) return { body: facts(tty, state) };
    if (path.endsWith('/wait')) return { job: 'w' };
    if (path === '/exec/x1/start' || path.endsWith('/attach')) return { status: 101, fd: 5 };
    return method === 'POST' ? { status: 204 } : undefined;
  };

describe('docker exec', () => {
  it('asks for what the real client asks for, and ends with the status of the process', () => {
    const process = new FakeProcess({ engine: engine() }).start('exec', '-e', 'A=1', '-w', '/tmp', 'box', 'ls', '-l');
    expect(process.requests).toEqual(['GET /containers/box/json', 'POST /containers/box/exec', 'POST /exec/x1/start']);
    expect(process.bodies[0]).toMatchObject({
      Cmd: ['ls', '-l'],
      Env: ['A=1'],
      WorkingDir: '/tmp',
      AttachStdin: false,
      AttachStdout: true,
    });
    process.gets(5, frame(1, 'x\n')).gets(5, '', true);
    expect([process.stdout, process.exit, process.requests.at(-1)]).toEqual(['x\n', 7, 'GET /exec/x1/json']);
  });

  it('does not wait with -d', () => {
    const process = new FakeProcess({ engine: (r) => (r.path === '/exec/x1/start' ? { status: 200 } : engine()(r)) });
    expect(process.start('exec', '-d', 'box', 'touch', '/x').exit).toBe(0);
    expect(process.bodies).toMatchObject([{ AttachStdout: false }, { Detach: true }]);
  });

  it('is told before anything else that there is no such container, and that the input is no terminal', () => {
    const missing: Engine = () => ({ status: 404, body: { message: 'No such container: nosuch' } });
    expect(docker('exec -it nosuch ls', { engine: missing }).stderr).toBe(
      'Error response from daemon: No such container: nosuch\n',
    );
    expect(docker('exec -it box ls', { engine: engine() })).toEqual({
      stdout: '',
      stderr: 'the input device is not a TTY\n',
      code: 1,
    });
    expect(docker('exec --env-file nosuch box ls').stderr).toBe('open nosuch: no such file or directory\n');
  });

  it('ends at once and well when it is interrupted', () => {
    const process = new FakeProcess({ engine: engine() }).start('exec', 'box', 'sleep', '9').signal('SIGINT');
    expect([process.exit, process.requests.length]).toEqual([0, 3]);
  });

  it('tells of the detach keys and follows the size of the terminal', () => {
    const process = new FakeProcess({ engine: engine(), tty: [0, 1] }).start('exec', '-it', 'box', 'sh');
    expect(process.bodies[0]).toMatchObject({ Tty: true, ConsoleSize: [24, 100] });
    process.signal('SIGWINCH');
    expect(process.requests.slice(-2)).toEqual(['POST /exec/x1/resize?h=24&w=100', 'POST /exec/x1/resize?h=24&w=100']);
    process.gets(0, '\x10\x11');
    expect([process.stderr, process.exit, process.modes.icanon]).toEqual(['read escape sequence\n', 1, true]);
  });
});

describe('docker attach', () => {
  it('asks for what the real client asks for, and ends with the status of the container', () => {
    const process = new FakeProcess({ engine: engine() }).start('attach', 'box');
    expect(process.requests).toEqual([
      'POST /containers/box/wait',
      'GET /containers/box/json',
      'POST /containers/box/attach?stream=1&stdout=1&stderr=1&stdin=1',
      'GET /containers/box/json',
    ]);
    process.gets(5, '', true);
    expect(process.wait).toEqual({ job: 'w' });
    expect(process.job('w', 200, { StatusCode: 4 }).exit).toBe(4);
  });

  it.each([
    [{ Running: false }, 'You cannot attach to a stopped container, start it first\n'],
    [{ Paused: true }, 'You cannot attach to a paused container, unpause it first\n'],
    [{ Restarting: true }, 'You cannot attach to a restarting container, wait until it is running\n'],
  ])('refuses a container that is %j', (state, stderr) => {
    expect(docker('attach box', { engine: engine(false, state) })).toEqual({ stdout: '', stderr, code: 1 });
  });

  it('changes the size twice, so that a program in the container draws its screen again', () => {
    const process = new FakeProcess({ engine: engine(true), tty: [0, 1] }).start('attach', 'box');
    expect(process.requests.slice(-2)).toEqual([25, 24].map((h) => `POST /containers/${id}/resize?h=${h}&w=${h + 76}`));
    expect(process.gets(0, '\x10\x11').exit).toBe(1);
  });

  it('passes signals on, and when that is not wanted only hangs up', () => {
    const passing = new FakeProcess({ engine: engine() }).start('attach', 'box').signal('SIGINT');
    expect(passing.requests.at(-1)).toBe(`POST /containers/${id}/kill?signal=INT`);
    const keeping = new FakeProcess({ engine: engine() }).start('attach', '--sig-proxy=false', 'box').signal('SIGINT');
    expect([keeping.closed, keeping.wait]).toEqual([[5], { job: 'w' }]);
  });
});

describe('docker start', () => {
  it('starts one after the other and names those that failed', () => {
    const some: Engine = ({ path }) =>
      path.includes('nosuch') ? { status: 404, body: { message: 'No such container: nosuch' } } : { status: 204 };
    expect(docker('start app nosuch', { engine: some })).toEqual({
      stdout: 'app\n',
      stderr: 'Error response from daemon: No such container: nosuch\nError: failed to start containers: nosuch\n',
      code: 1,
    });
  });

  it('attends one container with -a', () => {
    const process = new FakeProcess({ engine: engine() }).start('start', '-a', 'job');
    expect(process.requests).toEqual([
      'GET /containers/job/json',
      `POST /containers/${id}/attach?stream=1&stdout=1&stderr=1`,
      `POST /containers/${id}/wait?condition=next-exit`,
      `POST /containers/${id}/start`,
    ]);
    process.job('w', 200, { StatusCode: 4 }).gets(5, frame(1, 'run\n')).gets(5, '', true);
    expect([process.stdout, process.exit]).toEqual(['run\n', 4]);
    expect(docker('start -ai a b')).toEqual({
      stdout: '',
      stderr: 'you cannot start and attach multiple containers at once\n',
      code: 1,
    });
  });
});

describe('docker logs', () => {
  const now = Date.UTC(2026, 10, 22, 10) * 1000;
  const logs = (...args: string[]) =>
    new FakeProcess({ engine: (r) => (r.path.endsWith('/logs') ? { fd: 5 } : engine()(r)), now }).start(
      'logs',
      ...args,
    );

  it('reads until the end', () => {
    const process = logs('-f', '-t', '-n', '2', '--details', 'box');
    expect(process.requests.at(-1)).toBe(
      `GET /containers/${id}/logs?stdout=1&stderr=1&timestamps=1&details=1&follow=1&tail=2`,
    );
    process.gets(5, frame(1, 'a\n') + frame(2, 'b\n'));
    expect([process.stdout, process.stderr, process.wait]).toEqual(['a\n', 'b\n', { readable: [5] }]);
    expect(process.gets(5, '', true).exit).toBe(0);
  });

  it.each([
    ['10m', '1795341000.000000000'],
    ['2026-11-22', '1795305600.000000000'],
    ['2026-11-22T09:30:00.5+01:00', '1795336200.500000000'],
    ['1795300000', '1795300000'],
  ])('--since %s', (text, seconds) => {
    expect(logs('--since', text, 'box').requests.at(-1)).toContain(`since=${seconds}&`);
  });

  it('does not understand every time', () => {
    expect(logs('--until', 'yesterday', 'box').stderr).toBe(
      'invalid value for "until": failed to parse value as time or duration: "yesterday"\n',
    );
  });
});
