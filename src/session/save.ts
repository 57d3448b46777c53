import type { Json } from '../kernel/json.ts';
import { type Chunk, type Deferred, deferredParts, type Memory, token } from './memory.ts';
import type { Ref } from './pack.ts';
import { type Cut, type Kind, pieceText, type Root } from './pieces.ts';

/** Longer strings (characters) and larger objects and lists (characters of JSON) become pieces of their own. */
const longString = 1024;
const largeObject = 2048;
/** Records and lists above this are split in chunks of about `chunkSize`, so that changing an entry rewrites little. */
const splitAbove = 12 * 1024;
const chunkSize = 8 * 1024;
/** Objects and lists with fewer entries than this are never split. */
const few = 12;
/** A chunk below this is written anew, together with its neighbour, when that changes. */
const smallChunk = chunkSize / 2;

type Members = { readonly [key: string | number]: Json | undefined };

/** An entry of an object or list that had to be written. */
interface Entry {
  readonly key: string;
  readonly text: string;
  readonly cuts: readonly Cut[];
  readonly token: unknown;
}

/**
 * Adds to the pack what is not in it yet of `value`, and tells where `value` stands. Costs what has changed: parts that
 * are remembered are not looked at. From now on nothing in `value` may be changed in place.
 * Throws a TypeError when `value` is not plain data (NaN, functions, …).
 */
export function save(memory: Memory, value: Json): Root {
  try {
    return new Saver(memory).root(value);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  // deeper than the stack is high: from below, in pieces of so many levels
  for (const part of everySoDeep(memory, value)) new Saver(memory).root(part);
  return new Saver(memory).root(value);
}

/** Adds a value that is new in all its parts and not large, as one piece. */
export function savePlain(memory: Memory, value: Json): Root {
  return { kind: 'json', ref: memory.put(pieceText(JSON.stringify(value), []), 'latin1') };
}

const levelsAtOnce = 100;

/** Objects at every so many levels, the deepest first. */
function everySoDeep(memory: Memory, value: Json): Json[] {
  const found: Json[] = [];
  let level: Json[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > 0 && depth % levelsAtOnce === 0) found.push(...level);
    level = level.flatMap((parent) => membersOf(memory, parent));
  }
  return found.reverse();
}

/** Objects directly in this one that are not saved yet. */
function membersOf(memory: Memory, parent: Json): Json[] {
  if (typeof parent !== 'object' || parent === null || memory.pieceOf.has(parent)) return [];
  const deferred = deferredParts.get(parent);
  const members: Json[] = [];
  for (const key of Object.keys(parent)) {
    const member = deferred?.cuts.has(key) ? undefined : (parent as { readonly [key: string]: Json })[key];
    if (typeof member === 'object' && member !== null) members.push(member);
  }
  return members;
}

class Saver {
  private readonly memory: Memory;
  /** Where we are, from the value of the root; the cuts' paths are shortened when a piece is closed. */
  private readonly path: (string | number)[] = [];
  private cuts: Cut[] = [];

  constructor(memory: Memory) {
    this.memory = memory;
  }

  root(value: Json): Root {
    const text = this.text(value, true);
    const only = this.cuts[0];
    if (only !== undefined && only.path.length === 0) return { kind: only.kind, ref: only.ref };
    return { kind: 'json', ref: this.memory.put(pieceText(text, []), 'latin1') };
  }

  /** The JSON of a value, in which what became a piece is a `0`. */
  private text(value: Json | undefined, alone: boolean): string {
    switch (typeof value) {
      case 'string':
        return value.length <= longString ? JSON.stringify(value) : this.longText(value);
      case 'number':
        if (!Number.isFinite(value)) throw new TypeError(`not plain data: ${value} at ${this.path.join('.')}`);
        return String(value);
      case 'boolean':
        return String(value);
      case 'object':
        return value === null ? 'null' : this.object(value as Members, alone);
      default:
        throw new TypeError(`not plain data: ${typeof value} at ${this.path.join('.')}`);
    }
  }

  private longText(value: string): string {
    return /[^\x00-\xff]/.test(value)
      ? this.cut('text', this.memory.put(value, 'utf16le'))
      : this.cut('bytes', this.memory.put(value, 'latin1'));
  }

  private cut(kind: Kind, ref: Ref, node = false): string {
    this.cuts.push({ kind, ref, path: this.path.slice(), node });
    return '0';
  }

