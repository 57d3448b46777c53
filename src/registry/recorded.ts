import type { Digest } from '../oci/digest.ts';
import { recordedText } from './data/recorded.ts';

/** A compressed layer as a registry holds it; the size is in bytes. */
export interface RecordedLayer {
  readonly digest: Digest;
  readonly size: number;
}

export interface RecordedRow {
  readonly created: string;
  /** As a line of a Dockerfile; long ones are cut and end in `…`. */
  readonly instruction: string;
  readonly emptyLayer: boolean;
}

/** What is known of an image as its registry had it. */
export interface RecordedImage {
  /** `alpine:latest`. */
  readonly name: string;
  readonly repository: string;
  readonly tags: readonly string[];
  readonly indexDigest: Digest;
  readonly manifestDigest: Digest;
  readonly configDigest: Digest;
  readonly created: string;
  /** As `linux/arm64/v8`. */
  readonly architectures: readonly string[];
  readonly entrypoint: readonly string[] | null;
  readonly cmd: readonly string[] | null;
  readonly env: readonly string[];
  readonly exposedPorts: readonly string[];
  readonly volumes: readonly string[];
  readonly workdir: string;
  readonly user: string;
  readonly stopSignal?: string;
  readonly labels: { readonly [key: string]: string };
  /** Bytes on disk of the whole image, to about 10 kB. */
  readonly diskSize?: number;
  /** One for each row of the history that made a layer, in that order. */
  readonly layers: readonly RecordedLayer[];
  readonly history: readonly RecordedRow[];
}

interface Packed {
  readonly layers: readonly (readonly [hex: string, size: number])[];
  readonly rows: readonly string[];
  readonly architectures: readonly string[];
  readonly images: readonly PackedImage[];
}

interface PackedImage {
  readonly name: string;
  readonly tags: string;
  readonly digests: readonly [index: string, manifest: string, config: string];
  readonly created: string;
  readonly architectures: number;
  readonly layers: readonly number[];
  readonly history: readonly (readonly [created: string | 0, row: number, empty: 0 | 1])[];
  readonly entrypoint?: readonly string[];
  readonly cmd?: readonly string[];
  readonly env?: readonly string[];
  readonly exposedPorts?: readonly string[];
  readonly volumes?: readonly string[];
  readonly workdir?: string;
  readonly user?: string;
  readonly stopSignal?: string;
  readonly labels?: { readonly [key: string]: string };
  readonly diskSize?: number;
}

let images: readonly RecordedImage[] | undefined;

/** All recorded images, read on first use. */
export function recordedImages(): readonly RecordedImage[] {
  images ??= unpack(JSON.parse(recordedText()) as Packed);
  return images;
}

/** The recorded images of a repository (`nginx`, without `library/`). */
export function recordedOf(repository: string): readonly RecordedImage[] {
  return recordedImages().filter((image) => image.repository === repository);
}

function unpack(packed: Packed): readonly RecordedImage[] {
  const layers = packed.layers.map(([hex, size]): RecordedLayer => ({ digest: `sha256:${hex}`, size }));
  return packed.images.map((image) => {
    const [index, manifest, config] = image.digests;
    let created = image.created;
    return {
      name: image.name,
      repository: image.name.slice(0, image.name.indexOf(':')),
      tags: image.tags.split(' '),
      indexDigest: `sha256:${index}`,
      manifestDigest: `sha256:${manifest}`,
      configDigest: `sha256:${config}`,
      created: image.created,
      architectures: (packed.architectures[image.architectures] ?? '').split(' '),
      entrypoint: image.entrypoint ?? null,
      cmd: image.cmd ?? null,
      env: image.env ?? [],
      exposedPorts: image.exposedPorts ?? [],
      volumes: image.volumes ?? [],
      workdir: image.workdir ?? '',
      user: image.user ?? '',
      labels: image.labels ?? {},
      ...(image.stopSignal === undefined ? {} : { stopSignal: image.stopSignal }),
      ...(image.diskSize === undefined ? {} : { diskSize: image.diskSize }),
      layers: image.layers.flatMap((i) => layers[i] ?? []),
      history: image.history.map(([at, row, empty]) => {
        created = at === 0 ? created : at;
        return { created, instruction: packed.rows[row] ?? '', emptyLayer: empty === 1 };
      }),
    };
  });
}
