import type { Id } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { formatReference, type Reference, withDefaultTag } from '../../oci/reference.ts';
import { EngineError } from '../errors.ts';
import { parsed } from '../lookup.ts';
import { engine } from '../state.ts';
import { step } from '../step.ts';
import { familiar } from './references.ts';
import { setReference } from './store.ts';

/** The name that a new image is to get, with its tag; undefined without one. Throws `bad-parameter`. */
export function wantedName(repo = '', tag = ''): Reference | undefined {
  if (repo === '') return undefined;
  const name = parsed(tag === '' ? repo : `${repo}:${tag}`);
  if (name.digest !== undefined) throw new EngineError('bad-parameter', 400, 'cannot import digest reference');
  return withDefaultTag(name);
}

/** Gives an image a name, as `docker tag` does. */
export function nameNewImage(m: Machine, image: Id, name: Reference | undefined): void {
  if (name === undefined) return;
  const reference = formatReference(name);
  setReference(m, reference, image);
  (m.draft.own(engine(m), 'lastTagged') as { [id: string]: number })[image] = m.world.now;
  step(m, 'dockerd', 'tag', { name: familiar(reference), image });
}
