import type { Machine } from '../../kernel/machine.ts';
import type { Image } from '../../oci/image.ts';
import type { LoadedLayer } from '../../oci/load-archive.ts';
import { engine, engineState, type LayerRecord } from '../state.ts';
import { addImage } from './store.ts';

/** Puts an image and its layers into the store, with what is needed to write their archives again. */
export function addLayers(m: Machine, image: Image, loaded: readonly LoadedLayer[]): void {
  const there = image.layers.map(({ chainId }) => Object.hasOwn(engineState(m).layers, chainId));
  addImage(
    m,
    there.includes(true) ? asKnown(m, image) : image,
    loaded.map(({ tree }) => tree),
    [],
  );
  const records = m.draft.own(engine(m), 'layers') as { [chain: string]: LayerRecord };
  image.layers.forEach(({ chainId }, i) => {
    const { recipe } = loaded[i] ?? {};
    const record = records[chainId];
    if (!there[i] && recipe && record) records[chainId] = { ...record, recipe };
  });
}

/** The image with the sizes that the engine has already for layers of other images: a layer has one size. */
function asKnown(m: Machine, image: Image): Image {
  const sizes = new Map(
    Object.values(engineState(m).images).flatMap(({ layers }) =>
      layers.map((each) => [each.chainId, each.size] as const),
    ),
  );
  return { ...image, layers: image.layers.map((each) => ({ ...each, size: sizes.get(each.chainId) ?? each.size })) };
}
