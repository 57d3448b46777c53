import { describe, expect, it } from 'vitest';
import { dockerArgs, type Engine, FakeProcess } from '../fake-sys.ts';

const now = Date.UTC(2026, 10, 22, 10, 19, 21) * 1000;
const container = (name: string, over = {}) => ({
  Id: `${name.padEnd(4, '0')}${'d'.repeat(60)}`,
  Names: [`/${name}`],
  Image: 'alpine',
  ImageID: `sha256:${'e'.repeat(64)}`,
  Command: 'sleep 500',
  Created: now / 1e6 - 1,
  Ports: [],
  Labels: {},
  State: 'running',
  Status: 'Up Less than a second',
  HostConfig: { NetworkMode: 'bridge' },
  NetworkSettings: { Networks: { bridge: { IPAddress: '172.17.0.2' } } },
  Mounts: [],
  ...over,
});
const ports = ['0.0.0.0', '::'].map((IP) => ({ IP, PrivatePort: 80, PublicPort: 8081, Type: 'tcp' }));
const containers = [
  container('ui', {
    Command: "sh -c 'echo a long command line; sleep 500'",
    Ports: ports,
    Labels: { tier: 'front', lang: '<js>' },
  }),
  container('api'),
];
const engine: Engine = ({ path }) => (path === '/containers/json' ? { body: containers } : undefined);
const ps = (...args: string[]) => dockerArgs(['ps', ...args], { engine, now });

describe('docker ps', () => {
  it('prints a table', () => {
    expect(ps().stdout).toBe(
      [
        'CONTAINER ID   IMAGE     COMMAND                  CREATED        STATUS                  PORTS                                     NAMES',
        'ui00dddddddd   alpine    "sh -c \'echo a long …"   1 second ago   Up Less than a second   0.0.0.0:8081->80/tcp, [::]:8081->80/tcp   ui',
        'api0dddddddd   alpine    "sleep 500"              1 second ago   Up Less than a second                                             api',
        '',
      ].join('\n'),
    );
    expect(dockerArgs(['ps'], { engine: () => ({ body: [] }) }).stdout).toBe(
      'CONTAINER ID   IMAGE     COMMAND   CREATED   STATUS    PORTS     NAMES\n',
    );
  });

  it.each([
    [['-q'], 'ui00dddddddd\napi0dddddddd\n'],
    [['--format', '{{.Names}} {{.Label "lang"}} {{.Networks}}'], 'ui <js> bridge\napi  bridge\n'],
    [
      ['--format', 'table {{.Names}}\\t{{.Label "some.long-name"}}\\t{{upper .Names}}'],
      'NAMES     long name   NAMES\nui                    UI\napi                   API\n',
    ],
    [['--format', 'table {{.Names}} {{.Image}}'], 'NAMES IMAGE\nui alpine\napi alpine\n'],
    [['--format', 'x\\t{{.ID}}\\n'], 'x\tui00dddddddd\n\nx\tapi0dddddddd\n\n'],
    [
      ['--format', '{{.LocalVolumes}} {{.Mounts}} {{.Platform}} {{.CreatedAt}} {{.State}}'],
      '0  <nil> 2026-11-22 10:19:20 +0000 UTC running\n'.repeat(2),
    ],
  ])('%j', (args, stdout) => {
    expect(ps(...args)).toEqual({ stdout, stderr: '', code: 0 });
  });

  it('prints JSON with the characters escaped that json.Marshal escapes', () => {
    expect(ps('--format', 'json').stdout.split('\n')[0]).toBe(
      '{"Command":"\\"sh -c \'echo a long …\\"","CreatedAt":"2026-11-22 10:19:20 +0000 UTC","ID":"ui00dddddddd","Image":"alpine",' +
        '"Labels":"lang=\\u003cjs\\u003e,tier=front","LocalVolumes":"0","Mounts":"","Names":"ui","Networks":"bridge","Platform":null,' +
        '"Ports":"0.0.0.0:8081-\\u003e80/tcp, [::]:8081-\\u003e80/tcp","RunningFor":"1 second ago","Size":"0B","State":"running",' +
        '"Status":"Up Less than a second"}',
    );
    expect(ps('--format', '{{json .Names}}').stdout).toBe('"ui"\n"api"\n');
  });

  it.each([
    [
      '{{.Nope}}',
      `failed to execute template: template: :1:2: executing "" at <.Nope>: can't evaluate field Nope in type *formatter.ContainerContext\n`,
    ],
    [
      'table {{.Nope}}',
      `failed to execute template: template: :1:8: executing "" at <.Nope>: can't evaluate field Nope in type *formatter.ContainerContext\n`,
    ],
    [
      '{{.Names.x}}',
      `failed to execute template: template: :1:8: executing "" at <.Names.x>: can't evaluate field x in type string\n`,
    ],
    [
      '{{.Label}}',
      'failed to execute template: template: :1:2: executing "" at <.Label>: wrong number of args for Label: want 1 got 0\n',
    ],
    ['{{.Label 3}}', 'failed to execute template: template: :1:9: executing "" at <3>: expected string; found 3\n'],
    [
      '{{range .Names}}x{{end}}',
      `failed to execute template: template: :1:8: executing "" at <.Names>: range can't iterate over \n`,
    ],
    ['{{.Names', 'failed to parse template: template: :1: unclosed action\n'],
  ])('--format %s', (format, stderr) => {
    expect(ps('--format', format)).toEqual({ stdout: '', stderr, code: 1 });
  });

  it('ignores a format beside --quiet', () => {
    expect(ps('-q', '--format', 'json')).toEqual({
      stdout: 'ui00dddddddd\napi0dddddddd\n',
      stderr: 'WARNING: Ignoring custom format, because both --format and --quiet are set.\n',
      code: 0,
    });
  });

  it.each([
    [['-a', '-f', 'status=exited', '-f', ' Name = d '], 'all=1&filters={"status":{"exited":true},"name":{"d":true}}'],
    [['-l'], 'limit=1'],
    [['-aqn2'], 'all=1&limit=2'],
    [['-l', '-n', '3'], 'limit=3'],
    [['-f', ''], ''],
    [['-s'], 'size=1'],
    [['--format', '{{.Size}}'], 'size=1'],
    [['--format', '{{.Size}}', '--size=false'], ''],
    [['--format', '{{.Names}}'], ''],
  ])('%j asks for %s', (args, query) => {
    const { requests } = new FakeProcess({ engine, now }).start('ps', ...args);
    expect(decodeURIComponent(requests[0] ?? '')).toBe(`GET /containers/json${query && `?${query}`}`);
  });

  it('shows sizes when they were asked for', () => {
    const sized: Engine = () => ({ body: [container('a', { SizeRw: 2_000_000, SizeRootFs: 7_830_000 })] });
    expect(dockerArgs(['ps', '--format', '{{.Size}}'], { engine: sized, now }).stdout).toBe('2MB (virtual 7.83MB)\n');
  });
});

