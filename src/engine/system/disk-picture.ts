import type { Machine } from '../../kernel/machine.ts';
import { buildState } from '../build/state.ts';
import { familiar, isDigestReference, referencesOf } from '../images/references.ts';
import { imageSize } from '../images/store.ts';
import { imageUsers } from '../images/users.ts';
import { upperSize } from '../sizes.ts';
import { engineState } from '../state.ts';
import { usersOf, volumeSize, volumes } from '../volumes/store.ts';
import { layerUse, sharedBytes } from './disk-usage.ts';

/** What lies on an engine's disk, in bytes, and what would be counted twice by adding up the sizes of images. */
export interface DiskPicture {
  /** Each layer once; and the sizes of all images added up. */
  readonly layersBytes: number;
  readonly counted: number;
  /** Layers that several images have, the largest first. */
  readonly shared: readonly { readonly layer: string; readonly bytes: number; readonly images: readonly string[] }[];
  readonly images: readonly {
    readonly name: string;
    readonly bytes: number;
    readonly shared: number;
    readonly containers: number;
  }[];
  /** Writable layers and logs of containers. */
  readonly containers: readonly {
    readonly name: string;
    readonly running: boolean;
    readonly written: number;
    readonly log: number;
  }[];
  readonly volumes: readonly { readonly name: string; readonly bytes: number; readonly users: readonly string[] }[];
  /** Of what builds have kept: how many pieces, bytes that only they have, bytes that images have as well. */
  readonly cache: { readonly records: number; readonly own: number; readonly shared: number };
}

/** What takes space on a host's engine. */
export function diskPicture(m: Machine): DiskPicture {
  const { containers, images, logs } = engineState(m);
  const all = Object.values(images);
  const use = layerUse(all);
  const names = new Map(all.map(({ id }) => [id, nameOf(m, id)]));
  const shared = new Map<string, { layer: string; bytes: number; images: string[] }>();
  for (const image of all) {
    for (const { chainId, diffId, size } of image.layers) {
      if ((use.layers.get(chainId)?.images ?? 0) < 2) continue;
      const known = shared.get(chainId) ?? { layer: diffId, bytes: size, images: [] };
      known.images.push(names.get(image.id) ?? '');
      shared.set(chainId, known);
    }
  }
  const users = imageUsers(m);
  return {
    layersBytes: use.total,
    counted: all.reduce((sum, image) => sum + imageSize(image), 0),
    shared: [...shared.values()].sort((a, b) => b.bytes - a.bytes),
    images: all
      .map((image) => ({
        name: names.get(image.id) ?? '',
        bytes: imageSize(image),
        shared: sharedBytes(image, use),
        containers: users[image.id] ?? 0,
      }))
      .sort((a, b) => b.bytes - a.bytes),
    containers: Object.values(containers).map(({ fs, id, name, state }) => ({
      name,
      running: ['running', 'paused', 'restarting'].includes(state.status),
      written: upperSize(m, fs),
      log: logs[id]?.bytes ?? 0,
    })),
    volumes: Object.values(volumes(m)).map(({ name }) => ({
      name,
      bytes: volumeSize(m, name),
      users: usersOf(m, name).map((container) => container.name),
    })),
    cache: cachePicture(m, new Set(use.layers.keys())),
  };
}

function nameOf(m: Machine, id: string): string {
  const tag = referencesOf(m, id).find((reference) => !isDigestReference(reference));
  return tag === undefined ? id.slice(7, 19) : familiar(tag);
}

function cachePicture(m: Machine, needed: ReadonlySet<string>): DiskPicture['cache'] {
  const records = Object.values(buildState(m).records);
  let own = 0;
  let shared = 0;
  for (const { layer } of records) {
    if (layer && needed.has(layer.chainId)) shared += layer.size;
    else own += layer?.size ?? 0;
  }
  return { records: records.length, own, shared };
}
