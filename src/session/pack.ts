import { SessionError } from './errors.ts';
import { type Files, guarded, writeFully } from './files.ts';

/** Where a piece stands in the pack file, and the checksum of its bytes. */
export interface Ref {
  readonly offset: number;
  readonly length: number;
  readonly check: number;
}

/** Bytes at the end of the pack that are read at once: what was written last is needed first. */
const windowSize = 64 * 1024;
const growth = 64 * 1024;
/** What gathers in memory before it is written. */
const mostGathered = 8 * 1024 * 1024;

/**
 * The file of pieces. It only grows: what the head knows of is never written over, so readers need no lock. New pieces
 * gather in memory and are written by `flush`; bytes behind `end` are left-overs of a writer that died.
 */
export class Pack {
  readonly path: string;
  private readonly files: Files;
  private readonly fd: number;
  /** Bytes that the head knows of. Always a multiple of 4, as are all offsets. */
  end: number;
  private pending = Buffer.alloc(0);
  private used = 0;
  /** Bytes behind `end` that are in the file already, so that a large save does not gather in memory. */
  private spilled = 0;
  private window: { readonly start: number; readonly bytes: Buffer } | undefined;

  /** Opens the pack whose first `end` bytes are valid; a new one when `end` is 0. */
  constructor(files: Files, path: string, end: number) {
    this.files = files;
    this.path = path;
    this.end = end;
    this.fd = end === 0 ? files.openSync(path, 'w+') : openExisting(files, path);
    closing.register(this, { files, fd: this.fd }, this);
  }

  /** The piece's bytes, checked. Throws `damaged` when they are not what was written. */
  read(ref: Ref): Buffer {
    const bytes = this.bytesAt(ref.offset, ref.length);
    if (bytes === undefined) throw this.damaged(`it ends before byte ${ref.offset + ref.length}`);
    if (checksum(bytes) !== ref.check) throw this.damaged(`wrong checksum at byte ${ref.offset}`);
    return bytes;
  }

  /** Adds a piece: one byte per character (all up to U+00FF), or two for any text. */
  append(text: string, encoding: 'latin1' | 'utf16le'): Ref {
    const length = encoding === 'latin1' ? text.length : text.length * 2;
    const bytes = this.reserve(length);
    bytes.write(text, encoding);
    return this.taken(bytes);
  }

  /** Adds a piece as it stood in another pack. */
  appendBytes(piece: Uint8Array): Ref {
    const bytes = this.reserve(piece.length);
    bytes.set(piece);
    return this.taken(bytes);
  }

  /** Takes back the piece that was added last. */
  retract(ref: Ref): void {
    this.used = ref.offset - this.end - this.spilled;
  }

  /** Another process has saved: the pack is valid up to there now. */
  extend(end: number): void {
    this.end = end;
    this.window = undefined;
  }

  /** Bytes that wait for `flush`. */
  get waiting(): number {
    return this.spilled + this.used;
  }

  /** Writes what has gathered. The pieces become valid when the head says the new `end`. */
  flush(): void {
    this.spill();
    this.end += this.spilled;
    this.spilled = 0;
    if (this.pending.length > 16 * growth) this.pending = Buffer.alloc(0);
  }

  /** Forgets what has gathered. */
  discard(): void {
    this.used = 0;
    this.spilled = 0;
  }

  close(): void {
    closing.unregister(this);
    this.files.closeSync(this.fd);
  }

  private bytesAt(offset: number, length: number): Buffer | undefined {
    if (offset >= this.end) {
      const from = offset - this.end - this.spilled;
      if (from < 0) return this.readFully(offset, length);
      return from + length <= this.used ? this.pending.subarray(from, from + length) : undefined;
    }
    this.window ??= this.readWindow();
    const from = offset - this.window.start;
    if (from >= 0 && from + length <= this.window.bytes.length) return this.window.bytes.subarray(from, from + length);
    const bytes = this.readFully(offset, length);
    return bytes.length === length ? bytes : undefined;
  }

  private readWindow() {
    const start = Math.max(0, this.end - windowSize);
    return { start, bytes: this.readFully(start, this.end - start) };
  }

  private readFully(offset: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafeSlow(length);
    let done = 0;
    while (done < length) {
      const got = guarded(this.path, () => this.files.readSync(this.fd, bytes, done, length - done, offset + done));
      if (got === 0) break;
      done += got;
    }
    return bytes.subarray(0, done);
  }

  private spill(): void {
    const at = this.end + this.spilled;
    guarded(this.path, () => writeFully(this.files, this.fd, this.pending.subarray(0, this.used), at));
    this.spilled += this.used;
    this.used = 0;
  }

  private reserve(length: number): Buffer {
    if (this.used > 0 && this.used + length > mostGathered) this.spill();
    const need = this.used + length + 3;
    if (need > this.pending.length) {
      const grown = Buffer.alloc(Math.max(this.pending.length * 2, Math.ceil(need / growth) * growth));
      this.pending.copy(grown, 0, 0, this.used);
      this.pending = grown;
    }
    return this.pending.subarray(this.used, this.used + length);
  }

  private taken(bytes: Buffer): Ref {
    const ref = { offset: this.end + this.spilled + this.used, length: bytes.length, check: checksum(bytes) };
    this.used += (bytes.length + 3) & ~3;
    return ref;
  }

  private damaged(detail: string) {
    return new SessionError('damaged', { path: this.path, part: 'pack', detail });
  }
}

// An older world may still hold parts that it has not read, so a pack stays open as long as anything refers to it.
const closing = new FinalizationRegistry<{ files: Files; fd: number }>(({ files, fd }) => files.closeSync(fd));

function openExisting(files: Files, path: string): number {
  return guarded(path, () => {
    try {
      return files.openSync(path, 'r+');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
        throw new SessionError('damaged', { path, part: 'pack', detail: 'the file is missing' }, { cause: error });
      }
      throw error;
    }
  });
}

/**
 * A 32-bit checksum against damage, not against malice. Ours, because loading node:crypto takes longer than all else that a
 * small command does; of the cheapest operations, because a short command runs it before V8 has optimized it; with
 * MurmurHash3's last mixing (by Austin Appleby, public domain). `bytes` starts at a multiple of 4.
 */
export function checksum(bytes: Uint8Array): number {
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
  const whole = words.length & ~3;
  let sum = bytes.length;
  for (let from = 0; from < whole; from += block) sum = blockSum(words, from, Math.min(from + block, whole), sum);
  for (let i = whole * 4; i < bytes.length; i++) sum = mixed(sum ^ (bytes[i] as number));
  return mixed(sum) >>> 0;
}

/** Small enough for the function to be called, and so to be optimized, soon. */
const block = 128;

/** Four lanes of rotation and exclusive or: whatever single word changes, the sum does. */
function blockSum(words: Int32Array, from: number, to: number, seed: number): number {
  let [a, b, c, d] = [seed, 1, 2, 3];
  for (let i = from; i < to; i += 4) {
    a = ((a << 7) | (a >>> 25)) ^ (words[i] as number);
    b = ((b << 11) | (b >>> 21)) ^ (words[i + 1] as number);
    c = ((c << 13) | (c >>> 19)) ^ (words[i + 2] as number);
    d = ((d << 5) | (d >>> 27)) ^ (words[i + 3] as number);
  }
  a = ((a << 7) | (a >>> 25)) ^ b;
  a = ((a << 7) | (a >>> 25)) ^ c;
  return ((a << 7) | (a >>> 25)) ^ d;
}

function mixed(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return twice ^ (twice >>> 16);
}
