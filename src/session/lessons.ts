import { join } from 'node:path';
import type { Json, Rec } from '../kernel/json.ts';
import { type Files, makeFolder, readText, realFiles, replaceFile } from './files.ts';

/** The file with how far somebody is in the scenarios, by their names. */
export function lessonsFile(home: string): string {
  return join(home, 'scenarios.json');
}

/** How far somebody is in the scenarios; what is not readable counts as nothing. Throws SessionError when the disk fails. */
export function readLessons(home: string, files: Files = realFiles): Rec<Json> {
  try {
    const data: unknown = JSON.parse(readText(files, lessonsFile(home)) ?? '{}');
    return typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as Rec<Json>) : {};
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return {};
  }
}

/** Notes how far somebody is in one scenario; undefined forgets it. Throws SessionError. */
export function writeLesson(home: string, name: string, progress: Json | undefined, files: Files = realFiles): void {
  const { [name]: _old, ...others } = readLessons(home, files);
  const path = lessonsFile(home);
  makeFolder(files, home);
  const lessons = progress === undefined ? others : { ...others, [name]: progress };
  replaceFile(files, path, `${path}.${process.pid}`, `${JSON.stringify(lessons, null, 2)}\n`);
}
