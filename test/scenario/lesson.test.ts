// What a lesson makes of undo and redo, of words that are no commands, and of its own keys.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { firstHost } from '../../src/client/first-host.ts';
import { simulatedEnv } from '../../src/client/options.ts';
import { Lesson } from '../../src/scenario/lesson.ts';
import { markedStep } from '../../src/scenario/mark.ts';
import { readScenario, type Scenario } from '../../src/scenario/schema/scenario.ts';
import { Stage } from '../../src/scenario/stage.ts';
import { startingWorld } from '../../src/scenario/start.ts';
import { Teller } from '../../src/scenario/teller.ts';
import { emptyEngine, software } from '../support/sandbox.ts';

const options = { host: firstHost, env: simulatedEnv([], {}) };

function begun(name: string) {
  const { scenario } = readScenario(readFileSync(`scenarios/${name}/scenario.yaml`, 'utf8'));
  if (!scenario) throw new Error(`no lesson ${name}`);
  const stage = new Stage(startingWorld(scenario, emptyEngine(), software, options), software, options);
  const lesson = new Lesson(scenario, new Teller({ lang: 'en', width: 80 }));
  const type = (line: string) => {
    const { steps, printed, status } = stage.line(line);
    return lesson.after(stage.machine, steps, printed, status);
  };
  return { scenario, stage, lesson, type };
}

const solve = ({ steps }: Scenario, step: number, type: (line: string) => string) =>
  (steps[step]?.solution ?? []).map(type).join('');

describe('undo in a lesson', () => {
  it('goes back to the step that the world was at, and redo on again', () => {
    const { scenario, stage, lesson, type } = begun('wont-start');
    const before = stage.machine;
    expect(markedStep(before)).toBe(0);
    solve(scenario, 0, type);
    const second = stage.world;
    solve(scenario, 1, type);
    expect(lesson.progress.step).toBe(2);
    const at = (world: typeof second) => new Stage(world, software, options).machine;
    expect(lesson.goTo(at(second))).toMatch(/^\nStep 2 of 3\n/);
    expect(lesson.progress).toMatchObject({ step: 1, given: 0 });
    expect(lesson.goTo(at(second))).toBe('');
    expect(lesson.goTo(stage.machine)).toMatch(/^\nStep 3 of 3\n/);
  });

  it('leaves the step alone in a world that no lesson has marked', () => {
    const { scenario, lesson, type } = begun('first-container');
    solve(scenario, 0, type);
    expect(lesson.goTo(new Stage(emptyEngine(), software, options).machine)).toBe('');
    expect(lesson.progress.step).toBe(1);
  });
});

describe('a line of a lesson', () => {
  it('is called by the commands that it stands for', () => {
    const { lesson } = begun('first-container');
    expect(lesson.labelOf('s')).toBe("docker run --name hello alpine echo 'hello from a container'");
    expect(lesson.labelOf('docker ps')).toBe('docker ps');
  });

  it('that only asks the classroom does not stand for the last command', () => {
    const { lesson } = begun('volumes');
    lesson.note([], '', 1);
    const why = { action: 'execve', data: { path: '/usr/local/bin/why', argv: ['why'] } } as never;
    lesson.after(begun('volumes').stage.machine, [why], '', 0);
    expect(lesson.seen.status).toBe(1);
  });
});

describe('what is missing', () => {
  it('is said once, and several commands in one sentence', () => {
    const { lesson, stage } = begun('misconceptions');
    expect(lesson.missing(stage.machine)).toContain('✗ docker run ps or docker exec ps has not been used in this step');
    const { says } = lesson.verdicts(stage.machine)[0] ?? {};
    expect(says?.ko).toBe('이 단계에서 docker run ps 또는 docker exec ps를 아직 쓰지 않았어요');
    const tell = new Teller({ lang: 'en', width: 80 });
    const verdict = { ok: false, says: { en: 'there is no image x', ko: 'x 이미지가 없어요' } };
    expect(tell.missing([verdict, verdict])).toBe('So far:\n  ✗ there is no image x\n');
  });

  it('of a build that has not been made is neither there nor not', () => {
    const { scenario, lesson, stage, type } = begun('cache-and-order');
    solve(scenario, 0, type);
    expect(lesson.progress.step).toBe(1);
    expect(lesson.missing(stage.machine)).toContain('✗ nothing was built in this step');
  });
});

it('the end of a lesson names the next one', () => {
  const { scenario, lesson, type, stage } = begun('first-container');
  lesson.next = () => 'ports';
  const said = scenario.steps.map((_step, i) => solve(scenario, i, type)).join('');
  expect(said).toMatch(/The next one: drydock scenario run ports\n$/);
  expect(lesson.say('q', stage.machine).text).toMatch(/complete.*\n.*scenario run ports\n$/);
});
