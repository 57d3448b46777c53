import type { Id, Json } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { Image } from '../../oci/image.ts';
import type { ApiResponse, ImageSummary } from '../api.ts';
import { callBuilder } from '../build/entry.ts';
import { containerSummaries } from '../containers/list.ts';
import { imageSummaries } from '../images/list.ts';
import { engineState } from '../state.ts';
import { step } from '../step.ts';
import { volumeJson } from '../volumes/calls.ts';
import { volumeSize, volumes } from '../volumes/store.ts';

/** The sizes of the layers of all images, each counted once, and how many images stand on each. */
export interface LayerUse {
  /** By chain id: bytes on disk, and the images that have it. */
  readonly layers: ReadonlyMap<Id, { readonly bytes: number; readonly images: number }>;
  readonly total: number;
}

/** What the layers of all images take on the disk. */
export function layerUse(images: readonly Image[]): LayerUse {
  const layers = new Map<Id, { bytes: number; images: number }>();
  let total = 0;
  for (const { chainId, size } of images.flatMap((image) => image.layers)) {
    const known = layers.get(chainId);
    if (!known) total += size;
    layers.set(chainId, { bytes: size, images: (known?.images ?? 0) + 1 });
  }
  return { layers, total };
}

/** Bytes of an image that other images have too. */
export function sharedBytes(image: Image, use: LayerUse): number {
  const shared = image.layers.filter(({ chainId }) => (use.layers.get(chainId)?.images ?? 0) > 1);
  return shared.reduce((sum, { size }) => sum + size, 0);
}

/** GET /system/df: what images, containers, volumes and the builder's cache take on the disk. */
export function diskUsage(m: Machine): ApiResponse {
  const { images } = engineState(m);
  const use = layerUse(Object.values(images));
  const listed = imageSummaries(m, {}) as unknown as readonly ImageSummary[];
  const withShares = listed.map((summary) => {
    const image = images[summary.Id];
    return { ...summary, SharedSize: image ? sharedBytes(image, use) : -1 };
  });
  const containers = containerSummaries(m);
  const cache = (callBuilder(m, 0, { call: 'DiskUsage' }) as { readonly reply: { readonly body: readonly Json[] } })
    .reply.body;
  step(m, 'dockerd', 'disk-usage', {
    images: listed.length,
    layers: use.layers.size,
    bytes: use.total,
    counted: listed.reduce((sum, { Size }) => sum + Size, 0),
  });
  const body = {
    LayersSize: use.total,
    Images: withShares as unknown as Json,
    Containers: containers,
    Volumes: volumesWithUse(m),
    BuildCache: cache,
  };
  return { status: 200, body };
}

/** Volumes with their sizes, and how many containers have each. */
function volumesWithUse(m: Machine): readonly Json[] {
  const users = new Map<string, number>();
  for (const { mounts = [] } of Object.values(engineState(m).containers)) {
    const names = new Set(mounts.flatMap(({ name, type }) => (type === 'volume' && name !== undefined ? [name] : [])));
    for (const name of names) users.set(name, (users.get(name) ?? 0) + 1);
  }
  return Object.values(volumes(m)).map((volume) => ({
    ...volumeJson(volume),
    UsageData: { RefCount: users.get(volume.name) ?? 0, Size: volumeSize(m, volume.name) },
  }));
}
