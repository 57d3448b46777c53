import { readSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Style } from '../explain/layout.ts';
import { printable } from '../explain/width.ts';
import { decodeUtf8, encodeUtf8, fromUint8Array } from '../kernel/bytes.ts';
import type { Machine } from '../kernel/machine.ts';
import { begin, machineOf } from '../kernel/simulation.ts';
import type { World } from '../kernel/state.ts';
import type { Step } from '../kernel/trace.ts';
import { Lesson, noProgress } from '../scenario/lesson.ts';
import { lessonHost } from '../scenario/place.ts';
import { Stage } from '../scenario/stage.ts';
import { StartError, startingWorld } from '../scenario/start.ts';
import { Teller } from '../scenario/teller.ts';
import { lessonTexts } from '../scenario/texts/texts.ts';
import { lessonWords, withLesson, withoutWords } from '../scenario/word.ts';
import { writeLesson } from '../session/lessons.ts';
import type { PortableFault } from '../session/portable.ts';
import type { Session } from '../session/store.ts';
import { runLessonRoom } from './classroom.ts';
import { commandsIn, lineExplanation } from './classroom-machine.ts';
import { restartClock, wallClock } from './clock.ts';
import { dataHome } from './commands.ts';
import { firstHost } from './first-host.ts';
import { hostPrograms } from './first-world.ts';
import { keepProgress, progressOf } from './lesson-progress.ts';
import type { LessonRoom } from './lesson-room.ts';
import { type Options, simulatedEnv } from './options.ts';
import { print } from './output.ts';
import { say } from './say.ts';
import type { Found } from './scenario-files.ts';
import { nextInCourse } from './scenario-list.ts';
import { lessonSession, lessonSoftware, newWorld } from './scenario-machine.ts';
import { readWorldFile } from './session-files.ts';
import { style } from './style.ts';
import { terminalFds, terminalSize } from './terminal.ts';

/** Puts a lesson's words into lines for the terminal, or for a pipe. */
export async function teller(options: Options): Promise<Teller> {
  const width = terminalFds().includes(1) ? terminalSize().cols : 80;
  return new Teller({ lang: options.lang, width, plain: options.plain, style: await style(options, 1) });
}

/** A lesson that keeps its progress. */
export async function lessonOf({ name, scenario }: Found, options: Options, env: NodeJS.ProcessEnv): Promise<Lesson> {
  const progress = progressOf(name, env) ?? noProgress;
  const step = Math.min(progress.step, scenario.steps.length);
  const lesson = new Lesson(scenario, await teller(options), { ...progress, step }, (now) =>
    keepProgress(name, now, scenario, env),
  );
  lesson.name = name;
  lesson.next = () => nextInCourse(name, options, env);
  return lesson;
}

/** The session that a lesson takes place in. Throws StartError at its first use. */
export function sessionOf({ name, path, scenario }: Found, env: NodeJS.ProcessEnv): Session {
  const options = { host: firstHost, env: simulatedEnv([], env), programs: hostPrograms() };
  const file = scenario.start?.session;
  const create = () => {
    const world = file === undefined ? newWorld() : givenWorld(join(dirname(path), file));
    return startingWorld(scenario, world, lessonSoftware(), options);
  };
  return lessonSession(`scenario-${name}`, env, create);
}

/** The file of a teacher's with the world to begin with cannot be used. */
class GivenError extends StartError {
  readonly fault: PortableFault | 'unreadable';

  constructor(file: string, fault: GivenError['fault']) {
    super(file, fault);
    this.fault = fault;
  }
}

/** The world in a file of the teacher's, on this moment's clock. Throws StartError. */
function givenWorld(path: string): World {
  const found = readWorldFile(path);
  if ('fault' in found) throw new GivenError(printable(basename(path)), found.fault);
  return restartClock(found.world, wallClock());
}

