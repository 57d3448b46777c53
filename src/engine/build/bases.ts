import type { BaseImage } from '../../builder/graph/image.ts';
import type { DirNode } from '../../kernel/fs/node.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { Image } from '../../oci/image.ts';
import { formatReference, type Reference, withDefaultTag } from '../../oci/reference.ts';
import type { ApiRequest } from '../api.ts';
import { EngineError } from '../errors.ts';
import { isForeign } from '../images/platform.ts';
import { parsed } from '../lookup.ts';
import { locateToRead } from '../registry/locate.ts';
import { type RemoteImage, remoteImage } from '../registry/remote.ts';
import { countPull, unavailable } from '../registry/trouble.ts';
import { engineState } from '../state.ts';
import type { ResolvedBase } from './state.ts';

/** A base image that does not exist, in BuildKit's words: what stands at the step, and (behind its name) what the build fails with. */
export interface Unresolved {
  readonly at: string;
  readonly message: string;
}

/**
 * The image that FROM names: the engine's own, unless `pull` wants to know what the registry has, else a registry's.
 * `asked`: this is the one time that a build asks the registry. Throws `bad-parameter` for what is no name.
 */
export function resolveBase(m: Machine, name: string, pull: boolean, asked?: Asked): ResolvedBase | Unresolved {
  const reference = withDefaultTag(parsed(name));
  const full = formatReference(reference);
  const { images, tags } = engineState(m);
  const stored = images[tags[full] ?? ''] ?? byId(m, name);
  // one of another platform does not count: the registry may have the right one under the name
  const own = isForeign(stored) ? undefined : stored;
  if (own && !pull) return { reference: full, image: own.id };
  try {
    const registry = locateToRead(m, reference.domain);
    if (asked) countPull(m, registry, asked.auth);
    const remote = remoteImage(m, registry, reference);
    // a tag of the store that means the same image stands for it
    if (own && own.id === remote.image.id) return { reference: full, image: own.id };
    const { digest: _, ...tagged } = reference;
    return { reference: formatReference(tagged), image: remote.image.id, remote: remote.digest };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    if (own) return { reference: full, image: own.id };
    const at = wordsOf(reference, error);
    return { at, message: `failed to resolve source metadata for ${full}: ${at}` };
  }
}

/** The registry is really asked, by whom: where it limits who asks too much, that counts. */
export interface Asked {
  readonly auth?: ApiRequest['auth'];
}

function byId(m: Machine, name: string): Image | undefined {
  return /^sha256:[0-9a-f]{64}$/.test(name) ? engineState(m).images[name] : undefined;
}

function wordsOf(reference: Reference, error: EngineError): string {
  if (error.code === 'registry-down') return unexpected(reference, unavailable);
  if (error.code === 'rate-limited') return unexpected(reference, '429 Too Many Requests');
  if (error.code !== 'no-such-image') return error.message;
  if (/^pull access denied/.test(error.message)) {
    return (
      'pull access denied, repository does not exist or may require authorization: server message: ' +
      'insufficient_scope: authorization failed'
    );
  }
  return `${formatReference(reference)}: not found`;
}

function unexpected({ path, tag, digest }: Reference, status: string): string {
  const url = `https://registry-1.docker.io/v2/${path}/manifests/${digest ?? tag ?? ''}`;
  return `unexpected status from HEAD request to ${url}: ${status}`;
}

function fetchRemote(m: Machine, reference: Reference): RemoteImage {
  return remoteImage(m, locateToRead(m, reference.domain), reference);
}

/** What a registry has of a base: its blobs and files. Throws EngineError when it is not there any more. */
export function remoteOf(m: Machine, base: ResolvedBase): RemoteImage {
  const { tag, ...name } = parsed(base.reference);
  // old and rare tags are known by their tag only
  const tagged = tag === undefined && base.remote !== undefined ? undefined : fetchRemote(m, parsed(base.reference));
  if (tagged && (base.remote === undefined || tagged.digest === base.remote)) return tagged;
  // the tag tells of digests that are not recorded
  const known = tag === undefined ? {} : { tag };
  return fetchRemote(m, { ...name, ...known, ...(base.remote === undefined ? {} : { digest: base.remote }) });
}

/** A base image's description. Throws EngineError when it has gone meanwhile. */
export function imageOfBase(m: Machine, base: ResolvedBase): Image {
  const own = engineState(m).images[base.image];
  return own ?? remoteOf(m, base).image;
}

/** A base image for the graph. */
export function baseImage(m: Machine, base: ResolvedBase): BaseImage {
  const { reference, remote } = base;
  return { reference, image: imageOfBase(m, base), ...(remote === undefined ? {} : { remote }) };
}

/** Its layers' files, each with all below it: those of the engine's store where it has them. */
export function treesOfBase(m: Machine, base: ResolvedBase): readonly DirNode[] {
  const { layers } = engineState(m);
  const image = imageOfBase(m, base);
  const known = image.layers.map(({ chainId }) => layers[chainId]?.tree);
  return known.every((tree) => tree !== undefined) ? (known as readonly DirNode[]) : remoteOf(m, base).trees();
}
