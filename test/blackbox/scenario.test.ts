// Scenarios as people use them: through pipes, by one-shot commands, and at a real terminal.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { columns } from '../../src/explain/width.ts';
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

  it('hands in progress, which a teacher can look at', async () => {
    const drydock = new Drydock();
    const folder = temporaryFolder();
    await drydock.with(
      { input: 'docker ps\nh\ndocker run --name hello alpine echo hi\n' },
      'scenario',
      'run',
      'first-container',
    );
    const [mine, other, csv] = ['mine.json', 'other.json', 'class.csv'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    expect(await drydock.run('progress', 'export', mine, '--name', 'Jisu')).toMatchObject({ status: 0, stdout: '' });
    writeFileSync(
      other,
      (await drydock.out('progress', 'export', '--name', 'Ada')).replace('"hints": 1', '"hints": 0'),
    );
    const report = await drydock.run('class', 'report', mine, other, '--csv', csv);
    expect(report.status).toBe(0);
    expect(report.stdout).toMatch(/\nAda \(!\) +0 +first-container 2\/3[\s\S]*\nJisu +0 +first-container 2\/3 +0 +1 /);
    expect(report.stderr).toContain('other.json was changed');
    expect(readFileSync(csv, 'utf8')).toContain('Jisu,no,first-container,1,3,done,2,0,1,0,');
    expect((await drydock.run('class', 'report', join(folder, 'none'))).status).toBe(1);
    expect((await drydock.run('progress', 'export', mine)).status).toBe(1);
    expect(await drydock.out('--lang=ko', 'class', 'report', mine)).toContain('가장 어려워한 단계');
  });

  it('begins with a state that somebody has handed out, and refuses what is none', async () => {
    const drydock = new Drydock();
    const folder = temporaryFolder();
    const file = join(folder, 'world.drydock');
    await drydock.run('run', '-d', '--name', 'given', 'alpine', 'sleep', '999');
    expect((await drydock.run('session', 'export', file)).status).toBe(0);
    expect((await drydock.run('session', 'export', file)).status).toBe(1); // nothing is written over
    const learner = new Drydock();
    expect(await learner.run('session', 'import', file)).toMatchObject({ status: 0 });
    expect(await learner.out('ps', '--format', '{{.Names}} {{.State}}')).toBe('given running');
    expect((await learner.run('session', 'import', file)).status).toBe(1);

    const text = readFileSync(new URL('../../scenarios/signals/scenario.yaml', import.meta.url), 'utf8');
    const lesson = join(folder, 'lesson');
    mkdirSync(lesson);
    writeFileSync(join(lesson, 'scenario.yaml'), text.replace('start:\n', 'start:\n  session: world.drydock\n'));
    writeFileSync(join(lesson, 'world.drydock'), readFileSync(file));
    const run = await learner.with({ input: 'docker ps --format {{.Names}}\nq\n' }, 'scenario', 'run', lesson);
    expect(run.stdout).toMatch(/polite\nstubborn\ngiven\n/);
    writeFileSync(join(lesson, 'world.drydock'), 'nothing');
    const lint = await learner.run('scenario', 'lint', lesson);
    expect(lint).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/scenario\.yaml:\d+:3: world\.drydock is no session file/),
    });
    await learner.run('scenario', 'reset', lesson);
    const refused = await learner.with({ input: 'docker ps\n' }, 'scenario', 'run', lesson);
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining('world.drydock is no session file') });
    expect(await learner.run('session', 'import', join(lesson, 'scenario.yaml'))).toMatchObject({ status: 1 });
  });

  it('writes a lesson as Markdown', async () => {
    const drydock = new Drydock();
    expect(await drydock.out('scenario', 'handout', 'ports')).toMatch(/^# Ports\n/);
    const file = join(temporaryFolder(), 'h.md');
    await drydock.run('--lang', 'ko', 'scenario', 'handout', 'ports', '--solutions', '-o', file);
    expect(readFileSync(file, 'utf8')).toMatch(/^# 포트\n[\s\S]*풀이 하나/);
  });

  it('keeps what goes wrong in a step from one command to the next', async () => {
    const drydock = new Drydock();
    await drydock.with({ input: 's\nq\n' }, 'scenario', 'run', 'hub-trouble');
    const run = await drydock.with({ input: 'docker pull debian\nq\n' }, 'scenario', 'run', 'hub-trouble');
    expect(run.stdout).toContain('received unexpected HTTP status: 503 Service Unavailable');
    expect(await drydock.out('scenario', 'solve', 'hub-trouble')).toContain('Step 3 of 3');
    const full = await drydock.with({ input: 'docker pull nginx\nq\n' }, 'scenario', 'run', 'hub-trouble');
    expect(full.stdout).toContain('no space left on device');
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
    await terminal.shows(/Step 1 of 3[\s\S]*\nlearner@drydock:~\$$/);
    await terminal.enter('hint');
    await terminal.shows(/Hint 1 of 4:[^$]*\nlearner@drydock:~\$$/);
    await terminal.enter('docker run --name hello alpine echo hi');
    await terminal.shows(/\nhi\n+✔ That is it\.[\s\S]*Step 2 of 3[\s\S]*\nlearner@drydock:~\$$/);
    await terminal.enter('3');
    await terminal.shows(/Noted: [^$]*\nlearner@drydock:~\$$/);
    await terminal.enter('docker ps -a');
    await terminal.shows(/You predicted it\.[\s\S]*Step 3 of 3[\s\S]*\nlearner@drydock:~\$$/);
    await terminal.enter('clear');
    await terminal.enter('solve');
    await terminal.shows(/\$ docker rm hello\nhello\n[\s\S]*The scenario is complete\.[\s\S]*\nlearner@drydock:~\$$/);
    await terminal.enter('quit');
    await terminal.shows(/real\$$/);
    await terminal.enter('drydock scenario list | head -2');
    await terminal.shows('complete');
  });

  it.each([
    { lang: 'en', cols: 80, plain: false, step: 'Step', complete: 'The scenario is complete.' },
    { lang: 'en', cols: 40, plain: true, step: 'Step', complete: 'The scenario is complete.' },
    { lang: 'ko', cols: 80, plain: true, step: '단계', complete: '시나리오를 끝까지 마쳤어요.' },
    { lang: 'ko', cols: 40, plain: false, step: '단계', complete: '시나리오를 끝까지 마쳤어요.' },
  ])(
    'takes a learner through a whole lesson by keys: $lang, $cols columns, plain $plain',
    async (how) => {
      const { lang, cols, plain, complete } = how;
      const numbered = (n: number) => (lang === 'ko' ? `3단계 중 ${n}단계` : `Step ${n} of 3`);
      const terminal = await Terminal.open(new Drydock().home, { cols, rows: 100 });
      const enter = async (line: string, then: RegExp) => {
        await terminal.enter('clear');
        await terminal.shows(/^learner@drydock:~\$ *$/);
        await terminal.enter(line);
        return `\n${await terminal.shows(then, 20_000)}`;
      };
      const prompt = '[\\s\\S]*\\nlearner@drydock:~\\$$';
      await terminal.enter(`drydock --lang ${lang} ${plain ? '--plain ' : ''}scenario run ports`);
      let all = await terminal.shows(new RegExp(`${numbered(1)}${prompt}`), 20_000);
      all += await enter(
        'l',
        lang === 'ko' ? /3\. [\s\S]*\nlearner@drydock:~\$$/ : /3\. A third nginx[\s\S]*\nlearner@drydock:~\$$/,
      );
      all += await enter(
        'h',
        lang === 'ko' ? /힌트 1\/4[\s\S]*\nlearner@drydock:~\$$/ : /Hint 1 of 4[\s\S]*\nlearner@drydock:~\$$/,
      );
      all += await enter(
        '2',
        lang === 'ko' ? /적어 뒀어요[\s\S]*\nlearner@drydock:~\$$/ : /Noted:[\s\S]*\nlearner@drydock:~\$$/,
      );
      all += await enter('docker run -d --name inner nginx', /[0-9a-f]{12,}[\s\S]*\nlearner@drydock:~\$$/);
      all += await enter(
        'c',
        lang === 'ko' ? /지금까지[\s\S]*\nlearner@drydock:~\$$/ : /So far:[\s\S]*\nlearner@drydock:~\$$/,
      );
      all += await enter('w', /execve[\s\S]*\nlearner@drydock:~\$$/);
      all += await enter('curl localhost', new RegExp(`${numbered(2)}${prompt}`));
      all += await enter('n', new RegExp(`${numbered(2)}${prompt}`));
      all += await enter('docker run -d --name web -p 8080:80 nginx', new RegExp(`${numbered(3)}${prompt}`));
      all += await enter('s', new RegExp(`${complete}${prompt}`));
      for (const line of all.split('\n')) expect(columns(line)).toBeLessThanOrEqual(cols);
      if (plain) expect(all.replace(/[가-힣]/g, '')).toMatch(/^[\x20-\x7e\n]*$/);
      await terminal.enter('x');
      await terminal.enter('x');
      await terminal.shows(new RegExp(`${numbered(1)}${prompt}`), 20_000);
      await terminal.enter('q');
      await terminal.shows(/real\$$/);
    },
    120_000,
  );

  it.each([80, 40])('lists what there is within %i columns, in Korean too', async (cols) => {
    for (const lang of ['en', 'ko']) {
      const terminal = await Terminal.open(new Drydock().home, { cols, rows: 200 });
      await terminal.enter(`drydock --lang ${lang} scenario list`);
      const screen = await terminal.shows(/misconceptions[\s\S]*scenario run NAME[\s\S]*real\$$/);
      const list = screen.slice(0, screen.lastIndexOf('\n\n')).split('\n').slice(1);
      expect(list.length).toBeGreaterThan(40);
      // no line that went on at the left edge of the next one
      for (const line of list) expect(line).toMatch(/^(?: {2,}\S.*|[a-z][a-z0-9-]*(?: {2,}\S.*)?)$/);
    }
  });

  it('fits 40 columns in Korean, and can be left in the middle by the end of input', async () => {
    const terminal = await Terminal.open(new Drydock().home, { cols: 40, rows: 60 });
    await terminal.enter('drydock --lang ko --plain scenario run ports');
    const screen = await terminal.shows(/3단계 중 1단계[\s\S]*\nlearner@drydock:~\$$/);
    expect(screen).toContain('hint');
    await terminal.press('C-d');
    await terminal.shows(/real\$$/);
    await terminal.enter('drydock --lang ko scenario run ports');
    await terminal.shows(/3단계 중 1단계[\s\S]*\nlearner@drydock:~\$$/);
  });

  it('has the classroom shell around it: completion, earlier lines, what was meant, and a way back', async () => {
    const terminal = await Terminal.open(new Drydock().home, { rows: 60 }, { DRYDOCK_EXPLAIN: 'brief' });
    const waits = '[\\s\\S]*\\nlearner@drydock:~\\$$';
    await terminal.enter('drydock --lang en scenario run ports');
    await terminal.shows(new RegExp(`Step 1 of 3${waits}`), 20_000);
    await terminal.enter('dokcer ps');
    await terminal.shows(new RegExp(`did you mean +docker ps${waits}`));
    await terminal.enter('clear; docker run -d --name inner nginx');
    await terminal.shows(new RegExp(`6 new namespaces${waits}`), 20_000);
    await terminal.enter('clear');
    await terminal.type('docker rename inn');
    await terminal.press('Tab');
    await terminal.type('web');
    await terminal.shows(/^learner@drydock:~\$ docker rename inner web$/);
    await terminal.press('Enter');
    await terminal.shows(/rename[\s\S]*\nlearner@drydock:~\$$/);
    await terminal.enter('clear; undo');
    await terminal.shows(new RegExp(`Undone: docker rename inner web${waits}`));
    await terminal.enter('h');
    await terminal.shows(new RegExp(`Hint 1 of 4${waits}`));
    await terminal.press('Up', 'Up');
    await terminal.shows(/\nlearner@drydock:~\$ clear; undo$/);
    await terminal.press('C-c');
    await terminal.enter('clear; curl localhost');
    await terminal.shows(new RegExp(`Step 2 of 3${waits}`));
    await terminal.enter('clear; scenario run volumes; drydock layers nginx');
    await terminal.shows(new RegExp(`first finish this lesson[\\s\\S]*nginx${waits}`));
    await terminal.enter('q');
    await terminal.shows(/drydock scenario run ports goes on from here\.\nreal\$$/);
  }, 60_000);
});
