import type { Json } from '../kernel/json.ts';
import { SessionError } from './errors.ts';
import type { Pack, Ref } from './pack.ts';

/**
 * How a world is written: in pieces. A piece of JSON is the value's text, with `0` wherever something was cut out to be a
 * piece of its own, and on a second line (if anything was cut) the list of the cuts.
 * All of it is Latin-1, which V8 reads fastest: other characters are escaped.
 */

/**
 * What a piece holds. `json`: an object or list. `chunked record`, `chunked list`: only cuts, one for each run of entries,
 * to be put together again. `bytes`: a string, one byte per character; `text`: a string, two.
 */
export type Kind = 'json' | 'chunked record' | 'chunked list' | 'bytes' | 'text';

export type Path = readonly (string | number)[];

/** One cut: `path` leads from the piece's value to where the `0` stands. */
export interface Cut {
  readonly kind: Kind;
  readonly ref: Ref;
  readonly path: Path;
  /**
   * It is all that was cut out of a node of a file tree. Nodes are interned: those that were one object when they were
   * saved are one object after loading, so comparing trees by identity goes on to work.
   */
  readonly node: boolean;
}

/** Where a whole value stands: a world, or the trace of a run. */
export interface Root {
  readonly kind: Kind;
  readonly ref: Ref;
}

const letters: { readonly [kind in Kind]: string } = {
  json: 'j',
  'chunked record': 'r',
  'chunked list': 'l',
  bytes: 'b',
  text: 'u',
};
const kinds: ReadonlyMap<unknown, Kind> = new Map(
  (['json', 'chunked record', 'chunked list', 'bytes', 'text'] as const).map((kind) => [letters[kind], kind]),
);

/** The text of a JSON piece. */
export function pieceText(value: string, cuts: readonly Cut[]): string {
  const text = cuts.length === 0 ? value : `${value}\n${JSON.stringify(cuts.map(flat))}`;
  return /[^\x00-\xff]/.test(text) ? text.replace(/[^\x00-\xff]/g, escaped) : text;
}

function flat({ kind, ref, path, node }: Cut): Json {
  const letter = letters[kind];
  return [node ? letter.toUpperCase() : letter, ref.offset, ref.length, ref.check, ...path];
}

const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Takes a JSON piece apart: its value, where each cut still has a `0`, and its cuts. */
export function parsePiece(pack: Pack, ref: Ref): { value: Json; cuts: readonly Cut[] } {
  const text = pack.read(ref).toString('latin1');
  const line = text.indexOf('\n');
  try {
    if (line < 0) return { value: JSON.parse(text), cuts: [] };
    return { value: JSON.parse(text.slice(0, line)), cuts: JSON.parse(text.slice(line + 1)).map(unflat) };
  } catch (cause) {
    throw new SessionError(
      'damaged',
      { path: pack.path, part: 'pack', detail: `no piece at ${ref.offset}` },
      { cause },
    );
  }
}

/** The cuts of a piece, without reading its value; and the value's text. */
export function splitPiece(piece: string): { value: string; cuts: readonly Cut[] } {
  const line = piece.indexOf('\n');
  if (line < 0) return { value: piece, cuts: [] };
  return { value: piece.slice(0, line), cuts: JSON.parse(piece.slice(line + 1)).map(unflat) };
}

function unflat([letter, offset, length, check, ...path]: [string, number, number, number, ...Path]): Cut {
  const lower = letter.toLowerCase();
  const kind = kinds.get(lower);
  if (kind === undefined) throw new TypeError(`no such kind of piece: ${letter}`);
  return { kind, ref: { offset, length, check }, path, node: letter !== lower };
}
