import type { Id } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { familiarReference } from '../../oci/reference.ts';
import { parsed } from '../lookup.ts';
import { engineState } from '../state.ts';

/** The full references of an image, tags and digests, in the order of the alphabet. */
export function referencesOf(m: Machine, image: Id): readonly string[] {
  const { tags } = engineState(m);
  return Object.keys(tags)
    .filter((reference) => tags[reference] === image)
    .sort();
}

/** Does a full reference name a digest? */
export function isDigestReference(reference: string): boolean {
  return reference.includes('@');
}

/** A full reference without tag and digest. */
export function repositoryOf(reference: string): string {
  return reference.replace(/@.*$/, '').replace(/:[^:/]*$/, '');
}

/** A full reference as people write it: `docker.io/library/alpine:latest` is `alpine:latest`. */
export function familiar(reference: string): string {
  return familiarReference(parsed(reference));
}

/** References in the two lists of the Engine API, as people write them. */
export function repoLists(references: readonly string[]): { RepoTags: string[]; RepoDigests: string[] } {
  return {
    RepoTags: references.filter((reference) => !isDigestReference(reference)).map(familiar),
    RepoDigests: references.filter(isDigestReference).map(familiar),
  };
}
