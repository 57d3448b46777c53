import type { Machine } from '../../kernel/machine.ts';
import { formatReference, withDefaultTag } from '../../oci/reference.ts';
import type { ApiResponse } from '../api.ts';
import { EngineError } from '../errors.ts';
import { findImage, parsed } from '../lookup.ts';
import { engine } from '../state.ts';
import { step } from '../step.ts';
import { noteEvent } from '../watch/events.ts';
import { familiar } from './references.ts';
import { setReference } from './store.ts';

/** POST /images/ID/tag: one more name for an image; the name leaves whatever image had it. */
export function tagImage(m: Machine, source: string, query: { readonly [key: string]: string }): ApiResponse {
  const { repo = '', tag = '' } = query;
  const image = findImage(m, source);
  const target = parsed(tag === '' ? repo : `${repo}:${tag}`);
  if (target.digest !== undefined) {
    throw new EngineError('bad-parameter', 400, 'refusing to create a tag with a digest reference');
  }
  if (target.domain === 'docker.io' && target.path === 'library/sha256') {
    throw new EngineError('bad-parameter', 400, 'refusing to create an ambiguous tag using digest algorithm as name');
  }
  const reference = formatReference(withDefaultTag(target));
  setReference(m, reference, image.id);
  (m.draft.own(engine(m), 'lastTagged') as { [id: string]: number })[image.id] = m.world.now;
  noteEvent(m, 'image', 'tag', image.id, { ...image.config.Labels, name: familiar(reference) });
  step(m, 'dockerd', 'tag', { name: familiar(reference), image: image.id });
  return { status: 201, body: null };
}
