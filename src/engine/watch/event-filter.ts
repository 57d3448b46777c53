import type { EngineEvent } from './events.ts';

/** Values by filter; those of one filter are alternatives (labels: all must be there). */
export type EventFilters = { readonly [key: string]: readonly string[] };

/** What `filters` of GET /events says. Unknown filters are no error there, and let everything through. */
export function readEventFilters(text: string | undefined): EventFilters {
  if (text === undefined || text === '') return {};
  const parsed = JSON.parse(text) as { readonly [key: string]: unknown };
  const entries = Object.entries(parsed).map(([key, raw]) => {
    return [key, Array.isArray(raw) ? raw.map(String) : Object.keys(raw as object)] as const;
  });
  return Object.fromEntries(entries);
}

/** Does the event fit? Objects are named by the beginning of an id or a name; events also by what stands before a colon. */
export function passes(filters: EventFilters, { type, action, id, attributes }: EngineEvent): boolean {
  const { name = '' } = attributes;
  const some = (key: string, fits: (value: string) => boolean): boolean => filters[key]?.some(fits) ?? true;
  const begins = (value: string): boolean => id.startsWith(value) || (name !== '' && name.startsWith(value));
  const image = type === 'image' ? name : (attributes.image ?? '');
  return (
    some('type', (value) => value === type) &&
    some('event', (value) => action === value || action.startsWith(`${value}:`)) &&
    some('scope', (value) => value === 'local') &&
    some('container', begins) &&
    some('network', begins) &&
    some('volume', begins) &&
    some('daemon', begins) &&
    some('image', (value) => [id, image, withoutTag(id), withoutTag(image)].includes(value)) &&
    (filters.label ?? []).every((label) => {
      const cut = label.indexOf('=');
      return cut < 0 ? Object.hasOwn(attributes, label) : attributes[label.slice(0, cut)] === label.slice(cut + 1);
    })
  );
}

function withoutTag(name: string): string {
  return name.replace(/:[\w.-]+$/, '');
}
