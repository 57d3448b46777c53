import type { Client } from '../../client.ts';
import { call } from '../../client.ts';
import { atLeast } from '../../flags/arity.ts';
import { boolFlag, textFlag } from '../../flags/parse.ts';
import { containerTypes } from '../../format/data/container-types.ts';
import { structType } from '../../format/go/structs.ts';
import type { Type } from '../../format/go/types.ts';
import type { Verb } from '../../verb.ts';
import { containerName } from '../each.ts';
import { type Found, inspectAll } from '../inspector.ts';

/** docker container inspect: all that the engine knows of containers. */
export const containerInspect: Verb = {
  names: ['container inspect'],
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  flags: 'format,f:string size,s',
  arity: atLeast(1),
  run(client, flags, args) {
    const size = boolFlag(flags, 'size');
    return inspectAll(client, textFlag(flags, 'format'), args, (name) => findContainer(client, name, size));
  },
};

let containerType: Type | undefined;

/** A container with its Go type. Throws CliError. */
export function findContainer(client: Client, name: string, size: boolean): Found {
  const query = size ? { query: { size: '1' } } : {};
  const data = call(client, { method: 'GET', path: `/containers/${containerName(name)}/json`, ...query });
  containerType ??= structType(containerTypes(), '*InspectResponse', 'container');
  return { data, type: containerType };
}
