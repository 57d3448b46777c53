// Pipes, options, environment, and words that make no sense.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bin, ensureBuilt } from './built.ts';
import { Drydock, type Ended, ended, ready, temporaryFolder, testEnv } from './command.ts';

beforeAll(ensureBuilt);

function expectNoTrace({ status, signal, stdout, stderr }: Ended): void {
  expect(signal).toBe(null);
  expect(status).not.toBe(null);
  expect(`${stdout}${stderr}`).not.toMatch(/\n\s+at .*:\d+|node:internal|a fault in drydock/);
}

describe('pipes', () => {
  it('input goes in, output comes out, status and streams are kept apart', async () => {
    const drydock = await ready();
    const script = 'tr a-z A-Z; echo problem >&2; exit 3';
    expect(
      await drydock.with({ input: 'abc 한글\n' }, 'run', '-i', '--rm', 'alpine', 'sh', '-c', script),
    ).toMatchObject({
      status: 3,
      stdout: 'ABC 한글\n',
      stderr: 'problem\n',
    });
  });

  it('bytes go through unharmed, many of them', async () => {
    const drydock = await ready();
    const line =
      'head -c 3000000 /dev/urandom > "$DRYDOCK_HOME.in"; drydock run -i --rm alpine cat < "$DRYDOCK_HOME.in" | cmp - "$DRYDOCK_HOME.in"';
    expect(await drydock.line(line)).toMatchObject({ status: 0, stdout: '', stderr: '' });
  });

  it('a reader that goes away ends the command', async () => {
    const drydock = await ready();
    const cut = await drydock.line('drydock run --rm alpine yes | head -2');
    expect(cut).toMatchObject({ status: 0, stdout: 'y\ny\n' });
    expect((await drydock.run('ps')).status).toBe(0);
    for (const line of [
      'drydock ps >&-',
      'drydock ps --help >&-',
      'drydock run --rm alpine echo hi >&-',
      'drydock ps 2>&-',
      'drydock ps <&-',
    ]) {
      expectNoTrace(await drydock.line(line));
    }
    expectNoTrace(await drydock.line('drydock --help | head -1'));
    expectNoTrace(await drydock.line('DRYDOCK_EXPLAIN=full drydock run --rm alpine echo hi 2>&1 | head -1'));
  });

  it('a terminal cannot be had from a pipe', async () => {
    const refused = await new Drydock().run('run', '-it', 'alpine', 'sh');
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain('the input device is not a TTY');
  });
});

describe('options and environment', () => {
  it('explanations stand on stderr and can be turned off', async () => {
    const drydock = await ready();
    const brief = await drydock.with({ env: { DRYDOCK_EXPLAIN: 'brief' } }, 'run', '--rm', 'alpine', 'echo', 'hi');
    expect(brief.stdout).toBe('hi\n');
    expect(brief.stderr).toMatch(/pivot_root/);
    expect(brief.stderr).not.toMatch(/\x1b/);
    expect(brief.stderr.trim().split('\n').length).toBeLessThanOrEqual(10);
    const full = await drydock.run('--explain', 'full', 'run', '--rm', 'alpine', 'echo', 'hi');
    expect(full.stderr.length).toBeGreaterThan(brief.stderr.length);
    const off = await drydock.with(
      { env: { DRYDOCK_EXPLAIN: 'brief' } },
      '--explain=off',
      'run',
      '--rm',
      'alpine',
      'echo',
      'hi',
    );
    expect(off).toMatchObject({ status: 0, stdout: 'hi\n', stderr: '' });
  });

  it('speaks Korean, and plain', async () => {
    const drydock = await ready();
    const brief = { DRYDOCK_EXPLAIN: 'brief' };
    const korean = await drydock.with({ env: brief }, '--lang', 'ko', 'run', '--rm', 'alpine', 'echo', 'hi');
    expect(korean.stderr).toMatch(/[가-힣]/);
    const variable = await drydock.with(
      { env: { ...brief, DRYDOCK_LANG: 'ko' } },
      'run',
      '--rm',
      'alpine',
      'echo',
      'hi',
    );
    expect(variable.stderr).toMatch(/[가-힣]/);
    const plain = await drydock.with({ env: brief }, '--plain', 'run', '--rm', 'alpine', 'echo', 'hi');
    expect(plain.stderr).not.toMatch(/[^\x00-\x7f]/);
    expect((await drydock.run('--lang', 'ko', 'undo')).stderr).toMatch(/[가-힣]/);
  });

  it('refuses levels and languages that it does not know', async () => {
    const drydock = await ready();
    expect(await drydock.run('--lang', 'xx', 'ps')).toMatchObject({
      status: 2,
      stdout: '',
      stderr: 'drydock: unknown language "xx": en or ko\n',
    });
    expect(await drydock.run('--explain', 'some', 'ps')).toMatchObject({ status: 2, stdout: '' });
    expectNoTrace(await drydock.run('--explain'));
  });

  it('an empty DRYDOCK_HOME is none', async () => {
    const folder = temporaryFolder();
    const env = { DRYDOCK_HOME: '', XDG_DATA_HOME: folder };
    expect((await new Drydock().with({ env }, 'create', '--name', 'box', 'alpine')).status).toBe(0);
    expect(await new Drydock(join(folder, 'drydock')).out('ps', '-a', '--format', '{{.Names}}')).toBe('box');
  });

  it('a terminal that nobody knows is no trouble', async () => {
    expect(await new Drydock().with({ env: { TERM: 'nosuchterm' } }, 'ps', '-q')).toMatchObject({
      status: 0,
      stderr: '',
    });
    expect(await new Drydock().with({ env: { TERM: undefined } }, 'ps', '-q')).toMatchObject({ status: 0, stderr: '' });
  });
});

