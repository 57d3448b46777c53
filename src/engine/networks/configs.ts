import type { Id } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { contains, normalAddress } from '../../kernel/net/address.ts';
import type { HostConfig } from '../api.ts';
import { EngineError } from '../errors.ts';
import { defaultBridge } from '../network.ts';
import type { Container } from '../state.ts';
import { containerMode } from './modes.ts';
import { dnsNames } from './names.ts';
import { matching, type NetworkRef, predefined } from './store.ts';
import type { EndpointConfig, EndpointSettings, Network } from './types.ts';
import { joined } from './validate.ts';

type Configs = { readonly [network: string]: EndpointConfig };

/** Of a container that said nothing about its network. */
const plain: EndpointConfig = {
  networkId: '',
  ipam: null,
  aliases: null,
  driverOpts: null,
  gwPriority: 0,
  dnsNames: null,
};

/** What a container wants of its networks. Most say nothing, and nothing is kept of those. */
export function configsOf({ networks, hostConfig }: Container): Configs {
  if (networks) return networks;
  const mode = modeName(hostConfig);
  return containerMode(mode) === undefined ? { [mode]: plain } : {};
}

function modeName({ NetworkMode = 'default' }: Partial<HostConfig>): string {
  return NetworkMode === 'default' ? 'bridge' : NetworkMode;
}

/** The networks that a new container asks for; undefined when it asks for nothing special. Throws for what cannot be. */
export function newConfigs(
  m: Machine,
  hostConfig: Partial<HostConfig>,
  asked: { readonly [network: string]: EndpointSettings } = {},
): Configs | undefined {
  const mode = modeName(hostConfig);
  if (Object.keys(asked).length === 0 && Object.hasOwn(predefined, mode)) return undefined;
  const wanted = Object.keys(asked).length > 0 ? Object.entries(asked) : [[mode, {}] as const];
  const configs = new Map<string, EndpointConfig>();
  for (const [reference, settings] of wanted) {
    const given = reference === 'default' ? 'bridge' : reference;
    const found = containerMode(given) === undefined ? only(matching(m, given)) : undefined;
    checkEndpoint(settings, found, `invalid config for network ${given}: `);
    configs.set(found?.name ?? given, { ...configOf(settings), ipam: ipamOf(settings, null) });
  }
  if (containerMode(mode) !== undefined) return undefined;
  const [name = '', config] = [...configs][0] ?? [];
  const one = configs.size === 1 && Object.hasOwn(predefined, name);
  return one && JSON.stringify(config) === JSON.stringify(plain) ? undefined : Object.fromEntries(configs);
}

function only(found: readonly NetworkRef[]): NetworkRef | undefined {
  return found.length === 1 ? found[0] : undefined;
}

/** What `network connect` asks for. Throws when it cannot be. */
export function connectConfig(
  settings: EndpointSettings,
  network: NetworkRef | undefined,
  container: Container,
): EndpointConfig {
  checkEndpoint(settings, network, '');
  const config = { ...configOf(settings), aliases: settings.Aliases ?? [], driverOpts: settings.DriverOpts ?? {} };
  return named({ ...config, ipam: ipamOf(settings, {}) }, network?.own, container.name, container.id);
}

/** The configuration with the names that it has on a user network. */
export function named(config: EndpointConfig, own: Network | undefined, name: string, id: Id): EndpointConfig {
  return { ...config, dnsNames: own ? dnsNames(name, config.aliases ?? [], id) : null };
}

function configOf({ Aliases, Links, MacAddress, DriverOpts, GwPriority }: EndpointSettings): EndpointConfig {
  return {
    ...plain,
    aliases: Aliases && Aliases.length > 0 ? Aliases : null,
    driverOpts: DriverOpts ?? null,
    gwPriority: GwPriority ?? 0,
    ...(Links && Links.length > 0 ? { links: Links } : {}),
    ...(MacAddress ? { mac: MacAddress.toLowerCase() } : {}),
  };
}

function ipamOf({ IPAMConfig }: EndpointSettings, otherwise: EndpointConfig['ipam']): EndpointConfig['ipam'] {
  return IPAMConfig?.IPv4Address ? { IPv4Address: IPAMConfig.IPv4Address } : otherwise;
}

const defaultSubnet = `${defaultBridge.gateway}/${defaultBridge.prefix}`;

/** A wanted address must be one of a user's own subnet (transcript 15). */
function checkEndpoint({ IPAMConfig }: EndpointSettings, network: NetworkRef | undefined, prefix: string): void {
  const ip = IPAMConfig?.IPv4Address;
  if (!ip) return;
  const user = 'user specified IP address is supported';
  const problems: string[] = [];
  const own = network?.own;
  if (!own) problems.push(`${user} on user defined networks only`);
  if (normalAddress(ip) !== ip) problems.push(`invalid IPv4 address: ${ip}`);
  // the default bridge's subnet counts as chosen, as on a host whose docker0 was there before the engine (transcript 15)
  const chosen = own ? own.chosen : network?.driver === 'bridge';
  if (network && !chosen) {
    problems.push(`${user} only when connecting to networks with user configured subnets`);
  } else if (network && !contains(own?.subnet ?? defaultSubnet, normalAddress(ip) ?? '0.0.0.0')) {
    problems.push(`no configured subnet or ip-range contain the IP address ${ip}`);
  }
  if (problems.length === 0) return;
  throw new EngineError('bad-parameter', 400, `${prefix}invalid endpoint settings:\n${joined(problems)}`);
}
