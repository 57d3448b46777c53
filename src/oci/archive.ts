import { type ByteString, decodeUtf8, encodeUtf8 } from '../kernel/bytes.ts';
import type { DirNode } from '../kernel/fs/node.ts';
import { treeSize } from '../kernel/fs/tree.ts';
import { second, type Us } from '../kernel/json.ts';
import { digestOf, hexOf } from './digest.ts';
import type { Image } from './image.ts';
import { layerToTar, tarToLayer } from './layer-archive.ts';
import { configDocument, describe, imageOf, jsonDocument, mediaTypes, ociManifest } from './manifest.ts';
import { familiarName, formatReference, parseReference } from './reference.ts';
import { readTar, type TarEntry, writeTar } from './tar.ts';

/** An image to be saved: `layers` are its single layers (not folded), lowest first; `references` with tags. */
export interface SavedImage {
  readonly image: Image;
  readonly layers: readonly DirNode[];
  readonly references: readonly string[];
}

/** What `saveArchive` gives back. */
export interface SavedArchive {
  readonly tar: ByteString;
  /** Images whose layers hold other bytes than their recorded digests say, with the id that they have in the archive. */
  readonly rehashed: readonly { readonly from: string; readonly to: string }[];
}

type Blobs = Map<string, ByteString>;

/**
 * The archive of `docker save` (docker-archive and OCI layout in one): `blobs/sha256/…`, `index.json`, `manifest.json`,
 * `oci-layout` and, when there are tags, `repositories`. Layers are hashed over the bytes that they really have here.
 * `now` (µs) is the time of the members that describe all the images.
 */
export function saveArchive(images: readonly SavedImage[], now: Us): SavedArchive {
  const blobs: Blobs = new Map();
  const rehashed: { from: string; to: string }[] = [];
  const index: object[] = [];
  const manifests: object[] = [];
  const repositories: { [name: string]: { [tag: string]: string } } = {};
  for (const { image, layers, references } of images) {
    const stored = layers.map((layer) => put(blobs, layerToTar(layer)));
    const config = configDocument(
      image,
      stored.map(({ digest }) => digest),
    );
    if (config.digest !== image.id) rehashed.push({ from: image.id, to: config.digest });
    blobs.set(hexOf(config.digest), config.bytes);
    const descriptors = stored.map(({ digest, size }) => ({ mediaType: mediaTypes.ociLayer, digest, size }));
    const manifest = ociManifest(describe(mediaTypes.ociConfig, config), descriptors);
    blobs.set(hexOf(manifest.digest), manifest.bytes);
    const about = { mediaType: mediaTypes.ociManifest, digest: manifest.digest, size: manifest.bytes.length };
    if (references.length === 0) index.push(about);
    const tags: string[] = [];
    for (const text of references) {
      const reference = parseReference(text);
      const tag = reference.tag ?? '';
      const name = familiarName(reference);
      tags.push(`${name}:${tag}`);
      index.push({
        ...about,
        annotations: {
          'io.containerd.image.name': formatReference(reference),
          'org.opencontainers.image.ref.name': tag,
        },
      });
      const top = descriptors.at(-1);
      repositories[name] = { ...repositories[name], ...(top ? { [tag]: hexOf(top.digest) } : {}) };
    }
    manifests.push({
      Config: blobPath(config.digest),
      RepoTags: tags.length > 0 ? tags : null,
      Layers: descriptors.map(({ digest }) => blobPath(digest)),
      LayerSources: Object.fromEntries(
        descriptors.map(({ mediaType, digest, size }) => [digest, { mediaType, size, digest }]),
      ),
    });
  }
  const files: [path: string, bytes: ByteString][] = [
    ['index.json', encodeUtf8(JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests: index }))],
    ['manifest.json', `${encodeUtf8(JSON.stringify(manifests))}\n`],
    ['oci-layout', jsonDocument({ imageLayoutVersion: '1.0.0' }).bytes],
  ];
  if (Object.keys(repositories).length > 0) {
    files.push(['repositories', `${encodeUtf8(JSON.stringify(repositories))}\n`]);
  }
  return { tar: writeTar(members(blobs, files, Math.floor(now / second))), rehashed };
}

