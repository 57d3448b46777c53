// Scenarios as people use them: through pipes, by one-shot commands, and at a real terminal.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from './built.ts';
import { Drydock, temporaryFolder } from './command.ts';
import { hasTmux, Terminal } from './terminal.ts';

beforeAll(ensureBuilt, 120_000);

describe('drydock scenario', () => {
  it('lists what there is, in the order of the course and in both languages', async () => {
    const drydock = new Drydock();
    const english = await drydock.out('scenario', 'list');
    expect(english.indexOf('first-container')).toBeLessThan(english.indexOf('class-and-instance'));
    expect(english).toContain('not begun');
    expect(await drydock.out('--lang=ko', 'scenario', 'ls')).toContain('첫 컨테이너');
  });

  it('runs from a pipe, goes on where it was left, and keeps the progress', async () => {
    const drydock = new Drydock();
    const first = await drydock.with(
      { input: 'hint\n2\ndocker run --name hello alpine echo hi\ndocker ps\n' },
      'scenario',
      'run',
      'first-container',
    );
    expect(first.status).toBe(1);
    expect(first.stdout).toMatch(/Hint 1 of 4[\s\S]*There is no such choice[\s\S]*✔ That is it\.[\s\S]*Step 2 of 3/);
    expect(first.stdout).toMatch(/✗ the list of all containers has not been looked at/);
    expect(await drydock.out('scenario', 'list')).toContain('step 2 of 3');
    expect(JSON.parse(readFileSync(join(drydock.home, 'scenarios.json'), 'utf8'))).toMatchObject({
      'first-container': { step: 1, hints: 1 },
    });

    const second = await drydock.with({ input: '3\ndocker ps -a\nsolve\n' }, 'scenario', 'run', 'first-container');
    expect(second).toMatchObject({ status: 0, stderr: '' });
    expect(second.stdout).toMatch(/^\nStep 2 of 3[\s\S]*You predicted it\.[\s\S]*The scenario is complete\./);
    expect(await drydock.out('scenario', 'list')).toContain('complete');

    expect((await drydock.run('scenario', 'reset', 'first-container')).status).toBe(0);
    expect((await drydock.run('scenario', 'check', 'first-container')).status).toBe(1);
    const again = await drydock.with({ input: 'docker ps -a\nquit\ntrue\n' }, 'scenario', 'run', 'first-container');
    expect(again.stdout).toContain('Step 1 of 3');
    expect(again.stdout).not.toContain('Exited');
    expect(again.stdout).not.toContain('$ true');
  });

  it('hints, checks and solves from outside too', async () => {
    const drydock = new Drydock();
    await drydock.with({ input: '' }, 'scenario', 'run', 'class-and-instance');
    expect(await drydock.out('scenario', 'hint', 'class-and-instance')).toMatch(/^Hint 1 of 4/);
    expect(await drydock.out('--lang=ko', 'scenario', 'hint', 'class-and-instance')).toMatch(/^힌트 2\/4/);
    const check = await drydock.run('scenario', 'check', 'class-and-instance');
    expect(check).toMatchObject({ status: 1, stdout: expect.stringContaining('no container called one') });
    expect(await drydock.out('scenario', 'solve', 'class-and-instance')).toMatch(/✔ That is it\.[\s\S]*Step 2 of 3/);
  });

  it('plays a solution by itself', async () => {
    const played = await new Drydock().run('--lang=ko', 'scenario', 'play', 'ports');
    expect(played.status).toBe(0);
    expect(played.stderr).toContain('curl: (7) Failed to connect to localhost port 80');
    expect(played.stdout).toMatch(
      /<title>Welcome to nginx!<\/title>[\s\S]*이제 직접 해 보세요: drydock scenario run ports/,
    );
  });

  it('refuses what it does not know, and says where a file is wrong', async () => {
    const drydock = new Drydock();
    expect(await drydock.run('scenario', 'run', 'no-such')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/no scenario "no-such"; there are: .*class-and-instance/),
    });
    const file = join(temporaryFolder(), 'bad.yaml');
    writeFileSync(file, 'title:\n  en: "\u001b[2Jx"\nsteps: 3\n');
    const lint = await drydock.run('scenario', 'lint', file);
    expect(lint.status).toBe(1);
    expect(lint.stdout).toContain('bad.yaml:2:');
    expect(lint.stdout + lint.stderr).not.toContain('\u001b');
    for (const verb of ['run', 'play', 'hint', 'check', 'solve', 'reset'])
      expect((await drydock.run('scenario', verb, file)).status).toBe(1);
    expect((await drydock.run('scenario', 'new', '../up')).status).toBe(1);
  });
});

describe.skipIf(!hasTmux)('drydock scenario run at a terminal', () => {
  it('shows the step, goes on when it is done, answers the words', async () => {
    const terminal = await Terminal.open(new Drydock().home, { cols: 80, rows: 60 });
    await terminal.enter('drydock scenario run first-container');
    await terminal.shows(/Step 1 of 3[\s\S]*\n\$$/);
    await terminal.enter('hint');
    await terminal.shows(/Hint 1 of 4:[^$]*\n\$$/);
    await terminal.enter('docker run --name hello alpine echo hi');
    await terminal.shows(/\nhi\n+✔ That is it\.[\s\S]*Step 2 of 3[\s\S]*\n\$$/);
    await terminal.enter('3');
    await terminal.shows(/Noted: [^$]*\n\$$/);
    await terminal.enter('docker ps -a');
    await terminal.shows(/You predicted it\.[\s\S]*Step 3 of 3[\s\S]*\n\$$/);
    await terminal.enter('clear');
    await terminal.enter('solve');
    await terminal.shows(/\$ docker rm hello\nhello\n[\s\S]*The scenario is complete\.[\s\S]*\n\$$/);
    await terminal.enter('quit');
    await terminal.shows(/real\$$/);
    await terminal.enter('drydock scenario list | head -2');
    await terminal.shows('complete');
  });

  it('fits 40 columns in Korean, and can be left in the middle by the end of input', async () => {
    const terminal = await Terminal.open(new Drydock().home, { cols: 40, rows: 60 });
    await terminal.enter('drydock --lang ko --plain scenario run ports');
    const screen = await terminal.shows(/3단계 중 1단계[\s\S]*\n\$$/);
    expect(screen).toContain('hint');
    await terminal.press('C-d');
    await terminal.shows(/real\$$/);
    await terminal.enter('drydock --lang ko scenario run ports');
    await terminal.shows(/3단계 중 1단계[\s\S]*\n\$$/);
  });
});
