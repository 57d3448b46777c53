import type { Software } from '../kernel/machine.ts';
import type { World } from '../kernel/state.ts';
import type { Step } from '../kernel/trace.ts';
import { listSessions, newSession } from '../session/sessions.ts';
import { openSession, type Session } from '../session/store.ts';
import { wallClock } from './clock.ts';
import { dataHome } from './commands.ts';
import { firstWorld } from './first-world.ts';
import { type Options, simulatedEnv } from './options.ts';
import { play } from './play.ts';
import { installedSoftware } from './software.ts';
import { explain, sayNotices } from './tell.ts';

/** What is installed on a lesson's machine: nothing there sees the files of the real one. */
export function lessonSoftware(): Software {
  return installedSoftware();
}

/** A new world on this moment's clock. */
export function newWorld(): World {
  return firstWorld(installedSoftware(), wallClock(), `${process.pid}-${Date.now()}`);
}

/** Opens the session of a lesson; made, with the world that `create` makes, where there is none. */
export function lessonSession(name: string, env: NodeJS.ProcessEnv, create: () => World): Session {
  const home = dataHome(env);
  if (!listSessions(home).some((session) => session.name === name)) newSession(home, name);
  return openSession(home, name, { create });
}

/** What a command line of a lesson did. */
export interface LineResult {
  readonly status: number;
  readonly steps: readonly Step[];
  /** The end of what it printed, as bytes. */
  readonly printed: string;
}

/** One command line of a lesson; what docker commands did is explained. */
export async function playLessonLine(
  line: string,
  words: readonly string[] | undefined,
  session: Session,
  options: Options,
  env: NodeJS.ProcessEnv,
): Promise<LineResult> {
  const isDocker = words?.[0] === 'docker';
  const exec =
    words && isDocker
      ? { path: '/usr/bin/docker', argv: words, env: simulatedEnv([], env) }
      : { path: '/usr/bin/sh', argv: ['sh', '-c', line], env: simulatedEnv([], env) };
  let printed = '';
  const played = await play(
    session,
    installedSoftware(),
    { exec, label: line, changes: true },
    {
      shown: (_m, _run, out) => {
        printed = (printed + out.map(({ bytes }) => bytes).join('')).slice(-65_536);
        return out;
      },
    },
  );
  const verb = words?.find((word, i) => i > 0 && !word.startsWith('-')) ?? '';
  if (isDocker) await explain(played, verb, options);
  sayNotices(played.notices, options);
  return { status: played.exit.code, steps: played.steps, printed };
}
