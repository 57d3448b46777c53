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

/** Bytes of an archive around a small file. */
const tarBlocks = 1024;
/** The computer's own hash is faster, but takes a while to load: it pays from so many bytes on. */
const worthLoading = 65_536;

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
  const size = treeSize(layer);
  const files = countFiles(layer);
  const diffId = diffIdOf(m, layer, size + files * tarBlocks);
  const { steps } = buildState(m).jobs[job.id] ?? job;
  const parentKey = 'base' in op && op.base !== null ? steps[op.base]?.key : undefined;
  const parent = topLayer(m, parentKey);
  const chainId = parent ? digestOf(`${parent.chainId} ${diffId}`) : diffId;
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
  step(m, 'buildkit', 'build-layer', { step: vertex.name, layer: diffId, bytes: size, files });
}

/** Of a layer without files: many steps leave none. */
let emptyId: string | undefined;

/** The digest of a layer's archive of about so many bytes. */
function diffIdOf(m: Machine, layer: DirNode, bytes: number): string {
  const { sha256 } = m.software;
  if (sha256 && bytes > worthLoading) return `sha256:${sha256(layerParts(layer))}`;
  if (layer.opaque || Object.keys(layer.entries).length > 0) return digestOfParts(layerParts(layer)).digest;
  emptyId ??= digestOfParts(layerParts(layer)).digest;
  return emptyId;
}

function hasOpaque(dir: DirNode): boolean {
  return dir.opaque === true || Object.values(dir.entries).some((node) => node.t === 'dir' && hasOpaque(node));
}

function countFiles(dir: DirNode): number {
  let count = 0;
  for (const node of Object.values(dir.entries)) count += node.t === 'dir' ? countFiles(node) : 1;
  return count;
}
