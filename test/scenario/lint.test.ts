// Scenario files that are wrong, and files that somebody made to do harm.
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstHost } from '../../src/client/first-host.ts';
import { simulatedEnv } from '../../src/client/options.ts';
import { handout } from '../../src/scenario/handout.ts';
import { fits } from '../../src/scenario/schema/parts.ts';
import { readScenario, scenarioSchema } from '../../src/scenario/schema/scenario.ts';
import { skeleton } from '../../src/scenario/skeleton.ts';
import { startingWorld } from '../../src/scenario/start.ts';
import { Teller } from '../../src/scenario/teller.ts';
import { emptyEngine, software } from '../support/sandbox.ts';

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
    ['title:', 'tilte:', /unknown key "tilte": did you mean "title"/],
    ['- container: web', '- contaner: web', /the first key tells the kind.*did you mean "container"/],
    ['/home/learner/hello.txt', '/home/../etc/passwd', /absolute path without/],
    ['/home/learner/hello.txt', 'hello.txt', /absolute path without/],
    ['start:\n', 'start:\n  session: ../../other/world.drydock\n', /name of a file in the same folder/],
    ['start:\n', 'start:\n  session: /etc/passwd\n', /name of a file in the same folder/],
    ['start:\n', 'start:\n  faults: [{ disc: 1MB }]\n', /the first key tells the kind.*did you mean "disk"/],
    ['start:\n', 'start:\n  faults: [{ port: 80 }]\n', /whole number from 1024 to 65535/],
    ['start:\n', 'start:\n  faults: [{ registry: gone }]\n', /needs one of: down, limited, up/],
    ['start:\n', 'start:\n  faults: [{ disk: much }]\n', /needs a size/],
    ['state: running', 'cpus: half', /needs a number such as 0.5/],
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

describe('what a hostile author can do', () => {
  const { scenario } = readScenario(good);
  if (!scenario) throw new Error('the skeleton');
  const [step] = scenario.steps;
  if (!step) throw new Error('no step');
  const obeyed = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/;

  it('reaches the terminal with no text as a command for it, even past the reader', () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(text, fc.constantFrom('en' as const, 'ko' as const), fc.boolean(), (evil, lang, plain) => {
        const both = { en: evil, ko: evil };
        const hints = { nudge: both, concept: both, command: evil, explanation: both };
        const predict = { question: both, choices: [both, both], answer: 1, because: both };
        const bad = { ...step, text: both, try: [evil], hints, predict, learned: both };
        const all = { ...scenario, title: both, goal: both, teaches: [both], steps: [bad], learned: both };
        const tell = new Teller({ lang, width: 40, plain });
        const said = [
          tell.title(all),
          tell.task(bad, 1, 1),
          tell.shown(bad, 1, 1),
          tell.done(bad, 2),
          tell.explained(bad),
          tell.over(all),
          tell.played(all, 'x'),
          tell.list(all, { step: 0 }),
          tell.missing([{ ok: false, says: both }]),
          ...(['nudge', 'concept', 'command', 'explanation'] as const).map((level) => tell.hint(bad, level, 1, 4)),
        ];
        for (const each of said) expect(each).not.toMatch(obeyed);
      }),
      { numRuns: 100 },
    );
  });

  it('writes to the simulated disk only', () => {
    const files = [['/home/learner/../x', 'a'] as const, ['/etc/from-a-scenario', 'b'] as const];
    const world = startingWorld({ ...scenario, start: { files } }, emptyEngine(), software, {
      host: firstHost,
      env: simulatedEnv([], {}),
    });
    expect(JSON.stringify(world)).toContain('from-a-scenario');
    expect(existsSync('/etc/from-a-scenario')).toBe(false);
  });

  it('cannot make a pattern or a size that takes long', () => {
    const began = process.cpuUsage().user;
    for (const evil of [
      'a'.repeat(250),
      `${'*'.repeat(2)}${'a'.repeat(200)}`,
      `${'a*'.repeat(1)}${'a'.repeat(200)}b`,
    ]) {
      expect(fits(evil, 'a'.repeat(100_000))).toBe(evil.endsWith('b') ? false : evil.includes('*'));
      lint(good.replace('container: web', `container: ${JSON.stringify(evil)}`));
      lint(good.replace('state: running', `memory: ${'1'.repeat(200)}${'m'.repeat(20)}`));
    }
    expect(process.cpuUsage().user - began).toBeLessThan(2_000_000);
  });

  it('is printed in a handout as text', () => {
    const evil = { en: '</code><img src=x onerror=alert(1)> `x`', ko: '<b>' };
    expect(handout({ ...scenario, goal: evil }, 'x', { lang: 'en' })).not.toMatch(/(?<!\\)<img/);
  });
});
