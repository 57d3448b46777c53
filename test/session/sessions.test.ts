import * as fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { homeFolder, sessionName } from '../../src/session/paths.ts';
import { currentSession, listSessions, newSession, removeSession, useSession } from '../../src/session/sessions.ts';
import { openSession } from '../../src/session/store.ts';
import { counted, countOf, inFolder, worldWith } from './worlds.ts';

const count = (home: string, name: string) =>
  openSession(home, name, { create: worldWith }).transact(({ world }) => ({
    world: counted(world),
    result: countOf(world) + 1,
  }));

describe('sessions', () => {
  it('are made, chosen, listed and removed', () =>
    inFolder(async (home) => {
      expect(currentSession(home)).toBe('default');
      expect(listSessions(home)).toEqual([{ name: 'default', current: true, saved: undefined }]);
      newSession(home, 'lesson-1');
      useSession(home, 'lesson-1');
      expect(currentSession(home)).toBe('lesson-1');
      expect(await count(home, 'lesson-1')).toBe(1);
      expect(await count(home, 'default')).toBe(1);
      expect(await count(home, 'lesson-1')).toBe(2);
      expect(listSessions(home).map(({ name, current, saved }) => [name, current, saved !== undefined])).toEqual([
        ['default', false, true],
        ['lesson-1', true, true],
      ]);
      await removeSession(home, 'lesson-1');
      expect(currentSession(home)).toBe('default');
      expect(fs.readdirSync(`${home}/sessions`)).toEqual(['default']);
      expect(await count(home, 'default')).toBe(2);
    }));

  it('the default one can be removed and begins anew, also for who had it open', () =>
    inFolder(async (home) => {
      const session = openSession(home, 'default', { create: worldWith });
      const again = () => session.transact(({ world }) => ({ world: counted(world), result: countOf(world) + 1 }));
      await again();
      await removeSession(home, 'default');
      expect(await again()).toBe(1);
      expect(await again()).toBe(2);
    }));

  it('say what is wrong', () =>
    inFolder(async (home) => {
      newSession(home, '연습');
      expect(() => newSession(home, '연습'.normalize('NFD'))).toThrow('there is a session named 연습 already');
      expect(() => useSession(home, 'nope')).toThrow('no such session: nope');
      await expect(removeSession(home, 'nope')).rejects.toMatchObject({ code: 'no-session' });
      await expect(count(home, 'nope')).rejects.toMatchObject({ code: 'no-session' });
      fs.writeFileSync(`${home}/current`, '../../etc');
      expect(() => currentSession(home)).toThrow('damaged');
      useSession(home, 'default');
      expect(currentSession(home)).toBe('default');
    }));
});

it.each(['a', 'default', 'Lesson_1.b', '도커-연습', 'x'.repeat(64)])('the name %s is good', (name) => {
  expect(sessionName(name)).toBe(name);
});

it.each([
  '',
  '.',
  '..',
  '.a',
  'a.',
  '-a',
  'a/b',
  'a\\b',
  'a b',
  'nul',
  'COM1.x',
  'a\n',
  'a:b',
  'x'.repeat(65),
  '가'.repeat(65),
])('the name %j is refused', (name) => {
  expect(() => sessionName(name)).toThrow('not a session name');
});

describe('the home folder', () => {
  const at = (platform: NodeJS.Platform, env: { [name: string]: string } = {}, home = '/home/철수') =>
    homeFolder({ platform, env, home });

  it('is where the system keeps data', () => {
    expect(at('linux')).toBe('/home/철수/.local/share/drydock');
    expect(at('linux', { XDG_DATA_HOME: '/data' })).toBe('/data/drydock');
    expect(at('linux', { XDG_DATA_HOME: 'data' })).toBe('/home/철수/.local/share/drydock');
    expect(at('darwin')).toBe('/home/철수/Library/Application Support/drydock');
    expect(at('win32', {}, 'C:\\Users\\철수')).toBe('C:\\Users\\철수\\AppData\\Local\\drydock');
    expect(at('win32', { LOCALAPPDATA: 'D:\\L' }, 'C:\\Users\\철수')).toBe('D:\\L\\drydock');
    expect(at('linux', { DRYDOCK_HOME: '/x/y' })).toBe('/x/y');
  });
});
