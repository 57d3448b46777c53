import type { ByteString } from '../../../kernel/bytes.ts';
import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import type { Us } from '../../../kernel/json.ts';
import { crc32 } from '../../../oci/gzip.ts';
import { InflateError, inflate } from '../../../oci/inflate.ts';
import { deflate } from './deflate.ts';
import { little, readLittle as read } from './little-endian.ts';

/** A member of a zip archive; directories' names end with a slash. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly size: number;
  readonly packed: ByteString;
  /** Microseconds since 1970; zip's own times are even seconds of local time. */
  readonly mtime: Us;
  /** As in stat(2), with the kind of file. */
  readonly mode: number;
  readonly encrypted: boolean;
  readonly owner: readonly [uid: number, gid: number];
}

const endMark = 'PK\x05\x06';

/** The members of an archive by its central directory; undefined when there is none. */
export function readZip(bytes: ByteString): ZipEntry[] | undefined {
  const end = bytes.lastIndexOf(endMark);
  if (end < 0) return undefined;
  const entries: ZipEntry[] = [];
  let at = read(bytes, end + 16, 4);
  for (let left = read(bytes, end + 10, 2); left > 0; left--) {
    if (!bytes.startsWith('PK\x01\x02', at)) return undefined;
    const [nameSize, extraSize, commentSize] = [28, 30, 32].map((place) => read(bytes, at + place, 2)) as [
      number,
      number,
      number,
    ];
    const local = read(bytes, at + 42, 4);
    const start = local + 30 + read(bytes, local + 26, 2) + read(bytes, local + 28, 2);
    const name = bytes.slice(at + 46, at + 46 + nameSize);
    const extra = bytes.slice(at + 46 + nameSize, at + 46 + nameSize + extraSize);
    const unix = bytes.charCodeAt(at + 5) === 3;
    const dir = name.endsWith('/');
    entries.push({
      name: decodeUtf8(name),
      method: read(bytes, at + 10, 2),
      crc: read(bytes, at + 16, 4),
      size: read(bytes, at + 24, 4),
      packed: bytes.slice(start, start + read(bytes, at + 20, 4)),
      mtime: exactTime(extra) ?? fromDos(read(bytes, at + 14, 2), read(bytes, at + 12, 2)),
      mode: unix ? read(bytes, at + 40, 2) : dir ? 0o40755 : 0o100644,
      encrypted: (read(bytes, at + 8, 2) & 1) === 1,
      owner: [0, 0],
    });
    at += 46 + nameSize + extraSize + commentSize;
  }
  return entries;
}

/** A member's contents; `damaged` when they are not what the check sum says, `method` when another way packed them. */
export function unzipEntry({ method, packed, crc, size }: ZipEntry): ByteString | 'damaged' | 'method' {
  if (method !== 0 && method !== 8) return 'method';
  try {
    const data = method === 0 ? packed : inflate(packed).data;
    return data.length === size && crc32(data) === crc ? data : 'damaged';
  } catch (error) {
    if (error instanceof InflateError) return 'damaged';
    throw error;
  }
}

/** A member made of contents: compressed when that makes it smaller, unless `store`. */
export function zipEntry(
  file: Pick<ZipEntry, 'name' | 'mtime' | 'mode' | 'owner'>,
  bytes: ByteString,
  store: boolean,
): ZipEntry {
  const small = store || bytes === '' ? bytes : deflate(bytes);
  const better = small.length < bytes.length;
  return {
    ...file,
    method: better ? 8 : 0,
    packed: better ? small : bytes,
    crc: crc32(bytes),
    size: bytes.length,
    encrypted: false,
  };
}

/** An archive of these members. */
export function writeZip(entries: readonly ZipEntry[]): ByteString {
  let bodies = '';
  let central = '';
  for (const entry of entries) {
    const name = encodeUtf8(entry.name);
    const seconds = little(Math.floor(entry.mtime / 1_000_000), 4);
    const [uid, gid] = entry.owner;
    const owner = `ux\x0b\0\x01\x04${little(uid, 4)}\x04${little(gid, 4)}`;
    const common =
      little(entry.method === 8 ? 20 : 10, 2) +
      little(0, 2) +
      little(entry.method, 2) +
      toDos(entry.mtime) +
      little(entry.crc, 4) +
      little(entry.packed.length, 4) +
      little(entry.size, 4) +
      little(name.length, 2);
    const start = bodies.length;
    const extra = `UT\x09\0\x03${seconds}${seconds}${owner}`;
    bodies += `PK\x03\x04${common}${little(extra.length, 2)}${name}${extra}${entry.packed}`;
    const shorter = `UT\x05\0\x03${seconds}${owner}`;
    const attributes = little(entry.name.endsWith('/') ? 0x10 : 0, 2) + little(entry.mode, 2);
    central += `PK\x01\x02\x1e\x03${common}${little(shorter.length, 2)}${little(0, 6)}${attributes}${little(start, 4)}${name}${shorter}`;
  }
  const count = little(entries.length, 2);
  return `${bodies}${central}${endMark}${little(0, 4)}${count}${count}${little(central.length, 4)}${little(bodies.length, 4)}${little(0, 2)}`;
}

/** Seconds since 1970 in the extra field that Info-ZIP writes. */
function exactTime(extra: ByteString): Us | undefined {
  const at = extra.indexOf('UT\x05\0');
  return at < 0 || (extra.charCodeAt(at + 4) & 1) === 0 ? undefined : read(extra, at + 5, 4) * 1_000_000;
}

function toDos(time: Us): ByteString {
  const date = new Date(time / 1000);
  const day = ((date.getUTCFullYear() - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate();
  const clock = (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1);
  return little(clock, 2) + little(day, 2);
}

function fromDos(day: number, clock: number): Us {
  const date = [1980 + (day >> 9), ((day >> 5) & 15) - 1, day & 31] as const;
  return Date.UTC(...date, clock >> 11, (clock >> 5) & 63, (clock & 31) * 2) * 1000;
}
