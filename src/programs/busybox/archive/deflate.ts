import type { ByteString } from '../../../kernel/bytes.ts';
import { crc32 } from '../../../oci/gzip.ts';

const lengthBases = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
];
const distanceBases = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577,
];

/** Bytes compressed into gzip's format (RFC 1951 with the fixed codes, RFC 1952). */
export function compress(bytes: ByteString): ByteString {
  const tail = littleEndian(crc32(bytes)) + littleEndian(bytes.length);
  return `\x1f\x8b\x08\0\0\0\0\0\0\x03${deflate(bytes)}${tail}`;
}

function littleEndian(value: number): ByteString {
  return String.fromCharCode(value & 255, (value >>> 8) & 255, (value >>> 16) & 255, (value >>> 24) & 255);
}

function deflate(bytes: ByteString): ByteString {
  const out: number[] = [];
  let held = 0;
  let count = 0;
  const put = (value: number, bits: number) => {
    held |= value << count;
    count += bits;
    while (count >= 8) {
      out.push(held & 255);
      held >>>= 8;
      count -= 8;
    }
  };
  // Huffman codes are written with their highest bit first
  const code = (value: number, bits: number) => {
    for (let bit = bits - 1; bit >= 0; bit--) put((value >> bit) & 1, 1);
  };
  const symbol = (value: number) => {
    if (value < 144) code(0x30 + value, 8);
    else if (value < 256) code(0x190 + value - 144, 9);
    else if (value < 280) code(value - 256, 7);
    else code(0xc0 + value - 280, 8);
  };
  put(1, 1);
  put(1, 2);
  const places = new Map<string, number>();
  for (let at = 0; at < bytes.length; ) {
    const key = bytes.slice(at, at + 3);
    const before = key.length === 3 ? places.get(key) : undefined;
    if (key.length === 3) places.set(key, at);
    if (before === undefined || at - before > 32_768) {
      symbol(bytes.charCodeAt(at++));
      continue;
    }
    let length = 3;
    while (length < 258 && at + length < bytes.length && bytes[before + length] === bytes[at + length]) length++;
    const index = lengthBases.findLastIndex((base) => base <= length);
    symbol(257 + index);
    put(length - (lengthBases[index] ?? 3), index < 8 || index === 28 ? 0 : (index >> 2) - 1);
    const distance = at - before;
    const place = distanceBases.findLastIndex((base) => base <= distance);
    code(place, 5);
    put(distance - (distanceBases[place] ?? 1), place < 4 ? 0 : (place >> 1) - 1);
    at += length;
  }
  symbol(256);
  if (count > 0) out.push(held & 255);
  const parts: string[] = [];
  for (let i = 0; i < out.length; i += 8192) parts.push(String.fromCharCode(...out.slice(i, i + 8192)));
  return parts.join('');
}
