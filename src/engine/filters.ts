import { EngineError } from './errors.ts';

/**
 * The `filters` of a request: JSON as `{"label":{"a=b":true}}` or `{"label":["a=b"]}`, as values by name. Throws for a
 * filter that is not among `known`.
 */
export function readFilters(
  filters: string | undefined,
  known: readonly string[],
): { readonly [name: string]: readonly string[] } {
  const wanted = filters === undefined || filters === '' ? {} : (JSON.parse(filters) as { [name: string]: unknown });
  const read: { [name: string]: readonly string[] } = {};
  for (const [name, raw] of Object.entries(wanted)) {
    if (!known.includes(name)) throw new EngineError('bad-parameter', 400, `invalid filter '${name}'`);
    read[name] = Array.isArray(raw) ? raw.map(String) : Object.keys(raw as object);
  }
  return read;
}
