import type { NetworkCreateBody } from '../../../engine/networks/types.ts';
import type { Json } from '../../../kernel/json.ts';
import { call, say } from '../../client.ts';
import { exactly } from '../../flags/arity.ts';
import { boolFlag, type Flags, listFlag, textFlag } from '../../flags/parse.ts';
import { done, type Verb } from '../../verb.ts';
import { readPools } from './pools.ts';

/** docker network create: a bridge on the host for containers that are to find each other by name. */
export const networkCreate: Verb = {
  names: ['network create'],
  usage: '[OPTIONS] NETWORK',
  flags: `attachable aux-address:map config-from:string config-only driver,d:string gateway:strings ingress internal
    ip-range:strings ipam-driver:string ipam-opt:map ipv4 ipv6 label:label opt,o:map scope:string subnet:strings`,
  arity: exactly(1),
  run(client, flags, [name = '']) {
    const path = '/networks/create';
    const made = call(client, { method: 'POST', path, body: body(flags, name) as unknown as Json });
    say(client, (made as { readonly Id: string }).Id);
    return done;
  },
};

function body(flags: Flags, name: string): NetworkCreateBody {
  const from = textFlag(flags, 'config-from');
  const scope = textFlag(flags, 'scope');
  return {
    Name: name,
    Driver: textFlag(flags, 'driver') ?? 'bridge',
    Options: pairs(listFlag(flags, 'opt')),
    IPAM: {
      Driver: textFlag(flags, 'ipam-driver') ?? 'default',
      Options: pairs(listFlag(flags, 'ipam-opt')),
      Config: readPools({
        subnets: words(flags, 'subnet'),
        ranges: words(flags, 'ip-range'),
        gateways: words(flags, 'gateway'),
        reserved: Object.entries(pairs(listFlag(flags, 'aux-address'))),
      }),
    },
    Internal: boolFlag(flags, 'internal'),
    Attachable: boolFlag(flags, 'attachable'),
    Ingress: boolFlag(flags, 'ingress'),
    ConfigOnly: boolFlag(flags, 'config-only'),
    Labels: pairs(listFlag(flags, 'label')),
    EnableIPv4: boolFlag(flags, 'ipv4', true),
    EnableIPv6: boolFlag(flags, 'ipv6'),
    ...(scope === undefined ? {} : { Scope: scope }),
    ...(from ? { ConfigFrom: { Network: from } } : {}),
  };
}

/** The values of a flag that takes several, with commas between them too. */
function words(flags: Flags, name: string): readonly string[] {
  return listFlag(flags, name).flatMap((text) => text.split(','));
}

/** `name=value` each; the last one of a name counts. */
function pairs(list: readonly string[]): { readonly [name: string]: string } {
  return Object.fromEntries(
    list.map((text) => {
      const cut = text.indexOf('=');
      return cut < 0 ? [text, ''] : [text.slice(0, cut), text.slice(cut + 1)];
    }),
  );
}
