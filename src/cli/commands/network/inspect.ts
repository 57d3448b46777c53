import { type Client, call, inPath } from '../../client.ts';
import { CliError } from '../../errors.ts';
import { atLeast } from '../../flags/arity.ts';
import { textFlag } from '../../flags/parse.ts';
import { networkTypes } from '../../format/data/network-types.ts';
import { structType } from '../../format/go/structs.ts';
import type { Type } from '../../format/go/types.ts';
import type { Verb } from '../../verb.ts';
import { type Found, inspectAll } from '../inspector.ts';

/** docker network inspect: all that the engine knows of networks. */
export const networkInspect: Verb = {
  names: ['network inspect'],
  usage: '[OPTIONS] NETWORK [NETWORK...]',
  flags: 'format,f:string verbose,v',
  arity: atLeast(1),
  run(client, flags, args) {
    // `--verbose` adds what a swarm knows of a network; there is none
    return inspectAll(client, textFlag(flags, 'format'), args, (name) => findNetwork(client, name));
  },
};

let networkType: Type | undefined;

/** A network with its Go type. Throws CliError. */
export function findNetwork(client: Client, name: string): Found {
  const data = call(client, { method: 'GET', path: `/networks/${networkInPath(name)}` });
  networkType ??= structType(networkTypes(), 'Inspect', 'network');
  return { data, type: networkType };
}

/** The name of a network as the client library takes it. Throws CliError when it is empty. */
export function networkInPath(name: string): string {
  if (name.trim() === '') throw new CliError('invalid network name or ID: value is empty');
  return inPath(name);
}
