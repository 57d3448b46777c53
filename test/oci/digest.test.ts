import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chainIds, digestOf, hexOf, isDigest } from '../../src/oci/digest.ts';

const expected = (bytes: Buffer | string) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

it('hashes bytes, not characters', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const buffer = Buffer.from(bytes);
      expect(digestOf(buffer.toString('latin1'))).toBe(expected(buffer));
    }),
  );
});

it('tells digests from other texts', () => {
  const digest = digestOf('');
  expect(isDigest(digest)).toBe(true);
  expect(hexOf(digest)).toHaveLength(64);
  expect([digest.toUpperCase(), digest.slice(0, -1), `x${digest}`, hexOf(digest)].some(isDigest)).toBe(false);
});

it('chains layers', () => {
  const [a, b, c] = ['a', 'b', 'c'].map(digestOf);
  const two = expected(`${a} ${b}`);
  expect(chainIds([])).toEqual([]);
  expect(chainIds([a ?? ''])).toEqual([a]);
  expect(chainIds([a, b, c].map(String))).toEqual([a, two, expected(`${two} ${c}`)]);
});
