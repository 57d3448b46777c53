import type { Json } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { Image } from '../../oci/image.ts';
import type { ApiResponse } from '../api.ts';
import { findImage } from '../lookup.ts';
import { engineState } from '../state.ts';
import { step } from '../step.ts';
import { referencesOf, repoLists } from './references.ts';

/** GET /images/ID/history: the rows of the image's history, the newest first; those of images that are there have their ids. */
export function imageHistory(m: Machine, reference: string): ApiResponse {
  const image = findImage(m, reference);
  let layer = 0;
  const made = ancestors(m, image);
  const rows = image.history.map(({ created, createdBy, comment, emptyLayer }, i) => ({
    // one row for each image that it was committed from, as far as those are known
    Id: made[image.history.length - 1 - i]?.id ?? '<missing>',
    Created: Math.floor(Date.parse(created) / 1000) || 0,
    CreatedBy: createdBy,
    Tags: tagsOf(m, made[image.history.length - 1 - i]),
    Size: emptyLayer ? 0 : (image.layers[layer++]?.size ?? 0),
    Comment: comment,
  }));
  step(m, 'dockerd', 'image-history', { image: reference, rows: rows.length, layers: image.layers.length });
  return { status: 200, body: rows.reverse() };
}

/** An image, the one that it was made from, and so on. */
function ancestors(m: Machine, image: Image): readonly Image[] {
  const { images } = engineState(m);
  const chain: Image[] = [];
  for (let at: Image | undefined = image; at && !chain.includes(at); at = images[at.parent ?? '']) chain.push(at);
  return chain;
}

function tagsOf(m: Machine, image: Image | undefined): Json {
  const tags = image ? repoLists(referencesOf(m, image.id)).RepoTags : [];
  return tags.length > 0 ? tags : null;
}
