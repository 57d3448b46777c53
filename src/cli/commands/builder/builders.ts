import type { CacheUse } from '../../../engine/build/cache-calls.ts';
import { humanDuration } from '../../../engine/human-duration.ts';
import { type Client, call, say } from '../../client.ts';
import { CliError } from '../../errors.ts';
import { atMost, noArgs } from '../../flags/arity.ts';
import { boolFlag, textFlag } from '../../flags/parse.ts';
import { humanSize } from '../../format/size.ts';
import { done, type Verb } from '../../verb.ts';

/** docker buildx du: what builds have kept. */
export const buildxDu: Verb = {
  names: ['buildx du', 'builder du'],
  path: 'buildx du',
  errors: 'ERROR: ',
  usage: '',
  flags: 'builder:string debug,D verbose',
  arity: noArgs,
  run(client, flags) {
    const uses = call(client, {
      method: 'POST',
      path: '/grpc',
      body: { call: 'DiskUsage' },
    }) as unknown as readonly CacheUse[];
    if (boolFlag(flags, 'verbose')) for (const use of uses) sayVerbose(client, use);
    else sayTable(client, uses);
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

function sayTable(client: Client, uses: readonly CacheUse[]): void {
  const rows = uses.map((use) => [
    `${use.ID}${use.Mutable ? '*' : ''}`,
    String(!use.InUse),
    `${humanSize(use.Size)}${use.Shared ? '*' : ''}`,
    ago(client, use.LastUsedAt),
  ]);
  const all = [['ID', 'RECLAIMABLE', 'SIZE', 'LAST ACCESSED'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  for (const row of all) say(client, row.map((cell, i) => (i < 3 ? cell.padEnd((widths[i] ?? 0) + 3) : cell)).join(''));
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

/** docker buildx ls: the builders; there is the engine's own. */
export const buildxLs: Verb = {
  names: ['buildx ls', 'builder ls'],
  path: 'buildx ls',
  errors: 'ERROR: ',
  usage: '',
  flags: 'debug,D no-trunc',
  arity: noArgs,
  run(client) {
    say(client, 'NAME/NODE     DRIVER/ENDPOINT   STATUS    BUILDKIT         PLATFORMS');
    say(client, 'default*      docker                                       ');
    say(client, ' \\_ default    \\_ default       running   v0.0.0+unknown   linux/amd64 (+3), linux/386');
    return done;
  },
};

/** docker buildx inspect: the builder `default`. */
export const buildxInspect: Verb = {
  names: ['buildx inspect', 'builder inspect'],
  path: 'buildx inspect',
  errors: 'ERROR: ',
  usage: '[NAME]',
  flags: 'bootstrap builder:string debug,D',
  arity: atMost(1),
  run(client, flags, [name = textFlag(flags, 'builder') ?? 'default']) {
    if (name !== 'default') throw new CliError(`ERROR: no builder ${JSON.stringify(name)} found`);
    const lines = [
      'Name:   default',
      'Driver: docker',
      '',
      'Nodes:',
      'Name:             default',
      'Endpoint:         default',
      'Status:           running',
      'BuildKit version: v0.0.0+unknown',
      'Platforms:        linux/amd64, linux/amd64/v2, linux/amd64/v3, linux/386',
      'Labels:',
      ' org.mobyproject.buildkit.worker.moby.host-gateway-ip: 172.17.0.1',
    ];
    for (const line of lines) say(client, line);
    return done;
  },
};

/** docker buildx version. */
export const buildxVersion: Verb = {
  names: ['buildx version', 'builder version'],
  path: 'buildx version',
  errors: 'ERROR: ',
  usage: '',
  flags: 'debug,D',
  arity: noArgs,
  run(client) {
    say(client, 'github.com/docker/buildx 0.29.1+ds1 0.29.1+ds1-4');
    return done;
  },
};
