import type { ByteString } from './bytes.ts';
import { decodeUtf8, encodeUtf8 } from './bytes.ts';

/** The identification bytes of a 64-bit little-endian ELF file, then the line that names the program. */
const magic = `\x7fELF\x02\x01\x01${'\0'.repeat(9)}drydock: `;

/** The content of an executable file that stands for a simulated program (its name in the map of programs). */
export function executableStub(program: string): ByteString {
  return `${magic}${encodeUtf8(program)}\n`;
}

/** The program that a file's content names, or undefined when the content is not such a stub. */
export function stubProgram(bytes: ByteString): string | undefined {
  if (!bytes.startsWith(magic)) return undefined;
  const end = bytes.indexOf('\n', magic.length);
  return end < 0 ? undefined : decodeUtf8(bytes.slice(magic.length, end));
}
