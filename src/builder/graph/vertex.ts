import type { Rec } from '../../kernel/json.ts';
import type { LineRange, RunMount } from '../dockerfile/types.ts';

/** A step of a build graph, as a vertex of BuildKit's LLB. Plain data. */
export interface Vertex {
  /** `sha256:…` of what it does and of what it stands on: the same step on the same inputs is one vertex. */
  readonly digest: string;
  /** As it is printed: `[build 2/4] RUN make`. */
  readonly name: string;
  readonly op: Op;
  /** Digests of the vertices whose results it needs; the first is what it stands on, unless that is `scratch`. */
  readonly inputs: readonly string[];
  /** Where it stands in the Dockerfile. */
  readonly range?: LineRange;
}

export type Op = ImageOp | ContextOp | InlineOp | RunOp | CopyOp | WorkdirOp;

/** An image's files. */
export interface ImageOp {
  readonly kind: 'image';
  /** Full reference, as it was resolved. */
  readonly reference: string;
  /** Digest of the top layer's chain: what the cache knows the base by. */
  readonly chain: string;
  /** Not in the engine's image store: the builder fetches it (or has) by this digest of its manifest. */
  readonly remote?: string;
  /** The named context that it stands for: a vertex of its own. */
  readonly context?: string;
}

/** Files of a build context: the main one (`context`), or one that was given a name. */
export interface ContextOp {
  readonly kind: 'context';
  readonly context: string;
  /** The paths that are needed; absent: all. */
  readonly paths?: readonly string[];
}

/** Files that stand in the Dockerfile. */
export interface InlineOp {
  readonly kind: 'inline';
  readonly files: readonly { readonly path: string; readonly data: string }[];
}

export interface RunOp {
  readonly kind: 'run';
  readonly base: string | null;
  readonly argv: readonly string[];
  /** Image variables and build arguments. */
  readonly env: Rec<string>;
  /** The build arguments among them. */
  readonly args: Rec<string>;
  readonly cwd: string;
  readonly user: string;
  readonly network: 'default' | 'none' | 'host';
  readonly hosts: readonly string[];
  readonly mounts: readonly BuildMount[];
}

/** A `--mount`: `input` is the vertex that a bind mount or a cache's first files come from. */
export interface BuildMount {
  readonly mount: RunMount;
  readonly target: string;
  readonly input?: string;
}

export interface CopyOp {
  readonly kind: 'copy';
  readonly base: string | null;
  /** `ADD`: archives of a context are unpacked. */
  readonly unpack: boolean;
  readonly sources: readonly CopySource[];
  /** Absolute; a slash at its end means a folder. */
  readonly destination: string;
  readonly chown?: string;
  readonly chmod?: string;
  readonly exclude: readonly string[];
  /** `--parents`: the folders of the sources' paths are kept. */
  readonly parents?: true;
}

/** Paths of a vertex's result; `pattern`: with wildcards. */
export interface CopySource {
  readonly input: string;
  readonly path: string;
  /** With `--parents`: where the path begins that is kept (behind a `/./`). */
  readonly pivot?: string;
}

export interface WorkdirOp {
  readonly kind: 'workdir';
  readonly base: string | null;
  readonly path: string;
  /** Whose the folder is to be. */
  readonly user: string;
}

/** A row of the history that a build adds; layers have no time yet. */
export interface PlannedRow {
  readonly createdBy: string;
  readonly layer: boolean;
}
