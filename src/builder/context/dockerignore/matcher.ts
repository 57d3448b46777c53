import { trim } from '../../dockerfile/spaces.ts';
import { cleanPath } from './clean-path.ts';
import { type IgnorePattern, IgnorePatternError, readPattern } from './pattern.ts';

/** Which patterns match a folder; what is in it begins from there. */
export type FolderMatch = readonly boolean[];

/** The patterns of a .dockerignore, ready to be asked. */
export interface IgnoreMatcher {
  readonly patterns: readonly IgnorePattern[];
  /** There are patterns with `!`, so something in an ignored folder may be wanted. */
  readonly hasExclusions: boolean;
  /** Is this path left out, by itself or because a folder above it is? So the linter asks (CopyIgnoredFile). */
  ignores(path: string): boolean;
  /**
   * The same while walking down a tree, given what was found for the folder above (nothing at the top). So a context is
   * sent; a `!` that matches only a folder above the path has no effect then, where `ignores` would give it one.
   */
  walk(path: string, above?: FolderMatch): { ignored: boolean; match: FolderMatch };
}

/** Reads patterns, as `readIgnoreFile` hands them out. Throws IgnorePatternError. */
export function ignoreMatcher(lines: readonly string[]): IgnoreMatcher {
  const patterns = lines
    .map((line) => trim(line))
    .filter((line) => line !== '')
    .map((line) => {
      const text = cleanPath(line);
      if (!text.startsWith('!')) return readPattern(text, false);
      if (text === '!') throw new IgnorePatternError('illegal exclusion pattern: "!"');
      return readPattern(text.slice(1), true);
    });
  const walk = (path: string, above?: FolderMatch) => {
    let ignored = false;
    const folders = above ? [] : foldersAbove(path);
    const match = patterns.map((pattern, i) => {
      let found = above?.[i] === true;
      // a pattern that could change nothing is not asked
      if (!found && pattern.exclusion !== ignored) return false;
      found ||= pattern.matches(path) || folders.some((folder) => pattern.matches(folder));
      if (found) ignored = !pattern.exclusion;
      return found;
    });
    return { ignored, match };
  };
  return {
    patterns,
    hasExclusions: patterns.some((pattern) => pattern.exclusion),
    ignores: (path) => walk(path).ignored,
    walk,
  };
}

/** `a`, `a/b` for `a/b/c`; an absolute path has an empty one in front. */
function foldersAbove(path: string): string[] {
  const folder = cleanPath(path.slice(0, path.lastIndexOf('/') + 1));
  if (folder === '.') return [];
  const parts = folder.split('/');
  return parts.map((_part, i) => parts.slice(0, i + 1).join('/'));
}
