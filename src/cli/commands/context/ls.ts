import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { type Client, complain } from '../../client.ts';
import { defaultContext, readContext, readContexts } from '../../contexts/store.ts';
import { defaultHost } from '../../endpoint.ts';
import { CliError } from '../../errors.ts';
import { noArgs } from '../../flags/arity.ts';
import { boolFlag, textFlag } from '../../flags/parse.ts';
import { ellipsis } from '../../format/ellipsis.ts';
import { rawJson } from '../../format/go/json.ts';
import { boolValue, type Method, textValue, type Value } from '../../format/go/types.ts';
import { compareNatural } from '../../format/natural.ts';
import { type Header, listFormat, listLines } from '../../format/table.ts';
import { done, type Verb } from '../../verb.ts';

const header: Header = {
  Current: '',
  Description: 'DESCRIPTION',
  DockerEndpoint: 'DOCKER ENDPOINT',
  Error: 'ERROR',
  Name: 'NAME',
};
const table = 'table {{.Name}}{{if .Current}} *{{end}}\t{{.Description}}\t{{.DockerEndpoint}}\t{{.Error}}';
const longestError = 45;

interface Row {
  readonly Name: string;
  readonly Description: string;
  readonly DockerEndpoint: string;
  readonly Error: string;
}

/** docker context ls: the contexts, by name; the one in use is marked. */
export const contextLs: Verb = {
  names: ['context ls', 'context list'],
  usage: '[OPTIONS]',
  flags: 'format:string quiet,q',
  arity: noArgs,
  run(client, flags, _args, env) {
    const given = textFlag(flags, 'format') ?? '';
    const usual = given === '' || given === 'table';
    const format = listFormat(usual ? (boolFlag(flags, 'quiet') ? '{{.Name}}' : table) : given);
    const current = client.endpoint.context ?? defaultContext;
    const rows = rowsOf(client, current, env.DOCKER_HOST || defaultHost).toSorted((a, b) =>
      compareNatural(a.Name, b.Name),
    );
    const text = listLines(
      format,
      header,
      rows.map((row) => value(row, row.Name === current)),
    );
    client.output.push([1, encodeUtf8(text)]);
    if (env.DOCKER_HOST) {
      const how = 'To use a context, either set the global --context flag, or unset DOCKER_HOST environment variable.';
      complain(client, `Warning: DOCKER_HOST environment variable overrides the active context. ${how}`);
    }
    return done;
  },
};

function rowsOf(client: Client, current: string, host: string): readonly Row[] {
  const { folder = '', sys } = client;
  const own = { Name: defaultContext, Description: 'Current DOCKER_HOST based configuration', DockerEndpoint: host };
  const kept = readContexts(sys, folder).map(({ Endpoints, Metadata, Name }) => ({
    Name,
    Description: Metadata.Description ?? '',
    DockerEndpoint: Endpoints.docker?.Host ?? '',
    Error: '',
  }));
  const rows: Row[] = [{ ...own, Error: '' }, ...kept];
  if (!rows.some(({ Name }) => Name === current)) rows.push(missing(client, current));
  return rows;
}

/** The context in use, when there is none of that name. */
function missing({ folder = '', sys }: Client, name: string): Row {
  const row = { Name: name, Description: '', DockerEndpoint: '' };
  try {
    readContext(sys, folder, name);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return { ...row, Error: error.message };
  }
  return { ...row, Error: '' };
}

function value(row: Row, current: boolean): Value {
  const fields = { ...row, Error: ellipsis(row.Error, longestError) };
  const methods: { [name: string]: Method } = {};
  for (const [name, text] of Object.entries(fields)) methods[name] = () => textValue(text);
  methods.Current = () => boolValue(current);
  const { Description, DockerEndpoint, Error: problem, Name } = fields;
  methods.MarshalJSON = () =>
    textValue(rawJson({ Current: current, Description, DockerEndpoint, Error: problem, Name }));
  return { type: { kind: 'struct', name: '*formatter.clientContextContext', fields: [], methods }, data: {} };
}
