import type { ApiResponse } from '../api.ts';
import { EngineError } from '../errors.ts';
import { readFilters } from '../filters.ts';

/** GET /plugins: there are none, for nothing installs any here. Throws EngineError for an unknown filter. */
export function listPlugins(filters: string | undefined): ApiResponse {
  readFilters(filters, ['capability', 'enabled']);
  return { status: 200, body: [] };
}

/** GET /plugins/NAME/json. Throws EngineError. */
export function inspectPlugin(name: string): ApiResponse {
  throw new EngineError('bad-parameter', 404, `plugin ${JSON.stringify(name)} not found`);
}
