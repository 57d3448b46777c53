import * as fs from 'node:fs';
import { dirname } from 'node:path';
import { asSessionError, errnoOf } from './errors.ts';

/** The file operations that sessions use: handed in, so that a full disk can be tried out. */
export type Files = Pick<
  typeof fs,
  | 'closeSync'
  | 'mkdirSync'
  | 'openSync'
  | 'readFileSync'
  | 'readSync'
  | 'readdirSync'
  | 'renameSync'
  | 'rmSync'
  | 'statSync'
  | 'unlinkSync'
  | 'writeSync'
>;

export const realFiles: Files = fs;

/** Does `f`; a system call's failure in it becomes a SessionError about `path`. */
export function guarded<T>(path: string, f: () => T): T {
  try {
    return f();
  } catch (error) {
    throw asSessionError(error, path);
  }
}

/**
 * Makes a folder and those above it, where they are missing. mkdir's own option `recursive` names another error than the one
 * that there was (on a read-only disk), or does not come back (below /proc).
 */
export function makeFolder(files: Files, path: string): void {
  guarded(path, () => {
    try {
      files.mkdirSync(path);
    } catch (error) {
      const errno = errnoOf(error);
      if (errno === 'ENOENT' && dirname(path) !== path && !isThere(files, dirname(path))) {
        makeFolder(files, dirname(path));
        makeFolder(files, path);
      } else if (!isThere(files, path)) throw error;
    }
  });
}

function isThere(files: Files, path: string): boolean {
  try {
    return files.statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** A small file's text, or undefined when there is none. */
export function readText(files: Files, path: string): string | undefined {
  return guarded(path, () => {
    try {
      return files.readFileSync(path, 'utf8');
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  });
}

/** Writes all of `bytes` from `position`. */
export function writeFully(files: Files, fd: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length; )
    done += files.writeSync(fd, bytes, done, bytes.length - done, position + done);
}

/**
 * Adds a line to a file, behind its last whole line: what a writer left that did not get to the end of its own is written
 * over. False, and nothing done, where there is no line yet or the file would be longer than `longest` bytes.
 */
export function addLine(files: Files, path: string, line: string, longest: number): boolean {
  return guarded(path, () => {
    const bytes = Buffer.from(`${line}\n`);
    let fd: number;
    try {
      fd = files.openSync(path, 'r+');
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return false;
      throw error;
    }
    try {
      const end = files.readFileSync(fd, 'latin1').lastIndexOf('\n') + 1;
      if (end === 0 || end + bytes.length > longest) return false;
      writeFully(files, fd, bytes, end);
      return true;
    } finally {
      files.closeSync(fd);
    }
  });
}

/** Puts `text` at `path` so that readers, and whoever comes after a crash, see the old or the new file and nothing else. */
export function replaceFile(files: Files, path: string, draft: string, text: string): void {
  guarded(path, () => {
    try {
      const fd = files.openSync(draft, 'w');
      try {
        writeFully(files, fd, Buffer.from(text), 0);
      } finally {
        files.closeSync(fd);
      }
      renameOver(files, draft, path);
    } catch (error) {
      remove(files, draft);
      throw error;
    }
  });
}

/** Removes a file if it is there and can be. */
export function remove(files: Files, path: string): void {
  try {
    files.unlinkSync(path);
  } catch {
    // left over: harmless, and written over by the next who needs the name
  }
}

const whileOpenElsewhere = new Set(['EACCES', 'EBUSY', 'EPERM']);

/** rename(2); on Windows it fails for the moment in which somebody else has the target open, so it is tried again. */
function renameOver(files: Files, from: string, to: string): void {
  for (let attempt = 0; ; attempt++) {
    try {
      files.renameSync(from, to);
      return;
    } catch (error) {
      const passing = process.platform === 'win32' && whileOpenElsewhere.has(errnoOf(error) ?? '');
      if (!passing || attempt === 9) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5 << Math.min(attempt, 4)); // sleeps, in ms
    }
  }
}
