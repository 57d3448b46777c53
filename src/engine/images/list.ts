import { type Json, second } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { Image } from '../../oci/image.ts';
import type { ApiResponse } from '../api.ts';
import { type Filters, flagFilter, hasLabels, readFilters } from '../filters.ts';
import { findImage } from '../lookup.ts';
import { engineState } from '../state.ts';
import { step } from '../step.ts';
import { globMatches } from './glob.ts';
import { instant, moment } from './moment.ts';
import { familiar, isDigestReference, referencesOf, repoLists, repositoryOf } from './references.ts';
import { imageSize } from './store.ts';
import { imageUsers } from './users.ts';

const known = ['before', 'dangling', 'label', 'reference', 'since', 'until'];

/** GET /images/json: the newest first. Filters and their errors as in transcript 06. */
export function listImages(m: Machine, query: { readonly [key: string]: string }): ApiResponse {
  const body = imageSummaries(m, query);
  const { images } = engineState(m);
  const layers = new Set(Object.values(images).flatMap((image) => image.layers.map((layer) => layer.chainId)));
  step(m, 'dockerd', 'list-images', {
    shown: body.length,
    total: Object.keys(images).length,
    layers: layers.size,
  });
  return { status: 200, body };
}

/** The images that a query asks for, the newest first. Throws EngineError. */
export function imageSummaries(m: Machine, query: { readonly [key: string]: string }): readonly Json[] {
  const filters = readFilters(query.filters, known);
  const dangling = flagFilter(filters, 'dangling', false);
  const matches = imageMatcher(m, filters);
  const { images } = engineState(m);
  const users = imageUsers(m);
  const body: Json[] = [];
  const parents = new Set(Object.values(images).flatMap(({ parent }) => parent ?? []));
  for (const image of Object.values(images).filter(matches).sort(newestFirst)) {
    const all = referencesOf(m, image.id);
    // what others were committed from is only an intermediate image once it has no name
    if (all.length === 0 && parents.has(image.id) && (dangling || query.all !== '1')) continue;
    const references = all.filter((reference) => named(filters, reference));
    if (references.length === 0 && (filters.has('reference') || (filters.has('dangling') && !dangling))) continue;
    if (dangling && references.some((reference) => !isDigestReference(reference))) continue;
    body.push({
      Containers: users[image.id] ?? 0,
      Created: createdAt(image),
      Id: image.id,
      Labels: Object.keys(image.config.Labels).length > 0 ? image.config.Labels : null,
      ParentId: image.parent ?? '',
      ...repoLists(references),
      SharedSize: -1,
      Size: imageSize(image),
    });
  }
  return body;
}

/** What the filters before, since, until and label let through. Throws EngineError. */
export function imageMatcher(m: Machine, filters: Filters): (image: Image) => boolean {
  const before = (filters.get('before') ?? []).map((name) => instant(findImage(m, name).created));
  const since = (filters.get('since') ?? []).map((name) => instant(findImage(m, name).created));
  const until = (filters.get('until') ?? []).map((text) => moment(text, m.world.now));
  const labels = filters.get('label') ?? [];
  return (image) => {
    const created = instant(image.created);
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
  return Math.floor(instant(image.created) / second);
}

function newestFirst(a: Image, b: Image): number {
  return instant(b.created) - instant(a.created) || (a.id < b.id ? -1 : 1);
}
