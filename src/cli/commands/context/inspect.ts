import type { Json } from '../../../kernel/json.ts';
import type { Client } from '../../client.ts';
import { contextPaths, defaultContext, readContext } from '../../contexts/store.ts';
import { defaultHost } from '../../endpoint.ts';
import { atLeast } from '../../flags/arity.ts';
import { textFlag } from '../../flags/parse.ts';
import { contextTypes } from '../../format/data/context-types.ts';
import { structType } from '../../format/go/structs.ts';
import type { Verb } from '../../verb.ts';
import { inspectAll } from '../inspector.ts';

/** docker context inspect: all that the client knows of contexts; without a name, of the one in use. */
export const contextInspect: Verb = {
  names: ['context inspect'],
  usage: '[OPTIONS] [CONTEXT] [CONTEXT...]',
  flags: 'format,f:string',
  arity: atLeast(0),
  run(client, flags, args, env) {
    const names = args.length > 0 ? args : [client.endpoint.context ?? defaultContext];
    const type = structType(contextTypes(), 'contextWithTLSListing', 'context');
    const host = env.DOCKER_HOST || defaultHost;
    const look = (name: string) => ({ data: contextJson(client, name, host), type });
    return inspectAll(client, textFlag(flags, 'format'), names, look, { marshalled: true });
  },
};

function contextJson({ folder = '', sys }: Client, name: string, host: string): Json {
  if (name === defaultContext) {
    const docker = { Host: host, SkipTLSVerify: false };
    const place = '<IN MEMORY>';
    return json(name, {}, { docker }, { meta: place, tls: place });
  }
  const { Endpoints, Metadata } = readContext(sys, folder, name);
  return json(name, Metadata as Json, Endpoints as Json, contextPaths(folder, name));
}

function json(Name: string, Metadata: Json, Endpoints: Json, paths: ReturnType<typeof contextPaths>): Json {
  return {
    Name,
    Metadata,
    Endpoints,
    TLSMaterial: {},
    Storage: { MetadataPath: paths.meta, TLSPath: paths.tls },
  };
}
