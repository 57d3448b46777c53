import { type ByteString, fromUint8Array } from '../kernel/bytes.ts';

/** Compressed data that ends too early or makes no sense; the message is Go's. */
export class InflateError extends Error {
  override readonly name = 'InflateError';
}

/** Code lengths of an alphabet as a table: counts by length, and the symbols in order of their codes. */
interface Huffman {
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
}

const longestCode = 15;
const lengthBase = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131];
const lengthBases = [...lengthBase, 163, 195, 227, 258];
const lengthExtra = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const codeOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** Base and extra bits of distance symbol `symbol` (RFC 1951, 3.2.5). */
function distanceOf(symbol: number): readonly [base: number, extra: number] {
  if (symbol < 4) return [symbol + 1, 0];
  const extra = (symbol >> 1) - 1;
  return [1 + ((2 + (symbol & 1)) << extra), extra];
}

function huffman(lengths: ArrayLike<number>): Huffman {
  const counts = new Uint16Array(longestCode + 1);
  for (let i = 0; i < lengths.length; i++) counts[lengths[i] ?? 0] = (counts[lengths[i] ?? 0] ?? 0) + 1;
  counts[0] = 0;
  const offsets = new Uint16Array(longestCode + 2);
  for (let i = 1; i <= longestCode; i++) offsets[i + 1] = (offsets[i] ?? 0) + (counts[i] ?? 0);
  const symbols = new Uint16Array(lengths.length);
  for (let i = 0; i < lengths.length; i++) {
    const length = lengths[i] ?? 0;
    if (length === 0) continue;
    const place = offsets[length] ?? 0;
    symbols[place] = i;
    offsets[length] = place + 1;
  }
  return { counts, symbols };
}

class Inflater {
  private at: number;
  private bits = 0;
  private have = 0;
  private out = new Uint8Array(1 << 16);
  private size = 0;
  private readonly bytes: ByteString;

  constructor(bytes: ByteString, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  run(): { readonly data: ByteString; readonly end: number } {
    for (let last = false; !last; ) {
      last = this.take(1) === 1;
      const kind = this.take(2);
      if (kind === 0) this.stored();
      else if (kind === 1) this.block(fixedLiterals(), fixedDistances());
      else if (kind === 2) this.dynamic();
      else throw new InflateError('flate: corrupt input');
    }
    return { data: fromUint8Array(this.out.subarray(0, this.size)), end: this.at };
  }

  private take(count: number): number {
    while (this.have < count) {
      if (this.at >= this.bytes.length) throw new InflateError('unexpected EOF');
      this.bits |= this.bytes.charCodeAt(this.at++) << this.have;
      this.have += 8;
    }
    const value = this.bits & ((1 << count) - 1);
    this.bits >>>= count;
    this.have -= count;
    return value;
  }

  private put(byte: number): void {
    if (this.size === this.out.length) {
      const larger = new Uint8Array(this.out.length * 2);
      larger.set(this.out);
      this.out = larger;
    }
    this.out[this.size++] = byte;
  }

  private stored(): void {
    this.bits = 0;
    this.have = 0;
    const length = this.bytes.charCodeAt(this.at) | (this.bytes.charCodeAt(this.at + 1) << 8);
    this.at += 4;
    if (this.at + length > this.bytes.length) throw new InflateError('unexpected EOF');
    for (let i = 0; i < length; i++) this.put(this.bytes.charCodeAt(this.at++));
  }

  private symbol({ counts, symbols }: Huffman): number {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length <= longestCode; length++) {
      code |= this.take(1);
      const count = counts[length] ?? 0;
      if (code - count < first) return symbols[index + code - first] ?? 0;
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new InflateError('flate: corrupt input');
  }

  private dynamic(): void {
    const literals = this.take(5) + 257;
    const distances = this.take(5) + 1;
    const codes = this.take(4) + 4;
    const lengths = new Uint8Array(19);
    for (let i = 0; i < codes; i++) lengths[codeOrder[i] ?? 0] = this.take(3);
    const code = huffman(lengths);
    const all = new Uint8Array(literals + distances);
    for (let i = 0; i < all.length; ) {
      const symbol = this.symbol(code);
      if (symbol < 16) {
        all[i++] = symbol;
        continue;
      }
      const value = symbol === 16 ? (all[i - 1] ?? 0) : 0;
      const times = symbol === 16 ? 3 + this.take(2) : symbol === 17 ? 3 + this.take(3) : 11 + this.take(7);
      for (let n = 0; n < times && i < all.length; n++) all[i++] = value;
    }
    this.block(huffman(all.subarray(0, literals)), huffman(all.subarray(literals)));
  }

  private block(literals: Huffman, distances: Huffman): void {
    for (;;) {
      const symbol = this.symbol(literals);
      if (symbol < 256) {
        this.put(symbol);
        continue;
      }
      if (symbol === 256) return;
      const length = (lengthBases[symbol - 257] ?? 0) + this.take(lengthExtra[symbol - 257] ?? 0);
      const [base, extra] = distanceOf(this.symbol(distances));
      const from = this.size - base - this.take(extra);
      if (from < 0) throw new InflateError('flate: corrupt input');
      for (let i = 0; i < length; i++) this.put(this.out[from + i] ?? 0);
    }
  }
}

function fixedLiterals(): Huffman {
  return huffman(Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8)));
}

function fixedDistances(): Huffman {
  return huffman(Array.from({ length: 30 }, () => 5));
}

/** Raw deflated data (RFC 1951) from `at` on: what it was, and where it ends. Throws InflateError. */
export function inflate(bytes: ByteString, at = 0): { readonly data: ByteString; readonly end: number } {
  return new Inflater(bytes, at).run();
}
