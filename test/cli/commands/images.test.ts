import { describe, expect, it } from 'vitest';
import { dockerArgs, type Engine } from '../fake-sys.ts';

const now = Date.UTC(2026, 10, 22, 10, 19, 21) * 1000;
const id = `sha256:${'92532a2a8675'.padEnd(64, '0')}`;
const digest = `sha256:${'ab'.repeat(32)}`;
const image = {
  Id: id,
  RepoTags: ['alpine:latest', 'team/tools:1.0'],
  RepoDigests: [`alpine@${digest}`, `other@${digest}`],
  Created: now / 1e6 - 39 * 60,
  Size: 1_984_295,
  SharedSize: -1,
  Containers: 1,
  Labels: null,
};
const rows = [
  { Id: id, Created: image.Created, CreatedBy: 'CMD ["redis-server"\t"--protected-mode" "no" "and more"]', Size: 0 },
  { Id: '<missing>', Created: image.Created, CreatedBy: '', Size: 130_000_000 },
].map((row) => ({ Tags: null, Comment: 'x', ...row }));
const engine: Engine = ({ method, path }) => {
  if (path === '/images/json') return { body: [image] };
  if (path.endsWith('/history')) return { body: rows };
  if (method === 'DELETE' && path !== '/images/nosuch') return { body: [{ Untagged: 'a:1' }, { Deleted: id }] };
  if (path.endsWith('/tag')) return { status: 201 };
  return { status: 404, body: { message: 'No such image: nosuch:latest' } };
};
const docker = (...args: string[]) => dockerArgs(args, { engine, now });

describe('docker images', () => {
  it('prints a row for each name', () => {
    expect(docker('images').stdout).toBe(
      [
        'REPOSITORY   TAG       IMAGE ID       CREATED          SIZE',
        'alpine       latest    92532a2a8675   39 minutes ago   1.98MB',
        'team/tools   1.0       92532a2a8675   39 minutes ago   1.98MB',
        'other        <none>    92532a2a8675   39 minutes ago   1.98MB',
        '',
      ].join('\n'),
    );
  });

  it.each([
    [['-q'], '92532a2a8675\n'.repeat(3)],
    [['--digests', '--format', '{{.Tag}} {{.Digest}}'], `latest ${digest}\n1.0 <none>\n<none> ${digest}\n`],
    [['--format', '{{.Containers}} {{.VirtualSize}} {{.SharedSize}}'], '1 1.984MB N/A\n'.repeat(3)],
    [['--digests', '--format', 'table {{.ID}}'], /^IMAGE ID {7}DIGEST\n/],
    [['--format', 'raw'], /^repository: alpine\ntag: latest\nimage_id: 92532a2a8675\ncreated_at: 2026-11-22 09:40:21 /],
    [
      ['--format', 'json'],
      /^{"Containers":"1","CreatedAt":"2026-11-22 09:40:21 \+0000 UTC","CreatedSince":"39 minutes/,
    ],
  ])('%j', (args, expected) => {
    const { stdout } = docker('images', ...args);
    if (typeof expected === 'string') expect(stdout).toBe(expected);
    else expect(stdout).toMatch(expected);
  });

  it.each([
    ['{{', 'template parsing error: template: :1: unclosed action\n'],
    ['{{.Bogus}}', /template parsing error: .* can't evaluate field Bogus in type \*formatter\.imageContext\n$/],
  ])('tells what is wrong with %s', (format, expected) => {
    expect(docker('images', '--format', format).stderr).toMatch(expected);
  });
});

it('docker history cuts commands and shows exact sizes on demand', () => {
  expect(docker('history', 'a').stdout.split('\n').slice(0, 2)).toEqual([
    'IMAGE          CREATED          CREATED BY                                      SIZE      COMMENT',
    '92532a2a8675   39 minutes ago   CMD ["redis-server" "--protected-mode" "no" …   0B        x',
  ]);
  expect(docker('history', '-H=false', '-q', 'a').stdout).toBe('92532a2a8675\n<missing>\n');
  expect(docker('history', '-H=false', '--format', '{{.Size}} {{.CreatedAt}}', 'a').stdout).toContain(
    '130000000 2026-11-22T09:40:21Z\n',
  );
});

it('docker rmi goes on after a failure', () => {
  const outcome = docker('rmi', 'nosuch', 'a:1');
  expect(outcome).toMatchObject({ code: 1, stdout: `Untagged: a:1\nDeleted: ${id}\n` });
  expect(outcome.stderr).toBe('Error response from daemon: No such image: nosuch:latest\n');
  expect(docker('rmi', '-f', 'nosuch').code).toBe(0);
});

it.each([
  [
    ['alpine', 'Bad:x'],
    /^Error parsing reference: "Bad:x" is not a valid repository\/tag: invalid reference format: rep/,
  ],
  [['', 'x'], /^Error parsing reference: "" is not a valid repository\/tag: invalid reference format\n/],
  [['alpine', `alpine@${digest}`], /^refusing to create a tag with a digest reference\n/],
])('docker tag %j is refused', (args, expected) => {
  expect(docker('tag', ...args).stderr).toMatch(expected);
});

it.each([['version'], ['info']])('docker %s tells of the client where no engine is', (verb) => {
  const outcome = dockerArgs(['-H', 'unix:///nosuch', verb], { engine, now });
  expect(outcome.code).toBe(1);
  expect(outcome.stdout).toMatch(/^Client: Docker Engine - Community\n Version: +28\.5\.2\n/);
  expect(outcome.stderr).toBe('Cannot connect to the Docker daemon at unix:///nosuch. Is the docker daemon running?\n');
});
