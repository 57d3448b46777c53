import { sha512 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import type { ByteString } from '../../../kernel/bytes.ts';
import { toUint8Array } from '../../../kernel/bytes.ts';

const letters = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const rounds = 5000;

/** As many bytes of `from`, again and again. */
function repeated(from: Uint8Array, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => from[at % from.length] ?? 0);
}

/** crypt(3) with SHA-512 in 5,000 rounds, as its author specified it: `$6$SALT$…`. */
export function sha512Crypt(password: ByteString, salt: string): string {
  const key = toUint8Array(password);
  const seed = toUint8Array(salt);
  const other = sha512(concatBytes(key, seed, key));
  const bits: Uint8Array[] = [];
  for (let n = key.length; n > 0; n >>= 1) bits.push(n & 1 ? other : key);
  let digest = sha512(concatBytes(key, seed, repeated(other, key.length), ...bits));
  const p = repeated(sha512(concatBytes(...Array.from({ length: key.length }, () => key))), key.length);
  const times = 16 + (digest[0] ?? 0);
  const s = repeated(sha512(concatBytes(...Array.from({ length: times }, () => seed))), seed.length);
  for (let round = 0; round < rounds; round++) {
    const odd = round % 2 === 1;
    digest = sha512(
      concatBytes(odd ? p : digest, round % 3 ? s : concatBytes(), round % 7 ? p : concatBytes(), odd ? digest : p),
    );
  }
  return `$6$${salt}$${encode(digest)}`;
}

/** The order in which the digest's bytes become letters. */
function encode(digest: Uint8Array): string {
  let out = '';
  const put = (a: number, b: number, c: number, count: number) => {
    let value = (a << 16) | (b << 8) | c;
    for (let i = 0; i < count; i++, value >>= 6) out += letters[value & 63];
  };
  let [a, b, c] = [0, 21, 42];
  for (let i = 0; i < 21; i++) {
    put(digest[a] ?? 0, digest[b] ?? 0, digest[c] ?? 0, 4);
    [a, b, c] = [b + 1, c + 1, a + 1];
  }
  put(0, 0, digest[63] ?? 0, 2);
  return out;
}

/** A salt of sixteen letters out of random numbers of 32 bits. */
export function newSalt(random: () => number): string {
  return Array.from({ length: 16 }, () => letters[random() % 64] ?? '.').join('');
}
