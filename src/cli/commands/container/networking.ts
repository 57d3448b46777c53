import type { ContainerCreateBody, HostConfig } from '../../../engine/api.ts';
import type { EndpointSettings } from '../../../engine/networks/types.ts';
import { type Client, complain } from '../../client.ts';
import { CliError } from '../../errors.ts';
import { type NetworkWish, parseNetwork } from '../../flags/networks.ts';
import { type Flags, listFlag, textFlag } from '../../flags/parse.ts';

/** The flags of run and create about networks and names. */
export const networkFlags = `add-host:host dns:ip dns-option:list dns-opt:list dns-search:domain ip:string
  link:link mac-address:string net:network network:network network-alias:list net-alias:list`;

/** What they ask of the engine. Throws CliError for what does not go together. */
export function networking(client: Client, flags: Flags): Networking {
  for (const ip of listFlag(flags, 'dns')) {
    if (/^127\.|^::1$/.test(ip)) complain(client, `WARNING: Localhost DNS (${ip}) may fail in containers.`);
  }
  const given = [...listFlag(flags, 'network'), ...listFlag(flags, 'net')].map(parseNetwork);
  const [first = parseNetwork('default'), ...others] = given;
  const wishes = [withFlags(first, flags), ...others];
  const endpoints = new Map<string, EndpointSettings>();
  for (const wish of wishes) {
    checkWish(wish);
    if (endpoints.has(wish.name)) {
      throw new CliError(`network ${JSON.stringify(wish.name)} is specified multiple times`);
    }
    endpoints.set(wish.name, settings(wish));
  }
  const users = wishes.filter(({ name }) => isUserDefined(name)).length;
  if (users > 0 && users < wishes.length) {
    const why = 'cannot attach both user-defined and non-user-defined network-modes';
    throw new CliError(`conflicting options: ${why}`);
  }
  const mac = textFlag(flags, 'mac-address');
  const links = isUserDefined(first.name) ? [] : listFlag(flags, 'link');
  return {
    body: { ...(mac ? { MacAddress: mac } : {}), NetworkingConfig: { EndpointsConfig: Object.fromEntries(endpoints) } },
    host: {
      ...(given.length > 0 ? { NetworkMode: first.name } : {}),
      ...(links.length > 0 ? { Links: links } : {}),
      ...dns(flags),
    },
  };
}

interface Networking {
  readonly body: Pick<ContainerCreateBody, 'MacAddress' | 'NetworkingConfig'>;
  readonly host: Partial<HostConfig>;
}

function dns(flags: Flags): Partial<HostConfig> {
  const lists = {
    Dns: listFlag(flags, 'dns'),
    DnsSearch: listFlag(flags, 'dns-search'),
    DnsOptions: [...listFlag(flags, 'dns-option'), ...listFlag(flags, 'dns-opt')],
    ExtraHosts: listFlag(flags, 'add-host'),
  };
  return Object.fromEntries(Object.entries(lists).filter(([, values]) => values.length > 0));
}

/** A wish with the links of the first network, where that one resolves names. */
type Wish = NetworkWish & { readonly links?: readonly string[] };

/** `--ip`, `--network-alias` and `--mac-address` are about the first network. */
function withFlags(wish: NetworkWish, flags: Flags): Wish {
  const aliases = [...listFlag(flags, 'network-alias'), ...listFlag(flags, 'net-alias')];
  const ip = textFlag(flags, 'ip') ?? '';
  const mac = textFlag(flags, 'mac-address') ?? '';
  const both = (flag: string, what: string): CliError =>
    new CliError(`conflicting options: cannot specify both --${flag} and per-network ${what}`);
  if (aliases.length > 0 && wish.aliases.length > 0) throw both('network-alias', 'alias');
  if (ip !== '' && wish.ip !== '') throw both('ip', 'IPv4 address');
  if (mac !== '' && wish.mac !== '') throw both('mac-address', 'MAC address');
  const links = isUserDefined(wish.name) ? listFlag(flags, 'link') : [];
  return {
    ...wish,
    links,
    aliases: aliases.length > 0 ? aliases : wish.aliases,
    ip: ip || wish.ip,
    mac: mac || wish.mac,
  };
}

function checkWish({ name, aliases, mac }: NetworkWish): void {
  if (name.trim() === '') throw new CliError('no name set for network');
  if (aliases.length > 0 && !isUserDefined(name)) {
    throw new CliError('network-scoped aliases are only supported for user-defined networks');
  }
  if (mac !== '' && !/^[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}$/i.test(mac)) {
    throw new CliError(`${mac} is not a valid mac address`);
  }
}

function isUserDefined(name: string): boolean {
  return !['default', 'bridge', 'host', 'none'].includes(name) && !name.startsWith('container:');
}

function settings({ aliases, ip, links = [], mac, gwPriority }: Wish): EndpointSettings {
  return {
    ...(ip === '' ? {} : { IPAMConfig: { IPv4Address: ip } }),
    ...(aliases.length > 0 ? { Aliases: aliases } : {}),
    ...(links.length > 0 ? { Links: links } : {}),
    ...(mac === '' ? {} : { MacAddress: mac }),
    ...(gwPriority === 0 ? {} : { GwPriority: gwPriority }),
  };
}