function put(blobs: Blobs, bytes: ByteString): { digest: string; size: number } {
  const digest = digestOf(bytes);
  blobs.set(hexOf(digest), bytes);
  return { digest, size: bytes.length };
}

function blobPath(digest: string): string {
  return `blobs/sha256/${hexOf(digest)}`;
}

function* members(blobs: Blobs, files: readonly [string, ByteString][], mtime: number): Generator<TarEntry> {
  const plain = { uid: 0, gid: 0, mtime, data: '', target: '', major: 0, minor: 0 };
  yield { ...plain, path: 'blobs', type: 'dir', mode: 0o755 };
  yield { ...plain, path: 'blobs/sha256', type: 'dir', mode: 0o755 };
  const file = (path: string, data: ByteString): TarEntry => ({ ...plain, path, type: 'file', mode: 0o644, data });
  for (const hex of [...blobs.keys()].sort()) yield file(`blobs/sha256/${hex}`, blobs.get(hex) ?? '');
  for (const [path, data] of files) yield file(path, data);
}

/** An image out of an archive: single layers, lowest first, and the names that it had (familiar, with tag). */
export interface LoadedImage {
  readonly image: Image;
  readonly layers: readonly DirNode[];
  readonly references: readonly string[];
}

/** Why an archive of images cannot be loaded; the message is the engine's. */
export class InvalidArchive extends Error {
  override readonly name = 'InvalidArchive';
}

/**
 * The images in an archive of `docker save`, old (`ID/layer.tar`) or new. Throws TarError for what is no archive,
 * InvalidArchive or InvalidConfig for one without images.
 */
export function loadArchive(tar: ByteString): readonly LoadedImage[] {
  const files = new Map<string, ByteString>();
  const links: TarEntry[] = [];
  for (const entry of readTar(tar)) {
    const path = entry.path.replace(/^\.\//, '');
    if (entry.type === 'file') files.set(path, entry.data);
    else if (entry.type === 'link') links.push({ ...entry, path });
  }
  // old archives link a layer that several images have
  for (const { path, target } of links) {
    const data = files.get(resolve(path, target));
    if (data !== undefined) files.set(path, data);
  }
  const manifest = files.get('manifest.json');
  if (manifest === undefined) throw new InvalidArchive('invalid archive: does not contain a manifest.json');
  return readManifests(manifest).map(({ config, layers, references }) => {
    const trees = layers.map((path) => tarToLayer(read(files, path)));
    const image = imageOf(read(files, config), trees.map(layerSize));
    image.layers.forEach(({ diffId }, i) => {
      const actual = digestOf(read(files, layers[i] ?? ''));
      if (actual !== diffId)
        throw new InvalidArchive(`invalid diffID for layer ${i}: expected "${diffId}", got "${actual}"`);
    });
    return { image, layers: trees, references };
  });
}

/** Bytes of a layer's files: what it takes on disk. */
function layerSize(layer: DirNode): number {
  return treeSize(layer);
}

function resolve(path: string, target: string): string {
  const names = path.split('/').slice(0, -1);
  for (const name of target.split('/')) {
    if (name === '..') names.pop();
    else if (name !== '.' && name !== '') names.push(name);
  }
  return names.join('/');
}

function read(files: ReadonlyMap<string, ByteString>, path: string): ByteString {
  const bytes = files.get(path);
  if (bytes === undefined) throw new InvalidArchive(`open /${path}: no such file or directory`);
  return bytes;
}

interface ArchiveManifest {
  readonly config: string;
  readonly layers: readonly string[];
  readonly references: readonly string[];
}

function readManifests(bytes: ByteString): readonly ArchiveManifest[] {
  let value: unknown;
  try {
    value = JSON.parse(decodeUtf8(bytes));
  } catch {
    throw new InvalidArchive('invalid manifest.json');
  }
  if (!Array.isArray(value)) throw new InvalidArchive('invalid manifest.json');
  const strings = (list: unknown): string[] =>
    Array.isArray(list) ? list.filter((item): item is string => typeof item === 'string') : [];
  return value.map((entry: { Config?: unknown; Layers?: unknown; RepoTags?: unknown }) => ({
    config: String(entry.Config ?? ''),
    layers: strings(entry.Layers),
    references: strings(entry.RepoTags),
  }));
}
