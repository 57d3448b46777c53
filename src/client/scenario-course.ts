import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Language } from '../explain/language.ts';
import { printable } from '../explain/width.ts';
import { decodeUtf8, encodeUtf8 } from '../kernel/bytes.ts';
import { second } from '../kernel/json.ts';
import { begin, machineOf, snapshot } from '../kernel/simulation.ts';
import { inject } from '../scenario/inject.ts';
import { lessonHost } from '../scenario/place.ts';
import { readScenario, type Step, scenarioSchema } from '../scenario/schema/scenario.ts';
import { skeleton } from '../scenario/skeleton.ts';
import { lessonTexts } from '../scenario/texts/texts.ts';
import { plainWords } from '../scenario/words.ts';
import { writeLesson } from '../session/lessons.ts';
import type { Session } from '../session/store.ts';
import { dataHome, passTime } from './commands.ts';
import { firstHost } from './first-host.ts';
import { progressOf } from './lesson-progress.ts';
import type { Options } from './options.ts';
import { print } from './output.ts';
import { pace } from './pace.ts';
import { say } from './say.ts';
import { faultLines, openScenario, scenarioPath, scenarioText } from './scenario-files.ts';
import { lessonSoftware, playLessonLine } from './scenario-machine.ts';
import { lessonOf, runLesson, sessionOf, teller } from './scenario-run.ts';
import { readWorldFile } from './session-files.ts';
import { style } from './style.ts';
import { terminalFds } from './terminal.ts';

/** What a person takes to type the next line, µs: a server that was started has come up by then. */
const typing = 2 * second;

/** `drydock scenario run NAME`. */
export async function runScenario(name: string, options: Options, env: NodeJS.ProcessEnv): Promise<number> {
  const found = openScenario(name, options);
  return found ? runLesson(found, options, env) : 1;
}

/** `drydock scenario check NAME`: 0 when the present step (or all) is done. */
export async function checkScenario(name: string, options: Options, env: NodeJS.ProcessEnv): Promise<number> {
  const found = begunScenario(name, options, env);
  if (!found) return 1;
  const lesson = await lessonOf(found, options, env);
  const before = lesson.progress.step;
  const text = await sessionOf(found, env).transact((turn) => {
    const sim = begin(turn.world, lessonSoftware());
    const result = lesson.step ? lesson.check(machineOf(sim, lessonHost(sim.world, firstHost))) : lesson.task();
    // what goes wrong in the next step begins now
    return { world: lesson.progress.step > before ? snapshot(sim) : turn.world, result };
  });
  out(text);
  return lesson.step === undefined || lesson.progress.step > before ? 0 : 1;
}

/** `drydock scenario hint NAME`: the next hint of the present step. */
export async function hintScenario(name: string, options: Options, env: NodeJS.ProcessEnv): Promise<number> {
  const found = begunScenario(name, options, env);
  if (!found) return 1;
  const lesson = await lessonOf(found, options, env);
  const { step } = lesson;
  if (!step) {
    out(lesson.task());
    return 0;
  }
  const astray = await sessionOf(found, env).transact((turn) => {
    const sim = begin(turn.world, lessonSoftware());
    return { world: turn.world, result: lesson.astray(step, machineOf(sim, lessonHost(sim.world, firstHost))) };
  });
  out(lesson.hint(step) + astray);
  return 0;
}

/** `drydock scenario solve NAME`: performs the reference solution of the present step, and goes on. */
export async function solveScenario(name: string, options: Options, env: NodeJS.ProcessEnv): Promise<number> {
  const found = begunScenario(name, options, env);
  if (!found) return 1;
  const lesson = await lessonOf(found, options, env);
  const session = sessionOf(found, env);
  const { dim } = await style(options, 1);
  for (const command of lesson.step?.solution ?? []) {
    out(`${dim('$')} ${printable(command)}\n`);
    const { steps, printed, status } = await playLessonLine(command, plainWords(command), session, options, env);
    lesson.note(steps, decodeUtf8(printed), status);
    await passTime(session, typing);
  }
  if (!lesson.step) {
    out(lesson.task());
    return 0;
  }
  const said = await session.transact((turn) => {
    const sim = begin(turn.world, lessonSoftware());
    const result = lesson.solve(machineOf(sim, lessonHost(sim.world, firstHost)));
    return { world: result.done ? snapshot(sim) : turn.world, result };
  });
  out(said.text);
  if (!said.done) say([lessonTexts(options.lang).inTheWay({ name: found.name })]);
  return said.done ? 0 : 1;
}

