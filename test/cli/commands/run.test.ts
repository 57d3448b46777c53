import { describe, expect, it } from 'vitest';
import type { ApiRequest } from '../../../src/engine/api.ts';
import { docker, dockerArgs, type Engine, FakeProcess, frame } from '../fake-sys.ts';

const id = 'f'.repeat(64);
const hint = "\n\nRun 'docker run --help' for more information\n";

/** An engine on which all goes well. */
const engine: Engine = ({ path }) => {
  if (path === '/containers/create') return { status: 201, body: { Id: id, Warnings: [] } };
  if (path.endsWith('/attach')) return { status: 101, fd: 5 };
  if (path.endsWith('/wait')) return { job: 'w' };
  return { status: 204 };
};

describe('docker run', () => {
  it('asks for what the real client asks for, in its order', () => {
    const attached = new FakeProcess({ engine }).start('run', '--name', 'a1', 'alpine', 'echo', 'hi');
    expect(attached.requests).toEqual([
      'POST /containers/create?name=a1',
      `POST /containers/${id}/attach?stream=1&stdout=1&stderr=1`,
      `POST /containers/${id}/wait?condition=next-exit`,
      `POST /containers/${id}/start`,
    ]);
    const detached = new FakeProcess({ engine }).start('run', '-d', '--rm', 'alpine');
    expect(detached.requests.map((line) => line.replace(id, 'ID'))).toEqual([
      'POST /containers/create',
      'POST /containers/ID/wait?condition=removed',
      'POST /containers/ID/start',
    ]);
    expect([detached.stdout, detached.exit]).toEqual([`${id}\n`, 0]);
  });

  it('prints both outputs and ends with the status of the process', () => {
    const process = new FakeProcess({ engine }).start('run', 'alpine');
    expect(process.wait).toEqual({ readable: [5], job: 'w' });
    process.gets(5, frame(1, 'out\n') + frame(2, 'err\n').slice(0, 9));
    process.gets(5, frame(2, 'err\n').slice(9));
    expect([process.stdout, process.stderr, process.exit]).toEqual(['out\n', 'err\n', undefined]);
    process.job('w', 200, { StatusCode: 3 });
    expect(process.wait).toEqual({ readable: [5] });
    expect(process.gets(5, '', true).exit).toBe(3);
  });

  it('waits for the status when the output ends first', () => {
    const process = new FakeProcess({ engine }).start('run', 'alpine').gets(5, '', true);
    expect(process.wait).toEqual({ job: 'w' });
    expect(process.job('w', 200, { StatusCode: 137 }).exit).toBe(137);
  });

  it('passes standard input on, and its end', () => {
    const process = new FakeProcess({ engine }).start('run', '-i', 'alpine', 'cat');
    expect(process.wait).toEqual({ readable: [5, 0], job: 'w' });
    process.room.set(5, 3);
    process.gets(0, 'hello');
    expect([process.written.get(5), process.wait]).toEqual(['hel', { readable: [5], writable: [5], job: 'w' }]);
    process.room.delete(5);
    process.gets(0, '', true);
    expect([process.written.get(5), process.halfClosed]).toEqual(['hello', [5]]);
    expect(process.wait).toEqual({ readable: [5], job: 'w' });
  });

  it('goes on when a slow reader has taken what was printed', () => {
    const process = new FakeProcess({ engine }).start('run', 'alpine');
    process.room.set(1, 2);
    process.gets(5, frame(1, 'abcdef'));
    expect([process.stdout, process.wait]).toEqual(['ab', { writable: [1] }]);
    process.room.delete(1);
    process.wake({ on: 'fd', fd: 1 });
    expect([process.stdout, process.wait?.job]).toEqual(['abcdef', 'w']);
  });

  it("has a terminal of its own when asked to, as large as the client's", () => {
    const process = new FakeProcess({ engine, tty: [0, 1, 2] }).start('run', '-it', '--rm', 'alpine');
    expect(process.requests.at(-1)).toBe(`POST /containers/${id}/resize?h=24&w=100`);
    expect(process.bodies[0]).toMatchObject({
      Tty: true,
      OpenStdin: true,
      StdinOnce: true,
      HostConfig: { ConsoleSize: [24, 100] },
    });
    expect(process.modes).toEqual({ icanon: false, echo: false, isig: false, opost: false });
    expect(process.gets(5, '/ # ').stdout).toBe('/ # ');
    process.gets(0, '\x03');
    expect(process.written.get(5)).toBe('\x03');
    process.job('w', 200, { StatusCode: 0 }).gets(5, '', true);
    expect(process.exit).toBe(0);
    expect(process.modes).toEqual({ icanon: true, echo: true, isig: true, opost: true });
  });

  it('lets go of the container by the detach keys, without a word', () => {
    const process = new FakeProcess({ engine, tty: [0, 1] }).start('run', '-it', 'alpine');
    process.gets(0, 'ab\x10').gets(0, '\x11');
    expect([process.written.get(5), process.exit, process.stderr]).toEqual(['ab', 0, '']);
    expect(process.modes.icanon).toBe(true);
    const other = new FakeProcess({ engine, tty: [0, 1] }).start('run', '-it', '--detach-keys', 'ctrl-a,x', 'alpine');
    expect(other.gets(0, '\x10\x11\x01x').exit).toBe(0);
    expect(other.written.get(5)).toBe('\x10\x11');
  });

  it('passes signals on; the third request to end is obeyed', () => {
    const process = new FakeProcess({ engine }).start('run', 'alpine', 'sleep', '9');
    expect(process.signals).toMatchObject({ SIGINT: 'catch', SIGTERM: 'catch', SIGHUP: 'catch', SIGWINCH: 'catch' });
    expect(process.signals.SIGCHLD).toBeUndefined();
    process.signal('SIGINT').signal('SIGHUP').signal('SIGTERM');
    expect(process.requests.slice(-3)).toEqual(
      ['INT', 'HUP', 'TERM'].map((s) => `POST /containers/${id}/kill?signal=${s}`),
    );
    expect(process.exit).toBeUndefined();
    process.signal('SIGINT');
    expect([process.stderr, process.exit]).toEqual(['\ngot 3 SIGTERM/SIGINTs, forcefully exiting\n', 1]);
  });

  it('keeps signals to itself with --sig-proxy=false', () => {
    const process = new FakeProcess({ engine }).start('run', '--sig-proxy=false', 'alpine').signal('SIGINT');
    expect([process.requests.at(-1), process.exit]).toEqual([`POST /containers/${id}/start`, undefined]);
  });
});

