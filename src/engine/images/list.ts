import type { Json } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { Image } from '../../oci/image.ts';
import type { ApiResponse } from '../api.ts';
import { type Filters, flagFilter, hasLabels, readFilters } from '../filters.ts';
import { findImage } from '../lookup.ts';
import { engineState } from '../state.ts';
import { step } from '../step.ts';
import { globMatches } from './glob.ts';
import { moment } from './moment.ts';
import { familiar, isDigestReference, referencesOf, repoLists, repositoryOf } from './references.ts';
import { imageSize } from './store.ts';

const known = ['before', 'dangling', 'label', 'reference', 'since', 'until'];

/** GET /images/json: the newest first. Filters and their errors as in transcript 06. */
export function listImages(m: Machine, query: { readonly [key: string]: string }): ApiResponse {
  const filters = readFilters(query.filters, known);
  const dangling = flagFilter(filters, 'dangling', false);
  const matches = imageMatcher(m, filters);
  const { containers, images } = engineState(m);
  const users = Object.values(containers);
  const body: Json[] = [];
  for (const image of Object.values(images).filter(matches).sort(newestFirst)) {
    const all = referencesOf(m, image.id);
    const references = all.filter((reference) => named(filters, reference));
    if (references.length === 0 && (filters.has('reference') || (filters.has('dangling') && !dangling))) continue;
    if (dangling && references.some((reference) => !isDigestReference(reference))) continue;
    body.push({
      Containers: users.filter((container) => container.image === image.id).length,
      Created: createdAt(image),
      Id: image.id,
      Labels: Object.keys(image.config.Labels).length > 0 ? image.config.Labels : null,
      ParentId: '',
      ...repoLists(references),
      SharedSize: -1,
      Size: imageSize(image),
    });
  }
  const layers = new Set(Object.values(images).flatMap((image) => image.layers.map((layer) => layer.chainId)));
  step(m, 'dockerd', 'list-images', {
    shown: body.length,
    total: Object.keys(images).length,
    layers: layers.size,
  });
  return { status: 200, body };
}

/** What the filters before, since, until and label let through. Throws EngineError. */
export function imageMatcher(m: Machine, filters: Filters): (image: Image) => boolean {
  const before = (filters.get('before') ?? []).map((name) => Date.parse(findImage(m, name).created));
  const since = (filters.get('since') ?? []).map((name) => Date.parse(findImage(m, name).created));
  const until = (filters.get('until') ?? []).map((text) => moment(text, m.world.now) / 1000);
  const labels = filters.get('label') ?? [];
  return (image) => {
    const created = Date.parse(image.created) || 0;
    return (
      [...before, ...until].every((limit) => created < limit) &&
      since.every((limit) => created > limit) &&
      hasLabels(image.config.Labels, labels)
    );
  };
}

/** A pattern fits the whole reference or the name alone, as people write them. */
function named(filters: Filters, reference: string): boolean {
  const patterns = filters.get('reference');
  if (patterns === undefined) return true;
  const short = [familiar(reference), familiarName(reference)];
  // every pattern is tried, so that a wrong one is found
  return patterns.map((pattern) => short.some((name) => globMatches(pattern, name))).includes(true);
}

function familiarName(reference: string): string {
  return familiar(repositoryOf(reference));
}

function createdAt(image: Image): number {
  return Math.floor((Date.parse(image.created) || 0) / 1000);
}

function newestFirst(a: Image, b: Image): number {
  return (Date.parse(b.created) || 0) - (Date.parse(a.created) || 0) || (a.id < b.id ? -1 : 1);
}
