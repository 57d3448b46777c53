import type { Json } from '../kernel/json.ts';
import { noProgress, type Progress } from '../scenario/lesson.ts';
import type { Scenario } from '../scenario/schema/scenario.ts';
import { readLessons, writeLesson } from '../session/lessons.ts';
import { dataHome } from './commands.ts';

/** How far somebody is in a scenario; undefined: not begun. */
export function progressOf(name: string, env: NodeJS.ProcessEnv): Progress | undefined {
  const saved = readLessons(dataHome(env))[name];
  if (typeof saved !== 'object' || saved === null || Array.isArray(saved)) return undefined;
  const counts = Object.keys(noProgress).every((key) => {
    const count = (saved as { readonly [key: string]: Json })[key];
    return typeof count === 'number' && Number.isInteger(count) && count >= 0;
  });
  return counts ? (saved as unknown as Progress) : undefined;
}

/** Keeps it, with the time, and of how many steps. */
export function keepProgress(name: string, progress: Progress, { steps }: Scenario, env: NodeJS.ProcessEnv): void {
  const stamped = { ...progress, of: steps.length, at: Math.floor(Date.now() / 1000) };
  writeLesson(dataHome(env), name, stamped as unknown as Json);
}
