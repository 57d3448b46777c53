import type { Id, Rec } from '../kernel/json.ts';

/** A registry in the world, in `world.registries` by its address (`127.0.0.1:5000`). Docker Hub itself is the catalog. */
export interface Registry {
  readonly address: string;
  /** By path (`learner/app`). */
  readonly repositories: Rec<Repository>;
  /** Everything that was pushed, by digest. */
  readonly blobs: Rec<Blob>;
}

export interface Repository {
  /** Digests of manifests by tag. */
  readonly tags: Rec<Id>;
  /** The manifests that can be had from it by digest: each a blob of the registry. */
  readonly manifests: readonly Id[];
}

/** A blob. What layers hold is not kept here: it is found by the diff id. */
export interface Blob {
  readonly mediaType: string;
  readonly size: number;
  /** The document, for manifests and configurations. */
  readonly bytes?: string;
  /** For layers: the diff id under which an engine's store has the content. */
  readonly diffId?: Id;
}

/** A registry that nobody has pushed to. */
export function emptyRegistry(address: string): Registry {
  return { address, repositories: {}, blobs: {} };
}
