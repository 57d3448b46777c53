import { type AssembledImage, assemble } from './assemble.ts';
import { type CatalogImage, type LookUp, lookUp } from './catalog.ts';
import { officialEntries, officialNames } from './official.ts';
import { recordedOf } from './recorded.ts';

/**
 * The image that Docker Hub has under a tag or a digest of a repository (`library/nginx`), for a platform (`linux/amd64`
 * unless another one is given); or why there is none.
 */
export function imageOnHub(path: string, tagOrDigest: string, platform?: string): LookUp {
  return lookUp(path, tagOrDigest, platform);
}

/** An image of Docker Hub as an engine stores it: with its root file system. */
export function imageContent(image: CatalogImage): AssembledImage {
  return assemble(image);
}

/** All tags that a repository of Docker Hub lists, sorted; undefined when there is no such repository. */
export function tagsOnHub(path: string): readonly string[] | undefined {
  const repository = path.startsWith('library/') ? path.slice('library/'.length) : '';
  const entries = officialEntries(repository);
  if (!entries) return undefined;
  const recorded = recordedOf(repository).flatMap(({ tags }) => tags);
  const listed = entries.flatMap(({ tags, shared }) => [...tags, ...shared]);
  return [...new Set([...recorded, ...listed])].sort();
}

/** The names of the official repositories, without `library/`. */
export function namesOnHub(): readonly string[] {
  return officialNames();
}
