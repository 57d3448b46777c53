import { filesystem, upperLayer } from '../kernel/fs/overlay.ts';
import { treeSize } from '../kernel/fs/tree.ts';
import type { Id } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';
import { layerSize } from '../oci/layer-size.ts';

/** Bytes in a container's writable layer. */
export function upperSize(m: Machine, fs: Id): number {
  return layerSize(upperLayer(m, fs));
}

/** Bytes of everything that a container sees. */
export function fileSystemSize(m: Machine, fs: Id): number {
  return treeSize(filesystem(m, fs).root);
}
