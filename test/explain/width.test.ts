import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columns, pad, printable, wrap } from '../../src/explain/width.ts';

describe('columns', () => {
  it.each([
    ['abc', 3],
    ['컨테이너', 8],
    ['커널 6.8', 8],
    ['┆ →…', 4],
    ['e\u0301', 1],
    ['', 0],
  ])('%s takes %i', (text, width) => {
    expect(columns(text)).toBe(width);
  });

  it('are what pad fills up to', () => {
    expect(columns(pad('커널', 10))).toBe(10);
    expect(pad('dockerd', 3)).toBe('dockerd');
  });
});

describe('wrap', () => {
  it('breaks at spaces and cuts only words that are longer than a line', () => {
    expect(wrap('one two three', 8)).toEqual(['one two', 'three']);
    expect(wrap('abcdefghij kl', 4)).toEqual(['abcd', 'efgh', 'ij', 'kl']);
    expect(wrap('', 10)).toEqual(['']);
    expect(wrap('as it is', Number.POSITIVE_INFINITY)).toEqual(['as it is']);
  });

  it('never exceeds the width and loses nothing but spaces', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', '가', '나', '→', '-'), maxLength: 30 });
    fc.assert(
      fc.property(fc.array(word), fc.integer({ min: 2, max: 60 }), (words, width) => {
        const text = words.join(' ');
        const lines = wrap(text, width);
        for (const line of lines) expect(columns(line)).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      }),
    );
  });
});

describe('printable', () => {
  it('shows control characters instead of obeying them', () => {
    expect(printable('a\x1b[31mb\nc\td\x07')).toBe('a\\x1b[31mb\\nc\\td\\x07');
  });

  it('decodes byte strings of UTF-8 and leaves text alone', () => {
    expect(printable('\xea\xb0\x80')).toBe('가');
    expect(printable('100%25 가')).toBe('100%25 가');
    expect(printable('50% \xea\xb0\x80')).toBe('50% 가');
  });
});
