import type { EndpointSettings } from '../../../engine/networks/types.ts';
import type { Json } from '../../../kernel/json.ts';
import { call } from '../../client.ts';
import { CliError } from '../../errors.ts';
import { exactly } from '../../flags/arity.ts';
import { boolFlag, type Flags, listFlag, numberFlag, textFlag } from '../../flags/parse.ts';
import { done, type Verb } from '../../verb.ts';
import { networkInPath } from './inspect.ts';

/** docker network connect: one more network for a container. */
export const networkConnect: Verb = {
  names: ['network connect'],
  usage: '[OPTIONS] NETWORK CONTAINER',
  flags: 'alias:strings gw-priority:int ip:string link:link',
  arity: exactly(2),
  run(client, flags, [network = '', container = '']) {
    const path = `/networks/${networkInPath(network)}/connect`;
    const body = { Container: checked(container), EndpointConfig: settings(flags) as unknown as Json };
    call(client, { method: 'POST', path, body });
    return done;
  },
};

/** docker network disconnect: takes a container off a network. */
export const networkDisconnect: Verb = {
  names: ['network disconnect'],
  usage: '[OPTIONS] NETWORK CONTAINER',
  flags: 'force,f',
  arity: exactly(2),
  run(client, flags, [network = '', container = '']) {
    const path = `/networks/${networkInPath(network)}/disconnect`;
    const body = { Container: checked(container), Force: boolFlag(flags, 'force') };
    call(client, { method: 'POST', path, body });
    return done;
  },
};

function checked(container: string): string {
  if (container.trim() === '') throw new CliError('invalid container name or ID: value is empty');
  return container;
}

function settings(flags: Flags): EndpointSettings {
  const aliases = listFlag(flags, 'alias').flatMap((text) => text.split(','));
  const links = listFlag(flags, 'link');
  const ip = textFlag(flags, 'ip');
  return {
    ...(ip ? { IPAMConfig: { IPv4Address: ip } } : {}),
    Aliases: aliases,
    ...(links.length > 0 ? { Links: links } : {}),
    DriverOpts: {},
    GwPriority: numberFlag(flags, 'gw-priority') ?? 0,
  };
}
