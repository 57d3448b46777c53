import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanPath } from '../../../src/builder/context/dockerignore/clean-path.ts';
import { type IgnoreMatcher, ignoreMatcher } from '../../../src/builder/context/dockerignore/matcher.ts';
import { IgnorePatternError } from '../../../src/builder/context/dockerignore/pattern.ts';
import { ignoreFileNames, readIgnoreFile } from '../../../src/builder/context/dockerignore/read.ts';

describe('a .dockerignore file', () => {
  it('has comments, blanks, slashes and exclusions', () => {
    const content = '\xef\xbb\xbf# no\n #yes\r\n\n  /a/./b//  \n! /c/../d\n!\n/\n\xed\x95\x9c\n';
    expect(readIgnoreFile(content)).toEqual(['#yes', 'a/b', '!d', '!', '/', '한']);
  });

  it('belongs to a Dockerfile, or to the context', () => {
    expect(ignoreFileNames('docker/web.Dockerfile')).toEqual(['docker/web.Dockerfile.dockerignore', '.dockerignore']);
  });
});

describe('patterns', () => {
  it.each([
    ['**/*.log', 'a/b/c.log', true],
    ['**/*.log', 'c.log', true],
    ['a/**/z', 'a/z', true],
    ['a/**/z', 'a/b/c/z', true],
    ['?.[a-c]x', '한.bx', true],
    ['x[[:digit:]]', 'x7', true],
    ['x\\d', 'x7', true],
    ['a[^/]b', 'a/b', false],
    ['a/b', 'a', false],
    ['**a', 'b/ca', true],
    ['a.(b)|c', 'a.(b)|c', true],
  ])('%s on %s: %s', (pattern, path, ignored) => {
    expect(ignoreMatcher([pattern]).ignores(path)).toBe(ignored);
  });

  it.each(['[a', '[]', 'a\\', '[a-]', '[-a]'])('%s cannot be read', (pattern) => {
    expect(() => ignoreMatcher([pattern])).toThrow(new IgnorePatternError('syntax error in pattern'));
  });

  it('may be wrong in a way that shows only when they are asked', () => {
    expect(() => ignoreMatcher(['[c-a]*']).ignores('b')).toThrow('syntax error in pattern');
  });

  it('! alone is refused', () => {
    expect(() => ignoreMatcher(['!'])).toThrow('illegal exclusion pattern: "!"');
  });
});

function walked(matcher: IgnoreMatcher, path: string): boolean {
  const parts = path.split('/');
  let found = matcher.walk(parts[0] ?? '');
  for (let i = 2; i <= parts.length; i++) found = matcher.walk(parts.slice(0, i).join('/'), found.match);
  return found.ignored;
}

describe('a context', () => {
  const files = ['b/a', 'b/c', 'x/q', 'x/y/w', 'x/y/z'];

  // what a real engine got of these files
  it.each([
    [['b/a', '!*'], 'b/c x/q x/y/w x/y/z'],
    [['x', '!x/y/z'], 'b/a b/c x/y/z'],
    [['x', '!*/y/z'], 'b/a b/c x/y/z'],
    [['x/*', '!x/y'], 'b/a b/c x/y/w x/y/z'],
    [['*', '!x/y/z', '!b', 'b/a'], 'b/c x/y/z'],
    [['**/y', '!**/z'], 'b/a b/c x/q x/y/z'],
    [['x', '!x/q', '!x/nothing'], 'b/a b/c x/q'],
  ])('%j leaves %s', (lines, left) => {
    const matcher = ignoreMatcher(lines);
    expect(files.filter((file) => !walked(matcher, file)).join(' ')).toBe(left);
  });
});

describe('laws', () => {
  const part = fc.constantFrom('a', 'b', 'ab', '*', '**', '?', 'a*');
  const plain = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
  const pattern = fc
    .tuple(fc.boolean(), fc.array(part, { minLength: 1, maxLength: 3 }))
    .map(([out, parts]) => `${out ? '!' : ''}${parts.join('/')}`);
  const path = fc.array(fc.constantFrom('a', 'b', 'ab', 'c'), { minLength: 1, maxLength: 4 });

  it('walking down a tree finds what asking for a path finds, as long as nothing is taken back', () => {
    fc.assert(
      fc.property(fc.array(plain, { maxLength: 5 }), path, (lines, parts) => {
        const matcher = ignoreMatcher(lines);
        expect(walked(matcher, parts.join('/'))).toBe(matcher.ignores(parts.join('/')));
      }),
      { numRuns: 1000 },
    );
  });

  it('what an ignored folder holds is ignored, unless something takes it back', () => {
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 5 }), path, (lines, parts) => {
        const matcher = ignoreMatcher(lines);
        if (matcher.hasExclusions || !matcher.ignores(parts.join('/'))) return;
        expect(matcher.ignores([...parts, 'more'].join('/'))).toBe(true);
      }),
    );
  });

  it('a cleaned path is clean', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('/', '.', 'a') }), (text) => {
        const clean = cleanPath(text);
        expect(cleanPath(clean)).toBe(clean);
        expect(clean).not.toMatch(/\/\/|\/\.(?:\/|$)|.\/$|a\/\.\.(?:\/|$)/);
      }),
    );
  });
});
