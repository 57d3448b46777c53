import type { ByteString } from '../../../kernel/bytes.ts';
import { crc32 } from '../../../oci/gzip.ts';
import { ByteSink } from './bits.ts';
import { canonicalCodes, codeLengths } from './huffman.ts';
import { little } from './little-endian.ts';

const lengthBases = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
];
const distanceBases = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577,
];

/** Bytes compressed into gzip's format (RFC 1951, RFC 1952). */
export function compress(bytes: ByteString): ByteString {
  const tail = little(crc32(bytes), 4) + little(bytes.length, 4);
  return `\x1f\x8b\x08\0\0\0\0\0\0\x03${deflate(bytes)}${tail}`;
}

/** A byte, or a match: so many bytes from so far back. */
type Token = number | readonly [length: number, distance: number];

/** Bytes compressed without a frame (RFC 1951): matches at the last place of three bytes, blocks with codes of their own. */
export function deflate(bytes: ByteString): ByteString {
  const bits = new LowBits();
  let tokens: Token[] = [];
  const places = new Map<string, number>();
  for (let at = 0; at < bytes.length; ) {
    const key = bytes.slice(at, at + 3);
    const before = key.length === 3 ? places.get(key) : undefined;
    let length = 1;
    if (before === undefined || at - before > 32_768) tokens.push(bytes.charCodeAt(at));
    else {
      length = 3;
      while (length < 258 && at + length < bytes.length && bytes[before + length] === bytes[at + length]) length++;
      tokens.push([length, at - before]);
    }
    for (let i = 0; i < length; i++) places.set(bytes.slice(at + i, at + i + 3), at + i);
    at += length;
    if (tokens.length >= tokensInBlock && at < bytes.length) {
      putBlock(bits, tokens, false);
      tokens = [];
    }
  }
  putBlock(bits, tokens, true);
  return bits.end();
}

const tokensInBlock = 16_384;
const endOfBlock = 256;

/** Writes bits, the lowest of each byte first. */
class LowBits {
  readonly #sink = new ByteSink();
  #held = 0;
  #count = 0;

  put(value: number, bits: number): void {
    this.#held |= value << this.#count;
    this.#count += bits;
    while (this.#count >= 8) {
      this.#sink.put(this.#held & 255);
      this.#held >>>= 8;
      this.#count -= 8;
    }
  }

  /** Huffman codes are written with their highest bit first. */
  code(value: number, bits: number): void {
    for (let bit = bits - 1; bit >= 0; bit--) this.put((value >> bit) & 1, 1);
  }

  end(): ByteString {
    if (this.#count > 0) this.#sink.put(this.#held & 255);
    return this.#sink.text();
  }
}

const lengthIndex = (length: number) => lengthBases.findLastIndex((base) => base <= length);
const distanceIndex = (distance: number) => distanceBases.findLastIndex((base) => base <= distance);

function putBlock(bits: LowBits, tokens: readonly Token[], last: boolean): void {
  const weights = new Array<number>(286).fill(0);
  const places = new Array<number>(30).fill(0);
  weights[endOfBlock] = 1;
  for (const token of tokens) {
    if (typeof token === 'number') weights[token] = (weights[token] ?? 0) + 1;
    else {
      const [length, distance] = [257 + lengthIndex(token[0]), distanceIndex(token[1])];
      weights[length] = (weights[length] ?? 0) + 1;
      places[distance] = (places[distance] ?? 0) + 1;
    }
  }
  const own = [codeLengths(weights, 15), codeLengths(places, 15)] as const;
  const used = own.map((lengths) => lengths.findLastIndex((length) => length > 0) + 1) as [number, number];
  const counts = [Math.max(used[0], 257), Math.max(used[1], 1)] as const;
  const described = describe([...own[0].slice(0, counts[0]), ...own[1].slice(0, counts[1])]);
  const size = (lengths: readonly [readonly number[], readonly number[]]) =>
    weights.reduce((sum, weight, symbol) => sum + weight * (lengths[0][symbol] ?? 0), 0) +
    places.reduce((sum, weight, symbol) => sum + weight * (lengths[1][symbol] ?? 0), 0);
  const shorter = size(own) + described.size < size(fixed());
  const lengths = shorter ? own : fixed();
  bits.put(last ? 1 : 0, 1);
  bits.put(shorter ? 2 : 1, 2);
  if (shorter) described.put(bits, counts);
  const codes = [canonicalCodes(lengths[0]), canonicalCodes(lengths[1])] as const;
  const symbol = (which: 0 | 1, value: number) => bits.code(codes[which][value] ?? 0, lengths[which][value] ?? 0);
  for (const token of tokens) {
    if (typeof token === 'number') {
      symbol(0, token);
      continue;
    }
    const [length, distance] = token;
    const index = lengthIndex(length);
    symbol(0, 257 + index);
    bits.put(length - (lengthBases[index] ?? 3), index < 8 || index === 28 ? 0 : (index >> 2) - 1);
    const place = distanceIndex(distance);
    symbol(1, place);
    bits.put(distance - (distanceBases[place] ?? 1), place < 4 ? 0 : (place >> 1) - 1);
  }
  symbol(0, endOfBlock);
}

/** The lengths of the codes that need no description (RFC 1951, 3.2.6). */
function fixed(): readonly [number[], number[]] {
  const lengths = Array.from({ length: 288 }, (_, symbol) =>
    symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8,
  );
  return [lengths, new Array<number>(30).fill(5)];
}

const describingOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** Code lengths as a block tells them: runs shortened, and coded once more (3.2.7); and how many bits that takes. */
function describe(lengths: readonly number[]) {
  const words: (readonly [symbol: number, extra: number, bits: number])[] = [];
  for (let at = 0; at < lengths.length; ) {
    const length = lengths[at] ?? 0;
    let run = 1;
    while (run < (length === 0 ? 138 : 7) && lengths[at + run] === length) run++;
    at += run;
    if (length === 0 && run >= 11) words.push([18, run - 11, 7]);
    else if (length === 0 && run >= 3) words.push([17, run - 3, 3]);
    else {
      const told = run >= 4 ? 1 : run;
      for (let i = 0; i < told; i++) words.push([length, 0, 0]);
      if (run >= 4) words.push([16, run - 4, 2]);
    }
  }
  const weights = new Array<number>(19).fill(0);
  for (const [symbol] of words) weights[symbol] = (weights[symbol] ?? 0) + 1;
  const own = codeLengths(weights, 7);
  const codes = canonicalCodes(own);
  const told = Math.max(4, describingOrder.findLastIndex((symbol) => (own[symbol] ?? 0) > 0) + 1);
  return {
    size: 14 + told * 3 + words.reduce((sum, [symbol, , bits]) => sum + (own[symbol] ?? 0) + bits, 0),
    put: (bits: LowBits, counts: readonly [number, number]) => {
      bits.put(counts[0] - 257, 5);
      bits.put(counts[1] - 1, 5);
      bits.put(told - 4, 4);
      for (const symbol of describingOrder.slice(0, told)) bits.put(own[symbol] ?? 0, 3);
      for (const [symbol, extra, width] of words) {
        bits.code(codes[symbol] ?? 0, own[symbol] ?? 0);
        bits.put(extra, width);
      }
    },
  };
}
