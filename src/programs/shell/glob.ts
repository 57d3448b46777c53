import { isErrno } from '../../kernel/errno.ts';
import type { FileCalls } from '../../kernel/fs/calls.ts';
import type { Matching } from './pattern.ts';
import { hasWildcards, matches, unquotePattern } from './pattern.ts';

/** Names found by one pattern are bounded, so that no pattern fills the memory. */
const mostNames = 100_000;

/**
 * The existing paths that a pattern matches, in the order of their characters; none: an empty list. A name that begins
 * with a dot is matched only by a pattern whose part does so too.
 */
export function glob(fs: FileCalls, pattern: string): string[] {
  return globPaths(fs, pattern, plain);
}

/** What bash's options change: extended patterns, names with dots, `**`. */
export interface Globbing extends Matching {
  readonly dots: boolean;
  readonly deep: boolean;
  /** `.` and `..` are never matched. */
  readonly skipDots: boolean;
}

const plain: Globbing = { extglob: false, nocase: false, dots: false, deep: false, skipDots: false };

/** As `glob`, by these options. */
export function globPaths(fs: FileCalls, pattern: string, how: Globbing): string[] {
  const absolute = pattern.startsWith('/');
  const parts = pattern.split(/(\/+)/);
  let found = [''];
  let exact = true;
  for (let i = 0; i < parts.length; i += 2) {
    const part = parts[i] ?? '';
    const slashes = parts[i + 1] ?? '';
    const next: string[] = [];
    for (const base of found) {
      if (next.length > mostNames) break;
      if (part === '') {
        // a leading slash, or the nothing behind a trailing one
        if (i === 0 ? absolute : isDirectory(fs, base)) next.push(base + slashes);
      } else if (how.deep && part === '**') {
        exact = false;
        for (const path of below(fs, base, slashes !== '')) next.push(slashes === '' ? path : path && path + slashes);
      } else if (!hasWildcards(part, how)) next.push(base + unquotePattern(part) + slashes);
      else {
        exact = false;
        for (const name of namesIn(fs, base, part, how)) {
          if (slashes === '' || isDirectory(fs, base + name)) next.push(base + name + slashes);
        }
      }
    }
    if (!hasWildcards(part, how) && !exact)
      found = next.filter((path) => !isErrno(fs.stat(path.replace(/(.)\/+$/, '$1'), { follow: false })));
    else found = next;
  }
  return found.sort();
}

/** `**`: a directory and all below it (`directories`: only those that are directories themselves). */
function below(fs: FileCalls, base: string, directories: boolean): string[] {
  const found = base === '' || directories ? [base.replace(/\/$/, '')] : [base];
  const visit = (directory: string) => {
    const names = fs.list(directory === '' ? '.' : directory);
    if (isErrno(names)) return;
    for (const name of [...names].sort()) {
      if (name.startsWith('.') || found.length > mostNames) continue;
      const path = directory + name;
      const stat = fs.stat(path, { follow: false });
      const isDir = !isErrno(stat) && stat.type === 'dir';
      if (isDir || !directories) found.push(path);
      if (isDir) visit(`${path}/`);
    }
  };
  visit(base);
  return base === '' && !directories ? found.slice(1) : found;
}

function namesIn(fs: FileCalls, directory: string, part: string, how: Globbing): string[] {
  const names = fs.list(directory === '' ? '.' : directory);
  if (isErrno(names)) return [];
  const dots = part.startsWith('.') || part.startsWith('\\.');
  const own = how.skipDots ? names : ['.', '..', ...names];
  const all = dots ? own : how.dots ? names : names.filter((name) => !name.startsWith('.'));
  return all.filter((name) => matches(part, name, how));
}

function isDirectory(fs: FileCalls, path: string): boolean {
  const stat = fs.stat(path === '' ? '.' : path);
  return !isErrno(stat) && stat.type === 'dir';
}
