import type { ByteString } from '../kernel/bytes.ts';
import type { DirNode } from '../kernel/fs/node.ts';
import type { Id, Rec } from '../kernel/json.ts';
import { type Document, type Manifest, mediaTypes } from '../oci/manifest.ts';
import type { Trouble } from './trouble.ts';

/**
 * What a registry (the Distribution project's, API v2) keeps, in `world.registries` by the registry's id. Docker Hub is the
 * catalog, and a registry with the id `docker.io` for what people here have pushed to it.
 */
export interface Registry {
  /** By path (`learner/app`). */
  readonly repositories: Rec<Repository>;
  /** Everything that was pushed, by digest: a blob that several repositories have is kept once. */
  readonly blobs: Rec<Blob>;
  /** It does not do what it should (see trouble.ts). */
  readonly trouble?: Trouble;
}

export interface Repository {
  /** Tags in the order in which they came, each with the digest of its manifest. */
  readonly tags: readonly (readonly [tag: string, manifest: Id])[];
  /** Digests of the manifests and of the blobs that can be had from it. */
  readonly manifests: readonly Id[];
  readonly blobs: readonly Id[];
}

export interface Blob {
  readonly mediaType: string;
  /** Bytes of the blob. */
  readonly size: number;
  /** The document, for manifests and configurations. */
  readonly bytes?: ByteString;
  /** For layers: the digest of the archive in it, the bytes that it takes on disk, and its files (whiteouts among them). */
  readonly layer?: { readonly diffId: Id; readonly diskSize: number; readonly tree: DirNode };
}

const noRepository: Repository = { tags: [], manifests: [], blobs: [] };

/** A registry that nobody has pushed to. */
export function emptyRegistry(): Registry {
  return { repositories: {}, blobs: {} };
}

/** The repository with this path, if there is one. */
export function repositoryOf(registry: Registry, path: string): Repository | undefined {
  return Object.hasOwn(registry.repositories, path) ? registry.repositories[path] : undefined;
}

/** Can this blob be had from this repository? */
export function hasBlob(registry: Registry, path: string, digest: Id): boolean {
  return repositoryOf(registry, path)?.blobs.includes(digest) === true;
}

/** The manifest under a tag or a digest of a repository; undefined when there is none. */
export function manifestOf(registry: Registry, path: string, tagOrDigest: string): Document | undefined {
  const repository = repositoryOf(registry, path);
  if (!repository) return undefined;
  const digest = tagOrDigest.includes(':') ? tagOrDigest : repository.tags.find(([tag]) => tag === tagOrDigest)?.[1];
  if (digest === undefined || !repository.manifests.includes(digest)) return undefined;
  const bytes = registry.blobs[digest]?.bytes;
  return bytes === undefined ? undefined : { bytes, digest: digest as Document['digest'] };
}

/** A registry in which a repository has this blob; for one that the registry has already `blob` is what it was. */
export function withBlob(registry: Registry, path: string, digest: Id, blob: Blob): Registry {
  const repository = repositoryOf(registry, path) ?? noRepository;
  if (repository.blobs.includes(digest)) return registry;
  return {
    ...registry,
    repositories: { ...registry.repositories, [path]: { ...repository, blobs: [...repository.blobs, digest] } },
    blobs: { ...registry.blobs, [digest]: registry.blobs[digest] ?? blob },
  };
}

/** A registry in which a repository has this manifest, under a tag when one is given. Its blobs are there before. */
export function withManifest(registry: Registry, path: string, { bytes, digest }: Document, tag?: string): Registry {
  const repository = repositoryOf(registry, path) ?? noRepository;
  const manifests = repository.manifests.includes(digest) ? repository.manifests : [...repository.manifests, digest];
  const tags = tag === undefined ? repository.tags : withTag(repository.tags, tag, digest);
  const blob: Blob = { mediaType: mediaTypes.dockerManifest, size: bytes.length, bytes };
  return {
    ...registry,
    repositories: { ...registry.repositories, [path]: { ...repository, manifests, tags } },
    blobs: { ...registry.blobs, [digest]: blob },
  };
}

/** A tag that is there already stays at its place. */
function withTag(tags: Repository['tags'], tag: string, digest: Id): Repository['tags'] {
  const moved = tags.map(([name, manifest]) => [name, name === tag ? digest : manifest] as const);
  return tags.some(([name]) => name === tag) ? moved : [...tags, [tag, digest]];
}

/** A registry in which a repository does not have this manifest any more: its tags go too, the blobs stay. */
export function withoutManifest(registry: Registry, path: string, digest: Id): Registry {
  const repository = repositoryOf(registry, path) ?? noRepository;
  const tags = repository.tags.filter(([, manifest]) => manifest !== digest);
  const manifests = repository.manifests.filter((manifest) => manifest !== digest);
  return { ...registry, repositories: { ...registry.repositories, [path]: { ...repository, tags, manifests } } };
}

/** A manifest out of its document, as far as registries here hold them: one image each. */
export function readManifest(bytes: ByteString): Manifest {
  return JSON.parse(bytes) as Manifest;
}
