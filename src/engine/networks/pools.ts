import type { Machine } from '../../kernel/machine.ts';
import { broadcastOf, formatAddress, networkOf, parseAddress, parseCidr } from '../../kernel/net/address.ts';
import { buildAddresses } from '../build/state.ts';
import { EngineError } from '../errors.ts';
import { defaultBridge } from '../network.ts';
import { membersOf, userNetworks } from './store.ts';
import type { Network, PoolConfig } from './types.ts';

/** The engine's own pools: 172.17.0.0/16 to 172.31.0.0/16, then 192.168.0.0/16 in networks of 4,096 addresses. */
function predefinedPools(): readonly string[] {
  const large = Array.from({ length: 15 }, (_, i) => `172.${17 + i}.0.0/16`);
  const small = Array.from({ length: 16 }, (_, i) => `192.168.${16 * i}.0/20`);
  return [...large, ...small];
}

/** Do two networks in CIDR notation have addresses in common? */
export function overlaps(one: string, other: string): boolean {
  const [a, b] = [parseCidr(one), parseCidr(other)];
  if (!a || !b) return false;
  const prefix = Math.min(a.prefix, b.prefix);
  return networkOf(a.ip, prefix) === networkOf(b.ip, prefix);
}

/** The subnets that are in use. */
function taken(m: Machine): readonly string[] {
  const { gateway, prefix } = defaultBridge;
  const own = `${networkOf(gateway, prefix)}/${prefix}`;
  return [own, ...Object.values(userNetworks(m)).map(({ subnet }) => subnet)];
}

/** The first of the engine's pools that nobody uses. Throws when there is none. */
export function freePool(m: Machine): string {
  const used = taken(m);
  const pool = predefinedPools().find((candidate) => !used.some((subnet) => overlaps(subnet, candidate)));
  if (pool !== undefined) return pool;
  throw new EngineError('bad-parameter', 400, 'all predefined address pools have been fully subnetted');
}

/** Throws when another network has some of these addresses (transcript 15). */
export function claimPool(m: Machine, subnet: string): void {
  if (!taken(m).some((other) => overlaps(other, subnet))) return;
  const why = 'invalid pool request: Pool overlaps with other one on this address space';
  throw new EngineError('pool-overlaps', 403, why);
}

/** Is the address in the subnet, and not the subnet's own or its broadcast address? */
function usable(subnet: string, ip: string): boolean {
  const { ip: first, prefix } = parseCidr(subnet) ?? { ip: '', prefix: 32 };
  if (networkOf(ip, prefix) !== networkOf(first, prefix)) return false;
  return prefix >= 31 || (ip !== networkOf(first, prefix) && ip !== broadcastOf(first, prefix));
}

/** The lowest address of a pool (or its range) that is free, or undefined. */
function lowest(subnet: string, range: string | undefined, used: ReadonlySet<string>): string | undefined {
  const { ip, prefix } = parseCidr(range ?? subnet) ?? { ip: '', prefix: 32 };
  const first = parseAddress(networkOf(ip, prefix)) ?? 0;
  const last = first + 2 ** (32 - prefix) - 1;
  for (let bits = first; bits <= last; bits++) {
    const address = formatAddress(bits);
    if (!used.has(address) && usable(subnet, address)) return address;
  }
  return undefined;
}

/** The gateway of a new network: the one asked for, else its first address. Throws when an address cannot be had. */
export function claimGateway(config: PoolConfig): string {
  const inUse = (what: string, ip: string): EngineError =>
    new EngineError('address-in-use', 403, `failed to allocate ${what}${ip}): Address already in use`);
  const { Subnet, IPRange, Gateway, AuxiliaryAddresses = {} } = config;
  if (Gateway !== undefined && !usable(Subnet, Gateway)) throw inUse('gateway (', Gateway);
  const gateway = Gateway ?? lowest(Subnet, IPRange, new Set()) ?? '';
  const used = new Set([gateway]);
  for (const [name, ip] of Object.entries(AuxiliaryAddresses)) {
    if (used.has(ip) || !usable(Subnet, ip)) throw inUse(`secondary ip address (${name}:`, ip);
    used.add(ip);
  }
  return gateway;
}

/** What a container's address is taken from: a network of a user's, or the default bridge. */
export type Pool = Pick<Network, 'id' | 'name' | 'subnet' | 'gateway' | 'config'>;

/** An address for a container: the one it wants, else the lowest free one. Throws when it is taken, or all are. */
export function claimAddress(m: Machine, network: Pool, wanted?: string): string {
  const { Subnet, IPRange, AuxiliaryAddresses = {} } = network.config;
  const members = membersOf(m, network.id).map(({ endpoint }) => endpoint.ip);
  const building = buildAddresses(m, network.id);
  const used = new Set([network.gateway, ...Object.values(AuxiliaryAddresses), ...members, ...building]);
  if (wanted !== undefined) {
    if (!used.has(wanted) && usable(Subnet, wanted)) return wanted;
    throw new EngineError('address-in-use', 403, 'Address already in use');
  }
  const free = lowest(Subnet, IPRange, used);
  if (free !== undefined) return free;
  const where = `${network.name} (${network.id})`;
  throw new EngineError('address-in-use', 403, `no available IPv4 addresses on this network's address pools: ${where}`);
}
