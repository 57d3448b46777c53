import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { type ByteString, toUint8Array } from '../kernel/bytes.ts';

/** A digest as images name things: `sha256:` and 64 hexadecimal digits. */
export type Digest = `sha256:${string}`;

/** The digest of a byte string. */
export function digestOf(bytes: ByteString): Digest {
  return `sha256:${bytesToHex(sha256(toUint8Array(bytes)))}`;
}

/** The digest of bytes that come in pieces, and how many bytes they are. Little more than the pieces is in memory. */
export function digestOfParts(parts: Iterable<ByteString>): { readonly digest: Digest; readonly size: number } {
  const hash = sha256.create();
  buffer ??= new Uint8Array(chunk);
  let size = 0;
  for (const part of parts) {
    size += part.length;
    for (let at = 0; at < part.length; at += buffer.length) {
      const length = Math.min(buffer.length, part.length - at);
      for (let i = 0; i < length; i++) buffer[i] = part.charCodeAt(at + i);
      hash.update(buffer.subarray(0, length));
    }
  }
  return { digest: `sha256:${bytesToHex(hash.digest())}`, size };
}

const chunk = 1 << 16;
let buffer: Uint8Array | undefined;

/** Is this a whole sha256 digest in the one form that a registry accepts? */
export function isDigest(text: string): text is Digest {
  return /^sha256:[0-9a-f]{64}$/.test(text);
}

/** The digits of a digest, without the algorithm. */
export function hexOf(digest: string): string {
  return digest.slice(digest.indexOf(':') + 1);
}

/**
 * The chain ids of layers, lowest first: the first is its diff id, every other one the digest of the chain below, a
 * space and the diff id (OCI image specification, config.md, "Layer ChainID").
 */
export function chainIds(diffIds: readonly string[]): readonly string[] {
  const chain: string[] = [];
  for (const diffId of diffIds) {
    const below = chain.at(-1);
    chain.push(below === undefined ? diffId : digestOf(`${below} ${diffId}`));
  }
  return chain;
}
