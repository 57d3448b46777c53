// Undo, redo, reset, sessions and why, from outside.
import { beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from './built.ts';
import { Drydock, ready, until } from './command.ts';

beforeAll(ensureBuilt);

const names = (drydock: Drydock) => drydock.out('ps', '-a', '--format', '{{.Names}}');

describe('undo and redo', () => {
  it('in the middle of a loop: its output is that of a run without interruption', async () => {
    const drydock = await ready();
    const loop = 'while true; do date +%s; sleep 1; done';
    await drydock.out('run', '-d', '--name', 'clock', 'alpine', 'sh', '-c', loop);
    const lines = async (least: number): Promise<number[]> =>
      until(`${least} lines`, async () => {
        const seen = (await drydock.out('logs', 'clock')).split('\n').map(Number);
        return seen.length >= least ? seen : undefined;
      });
    const first = await lines(2);
    await drydock.out('run', '-d', '--name', 'other', 'alpine', 'sleep', '1000');
    const later = await lines(first.length + 1);
    expect(await names(drydock)).toBe('other\nclock');

    expect((await drydock.run('undo')).stderr).toContain('Undone: docker run -d --name other alpine sleep 1000');
    expect(await names(drydock)).toBe('clock');
    const undone = await lines(later.length + 1);
    expect((await drydock.run('redo')).stderr).toContain('Done again: docker run -d --name other');
    expect(await names(drydock)).toBe('other\nclock');
    const redone = await lines(later.length + 1);

    for (const run of [later, undone, redone]) {
      expect(run.slice(0, first.length)).toEqual(first);
      // a second apart, and now and then two: each turn takes a little more than a second
      const steps = run.slice(1).map((second, i) => second - (run[i] ?? 0));
      expect(steps.filter((step) => step !== 1 && step !== 2)).toEqual([]);
      expect(steps.filter((step) => step === 2).length).toBeLessThan(2);
    }
    expect(redone.slice(0, later.length)).toEqual(later);
  });

  it('goes back to the beginning and no further', async () => {
    const drydock = await ready();
    await drydock.out('run', '--name', 'one', 'alpine', 'true');
    await drydock.out('run', '--name', 'two', 'alpine', 'true');
    await drydock.out('ps'); // looking makes no step
    for (const left of ['one', '']) {
      expect((await drydock.run('undo')).status).toBe(0);
      expect(await names(drydock)).toBe(left);
    }
    expect((await drydock.run('undo')).stderr).toContain('Undone: docker pull -q alpine');
    expect(await drydock.run('undo')).toMatchObject({ status: 1, stdout: '', stderr: 'drydock: nothing to undo\n' });
    await drydock.run('redo');
    for (const left of ['one', 'two\none']) {
      expect((await drydock.run('redo')).status).toBe(0);
      expect(await names(drydock)).toBe(left);
    }
    expect(await drydock.run('redo')).toMatchObject({ status: 1, stderr: 'drydock: nothing to redo\n' });
  });

  it('reset begins anew, and can be undone', async () => {
    const drydock = await ready();
    await drydock.out('run', '-d', '--name', 'web', 'alpine', 'sleep', '1000');
    expect((await drydock.run('reset')).stderr).toMatch(/^The session default begins anew/);
    expect(await names(drydock)).toBe('');
    await drydock.run('undo');
    expect(await drydock.out('ps', '--format', '{{.Names}} {{.State}}')).toBe('web running');
  });
});

describe('sessions', () => {
  it('are machines of their own', async () => {
    const drydock = await ready();
    await drydock.out('run', '--name', 'here', 'alpine', 'true');
    expect((await drydock.run('session', 'new', '연습')).status).toBe(0);
    expect(await names(drydock)).toBe('');
    await drydock.out('run', '--name', 'there', 'alpine', 'true');
    expect(await drydock.out('session', 'list')).toMatch(/^ {2}default, saved .*\n\* 연습 \(in use\), saved/);
    await drydock.run('session', 'use', 'default');
    expect(await names(drydock)).toBe('here');
    expect((await drydock.run('session', 'rm', '연습')).status).toBe(0);
    expect(await drydock.out('session', 'list')).not.toContain('연습');
    expect(await names(drydock)).toBe('here');
  });

  it('have a clock that goes on from where a skipped wait has left it', async () => {
    const drydock = await ready();
    await drydock.out('run', '--rm', 'alpine', 'sleep', '100');
    const up = async () => Number((await drydock.out('shell', '-c', 'cat /proc/uptime')).split(' ')[0]);
    const before = await up();
    expect(await up()).toBeGreaterThan(before + 0.02); // a command takes longer than that
  });

  it('refuses names that are none or not there', async () => {
    const drydock = await ready();
    expect(await drydock.run('session', 'use', 'nowhere')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('no such session: nowhere'),
    });
    expect(await drydock.run('session', 'rm', 'nowhere')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('no such session: nowhere'),
    });
    const bad = await drydock.run('session', 'new', '../up');
    expect(bad.status).toBe(1);
    expect(bad.stderr).toContain('not a session name: "../up"');
    await drydock.run('session', 'new', 'one');
    expect((await drydock.run('session', 'new', 'one')).stderr).toContain('there is a session named one already');
  });
});

describe('why', () => {
  it('explains the last command, in the language asked for', async () => {
    const drydock = new Drydock();
    expect(await drydock.run('why')).toMatchObject({ status: 1, stdout: '' });
    await drydock.out('run', '--rm', 'alpine', 'echo', 'hi');
    const english = await drydock.out('why');
    expect(english).toMatch(/^What happened for: docker run --rm alpine echo hi\n/);
    expect(english).toMatch(/clone.*\n[\s\S]*pivot_root[\s\S]*execve/);
    const korean = await drydock.out('--lang', 'ko', 'why');
    expect(korean).toMatch(/[가-힣]/);
    expect(korean.split('\n')).toHaveLength(english.split('\n').length);
  });
});
