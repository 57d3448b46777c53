import { EngineError } from './errors.ts';

/** The values of each filter of a request, by its name. */
export type Filters = ReadonlyMap<string, readonly string[]>;

/**
 * The `filters` of a request: JSON as `{"label":{"a=b":true}}` or `{"label":["a=b"]}`. Throws `bad-parameter` for a
 * filter that is not among `known`.
 */
export function readFilters(filters: string | undefined, known: readonly string[]): Filters {
  const wanted = filters === undefined || filters === '' ? {} : (JSON.parse(filters) as { [name: string]: unknown });
  const read = new Map<string, readonly string[]>();
  for (const [name, raw] of Object.entries(wanted)) {
    if (!known.includes(name)) throw new EngineError('bad-parameter', 400, `invalid filter '${name}'`);
    read.set(name, Array.isArray(raw) ? raw.map(String) : Object.keys(raw as object));
  }
  return read;
}

/** A filter that is true or false. Throws `bad-parameter` for what is neither. */
export function flagFilter(filters: Filters, name: string, otherwise: boolean): boolean {
  const values = filters.get(name);
  if (values === undefined) return otherwise;
  const yes = values.some((value) => ['true', '1'].includes(value));
  const no = values.some((value) => ['false', '0'].includes(value));
  if (yes !== no) return yes;
  throw new EngineError('bad-parameter', 400, `invalid filter '${name}=[${values.join(' ')}]'`);
}

/** Are all of these (`name` or `name=value`) among the labels? */
export function hasLabels(labels: { readonly [name: string]: string }, wanted: readonly string[]): boolean {
  return wanted.every((text) => {
    const cut = text.indexOf('=');
    const name = cut < 0 ? text : text.slice(0, cut);
    return Object.hasOwn(labels, name) && (cut < 0 || labels[name] === text.slice(cut + 1));
  });
}
