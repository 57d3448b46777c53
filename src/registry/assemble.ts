import { fold } from '../kernel/fs/layers.ts';
import type { DirNode } from '../kernel/fs/node.ts';
import { lookup, treeSize } from '../kernel/fs/tree.ts';
import { millisecond, type Us } from '../kernel/json.ts';
import { chainIds, type Digest, digestOf } from '../oci/digest.ts';
import type { Image } from '../oci/image.ts';
import { buildTree, type RootEntry } from '../oci/rootfs.ts';
import { baseName } from './bases.ts';
import type { CatalogImage, CatalogLayer } from './catalog.ts';
import { isBaseRow } from './disk-size.ts';
import { baseFiles, layerFiles, withSize } from './rootfs/content.ts';
import { type LayerPlan, program } from './rootfs/layer.ts';
import { copiedFile } from './rootfs/rows.ts';

/** An image of the catalog as an engine stores it. */
export interface AssembledImage {
  readonly image: Image;
  /** The single layers, lowest first, one for each of `image.layers`. */
  readonly layers: readonly DirNode[];
  /** The same folded: each with all that is below it. */
  readonly trees: readonly DirNode[];
}

interface Assembled {
  readonly layer: DirNode;
  readonly tree: DirNode;
}

const made = new Map<string, Assembled>();
/** gzip of an archive without members. */
const emptyBlob = 32;

/**
 * The diff id of a catalog layer. Registries do not say what is in a blob, so it is derived from the blob's digest.
 */
export function diffIdOf(digest: Digest): Digest {
  return digestOf(`content of ${digest}`);
}

/**
 * Makes an image of the catalog: its root file system, layer by layer, and what the engine keeps of it. A layer's content
 * depends on it and on what is below only, so that images that share layers share trees. Its size on disk is the one of
 * the files in it, which declare what the catalog aims at.
 */
export function assemble(catalog: CatalogImage): AssembledImage {
  const { layers, repository } = catalog;
  const diffIds = layers.map(({ digest }) => diffIdOf(digest));
  const chain = chainIds(diffIds);
  const parts: Assembled[] = [];
  const main = mainLayer(catalog);
  layers.forEach((layer, i) => {
    const key = chain[i] ?? '';
    let part = made.get(key);
    if (!part) {
      part = assembleLayer(catalog, layer, parts.at(-1)?.tree, layer === main, isTop(catalog, i));
      made.set(key, part);
    }
    parts.push(part);
  });
  const image: Image = {
    id: catalog.configDigest,
    created: catalog.created,
    architecture: catalog.platform.split('/')[1] ?? 'amd64',
    os: 'linux',
    config: catalog.config,
    layers: parts.map(({ layer }, i) => ({
      diffId: diffIds[i] ?? '',
      chainId: chain[i] ?? '',
      size: treeSize(layer),
      blob: { digest: layers[i]?.digest ?? '', size: layers[i]?.size ?? 0 },
    })),
    history: catalog.history,
    repoDigests: [`${repository}@${catalog.digest}`],
  };
  return { image, layers: parts.map(({ layer }) => layer), trees: parts.map(({ tree }) => tree) };
}

/** The packages that language images begin with are not the application. */
const tools =
  /--no-install-recommends (?:ca-certificates|git mercurial|autoconf automake|g\+\+ gcc|\$PHPIZE_DEPS|fontconfig|curl wget)/;

function mainLayer({ layers }: CatalogImage): CatalogLayer | undefined {
  return layers
    .filter(({ instruction }) => !isBaseRow(instruction) && !tools.test(instruction))
    .reduce<CatalogLayer | undefined>((a, b) => (a && a.size >= b.size ? a : b), undefined);
}

/** The last layer that is not empty: what nothing else has put there goes into it. */
function isTop({ layers }: CatalogImage, i: number): boolean {
  return layers.findLastIndex(({ size }) => size !== emptyBlob) === i;
}

