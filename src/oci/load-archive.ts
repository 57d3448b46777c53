import { type ByteString, decodeUtf8 } from '../kernel/bytes.ts';
import { fold } from '../kernel/fs/layers.ts';
import type { DirNode } from '../kernel/fs/node.ts';
import { cleanPath } from '../kernel/fs/tree.ts';
import { digestOfParts } from './digest.ts';
import { expand } from './expand.ts';
import type { Image } from './image.ts';
import { layerParts, tarToLayer } from './layer-archive.ts';
import { layerSize } from './layer-size.ts';
import { configDocument, imageOf } from './manifest.ts';
import { originFile, readOrigins, restored } from './origin.ts';
import { cook, type Recipe, recipeOf } from './recipe.ts';
import { scanTar, type TarEntry } from './tar.ts';

/** A layer out of an archive. */
export interface LoadedLayer {
  /** What is in it, and that folded onto all below. */
  readonly layer: DirNode;
  readonly tree: DirNode;
  /** Bytes of its archive, and their digest. */
  readonly bytes: number;
  readonly diffId: string;
  /** How its archive is made again, where its files alone do not tell. */
  readonly recipe?: Recipe;
}

/** An image out of an archive: its layers, lowest first, and the names that it had (familiar, with tag). */
export interface LoadedImage {
  readonly image: Image;
  readonly layers: readonly LoadedLayer[];
  readonly references: readonly string[];
  /** The id of the image that it was made from, when that is in the archive too. */
  readonly parent?: string;
}

/** Why an archive of images cannot be loaded; the message is the engine's, `FOLDER` for where it was unpacked. */
export class InvalidArchive extends Error {
  override readonly name = 'InvalidArchive';
}

/**
 * The images in an archive of `docker save` (Docker 1.10 and later). Throws TarError for what is no archive,
 * InvalidArchive or InvalidConfig for one without images.
 */
export function loadArchive(archive: ByteString): readonly LoadedImage[] {
  const files = filesOf(expand(archive));
  const manifest = files.get('manifest.json');
  if (manifest === undefined) throw missing(firstMissing(files));
  const origins = readOrigins(files.get(originFile));
  return readManifests(manifest).map(({ config, layers, references, parent }) => {
    const read = imageOf(file(files, config), []);
    const own = read.layers;
    if (layers.length !== own.length) {
      const lengths = `expected ${layers.length}, got ${own.length}`;
      throw new InvalidArchive(`invalid manifest, layers length mismatch: ${lengths}`);
    }
    let below: DirNode | undefined;
    const loaded = layers.map((path, i) => {
      const one = loadLayer(expand(file(files, path)), own[i]?.diffId ?? '', i, below);
      below = one.tree;
      return one;
    });
    const image: Image = {
      ...read,
      layers: own.map((layer, i) => ({ ...layer, size: layerSize(loaded[i]?.layer ?? emptyRoot) })),
    };
    const found = restored(withDocument(image, file(files, config)), loaded, origins[image.id]);
    return { ...found, references, ...parent };
  });
}

const emptyRoot: DirNode = { t: 'dir', mode: 0o755, uid: 0, gid: 0, mtime: 0, entries: {} };

/** The image, with its document when that says more than its fields. */
function withDocument(image: Image, document: ByteString): Image {
  const made = configDocument(
    image,
    image.layers.map(({ diffId }) => diffId),
  );
  return made.digest === image.id ? image : { ...image, document };
}

/**
 * A layer out of its archive. `expected`: its diff id, if that is known; `i` its place. Throws TarError, and
 * InvalidArchive when the digest is another one.
 */
export function loadLayer(tar: ByteString, expected: string | undefined, i: number, below?: DirNode): LoadedLayer {
  const { digest } = digestOfParts([tar]);
  if (expected !== undefined && digest !== expected) {
    throw new InvalidArchive(`invalid diffID for layer ${i}: expected "${expected}", got "${digest}"`);
  }
  const layer = tarToLayer(tar, 0, below);
  const tree = fold(below ? [below, layer] : [layer]);
  const bytes = tar.length;
  const loaded = { layer, tree, bytes, diffId: digest };
  if (consistsOf(tar, layerParts(layer))) return loaded;
  const recipe = recipeOf(tar);
  const again = cook(recipe, tree);
  return again && consistsOf(tar, again) ? { ...loaded, recipe } : loaded;
}

/** Are these pieces, one after the other, all of the bytes? */
function consistsOf(bytes: ByteString, parts: Iterable<ByteString>): boolean {
  let at = 0;
  for (const part of parts) {
    if (!bytes.startsWith(part, at)) return false;
    at += part.length;
  }
  return at === bytes.length;
}

type Files = ReadonlyMap<string, ByteString>;

/** The files of an archive by path; a folder ends with a slash. */
function filesOf(archive: ByteString): Files {
  const files = new Map<string, ByteString>();
  const links: TarEntry[] = [];
  for (const { entry } of scanTar(archive)) {
    const path = entry.path.replace(/^(?:\.?\/)+/, '');
    if (entry.type === 'file') files.set(path, entry.data);
    else if (entry.type === 'dir') files.set(`${path}/`, '');
    else if (entry.type === 'link') links.push({ ...entry, path });
  }
  // archives of older engines link a layer that several images have
  for (const { path, target } of links) {
    const data = files.get(resolve(path, target));
    if (data !== undefined) files.set(path, data);
  }
  return files;
}

/** What the engine looks for in vain in an archive without manifest.json: the files of Docker before 1.10. */
function firstMissing(files: Files): string {
  const folders = [...files.keys()].flatMap((path) => /^([^/]+)\//.exec(path)?.[1] ?? []);
  const [first] = folders.filter((name) => !files.has(`${name}/json`)).sort();
  return first === undefined ? 'repositories' : `${first}/json`;
}

function missing(path: string): InvalidArchive {
  return new InvalidArchive(`open FOLDER/${path}: no such file or directory`);
}

function resolve(path: string, target: string): string {
  return cleanPath(`${path.split('/').slice(0, -1).join('/')}/${target}`).slice(1);
}

function file(files: Files, path: string): ByteString {
  const bytes = files.get(path);
  if (bytes === undefined) throw missing(path);
  return bytes;
}

interface ArchiveManifest {
  readonly config: string;
  readonly layers: readonly string[];
  readonly references: readonly string[];
  readonly parent: { readonly parent?: string };
}

function readManifests(bytes: ByteString): readonly ArchiveManifest[] {
  let value: unknown;
  try {
    value = JSON.parse(decodeUtf8(bytes));
  } catch {
    throw new InvalidArchive('unexpected EOF');
  }
  if (!Array.isArray(value))
    throw new InvalidArchive('json: cannot unmarshal object into Go value of type []tarexport.manifestItem');
  const strings = (list: unknown): string[] =>
    Array.isArray(list) ? list.filter((item): item is string => typeof item === 'string') : [];
  return value.map((entry: { Config?: unknown; Layers?: unknown; RepoTags?: unknown; Parent?: unknown } | null) => ({
    config: String(entry?.Config ?? ''),
    layers: strings(entry?.Layers),
    references: strings(entry?.RepoTags),
    parent: typeof entry?.Parent === 'string' ? { parent: entry.Parent } : {},
  }));
}
