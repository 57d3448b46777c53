import type { ContainerSummary } from '../../../engine/api.ts';
import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { call, complain } from '../../client.ts';
import { noArgs } from '../../flags/arity.ts';
import { filterJson } from '../../flags/filters.ts';
import { boolFlag, type Flags, listFlag, numberFlag, textFlag } from '../../flags/parse.ts';
import { containerHeader, containerRow, psFormat } from '../../format/container-row.ts';
import { listFormat, listLines, renderRow, userTemplate } from '../../format/table.ts';
import { done, type Verb } from '../../verb.ts';

/** docker ps: the containers. */
export const ps: Verb = {
  names: ['ps', 'container ls', 'container list', 'container ps'],
  usage: '[OPTIONS]',
  flags: 'all,a filter,f:filter format:string last,n:int latest,l no-trunc quiet,q size,s',
  arity: noArgs,
  run(client, flags) {
    const quiet = boolFlag(flags, 'quiet');
    const custom = textFlag(flags, 'format');
    if (custom && quiet) {
      complain(client, 'WARNING: Ignoring custom format, because both --format and --quiet are set.');
    }
    const size = boolFlag(flags, 'size');
    const wantsSize = custom !== undefined && custom !== '' && asksForSize(custom) && !quiet && !flags.has('size');
    const format = listFormat(psFormat(custom, { quiet, size }));
    const { now } = client.sys;
    const containers = call(client, {
      method: 'GET',
      path: '/containers/json',
      query: listQuery(flags, size || wantsSize),
    }) as unknown as readonly ContainerSummary[];
    const truncate = !boolFlag(flags, 'no-trunc');
    const rows = containers.map((container) => containerRow(container, { now, truncate }));
    client.output.push([1, encodeUtf8(listLines(format, containerHeader, rows))]);
    return done;
  },
};

function listQuery(flags: Flags, size: boolean): { [name: string]: string } {
  const limit = boolFlag(flags, 'latest') && !flags.has('last') ? 1 : (numberFlag(flags, 'last') ?? -1);
  const filters = filterJson(listFlag(flags, 'filter'));
  return {
    ...(boolFlag(flags, 'all') ? { all: '1' } : {}),
    ...(limit > 0 ? { limit: String(limit) } : {}),
    ...(size ? { size: '1' } : {}),
    ...(filters === undefined ? {} : { filters }),
  };
}

/** Tries the template on a container without anything: does it ask for the size? Throws CliError when it fails. */
function asksForSize(format: string): boolean {
  let asked = false;
  const sizeAsked = () => {
    asked = true;
  };
  renderRow(userTemplate(format), containerRow(nothing, { now: 0, truncate: true, sizeAsked }));
  return asked;
}

const nothing: ContainerSummary = {
  Id: '',
  Names: [],
  Image: '',
  ImageID: '',
  Command: '',
  Created: 0,
  Ports: [],
  Labels: {},
  State: '',
  Status: '',
  HostConfig: { NetworkMode: '' },
  NetworkSettings: { Networks: {} },
  Mounts: [],
};
