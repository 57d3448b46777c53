import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/program.ts';
import type { Editor } from './buffer.ts';

/** Larger files are refused: every change copies the list of lines. */
const largest = 2_000_000;

export interface Opened {
  readonly lines: string[];
  readonly bytes: number;
  readonly isNew: boolean;
  readonly readOnly: boolean;
}

/** Reads a file to edit; a string instead says why it cannot be edited. */
export function openText(sys: Sys, path: string): Opened | string {
  const stat = sys.fs.stat(path);
  if (isErrno(stat)) {
    if (stat.errno !== 'ENOENT') return `'${path}': ${strerror(stat)}`;
    return { lines: [''], bytes: 0, isNew: true, readOnly: false };
  }
  if (stat.type === 'dir') return `'${path}' is a directory`;
  if (stat.type !== 'file') return `'${path}' is not a regular file`;
  if (stat.size > largest) return `'${path}' is too large: ${largest} bytes at most can be edited here`;
  const got = sys.fs.readFile(path);
  if (isErrno(got)) return `'${path}': ${strerror(got)}`;
  const text = decodeUtf8(got.bytes);
  if (got.bytes.includes('\0') || encodeUtf8(text) !== got.bytes)
    return `'${path}' is not text in UTF-8: it cannot be edited here`;
  const lines = text.replace(/\n$/, '').split('\n');
  return { lines, bytes: got.bytes.length, isNew: false, readOnly: sys.fs.access(path, 2) !== undefined };
}

/** Writes lines to a file: how many bytes, or the error's text. */
export function saveText(sys: Sys, path: string, lines: readonly string[]): number | string {
  const bytes = lines.length === 1 && lines[0] === '' ? '' : encodeUtf8(`${lines.join('\n')}\n`);
  const failed = sys.fs.writeFile(path, bytes);
  return failed ? strerror(failed) : bytes.length;
}

/** Takes a file's text into the editor. */
export function take(e: Editor, path: string, opened: Opened): void {
  e.path = path;
  e.lines = opened.lines;
  e.isNew = opened.isNew;
  e.readOnly = opened.readOnly;
  e.changed = false;
  e.undo = [];
  e.x = 0;
  e.y = 0;
}
