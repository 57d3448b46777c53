import type { Vertex } from '../../builder/graph/vertex.ts';
import { diff, foldOnto } from '../../kernel/fs/layers.ts';
import type { DirNode, FileNode } from '../../kernel/fs/node.ts';
import { treeSize } from '../../kernel/fs/tree.ts';
import type { Rec } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { digestOf, digestOfParts } from '../../oci/digest.ts';
import { layerParts } from '../../oci/layer-archive.ts';
import { step } from '../step.ts';
import { originsOf } from './origins.ts';
import { keepLayer, saveRecord, topLayer } from './records.ts';
import { keepPointed } from './run/mount-points.ts';
import { settingsOf } from './settings.ts';
import { type BuildJob, buildState } from './state.ts';
import { markOf } from './story.ts';

/**
 * What a step has done to `base`, as a layer: its archive's digest is computed over the real bytes. The result is kept in
 * the cache under the step's key.
 */
export function commitLayer(
  m: Machine,
  job: BuildJob,
  vertex: Vertex,
  base: DirNode,
  after: {
    readonly tree: DirNode;
    readonly inodes?: Rec<FileNode> /** What `base` was mounted as. */;
    readonly from?: DirNode;
  },
): void {
  const { op } = vertex;
  const layer = diff(after.from ?? base, after.tree, after.inodes);
  const { sha256 } = m.software;
  const parts = layerParts(layer);
  const diffId = sha256 ? `sha256:${sha256(parts)}` : digestOfParts(parts).digest;
  const { steps } = buildState(m).jobs[job.id] ?? job;
  const parentKey = 'base' in op && op.base !== null ? steps[op.base]?.key : undefined;
  const parent = topLayer(m, parentKey);
  const chainId = parent ? digestOf(`${parent.chainId} ${diffId}`) : diffId;
  const size = treeSize(layer);
  // usually the files as they are now are the base with the layer on it: a folder of a thousand files is not copied again
  const simple = Object.keys(after.inodes ?? {}).length === 0 && !hasOpaque(layer);
  const tree = simple && (after.from ?? base) === base ? after.tree : foldOnto(base, layer);
  if (simple && tree !== after.tree) keepPointed(tree, after.tree);
  keepLayer(m, chainId, tree);
  const settings = settingsOf(vertex);
  const { sources } = steps[vertex.digest] ?? {};
  saveRecord(m, {
    key: steps[vertex.digest]?.key ?? vertex.digest,
    kind: 'layer',
    title: vertex.name,
    ...(op.kind === 'run' ? { description: `mount / from exec ${op.argv.join(' ')}` } : {}),
    layer: { chainId, diffId, size },
    ...(parentKey === undefined ? {} : { parent: parentKey }),
    ...(sources ? { sources } : {}),
    ...(settings ? { settings } : {}),
    origins: originsOf(job, vertex.name),
    build: markOf(job),
  });
  step(m, 'buildkit', 'build-layer', { step: vertex.name, layer: diffId, bytes: size, files: countFiles(layer) });
}

function hasOpaque(dir: DirNode): boolean {
  return dir.opaque === true || Object.values(dir.entries).some((node) => node.t === 'dir' && hasOpaque(node));
}

function countFiles(dir: DirNode): number {
  let count = 0;
  for (const node of Object.values(dir.entries)) count += node.t === 'dir' ? countFiles(node) : 1;
  return count;
}
