// Every scenario that comes with drydock: its solutions solve it, its start and the wrong ones do not.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { firstHost } from '../../src/client/first-host.ts';
import { hostPrograms } from '../../src/client/first-world.ts';
import { simulatedEnv } from '../../src/client/options.ts';
import type { Language } from '../../src/explain/language.ts';
import type { World } from '../../src/kernel/state.ts';
import { Lesson } from '../../src/scenario/lesson.ts';
import { readScenario, type Scenario } from '../../src/scenario/schema/scenario.ts';
import { Stage } from '../../src/scenario/stage.ts';
import { startingWorld } from '../../src/scenario/start.ts';
import { Teller } from '../../src/scenario/teller.ts';
import { emptyEngine, software } from '../support/sandbox.ts';

const options = { host: firstHost, env: simulatedEnv([], {}), programs: hostPrograms() };
const names = readdirSync('scenarios', { withFileTypes: true })
  .filter((each) => each.isDirectory())
  .map(({ name }) => name);

/** Performs commands at a step; what the lesson said, the world afterwards, and how far it came. */
function perform(scenario: Scenario, world: World, step: number, commands: readonly string[], lang: Language = 'en') {
  const stage = new Stage(world, software, options);
  const lesson = new Lesson(scenario, new Teller({ lang, width: 80 }), {
    step,
    given: 0,
    hints: 0,
    checks: 0,
    solved: 0,
  });
  let said = '';
  let printed = '';
  for (const command of commands) {
    const played = stage.line(command);
    printed += `$ ${command}\n${played.printed}`;
    said += lesson.after(stage.machine, played.steps, played.printed, played.status);
  }
  const missing = new Teller({ lang, width: 80 }).missing(lesson.verdicts(stage.machine));
  stage.close();
  return { said, printed, missing, world: stage.world, step: lesson.progress.step };
}

describe.each(names)('scenario %s', (name) => {
  const { scenario, faults } = readScenario(readFileSync(`scenarios/${name}/scenario.yaml`, 'utf8'));
  it('is well formed', () => expect(faults).toEqual([]));
  if (!scenario) return;
  const worlds: World[] = [];
  const worldAt = (step: number): World => {
    worlds[0] ??= startingWorld(scenario, emptyEngine(), software, options);
    for (let i = worlds.length; i <= step; i++) {
      const before = worlds[i - 1];
      if (before) worlds.push(perform(scenario, before, i - 1, scenario.steps[i - 1]?.solution ?? []).world);
    }
    return worlds[step] ?? emptyEngine();
  };

  it('has an editor, and drydock by its own name', () => {
    const { printed } = perform(scenario, worldAt(0), scenario.steps.length, [
      'command -v edit; command -v nano',
      'drydock ps',
    ]);
    expect(printed).toMatch(/bin\/edit\n.*bin\/nano\n[\s\S]*CONTAINER ID/);
  });

  it('says of verbs of drydock that are not for a lesson that they are not', () => {
    const { printed } = perform(scenario, worldAt(0), scenario.steps.length, [
      'drydock host use x 2>&1; echo $?',
      'DRYDOCK_LANG=ko drydock host list 2>&1',
      'drydock net 2>&1',
    ]);
    expect(printed).toContain('drydock host: a lesson has the computers that it begins with\n1\n');
    expect(printed).toContain('drydock host: 수업을 시작할 때 있던 컴퓨터만 써요');
    expect(printed).toContain('drydock net: only in the shell on a terminal');
  });

  it('suggests nothing to try that is not there', () => {
    for (const [i, { try: tries = [] }] of scenario.steps.entries()) {
      const { printed } = perform(scenario, worldAt(i), scenario.steps.length, tries);
      expect(printed).not.toMatch(/not found\n|not simulated|unknown (?:flag|command)/);
    }
  });

  describe.each(scenario.steps.map((step, i) => ({ step, i })))('step $i', ({ step, i }) => {
    it.each(['en', 'ko'] as const)('the reference solution, in %s', (lang) => {
      const { step: reached, printed, missing, said } = perform(scenario, worldAt(i), i, step.solution, lang);
      expect(reached, `${printed}\n${missing}`).toBe(i + 1);
      if (lang === 'ko') expect(said).toMatch(/[가-힣]/);
      else expect(said).not.toMatch(/[가-힣]/);
    });
    for (const [n, commands] of (step.also ?? []).entries()) {
      it(`other solution ${n + 1}: ${commands[0]}`, () => {
        const { step: reached, printed, missing } = perform(scenario, worldAt(i), i, commands);
        expect(reached, `${printed}\n${missing}`).toBe(i + 1);
      });
    }
    for (const { commands } of step.wrong ?? []) {
      it(`not a solution: ${commands.join('; ')}`, () => {
        const { step: reached, missing } = perform(scenario, worldAt(i), i, commands);
        expect(reached, missing).toBe(i);
      });
    }
    it('is not done before anything is', () => {
      expect(perform(scenario, worldAt(i), i, ['true']).step).toBe(i);
    });
    it('the hinted command is one of the solution, or does it', () => {
      expect(step.solution.join(' && ')).toContain(step.hints.command);
    });
  });
});
