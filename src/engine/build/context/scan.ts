import type { FolderMatch, IgnoreMatcher } from '../../../builder/context/dockerignore/matcher.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Stat } from '../../../kernel/fs/calls.ts';
import { setKey } from '../../../kernel/fs/tree.ts';
import type { Rec, Us } from '../../../kernel/json.ts';
import { digestOf } from '../../../oci/digest.ts';
import { EngineError } from '../../errors.ts';
import type { UserFiles } from '../../user-files.ts';
import { dataBytes, statBytes } from './transfer.ts';

/** Files that a build can be given: those of the computer, or of the simulated machine, on which the client was typed. */
export type ContextFiles = Pick<UserFiles, 'stat' | 'list' | 'readFile' | 'readlink' | 'digest'>;

/** What is known of one entry of a context. */
export type Scanned =
  | { readonly type: 'file'; readonly mode: number; readonly size: number; readonly mtime: Us; readonly digest: string }
  | { readonly type: 'dir'; readonly mode: number; readonly mtime: Us }
  | { readonly type: 'link'; readonly mode: number; readonly mtime: Us; readonly target: string };

/** An entry as it is kept: a short text. */
export function packEntry(entry: Scanned): string {
  const { type, mode, mtime } = entry;
  if (type === 'dir') return `d ${mode} ${mtime}`;
  if (type === 'link') return `l ${mode} ${mtime} ${entry.target}`;
  return `f ${mode} ${mtime} ${entry.size} ${entry.digest}`;
}

/** The entry that such a text tells of. */
export function unpackEntry(text: string): Scanned {
  const [letter, mode, mtime, ...rest] = text.split(' ');
  const meta = { mode: Number(mode), mtime: Number(mtime) };
  if (letter === 'd') return { type: 'dir', ...meta };
  if (letter === 'l') return { type: 'link', ...meta, target: rest.join(' ') };
  return { type: 'file', ...meta, size: Number(rest[0]), digest: rest[1] ?? '' };
}

export interface ScanOptions {
  readonly ignore: IgnoreMatcher;
  /** Paths that are needed, from the context's root; null: all. */
  readonly paths: readonly string[] | null;
  /** What was found the last time. */
  readonly before: Rec<string>;
  /** How errors call the folder; else by its path. */
  readonly shown?: string;
}

export interface Scan {
  readonly files: Rec<string>;
  /** Bytes that a real client would have sent. */
  readonly sent: number;
  /** Files whose content is new or has changed since the last time. */
  readonly changed: readonly string[];
}

/**
 * Reads what a context has. Files that look as they did (size, time, mode) are not read again; links are not followed.
 * Throws EngineError (`bad-parameter`) with the client's words for what may not be read.
 */
export function scanFolder(files: ContextFiles, root: string, options: ScanOptions): Scan {
  const found: { [path: string]: string } = {};
  const changed: string[] = [];
  const wanted = options.paths?.map(fixedPart);
  let sent = 2;
  const visit = (path: string, above: FolderMatch | undefined, whole: boolean): boolean => {
    const names = files.list(path === '' ? root : `${root}/${path}`);
    if (isErrno(names)) throw unreadable(shownPath(options.shown ?? root, path), strerror(names));
    let any = false;
    for (const name of names) {
      const at = path === '' ? name : `${path}/${name}`;
      const inside = whole || !wanted || wanted.some((each) => each === '/' || `/${at}` === each);
      if (!inside && wanted && !isWanted(`/${at}`, wanted)) continue;
      const stat = files.stat(`${root}/${at}`, { follow: false });
      if (isErrno(stat)) continue; // it went away meanwhile
      const { ignored: left, match } = options.ignore.walk(at, above);
      if (left && !(stat.type === 'dir' && options.ignore.hasExclusions)) continue;
      const entry = take(at, stat);
      if (entry === undefined) continue;
      setKey(found, at, entry);
      if (stat.type === 'dir' && !visit(at, match, inside) && left) {
        delete found[at];
        continue;
      }
      sent += statBytes(at, stat.type === 'link' ? unpackEntry(entry) : stat);
      any = true;
    }
    return any;
  };
  const take = (at: string, stat: Stat): string | undefined => {
    const { mode, mtime, size, type } = stat;
    if (type === 'dir') return packEntry({ type, mode, mtime });
    if (type === 'link') {
      const target = files.readlink(`${root}/${at}`);
      return typeof target === 'string' ? packEntry({ type, mode: 0o777, mtime, target }) : undefined;
    }
    if (type !== 'file') return undefined;
    const old = Object.hasOwn(options.before, at) ? options.before[at] : undefined;
    if (old?.startsWith(packEntry({ type, mode, mtime, size, digest: '' }))) return old;
    const digest = contentDigest(files, `${root}/${at}`, shownPath(options.shown ?? root, at));
    sent += dataBytes(size);
    if (!old?.startsWith('f ') || old.slice(old.lastIndexOf(' ') + 1) !== digest) changed.push(at);
    return packEntry({ type, mode, mtime, size, digest });
  };
  visit('', undefined, false);
  return { files: unchanged(found, options.before) ? options.before : found, sent, changed };
}

/** Is all as it was? The old one is kept then: nothing has to be saved, nor made of it anew. */
function unchanged(now: Rec<string>, before: Rec<string>): boolean {
  const paths = Object.keys(now);
  return paths.length === Object.keys(before).length && paths.every((path) => now[path] === before[path]);
}

/** The digest of a file's content. Throws EngineError when it may not be read. */
export function contentDigest(files: ContextFiles, path: string, shown = path): string {
  const quick = files.digest?.(path);
  if (typeof quick === 'string') return quick;
  const got = quick && isErrno(quick) ? quick : files.readFile(path);
  if (isErrno(got)) throw unreadable(shown, strerror(got));
  return digestOf(got.bytes);
}

function unreadable(path: string, why: string): EngineError {
  return new EngineError('bad-parameter', 400, `error from sender: open ${path}: ${why.toLowerCase()}`);
}

function shownPath(folder: string, path: string): string {
  if (path === '') return folder;
  return folder === '.' ? path : `${folder}/${path}`;
}

/** The part of a path before its first wildcard. */
function fixedPart(path: string): string {
  const cut = path.search(/[*?[\\]/);
  return cut < 0 ? path : path.slice(0, path.lastIndexOf('/', cut) + 1).replace(/(?<=.)\/$/, '');
}

/** Is it one of the wanted paths, below one, or a folder on the way to one? */
function isWanted(path: string, wanted: readonly string[]): boolean {
  return wanted.some(
    (each) => each === '/' || path === each || path.startsWith(`${each}/`) || each.startsWith(`${path}/`),
  );
}
