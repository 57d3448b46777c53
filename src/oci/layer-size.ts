import { encodeUtf8 } from '../kernel/bytes.ts';
import type { DirNode, TreeNode } from '../kernel/fs/node.ts';
import { entry, fileSize } from '../kernel/fs/tree.ts';

/**
 * Bytes that a layer takes on disk as the engine counts them: files (several names of one only once) and the targets of
 * symbolic links (moby's pkg/directory sums up what lstat says of everything but directories).
 */
export function layerSize(layer: DirNode, seen: Set<TreeNode> = new Set()): number {
  let sum = 0;
  for (const name of Object.keys(layer.entries)) {
    const node = entry(layer, name);
    if (!node || seen.has(node)) continue;
    if (node.t === 'dir') sum += layerSize(node, seen);
    else if (node.t === 'link') sum += encodeUtf8(node.target).length;
    else if (node.t === 'file') {
      seen.add(node);
      sum += fileSize(node);
    }
  }
  return sum;
}
