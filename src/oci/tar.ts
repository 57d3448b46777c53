import { type ByteString, decodeUtf8, encodeUtf8 } from '../kernel/bytes.ts';

/** One member of an archive. Paths are as in the archive (no leading `/`), directories without the trailing slash. */
export interface TarEntry {
  readonly path: string;
  readonly type: 'file' | 'dir' | 'link' | 'hard' | 'char' | 'block' | 'fifo';
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Whole seconds since 1970. */
  readonly mtime: number;
  readonly data: ByteString;
  /** What a symbolic or hard link points to. */
  readonly target: string;
  readonly major: number;
  readonly minor: number;
  /** Bytes that a file declares beyond those that are here: kept in a pax record that other readers pass over. */
  readonly declared?: number;
}

/** Other readers pass over comments without a word. */
const declaredSize = 'drydock.size=';

/** An archive that cannot be read; `code` tells a cut one from one that never was. */
export class TarError extends Error {
  override readonly name = 'TarError';
  readonly code: 'unexpected-eof' | 'invalid-header';
  constructor(code: 'unexpected-eof' | 'invalid-header') {
    // Go's archive/tar words, which clients print
    super(code === 'unexpected-eof' ? 'unexpected EOF' : 'archive/tar: invalid tar header');
    this.code = code;
  }
}

const block = 512;
const typeFlags = { file: '0', hard: '1', link: '2', char: '3', block: '4', dir: '5', fifo: '6' } as const;
const types: { readonly [flag: string]: TarEntry['type'] } = {
  '\0': 'file',
  '7': 'file',
  ...Object.fromEntries(Object.entries(typeFlags).map(([type, flag]) => [flag, type])),
};

/**
 * An archive of the entries in the given order: ustar headers, with pax records for what they cannot hold (long or
 * non-ASCII names, large ids), and two empty blocks at the end. The same entries always give the same bytes.
 */
export function writeTar(entries: Iterable<TarEntry>): ByteString {
  return [...tarParts(entries)].join('');
}

/** The bytes of `writeTar` in pieces, so that a large archive need not be in one string; contents are not copied. */
export function* tarParts(entries: Iterable<TarEntry>): Generator<ByteString> {
  for (const entry of entries) yield* writeEntry(entry);
  yield '\0'.repeat(2 * block);
}

/** A member whose contents are in pieces of `size` bytes in all. */
export function* memberParts(
  entry: TarEntry,
  { size, parts }: { readonly size: number; readonly parts: Iterable<ByteString> },
): Generator<ByteString> {
  yield* headersOf(entry, size);
  yield* parts;
  yield padding(size);
}

function writeEntry(entry: TarEntry): string[] {
  const data = entry.type === 'file' ? entry.data : '';
  return [...headersOf(entry, data.length), data, padding(data.length)].filter((part) => part !== '');
}

function headersOf(entry: TarEntry, size: number): string[] {
  const name = encodeUtf8(entry.type === 'dir' ? `${entry.path}/` : entry.path);
  const target = encodeUtf8(entry.target);
  const records: string[] = [];
  if (!fits(name)) records.push(record('path', name));
  if (!fits(target)) records.push(record('linkpath', target));
  if (entry.uid > 0o7777777) records.push(record('uid', String(entry.uid)));
  if (entry.gid > 0o7777777) records.push(record('gid', String(entry.gid)));
  if (entry.declared !== undefined) records.push(record('comment', `${declaredSize}${entry.declared}`));
  const out: string[] = [];
  if (records.length > 0) {
    const data = records.join('');
    const plain = { ...entry, mode: 0, uid: 0, gid: 0, mtime: 0, major: 0, minor: 0 };
    out.push(header(paxName(ascii(name)), '', 'x', plain, data.length), data, padding(data.length));
  }
  out.push(header(ascii(name), ascii(target), typeFlags[entry.type], entry, size));
  return out;
}

function fits(name: ByteString): boolean {
  return name.length <= 100 && /^[\x20-\x7e]*$/.test(name);
}

function ascii(name: ByteString): string {
  return name.replace(/[^\x20-\x7e]/g, '');
}

/** The name under which readers without pax see the records: as Go's writer calls it. */
function paxName(name: string): string {
  const parts = name.replace(/\/$/, '').split('/');
  const base = parts.pop() ?? '';
  return [...parts, 'PaxHeaders.0', base].join('/');
}

/** `LENGTH KEY=VALUE\n`, where the length counts itself. */
function record(key: string, value: ByteString): ByteString {
  const rest = ` ${key}=${value}\n`;
  let length = rest.length + String(rest.length).length;
  if (String(length).length + rest.length !== length) length++;
  return `${length}${rest}`;
}

type Numbers = Pick<TarEntry, 'mode' | 'uid' | 'gid' | 'mtime' | 'major' | 'minor' | 'type'>;

function header(name: string, target: string, flag: string, entry: Numbers, size: number): ByteString {
  const { mode, uid, gid, mtime, type } = entry;
  const device = flag !== 'x' && (type === 'char' || type === 'block');
  const before = [
    text(name, 100),
    octal(mode & 0o7777, 8),
    octal(uid > 0o7777777 ? 0 : uid, 8),
    octal(gid > 0o7777777 ? 0 : gid, 8),
    octal(size, 12),
    octal(Math.max(0, Math.floor(mtime)), 12),
  ].join('');
  const after = [
    flag,
    text(target, 100),
    'ustar\x0000',
    text('', 64),
    octal(device ? entry.major : 0, 8),
    octal(device ? entry.minor : 0, 8),
    text('', 155),
    '\0'.repeat(12),
  ].join('');
  const sum = checksum(`${before}${' '.repeat(8)}${after}`);
  return `${before}${sum.toString(8).padStart(6, '0')}\0 ${after}`;
}

