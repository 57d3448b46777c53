import type { ByteString } from '../../../kernel/bytes.ts';
import { fromUint8Array } from '../../../kernel/bytes.ts';

/** Compressed data that ends early or contradicts itself. */
export class DamagedData extends Error {}

/** Reads bits, the highest of each byte first, as bzip2 stores them. */
export class BitReader {
  at: number;
  readonly #bytes: ByteString;
  #held = 0;
  #count = 0;

  constructor(bytes: ByteString, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  /** The next `count` bits (at most 24) as a number. Throws DamagedData at the end. */
  take(count: number): number {
    while (this.#count < count) {
      if (this.at >= this.#bytes.length) throw new DamagedData();
      this.#held = ((this.#held << 8) | this.#bytes.charCodeAt(this.at++)) & 0x7fffffff;
      this.#count += 8;
    }
    this.#count -= count;
    const value = (this.#held >>> this.#count) & ((1 << count) - 1);
    this.#held &= (1 << this.#count) - 1;
    return value;
  }

  /** Leaves what is left of the present byte. */
  align(): void {
    this.#count = 0;
    this.#held = 0;
  }
}

/** Collects bytes in an array that grows. */
export class ByteSink {
  length = 0;
  #bytes = new Uint8Array(1 << 12);

  put(byte: number): void {
    if (this.length === this.#bytes.length) {
      const grown = new Uint8Array(this.#bytes.length * 2);
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    this.#bytes[this.length++] = byte;
  }

  /** The byte that is `distance` before the end. */
  back(distance: number): number {
    return this.#bytes[this.length - distance] ?? 0;
  }

  text(): ByteString {
    return fromUint8Array(this.#bytes.subarray(0, this.length));
  }
}

/** Writes bits, the highest first. */
export class BitWriter {
  readonly #sink = new ByteSink();
  #held = 0;
  #count = 0;

  put(value: number, count: number): void {
    for (let bit = count - 1; bit >= 0; bit--) {
      this.#held = (this.#held << 1) | ((value >>> bit) & 1);
      if (++this.#count === 8) {
        this.#sink.put(this.#held);
        this.#held = 0;
        this.#count = 0;
      }
    }
  }

  /** All bytes; the last one is filled up with zeros. */
  end(): ByteString {
    while (this.#count > 0) this.put(0, 1);
    return this.#sink.text();
  }
}
