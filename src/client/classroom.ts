import { printable } from '../explain/width.ts';
import type { Session } from '../session/store.ts';
import { shellTexts } from '../shell/texts/texts.ts';
import { Classroom } from './classroom-lines.ts';
import { classroomSession, playClassroom } from './classroom-machine.ts';
import type { LessonRoom } from './lesson-room.ts';
import { readFolder } from './open-folder.ts';
import type { Options } from './options.ts';
import { say } from './say.ts';
import { style } from './style.ts';

/** The classroom shell on the terminal; `open`: a folder of the real computer to have in it. Returns the exit status. */
export async function runClassroom(options: Options, env: NodeJS.ProcessEnv, open?: string): Promise<number> {
  const folder = open === undefined ? undefined : readFolder(open);
  if (folder && 'fault' in folder) {
    say([`drydock: ${shellTexts(options.lang).notOpened[folder.fault]({ folder: printable(open ?? '') })}`]);
    return 1;
  }
  const classroom = new Classroom(options, env, await style(options, 1), folder ? { folder } : {});
  const played = await playClassroom(classroomSession(env), classroom.software, classroom, options, env);
  return played.exit.code;
}

/** The same shell, with a lesson in it, on the lesson's own machine. */
export async function runLessonRoom(
  session: Session,
  lesson: LessonRoom,
  options: Options,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const classroom = new Classroom(options, env, await style(options, 1), { lesson });
  await playClassroom(session, classroom.software, classroom, options, env);
}