const text = (value: string, width: number): string => value.slice(0, width).padEnd(width, '\0');
const octal = (value: number, width: number): string => `${value.toString(8).padStart(width - 1, '0')}\0`;

function padding(size: number): ByteString {
  const over = size % block;
  return over === 0 ? '' : '\0'.repeat(block - over);
}

function checksum(bytes: ByteString): number {
  let sum = 0;
  for (let i = 0; i < bytes.length; i++) sum += bytes.charCodeAt(i);
  return sum;
}

/**
 * The members of an archive (ustar, pax and GNU long names; other kinds of members are left out). Throws TarError where
 * the archive ends too early or a header is none.
 */
export function readTar(archive: ByteString): readonly TarEntry[] {
  return [...scanTar(archive)].map(({ entry }) => entry);
}

/** A member and where its contents are in the archive. */
export interface PlacedEntry {
  readonly entry: TarEntry;
  /** The first byte of its contents, and how many there are. */
  readonly at: number;
  readonly size: number;
}

/** The members of an archive with their places. Throws TarError as `readTar` does. */
export function* scanTar(archive: ByteString): Generator<PlacedEntry> {
  let global: Records = {};
  let next: Records = {};
  let at = 0;
  while (at < archive.length) {
    const head = archive.slice(at, at + block);
    at += block;
    if (head.length < block) throw new TarError('unexpected-eof');
    if (/^\0+$/.test(head)) return;
    check(head);
    const flag = head.charAt(156);
    const size = Number(next.size ?? numberAt(head, 124, 12));
    const data = archive.slice(at, at + size);
    if (flag !== '1' && flag !== '2' && data.length < size) throw new TarError('unexpected-eof');
    const start = at;
    at += Math.ceil(size / block) * block;
    if (flag === 'x') next = { ...next, ...readRecords(data) };
    else if (flag === 'g') global = { ...global, ...readRecords(data) };
    else if (flag === 'L') next = { ...next, path: textOf(data) };
    else if (flag === 'K') next = { ...next, linkpath: textOf(data) };
    else {
      const type = types[flag];
      if (type) yield { entry: entryOf(head, type, data, { ...global, ...next }), at: start, size };
      next = {};
    }
  }
}

interface Records {
  readonly [key: string]: string;
}

function check(head: ByteString): void {
  const sum = numberAt(head, 148, 8);
  if (checksum(`${head.slice(0, 148)}${' '.repeat(8)}${head.slice(156)}`) !== sum) throw new TarError('invalid-header');
}

function entryOf(head: ByteString, type: TarEntry['type'], data: ByteString, records: Records): TarEntry {
  const prefix = head.startsWith('ustar\0', 257) ? textOf(head.slice(345, 500)) : '';
  const plain = `${prefix === '' ? '' : `${prefix}/`}${textOf(head.slice(0, 100))}`;
  const path = records.path ?? plain;
  const isDir = type === 'dir' || (type === 'file' && path.endsWith('/'));
  return {
    path: path.replace(/\/+$/, ''),
    type: isDir ? 'dir' : type,
    mode: numberAt(head, 100, 8) & 0o7777,
    uid: Number(records.uid ?? numberAt(head, 108, 8)),
    gid: Number(records.gid ?? numberAt(head, 116, 8)),
    mtime: Math.floor(Number(records.mtime ?? numberAt(head, 136, 12))),
    data: type === 'file' && !isDir ? data : '',
    target: records.linkpath ?? textOf(head.slice(157, 257)),
    major: numberAt(head, 329, 8),
    minor: numberAt(head, 337, 8),
    ...(records.comment?.startsWith(declaredSize)
      ? { declared: Number(records.comment.slice(declaredSize.length)) || 0 }
      : {}),
  };
}

/** An octal field, or (its first bit set) a big-endian binary one as GNU tar writes it. */
function numberAt(head: ByteString, at: number, width: number): number {
  const field = head.slice(at, at + width);
  if (field.charCodeAt(0) >= 0x80) {
    let value = field.charCodeAt(0) & 0x7f;
    for (let i = 1; i < width; i++) value = value * 256 + field.charCodeAt(i);
    return value;
  }
  const digits = field.replace(/[\0 ]+/g, '');
  if (!/^[0-7]*$/.test(digits)) throw new TarError('invalid-header');
  return digits === '' ? 0 : Number.parseInt(digits, 8);
}

function textOf(field: ByteString): string {
  const end = field.indexOf('\0');
  return decodeUtf8(end < 0 ? field : field.slice(0, end));
}

function readRecords(data: ByteString): Records {
  const records: { [key: string]: string } = {};
  let at = 0;
  while (at < data.length && data.charAt(at) !== '\0') {
    const length = Number.parseInt(data.slice(at), 10);
    const line = data.slice(at, at + length);
    const match = /^\d+ ([^=]+)=([\s\S]*)\n$/.exec(line);
    if (!match) throw new TarError('invalid-header');
    records[match[1] ?? ''] = decodeUtf8(match[2] ?? '');
    at += length;
  }
  return records;
}
