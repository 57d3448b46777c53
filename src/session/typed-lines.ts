import { join } from 'node:path';
import { type Files, makeFolder, readText, realFiles, replaceFile } from './files.ts';

/** How many lines are kept. */
const kept = 1000;

/** The file with the lines that were typed in the classroom shell. */
export function typedLinesFile(home: string): string {
  return join(home, 'history');
}

/** The lines typed before, the oldest first; none when the file cannot be read. */
export function readTypedLines(home: string, files: Files = realFiles): readonly string[] {
  let text = '';
  try {
    text = readText(files, typedLinesFile(home)) ?? '';
  } catch {
    return [];
  }
  const lines = text.split('\n').filter((line) => line !== '');
  if (lines.length > 2 * kept) rewrite(home, lines.slice(-kept), files);
  return lines.slice(-kept);
}

/** Adds a line. A disk that does not take it is no reason to stop: then it is not remembered. */
export function addTypedLine(home: string, line: string, files: Files = realFiles): void {
  try {
    makeFolder(files, home);
    const fd = files.openSync(typedLinesFile(home), 'a', 0o600);
    try {
      files.writeSync(fd, `${line}\n`);
    } finally {
      files.closeSync(fd);
    }
  } catch {
    // not remembered
  }
}

function rewrite(home: string, lines: readonly string[], files: Files): void {
  const path = typedLinesFile(home);
  try {
    replaceFile(files, path, `${path}.${process.pid}`, `${lines.join('\n')}\n`);
  } catch {
    // as long as before
  }
}
