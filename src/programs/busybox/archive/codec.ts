import type { ByteString } from '../../../kernel/bytes.ts';
import { gunzip } from '../../../oci/gunzip.ts';
import { InflateError } from '../../../oci/inflate.ts';
import { DamagedData } from './bits.ts';
import { bunzip2 } from './bunzip2.ts';
import { bzip2 } from './bzip2.ts';
import { compress } from './deflate.ts';
import { unxz, xz } from './xz.ts';

/** A way to compress: how its files are named, and both directions. */
export interface Codec {
  readonly program: 'gzip' | 'bzip2' | 'xz';
  readonly suffix: string;
  /** Other endings of compressed files, and what stands in their place afterwards. */
  readonly endings: readonly (readonly [packed: string, plain: string])[];
  pack(bytes: ByteString): ByteString;
  /** Undefined: not in this format at all. `damaged`: it is, and is broken. */
  unpack(bytes: ByteString): ByteString | undefined | { readonly damaged: true };
}

const guarded =
  (unpack: (bytes: ByteString) => ByteString | undefined): Codec['unpack'] =>
  (bytes) => {
    try {
      return unpack(bytes);
    } catch (error) {
      if (error instanceof InflateError || error instanceof DamagedData) return { damaged: true };
      throw error;
    }
  };

export const gzipCodec: Codec = {
  program: 'gzip',
  suffix: '.gz',
  endings: [
    ['.tgz', '.tar'],
    ['.gz', ''],
    ['.Z', ''],
  ],
  pack: compress,
  unpack: guarded(gunzip),
};

export const bzip2Codec: Codec = {
  program: 'bzip2',
  suffix: '.bz2',
  endings: [
    ['.tbz2', '.tar'],
    ['.tbz', '.tar'],
    ['.bz2', ''],
    ['.bz', ''],
  ],
  pack: bzip2,
  unpack: guarded(bunzip2),
};

export const xzCodec: Codec = {
  program: 'xz',
  suffix: '.xz',
  endings: [
    ['.txz', '.tar'],
    ['.xz', ''],
  ],
  pack: xz,
  unpack: guarded(unxz),
};

/** The codec whose program goes by this name (`bunzip2`, `xzcat`). */
export function codecOf(name: string): Codec {
  return /^(?:bz|bunz)/.test(name) ? bzip2Codec : /xz/.test(name) ? xzCodec : gzipCodec;
}

/** The codec that data was packed with, as its first bytes tell. */
export function codecByMagic(bytes: ByteString): Codec | undefined {
  if (bytes.startsWith('\x1f\x8b')) return gzipCodec;
  if (/^BZh[1-9]/.test(bytes)) return bzip2Codec;
  return bytes.startsWith('\xfd7zXZ\0') ? xzCodec : undefined;
}

/** What a compressed file is called unpacked; undefined when its ending says nothing. */
export function unpackedName(codec: Codec, file: string): string | undefined {
  const ending = codec.endings.find(([packed]) => file.endsWith(packed));
  return ending && file.slice(0, -ending[0].length) + ending[1];
}
