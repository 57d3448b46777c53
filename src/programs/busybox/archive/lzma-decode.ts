import type { ByteString } from '../../../kernel/bytes.ts';
import { type ByteSink, DamagedData } from './bits.ts';
import {
  afterLiteral,
  afterMatch,
  afterRepeat,
  afterShortRepeat,
  type LengthModel,
  type LzmaModel,
  literalStart,
} from './lzma-model.ts';

/** The arithmetic decoder: bits by their probabilities, out of `bytes` from `at`. */
class RangeDecoder {
  #range = -1 >>> 0;
  #code = 0;
  #at: number;
  readonly #bytes: ByteString;
  readonly #end: number;

  constructor(bytes: ByteString, at: number, end: number) {
    this.#bytes = bytes;
    this.#end = end;
    this.#at = at + 1;
    for (let i = 0; i < 4; i++) this.#code = ((this.#code << 8) | this.#next()) >>> 0;
  }

  #next(): number {
    if (this.#at >= this.#end) throw new DamagedData();
    return this.#bytes.charCodeAt(this.#at++);
  }

  #normalize(): void {
    if (this.#range >= 0x1000000) return;
    this.#range = (this.#range << 8) >>> 0;
    this.#code = ((this.#code << 8) | this.#next()) >>> 0;
  }

  bit(table: Uint16Array, index: number): number {
    this.#normalize();
    const probability = table[index] ?? 0;
    const bound = (this.#range >>> 11) * probability;
    if (this.#code < bound) {
      this.#range = bound;
      table[index] = probability + ((2048 - probability) >> 5);
      return 0;
    }
    this.#range -= bound;
    this.#code -= bound;
    table[index] = probability - (probability >> 5);
    return 1;
  }

  direct(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) {
      this.#normalize();
      this.#range = this.#range >>> 1;
      const one = this.#code >= this.#range ? 1 : 0;
      if (one) this.#code -= this.#range;
      value = value * 2 + one;
    }
    return value;
  }

  tree(table: Uint16Array, bits: number): number {
    let node = 1;
    for (let i = 0; i < bits; i++) node = (node << 1) | this.bit(table, node);
    return node - (1 << bits);
  }

  reverseTree(table: Uint16Array, start: number, bits: number): number {
    let node = 1;
    let value = 0;
    for (let i = 0; i < bits; i++) {
      const bit = this.bit(table, start + node);
      node = (node << 1) | bit;
      value |= bit << i;
    }
    return value;
  }
}

/**
 * Decodes LZMA data (`bytes` from `from` to `to`) that stands for `size` bytes, onto the end of `out`, whose bytes since
 * `begin` are the dictionary. Throws DamagedData.
 */
export function decodeLzma(
  model: LzmaModel,
  bytes: ByteString,
  from: number,
  to: number,
  out: ByteSink,
  begin: number,
  size: number,
): void {
  const range = new RangeDecoder(bytes, from, to);
  const end = out.length + size;
  while (out.length < end) {
    const at = out.length - begin;
    const place = at & ((1 << model.position) - 1);
    const { state } = model;
    if (range.bit(model.match, (state << 4) + place) === 0) {
      out.put(literal(model, range, out, at));
      model.state = afterLiteral(state);
      continue;
    }
    const length = matchLength(model, range, place);
    const distance = model.distances[0] + 1;
    if (distance > at || out.length + length > end) throw new DamagedData();
    for (let i = 0; i < length; i++) out.put(out.back(distance));
  }
}

function literal(model: LzmaModel, range: RangeDecoder, out: ByteSink, at: number): number {
  const start = literalStart(model, at, at === 0 ? 0 : out.back(1));
  let symbol = 1;
  if (model.state >= 7) {
    let match = out.back(model.distances[0] + 1);
    while (symbol < 0x100) {
      const expected = (match >> 7) & 1;
      match <<= 1;
      const bit = range.bit(model.literals, start + ((1 + expected) << 8) + symbol);
      symbol = (symbol << 1) | bit;
      if (bit !== expected) break;
    }
  }
  while (symbol < 0x100) symbol = (symbol << 1) | range.bit(model.literals, start + symbol);
  return symbol & 0xff;
}

/** The length of a match; its distance becomes the first of the last four. */
function matchLength(model: LzmaModel, range: RangeDecoder, place: number): number {
  const { state } = model;
  const [d0, d1, d2, d3] = model.distances;
  if (range.bit(model.repeat, state) === 0) {
    const length = readLength(model.length, range, place);
    model.state = afterMatch(state);
    model.distances = [readDistance(model, range, length), d0, d1, d2];
    return length;
  }
  if (range.bit(model.repeat0, state) === 0) {
    if (range.bit(model.repeat0Long, (state << 4) + place) === 0) {
      model.state = afterShortRepeat(state);
      return 1;
    }
  } else if (range.bit(model.repeat1, state) === 0) model.distances = [d1, d0, d2, d3];
  else if (range.bit(model.repeat2, state) === 0) model.distances = [d2, d0, d1, d3];
  else model.distances = [d3, d0, d1, d2];
  model.state = afterRepeat(state);
  return readLength(model.repeatLength, range, place);
}

function readLength(model: LengthModel, range: RangeDecoder, place: number): number {
  if (range.bit(model.choice, 0) === 0) return 2 + range.tree(model.low[place] ?? model.high, 3);
  if (range.bit(model.choice, 1) === 0) return 10 + range.tree(model.middle[place] ?? model.high, 3);
  return 18 + range.tree(model.high, 8);
}

function readDistance(model: LzmaModel, range: RangeDecoder, length: number): number {
  const slot = range.tree(model.slots[Math.min(length, 5) - 2] ?? model.align, 6);
  if (slot < 4) return slot;
  const bits = (slot >> 1) - 1;
  const base = (2 | (slot & 1)) * 2 ** bits;
  if (slot < 14) return base + range.reverseTree(model.special, base - slot, bits);
  const high = range.direct(bits - 4) * 16;
  return base + high + range.reverseTree(model.align, 0, 4);
}
