import type { RecordedImage, RecordedLayer } from './recorded.ts';
import { recordedImages } from './recorded.ts';

/** Bytes that a layer takes on disk; `estimated` unless a record says so. */
export interface DiskSize {
  readonly bytes: number;
  readonly estimated: boolean;
}

/** gzip of an archive without members. */
const emptyLayer = 32;
/** Layers up to this size hold scripts, accounts and directories; they take what these files take. */
const smallLayer = 8192;

// ratios of recorded sizes (one-layer images; for other layers typical of nginx, redis, postgres, node, golang)
const ratios: readonly (readonly [pattern: RegExp, ratio: number])[] = [
  [/alpine-minirootfs/, 2.187],
  [/^(?:RUN # debian\.sh|ADD file:)/, 2.626],
  [/umoci raw/, 2.41],
  [/BusyBox/, 2],
  [/^COPY hello/, 4.2],
];
const otherRatio = 2.9;
/** The full Debian has documentation too, which packs better or worse than programs: 120.09 MB of 49.38 MB. */
const fullDebian = { atLeast: 40_000_000, ratio: 2.432 };

let known: ReadonlyMap<string, DiskSize> | undefined;

/**
 * What a layer takes on disk. Registries only say how large layers are compressed, and the records how large some whole
 * images are. So: a layer that is a recorded image by itself has that image's size; small layers take what is in them;
 * the largest layer above the base of an image with a recorded size takes what the others leave of it; every other layer takes its
 * compressed size times the usual ratio of its kind. A layer has one size, whichever image it is in.
 */
export function diskSizeOf(layer: RecordedLayer, instruction: string): DiskSize {
  known ??= fromRecords();
  return known.get(layer.digest) ?? estimate(layer.size, instruction);
}

function estimate(size: number, instruction: string): DiskSize {
  if (size === emptyLayer) return { bytes: 0, estimated: false };
  if (size <= smallLayer && !instruction.startsWith('COPY hello')) return { bytes: 0, estimated: true };
  const full = instruction.startsWith('RUN # debian.sh') && size >= fullDebian.atLeast;
  const usual = ratios.find(([pattern]) => pattern.test(instruction))?.[1] ?? otherRatio;
  return { bytes: Math.round(size * (full ? fullDebian.ratio : usual)), estimated: true };
}

function fromRecords(): ReadonlyMap<string, DiskSize> {
  const sizes = new Map<string, DiskSize>();
  const sized = recordedImages().filter(({ diskSize }) => diskSize !== undefined);
  for (const { layers, diskSize = 0 } of sized) {
    const [layer] = layers;
    if (layer && layers.length === 1) sizes.set(layer.digest, { bytes: diskSize, estimated: false });
  }
  for (const image of sized) if (image.layers.length > 1) shareOut(image, sizes);
  return sizes;
}

function shareOut(image: RecordedImage, sizes: Map<string, DiskSize>): void {
  const rows = layerRows(image);
  const bases = image.layers.filter((_, i) => isBaseRow(rows[i] ?? ''));
  const open = image.layers.filter((layer) => !sizes.has(layer.digest) && !bases.includes(layer));
  const largest = open.reduce<RecordedLayer | undefined>((a, b) => (a && a.size >= b.size ? a : b), undefined);
  if (!largest) return;
  let rest = image.diskSize ?? 0;
  image.layers.forEach((layer, i) => {
    if (layer !== largest) rest -= (sizes.get(layer.digest) ?? estimate(layer.size, rows[i] ?? '')).bytes;
  });
  if (rest > largest.size) sizes.set(largest.digest, { bytes: rest, estimated: true });
}

/** Does the row put the root file system of an operating system in place? */
export function isBaseRow(instruction: string): boolean {
  return /^(?:ADD (?:alpine-minirootfs|file:|oraclelinux)|RUN (?:# debian\.sh|umoci raw|BusyBox))/.test(instruction);
}

/** The instructions that made the layers, lowest first. */
export function layerRows({ history }: Pick<RecordedImage, 'history'>): readonly string[] {
  return history.filter(({ emptyLayer }) => !emptyLayer).map(({ instruction }) => instruction);
}
