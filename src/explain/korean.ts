import type { Catalog } from './catalog/catalog.ts';
import { ko as catalog } from './catalog/ko.ts';
import { ko as messages } from './messages/ko.ts';
import type { Messages } from './messages/texts.ts';

// One language's texts: nobody needs to load those of another one.

/** The sentences of steps in Korean. */
export function koreanCatalog(): Catalog {
  return catalog;
}

/** What drydock itself says in Korean. */
export function koreanMessages(): Messages {
  return messages;
}
