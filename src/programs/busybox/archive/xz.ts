import type { ByteString } from '../../../kernel/bytes.ts';
import { crc32 } from '../../../oci/gzip.ts';
import { ByteSink, DamagedData } from './bits.ts';
import { little, readLittle } from './little-endian.ts';
import { decodeLzma } from './lzma-decode.ts';
import { encodeLzma, type Seen } from './lzma-encode.ts';
import { type LzmaModel, lzmaModel } from './lzma-model.ts';

const magic = '\xfd7zXZ\0';
const footMagic = 'YZ';
/** Sizes of the check sums by their kind: none, CRC32, CRC64, SHA-256 and what is reserved. */
const checkSizes = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64];
const crc64Kind = 4;

/** The data of a .xz file; undefined when it is none. Throws DamagedData; other filters than LZMA2 are such, too. */
export function unxz(bytes: ByteString): ByteString | undefined {
  if (!bytes.startsWith(magic)) return undefined;
  const out = new ByteSink();
  let at = 0;
  while (bytes.startsWith(magic, at)) at = stream(bytes, at, out);
  return out.text();
}

function stream(bytes: ByteString, from: number, out: ByteSink): number {
  const kind = bytes.charCodeAt(from + 7) & 15;
  if (readLittle(bytes, from + 8, 4) !== crc32(bytes.slice(from + 6, from + 8))) throw new DamagedData();
  let at = from + 12;
  while (bytes.charCodeAt(at) > 0) at = block(bytes, at, kind, out);
  if (at >= bytes.length) throw new DamagedData();
  const start = at++;
  const records = vli(bytes, at);
  at = records.end;
  for (let i = 0; i < records.value * 2; i++) at = vli(bytes, at).end;
  while ((at - start) % 4 !== 0) at++;
  at += 4 + 12;
  if (bytes.slice(at - 2, at) !== footMagic) throw new DamagedData();
  while (bytes.startsWith('\0\0\0\0', at)) at += 4;
  return at;
}

function block(bytes: ByteString, from: number, kind: number, out: ByteSink): number {
  const header = (bytes.charCodeAt(from) + 1) * 4;
  if (readLittle(bytes, from + header - 4, 4) !== crc32(bytes.slice(from, from + header - 4))) throw new DamagedData();
  const flags = bytes.charCodeAt(from + 1);
  let at = from + 2;
  if (flags & 0x40) at = vli(bytes, at).end;
  if (flags & 0x80) at = vli(bytes, at).end;
  if ((flags & 3) !== 0 || vli(bytes, at).value !== 0x21) throw new DamagedData();
  const begin = out.length;
  at = lzma2(bytes, from + header, out);
  while ((at - from) % 4 !== 0) at++;
  const size = checkSizes[kind] ?? 0;
  const sum = bytes.slice(at, at + size);
  const data = kind === 1 || kind === crc64Kind ? out.text().slice(begin) : '';
  if (kind === 1 && sum !== little(crc32(data), 4)) throw new DamagedData();
  if (kind === crc64Kind && sum !== crc64(data)) throw new DamagedData();
  return at + size;
}

/** LZMA2: chunks, plain or compressed. Where they end. */
function lzma2(bytes: ByteString, from: number, out: ByteSink): number {
  let at = from;
  let begin = out.length;
  let model: LzmaModel | undefined;
  for (;;) {
    const control = bytes.charCodeAt(at++);
    if (Number.isNaN(control)) throw new DamagedData();
    if (control === 0) return at;
    if (control === 1 || control >= 0xe0) begin = out.length;
    const low = bytes.charCodeAt(at) * 256 + bytes.charCodeAt(at + 1) + 1;
    if (control < 0x80) {
      if (control > 2) throw new DamagedData();
      const plain = bytes.slice(at + 2, at + 2 + low);
      for (let i = 0; i < plain.length; i++) out.put(plain.charCodeAt(i));
      at += 2 + low;
      continue;
    }
    const size = ((control & 0x1f) << 16) + low;
    const packed = bytes.charCodeAt(at + 2) * 256 + bytes.charCodeAt(at + 3) + 1;
    at += 4;
    if (control >= 0xc0) {
      const properties = bytes.charCodeAt(at++);
      const rest = Math.floor(properties / 9);
      model = lzmaModel(properties % 9, rest % 5, Math.floor(rest / 5));
    } else if (control >= 0xa0 && model) {
      model = lzmaModel(model.literalContext, model.literalPosition, model.position);
    }
    if (model === undefined) throw new DamagedData();
    decodeLzma(model, bytes, at, at + packed, out, begin, size);
    at += packed;
  }
}

