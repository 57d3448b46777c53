import { BadExpression, compileGoRegexp } from './regexp.ts';

/** One line of a .dockerignore. */
export interface IgnorePattern {
  /** It began with `!`: what matches is taken back in. */
  readonly exclusion: boolean;
  readonly text: string;
  /** Does it match this path? Throws IgnorePatternError when it can match nothing. */
  readonly matches: (path: string) => boolean;
}

/** A pattern that cannot be read; the message is what a build prints. */
export class IgnorePatternError extends Error {
  override readonly name = 'IgnorePatternError';
}

const badSyntax = () => new IgnorePatternError('syntax error in pattern');

/** Reads a pattern (cleaned, without `!`). Throws IgnorePatternError. */
export function readPattern(text: string, exclusion: boolean): IgnorePattern {
  if (!isWellFormed(text)) throw badSyntax();
  let compiled: ((path: string) => boolean) | undefined;
  const matches = (path: string) => {
    compiled ??= compile(text);
    return compiled(path);
  };
  return { exclusion, text, matches };
}

type Kind = 'exact' | 'prefix' | 'suffix' | 'regexp';

/** `**` is any number of folders, `*` and `?` stay within one; `[…]` and `\` as in Go's regular expressions. */
function compile(text: string): (path: string) => boolean {
  const chars = Array.from(text);
  let kind: Kind = 'exact';
  let expression = '^';
  for (let at = 0; at < chars.length; ) {
    const begin = at;
    const char = chars[at++] ?? '';
    if (char === '*' && chars[at] === '*') {
      at += chars[at + 1] === '/' ? 2 : 1;
      if (at < chars.length) {
        expression += '(.*/)?';
        kind = 'regexp';
      } else if (kind === 'exact') kind = 'prefix';
      else {
        expression += '.*';
        kind = 'regexp';
      }
      // at the very beginning: what follows is the end of the path, unless a wildcard comes after it
      if (begin === 0) kind = 'suffix';
    } else if (char === '*' || char === '?') {
      expression += char === '*' ? '[^/]*' : '[^/]';
      kind = 'regexp';
    } else if (char === '\\' && at < chars.length) {
      expression += `\\${chars[at++]}`;
      kind = 'regexp';
    } else {
      expression += '.+()|{}$'.includes(char) ? `\\${char}` : char;
      if (char === '[' || char === ']') kind = 'regexp';
    }
  }
  return matcherOf(kind, text, expression);
}

function matcherOf(kind: Kind, text: string, expression: string): (path: string) => boolean {
  if (kind === 'exact') return (path) => path === text;
  if (kind === 'prefix') return (path) => path.startsWith(text.slice(0, -2));
  if (kind === 'suffix') {
    const end = text.slice(2);
    return (path) => path.endsWith(end) || (end.startsWith('/') && path === end.slice(1));
  }
  try {
    const regexp = compileGoRegexp(`${expression}$`);
    return (path) => regexp.test(path);
  } catch (error) {
    throw error instanceof BadExpression ? badSyntax() : error;
  }
}

/** Would Go's filepath.Match take it? Brackets have to be closed and hold something, and `\` needs something behind it. */
function isWellFormed(text: string): boolean {
  const chars = Array.from(text);
  for (let at = 0; at < chars.length; at++) {
    if (chars[at] === '\\' && ++at >= chars.length) return false;
    else if (chars[at] === '[') {
      const end = endOfClass(chars, at + 1);
      if (end === undefined) return false;
      at = end;
    }
  }
  return true;
}

/** Where the class that begins before `from` has its `]`. */
function endOfClass(chars: readonly string[], from: number): number | undefined {
  let at = chars[from] === '^' ? from + 1 : from;
  const skipOne = (): boolean => {
    const char = chars[at];
    if (char === undefined || char === '-' || char === ']') return false;
    at += char === '\\' ? 2 : 1;
    return at < chars.length;
  };
  for (let ranges = 0; ; ranges++) {
    if (chars[at] === ']' && ranges > 0) return at;
    if (!skipOne()) return undefined;
    if (chars[at] !== '-') continue;
    at++;
    if (!skipOne()) return undefined;
  }
}