function assembleLayer(
  catalog: CatalogImage,
  layer: CatalogLayer,
  below: DirNode | undefined,
  main: boolean,
  top: boolean,
): Assembled {
  const mtime = timeOf(catalog, layer);
  if (layer.size === emptyBlob && below) return { layer: buildTree({}, mtime, below), tree: below };
  const first = catalog.layers[0];
  const base = baseName(first?.instruction ?? '', first?.size ?? 0);
  const library = base.startsWith('alpine') ? '/usr/lib' : '/usr/lib/x86_64-linux-gnu';
  const ground = below ?? buildTree({}, mtime);
  const plan: LayerPlan = {
    repository: applicationOf(catalog),
    instruction: layer.instruction,
    base,
    env: new Map(catalog.config.Env.map(splitVariable)),
    workdir: catalog.config.WorkingDir,
    below: ground,
    main,
  };
  const content =
    layer.content?.(plan) ?? (isBaseRow(layer.instruction) && !below ? baseFiles(base) : layerFiles(plan));
  const missing = top ? missingPrograms(catalog, plan, fold([ground, buildTree(content.files, mtime, ground)])) : {};
  const files = { ...content.files, ...missing };
  const sized = withSize({ ...content, files }, layer.diskSize, `${library}/lib${libraryName(plan)}.so.1`);
  const tree = buildTree(sized, mtime, below);
  return { layer: tree, tree: fold(below ? [below, tree] : [tree]) };
}

/** The first package that a row installs; the application in its own layer, which no other image has. */
function libraryName({ repository, instruction, main }: LayerPlan): string {
  const [, name] =
    /(?:--no-install-recommends|--no-cache|install -y) (?:--virtual \S+ )?([a-z][\w+-]*)/.exec(instruction) ?? [];
  return main ? repository : (name ?? 'data');
}

/** Images made up from another one have its application. */
function applicationOf({ repository, derived }: CatalogImage): string {
  const from = derived?.from ?? '';
  return from.includes(':') ? from.slice(0, from.indexOf(':')) : repository;
}

function splitVariable(item: string): [name: string, value: string] {
  const at = item.indexOf('=');
  return [item.slice(0, at), item.slice(at + 1)];
}

function timeOf({ history, layers, created }: CatalogImage, layer: CatalogLayer): Us {
  const rows = history.filter(({ emptyLayer }) => !emptyLayer);
  const row = rows[layers.indexOf(layer)];
  return Math.floor(Date.parse(row?.created ?? created) / 1000) * 1000 * millisecond;
}

/** What entry point and command name and no layer holds. */
function missingPrograms(catalog: CatalogImage, plan: LayerPlan, tree: DirNode): { [path: string]: RootEntry } {
  const { Entrypoint, Cmd } = catalog.config;
  const files: { [path: string]: RootEntry } = {};
  const words = [Entrypoint?.[0], Entrypoint?.includes('--') ? Entrypoint.at(-1) : undefined, Cmd?.[0]];
  words.forEach((word, i) => {
    // an argument of the entry point is no program
    if (word === undefined || word.startsWith('-') || word.startsWith('/etc') || (i === 2 && /\s/.test(word))) return;
    if (findProgram(catalog, tree, word)) return;
    const path = word.startsWith('/') ? word : `/usr/local/bin/${word}`;
    const isScript = /entrypoint|startup|foreground/.test(word);
    files[path] = isScript
      ? copiedFile(plan, word.slice(word.lastIndexOf('/') + 1))
      : program(word.slice(word.lastIndexOf('/') + 1));
  });
  return files;
}

/** The path of a program in the image: as it is given, or by its PATH. */
export function findProgram({ config }: Pick<CatalogImage, 'config'>, tree: DirNode, word: string): string | undefined {
  const path = config.Env.find((item) => item.startsWith('PATH='))?.slice(5) ?? '/usr/local/bin:/usr/bin:/bin';
  const paths = word.startsWith('/') ? [word] : path.split(':').map((folder) => `${folder}/${word}`);
  return paths.find((candidate) => exists(tree, candidate));
}

/** Follows the links that the root file systems here have: of folders at the top, and of the file itself. */
function exists(tree: DirNode, path: string, depth = 0): boolean {
  if (depth > 8) return false;
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  for (let i = 1; i <= names.length; i++) {
    const node = lookup(tree, `/${names.slice(0, i).join('/')}`);
    if (!node) return false;
    if (node.t !== 'link') continue;
    const parent = names.slice(0, i - 1);
    for (const name of node.target.split('/')) {
      if (name === '..') parent.pop();
      else if (name !== '') parent.push(name);
    }
    const target = node.target.startsWith('/') ? node.target : `/${parent.join('/')}`;
    return exists(tree, [target, ...names.slice(i)].join('/'), depth + 1);
  }
  return true;
}
