/**
 * Shell patterns (`*`, `?`, `[…]`, `\` quotes), as fnmatch(3) has them without its flags. Matching follows all
 * possibilities at once, so that no pattern takes longer than its length times the text's.
 */
type Piece =
  | { readonly k: 'char'; readonly c: string }
  | { readonly k: 'any' | 'star' }
  | { readonly k: 'set'; readonly negated: boolean; readonly items: readonly SetItem[] };

type SetItem = { readonly from: string; readonly to: string } | { readonly kind: RegExp };

const classes: Readonly<Record<string, RegExp>> = {
  alnum: /[\p{L}\p{N}]/u,
  alpha: /\p{L}/u,
  blank: /[ \t]/,
  cntrl: /[\x00-\x1f\x7f]/,
  digit: /[0-9]/,
  graph: /[^\s\x00-\x1f\x7f]/,
  lower: /\p{Ll}/u,
  print: /[^\x00-\x1f\x7f]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /[ \t\n\v\f\r]/,
  upper: /\p{Lu}/u,
  xdigit: /[0-9A-Fa-f]/,
};

interface Compiled {
  readonly pieces: readonly Piece[];
  /** The text that it stands for, when it has no special characters. */
  readonly literal: string | undefined;
}

const compiled = new Map<string, Compiled>();

function compile(pattern: string): Compiled {
  const known = compiled.get(pattern);
  if (known) return known;
  const pieces = parse(pattern);
  const literal = pieces.every((piece) => piece.k === 'char')
    ? pieces.map((piece) => (piece.k === 'char' ? piece.c : '')).join('')
    : undefined;
  const result = { pieces, literal };
  if (compiled.size >= 500) compiled.clear();
  if (pattern.length < 1000) compiled.set(pattern, result);
  return result;
}

function parse(pattern: string): Piece[] {
  const chars = characters(pattern);
  const pieces: Piece[] = [];
  for (let i = 0; i < chars.length; i++) {
    const c = chars[i] ?? '';
    if (c === '*') {
      if (pieces.at(-1)?.k !== 'star') pieces.push({ k: 'star' });
    } else if (c === '?') pieces.push({ k: 'any' });
    else if (c === '\\' && i + 1 < chars.length) pieces.push({ k: 'char', c: chars[++i] ?? '' });
    else if (c === '[') {
      const set = parseSet(chars, i + 1);
      pieces.push(set ? set.piece : { k: 'char', c });
      if (set) i = set.end;
    } else pieces.push({ k: 'char', c });
  }
  return pieces;
}

/** A bracket expression whose first character is at `start`; undefined when it is not closed. */
function parseSet(chars: readonly string[], start: number): { piece: Piece; end: number } | undefined {
  const items: SetItem[] = [];
  let i = start;
  const negated = chars[i] === '!' || chars[i] === '^';
  if (negated) i++;
  for (let first = true; ; first = false) {
    let c = chars[i];
    if (c === undefined) return undefined;
    if (c === ']' && !first) return { piece: { k: 'set', negated, items }, end: i };
    if (c === '[' && chars[i + 1] === ':') {
      const close = chars.indexOf(':', i + 2);
      const kind = classes[chars.slice(i + 2, close).join('')];
      if (close > 0 && chars[close + 1] === ']' && kind) {
        items.push({ kind });
        i = close + 2;
        continue;
      }
    }
    if (c === '\\' && chars[i + 1] !== undefined) c = chars[++i] ?? '';
    i++;
    let to = c;
    if (chars[i] === '-' && chars[i + 1] !== undefined && chars[i + 1] !== ']') {
      i++;
      if (chars[i] === '\\' && chars[i + 1] !== undefined) i++;
      to = chars[i++] ?? '';
    }
    items.push({ from: c, to });
  }
}

/** A text as characters: Unicode's, so that `?` stands for one that a person sees as one. */
function characters(text: string): readonly string[] {
  return Array.from(text);
}

function fits(piece: Piece, c: string): boolean {
  if (piece.k === 'char') return piece.c === c;
  if (piece.k !== 'set') return true;
  const code = c.codePointAt(0) ?? 0;
  const found = piece.items.some((item) =>
    'kind' in item
      ? item.kind.test(c)
      : code >= (item.from.codePointAt(0) ?? 0) && code <= (item.to.codePointAt(0) ?? 0),
  );
  return found !== piece.negated;
}

