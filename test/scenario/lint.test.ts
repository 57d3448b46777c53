// Scenario files that are wrong, and files that somebody made to do harm.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fits } from '../../src/scenario/schema/parts.ts';
import { readScenario, scenarioSchema } from '../../src/scenario/schema/scenario.ts';
import { skeleton } from '../../src/scenario/skeleton.ts';

/** What is wrong, as `LINE:COLUMN what`. */
function lint(source: string): string[] {
  return readScenario(source).faults.map(({ line, column, says }) => `${line}:${column} ${says.en}`);
}

const good = skeleton();
const at = (text: string) => {
  const lines = good.slice(0, good.indexOf(text)).split('\n');
  return `${lines.length}:${(lines.at(-1) ?? '').length + 1}`;
};

describe('a scenario file', () => {
  it('as `scenario new` makes it is well formed', () => {
    expect(lint(good)).toEqual([]);
    expect(readScenario(good).scenario?.steps[0]?.checks).toEqual([
      { container: 'web', state: 'running', image: 'alpine' },
    ]);
  });

  it('says where an unknown key is, and what was probably meant', () => {
    expect(lint(good.replace('minutes: 5', 'minuts: 5'))).toEqual([
      '4:1 "minutes" is missing',
      `${at('minutes: 5')} unknown key "minuts": did you mean "minutes"?`,
    ]);
    expect(lint(good.replace('state: running', 'stat: running'))).toEqual([
      `${at('state: running')} unknown key "stat": did you mean "state"?`,
    ]);
  });

  it('needs both languages', () => {
    expect(lint(good.replace('  ko: 제목\n', ''))).toEqual([`${at('en: A title')} "ko" is missing`]);
    expect(lint(good.replace('ko: 제목', 'ko: " "'))[0]).toMatch(/ empty$/);
  });

  it.each([
    ['state: running', 'state: runing', /needs one of: created, running/],
    ['minutes: 5', 'minutes: soon', /whole number from 1 to 120/],
    ['level: beginner', 'level: easy', /needs one of: beginner/],
    ['      answer: 1', '      answer: 3', /there are 2 choices only/],
    ['- container: web', '- contaner: web', /the first key tells the kind.*did you mean "container"/],
    ['/home/learner/hello.txt', '/home/../etc/passwd', /absolute path without/],
    ['/home/learner/hello.txt', 'hello.txt', /absolute path without/],
    ['- container: web', "- container: 'a*b*c*d*'", /at most two/],
    ['title:\n', 'title: |\n', /needs keys with values/],
    ['goal:\n', 'goal:\n\ttab: x\n', /tab|YAML/],
    ['en: A title', 'en: A title: with a colon', /not YAML/],
    ['en: A title', 'en: A title\n  en: again', /there twice/],
    ['en: A title', 'en: *nowhere', /alias/],
    ['en: A title', 'en: &a A title', /anchors, aliases and tags/],
    ['en: A title', 'en: !!js/function "x"', /tag/],
    ['en: A title', 'en: "\\e[2J"', /control character/],
    ['en: A title', 'en: "\\u202Etxt"', /control character/],
    ['en: A title', 'en: \u001b[2J', /control character/],
  ])('%j as %j is refused at its line', (text, instead, says) => {
    const [first = ''] = lint(good.replace(text, instead));
    expect(first).toMatch(says);
    const line = Number(first.split(':')[0]);
    expect(Math.abs(line - Number(at(text).split(':')[0]))).toBeLessThanOrEqual(1);
  });

  it('has a JSON Schema for editors, which comes with the scenarios', () => {
    expect(JSON.parse(readFileSync('scenarios/scenario.schema.json', 'utf8'))).toEqual(scenarioSchema());
  });
});

describe('a hostile file is refused', () => {
  it.each([
    ['huge', 'a: '.padEnd(300_000, 'x')],
    ['deep brackets', `title: ${'['.repeat(100_000)}`],
    ['deep braces', '{a: '.repeat(10_000)],
    ['deep indentation', Array.from({ length: 400 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
    ['deep dashes', '- '.repeat(20_000)],
    [
      'exploding aliases',
      [
        'a: &a [x,x,x,x,x,x,x,x,x]',
        ...'bcdefghi'.split('').map((c, i) => `${c}: &${c} [${`*${'abcdefgh'[i]},`.repeat(9)}]`),
      ].join('\n'),
    ],
    ['a merge key', '<<: {title: 1}'],
    ['many documents', '---\na: 1\n'.repeat(5000)],
    ['many keys', Array.from({ length: 30_000 }, (_, i) => `k${i}: 1`).join('\n')],
    ['__proto__', '__proto__: {title: {en: a, ko: b}}'],
    ['nothing', ''],
    ['a number', '42'],
    ['a broken tag', '!<tag:x> {'],
    ['binary', '\0\x01\x02\xff'],
  ])('%s', (_name, source) => {
    const began = process.cpuUsage().user;
    expect(lint(source).length).toBeGreaterThan(0);
    expect(process.cpuUsage().user - began).toBeLessThan(5_000_000);
  });

  it('any text is read or refused, and nothing that a terminal obeys is in what is said', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        for (const fault of lint(text)) expect(fault).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f]/);
      }),
      { numRuns: 300 },
    );
  });

  it('any file that is a little wrong is refused with a place in it', () => {
    const lines = good.split('\n');
    fc.assert(
      fc.property(fc.nat(lines.length - 1), fc.string({ maxLength: 20 }), (n, text) => {
        for (const { line, column } of readScenario(lines.with(n, text).join('\n')).faults) {
          expect(line).toBeGreaterThan(0);
          expect(column).toBeGreaterThan(0);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('patterns of names', () => {
  it.each([
    ['web', 'web', true],
    ['web', 'web2', false],
    ['web*', 'web2', true],
    ['*', '', true],
    ['*-db-*', 'my-db-1', true],
    ['a*a', 'a', false],
    ['a.c', 'abc', false],
    ['(a+)+$', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', false],
  ])('%s and %s: %s', (pattern, name, expected) => expect(fits(pattern, name)).toBe(expected));
});
