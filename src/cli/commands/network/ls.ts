import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { call } from '../../client.ts';
import { noArgs } from '../../flags/arity.ts';
import { filterJson } from '../../flags/filters.ts';
import { boolFlag, type Flags, listFlag, textFlag } from '../../flags/parse.ts';
import { compareNatural } from '../../format/natural.ts';
import { type Listed, networkHeader, networkRow, networksFormat } from '../../format/network-row.ts';
import { listFormat, listLines } from '../../format/table.ts';
import { done, type Verb } from '../../verb.ts';

/** docker network ls: the networks, by name. */
export const networkLs: Verb = {
  names: ['network ls', 'network list'],
  usage: '[OPTIONS]',
  flags: 'filter,f:filter format:string no-trunc quiet,q',
  arity: noArgs,
  run(client, flags) {
    const filters = filterJson(listFlag(flags, 'filter'));
    const query = filters === undefined ? {} : { query: { filters } };
    const format = listFormat(formatOf(flags));
    const answer = call(client, { method: 'GET', path: '/networks', ...query }) as unknown as readonly Listed[];
    const truncate = !boolFlag(flags, 'no-trunc');
    const rows = answer.toSorted((a, b) => compareNatural(a.Name, b.Name)).map((row) => networkRow(row, truncate));
    client.output.push([1, encodeUtf8(listLines(format, networkHeader, rows))]);
    return done;
  },
};

function formatOf(flags: Flags): string {
  return networksFormat(textFlag(flags, 'format'), boolFlag(flags, 'quiet'));
}
