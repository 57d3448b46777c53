import type { ByteString } from '../kernel/bytes.ts';

/** No name, no time, no flags, made by an unknown system: the same bytes whenever it is made (RFC 1952). */
const header = '\x1f\x8b\x08\0\0\0\0\0\0\xff';
const longestBlock = 0xffff;

/**
 * The bytes in gzip's format, stored without being compressed: layers as registries take them, whose digests are then
 * those of real blobs. Always the same for the same bytes.
 */
export function gzip(bytes: ByteString): ByteString {
  const parts = [header];
  for (let at = 0; at === 0 || at < bytes.length; at += longestBlock) {
    const block = bytes.slice(at, at + longestBlock);
    const last = at + longestBlock >= bytes.length;
    // a stored block: whether it is the last one, its length, the complement of that, its bytes (RFC 1951, 3.2.4)
    parts.push(last ? '\x01' : '\0', littleEndian(block.length, 2), littleEndian(~block.length & 0xffff, 2), block);
  }
  parts.push(littleEndian(crc32(bytes), 4), littleEndian(bytes.length, 4));
  return parts.join('');
}

function littleEndian(value: number, width: number): ByteString {
  let out = '';
  for (let i = 0; i < width; i++) out += String.fromCharCode((value >>> (8 * i)) & 0xff);
  return out;
}

let table: Int32Array | undefined;

/** The check sum of gzip and zip (polynomial 0xEDB88320), as an unsigned number. */
export function crc32(bytes: ByteString): number {
  table ??= Int32Array.from({ length: 256 }, (_, byte) => {
    let sum = byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
    return sum;
  });
  let sum = -1;
  for (let i = 0; i < bytes.length; i++) sum = (sum >>> 8) ^ (table[(sum ^ bytes.charCodeAt(i)) & 0xff] ?? 0);
  return ~sum >>> 0;
}
