import type { Json } from '../kernel/json.ts';

/**
 * What a builder tells while it works: BuildKit's SolveStatus, as `--progress rawjson` prints it, one message a line.
 * Times are RFC 3339 with nanoseconds; data of logs is base64.
 */
export interface SolveStatus {
  readonly vertexes?: readonly VertexStatus[];
  readonly statuses?: readonly TransferStatus[];
  readonly logs?: readonly VertexLog[];
  readonly warnings?: readonly VertexWarning[];
}

export interface VertexStatus {
  readonly digest: string;
  readonly inputs?: readonly string[];
  readonly name: string;
  readonly started?: string;
  readonly completed?: string;
  readonly cached?: true;
  readonly error?: string;
}

/** Something inside a step that takes time: a transfer, a layer's unpacking, the writing of an image. */
export interface TransferStatus {
  readonly id: string;
  readonly vertex: string;
  readonly name?: string;
  readonly current: number;
  readonly total?: number;
  readonly timestamp: string;
  readonly started?: string;
  readonly completed?: string;
}

export interface VertexLog {
  readonly vertex: string;
  readonly stream: 1 | 2;
  readonly data: string;
  readonly timestamp: string;
}

export interface VertexWarning {
  readonly vertex: string;
  readonly level: number;
  readonly short: string;
  readonly detail?: readonly string[];
  readonly url?: string;
  readonly sourceInfo?: Json;
  readonly range?: Json;
}

/** The last message of a build. */
export type BuildEnd =
  | { readonly result: BuildResult }
  | {
      readonly failure: {
        readonly message: string /** Excerpts of the Dockerfile, as they are printed. */;
        readonly excerpts: readonly string[];
      };
    };

/** What a build has made. */
export interface BuildResult {
  /** The image's id, when one was made. */
  readonly image?: string;
  /** Full names that it has got. */
  readonly names: readonly string[];
  /** Files for the client (`--output type=local` and `tar`): an archive. */
  readonly archive?: string;
  /** `--check`: what is printed, and the exit status. */
  readonly check?: { readonly stdout: string; readonly stderr: string; readonly status: 0 | 1 };
  /** For `--metadata-file`. */
  readonly metadata?: { readonly [key: string]: Json };
}