  private object(value: Members, alone: boolean): string {
    const known = this.memory.pieceOf.get(value);
    if (known !== undefined) return this.cut(known.kind, known.ref);
    const all = deferredParts.get(value);
    const deferred = all?.memory === this.memory ? all : undefined;
    const keys = Array.isArray(value) ? undefined : Object.keys(value);
    const count = Array.isArray(value) ? value.length : (keys?.length ?? 0);
    if (count < few) return this.small(value, keys, deferred, alone);
    const parts = this.parts(value, keys, count, deferred);
    let size = 2;
    for (const part of parts) {
      if ('ref' in part)
        size = Number.POSITIVE_INFINITY; // it was split when it was saved last
      else size += part.text.length + part.key.length + 4;
    }
    if (size > splitAbove) return this.chunked(value, keys, parts);
    const entries = parts as readonly Entry[];
    const start = this.cuts.length;
    for (const entry of entries) this.cuts.push(...entry.cuts);
    return this.closed(value, joined(keys !== undefined, entries), start, alone);
  }

  /** An object or list of few entries. What most of a world consists of, hence without detours. */
  private small(value: Members, keys: readonly string[] | undefined, deferred: Deferred | undefined, alone: boolean) {
    const start = this.cuts.length;
    const { path } = this;
    let text = '';
    if (keys === undefined) {
      for (let i = 0; i < (value.length as number); i++) {
        path.push(i);
        text += text === '' ? this.text(value[i] ?? null, false) : `,${this.text(value[i] ?? null, false)}`;
        path.pop();
      }
      return this.closed(value, `[${text}]`, start, alone);
    }
    const plain = deferred === undefined ? plainText(value, keys) : undefined;
    if (plain !== undefined) return this.closed(value, plain, start, alone);
    for (const key of keys) {
      const lazy = deferred?.cuts.get(key);
      const member = lazy === undefined ? value[key] : null;
      if (member === undefined) continue; // as JSON.stringify does
      path.push(key);
      const written =
        lazy === undefined ? this.text(member, key === 'entries' && value.t === 'dir') : this.cut(lazy.kind, lazy.ref);
      text += text === '' ? quoted(key) + written : `,${quoted(key)}${written}`;
      path.pop();
    }
    return this.closed(value, `{${text}}`, start, alone);
  }

  /** Decides what becomes of the JSON of a value whose cuts begin at `start`: a piece, or part of what it stands in. */
  private closed(value: Members, text: string, start: number, alone: boolean): string {
    if (alone || text.length > largeObject) return this.piece(value, text, this.cuts.splice(start));
    const isNode = start === this.cuts.length - 1 && (value.t === 'dir' || value.t === 'file');
    const only = isNode ? this.cuts[start] : undefined;
    if (only !== undefined && only.path.length === this.path.length + 1) {
      this.memory.intern(`${only.ref.offset} ${text}`, value);
      this.cuts[start] = { ...only, node: true };
    }
    return text;
  }

  private piece(value: object, text: string, cuts: readonly Cut[]): string {
    const ref = this.memory.put(pieceText(text, shortened(cuts, this.path.length)), 'latin1');
    this.memory.remember(value, 'json', ref);
    return this.cut('json', ref);
  }

  /** The entries in order; runs of them that are in a chunk already are that chunk. */
  private parts(value: Members, keys: readonly string[] | undefined, count: number, deferred: Deferred | undefined) {
    const parts: (Entry | Chunk)[] = [];
    for (const span of this.spans(value, keys, count, deferred)) {
      if (span.chunk !== undefined) parts.push(span.chunk);
      else for (let i = span.from; i < span.to; i++) this.addEntry(parts, value, keys?.[i] ?? i, deferred);
    }
    return parts;
  }

  private addEntry(parts: (Entry | Chunk)[], value: Members, key: string | number, deferred: Deferred | undefined) {
    const lazy = typeof key === 'string' ? deferred?.cuts.get(key) : undefined;
    const member = lazy === undefined ? value[key] : null;
    if (member === undefined && typeof key === 'string') return; // as JSON.stringify does
    const outside = this.cuts;
    this.cuts = [];
    this.path.push(key);
    const tree = key === 'entries' && value.t === 'dir';
    const text = lazy === undefined ? this.text(member ?? null, tree) : this.cut(lazy.kind, lazy.ref);
    this.path.pop();
    parts.push({ key: String(key), text, cuts: this.cuts, token: token(this.memory, deferred, value, key) });
    this.cuts = outside;
  }

