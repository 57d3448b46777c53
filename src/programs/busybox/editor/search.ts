import { compileRegex } from '../regex/compile.ts';
import { findMatch } from '../regex/match.ts';
import type { Editor } from './buffer.ts';
import { lineAt } from './buffer.ts';

/** The first match behind the cursor (or before it), going around the ends; undefined: none, or not a pattern. */
export function findNext(e: Editor, pattern: string, forward: boolean, ignoreCase = false) {
  if (pattern === '') return undefined;
  const regex = compileRegex(pattern, { extended: false, ignoreCase });
  if (typeof regex === 'string') return undefined;
  const total = e.lines.length;
  for (let i = 0; i <= total; i++) {
    const y = (((e.y + (forward ? i : -i)) % total) + total) % total;
    const line = lineAt(e, y);
    if (forward) {
      const found = findMatch(regex, line, i === 0 ? Math.min(line.length, e.x + 1) : 0);
      if (found && (i > 0 || found.start > e.x)) return { x: found.start, y };
      continue;
    }
    let last: number | undefined;
    for (let from = 0; from <= line.length; ) {
      const found = findMatch(regex, line, from);
      if (found === undefined || (i === 0 && found.start >= e.x)) break;
      last = found.start;
      from = found.start + 1;
    }
    if (last !== undefined) return { x: last, y };
  }
  return undefined;
}

/** `s/pattern/replacement/flags` on one line; undefined: no match. Throws nothing: a pattern that is none matches nothing. */
export function substituteLine(line: string, pattern: string, replacement: string, flags: string): string | undefined {
  const regex = compileRegex(pattern, { extended: false, ignoreCase: flags.includes('i') });
  if (typeof regex === 'string') return undefined;
  let out = '';
  let copied = 0;
  let found = findMatch(regex, line, 0);
  if (found === undefined) return undefined;
  while (found !== undefined) {
    const { start, end, groups } = found;
    out += line.slice(copied, start);
    out += replacement.replace(/\\([0-9&])|\\(.)|&/g, (all, digit?: string, other?: string) => {
      if (other !== undefined) return other === 'n' ? '\n' : other;
      if (digit === '&') return '&';
      const group = groups[all === '&' ? 0 : Number(digit)];
      return group ? line.slice(group[0], group[1]) : '';
    });
    copied = end;
    if (!flags.includes('g') || end >= line.length) break;
    if (end === start) out += line.charAt(copied++);
    found = findMatch(regex, line, copied);
  }
  return out + line.slice(copied);
}