/** Compressed sizes are told in 16 bits: this much never becomes more than that. */
const chunkSize = 60_000;

/** Bytes compressed into a .xz file: valid, though not the very bytes that the real one would choose. */
export function xz(bytes: ByteString): ByteString {
  const flags = String.fromCharCode(0, crc64Kind);
  const head = magic + flags + little(crc32(flags), 4);
  const blocks: ByteString[] = [];
  let records = '';
  if (bytes !== '') {
    const inner = pack(bytes);
    // size of the header, no sizes told, LZMA2 with a dictionary of 8 MiB
    const header = '\x02\x00\x21\x01\x16\0\0\0';
    const whole = `${header}${little(crc32(header), 4)}${inner}`;
    blocks.push(padded(whole), crc64(bytes));
    records = toVli(whole.length + 8) + toVli(bytes.length);
  }
  const index = padded(`\0${records === '' ? '\0' : `\x01${records}`}`);
  const tail = little((index.length + 4) / 4 - 1, 4) + flags;
  return `${head}${blocks.join('')}${index}${little(crc32(index), 4)}${little(crc32(tail), 4)}${tail}${footMagic}`;
}

function pack(bytes: ByteString): ByteString {
  const seen: Seen = new Map();
  let out = '';
  for (let at = 0; at < bytes.length; at += chunkSize) {
    const end = Math.min(at + chunkSize, bytes.length);
    const packed = encodeLzma(lzmaModel(3, 0, 2), bytes, at, end, seen);
    const size = big(end - at - 1);
    if (packed.length < end - at) {
      // properties anew with each chunk, the dictionary only with the first: (2 * 5 + 0) * 9 + 3
      out += `${at === 0 ? '\xe0' : '\xc0'}${size}${big(packed.length - 1)}\x5d${packed}`;
    } else out += `${at === 0 ? '\x01' : '\x02'}${size}${bytes.slice(at, end)}`;
  }
  return `${out}\0`;
}

const padded = (bytes: ByteString): ByteString => bytes + '\0'.repeat((4 - (bytes.length % 4)) % 4);
const big = (value: number): ByteString => String.fromCharCode((value >> 8) & 255, value & 255);

function vli(bytes: ByteString, from: number): { readonly value: number; readonly end: number } {
  let value = 0;
  for (let at = from, weight = 1; ; at++, weight *= 128) {
    const byte = bytes.charCodeAt(at);
    if (Number.isNaN(byte) || at - from > 8) throw new DamagedData();
    value += (byte & 127) * weight;
    if (byte < 128) return { value, end: at + 1 };
  }
}

function toVli(value: number): ByteString {
  let out = '';
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) out += String.fromCharCode((rest % 128) + 128);
  return out + String.fromCharCode(rest);
}

let table: { readonly low: Int32Array; readonly high: Int32Array } | undefined;

/** The check sum of 64 bits (ECMA-182, lowest bit first) as eight bytes. */
function crc64(bytes: ByteString): ByteString {
  table ??= crc64Table();
  let low = -1;
  let high = -1;
  for (let i = 0; i < bytes.length; i++) {
    const index = (low ^ bytes.charCodeAt(i)) & 255;
    low = ((low >>> 8) | (high << 24)) ^ (table.low[index] ?? 0);
    high = (high >>> 8) ^ (table.high[index] ?? 0);
  }
  return little(~low, 4) + little(~high, 4);
}

function crc64Table(): { readonly low: Int32Array; readonly high: Int32Array } {
  const low = new Int32Array(256);
  const high = new Int32Array(256);
  for (let value = 0; value < 256; value++) {
    let [a, b] = [value, 0];
    for (let bit = 0; bit < 8; bit++) {
      const one = a & 1;
      a = (a >>> 1) | (b << 31);
      b >>>= 1;
      if (one) {
        a ^= 0xd7870f42;
        b ^= 0xc96c5795;
      }
    }
    low[value] = a;
    high[value] = b;
  }
  return { low, high };
}
