import type { Json } from '../kernel/json.ts';
import type { Pack, Ref } from './pack.ts';
import type { Cut, Kind } from './pieces.ts';

/** A run of a long record's or list's entries that stands in a piece of its own. */
export interface Chunk {
  readonly ref: Ref;
  readonly isRecord: boolean;
  /** Its entries, made ready for comparing when that is first needed: most chunks are only read. */
  entries(): ChunkEntries;
}

export interface ChunkEntries {
  /** Of a record; a list has none. */
  readonly keys: readonly string[] | undefined;
  /** What tells whether the entries are still the same: see `token`. */
  readonly tokens: readonly unknown[];
}

/** What was cut out of an object and is not read before it is asked for. */
export interface Deferred {
  readonly memory: Memory;
  readonly cuts: Map<string, Cut>;
}

/** Objects with parts that are read when they are asked for; an entry stays when the part has been read. */
export const deferredParts = new WeakMap<object, Deferred>();

/**
 * What one process remembers of one pack: which object stands in which piece. Objects never change once they have been
 * saved or loaded, so an object that is remembered need not be looked at again.
 */
export class Memory {
  readonly pack: Pack;
  /** The piece of an object or list. */
  readonly pieceOf = new WeakMap<object, { readonly kind: Kind; readonly ref: Ref }>();
  /** Chunks by the token of their first entry. */
  readonly chunkFrom = new WeakMap<object, Chunk>();
  private readonly loaded = new Map<number, WeakRef<object>>();
  private readonly nodes = new Map<string, WeakRef<object>>();
  private readonly refs = new Map<number, Ref>();
  private readonly bySum = new Map<number, Ref>();

  constructor(pack: Pack) {
    this.pack = pack;
  }

  /** The object that stands at this offset, if it is in memory. */
  objectAt(offset: number): object | undefined {
    return this.loaded.get(offset)?.deref();
  }

  remember(value: object, kind: Kind, ref: Ref): void {
    this.pieceOf.set(value, { kind, ref });
    this.loaded.set(ref.offset, new WeakRef(value));
  }

  rememberChunk(first: unknown, chunk: Chunk): void {
    if (typeof first === 'object' && first !== null) this.chunkFrom.set(first, chunk);
  }

  /** The one node of a file tree that looks like this; `node` itself when it is the first. */
  intern<T extends object>(look: string, node: T): T {
    const known = this.nodes.get(look)?.deref();
    if (known !== undefined) return known as T; // the look determines the whole content
    this.nodes.set(look, new WeakRef(node));
    return node;
  }

  /** One object for one piece, so that references can be compared. */
  canonical(ref: Ref): Ref {
    const known = this.refs.get(ref.offset);
    if (known !== undefined) return known;
    this.refs.set(ref.offset, ref);
    this.bySum.set(sum(ref), ref);
    return ref;
  }

  /** Adds a piece, or finds the one with the same bytes among those that this process has met. */
  put(text: string, encoding: 'latin1' | 'utf16le'): Ref {
    const added = this.pack.append(text, encoding);
    const known = this.bySum.get(sum(added));
    if (known !== undefined && this.sameBytes(known, added)) {
      this.pack.retract(added);
      return known;
    }
    return this.canonical(added);
  }

  private sameBytes(a: Ref, b: Ref): boolean {
    try {
      return a.length === b.length && this.pack.read(a).equals(this.pack.read(b));
    } catch {
      return false; // what stands there is damaged: the new piece takes its place
    }
  }
}

/** Checksum and length as one number below 2^53. */
const sum = ({ check, length }: Ref) => check * 0x20_0000 + (length & 0x1f_ffff);

/**
 * Stands for an entry's value when entries are compared: the piece that it is in, if it is in one of its own, else the
 * object or the plain value itself.
 */
export function token(memory: Memory, deferred: Deferred | undefined, owner: object, key: string | number): unknown {
  const cut = typeof key === 'string' ? deferred?.cuts.get(key) : undefined;
  if (cut !== undefined && deferred?.memory === memory) return cut.ref;
  const value: Json | undefined = (owner as { readonly [key: string | number]: Json })[key];
  return typeof value === 'object' && value !== null ? (memory.pieceOf.get(value)?.ref ?? value) : value;
}

/** The chunk whose entries stand in `part`. */
export function chunkOf(memory: Memory, part: object, ref: Ref): Chunk {
  let made: ChunkEntries | undefined;
  const isRecord = !Array.isArray(part);
  const entries = () => {
    if (made !== undefined) return made;
    const keys = Object.keys(part);
    const deferred = deferredParts.get(part);
    made = { keys: isRecord ? keys : undefined, tokens: keys.map((key) => token(memory, deferred, part, key)) };
    return made;
  };
  return { ref, isRecord, entries };
}
