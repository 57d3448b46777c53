import type { Json } from '../kernel/json.ts';
import { SessionError } from './errors.ts';
import { chunkOf, deferredParts, type Memory, token } from './memory.ts';
import type { Ref } from './pack.ts';
import { type Cut, type Kind, type Path, parsePiece } from './pieces.ts';

/**
 * Loads what stands in a piece. Parts of objects that were cut out are properties that read themselves when they are
 * first asked for (enumerable, so spreading and JSON.stringify see them); parts of lists are read at once.
 * Throws `damaged`.
 */
export function load(memory: Memory, kind: Kind, ref: Ref): Json {
  if (kind === 'bytes') return memory.pack.read(ref).toString('latin1');
  if (kind === 'text') return memory.pack.read(ref).toString('utf16le');
  const known = memory.objectAt(ref.offset);
  if (known !== undefined) return known as Json; // only what stands there was remembered
  const { value, cuts } = parsePiece(memory.pack, ref);
  const loaded = kind === 'json' ? attach(memory, value, cuts) : joined(memory, kind, cuts);
  if (typeof loaded === 'object' && loaded !== null) memory.remember(loaded, kind, memory.canonical(ref));
  return loaded;
}

type Members = { [key: string | number]: Json };
const isObject = (value: Json | undefined): value is Members => typeof value === 'object' && value !== null;

/** Puts the cuts in their places in a freshly parsed value. */
function attach(memory: Memory, value: Json, cuts: readonly Cut[]): Json {
  for (const cut of cuts) {
    const { path } = cut;
    const key = path.at(-1);
    const { parent, owner } = follow(value, path);
    if (owner === undefined || key === undefined) throw misplaced(memory);
    const ref = memory.canonical(cut.ref);
    if (Array.isArray(owner)) {
      owner[Number(key)] = load(memory, cut.kind, ref);
      continue;
    }
    const parentKey = path.at(-2);
    if (cut.node && parent !== undefined && parentKey !== undefined) {
      const look = `${ref.offset} ${JSON.stringify(owner)}`; // as save writes it
      const node = memory.intern(look, owner);
      if (node !== owner) {
        put(parent, parentKey, node);
        continue;
      }
    }
    defer(memory, owner, String(key), { ...cut, ref });
  }
  return value;
}

function follow(value: Json, path: Path): { parent: Members | undefined; owner: Members | undefined } {
  let parent: Members | undefined;
  let owner = isObject(value) ? value : undefined;
  for (let i = 0; i < path.length - 1; i++) {
    parent = owner;
    const next = owner?.[path[i] ?? ''];
    owner = isObject(next) ? next : undefined;
  }
  return { parent, owner };
}

/** Sets a member; `__proto__` is a name like any other. */
function put(target: Members, key: string | number, value: Json): void {
  if (key !== '__proto__') target[key] = value;
  else Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}

/** Puts the chunks of a long record or list together. */
function joined(memory: Memory, kind: 'chunked record' | 'chunked list', cuts: readonly Cut[]): Json {
  const list: Json[] = [];
  const record: Members = {};
  for (const cut of cuts) {
    const ref = memory.canonical(cut.ref);
    const part = load(memory, 'json', ref);
    if (!isObject(part) || Array.isArray(part) !== (kind === 'chunked list')) throw misplaced(memory);
    if (Array.isArray(part)) {
      for (const value of part as Json[]) list.push(value);
      memory.rememberChunk(token(memory, undefined, part, 0), chunkOf(memory, part, ref));
    } else {
      addMembers(memory, record, part, ref);
    }
  }
  return kind === 'chunked list' ? list : record;
}

function addMembers(memory: Memory, record: Members, part: Members, ref: Ref): void {
  const deferred = deferredParts.get(part);
  const keys = Object.keys(part);
  if (deferred === undefined && !Object.hasOwn(part, '__proto__')) Object.assign(record, part);
  else {
    for (const key of keys) {
      const cut = deferred?.cuts.get(key);
      if (cut !== undefined) defer(memory, record, key, cut);
      else put(record, key, part[key] ?? null);
    }
  }
  if (keys[0] !== undefined) memory.rememberChunk(token(memory, deferred, part, keys[0]), chunkOf(memory, part, ref));
}

const misplaced = (memory: Memory) =>
  new SessionError('damaged', { path: memory.pack.path, part: 'pack', detail: 'pieces do not fit together' });

/** Makes `owner[key]` a property that reads itself. */
function defer(memory: Memory, owner: object, key: string, cut: Cut): void {
  const deferred = deferredParts.get(owner);
  if (deferred !== undefined) deferred.cuts.set(key, cut);
  else deferredParts.set(owner, { memory, cuts: new Map([[key, cut]]) });
  Object.defineProperty(owner, key, reader(key));
}

const readers = new Map<string, PropertyDescriptor>();

/** One accessor for one name, whoever has it: objects that look alike then share their shape in V8. */
function reader(key: string): PropertyDescriptor {
  const known = readers.get(key);
  if (known !== undefined) return known;
  const made: PropertyDescriptor = {
    get(this: object) {
      return readNow(this, key);
    },
    enumerable: true,
    configurable: true,
  };
  readers.set(key, made);
  return made;
}

function readNow(owner: object, key: string): Json | undefined {
  const deferred = deferredParts.get(owner);
  const cut = deferred?.cuts.get(key);
  if (deferred === undefined || cut === undefined) return undefined;
  const value = load(deferred.memory, cut.kind, cut.ref);
  Object.defineProperty(owner, key, { value, enumerable: true, configurable: true, writable: true });
  return value;
}
