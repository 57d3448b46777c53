import type { ByteString } from '../../../kernel/bytes.ts';
import { BitReader, ByteSink, DamagedData } from './bits.ts';
import { addToSum, blockMark, combineSums, endMark, groupSize } from './bzip2-common.ts';

/** The data in bzip2's format (one stream or several in a row); undefined when it is none. Throws DamagedData. */
export function bunzip2(bytes: ByteString): ByteString | undefined {
  if (!/^BZh[1-9]/.test(bytes)) return undefined;
  const out = new ByteSink();
  for (let at = 0; /^BZh[1-9]/.test(bytes.slice(at, at + 4)); ) at = stream(bytes, at, out);
  return out.text();
}

/** One stream; where it ends. */
function stream(bytes: ByteString, from: number, out: ByteSink): number {
  const most = Number(bytes[from + 3]) * 100_000;
  const bits = new BitReader(bytes, from + 4);
  let sum = 0;
  for (;;) {
    const mark = [bits.take(24), bits.take(24)];
    const expected = (bits.take(16) << 16) | bits.take(16);
    if (mark[0] === endMark[0] && mark[1] === endMark[1]) {
      if (expected !== (sum | 0)) throw new DamagedData();
      bits.align();
      return bits.at;
    }
    if (mark[0] !== blockMark[0] || mark[1] !== blockMark[1]) throw new DamagedData();
    if (block(bits, most, out) !== expected) throw new DamagedData();
    sum = combineSums(sum, expected);
  }
}

/** One block; its check sum. */
function block(bits: BitReader, most: number, out: ByteSink): number {
  // shuffled blocks come from a version of 1996 only
  if (bits.take(1) === 1) throw new DamagedData();
  const origin = bits.take(24);
  const symbols = usedBytes(bits);
  const { selectors, tables } = readTables(bits, symbols.length + 2);
  const last = symbols.length + 1;
  const columns = new Uint8Array(most);
  let length = 0;
  let run = 0;
  let weight = 1;
  const flush = () => {
    const byte = symbols[0] ?? 0;
    if (length + run > most) throw new DamagedData();
    columns.fill(byte, length, length + run);
    length += run;
    run = 0;
    weight = 1;
  };
  for (let at = 0; ; at++) {
    const table = tables[selectors[Math.floor(at / groupSize)] ?? -1];
    if (table === undefined) throw new DamagedData();
    const symbol = readSymbol(bits, table);
    if (symbol < 2) {
      run += weight << symbol;
      weight <<= 1;
      if (run > most) throw new DamagedData();
      continue;
    }
    flush();
    if (symbol === last) break;
    const [byte = 0] = symbols.splice(symbol - 1, 1);
    symbols.unshift(byte);
    if (length >= most) throw new DamagedData();
    columns[length++] = byte;
  }
  return unsort(columns.subarray(0, length), origin, out);
}

function usedBytes(bits: BitReader): number[] {
  const rows = bits.take(16);
  const used: number[] = [];
  for (let row = 0; row < 16; row++) {
    if (((rows >> (15 - row)) & 1) === 0) continue;
    const cells = bits.take(16);
    for (let cell = 0; cell < 16; cell++) if ((cells >> (15 - cell)) & 1) used.push(row * 16 + cell);
  }
  if (used.length === 0) throw new DamagedData();
  return used;
}

/** A code by its lengths: for each length the first code, and the symbols in order. */
interface Code {
  readonly first: readonly number[];
  readonly counts: readonly number[];
  readonly symbols: readonly number[];
}

function readTables(bits: BitReader, size: number): { readonly selectors: number[]; readonly tables: Code[] } {
  const groups = bits.take(3);
  const count = bits.take(15);
  if (groups < 2 || groups > 6 || count === 0) throw new DamagedData();
  const order = Array.from({ length: groups }, (_, index) => index);
  const selectors: number[] = [];
  for (let i = 0; i < count; i++) {
    let place = 0;
    while (bits.take(1) === 1) if (++place >= groups) throw new DamagedData();
    const [chosen = 0] = order.splice(place, 1);
    order.unshift(chosen);
    selectors.push(chosen);
  }
  const tables = Array.from({ length: groups }, () => {
    let length = bits.take(5);
    const lengths: number[] = [];
    for (let i = 0; i < size; i++) {
      while (bits.take(1) === 1) length += bits.take(1) === 1 ? -1 : 1;
      if (length < 1 || length > 20) throw new DamagedData();
      lengths.push(length);
    }
    return codeOf(lengths);
  });
  return { selectors, tables };
}

function codeOf(lengths: readonly number[]): Code {
  const counts = new Array<number>(21).fill(0);
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
  const first: number[] = [0];
  let code = 0;
  for (let length = 1; length <= 20; length++) {
    first[length] = code;
    code = (code + (counts[length] ?? 0)) << 1;
  }
  const symbols = lengths.map((_, symbol) => symbol).sort((a, b) => (lengths[a] ?? 0) - (lengths[b] ?? 0) || a - b);
  return { first, counts, symbols };
}

function readSymbol(bits: BitReader, { first, counts, symbols }: Code): number {
  let code = 0;
  let before = 0;
  for (let length = 1; length <= 20; length++) {
    code = (code << 1) | bits.take(1);
    const place = code - (first[length] ?? 0);
    const count = counts[length] ?? 0;
    if (place < count) return symbols[before + place] ?? 0;
    before += count;
  }
  throw new DamagedData();
}

/** Undoes the Burrows–Wheeler transform and the runs of the first stage; the check sum of what comes out. */
function unsort(columns: Uint8Array, origin: number, out: ByteSink): number {
  const { length } = columns;
  if (length === 0 || origin >= length) throw new DamagedData();
  const starts = new Int32Array(257);
  for (const byte of columns) starts[byte + 1] = (starts[byte + 1] ?? 0) + 1;
  for (let byte = 0; byte < 256; byte++) starts[byte + 1] = (starts[byte + 1] ?? 0) + (starts[byte] ?? 0);
  const next = new Int32Array(length);
  columns.forEach((byte, at) => {
    const place = starts[byte] ?? 0;
    next[place] = at;
    starts[byte] = place + 1;
  });
  let sum = -1;
  let same = 0;
  let previous = -1;
  let at = next[origin] ?? 0;
  for (let i = 0; i < length; i++) {
    const byte = columns[at] ?? 0;
    at = next[at] ?? 0;
    if (same === 4) {
      for (let n = 0; n < byte; n++) {
        out.put(previous);
        sum = addToSum(sum, previous);
      }
      same = 0;
      previous = -1;
      continue;
    }
    same = byte === previous ? same + 1 : 1;
    previous = byte;
    out.put(byte);
    sum = addToSum(sum, byte);
  }
  return ~sum;
}
