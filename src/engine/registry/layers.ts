import { diff } from '../../kernel/fs/layers.ts';
import type { DirNode } from '../../kernel/fs/node.ts';
import type { Id } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { digestOf } from '../../oci/digest.ts';
import { gzip } from '../../oci/gzip.ts';
import type { Image } from '../../oci/image.ts';
import { layerToTar } from '../../oci/layer-archive.ts';
import { configDocument, type Document, dockerManifest, mediaTypes } from '../../oci/manifest.ts';
import type { Blob } from '../../registry/registry.ts';
import { engine, engineState } from '../state.ts';
import { knownBlob } from './sources.ts';

const nothing: DirNode = { t: 'dir', mode: 0o755, uid: 0, gid: 0, mtime: 0, entries: {} };

/** The files of one layer of an image: what differs from those below it. */
function layerTree(m: Machine, image: Image, index: number): DirNode {
  const { layers } = engineState(m);
  const below = index === 0 ? nothing : (layers[image.layers[index - 1]?.chainId ?? '']?.tree ?? nothing);
  const own = layers[image.layers[index]?.chainId ?? '']?.tree ?? nothing;
  return diff(below, own);
}

/**
 * The image with the compressed blob of each layer known. Those that came from a registry have kept it; of those that were
 * made here the archive is packed, and the digest is that of these bytes. The image is kept that way.
 */
export function withBlobs(m: Machine, image: Image): Image {
  if (image.layers.every(({ blob }) => blob !== undefined)) return image;
  const layers = image.layers.map((layer, i) => {
    const known = knownBlob(m, layer);
    if (known) return { ...layer, blob: known };
    const bytes = gzip(layerToTar(layerTree(m, image, i)));
    return { ...layer, blob: { digest: digestOf(bytes), size: bytes.length } };
  });
  const packed = { ...image, layers };
  (m.draft.own(engine(m), 'images') as { [id: string]: Image })[image.id] = packed;
  return packed;
}

/** The configuration of an image as a registry gets it. Of catalog images only the digest is recorded: these bytes are made. */
function configBytes(image: Image): string {
  const diffIds = image.layers.map(({ diffId }) => diffId);
  return image.document ?? configDocument(image, diffIds).bytes;
}

/** The manifest that `docker push` sends for an image whose blobs are known. */
export function manifestFor(image: Image): Document {
  const config = { mediaType: mediaTypes.dockerConfig, size: configBytes(image).length, digest: image.id };
  const layers = image.layers.map(({ blob }) => ({
    mediaType: mediaTypes.dockerLayer,
    size: blob?.size ?? 0,
    digest: blob?.digest ?? '',
  }));
  return dockerManifest(config, layers);
}

/** All that a registry needs for an image besides its manifest, by digest. */
export function blobsFor(m: Machine, image: Image): readonly (readonly [digest: Id, blob: Blob])[] {
  const bytes = configBytes(image);
  const config: Blob = { mediaType: mediaTypes.dockerConfig, size: bytes.length, bytes };
  return [
    [image.id, config],
    ...image.layers.map(({ diffId, size, blob }, i): readonly [Id, Blob] => [
      blob?.digest ?? '',
      {
        mediaType: mediaTypes.dockerLayer,
        size: blob?.size ?? 0,
        layer: { diffId, diskSize: size, tree: layerTree(m, image, i) },
      },
    ]),
  ];
}
