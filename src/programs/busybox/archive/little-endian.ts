import type { ByteString } from '../../../kernel/bytes.ts';

/** A number in `width` bytes (at most four), the lowest first; of a negative one its two's complement. */
export function little(value: number, width: number): ByteString {
  let out = '';
  for (let i = 0; i < width; i++) out += String.fromCharCode((value >>> (8 * i)) & 255);
  return out;
}

/** The number in `width` bytes from `at`, the lowest first; bytes behind the end count as 0. */
export function readLittle(bytes: ByteString, at: number, width: number): number {
  let value = 0;
  for (let i = width - 1; i >= 0; i--) value = value * 256 + (bytes.charCodeAt(at + i) || 0);
  return value;
}
