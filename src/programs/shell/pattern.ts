/**
 * Shell patterns (`*`, `?`, `[…]`, `\` quotes), as fnmatch(3) has them without its flags. Matching follows all
 * possibilities at once, so that no pattern takes longer than its length times the text's.
 */
type Piece =
  | { readonly k: 'char'; readonly c: string }
  | { readonly k: 'any' | 'star' }
  | { readonly k: 'set'; readonly negated: boolean; readonly items: readonly SetItem[] }
  /** bash's `@(a|b)` and its kin. */
  | { readonly k: 'group'; readonly how: string; readonly choices: readonly (readonly Piece[])[] };

/** What of matching depends on options of bash. */
export interface Matching {
  readonly extglob: boolean;
  readonly nocase: boolean;
}

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

function compile(pattern: string, how: Matching | undefined): Compiled {
  const extended = how?.extglob === true && /[?*+@!]\(/.test(pattern);
  if (extended) return { pieces: parse(characters(pattern), true), literal: undefined };
  const known = compiled.get(pattern);
  if (known) return known;
  const pieces = parse(characters(pattern), false);
  const literal = pieces.every((piece) => piece.k === 'char')
    ? pieces.map((piece) => (piece.k === 'char' ? piece.c : '')).join('')
    : undefined;
  const result = { pieces, literal };
  if (compiled.size >= 500) compiled.clear();
  if (pattern.length < 1000) compiled.set(pattern, result);
  return result;
}

function parse(chars: readonly string[], extended: boolean): Piece[] {
  const pieces: Piece[] = [];
  for (let i = 0; i < chars.length; i++) {
    const c = chars[i] ?? '';
    const group = extended && '?*+@!'.includes(c) && chars[i + 1] === '(' ? parseGroup(chars, i) : undefined;
    if (group) {
      pieces.push(group.piece);
      i = group.end;
    } else if (c === '*') {
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

/** A group whose sign is at `start`; undefined when it is not closed. */
function parseGroup(chars: readonly string[], start: number): { piece: Piece; end: number } | undefined {
  const choices: string[][] = [[]];
  let depth = 0;
  for (let i = start + 1; i < chars.length; i++) {
    const c = chars[i] ?? '';
    if (c === '(' && depth++ === 0) continue;
    if (c === ')' && --depth === 0) {
      const piece = {
        k: 'group' as const,
        how: chars[start] ?? '',
        choices: choices.map((choice) => parse(choice, true)),
      };
      return { piece, end: i };
    }
    if (c === '|' && depth === 1) choices.push([]);
    else choices.at(-1)?.push(c);
    if (c === '\\') choices.at(-1)?.push(chars[++i] ?? '');
  }
  return undefined;
}

/** Where matches of the pieces can end that begin at one of `starts`, for patterns with groups. */
function ends(pieces: readonly Piece[], chars: readonly string[], starts: ReadonlySet<number>): ReadonlySet<number> {
  let at = starts;
  for (const piece of pieces) {
    const next = new Set<number>();
    for (const i of at) {
      if (piece.k === 'star') for (let j = i; j <= chars.length; j++) next.add(j);
      else if (piece.k === 'group') for (const j of groupEnds(piece, chars, i)) next.add(j);
      else if (i < chars.length && fits(piece, chars[i] ?? '')) next.add(i + 1);
    }
    at = next;
    if (at.size === 0) break;
  }
  return at;
}

function groupEnds(piece: Piece & { k: 'group' }, chars: readonly string[], start: number): ReadonlySet<number> {
  const once = (from: ReadonlySet<number>) => {
    const found = new Set<number>();
    for (const choice of piece.choices) for (const end of ends(choice, chars, from)) found.add(end);
    return found;
  };
  const found = once(new Set([start]));
  if (piece.how === '!') {
    const others = new Set<number>();
    for (let i = start; i <= chars.length; i++) if (!found.has(i)) others.add(i);
    return others;
  }
  if (piece.how === '+' || piece.how === '*') {
    for (let size = -1; size !== found.size; ) {
      size = found.size;
      for (const end of once(new Set(found))) found.add(end);
    }
  }
  if (piece.how === '?' || piece.how === '*') found.add(start);
  return found;
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
  if (pieces.some((piece) => piece.k === 'group')) {
    const all = [...ends(pieces, chars, new Set([from]))].sort((a, b) => a - b);
    for (const end of all) if (onEnd(end)) return;
    return;
  }
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
export function matches(pattern: string, text: string, how?: Matching): boolean {
  if (how?.nocase) return matches(pattern.toLowerCase(), text.toLowerCase(), { ...how, nocase: false });
  const { pieces, literal } = compile(pattern, how);
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
export function trimStart(pattern: string, text: string, longest: boolean, how?: Matching): string {
  const { pieces, literal } = compile(pattern, how);
  if (literal !== undefined) return text.startsWith(literal) ? text.slice(literal.length) : text;
  const chars = characters(text);
  const end = furthest(pieces, chars, 0, longest);
  return end === undefined ? text : chars.slice(end).join('');
}

/** The text without the shortest or longest end that the pattern matches. */
export function trimEnd(pattern: string, text: string, longest: boolean, how?: Matching): string {
  const { pieces, literal } = compile(pattern, how);
  if (literal !== undefined) return text.endsWith(literal) ? text.slice(0, text.length - literal.length) : text;
  const chars = characters(text);
  if (pieces.some((piece) => piece.k === 'group')) {
    const starts = chars.map((_, index) => index).concat(chars.length);
    const start = (longest ? starts : starts.reverse()).find((at) =>
      ends(pieces, chars, new Set([at])).has(chars.length),
    );
    return start === undefined ? text : chars.slice(0, start).join('');
  }
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

/** Which matches are replaced: the first, all, one at the beginning, one at the end. */
export type Replacing = '/' | '//' | '/#' | '/%';

/** The text with matches replaced. An empty pattern matches nothing, but at the beginning or end. */
export function replaceMatches(
  pattern: string,
  text: string,
  by: string | ((matched: string) => string),
  mode: Replacing,
  how?: Matching,
): string {
  const { pieces, literal } = compile(pattern, how);
  const put = (matched: string) => (typeof by === 'string' ? by : by(matched));
  if (mode === '/#') {
    const rest = trimStart(pattern, text, true, how);
    const found = matches(pattern, text.slice(0, text.length - rest.length), how);
    return found ? put(text.slice(0, text.length - rest.length)) + rest : text;
  }
  if (mode === '/%') {
    const rest = trimEnd(pattern, text, true, how);
    return matches(pattern, text.slice(rest.length), how) ? rest + put(text.slice(rest.length)) : text;
  }
  const all = mode === '//';
  if (pieces.length === 0) return text;
  if (literal !== undefined && !how?.nocase)
    return all ? text.split(literal).join(put(literal)) : text.replace(literal, () => put(literal));
  const chars = characters(text);
  const seen = how?.nocase ? characters(text.toLowerCase()) : chars;
  const wanted = how?.nocase ? compile(pattern.toLowerCase(), how).pieces : pieces;
  let out = '';
  let i = 0;
  while (i <= chars.length) {
    const end = furthest(wanted, seen, i, true);
    if (end === undefined || (end === i && i === chars.length && chars.length > 0)) {
      out += chars[i++] ?? '';
      continue;
    }
    out += put(chars.slice(i, end).join(''));
    if (end === i) out += chars[i] ?? '';
    i = Math.max(end, i + 1);
    if (!all || end === chars.length) return out + chars.slice(i).join('');
  }
  return out;
}

/** Has the pattern a character that stands for others? */
export function hasWildcards(pattern: string, how?: Matching): boolean {
  if (how?.extglob && /[?*+@!]\(/.test(pattern)) return true;
  return /[*?[]/.test(pattern) && compile(pattern, undefined).literal === undefined;
}

/** The pattern with its quoting taken away: the text that it was written as. */
export function unquotePattern(pattern: string): string {
  return pattern.replace(/\\(.)/gs, '$1');
}

/** A pattern that matches just this text. */
export function quotePattern(text: string): string {
  return text.replace(/[\\*?[\]!^()|@+-]/g, '\\$&');
}
