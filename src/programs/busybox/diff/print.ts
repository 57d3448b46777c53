import type { ByteString } from '../../../kernel/bytes.ts';
import type { Change } from './script.ts';

/** A file to be compared: its lines with what ends them. */
export interface Side {
  readonly label: ByteString;
  readonly lines: readonly ByteString[];
}

/** Changes as `ed` would take them: diffutils' default. */
export function normalForm(a: Side, b: Side, changes: readonly Change[]): ByteString {
  const range = (from: number, to: number) =>
    to - from > 1 ? `${from + 1},${to}` : `${to - from === 0 ? from : from + 1}`;
  return changes
    .map(({ fromA, toA, fromB, toB }) => {
      const kind = fromA === toA ? 'a' : fromB === toB ? 'd' : 'c';
      const gone = a.lines.slice(fromA, toA).map((line) => ended('< ', line));
      const come = b.lines.slice(fromB, toB).map((line) => ended('> ', line));
      return [
        `${range(fromA, toA)}${kind}${range(fromB, toB)}\n`,
        ...gone,
        ...(kind === 'c' ? ['---\n'] : []),
        ...come,
      ].join('');
    })
    .join('');
}

/** Changes with lines around them, in the unified format. */
export function unifiedForm(a: Side, b: Side, changes: readonly Change[], context: number): ByteString {
  const out = [`--- ${a.label}\n`, `+++ ${b.label}\n`];
  for (let at = 0; at < changes.length; ) {
    const hunk: Change[] = [];
    for (let change = changes[at]; change !== undefined; change = changes[++at]) {
      const last = hunk.at(-1);
      if (last !== undefined && change.fromA - last.toA > 2 * context) break;
      hunk.push(change);
    }
    out.push(hunkText(a, b, hunk, context));
  }
  return out.join('');
}

function hunkText(a: Side, b: Side, hunk: readonly Change[], context: number): ByteString {
  const [first, last] = [hunk[0], hunk.at(-1)];
  if (first === undefined || last === undefined) return '';
  const startA = Math.max(0, first.fromA - context);
  const startB = Math.max(0, first.fromB - context);
  const endA = Math.min(a.lines.length, last.toA + context);
  const endB = Math.min(b.lines.length, last.toB + context);
  const range = (from: number, to: number) =>
    to - from === 1 ? `${to}` : `${to - from === 0 ? from : from + 1},${to - from}`;
  const out = [`@@ -${range(startA, endA)} +${range(startB, endB)} @@\n`];
  let at = startA;
  for (const { fromA, toA, fromB, toB } of hunk) {
    for (const line of a.lines.slice(at, fromA)) out.push(ended(' ', line));
    for (const line of a.lines.slice(fromA, toA)) out.push(ended('-', line));
    for (const line of b.lines.slice(fromB, toB)) out.push(ended('+', line));
    at = toA;
  }
  for (const line of a.lines.slice(at, endA)) out.push(ended(' ', line));
  return out.join('');
}

function ended(mark: string, line: ByteString): ByteString {
  return line.endsWith('\n') ? mark + line : `${mark}${line}\n\\ No newline at end of file\n`;
}
