import type { DirNode } from '../../kernel/fs/node.ts';
import type { Id } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { Image, ImageLayer } from '../../oci/image.ts';
import { withStubs } from '../init-layer.ts';
import { fullReference } from '../lookup.ts';
import { engine, engineState, type LayerRecord, updateContainer } from '../state.ts';

/** Puts an image into the engine's store; `trees` are its layers folded, lowest first, one for each of `image.layers`. */
export function addImage(m: Machine, image: Image, trees: readonly DirNode[], references: readonly string[]): void {
  const state = engine(m);
  (m.draft.own(state, 'images') as { [id: string]: Image })[image.id] = image;
  const layers = m.draft.own(state, 'layers') as { [chain: string]: LayerRecord };
  image.layers.forEach((layer, i) => {
    const tree = trees[i];
    const top = i === image.layers.length - 1;
    if (tree) layers[layer.chainId] ??= top ? { tree, init: withStubs(m, tree) } : { tree };
  });
  for (const reference of references) setReference(m, fullReference(reference), image.id);
}

/** Points a full reference (`docker.io/library/alpine:latest`, or with a digest) to an image. */
export function setReference(m: Machine, reference: string, image: Id): void {
  (m.draft.own(engine(m), 'tags') as { [reference: string]: Id })[reference] = image;
}

/** Takes a full reference away; the image stays. */
export function dropReference(m: Machine, reference: string): void {
  delete (m.draft.own(engine(m), 'tags') as { [reference: string]: Id })[reference];
}

/** Takes an image out of the store with the layers that nothing else needs; returns their chain ids, the highest first. */
export function dropImage(m: Machine, image: Image): readonly Id[] {
  const state = engine(m);
  const chains = image.layers.map((layer) => layer.chainId);
  for (const { id, image: from } of Object.values(state.containers)) {
    if (from === image.id) updateContainer(m, id, { orphanedLayers: chains });
  }
  delete (m.draft.own(state, 'images') as { [id: string]: Image })[image.id];
  delete (m.draft.own(state, 'lastTagged') as { [id: string]: number })[image.id];
  return dropLayers(m, chains);
}

/** Forgets those of the layers that no image and no container needs; returns their chain ids, the highest first. */
export function dropLayers(m: Machine, chains: readonly Id[]): readonly Id[] {
  const needed = neededLayers(m);
  const free = chains.filter((chain) => !needed.has(chain)).reverse();
  const layers = m.draft.own(engine(m), 'layers') as { [chain: string]: LayerRecord };
  for (const chain of free) delete layers[chain];
  return free;
}

/** Layers of images and of containers, by chain id: a container keeps the layers that it stands on. */
function neededLayers(m: Machine): ReadonlySet<Id> {
  const { build, containers, images } = engineState(m);
  const chains = (layers: readonly ImageLayer[]) => layers.map((layer) => layer.chainId);
  return new Set([
    ...Object.values(images).flatMap(({ layers }) => chains(layers)),
    ...Object.values(containers).flatMap(({ orphanedLayers }) => orphanedLayers ?? []),
    ...Object.values(build?.records ?? {}).flatMap(({ layer, below = [] }) => (layer ? [layer.chainId, ...below] : [])),
  ]);
}

/** Bytes on disk of all layers. */
export function imageSize(image: Image): number {
  return image.layers.reduce((sum, layer) => sum + layer.size, 0);
}
