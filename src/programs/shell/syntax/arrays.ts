import type { Scanner } from './scanner.ts';
import { needMore, nested, problem } from './scanner.ts';
import { peek, take } from './tokens.ts';
import type { ListItem, Part, Subscript, Word } from './tree.ts';
import { Parts, readBackslash, readDouble, readUnquoted, readWord } from './words.ts';

/** From behind `[` of a subscript; moves behind the closing bracket. */
export function readSubscript(scan: Scanner): Subscript {
  const all = /^([@*])\]/.exec(scan.text.slice(scan.pos, scan.pos + 2))?.[1];
  if (all !== undefined) {
    scan.pos += 2;
    return all === '*' ? '*' : '@';
  }
  const parts = new Parts();
  let depth = 0;
  for (;;) {
    const c = scan.text[scan.pos];
    if (c === undefined) {
      needMore(scan);
      throw problem(scan, "missing ']'", { matching: ']' });
    }
    if (c === ']' && depth-- === 0) {
      scan.pos++;
      return parts.list;
    }
    if (c === '[') depth++;
    if (c === '\\') readBackslash(scan, parts);
    else if (c === '"') {
      scan.pos++;
      parts.add({ t: 'dq', parts: readDouble(scan, 'quotes') });
    } else if (c === "'" || c === '$' || c === '`') readUnquoted(scan, c, parts);
    else {
      scan.pos++;
      parts.text('lit', c);
    }
  }
}

/** `name[…]=` or `name[…]+=` at the scanner's position: moves behind it. Undefined when it is none. */
export function readElementHead(scan: Scanner): Part | undefined {
  const name = /^([A-Za-z_]\w*)\[/.exec(scan.text.slice(scan.pos, scan.pos + 200))?.[1];
  if (name === undefined) return undefined;
  const start = scan.pos;
  const line = scan.text.indexOf('\n', start);
  const until = line < 0 ? scan.text.length : line;
  // a bracket that is not closed before the line ends is a pattern's
  if (!scan.text.slice(start, until).includes(']')) return undefined;
  scan.pos += name.length + 1;
  const sub = readSubscript(scan);
  const append = scan.text[scan.pos] === '+';
  if (scan.text[scan.pos + (append ? 1 : 0)] !== '=') {
    scan.pos = start;
    return undefined;
  }
  scan.pos += append ? 2 : 1;
  return { t: 'element', name, sub: typeof sub === 'string' ? [{ t: 'lit', s: sub }] : sub, append };
}

/** The text of an element's head, for a word that proves to be no assignment. */
export function elementText(part: Part & { t: 'element' }): Word {
  return [{ t: 'lit', s: `${part.name}[` }, ...part.sub, { t: 'lit', s: `]${part.append ? '+' : ''}=` }];
}

/** The items of `name=(…)`, from behind the opening parenthesis; moves behind the closing one. */
export function readItems(scan: Scanner): ListItem[] {
  return nested(scan, () => {
    const items: ListItem[] = [];
    for (;;) {
      const keyed = readKeyed(scan);
      if (keyed) {
        items.push(keyed);
        continue;
      }
      const token = take(scan);
      if (token.k === 'word') items.push({ word: token.word });
      else if (token.k === 'op' && token.s === ')') return items;
      else if (token.k === 'eof') throw problem(scan, 'unexpected end of file', { matching: ')' });
      else if (token.k !== 'newline') throw problem(scan, 'unexpected operator', { near: 's' in token ? token.s : '' });
    }
  });
}

/** `[key]=word` among an array's items. */
function readKeyed(scan: Scanner): ListItem | undefined {
  for (;;) {
    const skipped = /^(?:[ \t\n]+|#[^\n]*)/.exec(scan.text.slice(scan.pos, scan.pos + 2000))?.[0];
    if (skipped === undefined) break;
    scan.pos += skipped.length;
  }
  if (scan.text[scan.pos] !== '[') return undefined;
  const start = scan.pos++;
  const key = readSubscript(scan);
  const append = scan.text[scan.pos] === '+';
  if (scan.text[scan.pos + (append ? 1 : 0)] !== '=') {
    scan.pos = start;
    return undefined;
  }
  scan.pos += append ? 2 : 1;
  return { key: typeof key === 'string' ? [{ t: 'lit', s: key }] : key, append, word: readWord(scan) };
}

/** Does the parenthesis here belong to an extended pattern (`@(a|b)`)? */
export function isExtended(scan: Scanner): boolean {
  return scan.dialect.extglob && scan.pos > 0 && '?*+@!'.includes(scan.text.charAt(scan.pos - 1));
}

/** The parenthesis of an extended pattern, to its end. */
export function readExtended(scan: Scanner, parts: Parts): void {
  let depth = 0;
  for (;;) {
    const c = scan.text[scan.pos];
    if (c === undefined) {
      needMore(scan);
      throw problem(scan, 'unexpected end of file', { matching: ')' });
    }
    if (c === '\\') readBackslash(scan, parts);
    else if (c === '"' || c === "'" || c === '$' || c === '`') readUnquoted(scan, c, parts);
    else {
      scan.pos++;
      parts.text('lit', c);
      if (c === '(') depth++;
      if (c === ')' && --depth === 0) return;
    }
  }
}

/** Is a token waiting that begins an array's items (`=(`)? The word before it has just been taken. */
export function beginsItems(scan: Scanner, word: Word): { name: string; append: boolean } | undefined {
  const [only] = word;
  if (scan.text[scan.pos] !== '(' || scan.token || word.length !== 1 || only?.t !== 'lit') return undefined;
  const found = /^([A-Za-z_]\w*)(\+?)=$/.exec(only.s);
  return found ? { name: found[1] ?? '', append: found[2] === '+' } : undefined;
}

/** Skips newlines between tokens. */
export function skipNewlines(scan: Scanner): void {
  while (peek(scan).k === 'newline') take(scan);
}
