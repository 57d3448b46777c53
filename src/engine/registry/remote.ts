import { fold } from '../../kernel/fs/layers.ts';
import type { DirNode } from '../../kernel/fs/node.ts';
import type { Id } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { Image } from '../../oci/image.ts';
import { imageOf } from '../../oci/manifest.ts';
import { familiarName, familiarReference, type Reference } from '../../oci/reference.ts';
import { assemble } from '../../registry/assemble.ts';
import { lookUp } from '../../registry/catalog.ts';
import { communityImage } from '../../registry/community.ts';
import { namesOnHub } from '../../registry/hub.ts';
import { isOutside, outsideImage } from '../../registry/outside.ts';
import { manifestOf, type Registry, readManifest, repositoryOf } from '../../registry/registry.ts';
import { hubId, registryIn } from '../../registry/store.ts';
import { EngineError } from '../errors.ts';
import { ownPlatform } from '../images/platform.ts';

/** An image as a registry has it. */
export interface RemoteImage {
  /** Of the manifest, or of the index above it: what a repository digest has. */
  readonly digest: Id;
  readonly image: Image;
  /** Its compressed layers, lowest first. */
  readonly blobs: readonly { readonly digest: Id; readonly size: number }[];
  /** Its layers folded, lowest first. */
  readonly trees: () => readonly DirNode[];
  /** Nothing but its family's name is recorded; it was made up from this one. */
  readonly derivedFrom?: string;
}

/**
 * The image that a registry (see `locate`) has under a reference with a tag or a digest. Throws `no-such-image` with the
 * words of the real engine for what the registry does not have.
 */
export function remoteImage(m: Machine, registry: Id, reference: Reference, platform = ownPlatform): RemoteImage {
  const { path } = reference;
  const wanted = reference.digest ?? reference.tag ?? '';
  const own = registryIn(m, registry);
  if ((registry === hubId || isOutside(registry)) && !repositoryOf(own, path))
    return fromCatalog(m, registry, reference, { wanted, platform });
  const document = manifestOf(own, path, wanted);
  if (!document) throw unknownManifest(reference);
  const manifest = readManifest(document.bytes);
  const parts = manifest.layers.flatMap(({ digest }) => own.blobs[digest]?.layer ?? []);
  const config = own.blobs[manifest.config.digest]?.bytes ?? '{}';
  const described = imageOf(
    config,
    parts.map(({ diskSize }) => diskSize),
  );
  const genuine = described.id === manifest.config.digest;
  const layers = described.layers.map((layer, i) => {
    const { digest = '', size = 0 } = manifest.layers[i] ?? {};
    return { ...layer, blob: { digest, size } };
  });
  return {
    digest: document.digest,
    // an image of the catalog keeps the id that is recorded of it
    image: { ...described, id: manifest.config.digest, layers, ...(genuine ? { document: config } : {}) },
    blobs: manifest.layers,
    trees: () => parts.map((_, i) => fold(parts.slice(0, i + 1).map(({ tree }) => tree))),
  };
}

/**
 * The image of the catalog. Registries keep all that they ever had: a digest that is not known here is taken for one that
 * the tag beside it once had, and what is known of the tag stands for it.
 */
function fromCatalog(
  m: Machine,
  registry: Id,
  reference: Reference,
  { wanted, platform }: { readonly wanted: string; readonly platform: string },
): RemoteImage {
  const find = (tagOrDigest: string) =>
    registry === hubId
      ? (communityImage(reference.path, tagOrDigest, platform) ?? lookUp(reference.path, tagOrDigest, platform))
      : outsideImage(registry, reference.path, tagOrDigest, platform);
  const exact = find(wanted);
  if (exact === undefined) throw notKnown(reference);
  const earlier =
    !exact.found && exact.missing === 'digest' && reference.tag !== undefined ? find(reference.tag) : undefined;
  const found = earlier?.found ? earlier : exact;
  if (!found.found) {
    if (found.missing === 'repository') throw noRepository(m, reference);
    if (found.missing === 'digest') {
      const name = familiarReference(reference);
      const where = 'among the digests that are known here; the real registry may have it';
      throw new EngineError('not-simulated', 501, `drydock: ${name}: not found ${where}`);
    }
    if (found.missing === 'platform') {
      throw new EngineError('no-such-image', 404, `no matching manifest for ${platform} in the manifest list entries`);
    }
    throw unknownManifest(reference);
  }
  const catalog = found.image;
  return {
    digest: earlier?.found ? wanted : catalog.digest,
    image: assemble(catalog).image,
    blobs: catalog.layers.map(({ digest, size }) => ({ digest, size })),
    trees: () => assemble(catalog).trees,
    ...(catalog.derived
      ? { derivedFrom: catalog.derived.from }
      : earlier?.found
        ? { derivedFrom: catalog.tags[0] ?? '' }
        : {}),
  };
}

/** All tags of a repository, in the registry's order. Throws EngineError when there is no such repository. */
export function remoteTags(m: Machine, registry: Id, reference: Reference): readonly string[] {
  const found: Registry['repositories'][string] | undefined = repositoryOf(registryIn(m, registry), reference.path);
  if (found) return found.tags.map(([tag]) => tag);
  const name = familiarName(reference);
  if (isOutside(registry))
    throw new EngineError('not-simulated', 501, `drydock: pulling all tags of ${name} is not simulated`);
  if (registry !== hubId) {
    const why = 'name unknown: repository name not known to registry';
    throw new EngineError('no-such-image', 404, `repository ${name} not found: ${why}`);
  }
  const known = lookUp(reference.path, 'latest', ownPlatform);
  if (!known.found && known.missing === 'repository') throw noRepository(m, reference);
  throw new EngineError('not-simulated', 501, `drydock: pulling all tags of ${name} is not simulated`);
}

/**
 * Of Docker Hub the official repositories are known, by all their names, and what people of this world have pushed: only of
 * those, and of the namespaces of these people, it can be said that there is no other one.
 */
function noRepository(m: Machine, reference: Reference): EngineError {
  const [namespace = ''] = reference.path.split('/');
  const pushed = Object.keys(registryIn(m, hubId).repositories).some((path) => path.startsWith(`${namespace}/`));
  const known = namespace === 'library' ? !namesOnHub().includes(reference.path.slice('library/'.length)) : pushed;
  return known ? accessDenied(reference) : notKnown(reference);
}

function notKnown(reference: Reference): EngineError {
  const name = familiarReference(reference).replace(/:latest$/, '');
  return new EngineError(
    'not-simulated',
    501,
    `drydock: ${name} is not known here: it is outside of the simulated network`,
  );
}

/** What Docker Hub answers for a repository that does not exist, or that is somebody else's private one. */
function accessDenied(reference: Reference): EngineError {
  return new EngineError(
    'no-such-image',
    404,
    `pull access denied for ${familiarName(reference)}, repository does not exist or may require 'docker login': ` +
      'denied: requested access to the resource is denied',
  );
}

function unknownManifest(reference: Reference): EngineError {
  const text = `manifest for ${familiarReference(reference)} not found: manifest unknown: manifest unknown`;
  return new EngineError('no-such-image', 404, text);
}