describe('words that make no sense', () => {
  it.each([
    [['frobnicate'], 1, /^docker: unknown command: docker frobnicate\n/],
    [['container', 'strat', 'web'], 1, /^docker: unknown command: docker container strat\n/],
    [['--bogus', 'ps'], 125, /^unknown flag: --bogus\n/],
    [['ps', '-Z'], 125, /^unknown shorthand flag: 'Z' in -Z\n/],
    [['run', '--rm', '--nmae', 'web', 'alpine'], 125, /^unknown flag: --nmae\n/],
    [['run'], 1, /^docker: 'docker run' requires at least 1 argument\n/],
    [['logs', 'nobody'], 1, /^Error response from daemon: No such container: nobody\n/],
    [['run', 'no such image'], 125, /^docker: invalid reference format/],
    [['run', 'alpine', 'nosuchprogram'], 127, /executable file not found in \$PATH/],
    [
      ['run', '--memory', 'lots', 'alpine'],
      125,
      /^invalid argument "lots" for "-m, --memory" flag: invalid size: 'lots'\n/,
    ],
    [[''], 1, /^docker: unknown command: docker /],
    [['undo', 'what'], 2, /./],
    [['session', 'frob'], 2, /./],
    [['session', 'use'], 2, /./],
    [['shell', '--bogus'], 2, /./],
    [['scenario'], 2, /^Usage: drydock scenario [\s\S]*(?<!\(outputHelp\)\n)$/],
  ])('%j', async (args, status, message) => {
    const answer = await (await ready()).run(...args);
    expectNoTrace(answer);
    expect(answer.stderr).toMatch(message);
    expect(answer).toMatchObject({ status, stdout: '' });
  });

  it('that are no text, or very long', async () => {
    const drydock = await ready();
    expectNoTrace(await drydock.line(`drydock "$(printf '\\377\\376\\001')"`));
    expectNoTrace(await drydock.line(`drydock run --rm alpine echo "$(printf '\\377\\376\\001')"`));
    expectNoTrace(await drydock.run('run', '--name', '한글', 'alpine'));
    const long = 'x'.repeat(100_000);
    expect(await drydock.run('run', '--rm', 'alpine', 'echo', long)).toMatchObject({ status: 0, stdout: `${long}\n` });
    expectNoTrace(await drydock.run('run', '--name', long, 'alpine'));
    expectNoTrace(await drydock.run(long));
    expectNoTrace(await drydock.run('run', '--rm', ...Array.from({ length: 5000 }, () => '-e'), 'alpine'));
    expect((await drydock.run('ps')).status).toBe(0);
  });

  it('a folder that is gone is no trouble', async () => {
    const drydock = await ready();
    const lost = spawn(
      'sh',
      ['-c', `mkdir lost && cd lost && rmdir ../lost && exec '${process.execPath}' '${bin}' ps -q`],
      {
        cwd: temporaryFolder(),
        env: testEnv(drydock.home),
      },
    );
    const answer = await ended(lost);
    expectNoTrace(answer);
  });
});
