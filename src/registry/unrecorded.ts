import { type Digest, digestOf } from '../oci/digest.ts';
import type { CatalogImage, CatalogLayer } from './catalog.ts';

/** The digest of the index of an image of which nothing is recorded, under a tag. */
export function indexDigest(name: string, tag: string): Digest {
  return digestOf(`index of ${name}:${tag}`);
}

/** A layer of an image of which no layers are recorded. */
export function rowOf(name: string, tag: string, instruction: string, size: number): CatalogLayer {
  return {
    digest: digestOf(`layer of ${name}:${tag}: ${instruction}`),
    size,
    diskSize: Math.round(size * 2.5),
    estimated: true,
    instruction,
  };
}

/** The digests of such an image, for a platform. */
export function digestsOf(
  name: string,
  tag: string,
  platform: string,
): Pick<CatalogImage, 'digest' | 'manifestDigest' | 'configDigest'> {
  const own = platform === 'linux/amd64' ? `${name}:${tag}` : `${name}:${tag} for ${platform}`;
  return {
    digest: indexDigest(name, tag),
    manifestDigest: digestOf(`manifest of ${own}`),
    configDigest: digestOf(`config of ${own}`),
  };
}
