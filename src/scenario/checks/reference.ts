import { repositoryOf } from '../../engine/images/references.ts';
import { fullReference, imageOf } from '../../engine/lookup.ts';
import { engineState } from '../../engine/state.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { Image } from '../../oci/image.ts';

/** Does the reference that somebody gave mean the wanted image? Without a tag, any tag of the repository will do. */
export function sameImage(m: Machine, wanted: string, given: string, id: string): boolean {
  if (given === wanted) return true;
  const found = imageOf(m, wanted);
  if (found?.id === id) return true;
  const [one, other] = [full(wanted), full(given)];
  if (one === undefined || other === undefined) return false;
  return isTagged(wanted) ? one === other : repositoryOf(one) === repositoryOf(other);
}

/** The images that a reference means; without a tag, those of all tags of the repository. */
export function imagesFor(m: Machine, wanted: string): readonly Image[] {
  const { tags, images } = engineState(m);
  const exact = imageOf(m, wanted);
  if (exact || isTagged(wanted)) return exact ? [exact] : [];
  const repository = repositoryOf(full(wanted) ?? '');
  const ids = new Set(Object.keys(tags).flatMap((tag) => (repositoryOf(tag) === repository ? [tags[tag] ?? ''] : [])));
  return [...ids].flatMap((id) => images[id] ?? []);
}

function isTagged(reference: string): boolean {
  return /[:@][^/]*$/.test(reference);
}

function full(reference: string): string | undefined {
  try {
    return fullReference(reference);
  } catch {
    return undefined; // not a reference: an id, or nonsense
  }
}