/** `drydock scenario reset NAME`: from the beginning, with a machine of its own again. */
export async function resetScenario(name: string, options: Options, env: NodeJS.ProcessEnv): Promise<number> {
  const found = openScenario(name, options);
  if (!found) return 1;
  writeLesson(dataHome(env), found.name, undefined);
  say([lessonTexts(options.lang).resetDone({ name: found.name })]);
  return 0;
}

/** `drydock scenario play NAME`: shows the reference solution; on a terminal at a pace that can be read along. */
export async function playLesson(name: string, options: Options, env: NodeJS.ProcessEnv): Promise<number> {
  const found = openScenario(name, options);
  if (!found) return 1;
  const { scenario } = found;
  const tell = await teller(options);
  const { dim } = await style(options, 1);
  const onTerminal = terminalFds().includes(0) && terminalFds().includes(1);
  const session = sessionOf({ ...found, name: 'play' }, env);
  await session.transact((turn) => ({ world: turn.startOver(), result: undefined }));
  const read = async (text: string) => {
    out(text);
    return onTerminal && (await pace(text.length, options)) === 'stop';
  };
  out(tell.title(scenario));
  for (const [i, step] of scenario.steps.entries()) {
    if (i > 0) await goWrong(session, step.faults);
    if (await read(tell.shown(step, i + 1, scenario.steps.length))) return 130;
    for (const command of step.solution) {
      out(`\n${dim('$')} ${printable(command)}\n`);
      const { status } = await playLessonLine(command, plainWords(command), session, options, env);
      await passTime(session, typing);
      if (status === 130 && onTerminal) return 130;
    }
    if (await read(tell.explained(step))) return 130;
  }
  out(tell.played(scenario, found.name));
  return 0;
}

/** What goes wrong when a step begins. */
async function goWrong(session: Session, faults: Step['faults']): Promise<void> {
  if (!faults) return;
  await session.transact((turn) => {
    const sim = begin(turn.world, lessonSoftware());
    inject(machineOf(sim, lessonHost(sim.world, firstHost)), faults);
    return { world: snapshot(sim), result: undefined };
  });
}

/** `drydock scenario lint FILE…`: 1 when something is wrong. */
export function lintScenarios(names: readonly string[], options: Options): number {
  let status = 0;
  for (const name of names) {
    const path = scenarioPath(name) ?? name;
    const text = scenarioText(path, options);
    const faults = text === undefined ? undefined : faultsOf(text, path);
    if (faults === undefined || faults.length > 0) status = 1;
    if (!faults) continue;
    const lines =
      faults.length === 0
        ? [lessonTexts(options.lang).lintGood({ file: printable(path) })]
        : faultLines(path, faults, options);
    out(`${lines.join('\n')}\n`);
  }
  return status;
}

/** What is wrong with a scenario, and with the file beside it that it begins with. */
function faultsOf(text: string, path: string): ReturnType<typeof readScenario>['faults'] {
  const { scenario, faults } = readScenario(text);
  const file = scenario?.start?.session;
  if (file === undefined) return faults;
  const found = readWorldFile(join(dirname(path), file));
  if (!('fault' in found)) return faults;
  const lines = text.split('\n');
  const line = lines.findIndex((each) => /^\s+session:/.test(each));
  const column = (lines[line]?.indexOf('session:') ?? 0) + 1;
  const say = (lang: Language) => lessonTexts(lang).portable.fault[found.fault]({ file });
  return [{ line: line + 1, column, says: { en: say('en'), ko: say('ko') } }];
}

/** `drydock scenario new NAME`: a folder with a scenario to fill in, and the schema that editors check it by. */
export function newScenario(name: string, options: Options): number {
  const texts = lessonTexts(options.lang);
  const refuse = (line: string) => {
    say([`drydock: ${line}`]);
    return 1;
  };
  if (!/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/.test(name)) return refuse(texts.badName({ name: printable(name) }));
  if (existsSync(name)) return refuse(texts.exists({ path: name }));
  mkdirSync(name);
  const path = join(name, 'scenario.yaml');
  writeFileSync(path, skeleton(), { flag: 'wx' });
  writeFileSync(join(name, 'scenario.schema.json'), `${JSON.stringify(scenarioSchema(), null, 2)}\n`, { flag: 'wx' });
  out(`${texts.made({ path })}\n`);
  return 0;
}

/** A scenario that somebody has begun. */
function begunScenario(name: string, options: Options, env: NodeJS.ProcessEnv) {
  const found = openScenario(name, options);
  if (found && progressOf(found.name, env) === undefined) {
    say([`drydock: ${lessonTexts(options.lang).begin({ name: found.name })}`]);
    return undefined;
  }
  return found;
}

function out(text: string): void {
  print(1, encodeUtf8(text));
}
