import type { ByteString } from '../../kernel/bytes.ts';

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The bytes that base64 stands for. */
export function fromBase64(text: string): ByteString {
  let out = '';
  let bits = 0;
  let held = 0;
  for (const char of text) {
    const value = digits.indexOf(char);
    if (value < 0) break;
    held = ((held << 6) | value) & 0xffffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    out += String.fromCharCode((held >> bits) & 0xff);
  }
  return out;
}
