import type { ByteString } from '../kernel/bytes.ts';
import { inflate } from './inflate.ts';

/**
 * What was compressed by gzip (RFC 1952; several members one after the other); undefined when the bytes are not in its
 * format. Throws InflateError for damaged ones.
 */
export function gunzip(bytes: ByteString): ByteString | undefined {
  if (!bytes.startsWith('\x1f\x8b\x08')) return undefined;
  const out: ByteString[] = [];
  let at = 0;
  while (bytes.startsWith('\x1f\x8b\x08', at)) {
    const member = inflate(bytes, at + headerLength(bytes, at));
    out.push(member.data);
    at = member.end + 8;
  }
  return out.join('');
}

/** Optional fields: extra, name, comment, a check sum of the header. */
function headerLength(bytes: ByteString, start: number): number {
  const flags = bytes.charCodeAt(start + 3);
  let at = start + 10;
  if (flags & 4) at += 2 + bytes.charCodeAt(at) + 256 * bytes.charCodeAt(at + 1);
  for (const flag of [8, 16]) if (flags & flag) at = bytes.indexOf('\0', at) + 1;
  if (flags & 2) at += 2;
  return at - start;
}
