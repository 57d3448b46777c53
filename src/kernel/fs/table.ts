import { encodeUtf8 } from '../bytes.ts';
import type { Errno } from '../errno.ts';
import type { Machine } from '../machine.ts';
import type { Process } from '../state.ts';
import type { GeneratedNode } from './generated.ts';
import type { Meta } from './node.ts';

/** A file of a table: its text, what a write does, its mode (default: readable, and writable when it has `write`). */
export interface Leaf<C> {
  readonly mode?: number;
  read?(c: C): string | Errno;
  write?(c: C, text: string): Errno | undefined;
  /** A symbolic link to this path instead. */
  link?(c: C): string;
}

/** Paths without a leading slash to files; directories follow from the paths. A key that ends with `/` is an empty one. */
export type Table<C> = { readonly [path: string]: Leaf<C> };

/** Who looks, and what at: the context of most tables. */
export interface Look {
  readonly m: Machine;
  /** The process that looks; undefined for the kernel itself. */
  readonly viewer: Process | undefined;
}

/** The node of a table at `path` (no leading slash; empty: its root). */
export function tableNode<C>(table: Table<C>, path: string, c: C, meta: Meta): GeneratedNode | undefined {
  const leaf = Object.hasOwn(table, path) ? table[path] : undefined;
  if (leaf) return leafNode(leaf, c, meta);
  const names = namesIn(table, path);
  if (names.length === 0 && !Object.hasOwn(table, `${path}/`)) return undefined;
  return { t: 'gdir', ...meta, mode: 0o555, names: () => names };
}

function leafNode<C>(leaf: Leaf<C>, c: C, meta: Meta): GeneratedNode {
  if (leaf.link) return { t: 'link', ...meta, mode: 0o777, target: leaf.link(c) };
  const mode = leaf.mode ?? (leaf.read ? 0o444 : 0) | (leaf.write ? 0o200 : 0);
  return {
    t: 'gfile',
    ...meta,
    mode,
    ...(leaf.read
      ? {
          read: () => {
            const text = leaf.read?.(c) ?? '';
            return typeof text === 'string' ? encodeUtf8(text) : text;
          },
        }
      : {}),
    ...(leaf.write ? { write: (text: string) => leaf.write?.(c, text) } : {}),
  };
}

/** The directories of each table that was looked into, with their names: tables do not change. */
const folders = new WeakMap<object, ReadonlyMap<string, readonly string[]>>();

/** The names directly in a directory of the table. */
export function namesIn<C>(table: Table<C>, dir: string): readonly string[] {
  let known = folders.get(table);
  if (!known) {
    known = foldersOf(Object.keys(table));
    folders.set(table, known);
  }
  return known.get(dir) ?? [];
}

function foldersOf(paths: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const path of paths) {
    let dir = '';
    for (const name of path.split('/')) {
      const names = found.get(dir);
      if (!names) found.set(dir, name === '' ? [] : [name]);
      else if (name !== '' && !names.includes(name)) names.push(name);
      dir = dir === '' ? name : `${dir}/${name}`;
    }
  }
  return found;
}

/** A file that always says the same. */
export function fixed<C>(text: string, mode = 0o444): Leaf<C> {
  return { mode, read: () => text };
}
