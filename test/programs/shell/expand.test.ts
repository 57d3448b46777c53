import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateArithmetic } from '../../../src/programs/shell/expand/arithmetic.ts';
import { joinSegments, patternOf, splitFields } from '../../../src/programs/shell/expand/fields.ts';
import { matches, quotePattern, replaceMatches, trimEnd, trimStart } from '../../../src/programs/shell/pattern.ts';

const none = { get: () => undefined, set: () => {} };
const value = (text: string) => Number(evaluateArithmetic(text, none));

describe('arithmetic', () => {
  it.each([
    ['1+2*3', 7],
    ['(1+2)*3', 9],
    ['-17/5', -3],
    ['-17%5', -2],
    ['2**3**2', 512],
    ['1?0?1:2:3', 2],
    ['0x1f+010', 39],
    ['2#1011', 11],
    ['1<<2+1', 8],
    ['5^1&1', 4],
    ['!0+1', 2],
    ['- - 3', 3],
    ['', 0],
    ['1,2,3', 3],
  ])('%s is %d', (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  it('reads and assigns variables, which may be expressions', () => {
    const variables = new Map([
      ['x', 'y+1'],
      ['y', '4'],
    ]);
    const access = {
      get: (name: string) => variables.get(name),
      set: (name: string, text: string) => void variables.set(name, text),
    };
    expect(evaluateArithmetic('x*2', access)).toBe(10n);
    expect(evaluateArithmetic('y+=3, y++', access)).toBe(7n);
    expect(variables.get('y')).toBe('8');
    expect(evaluateArithmetic('0 && (y=1)', access)).toBe(0n);
    expect(variables.get('y')).toBe('8');
    variables.set('z', 'z');
    expect(() => evaluateArithmetic('z', access)).toThrow('recursion');
  });

  it.each([
    ['1+', 'arithmetic syntax error'],
    ['08', 'arithmetic syntax error'],
    ['1/0', 'divide by zero'],
    ['2:3', 'malformed ?: operator'],
    ['('.repeat(10_000), 'arithmetic syntax error'],
  ])('complains about %.20s', (text, message) => {
    expect(() => value(text)).toThrow(message);
  });

  it('agrees with 64-bit integers', () => {
    const operator = fc.constantFrom('+', '-', '*', '&', '|', '^');
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n }),
        operator,
        fc.bigInt({ min: 0n, max: 2n ** 62n }),
        (a, op, b) => {
          const expected = { '+': a + b, '-': a - b, '*': a * b, '&': a & b, '|': a | b, '^': a ^ b }[op] ?? 0n;
          expect(evaluateArithmetic(`${a} ${op} ${b}`, none)).toBe(BigInt.asIntN(64, expected));
        },
      ),
    );
  });
});

describe('patterns', () => {
  it.each([
    ['a*', 'abc', true],
    ['a?', 'abc', false],
    ['[a-c]x', 'bx', true],
    ['[!a-c]x', 'bx', false],
    ['[]]', ']', true],
    ['[a', '[a', true],
    ['a\\*', 'a*', true],
    ['a\\*', 'ab', false],
    ['[[:digit:]]*', '5x', true],
    ['?', '한', true],
    ['*.t?t', 'a.b.txt', true],
    ['', '', true],
  ])('%s on %s: %s', (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });

  it('trims and replaces', () => {
    expect(trimStart('*/', '/a/b/c', false)).toBe('a/b/c');
    expect(trimStart('*/', '/a/b/c', true)).toBe('c');
    expect(trimEnd('.*', 'x.tar.gz', false)).toBe('x.tar');
    expect(trimEnd('.*', 'x.tar.gz', true)).toBe('x');
    expect(replaceMatches('b*', 'aXbXc', 'end', '/')).toBe('aXend');
    expect(replaceMatches('[ab]', 'aXbXc', '.', '//')).toBe('.X.Xc');
  });

  it('match in time that no pattern can make long', () => {
    expect(matches(`${'a*'.repeat(200)}b`, 'a'.repeat(2000))).toBe(false);
  });

  it('match what was quoted, and only that', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(matches(quotePattern(a), a)).toBe(true);
        expect(matches(quotePattern(a), b)).toBe(a === b);
      }),
    );
  });
});

describe('splitFields', () => {
  const split = (text: string, ifs = ' \t\n') => splitFields([[2, text]], ifs).map((field) => field.text);

  it('splits by blanks and by other characters', () => {
    expect(split('  a   b\tc\nd ')).toEqual(['a', 'b', 'c', 'd']);
    expect(split('a:b::c:', ':')).toEqual(['a', 'b', '', 'c']);
    expect(split(' a : b  c::d ', ' :')).toEqual(['a', 'b', 'c', '', 'd']);
    expect(split('::', ':')).toEqual(['', '']);
    expect(split('a b', '')).toEqual(['a b']);
  });

  it('joins what touches, and keeps what is quoted', () => {
    expect(
      splitFields(
        [
          [0, 'a'],
          [2, '1 2'],
          [1, 'b c'],
          [2, '1 2'],
        ],
        ' ',
      ).map((field) => field.text),
    ).toEqual(['a1', '2b c1', '2']);
    expect(splitFields([[1, '']], ' ')).toHaveLength(1);
    expect(splitFields([[2, '']], ' ')).toHaveLength(0);
  });

  it('never loses a character that does not separate', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(0 as const, 1 as const, 2 as const), fc.string())), (segments) => {
        const whole = joinSegments(segments);
        const fields = splitFields(segments, '').map((field) => field.text);
        expect(fields.join('')).toBe(whole);
        expect(matches(patternOf(segments.map(([, text]) => [1, text])), whole)).toBe(true);
      }),
    );
  });
});
