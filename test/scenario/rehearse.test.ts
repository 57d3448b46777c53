// A hint tells when a step cannot be done any more: its own solution is tried on a copy.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { firstHost } from '../../src/client/first-host.ts';
import { simulatedEnv } from '../../src/client/options.ts';
import { Lesson, noProgress } from '../../src/scenario/lesson.ts';
import { readScenario } from '../../src/scenario/schema/scenario.ts';
import { Stage } from '../../src/scenario/stage.ts';
import { startingWorld } from '../../src/scenario/start.ts';
import { Teller } from '../../src/scenario/teller.ts';
import { withoutWords } from '../../src/scenario/word.ts';
import { emptyEngine, software } from '../support/sandbox.ts';

const options = { host: firstHost, env: simulatedEnv([], {}) };
const { scenario } = readScenario(readFileSync('scenarios/first-container/scenario.yaml', 'utf8'));
if (!scenario) throw new Error('no lesson');

/** What the hint says in the second step, after these commands; and whether the world stayed as it was. */
function hintAfter(commands: readonly string[], lang: 'en' | 'ko' = 'en') {
  const stage = new Stage(startingWorld(scenario ?? never(), emptyEngine(), software, options), software, options);
  for (const command of [...(scenario?.steps[0]?.solution ?? []), ...commands]) stage.line(command);
  const lesson = new Lesson(scenario ?? never(), new Teller({ lang, width: 80 }), { ...noProgress, step: 1 });
  const before = JSON.stringify(stage.world);
  const { text } = lesson.say('h', stage.machine);
  return { text, same: JSON.stringify(stage.world) === before };
}

function never(): never {
  throw new Error('no lesson');
}

describe('a hint', () => {
  it('says nothing more while the step can be done', () => {
    const { text, same } = hintAfter(['docker ps']);
    expect(text).toMatch(/^Hint 1 of 4: [\s\S]*Still missing: /);
    expect(text).not.toMatch(/As things are now/);
    expect(same).toBe(true);
  });

  it('says that what the step needs is gone, in both languages', () => {
    const gone = ['docker rm -f $(docker ps -aq)'];
    expect(hintAfter(gone).text).toMatch(/Still missing: [\s\S]*\nAs things are now, not even/);
    expect(hintAfter(gone, 'ko').text).toMatch(/지금 상태에서는 정답\(s\)을/);
  });
});

describe('the steps of a line', () => {
  it('are told without the key that began them, and without the shell of a solution', () => {
    const step = (path: string, ...argv: string[]) => ({ action: 'execve', data: { path, argv } }) as never;
    const docker = step('/usr/bin/docker', 'docker', 'ps');
    const own = step('/usr/bin/sh', 'sh', '-c', 'docker ps');
    const solution = step('/usr/bin/sh', 'sh', '-c', "printf '%s\\n' '$ docker ps'\ndocker ps");
    expect(withoutWords([step('/usr/local/bin/s', 's'), solution, own, docker])).toEqual([own, docker]);
  });
});
