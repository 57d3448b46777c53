import type { PoolConfig } from '../../../engine/networks/types.ts';
import { contains, normalAddress, parseCidr } from '../../../kernel/net/address.ts';
import { CliError } from '../../errors.ts';

interface Given {
  readonly subnets: readonly string[];
  readonly ranges: readonly string[];
  readonly gateways: readonly string[];
  readonly reserved: readonly (readonly [name: string, ip: string])[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Address pools: each range, gateway and reserved address with the subnet that it is in. Throws CliError as the client. */
export function readPools({ subnets, ranges, gateways, reserved }: Given): readonly PoolConfig[] {
  if (subnets.length < ranges.length || subnets.length < gateways.length) {
    throw new CliError('every ip-range or gateway must have a corresponding subnet');
  }
  const pools: Mutable<PoolConfig>[] = [];
  for (const subnet of subnets) {
    if (pools.some(({ Subnet }) => holds(subnet, Subnet) || holds(Subnet, subnet))) {
      throw new CliError('multiple overlapping subnet configuration is not supported');
    }
    pools.push({ Subnet: subnet });
  }
  const poolOf = (what: string, text: string): Mutable<PoolConfig> => {
    const pool = pools.find(({ Subnet }) => holds(Subnet, text));
    if (!pool) throw new CliError(`no matching subnet for ${what} ${text}`);
    return pool;
  };
  for (const range of ranges) {
    if (!parseCidr(range) || !range.includes('/')) throw new CliError(`invalid CIDR address: ${range}`);
    const pool = poolOf('range', range);
    if (pool.IPRange) throw twice('ranges', range, pool.IPRange, `on the same subnet (${pool.Subnet})`);
    pool.IPRange = range;
  }
  for (const gateway of gateways) {
    const pool = poolOf('gateway', gateway);
    if (pool.Gateway) throw twice('gateways', gateway, pool.Gateway, `for the same subnet (${pool.Subnet})`);
    pool.Gateway = gateway;
  }
  for (const [name, ip] of reserved) {
    const pool = poolOf('aux-address', ip);
    pool.AuxiliaryAddresses = { ...pool.AuxiliaryAddresses, [name]: ip };
  }
  return pools;
}

function twice(what: string, one: string, other: string, where: string): CliError {
  return new CliError(`cannot configure multiple ${what} (${one}, ${other}) ${where}`);
}

/** Is the address (or the first one of a network) in the subnet? Throws when the subnet is none. */
function holds(subnet: string, text: string): boolean {
  const isIpv6 = subnet.includes(':');
  if (!isIpv6 && (!subnet.includes('/') || !parseCidr(subnet))) {
    throw new CliError(`invalid subnet: invalid CIDR address: ${subnet}`);
  }
  const ip = normalAddress(text.replace(/\/\d+$/, ''));
  return !isIpv6 && ip !== undefined && contains(subnet, ip);
}
