import { join, posix, win32 } from 'node:path';
import { SessionError } from './errors.ts';

/** What of the surroundings decides where files go: passed in, so that tests can ask for another system's answer. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: { readonly [name: string]: string | undefined };
  /** The user's home directory. */
  readonly home: string;
}

/**
 * The folder under which everything is kept: `DRYDOCK_HOME`, else the place that the system has for a user's data
 * (XDG Base Directory Specification; on Windows `%LOCALAPPDATA%`; on macOS `~/Library/Application Support`).
 */
export function homeFolder({ platform, env, home }: Surroundings): string {
  const path = platform === 'win32' ? win32 : posix;
  if (env.DRYDOCK_HOME) return path.resolve(env.DRYDOCK_HOME);
  if (platform === 'win32') return path.join(env.LOCALAPPDATA || path.join(home, 'AppData', 'Local'), 'drydock');
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'drydock');
  // the specification: a relative path is invalid and to be ignored
  const data = env.XDG_DATA_HOME?.startsWith('/') ? env.XDG_DATA_HOME : path.join(home, '.local', 'share');
  return path.join(data, 'drydock');
}

export const defaultSession = 'default';

/** Names that Windows keeps for devices, with or without an extension. */
const reserved = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;
const plain = /^[a-zA-Z0-9](?:[a-zA-Z0-9._-]{0,62}[a-zA-Z0-9_-])?$/;
/** Made when it is needed: properties of characters take V8 longer to compile than all else at the start. */
const wellFormed = () => /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}._-]{0,62}[\p{L}\p{M}\p{N}_-])?$/u;

/**
 * A session's name as it is kept: composed (NFC), because macOS hands over Hangul in pieces.
 * Throws `bad-name` for what could not be the name of a folder on every system.
 */
export function sessionName(name: string): string {
  if (name === defaultSession || (plain.test(name) && !reserved.test(name))) return name;
  const composed = name.normalize('NFC');
  if (!wellFormed().test(composed) || reserved.test(composed) || new TextEncoder().encode(composed).length > 200) {
    throw new SessionError('bad-name', { name });
  }
  return composed;
}

/** The folder that holds one folder for each session. */
export function sessionsFolder(home: string): string {
  return join(home, 'sessions');
}

/** A session's own folder. */
export function sessionFolder(home: string, name: string): string {
  return join(sessionsFolder(home), sessionName(name));
}

/** The file that names the session in use. */
export function currentFile(home: string): string {
  return join(home, 'current');
}

/** The files in a session's folder. */
export const inSession = {
  head: (folder: string) => join(folder, 'head.json'),
  /** Written in full, then renamed to the head, where that is replaced. */
  nextHead: (folder: string) => join(folder, 'head.next'),
  lock: (folder: string) => join(folder, 'lock'),
  pack: (folder: string, generation: number) => join(folder, `${packPrefix}${generation}`),
};

export const packPrefix = 'pack-';
