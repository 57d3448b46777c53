import type { Id } from './json.ts';
import type { Machine } from './machine.ts';
import type { World } from './state.ts';

/** Counts an event: numbers rise through the whole life of a world. */
export function nextSeq(m: { readonly world: { seq: number } }): number {
  m.world.seq += 1;
  return m.world.seq;
}

/** A new id for an object of this kernel, such as `p17` (pipes `p`, open files `f`, terminals `t`, file systems `s`). */
export function nextId(m: Machine, prefix: string): Id {
  const id = `${prefix}${m.kernel.nextId}`;
  m.kernel.nextId += 1;
  return id;
}

/** A pseudo-random unsigned 32-bit number: a hash (murmur3's mixing) of the world's seed and its count of events. */
export function random(m: { readonly world: { seq: number; seed: string } }): number {
  let h = nextSeq(m) | 0;
  const seed = scrambled(m.world.seed);
  for (let i = 0; i < seed.length; i++) {
    h ^= seed[i] ?? 0;
    h = (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
  }
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

let lastSeed = '';
let lastScrambled: readonly number[] = [];

/** The characters of a seed as they are mixed in; those of the last seed are kept. */
function scrambled(seed: string): readonly number[] {
  if (seed !== lastSeed) {
    lastScrambled = Array.from(seed, (_, i) => {
      const k = Math.imul(seed.charCodeAt(i), 0xcc9e2d51);
      return Math.imul((k << 15) | (k >>> 17), 0x1b873593);
    });
    lastSeed = seed;
  }
  return lastScrambled;
}

/** So many pseudo-random hexadecimal digits. */
export function randomHex(m: { readonly world: { seq: number; seed: string } }, digits: number): string {
  let out = '';
  while (out.length < digits) out += random(m).toString(16).padStart(8, '0');
  return out.slice(0, digits);
}

/** A world without hosts. `now` is the time it begins at, in microseconds since 1970. */
export function emptyWorld(now: number, seed: string): World {
  return { schema: 2, now, wallOffset: 0, seed, seq: 0, hosts: {}, registries: {}, runs: {} };
}
