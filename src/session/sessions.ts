import { join } from 'node:path';
import { asSessionError, errnoOf, SessionError } from './errors.ts';
import { type Files, guarded, makeFolder, readText, realFiles, remove, replaceFile } from './files.ts';
import { takeLock } from './lock.ts';
import { currentFile, defaultSession, inSession, sessionFolder, sessionName, sessionsFolder } from './paths.ts';

export interface SessionInfo {
  readonly name: string;
  readonly current: boolean;
  /** When it was saved last, milliseconds since 1970; undefined when it never was. */
  readonly saved: number | undefined;
}

/** Name of the session in use: the default one until another is chosen. */
export function currentSession(home: string, files: Files = realFiles): string {
  const path = currentFile(home);
  const text = readText(files, path)?.trim();
  if (text === undefined) return defaultSession;
  try {
    return sessionName(text);
  } catch (cause) {
    throw new SessionError('damaged', { path, part: 'head', detail: 'no session name in it' }, { cause });
  }
}

/** All sessions by name, the default one always among them. */
export function listSessions(home: string, files: Files = realFiles): readonly SessionInfo[] {
  const current = currentSession(home, files);
  const names = new Set([defaultSession, ...foldersIn(sessionsFolder(home), files)]);
  return [...names].sort().map((name) => ({
    name,
    current: name === current,
    saved: savedAt(inSession.head(sessionFolder(home, name)), files),
  }));
}

/** Makes a session. Throws `session-exists`, `bad-name`. */
export function newSession(home: string, name: string, files: Files = realFiles): void {
  const folder = sessionFolder(home, name);
  makeFolder(files, sessionsFolder(home));
  try {
    files.mkdirSync(folder);
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw asSessionError(error, folder);
    throw new SessionError('session-exists', { name: sessionName(name) });
  }
}

/** Makes a session the one in use. Throws `no-session`. */
export function useSession(home: string, name: string, files: Files = realFiles): void {
  const valid = sessionName(name);
  if (valid !== defaultSession && !isThere(sessionFolder(home, valid), files)) {
    throw new SessionError('no-session', { name: valid });
  }
  makeFolder(files, home);
  const path = currentFile(home);
  replaceFile(files, path, `${path}.${process.pid}`, `${valid}\n`);
}

/** Removes a session and all that is in it; if it was in use, the default one is then. Throws `no-session`, `busy`. */
export async function removeSession(home: string, name: string, files: Files = realFiles): Promise<void> {
  const valid = sessionName(name);
  const folder = sessionFolder(home, valid);
  if (!isThere(folder, files)) throw new SessionError('no-session', { name: valid });
  const unlock = await takeLock(files, inSession.lock(folder), { patience: 30_000 });
  const away = join(sessionsFolder(home), `${removed}${process.pid}-${Date.now()}`);
  try {
    guarded(folder, () => files.renameSync(folder, away));
  } catch (error) {
    unlock();
    throw error;
  }
  if (safeCurrent(home, files) === valid) remove(files, currentFile(home));
  for (const left of files.readdirSync(sessionsFolder(home)).filter((found) => found.startsWith(removed))) {
    const path = join(sessionsFolder(home), left);
    guarded(path, () => files.rmSync(path, { recursive: true, force: true }));
  }
}

/** A session on its way out; no session's name begins with a dot. */
const removed = '.removed-';

function safeCurrent(home: string, files: Files): string | undefined {
  try {
    return currentSession(home, files);
  } catch {
    return undefined;
  }
}

function foldersIn(folder: string, files: Files): string[] {
  try {
    return files.readdirSync(folder).filter(isSessionName);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw asSessionError(error, folder);
  }
}

function isSessionName(name: string): boolean {
  try {
    return sessionName(name) === name;
  } catch {
    return false;
  }
}

function isThere(path: string, files: Files): boolean {
  return statOf(path, files) !== undefined;
}

function savedAt(path: string, files: Files): number | undefined {
  return statOf(path, files)?.mtimeMs;
}

function statOf(path: string, files: Files) {
  try {
    return files.statSync(path);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw asSessionError(error, path);
  }
}
