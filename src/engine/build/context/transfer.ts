import { encodeUtf8 } from '../../../kernel/bytes.ts';

/*
 * How many bytes BuildKit's fsutil sends for a context: messages of protocol buffers. Each entry is a STAT packet; a
 * file that the builder has not got follows in DATA packets; a FIN packet ends it all (2 bytes).
 */

/** Bytes of a number in protocol buffers. */
function varint(value: number): number {
  let length = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) length += 1;
  return length;
}

const directoryBit = 2 ** 31;
const linkBit = 2 ** 27;

/** What is told of an entry. */
interface Sent {
  readonly type: string;
  readonly mode: number;
  readonly size?: number;
  readonly target?: string;
}

function byteLength(text: string): number {
  // there may be tens of thousands of names, nearly all of them plain
  return /[^\x00-\x7f]/.test(text) ? encodeUtf8(text).length : text.length;
}

/** Bytes of an entry's STAT packet: path, mode, size, time in nanoseconds, where a link leads to. */
export function statBytes(path: string, entry: Sent): number {
  const name = byteLength(path);
  const kind = entry.type === 'dir' ? directoryBit : entry.type === 'link' ? linkBit : 0;
  const size = entry.type === 'file' ? (entry.size ?? 0) : 0;
  const target = byteLength(entry.target ?? '');
  const stat =
    1 +
    varint(name) +
    name +
    1 +
    varint(entry.mode + kind) +
    (size > 0 ? 1 + varint(size) : 0) +
    10 +
    (target > 0 ? 2 + target : 0);
  return 1 + varint(stat) + stat;
}

const chunk = 32 * 1024;

/** Bytes of the DATA packets of a file of this size. */
export function dataBytes(size: number): number {
  let sum = 2;
  for (let left = size; left > 0; left -= chunk) {
    const part = Math.min(left, chunk);
    sum += 2 + 1 + varint(part) + part;
  }
  return sum;
}
