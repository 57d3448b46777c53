import { SessionError } from './errors.ts';
import { addLine, type Files, readText, replaceFile } from './files.ts';
import { inSession } from './paths.ts';
import type { Kind, Root } from './pieces.ts';

/** The version of the files themselves; the world's own version is in the world. */
export const currentFormat = 1;

/** A world of the past or (after an undo) of the future, and the run that lies between it and its neighbour. */
export interface Step {
  /** The run's id, while it goes on. */
  readonly run?: string;
  /** The command line. */
  readonly label: string;
  /** When the run began: milliseconds since 1970. */
  readonly time: number;
  /** In the list of what can be undone: the world before. In that of what can be redone: the world after. */
  readonly world: Root;
  /** The run's explanation. */
  readonly trace?: Root;
  /** What could be redone when the run began; given back when it turns out to have changed nothing. */
  readonly redo?: readonly Step[];
}

/** A finished run, whether or not it can be undone. */
export interface Finished {
  readonly label: string;
  readonly time: number;
  readonly trace: Root;
}

/** What the small file says that tells what is true: its last whole line. */
export interface Head {
  readonly format: number;
  /** Counts saves. */
  readonly revision: number;
  /** Which pack file, how many of its bytes count, and how many there were after the last clean-up. */
  readonly generation: number;
  readonly end: number;
  readonly cleaned: number;
  readonly world: Root;
  /** Oldest first. */
  readonly undo: readonly Step[];
  readonly redo: readonly Step[];
  /** The run that finished last. */
  readonly last?: Finished;
}

/** Up to so many bytes heads are added to the file; then it begins anew with the next one. */
const longest = 32 * 1024;

/** A head without a world, so that a session that was never saved differs from one whose head was lost. */
export const firstHead = `${JSON.stringify({ format: currentFormat, revision: 0 })}\n`;

/** The head's text, or undefined when the session is new. */
export function readHead(files: Files, folder: string): string | undefined {
  const text = readText(files, inSession.head(folder));
  if (text === undefined) return undefined;
  const end = text.lastIndexOf('\n'); // behind it is what a writer left that died
  // the second head is so short that it is written whole or not at all: the file was cut, and is not to be taken for new
  if (end === firstHead.length - 1 && text.length > firstHead.length) return text;
  return end < 0 ? text : text.slice(text.lastIndexOf('\n', end - 1) + 1, end + 1);
}

/**
 * Adds a head to the file. Readers, and whoever comes after a crash, see this one or the one before. Replacing the file each
 * time would do the same, but some file systems (ext4) then write its content to the disk at once.
 */
export function writeHead(files: Files, folder: string, text: string): void {
  if (!addLine(files, inSession.head(folder), text.trimEnd(), longest)) replaceHead(files, folder, text);
}

/** Puts a head in place of the file: what the heads in it speak of may then be removed. */
export function replaceHead(files: Files, folder: string, text: string): void {
  replaceFile(files, inSession.head(folder), inSession.nextHead(folder), text);
}

export function formatHead(head: Head): string {
  return `${JSON.stringify(head)}\n`;
}

/** Throws `newer` and `damaged`. */
export function parseHead(text: string, path: string): Head {
  const damaged = (detail: string, cause?: unknown) =>
    new SessionError('damaged', { path, part: 'head', detail }, { cause });
  let head: unknown;
  try {
    head = JSON.parse(text);
  } catch (cause) {
    throw damaged('not JSON', cause);
  }
  if (!isRecord(head) || typeof head.format !== 'number') throw damaged('not a session');
  if (head.format > currentFormat) {
    throw new SessionError('newer', { path, found: head.format, known: currentFormat });
  }
  if (!isHead(head)) throw damaged('not a session');
  return head;
}

const isRecord = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null;
const isCount = (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0;

function isHead(head: object): head is Head {
  const { revision, generation, end, cleaned, world, undo, redo, last } = head as { [key in keyof Head]?: unknown };
  return (
    [revision, generation, end, cleaned].every(isCount) &&
    isRoot(world) &&
    isSteps(undo) &&
    isSteps(redo) &&
    (last === undefined || (isRecord(last) && isRoot(last.trace)))
  );
}

function isSteps(value: unknown): boolean {
  return Array.isArray(value) && value.every(isStep);
}

function isStep(value: unknown): boolean {
  return (
    isRecord(value) &&
    typeof value.label === 'string' &&
    typeof value.time === 'number' &&
    isRoot(value.world) &&
    (value.trace === undefined || isRoot(value.trace)) &&
    (value.redo === undefined || isSteps(value.redo))
  );
}

const rootKinds: ReadonlySet<unknown> = new Set<Kind>(['json', 'chunked record', 'chunked list', 'bytes', 'text']);

function isRoot(value: unknown): boolean {
  if (!isRecord(value) || !rootKinds.has(value.kind) || !isRecord(value.ref)) return false;
  const { offset, length, check } = value.ref;
  return isCount(offset) && Number(offset) % 4 === 0 && isCount(length) && isCount(check);
}
