import type { ByteString } from '../kernel/bytes.ts';
import type { Id, Json } from '../kernel/json.ts';

/** An image as an engine keeps it: configuration, history, and the chain of its layers (OCI image specification, config.md). */
export interface Image {
  /** `sha256:…` of the configuration. */
  readonly id: Id;
  readonly created: string;
  readonly architecture: string;
  readonly os: string;
  readonly config: ImageConfig;
  /** Layers from the lowest up. */
  readonly layers: readonly ImageLayer[];
  readonly history: readonly HistoryEntry[];
  readonly author?: string;
  readonly comment?: string;
  /**
   * The configuration as it was written: for images that were loaded, committed or imported, whose bytes say more than
   * what is here. Without it the document is made of the fields above.
   */
  readonly document?: ByteString;
  /** The image that it was committed from, as long as that is there. */
  readonly parent?: Id;
  /** Digests under which repositories hold its manifest, as `alpine@sha256:…`. */
  readonly repoDigests: readonly string[];
}

export interface ImageConfig {
  readonly Env: readonly string[];
  readonly Cmd: readonly string[] | null;
  readonly Entrypoint: readonly string[] | null;
  readonly WorkingDir: string;
  readonly User: string;
  readonly Labels: { readonly [key: string]: string };
  readonly ExposedPorts: readonly string[];
  readonly Volumes: readonly string[];
  readonly StopSignal?: string;
  /** The command was given in BuildKit's way: it is there as soon as there is a CMD. */
  readonly ArgsEscaped?: boolean;
  /** As in the Engine API: `{Test: […], Interval: nanoseconds, …}`. */
  readonly Healthcheck?: Json;
  readonly OnBuild?: readonly string[];
  readonly Shell?: readonly string[];
}

export interface ImageLayer {
  /** Digest of the uncompressed archive, and of the chain up to here. */
  readonly diffId: Id;
  readonly chainId: Id;
  /** Bytes on disk. */
  readonly size: number;
  /** The compressed blob that a registry has it as, where it came from one. */
  readonly blob?: { readonly digest: Id; readonly size: number };
}

export interface HistoryEntry {
  readonly created: string;
  readonly createdBy: string;
  readonly comment: string;
  readonly emptyLayer: boolean;
  readonly author?: string;
}
