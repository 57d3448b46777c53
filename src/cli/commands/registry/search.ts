import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { call, complain } from '../../client.ts';
import { CliError } from '../../errors.ts';
import { exactly } from '../../flags/arity.ts';
import { filterJson } from '../../flags/filters.ts';
import { boolFlag, listFlag, numberFlag, textFlag } from '../../flags/parse.ts';
import { type FoundRepository, searchFormat, searchHeader, searchRow } from '../../format/search-row.ts';
import { listFormat, listLines } from '../../format/table.ts';
import { done, type Verb } from '../../verb.ts';

/** docker search: repositories of Docker Hub. */
export const search: Verb = {
  names: ['search'],
  usage: '[OPTIONS] TERM',
  flags: 'filter,f:filter format:string limit:int no-trunc',
  arity: exactly(1),
  run(client, flags, [term = '']) {
    const given = listFlag(flags, 'filter');
    const filters = filterJson(given);
    if (term.startsWith('-')) throw new CliError('drydock: a search for a term that begins with - is not simulated');
    if (given.some((filter) => filter === 'is-automated=true')) {
      complain(
        client,
        'WARNING: the "is-automated" filter is deprecated, and searching for "is-automated=true" will not yield any ' +
          'results in future.',
      );
    }
    const query = {
      term,
      limit: String(numberFlag(flags, 'limit') ?? 0),
      ...(filters === undefined ? {} : { filters }),
    };
    const found = call(client, { method: 'GET', path: '/images/search', query }) as unknown as FoundRepository[];
    const format = listFormat(searchFormat(textFlag(flags, 'format')));
    const truncate = !boolFlag(flags, 'no-trunc');
    const rows = found.map((each) => searchRow(each, truncate));
    client.output.push([1, encodeUtf8(listLines(format, searchHeader, rows))]);
    return done;
  },
};
