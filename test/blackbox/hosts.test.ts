// Several computers with the built command: a deployment, Docker Desktop, an installation, undo across computers.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ensureBuilt } from './built.ts';
import { Drydock } from './command.ts';

beforeAll(ensureBuilt, 180_000);

function project(version: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-app-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'Dockerfile'), `FROM alpine\nCMD echo ${version}\n`);
  return folder;
}

describe('several computers', () => {
  it('carry a release from the laptop to the server, and back to the one before', async () => {
    const dock = new Drydock();
    const ok = async (...words: string[]): Promise<string> => {
      const ended = await dock.run(...words);
      expect(ended).toMatchObject({ status: 0 });
      return ended.stdout;
    };
    await ok('host', 'new', 'server');
    await ok('registry', 'serve', '0.0.0.0:5000');
    const publish = async (version: string) => {
      await ok('build', '-q', '-t', 'localhost:5000/app', project(version));
      return /digest: (\S+)/.exec(await ok('push', 'localhost:5000/app'))?.[1] ?? '';
    };
    const first = await publish('one');
    const refused = await dock.run('-H', 'ssh://server', 'pull', 'drydock:5000/app');
    expect(refused.stderr).toContain('http: server gave HTTP response to HTTPS client');
    const line =
      'echo \'{"insecure-registries": ["drydock:5000"]}\' | ssh server sudo tee /etc/docker/daemon.json; ssh server sudo systemctl restart docker';
    await ok('shell', '-c', line);
    await ok('context', 'create', 'server', '--docker', 'host=ssh://server');
    await ok('-c', 'server', 'pull', 'drydock:5000/app');
    expect(await ok('-c', 'server', 'run', '--rm', 'drydock:5000/app')).toBe('one\n');
    await publish('two');
    await ok('-c', 'server', 'pull', 'drydock:5000/app');
    expect(await ok('-c', 'server', 'run', '--rm', 'drydock:5000/app')).toBe('two\n');
    expect(await ok('-c', 'server', 'run', '--rm', `drydock:5000/app@${first}`)).toBe('one\n');
  }, 120_000);

  it('are undone together', async () => {
    const dock = new Drydock();
    await dock.run('host', 'new', 'server');
    await dock.run('-H', 'ssh://server', 'run', '-d', '--name', 'web', 'nginx');
    await dock.run('host', 'use', 'server');
    expect((await dock.run('ps', '--format', '{{.Names}}')).stdout).toBe('web\n');
    await dock.run('undo'); // host use
    await dock.run('undo'); // run
    expect((await dock.run('-H', 'ssh://server', 'ps', '-aq')).stdout).toBe('');
    await dock.run('undo'); // host new
    expect((await dock.run('-H', 'ssh://server', 'ps')).stderr).toContain('Could not resolve hostname server');
    await dock.run('redo');
    await dock.run('redo');
    expect((await dock.run('-H', 'ssh://server', 'ps', '--format', '{{.Names}}')).stdout).toBe('web\n');
  }, 60_000);

  it('are listed, in both languages, and named in refusals', async () => {
    const dock = new Drydock();
    await dock.run('host', 'new', 'mac', '--kind', 'mac');
    await dock.run('host', 'use', 'mac');
    const list = await dock.run('host', 'list');
    expect(list.stdout).toMatch(/^ {2}NAME +KIND +ADDRESS/);
    expect(list.stdout).toMatch(/^\* mac +mac +10\.0\.2\.16 +Darwin 24\.6\.0 +8 +16384 MiB +Docker Desktop$/m);
    expect(list.stdout).not.toContain('mac/vm');
    expect((await dock.run('--lang', 'ko', 'host', 'list')).stdout).toMatch(/^ {2}이름 +종류 +주소/);
    const said = await dock.run('host', 'rm', 'mac');
    expect(said).toMatchObject({ status: 1, stderr: expect.stringContaining('drydock host use drydock first') });
    expect((await dock.run('--lang', 'ko', 'host', 'use', 'x')).stderr).toContain('x 컴퓨터가 없어요');
    const explained = await dock.with({ env: { DRYDOCK_EXPLAIN: 'brief' } }, 'ps');
    expect(explained.stderr).toContain('com.docker.backend → Linux VM');
    expect((await dock.run('net')).stdout).toContain('docker0');
  }, 60_000);

  it('get Docker by its script', async () => {
    const dock = new Drydock();
    await dock.run('host', 'new', 'fresh', '--bare');
    await dock.run('host', 'use', 'fresh');
    expect(await dock.run('ps')).toMatchObject({ status: 127 });
    expect((await dock.run('disk')).stderr).toContain('Docker is not installed on fresh');
    const line =
      'curl -fsSL https://get.docker.com -o get-docker.sh && sudo sh get-docker.sh && sudo usermod -aG docker $USER; docker ps';
    const installed = await dock.run('shell', '-c', line);
    expect(installed.stdout).toContain('# Executing docker install script');
    expect(installed.stderr).toContain('permission denied while trying to connect to the Docker daemon socket');
    expect(await dock.run('run', '--rm', 'alpine', 'echo', 'hi')).toMatchObject({ status: 0, stdout: 'hi\n' });
  }, 60_000);
});
