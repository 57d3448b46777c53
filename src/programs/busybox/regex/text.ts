import type { ByteString } from '../../../kernel/bytes.ts';
import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';

/** Bytes as text to be matched, and the way back for parts of it. */
export interface Subject {
  readonly text: string;
  /** The text is the bytes themselves: they are not valid UTF-8. */
  readonly bytewise: boolean;
  encode(part: string): ByteString;
}

/** Valid UTF-8 is matched by characters; anything else byte by byte, so that nothing is lost. */
export function subjectOf(bytes: ByteString): Subject {
  const text = decodeUtf8(bytes);
  if (text === bytes || encodeUtf8(text) === bytes) return { text, bytewise: false, encode: encodeUtf8 };
  return { text: bytes, bytewise: true, encode: (part) => part };
}
