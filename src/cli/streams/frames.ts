import type { ByteString } from '../../kernel/bytes.ts';
import type { Output } from '../client.ts';

/** Bytes before the data: stream number, three zeros, the data's length. */
const headerLength = 8;

/**
 * Takes a multiplexed stream apart: what is complete goes to its output, and what is left over waits for more. A frame
 * that has come in part is printed as far as it came, and its header made shorter.
 */
export function demultiplex(bytes: ByteString): { readonly output: readonly Output[]; readonly rest: ByteString } {
  const output: Output[] = [];
  let at = 0;
  while (bytes.length - at >= headerLength) {
    const length = lengthAt(bytes, at + 4);
    const data = bytes.slice(at + headerLength, at + headerLength + length);
    const fd = bytes.charCodeAt(at) === 2 ? 2 : 1;
    if (data !== '') output.push([fd, data]);
    if (data.length < length) return { output, rest: header(bytes.charCodeAt(at), length - data.length) };
    at += headerLength + length;
  }
  return { output, rest: bytes.slice(at) };
}

function lengthAt(bytes: ByteString, at: number): number {
  const byte = (i: number) => bytes.charCodeAt(at + i);
  return byte(0) * 0x1000000 + byte(1) * 0x10000 + byte(2) * 0x100 + byte(3);
}

function header(stream: number, length: number): ByteString {
  const byte = (shift: number) => Math.floor(length / 2 ** shift) & 255;
  return String.fromCharCode(stream, 0, 0, 0, byte(24), byte(16), byte(8), byte(0));
}
