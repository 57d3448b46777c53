import type { Id } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { networkOf, parseCidr } from '../../kernel/net/address.ts';
import { setDefaultRoute } from '../../kernel/net/gateway.ts';
import { ownInterface, randomMac, setNames, stackOf } from '../../kernel/net/interfaces.ts';
import { addVeth, removeVeth } from '../../kernel/net/netns.ts';
import { randomHex } from '../../kernel/world.ts';
import { defaultBridge, hostNetns } from '../network.ts';
import { claimAddress, type Pool } from './pools.ts';
import type { NetworkRef } from './store.ts';
import type { Endpoint, EndpointConfig } from './types.ts';

/** A container's endpoints and what it wants of them: enough to know which one leads out. */
export interface Attached {
  readonly netns: Id;
  readonly endpoints: readonly Endpoint[];
  readonly configs: { readonly [network: string]: EndpointConfig };
}

/**
 * A place on a network for a namespace: address, veth pair to the network's bridge, and the default route if it leads
 * out. On `host` and `none` it is a place in the engine's records only. Throws when there is no address to be had.
 */
export function attach(m: Machine, to: Attached, key: string, network: NetworkRef): Endpoint {
  const { id, driver } = network;
  if (driver !== 'bridge') {
    const none = { ip: '', prefix: 0, gateway: '', mac: '', veth: '', bridge: '' };
    return { network: key, networkId: id, endpointId: randomHex(m, 64), ...none };
  }
  const wants = to.configs[key];
  const pool = poolOf(network);
  const ip = claimAddress(m, pool, wants?.ipam?.IPv4Address);
  const prefix = parseCidr(pool.subnet)?.prefix ?? 32;
  const mac = wants?.mac ?? randomMac(m);
  const veth = `veth${randomHex(m, 7)}`;
  const gateway = network.own?.internal ? '' : pool.gateway;
  const bridge = network.own?.bridge ?? defaultBridge.bridge;
  const made = { network: key, networkId: id, endpointId: '', ip, prefix, gateway, mac, veth, bridge };
  const leadsOut = gatewayOf({ ...to, endpoints: [...to.endpoints, made] }) === made;
  if (leadsOut) setDefaultRoute(m, to.netns, undefined);
  const host = hostNetns(m);
  // from its first user network on a namespace has a name server of its own
  if (network.own && !stackOf(m, to.netns).names) setNames(m, to.netns, {});
  const name = freeName(m, to.netns);
  addVeth(m, {
    hostNs: host,
    hostName: veth,
    bridge,
    containerNs: to.netns,
    name,
    cidr: `${ip}/${prefix}`,
    mac,
    ...(leadsOut ? { gateway } : {}),
    actor: 'dockerd',
  });
  const mtu = stackOf(m, host).interfaces[bridge]?.mtu ?? 1500;
  for (const card of [ownInterface(m, host, veth), ownInterface(m, to.netns, name)]) if (card) card.mtu = mtu;
  return { ...made, endpointId: randomHex(m, 64) };
}

/** Takes a place on a network away, and moves the default route to another one. */
export function detach(m: Machine, endpoint: Endpoint, left?: Attached): void {
  const host = hostNetns(m);
  if (endpoint.veth !== '') removeVeth(m, host, endpoint.veth);
  if (!left) return;
  const next = gatewayOf(left);
  const dev = next && stackOf(m, host).interfaces[next.veth]?.peer?.name;
  setDefaultRoute(m, left.netns, next && dev !== undefined ? { via: next.gateway, dev } : undefined);
}

/** The endpoint that leads out: of those with a gateway the one of highest priority, then by the network's name. */
export function gatewayOf({ endpoints, configs }: Pick<Attached, 'endpoints' | 'configs'>): Endpoint | undefined {
  const priority = ({ network }: Endpoint): number => configs[network]?.gwPriority ?? 0;
  return endpoints
    .filter(({ gateway }) => gateway !== '')
    .toSorted((a, b) => priority(b) - priority(a) || (a.network < b.network ? -1 : 1))[0];
}

/** The addresses of a network with a bridge. */
export function poolOf({ id, name, own }: NetworkRef): Pool {
  if (own) return own;
  const { gateway, prefix } = defaultBridge;
  const subnet = `${networkOf(gateway, prefix)}/${prefix}`;
  return { id, name, subnet, gateway, config: { Subnet: subnet } };
}

/** The first of eth0, eth1, … that the namespace has not. */
function freeName(m: Machine, netns: Id): string {
  const { interfaces } = stackOf(m, netns);
  let n = 0;
  while (interfaces[`eth${n}`]) n += 1;
  return `eth${n}`;
}
