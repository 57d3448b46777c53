import { type Change, changes } from '../../kernel/fs/layers.ts';
import type { DirNode } from '../../kernel/fs/node.ts';
import { fileSize, lookup, treeSize } from '../../kernel/fs/tree.ts';
import type { Machine } from '../../kernel/machine.ts';
import { findImage } from '../lookup.ts';
import { engineState } from '../state.ts';
import { familiar, isDigestReference, referencesOf } from './references.ts';
import { imageSize } from './store.ts';

/** A file of a layer and its size in bytes. */
export interface SizedPath {
  readonly path: string;
  readonly bytes: number;
}

/** One row of an image's history: an instruction, and the layer that it made, if it made one. */
export interface StackRow {
  readonly instruction: string;
  readonly layer?: StackLayer;
}

export interface StackLayer {
  readonly diffId: string;
  /** Bytes on disk. */
  readonly size: number;
  readonly added: number;
  readonly changed: number;
  /** What it deletes of the layers below (whiteouts), and the bytes that stay in those all the same. */
  readonly hidden: readonly SizedPath[];
  /** The largest files that it brings. */
  readonly largest: readonly SizedPath[];
  /** Its files are a few that stand in for those of the real image: their sizes are made up. */
  readonly standIn: boolean;
  /** Other images that stand on the same layer. */
  readonly sharedWith: readonly string[];
}

/** An image as its layers, the lowest first. */
export interface ImageStack {
  readonly name: string;
  readonly id: string;
  readonly size: number;
  readonly rows: readonly StackRow[];
  /** Bytes in layers that other images share, and bytes that upper layers hide. */
  readonly shared: number;
  readonly hidden: number;
}

const shownFiles = 3;
const noFiles: DirNode = { t: 'dir', mode: 0o755, uid: 0, gid: 0, mtime: 0, entries: {} };

/** What is in each layer of an image. Throws `no-such-image`. */
export function imageStack(m: Machine, reference: string): ImageStack {
  const image = findImage(m, reference);
  const { layers: store } = engineState(m);
  let index = 0;
  let below = noFiles;
  const rows = image.history.map(({ createdBy, emptyLayer }): StackRow => {
    const layer = emptyLayer ? undefined : image.layers[index++];
    const tree = layer && store[layer.chainId]?.tree;
    if (!layer || !tree) return { instruction: createdBy };
    const found = contents(below, tree);
    below = tree;
    const { diffId, size, chainId } = layer;
    return { instruction: createdBy, layer: { diffId, size, ...found, sharedWith: users(m, chainId, image.id) } };
  });
  const own = rows.flatMap(({ layer }) => layer ?? []);
  const sum = (pick: (layer: StackLayer) => number) => own.reduce((total, layer) => total + pick(layer), 0);
  const tag = referencesOf(m, image.id).find((name) => !isDigestReference(name));
  return {
    name: tag === undefined ? reference : familiar(tag),
    id: image.id,
    size: imageSize(image),
    rows,
    shared: sum((layer) => (layer.sharedWith.length > 0 ? layer.size : 0)),
    hidden: sum((layer) => layer.hidden.reduce((total, { bytes }) => total + bytes, 0)),
  };
}

function contents(
  below: DirNode,
  tree: DirNode,
): Pick<StackLayer, 'added' | 'changed' | 'hidden' | 'largest' | 'standIn'> {
  const found = changes(below, tree);
  const files = (kind: Change['kind']) =>
    found.filter((change) => change.kind === kind && lookup(tree, change.path)?.t !== 'dir');
  const added = files('A');
  const changed = files('C');
  const sized = [...added, ...changed].map(({ path }) => ({ path, bytes: bytesAt(tree, path) }));
  return {
    standIn: [...added, ...changed].some(({ path }) => declares(tree, path)),
    added: added.length,
    changed: changed.length,
    hidden: found
      .filter(({ kind }) => kind === 'D')
      .map(({ path }) => ({ path, bytes: bytesAt(below, path) }))
      .concat(changed.map(({ path }) => ({ path, bytes: bytesAt(below, path) })).filter(({ bytes }) => bytes > 0)),
    largest: sized.sort((a, b) => b.bytes - a.bytes).slice(0, shownFiles),
  };
}

/** Does a file say that it is larger than what is stored of it? Those of catalog images do. */
function declares(tree: DirNode, path: string): boolean {
  const node = lookup(tree, path);
  return node?.t === 'file' && fileSize(node) > node.data.length;
}

function bytesAt(tree: DirNode, path: string): number {
  const node = lookup(tree, path);
  if (!node) return 0;
  return node.t === 'file' ? fileSize(node) : node.t === 'dir' ? treeSize(node) : 0;
}

/** Names of the other images that have a layer of this chain. */
function users(m: Machine, chainId: string, self: string): readonly string[] {
  const others = Object.values(engineState(m).images).filter(
    ({ id, layers }) => id !== self && layers.some((layer) => layer.chainId === chainId),
  );
  return others.map(({ id }) => {
    const tag = referencesOf(m, id).find((name) => !isDigestReference(name));
    return tag === undefined ? id.slice(7, 19) : familiar(tag);
  });
}
