import type { Json } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { ApiResponse } from '../api.ts';
import { findImage } from '../lookup.ts';
import { step } from '../step.ts';
import { referencesOf, repoLists } from './references.ts';

/** GET /images/ID/history: the rows of the image's history, the newest first; only the first one has an image's id. */
export function imageHistory(m: Machine, reference: string): ApiResponse {
  const image = findImage(m, reference);
  const { RepoTags } = repoLists(referencesOf(m, image.id));
  let layer = 0;
  const rows = image.history.map(({ created, createdBy, comment, emptyLayer }) => ({
    Id: '<missing>',
    Created: Math.floor(Date.parse(created) / 1000) || 0,
    CreatedBy: createdBy,
    Tags: null as Json,
    Size: emptyLayer ? 0 : (image.layers[layer++]?.size ?? 0),
    Comment: comment,
  }));
  const [newest, ...older] = rows.reverse();
  step(m, 'dockerd', 'image-history', { image: reference, rows: rows.length, layers: image.layers.length });
  const tags = RepoTags.length > 0 ? RepoTags : null;
  return { status: 200, body: newest ? [{ ...newest, Id: image.id, Tags: tags }, ...older] : [] };
}
