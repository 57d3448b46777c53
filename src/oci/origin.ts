import { type ByteString, decodeUtf8, encodeUtf8 } from '../kernel/bytes.ts';
import { chainIds } from './digest.ts';
import { withDiffIds } from './engine-config.ts';
import type { Image, ImageLayer } from './image.ts';
import type { LoadedLayer } from './load-archive.ts';

/*
 * Images out of the catalog hold less than their digests say, so an archive has them under other digests, as it must for
 * a real engine. A member of its own, which other engines pass over, says which images they are, so that they come back
 * here as what they were.
 */

/** The name of that member. */
export const originFile = 'drydock.json';

/** What an image was, by the digest of its configuration in the archive. */
export interface Origins {
  readonly [config: string]: { readonly id: string; readonly layers: readonly Omit<ImageLayer, 'chainId' | 'size'>[] };
}

/** What an image is called here. */
export function originOf({ id, layers }: Image): Origins[string] {
  return { id, layers: layers.map(({ chainId: _chain, size: _size, ...layer }) => layer) };
}

export function writeOrigins(origins: Origins): ByteString {
  return encodeUtf8(`${JSON.stringify(origins)}\n`);
}

export function readOrigins(bytes: ByteString | undefined): Origins {
  if (bytes === undefined) return {};
  try {
    return JSON.parse(decodeUtf8(bytes)) as Origins;
  } catch {
    return {};
  }
}

/** The image and its layers under the digests that they had; as they are when the record does not fit them. */
export function restored(
  image: Image,
  layers: readonly LoadedLayer[],
  origin: Origins[string] | undefined,
): { readonly image: Image; readonly layers: readonly LoadedLayer[] } {
  if (!Array.isArray(origin?.layers) || origin.layers.length !== layers.length) return { image, layers };
  const known: Origins[string]['layers'] = origin.layers;
  const chain = chainIds(known.map(({ diffId }) => diffId));
  const { document, ...plain } = image;
  const ids = known.map(({ diffId }) => diffId);
  const original = document === undefined ? undefined : withDiffIds(document, ids);
  if (original && original.digest !== origin.id) return { image, layers };
  return {
    image: {
      ...plain,
      id: origin.id,
      layers: image.layers.map(({ size }, i) => ({ ...known[i], diffId: ids[i] ?? '', chainId: chain[i] ?? '', size })),
      ...(original ? { document: original.bytes } : {}),
    },
    // made again from its files, a layer has the digest that it has in this archive
    layers: layers.map(({ recipe: _recipe, ...layer }, i) => ({ ...layer, diffId: ids[i] ?? '' })),
  };
}
