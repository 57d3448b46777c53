import { writeSync } from 'node:fs';
import type { ByteString } from '../kernel/bytes.ts';

/** Writes to the client's own output at once. False when nobody reads it any more. */
export function print(fd: 1 | 2, bytes: ByteString): boolean {
  const buffer = Buffer.from(bytes, 'latin1');
  if (isConsole(fd)) return toConsole(fd, buffer);
  for (let at = 0; at < buffer.length; ) {
    try {
      at += writeSync(fd, buffer, at);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'EPIPE' || code === 'EIO') return false;
      if (code !== 'EAGAIN') throw error;
      pause(); // the other side of a pipe or terminal has not kept up
    }
  }
  return true;
}

/** A console of Windows takes bytes for letters of its own code page, Hangul too: node's stream hands it letters instead. */
function isConsole(fd: 1 | 2): boolean {
  return process.platform === 'win32' && process.getBuiltinModule('node:tty').isatty(fd);
}

/** Written at once: node makes the streams of terminals blocking (tty.WriteStream). */
function toConsole(fd: 1 | 2, buffer: Buffer): boolean {
  (fd === 1 ? process.stdout : process.stderr).write(buffer);
  return true;
}

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
}