  /** Divides the entries into those that stand in known chunks and those that do not. Reads nothing. */
  private spans(value: Members, keys: readonly string[] | undefined, count: number, deferred: Deferred | undefined) {
    const spans: { from: number; to: number; chunk: Chunk | undefined }[] = [];
    for (let i = 0; i < count; ) {
      const last = spans.at(-1);
      const found = this.chunkAt(value, keys, i, deferred);
      // a small chunk beside something that is written anyway is written with it, or there would be ever more of them
      const withLast = last !== undefined && isSmall(last.chunk) && (found === undefined || isSmall(found));
      if (withLast) {
        last.chunk = undefined;
        last.to = i;
      }
      const length = found === undefined ? 1 : found.entries().tokens.length;
      const previous = spans.at(-1);
      const writes = found === undefined || (isSmall(found) && previous !== undefined && previous.chunk === undefined);
      if (writes && previous !== undefined && previous.chunk === undefined) previous.to = i + length;
      else spans.push({ from: i, to: i + length, chunk: found });
      i += length;
    }
    return spans;
  }

  private chunkAt(value: Members, keys: readonly string[] | undefined, i: number, deferred: Deferred | undefined) {
    const at = (index: number) => token(this.memory, deferred, value, keys?.[index] ?? index);
    const first = at(i);
    const chunk = typeof first === 'object' && first !== null ? this.memory.chunkFrom.get(first) : undefined;
    if (chunk === undefined || chunk.isRecord !== (keys !== undefined)) return undefined;
    const known = chunk.entries();
    for (let j = 0; j < known.tokens.length; j++) {
      if (known.keys?.[j] !== keys?.[i + j] || known.tokens[j] !== at(i + j)) return undefined;
    }
    return chunk;
  }

  private chunked(value: object, keys: readonly string[] | undefined, parts: readonly (Entry | Chunk)[]): string {
    const chunks: Cut[] = [];
    let run: Entry[] = [];
    let size = 0;
    const close = () => {
      if (run.length > 0) chunks.push(chunkCut(this.chunk(keys !== undefined, run)));
      run = [];
      size = 0;
    };
    for (const part of parts) {
      if ('ref' in part) {
        close();
        chunks.push(chunkCut(part.ref));
      } else {
        run.push(part);
        size += part.text.length + part.key.length;
        if (size >= chunkSize) close();
      }
    }
    close();
    const kind = keys === undefined ? 'chunked list' : 'chunked record';
    const ref = this.memory.put(pieceText('0', chunks), 'latin1');
    this.memory.remember(value, kind, ref);
    return this.cut(kind, ref);
  }

  private chunk(isRecord: boolean, run: readonly Entry[]): Ref {
    const depth = this.path.length;
    const cuts = run.flatMap((entry, i) =>
      shortened(entry.cuts, depth).map((cut) => (isRecord ? cut : { ...cut, path: [i, ...cut.path.slice(1)] })),
    );
    const ref = this.memory.put(pieceText(joined(isRecord, run), cuts), 'latin1');
    const keys = isRecord ? run.map((entry) => entry.key) : undefined;
    const entries = { keys, tokens: run.map((entry) => entry.token) };
    this.memory.rememberChunk(entries.tokens[0], { ref, isRecord, entries: () => entries });
    return ref;
  }
}

/** The JSON of an object in which nothing can be cut out nor be wrong, as most are: V8 writes that faster. */
function plainText(value: Members, keys: readonly string[]): string | undefined {
  for (let i = 0; i < keys.length; i++) {
    const member = value[keys[i] as string];
    const isPlain =
      typeof member === 'string'
        ? member.length <= longString
        : typeof member === 'number'
          ? Number.isFinite(member)
          : typeof member === 'boolean' || member === null;
    if (!isPlain) return undefined;
  }
  return JSON.stringify(value);
}

function joined(isRecord: boolean, entries: readonly Entry[]): string {
  if (!isRecord) return `[${entries.map((entry) => entry.text).join(',')}]`;
  return `{${entries.map((entry) => quoted(entry.key) + entry.text).join(',')}}`;
}

const quotedNames = new Map<string, string>();

/** A member's name and a colon, remembered: most names are those of fields. */
function quoted(name: string): string {
  const known = quotedNames.get(name);
  if (known !== undefined) return known;
  if (quotedNames.size > 2000) quotedNames.clear();
  const made = `${JSON.stringify(name)}:`;
  quotedNames.set(name, made);
  return made;
}

const isSmall = (chunk: Chunk | undefined) => chunk !== undefined && chunk.ref.length < smallChunk;
const chunkCut = (ref: Ref): Cut => ({ kind: 'json', ref, path: [], node: false });
const shortened = (cuts: readonly Cut[], depth: number): Cut[] =>
  cuts.map((cut) => ({ ...cut, path: cut.path.slice(depth) }));
