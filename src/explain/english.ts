import type { Catalog } from './catalog/catalog.ts';
import { en as catalog } from './catalog/en.ts';
import { en as messages } from './messages/en.ts';
import type { Messages } from './messages/texts.ts';

// One language's texts: nobody needs to load those of another one.

/** The sentences of steps in English. */
export function englishCatalog(): Catalog {
  return catalog;
}

/** What drydock itself says in English. */
export function englishMessages(): Messages {
  return messages;
}
