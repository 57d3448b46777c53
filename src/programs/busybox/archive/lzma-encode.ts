import type { ByteString } from '../../../kernel/bytes.ts';
import { ByteSink } from './bits.ts';
import { afterLiteral, afterMatch, afterRepeat, type LengthModel, type LzmaModel, literalStart } from './lzma-model.ts';

/** The arithmetic encoder; bytes wait until it is certain that no carry changes them. */
class RangeEncoder {
  readonly sink = new ByteSink();
  #low = 0;
  #range = -1 >>> 0;
  #held = 0;
  #waiting = 1;

  bit(table: Uint16Array, index: number, bit: number): void {
    const probability = table[index] ?? 0;
    const bound = (this.#range >>> 11) * probability;
    if (bit === 0) {
      this.#range = bound;
      table[index] = probability + ((2048 - probability) >> 5);
    } else {
      this.#low += bound;
      this.#range -= bound;
      table[index] = probability - (probability >> 5);
    }
    this.#normalize();
  }

  direct(value: number, count: number): void {
    for (let i = count - 1; i >= 0; i--) {
      this.#range = this.#range >>> 1;
      if ((value >>> i) & 1) this.#low += this.#range;
      this.#normalize();
    }
  }

  tree(table: Uint16Array, bits: number, value: number): void {
    let node = 1;
    for (let i = bits - 1; i >= 0; i--) {
      const bit = (value >>> i) & 1;
      this.bit(table, node, bit);
      node = (node << 1) | bit;
    }
  }

  reverseTree(table: Uint16Array, start: number, bits: number, value: number): void {
    let node = 1;
    for (let i = 0; i < bits; i++) {
      const bit = (value >>> i) & 1;
      this.bit(table, start + node, bit);
      node = (node << 1) | bit;
    }
  }

  end(): ByteString {
    for (let i = 0; i < 5; i++) this.#shift();
    return this.sink.text();
  }

  #normalize(): void {
    while (this.#range < 0x1000000) {
      this.#range = (this.#range << 8) >>> 0;
      this.#shift();
    }
  }

  #shift(): void {
    const carry = this.#low >= 0x100000000 ? 1 : 0;
    if (this.#low < 0xff000000 || carry === 1) {
      let byte = this.#held;
      for (; this.#waiting > 0; this.#waiting--) {
        this.sink.put((byte + carry) & 0xff);
        byte = 0xff;
      }
      this.#held = Math.floor(this.#low / 0x1000000) & 0xff;
    }
    this.#waiting++;
    this.#low = (this.#low % 0x1000000) * 0x100;
  }
}

/** Where strings of three bytes were seen last. */
export type Seen = Map<string, number>;

/** The bytes from `from` to `to` as LZMA data; what stands before them is the dictionary. */
export function encodeLzma(model: LzmaModel, bytes: ByteString, from: number, to: number, seen: Seen): ByteString {
  const range = new RangeEncoder();
  for (let at = from; at < to; ) {
    const place = at & ((1 << model.position) - 1);
    const { state } = model;
    const found = longest(model, bytes, at, to, seen);
    if (found === undefined) {
      range.bit(model.match, (state << 4) + place, 0);
      putLiteral(model, range, bytes, at);
      model.state = afterLiteral(state);
      remember(bytes, at, seen);
      at++;
      continue;
    }
    range.bit(model.match, (state << 4) + place, 1);
    const [d0, d1, d2] = model.distances;
    if (found.distance === d0) {
      range.bit(model.repeat, state, 1);
      range.bit(model.repeat0, state, 0);
      range.bit(model.repeat0Long, (state << 4) + place, 1);
      putLength(model.repeatLength, range, place, found.length);
      model.state = afterRepeat(state);
    } else {
      range.bit(model.repeat, state, 0);
      putLength(model.length, range, place, found.length);
      putDistance(model, range, found.distance, found.length);
      model.state = afterMatch(state);
      model.distances = [found.distance, d0, d1, d2];
    }
    for (let i = 0; i < found.length; i++) remember(bytes, at + i, seen);
    at += found.length;
  }
  return range.end();
}

function remember(bytes: ByteString, at: number, seen: Seen): void {
  seen.set(bytes.slice(at, at + 3), at);
}

function lengthAt(bytes: ByteString, at: number, before: number, to: number): number {
  let length = 0;
  while (length < 273 && at + length < to && bytes[before + length] === bytes[at + length]) length++;
  return length;
}

/** A match of three bytes or more: at the last distance, or where these bytes were seen last. */
function longest(model: LzmaModel, bytes: ByteString, at: number, to: number, seen: Seen) {
  const last = model.distances[0];
  const again = at > last ? lengthAt(bytes, at, at - last - 1, to) : 0;
  const before = at + 3 <= to ? seen.get(bytes.slice(at, at + 3)) : undefined;
  const length = before === undefined ? 0 : lengthAt(bytes, at, before, to);
  if (again >= 2 && again + 1 >= length) return { length: again, distance: last };
  return before === undefined || length < 3 ? undefined : { length, distance: at - before - 1 };
}

function putLiteral(model: LzmaModel, range: RangeEncoder, bytes: ByteString, at: number): void {
  const byte = bytes.charCodeAt(at);
  const start = literalStart(model, at, at === 0 ? 0 : bytes.charCodeAt(at - 1));
  let symbol = 1;
  let bits = 7;
  if (model.state >= 7) {
    const match = bytes.charCodeAt(at - model.distances[0] - 1);
    for (; bits >= 0; bits--) {
      const expected = (match >> bits) & 1;
      const bit = (byte >> bits) & 1;
      range.bit(model.literals, start + ((1 + expected) << 8) + symbol, bit);
      symbol = (symbol << 1) | bit;
      if (bit !== expected) {
        bits--;
        break;
      }
    }
  }
  for (; bits >= 0; bits--) {
    const bit = (byte >> bits) & 1;
    range.bit(model.literals, start + symbol, bit);
    symbol = (symbol << 1) | bit;
  }
}

function putLength(model: LengthModel, range: RangeEncoder, place: number, length: number): void {
  range.bit(model.choice, 0, length < 10 ? 0 : 1);
  if (length < 10) range.tree(model.low[place] ?? model.high, 3, length - 2);
  else {
    range.bit(model.choice, 1, length < 18 ? 0 : 1);
    if (length < 18) range.tree(model.middle[place] ?? model.high, 3, length - 10);
    else range.tree(model.high, 8, length - 18);
  }
}

function putDistance(model: LzmaModel, range: RangeEncoder, distance: number, length: number): void {
  const top = distance < 4 ? 0 : 31 - Math.clz32(distance);
  const slot = distance < 4 ? distance : top * 2 + ((distance >>> (top - 1)) & 1);
  range.tree(model.slots[Math.min(length, 5) - 2] ?? model.align, 6, slot);
  if (slot < 4) return;
  const bits = (slot >> 1) - 1;
  const base = (2 | (slot & 1)) * 2 ** bits;
  if (slot < 14) range.reverseTree(model.special, base - slot, bits, distance - base);
  else {
    range.direct(Math.floor((distance - base) / 16), bits - 4);
    range.reverseTree(model.align, 0, 4, (distance - base) & 15);
  }
}
