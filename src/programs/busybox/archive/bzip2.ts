import type { ByteString } from '../../../kernel/bytes.ts';
import { BitWriter } from './bits.ts';
import { addToSum, blockMark, combineSums, endMark, groupSize } from './bzip2-common.ts';
import { canonicalCodes, codeLengths } from './huffman.ts';

/** Bytes of a block of level 9, less what the real one keeps free. */
const most = 900_000 - 19;
const longestCode = 17;

/** Bytes compressed into bzip2's format: valid, though not the very ones that the real one would choose. */
export function bzip2(bytes: ByteString): ByteString {
  const bits = new BitWriter();
  for (const letter of 'BZh9') bits.put(letter.charCodeAt(0), 8);
  let stream = 0;
  for (let at = 0; at < bytes.length; ) {
    const { data, sum, end } = shortenRuns(bytes, at);
    at = end;
    stream = combineSums(stream, sum);
    putBlock(bits, data, sum);
  }
  putMark(bits, endMark, stream);
  return bits.end();
}

function putMark(bits: BitWriter, mark: readonly [number, number], sum: number): void {
  bits.put(mark[0], 24);
  bits.put(mark[1], 24);
  bits.put(sum, 32);
}

/** The first stage: four equal bytes are followed by a count of further ones. */
function shortenRuns(bytes: ByteString, from: number): { data: Uint8Array; sum: number; end: number } {
  const data = new Uint8Array(most + 5);
  let length = 0;
  let sum = -1;
  let at = from;
  while (at < bytes.length && length < most) {
    const byte = bytes.charCodeAt(at);
    let run = 1;
    while (run < 255 && bytes.charCodeAt(at + run) === byte) run++;
    for (let i = 0; i < run; i++) sum = addToSum(sum, byte);
    for (let i = 0; i < Math.min(run, 4); i++) data[length++] = byte;
    if (run >= 4) data[length++] = run - 4;
    at += run;
  }
  return { data: data.subarray(0, length), sum: ~sum, end: at };
}

function putBlock(bits: BitWriter, data: Uint8Array, sum: number): void {
  const { column, origin } = sortRotations(data);
  const used = [...new Set(data)].sort((a, b) => a - b);
  const symbols = moveToFront(column, used);
  putMark(bits, blockMark, sum);
  bits.put(0, 1);
  bits.put(origin, 24);
  for (let row = 0; row < 16; row++) bits.put(used.some((byte) => byte >> 4 === row) ? 1 : 0, 1);
  for (let row = 0; row < 16; row++) {
    if (!used.some((byte) => byte >> 4 === row)) continue;
    for (let cell = 0; cell < 16; cell++) bits.put(used.includes(row * 16 + cell) ? 1 : 0, 1);
  }
  // the format wants two codes at least; both are the same one, and the first is always chosen
  const weights = new Array<number>(used.length + 2).fill(1);
  for (const symbol of symbols) weights[symbol] = (weights[symbol] ?? 0) + 1;
  const lengths = codeLengths(weights, longestCode);
  const selectors = Math.ceil(symbols.length / groupSize);
  bits.put(2, 3);
  bits.put(selectors, 15);
  for (let i = 0; i < selectors; i++) bits.put(0, 1);
  for (let table = 0; table < 2; table++) {
    let present = lengths[0] ?? 1;
    bits.put(present, 5);
    for (const length of lengths) {
      for (; present < length; present++) bits.put(0b10, 2);
      for (; present > length; present--) bits.put(0b11, 2);
      bits.put(0, 1);
    }
  }
  const codes = canonicalCodes(lengths);
  for (const symbol of symbols) bits.put(codes[symbol] ?? 0, lengths[symbol] ?? 0);
}

/** The last column of the sorted rotations, and which of them is the data itself: by doubling the sorted length. */
function sortRotations(data: Uint8Array): { column: Uint8Array; origin: number } {
  const { length } = data;
  const order = Int32Array.from({ length }, (_, at) => at);
  let ranks = Int32Array.from(data);
  const base = Math.max(length, 256);
  for (let width = 1; ; width *= 2) {
    const keys = new Float64Array(length);
    for (let at = 0; at < length; at++) keys[at] = (ranks[at] ?? 0) * base + (ranks[(at + width) % length] ?? 0);
    order.sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0));
    const next = new Int32Array(length);
    let rank = 0;
    let ties = false;
    for (let i = 1; i < length; i++) {
      const at = order[i] ?? 0;
      if (keys[order[i - 1] ?? 0] !== keys[at]) rank = i;
      else ties = true;
      next[at] = rank;
    }
    ranks = next;
    if (!ties || width >= length) break;
  }
  const column = Uint8Array.from(order, (at) => data[(at + length - 1) % length] ?? 0);
  return { column, origin: order.indexOf(0) };
}

/** Places in a list that moves what was used to its front; runs of zeros as two digits, then an end. */
function moveToFront(column: Uint8Array, used: readonly number[]): number[] {
  const list = [...used];
  const symbols: number[] = [];
  let zeros = 0;
  const flush = () => {
    for (let rest = zeros; rest > 0; rest = (rest - (rest & 1 ? 1 : 2)) / 2) symbols.push(rest & 1 ? 0 : 1);
    zeros = 0;
  };
  for (const byte of column) {
    const place = list.indexOf(byte);
    if (place === 0) {
      zeros++;
      continue;
    }
    flush();
    symbols.push(place + 1);
    list.splice(place, 1);
    list.unshift(byte);
  }
  flush();
  symbols.push(used.length + 1);
  return symbols;
}
