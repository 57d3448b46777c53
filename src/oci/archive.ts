import { type ByteString, encodeUtf8 } from '../kernel/bytes.ts';
import { second, type Us } from '../kernel/json.ts';
import { chainIds, digestOfParts, hexOf } from './digest.ts';
import { legacyDescriptions, withDiffIds } from './engine-config.ts';
import type { Image } from './image.ts';
import { configDocument, type Descriptor, describe, mediaTypes, ociManifest } from './manifest.ts';
import { type Origins, originFile, originOf, writeOrigins } from './origin.ts';
import { familiarName, formatReference, parseReference } from './reference.ts';
import { memberParts, type TarEntry, tarParts } from './tar.ts';

/** An image to be saved. */
export interface SavedImage {
  readonly image: Image;
  /** Its layers' archives, lowest first: each can be asked for its bytes more than once. */
  readonly layers: readonly (() => Iterable<ByteString>)[];
  /** Full references with tags. */
  readonly references: readonly string[];
}

/** What `saveArchive` gives back. */
export interface SavedArchive {
  /** The archive in pieces, which share their bytes with the layers. */
  readonly parts: readonly ByteString[];
  /** Images whose layers hold other bytes than their recorded digests say, with the id that they have in the archive. */
  readonly rehashed: readonly { readonly from: string; readonly to: string }[];
}

interface Blob {
  readonly size: number;
  readonly parts: () => Iterable<ByteString>;
  /** Whole seconds since 1970. */
  readonly mtime: number;
}
type Blobs = Map<string, Blob>;

/**
 * The archive of `docker save` (docker-archive and OCI layout in one), with the members that Docker 28.5 writes:
 * `blobs/sha256/…`, `index.json`, `manifest.json`, `oci-layout` and, when there are tags, `repositories`. Layers are
 * hashed over the bytes that they really have here; for images that have other digests then, see origin.ts. `now` in microseconds.
 */
export function saveArchive(images: readonly SavedImage[], now: Us): SavedArchive {
  const blobs: Blobs = new Map();
  const rehashed: { from: string; to: string }[] = [];
  const index: object[] = [];
  const manifests: object[] = [];
  const repositories: { [name: string]: { [tag: string]: string } } = {};
  const origins: { [config: string]: Origins[string] } = {};
  const ids = new Set(images.map(({ image }) => image.id));
  let time = 0;
  for (const saved of images) {
    const { image, references } = saved;
    time = Math.floor(Date.parse(image.created) / 1000) || 0;
    const { descriptors, manifest, config } = putImage(blobs, saved, time);
    if (config !== image.id) {
      rehashed.push({ from: image.id, to: config });
      origins[config] = originOf(image);
    }
    if (references.length === 0) index.push(manifest);
    const tags: string[] = [];
    for (const text of references) {
      const reference = parseReference(text);
      const tag = reference.tag ?? '';
      const name = familiarName(reference);
      tags.push(`${name}:${tag}`);
      index.push({
        ...manifest,
        annotations: {
          'io.containerd.image.name': formatReference(reference),
          'org.opencontainers.image.ref.name': tag,
        },
      });
      const top = descriptors.at(-1);
      repositories[name] = sorted({ ...repositories[name], ...(top ? { [tag]: hexOf(top.digest) } : {}) });
    }
    manifests.push({
      Config: blobPath(config),
      RepoTags: tags.length > 0 ? tags : null,
      Layers: descriptors.map(({ digest }) => blobPath(digest)),
      ...(image.parent !== undefined && ids.has(image.parent) ? { Parent: image.parent } : {}),
      LayerSources: sorted(
        Object.fromEntries(descriptors.map(({ mediaType, digest, size }) => [digest, { mediaType, size, digest }])),
      ),
    });
  }
  const files: [path: string, text: string][] = [
    ['index.json', JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests: index })],
    ['manifest.json', `${JSON.stringify(manifests)}\n`],
    ['oci-layout', '{"imageLayoutVersion": "1.0.0"}'],
  ];
  if (Object.keys(repositories).length > 0) {
    files.push(['repositories', `${JSON.stringify(sorted(repositories))}\n`]);
  }
  if (rehashed.length > 0) files.push([originFile, writeOrigins(origins)]);
  const times = [time, Math.floor(now / second)] as const;
  return { parts: [...archiveParts(blobs, files, times)], rehashed };
}

/** Puts an image's blobs in place; gives the descriptors of its layers and of its manifest, and its id. */
function putImage(
  blobs: Blobs,
  { image, layers }: SavedImage,
  mtime: number,
): { readonly descriptors: readonly Descriptor[]; readonly manifest: object; readonly config: string } {
  // what another image has put there stays as it is
  const keep = (hex: string, blob: Blob): void => {
    if (!blobs.has(hex)) blobs.set(hex, blob);
  };
  const descriptors = layers.map((parts): Descriptor => {
    const { digest, size } = digestOfParts(parts());
    keep(hexOf(digest), { size, parts, mtime });
    return { mediaType: mediaTypes.ociLayer, digest, size };
  });
  const digests = descriptors.map(({ digest }) => digest);
  const config = documentFor(image, digests);
  const put = ({ digest, bytes }: { digest: string; bytes: ByteString }, time: number): void => {
    keep(hexOf(digest), { size: bytes.length, parts: () => [bytes], mtime: time });
  };
  put(config, mtime);
  for (const description of legacyDescriptions(config.bytes, chainIds(digests))) put(description, mtime);
  const manifest = ociManifest(describe(mediaTypes.ociConfig, config), descriptors);
  put(manifest, 0);
  const { digest, bytes } = manifest;
  return {
    descriptors,
    manifest: { mediaType: mediaTypes.ociManifest, digest, size: bytes.length },
    config: config.digest,
  };
}

/** An image's configuration for the layers as they are. */
function documentFor(image: Image, digests: readonly string[]) {
  if (image.document === undefined) return configDocument(image, digests);
  const same = image.layers.length === digests.length && image.layers.every(({ diffId }, i) => diffId === digests[i]);
  return same
    ? { bytes: image.document, digest: image.id as `sha256:${string}` }
    : withDiffIds(image.document, digests);
}

function sorted<T>(record: { readonly [key: string]: T }): { [key: string]: T } {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function blobPath(digest: string): string {
  return `blobs/sha256/${hexOf(digest)}`;
}

function* archiveParts(
  blobs: Blobs,
  files: readonly (readonly [path: string, text: string])[],
  times: readonly [folder: number, blobs: number],
): Generator<ByteString> {
  const plain = { uid: 0, gid: 0, mtime: 0, data: '', target: '', major: 0, minor: 0 };
  const file = (path: string, time: number): TarEntry => ({ ...plain, path, type: 'file', mode: 0o644, mtime: time });
  for (const [i, path] of ['blobs', 'blobs/sha256'].entries()) {
    const folder: TarEntry = { ...plain, path, type: 'dir', mode: 0o755, mtime: times[i] ?? 0 };
    yield* memberParts(folder, { size: 0, parts: [] });
  }
  for (const hex of [...blobs.keys()].sort()) {
    const blob = blobs.get(hex);
    if (!blob) continue;
    const { size, parts } = blob;
    yield* memberParts(file(`blobs/sha256/${hex}`, blob.mtime), { size, parts: parts() });
  }
  for (const [path, text] of files) {
    const data = encodeUtf8(text);
    yield* memberParts(file(path, 0), { size: data.length, parts: [data] });
  }
  yield* tarParts([]);
}
