import { type ByteString, decodeUtf8 } from '../../kernel/bytes.ts';
import { trimLeft } from './spaces.ts';
import type { EscapeToken } from './types.ts';

/** The longest line that BuildKit takes, with its newline (its scanner's buffer). */
const longest = 65_536;
const byteOrderMark = '\xef\xbb\xbf';

/** Hands out the lines of a file one by one, decoded, line ends included. */
export class LineReader {
  /** Lines handed out so far. */
  line = 0;
  /** A line was too long: the file ends there. */
  tooLong = false;
  readonly #source: ByteString;
  #at: number;

  constructor(source: ByteString) {
    this.#source = source;
    this.#at = source.startsWith(byteOrderMark) ? byteOrderMark.length : 0;
  }

  /** The next line; undefined at the end. */
  next(): string | undefined {
    if (this.#at >= this.#source.length) return undefined;
    const newline = this.#source.indexOf('\n', this.#at);
    const end = newline < 0 ? this.#source.length : newline + 1;
    if (end - this.#at > (newline < 0 ? longest - 1 : longest)) {
      this.tooLong = true;
      this.#at = this.#source.length;
      return undefined;
    }
    const text = decodeUtf8(this.#source.slice(this.#at, end));
    this.#at = end;
    this.line++;
    return text;
  }
}

/** The line without its end: any carriage returns and newlines. */
export function trimNewline(line: string): string {
  let end = line.length;
  while (end > 0 && (line[end - 1] === '\n' || line[end - 1] === '\r')) end--;
  return line.slice(0, end);
}

/** Is this a line that begins with `#`? */
export function isComment(line: string): boolean {
  return trimLeft(line).startsWith('#');
}

/** The line without an escape at its very end, and whether there was one: the next line belongs to it. */
export function trimContinuation(line: string, token: EscapeToken): { text: string; continues: boolean } {
  let end = line.length;
  while (end > 0 && (line[end - 1] === ' ' || line[end - 1] === '\t')) end--;
  const continues = end > 0 && line[end - 1] === token && line[end - 2] !== token;
  return continues ? { text: line.slice(0, end - 1), continues } : { text: line, continues };
}
