import type { TreeNode } from '../kernel/fs/node.ts';
import { filesystem, upperLayer } from '../kernel/fs/overlay.ts';
import { treeSize } from '../kernel/fs/tree.ts';
import type { Id } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';

/** Bytes in a container's writable layer; a file with several names counts once. */
export function upperSize(m: Machine, fs: Id): number {
  return layerSize(upperLayer(m, fs), new Set());
}

/** A layer has hard links as one object under several names. */
function layerSize(node: TreeNode, seen: Set<TreeNode>): number {
  if (node.t !== 'dir') {
    if (seen.has(node)) return 0;
    seen.add(node);
    return treeSize(node);
  }
  return Object.values(node.entries).reduce((sum, child) => sum + layerSize(child, seen), 0);
}

/** Bytes of everything that a container sees. */
export function fileSystemSize(m: Machine, fs: Id): number {
  return treeSize(filesystem(m, fs).root);
}
