import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { type Client, call, complain } from '../../client.ts';
import { noArgs } from '../../flags/arity.ts';
import { filterJson } from '../../flags/filters.ts';
import { boolFlag, type Flags, listFlag, textFlag } from '../../flags/parse.ts';
import { marshalMap } from '../../format/go/json.ts';
import { type Method, string, textValue, type Value } from '../../format/go/types.ts';
import { listFormat, listLines } from '../../format/table.ts';
import { done, type Verb } from '../../verb.ts';

interface Listed {
  readonly Name: string;
  readonly Driver: string;
  readonly Mountpoint: string;
  readonly Scope: string;
  readonly Labels: { readonly [name: string]: string } | null;
}

const header = {
  Availability: 'AVAILABILITY',
  Driver: 'DRIVER',
  Group: 'GROUP',
  Labels: 'LABELS',
  Links: 'LINKS',
  Mountpoint: 'MOUNTPOINT',
  Name: 'VOLUME NAME',
  Scope: 'SCOPE',
  Size: 'SIZE',
  Status: 'STATUS',
};

/** docker volume ls: the volumes, by name. */
export const volumeLs: Verb = {
  names: ['volume ls', 'volume list'],
  usage: '[OPTIONS]',
  flags: 'filter,f:filter format:string quiet,q',
  arity: noArgs,
  run(client, flags) {
    const filters = filterJson(listFlag(flags, 'filter'));
    const format = listFormat(formatOf(client, flags));
    const query = filters === undefined ? {} : { query: { filters } };
    const answer = call(client, { method: 'GET', path: '/volumes', ...query }) as unknown as { Volumes: Listed[] };
    client.output.push([1, encodeUtf8(listLines(format, header, answer.Volumes.map(row)))]);
    return done;
  },
};

function formatOf(client: Client, flags: Flags): string {
  const quiet = boolFlag(flags, 'quiet');
  const custom = textFlag(flags, 'format');
  if (custom && quiet) {
    complain(client, 'WARNING: Ignoring custom format, because both --format and --quiet are set.');
  }
  if (quiet) return '{{.Name}}';
  return custom && custom !== 'table' ? custom : 'table {{.Driver}}\t{{.Name}}';
}

function row(volume: Listed): Value {
  const labels = volume.Labels ?? {};
  const fields: { readonly [name: string]: string } = {
    Availability: 'N/A',
    Driver: volume.Driver,
    Group: 'N/A',
    Labels: Object.keys(labels)
      .sort()
      .map((name) => `${name}=${labels[name]}`)
      .join(','),
    Links: 'N/A',
    Mountpoint: volume.Mountpoint,
    Name: volume.Name,
    Scope: volume.Scope,
    Size: 'N/A',
    Status: 'N/A',
  };
  const methods: { [name: string]: Method } = {};
  for (const [name, text] of Object.entries(fields)) methods[name] = () => textValue(text);
  methods.Label = Object.assign(
    (_self: Value, [name]: readonly Value[]) => textValue(labels[String(name?.data ?? '')] ?? ''),
    { takes: [string] },
  );
  methods.MarshalJSON = () => textValue(marshalMap(fields));
  return { type: { kind: 'struct', name: '*formatter.volumeContext', fields: [], methods }, data: {} };
}
