/**
 * Bytes as a string: one character per byte, U+0000 to U+00FF. JavaScript stores such strings at one byte per
 * character, joins them without copying, and JSON can hold them, so pipes, files and half-read input stay plain data.
 */
export type ByteString = string;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8');
const ascii = /^[\x00-\x7f]*$/;

/** Text to its UTF-8 bytes. */
export function encodeUtf8(text: string): ByteString {
  return ascii.test(text) ? text : fromUint8Array(encoder.encode(text));
}

/** UTF-8 bytes to text; malformed sequences become U+FFFD. */
export function decodeUtf8(bytes: ByteString): string {
  return ascii.test(bytes) ? bytes : decoder.decode(toUint8Array(bytes));
}

/** A byte array to a byte string. */
export function fromUint8Array(bytes: Uint8Array): ByteString {
  let out = '';
  for (let i = 0; i < bytes.length; i += 8192) out += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return out;
}

/** A byte string to a byte array. */
export function toUint8Array(bytes: ByteString): Uint8Array {
  const out = new Uint8Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) out[i] = bytes.charCodeAt(i);
  return out;
}
