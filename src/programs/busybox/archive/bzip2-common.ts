/** What begins a block, and what ends a stream: the digits of π and of its square root, in halves of 24 bits. */
export const blockMark = [0x314159, 0x265359] as const;
export const endMark = [0x177245, 0x385090] as const;
/** Symbols between two looks at the selectors. */
export const groupSize = 50;

let table: Int32Array | undefined;

/** bzip2's check sum (polynomial 0x04C11DB7, highest bit first) with one byte more. */
export function addToSum(sum: number, byte: number): number {
  table ??= Int32Array.from({ length: 256 }, (_, value) => {
    let entry = value << 24;
    for (let bit = 0; bit < 8; bit++) entry = entry < 0 ? (entry << 1) ^ 0x04c11db7 : entry << 1;
    return entry;
  });
  return (sum << 8) ^ (table[((sum >>> 24) ^ byte) & 0xff] ?? 0);
}

/** The sum of a stream after a further block. */
export function combineSums(stream: number, block: number): number {
  return ((stream << 1) | (stream >>> 31)) ^ block;
}