/**
 * How far a match that begins at `from` can go: calls `onEnd` with each possible end, in order, until it returns true.
 */
function run(pieces: readonly Piece[], chars: readonly string[], from: number, onEnd: (end: number) => boolean): void {
  const last = pieces.length;
  let active = new Uint8Array(last + 1);
  const enter = (set: Uint8Array, state: number) => {
    let s = state;
    set[s] = 1;
    while (s < last && pieces[s]?.k === 'star') set[++s] = 1;
  };
  enter(active, 0);
  for (let i = from; ; i++) {
    if (active[last] && onEnd(i)) return;
    const c = chars[i];
    if (c === undefined) return;
    const next = new Uint8Array(last + 1);
    let alive = false;
    for (let s = 0; s < last; s++) {
      if (!active[s]) continue;
      const piece = pieces[s];
      if (piece === undefined) continue;
      if (piece.k === 'star') enter(next, s);
      else if (fits(piece, c)) enter(next, s + 1);
      else continue;
      alive = true;
    }
    if (!alive) return;
    active = next;
  }
}

/** Does the pattern match the whole text? */
export function matches(pattern: string, text: string): boolean {
  const { pieces, literal } = compile(pattern);
  if (literal !== undefined) return literal === text;
  if (pieces.length === 1 && pieces[0]?.k === 'star') return true;
  const chars = characters(text);
  let found = false;
  run(pieces, chars, 0, (end) => {
    found = end === chars.length;
    return found;
  });
  return found;
}

/** The text without the shortest or longest beginning that the pattern matches. */
export function trimStart(pattern: string, text: string, longest: boolean): string {
  const { pieces, literal } = compile(pattern);
  if (literal !== undefined) return text.startsWith(literal) ? text.slice(literal.length) : text;
  const chars = characters(text);
  const end = furthest(pieces, chars, 0, longest);
  return end === undefined ? text : chars.slice(end).join('');
}

/** The text without the shortest or longest end that the pattern matches. */
export function trimEnd(pattern: string, text: string, longest: boolean): string {
  const { pieces, literal } = compile(pattern);
  if (literal !== undefined) return text.endsWith(literal) ? text.slice(0, text.length - literal.length) : text;
  const chars = characters(text);
  const cut = furthest([...pieces].reverse(), [...chars].reverse(), 0, longest);
  return cut === undefined ? text : chars.slice(0, chars.length - cut).join('');
}

function furthest(
  pieces: readonly Piece[],
  chars: readonly string[],
  from: number,
  longest: boolean,
): number | undefined {
  let found: number | undefined;
  run(pieces, chars, from, (end) => {
    found = end;
    return !longest;
  });
  return found;
}

/** The text with the first match, or all, replaced. An empty pattern matches nothing. */
export function replaceMatches(pattern: string, text: string, by: string, all: boolean): string {
  const { pieces, literal } = compile(pattern);
  if (pieces.length === 0) return text;
  if (literal !== undefined) return all ? text.split(literal).join(by) : text.replace(literal, () => by);
  const chars = characters(text);
  let out = '';
  let i = 0;
  while (i <= chars.length) {
    const end = furthest(pieces, chars, i, true);
    if (end === undefined || (end === i && i === chars.length && chars.length > 0)) {
      out += chars[i++] ?? '';
      continue;
    }
    out += by;
    if (end === i) out += chars[i] ?? '';
    i = Math.max(end, i + 1);
    if (!all || end === chars.length) return out + chars.slice(i).join('');
  }
  return out;
}

/** Has the pattern a character that stands for others? */
export function hasWildcards(pattern: string): boolean {
  return /[*?[]/.test(pattern) && compile(pattern).literal === undefined;
}

/** The pattern with its quoting taken away: the text that it was written as. */
export function unquotePattern(pattern: string): string {
  return pattern.replace(/\\(.)/gs, '$1');
}

/** A pattern that matches just this text. */
export function quotePattern(text: string): string {
  return text.replace(/[\\*?[\]!^-]/g, '\\$&');
}
