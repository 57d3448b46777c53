import { describe, expect, it } from 'vitest';
import { chooseLanguage, parseLanguage } from '../../src/explain/language.ts';
import { messages, problemText } from '../../src/explain/messages/messages.ts';

/** All texts of an object of messages, functions called with data that has every field. */
function texts(part: object): string[] {
  const data = {
    command: 'docker run alpine',
    steps: 2,
    session: 'default',
    name: 'lab',
    current: 'lab',
    saved: 'today',
    path: '/home/u/x',
    pid: 41,
    part: 'head',
    detail: 'bad checksum',
    found: 3,
    known: 1,
    errno: 'EIO',
    remedies: ['a', 'b'],
    minutes: 60,
    bytes: 1024,
    seconds: 10,
    port: 8080,
    value: 'x',
    verb: 'undo',
    words: ['ps', 'pull'],
    address: '127.0.0.1:5000',
    argument: 'NAME',
    what: 'swarm',
    status: 1,
    file: 'tour.txt',
    names: 'nginx',
    line: 3,
  };
  return Object.values(part).flatMap((value) => {
    if (typeof value === 'string') return [value];
    if (typeof value === 'function') return [String(value(data))];
    return texts(value);
  });
}

describe('messages', () => {
  it('render in both languages, with the same keys', () => {
    const keys = (part: object): string[] =>
      Object.entries(part).flatMap(([key, value]) =>
        typeof value === 'object' ? keys(value).map((k) => `${key}.${k}`) : [key],
      );
    expect(keys(messages('ko'))).toEqual(keys(messages('en')));
    for (const lang of ['en', 'ko'] as const) {
      for (const text of texts(messages(lang))) expect(text).not.toMatch(/undefined|NaN|\[object|\n/);
    }
  });

  it('speak English in English and Korean in Korean', () => {
    expect(texts(messages('en')).join('')).not.toMatch(/[가-힣]/);
    expect(messages('ko').undone({ command: 'docker run', steps: 0 })).toContain('되돌렸어요');
    expect(messages('ko').sessionRemoved({ name: 'a', current: 'lab' })).toContain('lab이에요');
    expect(messages('en').undone({ command: 'docker run', steps: 1 })).toContain('1 earlier step can');
  });

  it('tell the problems of sessions by code', () => {
    const data = { path: '/x', found: 3, known: 1 };
    expect(problemText(messages('en'), 'newer', data)).toContain('newer drydock (format 3; this one knows 1)');
  });
});

describe('the language', () => {
  it.each([
    [{}, undefined, 'en'],
    [{ LANG: 'ko_KR.UTF-8' }, undefined, 'ko'],
    [{ LANG: 'ko_KR.UTF-8', LC_MESSAGES: 'C' }, undefined, 'en'],
    [{ LANG: 'C', LC_ALL: 'ko_KR.UTF-8', LC_MESSAGES: 'en_US.UTF-8' }, undefined, 'ko'],
    [{ LANG: 'ko_KR.UTF-8', LC_ALL: '' }, undefined, 'ko'],
    [{ LANG: 'ko_KR.UTF-8', DRYDOCK_LANG: 'en' }, undefined, 'en'],
    [{ DRYDOCK_LANG: 'en' }, 'ko', 'ko'],
    [{ LANG: 'kok_IN' }, undefined, 'en'],
    [{ LANG: 'fr_FR.UTF-8' }, undefined, 'en'],
  ])('of %o with flag %s is %s', (env, flag, expected) => {
    expect(chooseLanguage(env, flag)).toBe(expected);
  });

  it('is known by its name', () => {
    expect(parseLanguage('KO')).toBe('ko');
    expect(parseLanguage('korean')).toBeUndefined();
    expect(parseLanguage('')).toBeUndefined();
  });
});
