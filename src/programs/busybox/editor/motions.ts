import type { Editor } from './buffer.ts';
import { after, before, lineAt } from './buffer.ts';
import { key } from './keys.ts';
import { textRows } from './screen.ts';
import { findNext } from './search.ts';

/** Where a motion leads. `whole`: an operator takes whole lines; `inclusive`: it takes the character there, too. */
export interface Goal {
  readonly x: number;
  readonly y: number;
  readonly whole?: boolean;
  readonly inclusive?: boolean;
}

/** What vi moves by; undefined: there is no such place. */
export function motion(e: Editor, name: string, given: number | undefined): Goal | undefined {
  const count = given ?? 1;
  const line = lineAt(e);
  const last = e.lines.length - 1;
  const lines = (by: number): Goal | undefined => {
    const y = e.y + by;
    return y < 0 || y > last ? undefined : { x: Math.min(e.x, Math.max(0, lineAt(e, y).length - 1)), y, whole: true };
  };
  const to = (y: number): Goal => {
    const bounded = Math.max(0, Math.min(last, y));
    return { x: firstWord(lineAt(e, bounded)), y: bounded, whole: true };
  };
  switch (name[0]) {
    case 'h':
    case key.left:
    case '\x7f':
      return e.x === 0 ? undefined : { x: repeat(count, e.x, (x) => before(line, x)), y: e.y };
    case 'l':
    case key.right:
    case ' ':
      return e.x >= line.length
        ? undefined
        : {
            x: Math.min(
              line.length,
              repeat(count, e.x, (x) => after(line, x)),
            ),
            y: e.y,
          };
    case 'j':
    case key.down:
    case '\x0e':
      return lines(count);
    case 'k':
    case key.up:
    case '\x10':
      return lines(-count);
    case '+':
    case '\n':
      return e.y + count > last ? undefined : to(e.y + count);
    case '-':
      return e.y - count < 0 ? undefined : to(e.y - count);
    case '0':
    case key.home:
      return { x: 0, y: e.y };
    case '^':
      return { x: firstWord(line), y: e.y };
    case '$':
    case key.end: {
      const y = Math.min(last, e.y + count - 1);
      return { x: Math.max(0, lineAt(e, y).length - 1), y, inclusive: true };
    }
    case 'G':
      return to(given === undefined ? last : given - 1);
    case 'g':
      return to(given === undefined ? 0 : given - 1);
    case 'H':
      return to(e.top + count - 1);
    case 'M':
      return to(e.top + (Math.min(textRows(e), e.lines.length - e.top) >> 1));
    case 'L':
      return to(Math.min(last, e.top + textRows(e) - count));
    case 'w':
    case 'W':
      return words(e, count, (place) => nextWord(e, place, name === 'W'));
    case 'b':
    case 'B':
      return words(e, count, (place) => previousWord(e, place, name === 'B'));
    case 'e':
    case 'E': {
      const goal = words(e, count, (place) => wordEnd(e, place, name === 'E'));
      return goal && { ...goal, inclusive: true };
    }
    case 'f':
    case 't': {
      let x = e.x;
      for (let i = 0; i < count && x >= 0; i++) x = line.indexOf(name.slice(1), after(line, x));
      return x < 0 ? undefined : { x: name[0] === 't' ? before(line, x) : x, y: e.y, inclusive: true };
    }
    case 'F':
    case 'T': {
      let x = e.x;
      for (let i = 0; i < count && x >= 0; i++) x = x === 0 ? -1 : line.lastIndexOf(name.slice(1), x - 1);
      return x < 0 ? undefined : { x: name[0] === 'T' ? after(line, x) : x, y: e.y };
    }
    case 'n':
    case 'N':
      return findNext(e, e.search.pattern, (name === 'n') === e.search.forward);
    case '{':
    case '}': {
      const step = name === '}' ? 1 : -1;
      let y = e.y + step;
      while (y > 0 && y < last && lineAt(e, y) !== '') y += step;
      const bounded = Math.max(0, Math.min(last, y));
      return { x: step > 0 && bounded === last ? lineAt(e, bounded).length : 0, y: bounded };
    }
    case '%':
      return matching(e);
    default:
      return undefined;
  }
}

