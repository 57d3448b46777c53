import { decodeUtf8, encodeUtf8 } from '../../kernel/bytes.ts';
import { isSpace } from './spaces.ts';
import type { EscapeToken } from './types.ts';

/** Words divided by white space; quotes and escapes keep it together and stay in the word (ENV, LABEL, ARG). */
export function splitWords(text: string, token: EscapeToken): string[] {
  const words: string[] = [];
  let at = 0;
  for (;;) {
    while (at < text.length && isSpace(text.charAt(at))) at++;
    if (at >= text.length) return words;
    const word = readWord(text, at, token);
    if (word.text !== '') words.push(word.text);
    at = word.end;
  }
}

function readWord(text: string, from: number, token: EscapeToken): { text: string; end: number } {
  let out = '';
  let quote = '';
  let at = from;
  for (; at < text.length; at++) {
    const char = text.charAt(at);
    if (quote === '' && isSpace(char)) break;
    if (char === token && quote !== "'") {
      // at the very end it goes; elsewhere it stays, with whatever it escapes
      if (at + 1 < text.length) out += char + text.charAt(++at);
      continue;
    }
    if (quote === '' && (char === "'" || char === '"')) quote = char;
    else if (char === quote) quote = '';
    out += char;
  }
  return { text: out, end: at };
}

/**
 * The flags in front of an instruction's arguments (`--from=x --chown=1:1 a b`), unquoted, and the rest. Flags end at the
 * first word without `--`, or at `--` itself. BuildKit reads them byte by byte, so letters beyond ASCII come out as
 * their UTF-8 bytes; so they do here.
 */
export function splitFlags(text: string, token: EscapeToken): { flags: string[]; rest: string } {
  const bytes = encodeUtf8(text);
  const flags: string[] = [];
  let at = 0;
  for (;;) {
    while (at < bytes.length && isSpace(bytes.charAt(at))) at++;
    if (at >= bytes.length) return { flags, rest: '' };
    if (!bytes.startsWith('--', at)) return { flags, rest: decodeUtf8(bytes.slice(at)) };
    const flag = readFlag(bytes, at, token);
    at = flag.end;
    if (flag.text === '--') return { flags, rest: decodeUtf8(bytes.slice(at)) };
    if (flag.text !== '') flags.push(flag.text);
  }
}

function readFlag(bytes: string, from: number, token: EscapeToken): { text: string; end: number } {
  let out = '';
  let quote = '';
  let at = from;
  for (; at < bytes.length; at++) {
    const char = bytes.charAt(at);
    if (quote === '' && isSpace(char)) break;
    if (char === quote) quote = '';
    else if (quote === '' && (char === "'" || char === '"')) quote = char;
    else if (char === token) out += bytes.charAt(++at);
    else out += char;
  }
  return { text: out, end: at };
}