describe('docker run and its flags', () => {
  const body = (...args: string[]) => {
    const process = new FakeProcess({
      engine,
      env: { GREETING: 'hi' },
      files: { 'my.env': '\ufeffA=1\n# c\n  B=two words \nGREETING\nNONE\n' },
    });
    return process.start('run', '-d', ...args).bodies[0] as { [key: string]: unknown };
  };

  it('make the request', () => {
    expect(
      body('-dit', '-w/srv', '-u', '1000:1000', '-h', 'box', '--entrypoint', 'ls', 'alpine', '-l', '--rm'),
    ).toMatchObject({
      Image: 'alpine',
      Cmd: ['-l', '--rm'],
      Entrypoint: ['ls'],
      WorkingDir: '/srv',
      User: '1000:1000',
      Hostname: 'box',
      Tty: true,
      OpenStdin: true,
      AttachStdin: false,
      AttachStdout: false,
      StdinOnce: false,
    });
    expect(
      body('-m', '64m', '--cpus=1.5', '--pids-limit', '10', '--restart', 'on-failure:3', '--net', 'host', 'a')
        .HostConfig,
    ).toEqual({
      AutoRemove: false,
      ConsoleSize: [0, 0],
      Memory: 67_108_864,
      NanoCpus: 1_500_000_000,
      PidsLimit: 10,
      NetworkMode: 'host',
      RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 },
    });
    expect(body('--env-file', 'my.env', '-eB=three', '--env=C', '-e', 'GREETING', 'a').Env).toEqual([
      'A=1',
      'B=two words ',
      'GREETING=hi',
      'B=three',
      'C',
      'GREETING=hi',
    ]);
    expect(body('-l', 'a=1', '--label=b', '-l', 'a=2', 'a').Labels).toEqual({ a: '2', b: '' });
    expect(body('--entrypoint', '', 'a').Entrypoint).toEqual(['']);
    expect(body('--', 'alpine', 'echo', '--', 'x').Cmd).toEqual(['echo', '--', 'x']);
  });

  it.each([
    [['--pull', 'sometimes', 'a'], 'invalid pull option: \'sometimes\': must be one of "always", "missing" or "never"'],
    [['Alpine'], 'invalid reference format: repository name (library/Alpine) must be lowercase'],
    [['-'], 'invalid reference format'],
    [[''], 'invalid reference format'],
    [['--restart', 'always', '--rm', 'a'], 'conflicting options: cannot specify both --restart and --rm'],
    [['--restart', ':3', 'a'], 'invalid restart policy format: no policy provided before colon'],
    [['--restart', 'on-failure:x', 'a'], 'invalid restart policy format: maximum retry count must be an integer'],
    [['--env-file', 'missing.env', 'a'], 'open missing.env: no such file or directory'],
    [['--env-file', 'x', 'a'], "invalid env file (x): no variable name on line '=x'"],
    [['--env-file', 'y', 'a'], "invalid env file (y): variable 'A B' contains whitespaces"],
    [['--label-file', 'nosuch', 'a'], 'open nosuch: no such file or directory'],
  ])('%j is a mistake that the client finds', (args, message) => {
    const files = { x: '=x\n', y: 'A B=x\n' };
    expect(dockerArgs(['run', ...args], { engine, files })).toEqual({
      stdout: '',
      stderr: `docker: ${message}${hint}`,
      code: 125,
    });
  });
});

