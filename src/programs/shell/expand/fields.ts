import type { Segment } from '../compile/ops.ts';
import { quotePattern } from '../pattern.ts';

/** A field of an expanded word: its text, and the pattern that it is for globbing (undefined: it has no wildcards). */
export interface Field {
  readonly text: string;
  readonly pattern: string | undefined;
}

/** With the parenthesis of extended patterns, which only bash takes for one. */
const wildcard = /[*?[(]/;

/** Splits a word's segments into fields by the characters of `ifs` (POSIX 2.6.5). */
export function splitFields(segments: readonly Segment[], ifs: string): Field[] {
  const [only] = segments;
  if (segments.length === 1 && only && only[0] === 1) return [{ text: only[1], pattern: undefined }];
  const fields: Field[] = [];
  let text = '';
  let pattern = '';
  let magic = false;
  let open = false;
  /** A field was just ended by a blank: another separator next to it ends no further one. */
  let afterBlank = false;
  const end = () => {
    fields.push({ text, pattern: magic ? pattern : undefined });
    text = '';
    pattern = '';
    magic = false;
    open = false;
  };
  const add = (piece: string, quoted: boolean) => {
    text += piece;
    pattern += quoted ? quotePattern(piece) : piece;
    if (!quoted && wildcard.test(piece)) magic = true;
    open = true;
    afterBlank = false;
  };
  for (const [kind, piece] of segments) {
    if (kind === 3) {
      if (open) end();
    } else if (kind === 1) add(piece, true);
    else if (kind === 0) {
      if (piece !== '') add(piece, false);
    } else if (ifs === '') {
      if (piece !== '') add(piece, false);
    } else {
      let start = 0;
      for (let i = 0; i < piece.length; i++) {
        const c = piece.charAt(i);
        if (!ifs.includes(c)) continue;
        if (i > start) add(piece.slice(start, i), false);
        start = i + 1;
        if (c === ' ' || c === '\t' || c === '\n') {
          if (open) {
            end();
            afterBlank = true;
          }
        } else if (open) end();
        else if (afterBlank) afterBlank = false;
        else end();
      }
      if (start < piece.length) add(piece.slice(start), false);
    }
  }
  if (open) end();
  return fields;
}

/** The segments as one string, nothing split (assignments, redirections, here-documents). */
export function joinSegments(segments: readonly Segment[]): string {
  let out = '';
  for (const [kind, text] of segments) out += kind === 3 ? ' ' : text;
  return out;
}

/** The segments as a pattern: what was quoted stands for itself. */
export function patternOf(segments: readonly Segment[]): string {
  let out = '';
  for (const [kind, text] of segments) out += kind === 3 ? ' ' : kind === 1 ? quotePattern(text) : text;
  return out;
}
