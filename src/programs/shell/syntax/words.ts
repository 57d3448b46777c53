import { isExtended, readExtended } from './arrays.ts';
import { isSpecialParameter } from './characters.ts';
import { readBraces } from './parameters.ts';
import { readDollarSingle } from './quoting.ts';
import type { Scanner } from './scanner.ts';
import { innerScanner, joinLines, needMore, nested, problem } from './scanner.ts';
import type { Part, Word } from './tree.ts';

/** Joins runs of text while a word is read. */
export class Parts {
  readonly list: Part[] = [];

  text(t: 'lit' | 'quo', s: string): void {
    const last = this.list.at(-1);
    if (last?.t === t) this.list[this.list.length - 1] = { t, s: last.s + s };
    else this.list.push({ t, s });
  }

  add(part: Part): void {
    this.list.push(part);
  }
}

const endsWord = /[ \t\n;&|<>()]/;
const wordText = /[^ \t\n;&|<>()'"$`\\]/;

/** A word at the scanner's position: up to the next blank, newline or operator outside quotes. */
export function readWord(scan: Scanner): Word {
  const parts = new Parts();
  for (;;) {
    const c = scan.text[scan.pos];
    if (c === undefined) {
      needMore(scan);
      return parts.list;
    }
    if (c === '\\') readBackslash(scan, parts);
    else if (isProcessSubstitution(scan)) parts.add(readProcess(scan));
    else if (c === '(' && isExtended(scan)) readExtended(scan, parts);
    else if (!endsWord.test(c)) readUnquoted(scan, c, parts);
    else return parts.list;
  }
}

/** Does `<(` or `>(` stand here, and mean a process substitution? */
export function isProcessSubstitution(scan: Scanner): boolean {
  const c = scan.text[scan.pos];
  return scan.dialect.bash && (c === '<' || c === '>') && scan.text[scan.pos + 1] === '(';
}

function readProcess(scan: Scanner): Part {
  const to = scan.text[scan.pos] === '<' ? '<' : '>';
  scan.pos += 2;
  return { t: 'process', to, body: nested(scan, () => scan.substitution(scan)) };
}

/** `\` outside quotes: quotes the next character, or joins lines. */
export function readBackslash(scan: Scanner, parts: Parts): void {
  const next = scan.text[scan.pos + 1];
  scan.pos += 2;
  if (next === undefined) {
    scan.pos--;
    needMore(scan);
    parts.text('quo', '\\');
  } else if (next !== '\n') parts.text('quo', codePoint(scan, scan.pos - 1));
}

/** The whole character at `at` (two units outside the basic plane); moves behind it. */
function codePoint(scan: Scanner, at: number): string {
  const c = String.fromCodePoint(scan.text.codePointAt(at) ?? 0);
  scan.pos = at + c.length;
  return c;
}

export function readUnquoted(scan: Scanner, c: string, parts: Parts): void {
  if (c === "'") {
    scan.pos++;
    parts.text('quo', readSingle(scan));
  } else if (c === '"') {
    scan.pos++;
    parts.add({ t: 'dq', parts: readDouble(scan, 'quotes') });
  } else if (c === '$') readDollar(scan, parts, false);
  else if (c === '`') parts.add(readBackquote(scan, false));
  else {
    const start = scan.pos++;
    while (wordText.test(scan.text.charAt(scan.pos))) scan.pos++;
    parts.text('lit', scan.text.slice(start, scan.pos));
  }
}

/** The text up to the next single quote; moves behind it. */
function readSingle(scan: Scanner): string {
  const end = scan.text.indexOf("'", scan.pos);
  if (end < 0) {
    needMore(scan);
    throw problem(scan, 'unterminated quoted string', { matching: "'" });
  }
  const text = scan.text.slice(scan.pos, end);
  scan.pos = end + 1;
  return text;
}

/** Where text like that in double quotes stands: in them, or as a whole here-document's text. */
type DoubleMode = 'quotes' | 'document' | 'arithmetic';

/** What stands in double quotes (behind the closing one afterwards), or a here-document's text to the end. */
export function readDouble(scan: Scanner, mode: DoubleMode): readonly Part[] {
  const parts = new Parts();
  for (;;) {
    const c = scan.text[scan.pos];
    if (c === undefined) {
      if (mode !== 'quotes') return parts.list;
      needMore(scan);
      throw problem(scan, 'unterminated quoted string', { matching: '"' });
    }
    if (c === '"' && mode === 'quotes') {
      scan.pos++;
      return parts.list;
    }
    readQuotedChar(scan, c, parts, mode === 'quotes' ? '$`"\\' : '$`\\');
  }
}

/** One step inside double quotes: a backslash, an expansion, or a run of text. `escapable` is what `\` quotes. */
export function readQuotedChar(scan: Scanner, c: string, parts: Parts, escapable: string): void {
  if (c === '\\') {
    const next = scan.text[scan.pos + 1];
    if (next === undefined) needMore(scan);
    if (next === '\n') scan.pos += 2;
    else if (next !== undefined && escapable.includes(next)) {
      parts.text('quo', next);
      scan.pos += 2;
    } else {
      parts.text('quo', '\\');
      scan.pos++;
    }
  } else if (c === '$') readDollar(scan, parts, true);
  else if (c === '`') parts.add(readBackquote(scan, true));
  else {
    const start = scan.pos++;
    while (scan.pos < scan.text.length && /[^\\$`"}()]/.test(scan.text.charAt(scan.pos))) scan.pos++;
    parts.text('quo', scan.text.slice(start, scan.pos));
  }
}

/** From a `$`: an expansion, or the sign itself. */
function readDollar(scan: Scanner, parts: Parts, quoted: boolean): void {
  joinLines(scan, scan.pos + 1);
  const next = scan.text[scan.pos + 1] ?? '';
  if (next === '') needMore(scan);
  if (next === '{' || next === '(') joinLines(scan, scan.pos + 2);
  const { text } = scan;
  if (next === '{') {
    scan.pos += 2;
    parts.add(nested(scan, () => readBraces(scan, quoted)));
  } else if (next === '(' && text[scan.pos + 2] === '(') {
    scan.pos += 3;
    parts.add({ t: 'ari', parts: nested(scan, () => readArithmetic(scan)) });
  } else if (next === '[' && scan.dialect.bash) {
    scan.pos += 2;
    const end = scan.text.indexOf(']', scan.pos);
    if (end < 0) throw problem(scan, "missing ']'", { matching: ']' });
    const inner = innerScanner(scan, scan.text.slice(scan.pos, end));
    scan.pos = end + 1;
    parts.add({ t: 'ari', parts: readDouble(inner, 'arithmetic') });
  } else if (next === '(') {
    scan.pos += 2;
    parts.add({ t: 'sub', body: nested(scan, () => scan.substitution(scan)) });
  } else if (next === '"' && !quoted && scan.dialect.bash) {
    scan.pos++;
  } else if (next === "'" && !quoted && scan.dialect.flavour !== 'dash') {
    scan.pos += 2;
    parts.text('quo', readDollarSingle(scan));
  } else if (/[0-9]/.test(next) || isSpecialParameter(next)) {
    scan.pos += 2;
    parts.add({ t: 'par', name: next });
  } else if (/[A-Za-z_]/.test(next)) {
    scan.pos++;
    parts.add({ t: 'par', name: readName(scan) });
  } else {
    scan.pos++;
    parts.text(quoted ? 'quo' : 'lit', '$');
  }
}

/** A name at the scanner's position, which may go on in the next line behind a backslash. */
export function readName(scan: Scanner): string {
  const start = scan.pos;
  for (;;) {
    joinLines(scan, scan.pos);
    if (!/\w/.test(scan.text.charAt(scan.pos))) return scan.text.slice(start, scan.pos);
    scan.pos++;
  }
}

/** The expression of `$((…))`, as text with expansions in it; moves behind the closing parentheses. */
export function readArithmetic(scan: Scanner): readonly Part[] {
  const parts = new Parts();
  let depth = 0;
  for (;;) {
    const c = scan.text[scan.pos];
    if (c === undefined) {
      needMore(scan);
      throw problem(scan, "missing '))'", { matching: ')' });
    }
    if (c === ')' && depth === 0) {
      if (scan.text[scan.pos + 1] !== ')') {
        if (scan.text[scan.pos + 1] === undefined) needMore(scan);
        throw problem(scan, "missing '))'", { matching: ')' });
      }
      scan.pos += 2;
      return parts.list;
    }
    if (c === '(' || c === ')') depth += c === '(' ? 1 : -1;
    readQuotedChar(scan, c, parts, '$`\\');
  }
}

/** From a backquote: its text, a level of backslashes taken away, parsed as a script of its own. */
function readBackquote(scan: Scanner, quoted: boolean): Part {
  let inner = '';
  scan.pos++;
  for (;;) {
    const c = scan.text[scan.pos++];
    if (c === undefined) {
      scan.pos--;
      needMore(scan);
      throw problem(scan, 'EOF in backquote substitution', { matching: '`' });
    }
    if (c === '`') break;
    const next = scan.text[scan.pos];
    if (c === '\\' && next !== undefined && ('`$\\'.includes(next) || (quoted && next === '"'))) {
      inner += next;
      scan.pos++;
    } else inner += c;
  }
  const script = innerScanner(scan, `${inner}\n)`);
  script.depth = scan.depth;
  return { t: 'sub', body: nested(scan, () => scan.substitution(script)) };
}
