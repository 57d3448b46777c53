import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileRegex } from '../../../src/programs/busybox/regex/compile.ts';
import { findMatch } from '../../../src/programs/busybox/regex/match.ts';

function match(pattern: string, text: string, extended = true): string | undefined {
  const regex = compileRegex(pattern, { extended });
  if (typeof regex === 'string') throw new Error(regex);
  const found = findMatch(regex, text, 0);
  return found && text.slice(found.start, found.end);
}

describe('regular expressions', () => {
  test('the leftmost match is taken, and the longest there', () => {
    expect(match('ab|abcd', 'xabcd')).toBe('abcd');
    expect(match('abcd|c', 'abcd')).toBe('abcd');
    expect(match('(a|ab)(c|bcd)', 'abcd')).toBe('abcd');
  });

  test('the pieces of basic syntax need their backslashes', () => {
    expect(match('a\\{2\\}', 'aaa', false)).toBe('aa');
    expect(match('a{2}', 'a{2}', false)).toBe('a{2}');
    expect(match('\\(a\\|b\\)*', 'abab', false)).toBe('abab');
    expect(match('*a', '*a', false)).toBe('*a');
  });

  test('wrong ones are told in the words of musl', () => {
    expect(compileRegex('\\(', {})).toBe("Missing ')'");
    expect(compileRegex('[a', {})).toBe("Missing ']'");
    expect(compileRegex('a{1', { extended: true })).toBe("Missing '}'");
    expect(compileRegex('\\1', {})).toBe('Invalid back reference');
  });

  test('nested repetition takes no more than its time', () => {
    const text = `${'a'.repeat(5000)}c`;
    expect(match('^(a*)*b', text)).toBeUndefined();
    expect(match('(a|aa)+$', text)).toBeUndefined();
    expect(match('((a*)*)*b\\1', 'a'.repeat(2000))).toBeUndefined();
  });

  test('agree with JavaScript where both mean the same', () => {
    const piece = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', 'a*', 'b+', '(ab)?', '(a)b', '^a', 'b$', '$', 'a{2}');
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 5 }),
        fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 10 }),
        (pieces, letters) => {
          const pattern = pieces.join('');
          const text = letters.join('');
          const ours = match(pattern, text);
          const theirs = new RegExp(pattern).exec(text);
          expect(ours === undefined).toBe(theirs === null);
          if (theirs && ours !== undefined) expect(ours.length).toBeGreaterThanOrEqual(theirs[0].length);
        },
      ),
    );
  });
});
