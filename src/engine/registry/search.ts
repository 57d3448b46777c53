import type { Json } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { namesOnHub } from '../../registry/hub.ts';
import { hubId, registryIn } from '../../registry/store.ts';
import type { ApiResponse } from '../api.ts';
import { EngineError } from '../errors.ts';
import { readFilters } from '../filters.ts';
import { step } from '../step.ts';

const most = 100;
const usual = 25;

/**
 * GET /images/search: repositories of Docker Hub with `term` in their names: the official ones, and those that people here
 * have pushed to. Neither descriptions nor stars are recorded of them, so there are none in the answer (`star_count` -1:
 * not known). Throws EngineError.
 */
export function searchImages(m: Machine, query: { readonly [key: string]: string }): ApiResponse {
  const { term = '', limit: given = '0' } = query;
  const filters = readFilters(query.filters, ['is-automated', 'is-official', 'stars']);
  for (const name of ['is-automated', 'is-official']) {
    const [value] = filters.get(name) ?? [];
    if (value !== undefined && !/^(?:[01tf]|true|false)$/i.test(value)) {
      throw new EngineError('bad-parameter', 400, `invalid filter '${name}=[${value}]'`);
    }
  }
  const stars = filters.get('stars')?.find((value) => !/^[+-]?\d+$/.test(value));
  if (stars !== undefined) {
    const why = `strconv.Atoi: parsing ${JSON.stringify(stars)}: invalid syntax`;
    throw new EngineError('bad-parameter', 400, `invalid filter 'stars=${stars}': ${why}`);
  }
  const number = Number(given);
  if (number > most) {
    throw new EngineError('bad-parameter', 400, `limit ${number} is outside the range of [1, ${most}]`);
  }
  if (filters.has('stars')) throw new EngineError('not-simulated', 501, 'drydock: the filter stars is not simulated');
  if (term.includes('/') && /[.:]/.test(term.split('/')[0] ?? '')) {
    throw new EngineError('not-simulated', 501, `drydock: searching in ${term.split('/')[0]} is not simulated`);
  }
  const automated = filters.get('is-automated')?.some(isTrue) === true;
  const official = filters.get('is-official')?.map(isTrue);
  const wanted = term.replace(/^library\//, '').toLowerCase();
  const found = automated
    ? []
    : [
        ...namesOnHub().map((name) => ({ name, official: true })),
        ...Object.keys(registryIn(m, hubId).repositories).map((name) => ({ name, official: false })),
      ]
        .filter(({ name }) => name.includes(wanted))
        .filter((each) => official === undefined || official.includes(each.official))
        .sort((a, b) => rank(a.name, wanted) - rank(b.name, wanted) || (a.name < b.name ? -1 : 1))
        .slice(0, number > 0 ? number : usual);
  step(m, 'dockerd', 'search', { term, found: found.length });
  const body: Json = found.map(({ name, official: is_official }) => ({
    name,
    description: '',
    star_count: -1,
    is_official,
    is_automated: false,
  }));
  return { status: 200, body };
}

function isTrue(value: string): boolean {
  return /^(?:1|t|true)$/i.test(value);
}

/** The very name first, then those that begin with it. */
function rank(name: string, wanted: string): number {
  return name === wanted ? 0 : name.startsWith(wanted) ? 1 : 2;
}
