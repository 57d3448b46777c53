import type { ByteString } from '../../kernel/bytes.ts';
import { diff } from '../../kernel/fs/layers.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { Image } from '../../oci/image.ts';
import { layerParts } from '../../oci/layer-archive.ts';
import { cook } from '../../oci/recipe.ts';
import { engineState } from '../state.ts';

/** The archives of an image's layers, lowest first, each to be asked for its bytes. */
export function layerArchives(m: Machine, image: Image): readonly (() => Iterable<ByteString>)[] {
  const { layers: store } = engineState(m);
  return image.layers.map(({ chainId }, i) => () => {
    const record = store[chainId];
    if (!record) throw new Error(`layer ${chainId} of ${image.id} is missing`);
    const again = record.recipe && cook(record.recipe, record.tree);
    if (again) return again;
    const below = store[image.layers[i - 1]?.chainId ?? '']?.tree;
    return layerParts(below ? diff(below, record.tree) : record.tree);
  });
}
