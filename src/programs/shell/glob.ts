import { isErrno } from '../../kernel/errno.ts';
import type { FileCalls } from '../../kernel/fs/calls.ts';
import { hasWildcards, matches, unquotePattern } from './pattern.ts';

/** Names found by one pattern are bounded, so that no pattern fills the memory. */
const mostNames = 100_000;

/**
 * The existing paths that a pattern matches, in the order of their characters; none: an empty list. A name that begins
 * with a dot is matched only by a pattern whose part does so too.
 */
export function glob(fs: FileCalls, pattern: string): string[] {
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
      } else if (!hasWildcards(part)) next.push(base + unquotePattern(part) + slashes);
      else {
        exact = false;
        for (const name of namesIn(fs, base, part)) {
          if (slashes === '' || isDirectory(fs, base + name)) next.push(base + name + slashes);
        }
      }
    }
    if (!hasWildcards(part) && !exact)
      found = next.filter((path) => !isErrno(fs.stat(path.replace(/(.)\/+$/, '$1'), { follow: false })));
    else found = next;
  }
  return found.sort();
}

function namesIn(fs: FileCalls, directory: string, part: string): string[] {
  const names = fs.list(directory === '' ? '.' : directory);
  if (isErrno(names)) return [];
  const dots = part.startsWith('.') || part.startsWith('\\.');
  const all = dots ? ['.', '..', ...names] : names.filter((name) => !name.startsWith('.'));
  return all.filter((name) => matches(part, name));
}

function isDirectory(fs: FileCalls, path: string): boolean {
  const stat = fs.stat(path === '' ? '.' : path);
  return !isErrno(stat) && stat.type === 'dir';
}