describe('docker inspect', () => {
  const found = { Id: 'abc', Name: '/svc', State: { Status: 'running' }, Config: { Cmd: ['a', '<b>'] } };
  const one: Engine = ({ path }) => {
    if (path === '/containers/svc/json') return { body: found };
    if (path === '/images/alpine/json')
      return { body: { Id: 'sha256:1', RepoTags: ['alpine:latest'], Size: 12_345_678 } };
    return { status: 404, body: { message: `No such ${path.split('/')[1]?.slice(0, -1)}: ${path.split('/')[2]}` } };
  };
  const inspect = (...args: string[]) => dockerArgs(['inspect', ...args], { engine: one });

  it('prints what the engine knows, in its order', () => {
    const text = JSON.stringify([found], null, 4);
    expect(inspect('svc')).toEqual({ stdout: `${text}\n`, stderr: '', code: 0 });
    expect(inspect('-f', 'json', 'svc', 'svc').stdout).toBe(`${JSON.stringify([found, found])}\n`);
    expect(inspect('svc', 'nosuch')).toEqual({
      stdout: `${text}\n`,
      stderr: 'Error: No such object: nosuch\n',
      code: 1,
    });
  });

  it.each([
    [['nosuch'], '[]\n', 'Error: No such object: nosuch\n', 1],
    [['-f', '{{.Name}}', 'svc', 'nosuch'], '/svc\n', 'Error: No such object: nosuch\n', 1],
    [['-f', '{{.Name}}', 'nosuch'], '\n', 'Error: No such object: nosuch\n', 1],
    [['-f', '{{.RepoTags}} {{.Size}}', 'alpine'], '[alpine:latest] 12345678\n', '', 0],
    [['--type', 'image', 'svc'], '[]\n', 'Error response from daemon: No such image: svc\n', 1],
    [['--type', 'container', 'alpine'], '[]\n', 'Error response from daemon: No such container: alpine\n', 1],
    [['-s', '-f', '{{.Id}}', 'alpine'], 'sha256:1\n', 'WARNING: --size ignored for image\n', 0],
    [['-f', '{{.Id', 'svc'], '', 'template parsing error: template: :1: unclosed action\n', 64],
    [
      ['--type', 'bogus', 'svc'],
      '',
      'unknown type: "bogus": must be one of "config", "container", "image", "network", "node", "plugin", "secret", "service", "task", "volume"\n',
      1,
    ],
    [[''], '[]\n', 'invalid container name or ID: value is empty\n', 1],
  ])('%j', (args, stdout, stderr, code) => {
    expect(inspect(...args)).toEqual({ stdout, stderr, code });
  });

  it("container inspect has the engine's words", () => {
    expect(dockerArgs(['container', 'inspect', 'nosuch'], { engine: one })).toEqual({
      stdout: '[]\n',
      stderr: 'Error response from daemon: No such container: nosuch\n',
      code: 1,
    });
  });
});

it('docker top prints in columns', () => {
  const engineTop: Engine = () => ({ body: { Titles: ['PID', 'COMMAND'], Processes: [['7846', 'sleep 3000']] } });
  const process = new FakeProcess({ engine: engineTop }).start('top', 'box', '-o', 'pid,args');
  expect(process.stdout).toBe('PID                 COMMAND\n7846                sleep 3000\n');
  expect(process.requests).toEqual(['GET /containers/box/top?ps_args=-o+pid%2Cargs']);
});