describe('docker run and an engine that refuses', () => {
  const refuse =
    (where: string, status: number, message: string): Engine =>
    (request: ApiRequest) =>
      request.path.endsWith(where) ? { status, body: { message } } : engine(request);

  it.each([
    ['/create', 'Conflict. The container name "/bg" is already in use', 125],
    ['/start', 'OCI runtime create failed: exec: "nosuch": executable file not found in $PATH', 127],
    ['/start', 'OCI runtime create failed: exec: "/etc": is a directory: permission denied', 126],
    ['/start', 'unable to find user nosuchuser: no matching entries in passwd file', 125],
  ])('%s: %s', (where, message, code) => {
    const result = docker('run alpine', { engine: refuse(where, 400, message) });
    expect(result).toEqual({ stdout: '', stderr: `docker: Error response from daemon: ${message}${hint}`, code });
  });

  it('has printed the id when starting in the background fails', () => {
    const result = docker('run -d alpine', { engine: refuse('/start', 500, 'port is already allocated') });
    expect([result.stdout, result.code]).toEqual([`${id}\n`, 125]);
  });

  it('restores the terminal', () => {
    const process = new FakeProcess({ engine: refuse('/start', 400, 'no'), tty: [0, 1] }).start('run', '-it', 'alpine');
    expect([process.exit, process.modes.icanon, process.closed]).toEqual([125, true, [5]]);
  });

  it('asks for an image that is missing, and tries again', () => {
    let pulled = false;
    const process = new FakeProcess({
      engine(request) {
        if (request.path === '/images/create') return { status: 200, body: null, fd: 7 };
        if (request.path === '/containers/create' && !pulled)
          return { status: 404, body: { message: 'No such image: alpine:3' } };
        return engine(request);
      },
    }).start('run', '-d', 'alpine:3');
    expect(process.stderr).toBe("Unable to find image 'alpine:3' locally\n");
    expect(process.requests.at(-1)).toBe('POST /images/create?fromImage=docker.io%2Flibrary%2Falpine&tag=3');
    expect(process.wait).toEqual({ readable: [7] });
    process.gets(7, '{"status":"Pulling from library/alpine","id":"3"}\n{"status":"Pul');
    process.gets(7, 'l complete","progressDetail":{},"id":"a"}\n');
    expect(process.stderr).toContain('\n3: Pulling from library/alpine\na: Pull complete\n');
    pulled = true;
    expect(process.gets(7, '', true).exit).toBe(0);
    expect(process.stdout).toBe(`${id}\n`);
  });

  it('says what went wrong while the image was on its way', () => {
    const process = new FakeProcess({
      engine({ path }) {
        return path === '/images/create' ? { fd: 7 } : { status: 404, body: { message: 'No such image: a:latest' } };
      },
    }).start('run', 'a');
    expect(process.gets(7, '{"errorDetail":{"message":"no space"},"error":"no space"}\n', true).exit).toBe(125);
    expect(process.stderr).toMatch(/\ndocker: no space\n\nRun 'docker run --help'/);
  });

  it('does not ask with --pull never', () => {
    const result = docker('run --pull never alpine:3.22', {
      engine: refuse('/create', 404, 'No such image: alpine:3.22'),
    });
    expect(result.stderr).toBe(`docker: Error response from daemon: No such image: alpine:3.22${hint}`);
  });

  it('is told when the engine cannot be reached', () => {
    const nowhere = 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?';
    expect(docker('run alpine', { engine: () => ({ errno: 'ECONNREFUSED' }) })).toEqual({
      stdout: '',
      stderr: `docker: ${nowhere}${hint}`,
      code: 125,
    });
    expect(docker('rm a b', { engine: () => ({ errno: 'ENOENT' }) })).toEqual({
      stdout: '',
      stderr: `${nowhere}\n${nowhere}\n`,
      code: 1,
    });
    expect(docker('ps -a', { engine: () => ({ errno: 'EACCES' }) }).stderr).toBe(
      'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: Get ' +
        '"http://%2Fvar%2Frun%2Fdocker.sock/v1.51/containers/json?all=1": dial unix /var/run/docker.sock: connect: permission denied\n',
    );
  });
});

it('create prints the id and starts nothing', () => {
  const process = new FakeProcess({ engine }).start('create', '-it', '--name', 'job', 'alpine', 'sh');
  expect([process.stdout, process.exit, process.requests]).toEqual([
    `${id}\n`,
    0,
    ['POST /containers/create?name=job'],
  ]);
  const refused: Engine = () => ({ status: 400, body: { message: 'no' } });
  expect(docker('create alpine', { engine: refused })).toEqual({
    stdout: '',
    stderr: 'Error response from daemon: no\n',
    code: 1,
  });
});
