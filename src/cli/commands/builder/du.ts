import type { CacheUse } from '../../../engine/build/cache-calls.ts';
import { humanDuration } from '../../../engine/human-duration.ts';
import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { type Client, call, say } from '../../client.ts';
import { CliError } from '../../errors.ts';
import { noArgs } from '../../flags/arity.ts';
import { boolFlag, listFlag, textFlag } from '../../flags/parse.ts';
import type { Value } from '../../format/go/types.ts';
import { listRow } from '../../format/row.ts';
import { humanSize } from '../../format/size.ts';
import type { Header } from '../../format/table.ts';
import { done, type Verb } from '../../verb.ts';
import { buildxFormat, buildxLines } from './list-format.ts';
import { usageFilter } from './usage-filter.ts';

const usageTable = 'table {{.ID}}\t{{.Reclaimable}}\t{{.Size}}\t{{.LastUsedAt}}';
const usageHeader: Header = {
  CreatedAt: 'CREATED AT',
  Description: 'DESCRIPTION',
  ID: 'ID',
  LastUsedAt: 'LAST ACCESSED',
  Mutable: 'MUTABLE',
  Parents: 'PARENTS',
  Reclaimable: 'RECLAIMABLE',
  Shared: 'SHARED',
  Size: 'SIZE',
  Type: 'TYPE',
  UsageCount: 'USAGE COUNT',
};

/** A result as templates see it; in tables a star stands for what is mutable or shared. */
function usageRow(client: Client, use: CacheUse, inTable: boolean): Value {
  const { CreatedAt, Description, ID, InUse, Mutable, Parents, Shared, Size, Type, UsageCount } = use;
  const star = (marked: boolean): string => (inTable && marked ? '*' : '');
  return listRow('*commands.duContext', {
    CreatedAt: () => CreatedAt,
    Description: () => Description,
    ID: () => `${ID}${star(Mutable)}`,
    LastUsedAt: () => ago(client, use.LastUsedAt),
    Mutable: () => String(Mutable),
    Parents: () => Parents.join(', '),
    Reclaimable: () => String(!InUse),
    Shared: () => String(Shared),
    Size: () => `${humanSize(Size)}${star(Shared)}`,
    Type: () => Type,
    UsageCount: () => String(UsageCount),
  });
}

/** docker buildx du: what builds have kept. */
export const buildxDu: Verb = {
  names: ['buildx du', 'builder du'],
  path: 'buildx du',
  errors: 'ERROR: ',
  usage: '',
  flags: 'builder:string debug,D filter:filter format:string verbose',
  arity: noArgs,
  run(client, flags) {
    if (boolFlag(flags, 'verbose') && textFlag(flags, 'format') !== undefined)
      throw new CliError('ERROR: --format and --verbose cannot be used together');
    const wanted = usageFilter(listFlag(flags, 'filter'));
    const all = call(client, { method: 'POST', path: '/grpc', body: { call: 'DiskUsage' } });
    const uses = (all as unknown as readonly CacheUse[]).filter(wanted);
    const asked = textFlag(flags, 'format') ?? (boolFlag(flags, 'verbose') ? 'pretty' : 'table');
    if (asked === 'pretty') for (const use of uses) sayVerbose(client, use);
    else {
      const format = buildxFormat(asked === 'table' ? usageTable : asked);
      const rows = uses.map((use) => usageRow(client, use, format.table));
      client.output.push([1, encodeUtf8(buildxLines(format, usageHeader, rows))]);
    }
    // a list that was filtered has no sums (neither has one in a format of one's own)
    if (listFlag(flags, 'filter').length > 0 || !['table', 'pretty'].includes(asked)) return done;
    const sum = (list: readonly CacheUse[]): string => humanSize(list.reduce((total, { Size }) => total + Size, 0));
    if (uses.some(({ Shared }) => Shared)) {
      say(client, `Shared:\t\t${sum(uses.filter(({ Shared }) => Shared))}`);
      say(client, `Private:\t${sum(uses.filter(({ Shared }) => !Shared))}`);
    }
    say(client, `Reclaimable:\t${sum(uses.filter(({ InUse }) => !InUse))}`);
    say(client, `Total:\t\t${sum(uses)}`);
    return done;
  },
};

function ago(client: Client, time: string): string {
  return `${humanDuration((client.sys.now / 1000 - Date.parse(time)) * 1000)} ago`;
}

function sayVerbose(client: Client, use: CacheUse): void {
  say(client, `ID:           ${use.ID}`);
  if (use.Parents.length > 0)
    for (const line of ['Parents:', ...use.Parents.map((id) => ` - ${id}`)]) say(client, line);
  say(client, `Created at:   ${use.CreatedAt.replace('T', ' ').replace(/Z$/, '')} +0000 UTC`);
  say(client, `Mutable:      ${use.Mutable}`);
  say(client, `Reclaimable:  ${!use.InUse}`);
  say(client, `Shared:       ${use.Shared}`);
  say(client, `Size:         ${humanSize(use.Size)}`);
  say(client, `Description:  ${use.Description}`);
  say(client, `Usage count:  ${use.UsageCount}`);
  say(client, `Last used:    ${ago(client, use.LastUsedAt)}`);
  say(client, `Type:         ${use.Type}`);
  say(client, '');
}
