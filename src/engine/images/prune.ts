import type { Machine } from '../../kernel/machine.ts';
import type { ApiResponse } from '../api.ts';
import { flagFilter, hasLabels, readFilters } from '../filters.ts';
import { engineState } from '../state.ts';
import { noteEvent } from '../watch/events.ts';
import { imageMatcher } from './list.ts';
import { isDigestReference, referencesOf } from './references.ts';
import { hasChildren, type Removed, remove, removeParents, untagAll, usersOf } from './remove.ts';
import { imageSize } from './store.ts';

/** POST /images/prune: images that no container uses: those without a name, or (`dangling=false`) all. */
export function pruneImages(m: Machine, query: { readonly [key: string]: string }): ApiResponse {
  const filters = readFilters(query.filters, ['dangling', 'label', 'label!', 'until']);
  const danglingOnly = flagFilter(filters, 'dangling', true);
  const unwanted = filters.get('label!') ?? [];
  const matches = imageMatcher(m, filters);
  const deleted: Removed[] = [];
  let reclaimed = 0;
  // children before the images that they were made from
  for (const image of Object.values(engineState(m).images).reverse()) {
    if (!Object.hasOwn(engineState(m).images, image.id)) continue;
    const references = referencesOf(m, image.id);
    if (references.length === 0 && hasChildren(m, image)) continue;
    const named = references.some((reference) => !isDigestReference(reference));
    if (danglingOnly && named) continue;
    if (usersOf(m, image).length > 0 || !matches(image)) continue;
    if (unwanted.some((label) => hasLabels(image.config.Labels, [label]))) continue;
    const gone = hasChildren(m, image) ? untagAll(m, image) : [...remove(m, image), ...removeParents(m, image)];
    deleted.push(...gone);
    const layers = new Set(gone.flatMap((line) => ('Deleted' in line ? [line.Deleted] : [])));
    reclaimed += imageSize({ ...image, layers: image.layers.filter(({ chainId }) => layers.has(chainId)) });
  }
  noteEvent(m, 'image', 'prune', '', { reclaimed: String(reclaimed) });
  return { status: 200, body: { ImagesDeleted: deleted.length > 0 ? deleted : null, SpaceReclaimed: reclaimed } };
}