function repeat(count: number, from: number, step: (x: number) => number): number {
  let x = from;
  for (let i = 0; i < count; i++) x = step(x);
  return x;
}

/** The index of the first character of a line that is no blank. */
export function firstWord(line: string): number {
  return Math.max(0, line.search(/\S/));
}

type Place = { readonly x: number; readonly y: number };

function words(e: Editor, count: number, step: (place: Place) => Place | undefined): Goal | undefined {
  let place: Place = { x: e.x, y: e.y };
  for (let i = 0; i < count; i++) {
    const next = step(place);
    if (next === undefined) return i === 0 ? undefined : place;
    place = next;
  }
  return place;
}

/** Letters and the like, other characters, blanks: words end where the kind changes. */
function kind(character: string, large: boolean): number {
  if (character === '' || /\s/.test(character)) return 0;
  return large || /[\p{L}\p{N}_]/u.test(character) ? 1 : 2;
}

function nextWord(e: Editor, { x, y }: Place, large: boolean): Place | undefined {
  const line = lineAt(e, y);
  const here = kind(line.charAt(x), large);
  let at = x;
  while (at < line.length && here !== 0 && kind(line.charAt(at), large) === here) at++;
  while (at < line.length && kind(line.charAt(at), large) === 0) at++;
  if (at < line.length) return { x: at, y };
  if (y + 1 >= e.lines.length) return x >= line.length - 1 ? undefined : { x: line.length, y };
  return { x: firstWord(lineAt(e, y + 1)), y: y + 1 };
}

function previousWord(e: Editor, { x, y }: Place, large: boolean): Place | undefined {
  const line = lineAt(e, y);
  let at = x - 1;
  while (at >= 0 && kind(line.charAt(at), large) === 0) at--;
  if (at < 0) {
    if (y === 0) return x === 0 ? undefined : { x: 0, y };
    const above = lineAt(e, y - 1);
    return above === '' ? { x: 0, y: y - 1 } : previousWord(e, { x: above.length, y: y - 1 }, large);
  }
  const here = kind(line.charAt(at), large);
  while (at > 0 && kind(line.charAt(at - 1), large) === here) at--;
  return { x: at, y };
}

function wordEnd(e: Editor, { x, y }: Place, large: boolean): Place | undefined {
  const line = lineAt(e, y);
  let at = x + 1;
  while (at < line.length && kind(line.charAt(at), large) === 0) at++;
  if (at >= line.length) return y + 1 >= e.lines.length ? undefined : wordEnd(e, { x: -1, y: y + 1 }, large);
  const here = kind(line.charAt(at), large);
  while (at + 1 < line.length && kind(line.charAt(at + 1), large) === here) at++;
  return { x: at, y };
}

const pairs: { readonly [open: string]: string } = { '(': ')', '[': ']', '{': '}', ')': '(', ']': '[', '}': '{' };

function matching(e: Editor): Goal | undefined {
  const open = lineAt(e).charAt(e.x);
  const close = pairs[open];
  if (close === undefined) return undefined;
  const step = '([{'.includes(open) ? 1 : -1;
  let depth = 0;
  for (let y = e.y, x = e.x; y >= 0 && y < e.lines.length; ) {
    const c = lineAt(e, y).charAt(x);
    if (c === open) depth++;
    else if (c === close && --depth === 0) return { x, y, inclusive: true };
    x += step;
    if (x < 0 || x >= lineAt(e, y).length) {
      y += step;
      x = step > 0 ? 0 : lineAt(e, y).length - 1;
    }
  }
  return undefined;
}
