import { type Client, complain, say } from '../../client.ts';
import {
  type ContextEndpoint,
  type ContextMeta,
  checkContextName,
  contextExists,
  defaultContext,
  readContext,
  writeContext,
} from '../../contexts/store.ts';
import { defaultHost, sshMistake } from '../../endpoint.ts';
import { CliError, flagError, notSimulated } from '../../errors.ts';
import { exactly } from '../../flags/arity.ts';
import { parseBool, ValueError } from '../../flags/numbers.ts';
import { type Flags, listFlag, textFlag } from '../../flags/parse.ts';
import { done, type Verb } from '../../verb.ts';

/** docker context create: a name for an engine's address. */
export const contextCreate: Verb = {
  names: ['context create'],
  usage: '[OPTIONS] CONTEXT',
  flags: 'description:string docker:stringToString from:string',
  arity: exactly(1),
  run(client, flags, [name = ''], env) {
    const { folder = '', sys } = client;
    const from = textFlag(flags, 'from') ?? '';
    const host = env.DOCKER_HOST || defaultHost;
    const settings = endpointSettings(flags, 'create');
    checkContextName(name);
    if (contextExists(sys, folder, name)) throw new CliError(`context ${JSON.stringify(name)} already exists`);
    const description = textFlag(flags, 'description') ?? '';
    let meta: ContextMeta;
    if (from !== '') {
      if (settings) throw new CliError('cannot use --docker flag when --from is set');
      const base = contextOf(client, from, host);
      meta = { ...base, Metadata: described(description || (base.Metadata.Description ?? '')) };
    } else {
      const docker = settings ? endpointOf(client, settings, host) : { Host: host, SkipTLSVerify: false };
      meta = { Name: name, Metadata: described(description), Endpoints: { docker } };
    }
    writeContext(sys, folder, { ...meta, Name: name });
    say(client, name);
    complain(client, `Successfully created context ${JSON.stringify(name)}`);
    return done;
  },
};

/** docker context update: changes a context's description or address. */
export const contextUpdate: Verb = {
  names: ['context update'],
  usage: '[OPTIONS] CONTEXT',
  flags: 'description:string docker:stringToString',
  arity: exactly(1),
  run(client, flags, [name = ''], env) {
    const { folder = '', sys } = client;
    const settings = endpointSettings(flags, 'update');
    checkContextName(name);
    const old = readContext(sys, folder, name);
    const description = textFlag(flags, 'description') ?? '';
    const host = env.DOCKER_HOST || defaultHost;
    writeContext(sys, folder, {
      Name: name,
      Metadata: description === '' ? old.Metadata : { Description: description },
      Endpoints: settings ? { docker: endpointOf(client, settings, host) } : old.Endpoints,
    });
    say(client, name);
    complain(client, `Successfully updated context ${JSON.stringify(name)}`);
    return done;
  },
};

function described(description: string): ContextMeta['Metadata'] {
  return description === '' ? {} : { Description: description };
}

/** A context by its name; the default one says what the environment says. Throws CliError. */
function contextOf({ folder = '', sys }: Client, name: string, host: string): ContextMeta {
  if (name !== defaultContext) return readContext(sys, folder, name);
  return {
    Name: defaultContext,
    Metadata: { Description: 'Current DOCKER_HOST based configuration' },
    Endpoints: { docker: { Host: host, SkipTLSVerify: false } },
  };
}

type Settings = readonly (readonly [key: string, value: string])[];

const knownKeys = ['from', 'host', 'ca', 'cert', 'key', 'skip-tls-verify'];

/** The settings of `--docker host=tcp://…,ca=…`; undefined without it. Throws CliError. */
function endpointSettings(flags: Flags, verb: string): Settings | undefined {
  const given = listFlag(flags, 'docker');
  if (given.length === 0) return undefined;
  return given
    .flatMap((text) => text.split(','))
    .map((pair) => {
      const cut = pair.indexOf('=');
      if (cut >= 0) return [pair.slice(0, cut), pair.slice(cut + 1)] as const;
      const path = `docker context ${verb}`;
      const why = `invalid argument ${JSON.stringify(given.join(','))} for "--docker" flag: ${pair} must be formatted as key=value`;
      throw flagError(why, `${path} [OPTIONS] CONTEXT`, path);
    });
}

function endpointOf(client: Client, settings: Settings, host: string): ContextEndpoint {
  const wrong = (why: string) => new CliError(`unable to create docker endpoint config: ${why}`);
  const unknown = settings.find(([key]) => !knownKeys.includes(key));
  if (unknown) throw wrong(`unrecognized config key: ${unknown[0]}`);
  const values = new Map(settings);
  for (const key of ['ca', 'cert', 'key']) {
    if (values.has(key)) throw notSimulated(`the setting ${key} of --docker`);
  }
  const from = values.get('from');
  if (from !== undefined) return contextOf(client, from, host).Endpoints.docker ?? { Host: '', SkipTLSVerify: false };
  const mistake = values.get('host')?.startsWith('ssh://') ? sshMistake(values.get('host') ?? '') : undefined;
  if (mistake !== undefined) throw wrong(`invalid docker endpoint options: ${mistake}`);
  return { Host: values.get('host') ?? '', SkipTLSVerify: skipsVerification(values.get('skip-tls-verify'), wrong) };
}

function skipsVerification(text: string | undefined, wrong: (why: string) => CliError): boolean {
  if (text === undefined) return false;
  try {
    return parseBool(text);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw wrong(`skip-tls-verify: parsing ${JSON.stringify(text)}: invalid syntax`);
  }
}
