// The reader's own matcher against the real engine, where both know the syntax.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { find, matcher } from '../../../src/programs/runtimes/regexp/match.ts';
import { PatternProblem, parsePattern } from '../../../src/programs/runtimes/regexp/pattern.ts';

function ours(source: string, text: string): (string | undefined)[] | null {
  const flags = { ignoreCase: false, multiline: false, dotAll: false, wide: false };
  const m = matcher(parsePattern(source, 'js'), flags);
  const found = find(m, text, 0, () => undefined);
  if (!found) return null;
  return Array.from({ length: m.groups + 1 }, (_, n) =>
    (found[2 * n] ?? -1) < 0 || (found[2 * n + 1] ?? -1) < 0 ? undefined : text.slice(found[2 * n], found[2 * n + 1]),
  );
}

describe('a regular expression', () => {
  it.each([
    ['(\\d+)-(\\d+)', 'tel 12-345'],
    ['^a.c$', 'abc'],
    ['(?<y>\\d{4})/\\k<y>', '2024/2024'],
    ['a|ab|abc', 'abc'],
    ['<.+?>', '<a><b>'],
    ['(?=b)b|(?!a)c', 'ac'],
    ['(?<=\\$)\\d+', 'cost $42'],
    ['\\bfoo\\b', 'a foo b'],
    ['[^a-c\\s]+', 'ab xyz'],
    ['(a)|b', 'b'],
    ['x{2,3}?', 'xxxx'],
    ['\\u0041\\x42', 'AB'],
  ])('%s in %s', (source, text) => {
    const real = new RegExp(source).exec(text);
    expect(ours(source, text)).toEqual(real && [...real]);
  });

  const atom = fc.constantFrom(
    'a',
    'b',
    '.',
    '[ab]',
    '[^a]',
    '\\w',
    '(a)',
    '(?:ab)',
    '^',
    '$',
    '\\b',
    '(?=a)',
    '(?!b)',
  );
  const piece = fc
    .tuple(atom, fc.constantFrom('', '?', '{0,2}'))
    .map(([a, q]) => (/^[\^$\\(]/.test(a) && q ? a : a + q));
  const source = fc
    .array(
      fc.oneof(
        { weight: 6, arbitrary: piece },
        { weight: 1, arbitrary: fc.constant('|') },
        { weight: 1, arbitrary: fc.constant('a*') },
      ),
      {
        maxLength: 8,
      },
    )
    .map((parts) => parts.join(''));
  it('finds what the real engine finds', () => {
    fc.assert(
      fc.property(source, fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' '), maxLength: 12 }), (s, text) => {
        const real = new RegExp(s).exec(text);
        expect(ours(s, text)?.[0] ?? null).toBe(real?.[0] ?? null);
      }),
    );
  });
  it('any text is a pattern or no pattern', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), fc.constantFrom('js' as const, 'py' as const), (s, flavour) => {
        try {
          parsePattern(s, flavour);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
          expect(error instanceof PatternProblem || error instanceof Error).toBe(true);
          expect(error).not.toBeInstanceOf(TypeError);
        }
      }),
    );
  });
});
