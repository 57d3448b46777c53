import type { ByteString } from '../../kernel/bytes.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Bytes in base64 (RFC 4648), without line breaks. */
export function base64(bytes: ByteString): string {
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const group = [0, 1, 2].map((at) => bytes.charCodeAt(i + at) || 0);
    const bits = ((group[0] ?? 0) << 16) | ((group[1] ?? 0) << 8) | (group[2] ?? 0);
    const have = Math.min(3, bytes.length - i) + 1;
    for (let at = 0; at < 4; at++) out += at < have ? alphabet.charAt((bits >> (18 - 6 * at)) & 63) : '=';
  }
  return out;
}
