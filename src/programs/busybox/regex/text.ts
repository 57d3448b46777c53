import type { ByteString } from '../../../kernel/bytes.ts';
import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';

/** Bytes as text to be matched, and the way back for parts of it. */
export interface Subject {
  readonly text: string;
  encode(part: string): ByteString;
}

const identity = (part: string): ByteString => part;

/** Valid UTF-8 is matched by characters; anything else byte by byte, so that nothing is lost. */
export function subjectOf(bytes: ByteString): Subject {
  const text = decodeUtf8(bytes);
  if (text === bytes) return { text, encode: identity };
  return encodeUtf8(text) === bytes ? { text, encode: encodeUtf8 } : { text: bytes, encode: identity };
}
