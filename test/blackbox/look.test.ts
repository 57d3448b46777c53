// drydock's own views, and scripts that play: explain, layers, scenario play, tour.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from './built.ts';
import { Drydock, ready, temporaryFolder } from './command.ts';

beforeAll(ensureBuilt);

describe('drydock explain', () => {
  it('says what a command would do and changes nothing', async () => {
    const drydock = await ready();
    const before = await drydock.run('ps', '-a');
    const told = await drydock.run('explain', '--', 'docker', 'run', '-d', '--name', 'web', 'alpine', 'sleep', '60');
    expect(told).toMatchObject({ status: 0, stderr: '' });
    expect(told.stdout).toMatch(/POST \/containers\/create → 201/);
    expect(told.stdout).toContain('It would end with status 0.');
    expect(await drydock.run('ps', '-a')).toEqual(before);
  });

  it('of a command that goes on says so; of one that fails says why', async () => {
    const drydock = await ready();
    const open = await drydock.run('explain', '--', 'docker', 'run', '-it', 'alpine', 'sh');
    expect(open.stdout).toContain('It would go on from here');
    const failing = await drydock.run('--lang', 'ko', 'explain', 'docker', 'rm', 'nobody');
    expect(failing.stdout).toMatch(/종료 상태는 1이 될 거예요/);
    expect((await drydock.run('explain')).status).toBe(2);
  });
});

describe("mistakes in drydock's own commands", () => {
  it.each([
    [['scenario', 'check'], /needs NAME/, /필요해요/],
    [['layers', 'a', 'b'], /too many arguments/, /인자가 너무 많아요/],
    [['session', 'frob'], /unknown command: drydock session frob/, /그런 명령은 없어요/],
  ])('%j is told in the language chosen', async (words, english, korean) => {
    const drydock = new Drydock();
    for (const [lang, text] of [
      ['en', english],
      ['ko', korean],
    ] as const) {
      const refused = await drydock.run('--lang', lang, ...words);
      expect(refused).toMatchObject({ status: 2, stdout: '' });
      expect(refused.stderr).toMatch(text);
    }
  });
});

describe('drydock layers', () => {
  it('shows an image as a stack, in both languages', async () => {
    const drydock = await ready();
    expect((await drydock.run('layers', 'alpine')).stdout).toMatch(/^alpine:latest: 1 layer/);
    expect((await drydock.run('--lang=ko', '--plain', 'layers', 'alpine')).stdout).toMatch(/레이어 1개/);
    expect(await drydock.run('layers', 'nothing-like-it')).toMatchObject({ status: 1, stdout: '' });
  });
});

describe('drydock net, processes and disk', () => {
  it('draw the machine in both languages and change nothing', async () => {
    const drydock = await ready();
    await drydock.run('run', '-d', '--name', 'web', '-p', '8080:80', 'alpine', 'sleep', '600');
    const net = await drydock.run('net');
    expect(net).toMatchObject({ status: 0, stderr: '' });
    expect(net.stdout).toMatch(/docker0 {2}172\.17\.0\.1\/16: network bridge[\s\S]*web {2}172\.17\.0\.2/);
    expect((await drydock.run('--lang=ko', 'net')).stdout).toContain('게시한 포트');
    expect((await drydock.run('processes')).stdout).toMatch(/sleep 600 \[web: PID 1 inside\]/);
    expect((await drydock.run('--plain', '--lang=ko', 'disk')).stdout).toMatch(/alpine:latest/);
    expect((await drydock.run('net', 'extra')).status).toBe(2);
  });
});

describe('drydock scenario play', () => {
  it('plays a script on a machine of its own and leaves the other one alone', async () => {
    const drydock = new Drydock();
    const script = join(temporaryFolder(), 'lesson.txt');
    writeFileSync(script, '#en Hello\n#ko 안녕\ndocker pull -q alpine\ndocker run --rm alpine echo hi | tr a-z A-Z\n');
    const played = await drydock.run('scenario', 'play', script);
    expect(played.status).toBe(0);
    expect(played.stdout).toBe(
      '\n# Hello\n$ docker pull -q alpine\ndocker.io/library/alpine:latest\n$ docker run --rm alpine echo hi | tr a-z A-Z\nHI\n',
    );
    expect((await drydock.run('images', '-q')).stdout).toBe('');
    expect((await drydock.run('--lang=ko', 'scenario', 'play', script)).stdout).toContain('# 안녕\n');
  });

  it('refuses what is not there and what is not a script', async () => {
    const drydock = new Drydock();
    const binary = join(temporaryFolder(), 'binary.txt');
    writeFileSync(binary, 'echo \x1b]0;x\x07\n');
    for (const file of ['/nowhere', binary, '/']) {
      const refused = await drydock.run('scenario', 'play', file);
      expect(refused).toMatchObject({ status: 1, stdout: '' });
      expect(refused.stderr).not.toContain('\x1b');
    }
    expect(await drydock.run('scenario', 'play')).toMatchObject({ status: 2 });
  });

  it.each(['en', 'ko'])('the scripts that come with drydock play to their end (%s)', async (lang) => {
    const drydock = new Drydock();
    for (const words of [['tour'], ['scenario', 'play', 'image-and-container']]) {
      const played = await drydock.run('--lang', lang, ...words);
      expect(played.status).toBe(0);
      expect(`${played.stdout}${played.stderr}`).not.toMatch(/not simulated|not found|a fault in drydock/);
    }
  });
});
