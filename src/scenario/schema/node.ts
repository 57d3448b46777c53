import type { Text } from '../text.ts';

/** Where something stands in a file, both counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** What a file holds, as a tree that knows where everything stands. */
export type Node = { readonly at: Position } & (
  | { readonly kind: 'scalar'; readonly value: string | number | boolean | null }
  | { readonly kind: 'list'; readonly items: readonly Node[] }
  | { readonly kind: 'map'; readonly entries: readonly Entry[] }
);

export interface Entry {
  readonly key: string;
  readonly at: Position;
  readonly value: Node;
}

/** Something wrong with a file. */
export interface Fault extends Position {
  readonly says: Text;
}

/** The value of a key, or undefined. */
export function valueAt(node: Node, key: string): Node | undefined {
  return node.kind === 'map' ? node.entries.find((entry) => entry.key === key)?.value : undefined;
}
