import type { ByteString } from '../../../kernel/bytes.ts';
import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import type { Regex } from '../regex/compile.ts';
import { compileRegex } from '../regex/compile.ts';
import { findMatch } from '../regex/match.ts';
import { subjectOf } from '../regex/text.ts';
import { AwkError } from './tree.ts';

const ascii = /^[\x00-\x7f]*$/;

function compiled(pattern: ByteString): Regex {
  const regex = compileRegex(decodeUtf8(bracketEscapes(pattern)), { extended: true, ignoreCase: false });
  if (typeof regex === 'string') throw new AwkError(`regular expression compile failed (${regex})`);
  return regex;
}

/** awk lets a backslash quote inside brackets, POSIX brackets know none. */
function bracketEscapes(pattern: ByteString): ByteString {
  if (!pattern.includes('[') || !pattern.includes('\\')) return pattern;
  return pattern.replace(/\\[\s\S]|\[\^?\]?(?:\[:\w+:\]|\\[\s\S]|[^\]\\])*\]/g, (part) => {
    if (part.startsWith('\\')) return part;
    const open = /^\[\^?/.exec(part)?.[0] ?? '[';
    const inner = part.slice(open.length, -1);
    if (!inner.includes('\\')) return part;
    let first = '';
    let last = '';
    const rest = inner.replace(/\\([\s\S])/g, (_all, c: string) => {
      if (c === ']') first = ']';
      else if (c === '-') last = '-';
      else return c === 't' ? '\t' : c === 'n' ? '\n' : c === '\\' ? '\\' : c;
      return '';
    });
    return `${open}${first}${rest}${last}]`;
  });
}

/** The leftmost longest match at or after `from`, in bytes. Throws AwkError for a pattern that is none. */
export function matchBytes(
  pattern: ByteString,
  bytes: ByteString,
  from = 0,
): { readonly start: number; readonly end: number } | undefined {
  const regex = compiled(pattern);
  if (ascii.test(bytes)) return findMatch(regex, bytes, from);
  const subject = subjectOf(bytes);
  if (subject.bytewise) return findMatch(regex, bytes, from);
  const found = findMatch(regex, subject.text, decodeUtf8(bytes.slice(0, from)).length);
  if (found === undefined) return undefined;
  const start = encodeUtf8(subject.text.slice(0, found.start)).length;
  return { start, end: start + encodeUtf8(subject.text.slice(found.start, found.end)).length };
}

/** Cuts text into fields as FS says. `paragraph`: newlines separate fields, too (RS is empty). */
export function splitFields(bytes: ByteString, separator: ByteString, paragraph = false): ByteString[] {
  if (bytes === '') return [];
  if (separator === ' ') {
    const trimmed = bytes.replace(/^[ \t\n]+|[ \t\n]+$/g, '');
    return trimmed === '' ? [] : trimmed.split(/[ \t\n]+/);
  }
  if (separator === '') return [...bytes];
  if (paragraph) return bytes.split('\n').flatMap((line) => (line === '' ? [''] : splitFields(line, separator)));
  if (separator.length === 1 && !'\\^$.[|()*+?{'.includes(separator)) return bytes.split(separator);
  if (separator.length === 1 && separator !== '\\' && separator !== '^') return bytes.split(separator);
  return splitByRegex(bytes, separator);
}

/** Cuts text wherever a pattern matches something. */
export function splitByRegex(bytes: ByteString, pattern: ByteString): ByteString[] {
  const parts: ByteString[] = [];
  let start = 0;
  for (let from = 0; from < bytes.length; ) {
    const found = matchBytes(pattern, bytes, from);
    if (found === undefined) break;
    if (found.end === found.start) {
      from = found.start + 1;
      continue;
    }
    parts.push(bytes.slice(start, found.start));
    start = found.end;
    from = start;
  }
  return [...parts, bytes.slice(start)];
}
