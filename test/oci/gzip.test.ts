import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { gzip } from '../../src/oci/gzip.ts';

const unzip = (bytes: string) => gunzipSync(Buffer.from(bytes, 'latin1')).toString('latin1');

it('is read by others', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const text = Buffer.from(bytes).toString('latin1');
      expect(unzip(gzip(text))).toBe(text);
      expect(gzip(text)).toBe(gzip(text));
    }),
  );
});

it('takes what is longer than a block', () => {
  for (const length of [0, 65_535, 65_536, 200_000]) expect(unzip(gzip('x'.repeat(length)))).toHaveLength(length);
});
