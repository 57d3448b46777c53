import { gunzipSync, gzipSync } from 'node:zlib';
import type { Json } from '../kernel/json.ts';
import type { World } from '../kernel/state.ts';
import { currentSchema, migrated } from './schema.ts';

/** Why a file cannot be taken for a session. */
export type PortableFault = 'no-session-file' | 'too-large' | 'newer' | 'older' | 'damaged';

const format = 'drydock session';
const version = 1;
const largestFile = 64 * 1024 * 1024;
const largestText = 400 * 1024 * 1024;
const mostNodes = 3_000_000;
/** Parts of a real world are shared by many; written out one by one they may be so many. */
const mostExpanded = 40_000_000;
const deepest = 400;

type Scalar = string | number | boolean | null;
/** An object or a list in the table: other objects and lists are in it as `[index]` of an earlier line. */
type Row = Scalar | readonly [number];

/** A world as one compressed file. Objects that are alike are written once. */
export function packWorld(world: World): Uint8Array {
  const table = new Table();
  table.add(world);
  const head = JSON.stringify({ format, version, schema: world.schema, nodes: table.lines.length });
  return gzipSync(`${head}\n${table.lines.join('\n')}\n`, { level: 9 });
}

class Table {
  readonly lines: string[] = [];
  private readonly byObject = new Map<object, number>();
  private readonly byText = new Map<string, number>();

  /** The line of a value, after those of its parts. */
  add(value: object): number {
    const known = this.byObject.get(value);
    if (known !== undefined) return known;
    const text = JSON.stringify(
      Array.isArray(value)
        ? value.map((part: Json) => this.row(part))
        : { o: Object.entries(value).flatMap(([key, part]) => (part === undefined ? [] : [[key, this.row(part)]])) },
    );
    const line = this.byText.get(text) ?? this.lines.push(text) - 1;
    this.byText.set(text, line);
    this.byObject.set(value, line);
    return line;
  }

  private row(part: Json): Row {
    return typeof part === 'object' && part !== null ? [this.add(part)] : (part as Scalar);
  }
}

/** The world in a file, whoever may have written it: plain data, no deeper and no larger than worlds are. */
export function unpackWorld(bytes: Uint8Array): { readonly world: World } | { readonly fault: PortableFault } {
  if (bytes.length > largestFile) return { fault: 'too-large' };
  let text: string;
  try {
    text = gunzipSync(bytes, { maxOutputLength: largestText }).toString('utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return { fault: code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'no-session-file' };
  }
  const end = text.indexOf('\n');
  const head = parsed(text.slice(0, Math.max(0, Math.min(end, 1000))));
  if (!isMap(head) || head.format !== format) return { fault: 'no-session-file' };
  if (typeof head.version !== 'number' || head.version > version || Number(head.schema) > currentSchema)
    return { fault: 'newer' };
  const lines = text.slice(end + 1).split('\n');
  lines.pop();
  if (lines.length > mostNodes) return { fault: 'too-large' };
  if (lines.length !== head.nodes) return { fault: 'damaged' };
  const built = build(lines);
  return 'fault' in built ? built : checked(built.whole);
}

/** Puts the lines together from the first to the last, which is the whole. */
function build(lines: readonly string[]): { readonly whole: Json } | { readonly fault: PortableFault } {
  const nodes: Json[] = [];
  const sizes: number[] = [];
  const depths: number[] = [];
  for (const line of lines) {
    const row = parsed(line);
    let size = 1;
    let depth = 1;
    let good = true;
    const part = (value: unknown): Json => {
      if (typeof value !== 'object' || value === null) return value as Json;
      const index: unknown = Array.isArray(value) && value.length === 1 ? value[0] : undefined;
      if (typeof index !== 'number' || !Number.isInteger(index) || index < 0 || index >= nodes.length) {
        good = false;
        return null;
      }
      size += sizes[index] ?? 0;
      depth = Math.max(depth, 1 + (depths[index] ?? 0));
      return nodes[index] ?? null;
    };
    const node = Array.isArray(row) ? row.map(part) : isMap(row) ? objectOf(row.o, part) : undefined;
    if (node === undefined || !good) return { fault: 'damaged' };
    if (size > mostExpanded || depth > deepest) return { fault: 'too-large' };
    nodes.push(node);
    sizes.push(size);
    depths.push(depth);
  }
  const whole = nodes.at(-1);
  return whole === undefined ? { fault: 'damaged' } : { whole };
}

function objectOf(entries: unknown, part: (value: unknown) => Json): Json | undefined {
  if (!Array.isArray(entries)) return undefined;
  const object: { [key: string]: Json } = {};
  for (const entry of entries as readonly unknown[]) {
    if (!Array.isArray(entry) || entry.length !== 2 || typeof entry[0] !== 'string') return undefined;
    const value = part(entry[1]);
    // `__proto__` is a name like any other
    Object.defineProperty(object, entry[0], { value, enumerable: true, configurable: true, writable: true });
  }
  return object;
}

/** Has it the shape of a world of this drydock? */
function checked(data: Json): { readonly world: World } | { readonly fault: PortableFault } {
  let world: World;
  try {
    world = migrated(data, '');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return { fault: code === 'newer' || code === 'older' ? code : 'damaged' };
  }
  const { now, wallOffset, seq, seed, hosts, registries, runs } = world as { readonly [K in keyof World]?: unknown };
  const numbers = [now, wallOffset, seq].every((value) => Number.isSafeInteger(value));
  const maps = [hosts, registries, runs].every(isMap);
  if (!numbers || !maps || typeof seed !== 'string' || !isMap(hosts)) return { fault: 'damaged' };
  const whole = Object.values(hosts).every(
    (host) =>
      isMap(host) &&
      isMap(host.services) &&
      isMap(host.kernel) &&
      ['processes', 'namespaces', 'filesystems', 'files', 'pipes'].every((key) =>
        isMap((host.kernel as Json & {})[key as never]),
      ),
  );
  return whole && Object.keys(hosts).length > 0 ? { world } : { fault: 'damaged' };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isMap(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
