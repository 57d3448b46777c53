import fc from 'fast-check';
import { expect, it } from 'vitest';
import { latinKeys } from '../../src/shell/mistakes/hangul.ts';

it.each([
  ['애찯ㄱ', 'docker'],
  ['ㅗ디ㅔ', 'help'],
  ['뭉', 'and'],
  ['ㄳ값ㅢ', 'rtrkqtml'],
  ['docker ㅔㄴ', 'docker ps'],
])('%s is typed by the keys of %s', (typed, keys) => {
  expect(latinKeys(typed)).toBe(keys);
});

it('leaves what is not Hangul as it is, and leaves no Hangul', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 0, max: 11_171 }), (text, syllable) => {
      const plain = text.normalize('NFC').replace(/[가-힣ㄱ-ㅣ]/g, '');
      expect(latinKeys(plain)).toBe(plain);
      expect(latinKeys(String.fromCharCode(0xac00 + syllable))).toMatch(/^[A-Za-z]{2,5}$/);
    }),
  );
});