/** `drydock scenario run`: goes on with a scenario. 0: all is done, or somebody left at the terminal; 1: not done. */
export async function runLesson(found: Found, options: Options, env: NodeJS.ProcessEnv): Promise<number> {
  const session = sessionOf(found, env);
  const lesson = await lessonOf(found, options, env);
  try {
    // begun anew when it was forgotten that it had begun
    const fresh = progressOf(found.name, env) === undefined;
    await session.transact((turn) => ({
      world: fresh ? turn.startOver() : turn.world,
      result: undefined,
    }));
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    const { portable, startFailed } = lessonTexts(options.lang);
    const fault = error instanceof GivenError ? portable.fault[error.fault]({ file: error.command }) : undefined;
    say(
      fault === undefined
        ? [`drydock: ${startFailed({ command: error.command })}`, error.printed.trimEnd()]
        : [`drydock: ${fault}`],
    );
    return 1;
  }
  keepProgress(found.name, lesson.progress, found.scenario, env);
  print(1, encodeUtf8(`${lesson.opening()}\n`));
  const onTerminal = terminalFds().includes(0) && terminalFds().includes(1);
  if (!onTerminal) return fromPipe(found.name, lesson, session, options, env);
  await onTheTerminal(lesson, session, options, env);
  if (!lesson.again) return 0;
  writeLesson(dataHome(env), found.name, undefined);
  return runLesson(found, options, env);
}

/** The computer that a world's lesson is on, to look at. */
function machineAt(world: World): Machine {
  return machineOf(begin(world, lessonSoftware()), lessonHost(world, firstHost));
}

async function onTheTerminal(
  lesson: Lesson,
  session: Session,
  options: Options,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const look = await style(options, 1);
  const room: LessonRoom = {
    software: (software) => withLesson(software, (word, m) => lesson.say(word, m)),
    isWord: (line) => lessonWords.includes(line),
    withoutWords,
    labelOf: (line) => lesson.labelOf(line),
    travelled: (world) => lesson.goTo(machineAt(world)),
    after(m, steps, printed, status) {
      keepExplanation(lesson, steps, options, look);
      return lesson.after(m, steps, printed, status);
    },
    help: () => lesson.task(),
  };
  await runLessonRoom(session, room, options, env);
}

/** Remembers what the steps of a command line mean, for the word why. */
function keepExplanation(lesson: Lesson, steps: readonly Step[], options: Options, look: Style): void {
  if (commandsIn(steps).length === 0) return;
  lesson.why = () => {
    const { lang, plain } = options;
    const lines = lineExplanation(steps, { level: 'full', lang, plain, width: terminalSize().cols, style: look });
    return lines.map((line) => `${line}\n`).join('');
  };
}

async function fromPipe(
  name: string,
  lesson: Lesson,
  session: Session,
  options: Options,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const look = await style(options, 1);
  let left = false;
  const software = withLesson(lessonSoftware(), (word, m) => {
    const said = lesson.say(word, m);
    left ||= said.leave === true;
    return said;
  });
  const lines = readLines();
  await session.transact((turn) => {
    const stage = new Stage(turn.world, software, { host: firstHost, env: simulatedEnv([], env) });
    for (const line of lines) {
      if (line.trim() === '') continue;
      print(1, encodeUtf8(`$ ${line}\n`));
      const { printed, steps: all, status } = stage.line(line);
      const steps = withoutWords(all);
      keepExplanation(lesson, steps, options, look);
      const said = lesson.after(stage.machine, steps, printed, status);
      print(1, encodeUtf8(printed + said));
      if (left) break;
    }
    stage.close();
    return { world: stage.world, result: undefined };
  });
  if (lesson.again) writeLesson(dataHome(env), name, undefined);
  if (lesson.step === undefined) return 0;
  if (!left) {
    const missing = await session.transact((turn) => {
      return { world: turn.world, result: lesson.missing(machineAt(turn.world)) };
    });
    print(1, encodeUtf8(`\n${missing}`));
  }
  return 1;
}

const mostInput = 1_048_576;

/** All lines of the standard input. */
function readLines(): readonly string[] {
  const chunks: string[] = [];
  const buffer = new Uint8Array(65_536);
  for (let total = 0; total < mostInput; ) {
    let count = 0;
    try {
      count = readSync(0, buffer);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'EOF') break;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10); // whoever writes has not kept up
      continue;
    }
    if (count === 0) break;
    total += count;
    chunks.push(fromUint8Array(buffer.subarray(0, count)));
  }
  return decodeUtf8(chunks.join('')).split(/\r?\n/);
}
