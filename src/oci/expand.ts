import type { ByteString } from '../kernel/bytes.ts';
import { gunzip } from './gunzip.ts';

/** An archive that is compressed in a way that drydock does not read; the message names it. */
export class UnknownCompression extends Error {
  override readonly name = 'UnknownCompression';
}

const others: readonly (readonly [magic: ByteString, name: string])[] = [
  ['BZh', 'bzip2'],
  ['\xfd7zXZ\0', 'xz'],
  ['\x28\xb5\x2f\xfd', 'zstd'],
];

/** An archive as it is, or out of gzip's format. Throws UnknownCompression for other kinds, InflateError for a damaged one. */
export function expand(bytes: ByteString): ByteString {
  const other = others.find(([magic]) => bytes.startsWith(magic));
  if (other) throw new UnknownCompression(other[1]);
  return gunzip(bytes) ?? bytes;
}
