import { isErrno } from '../errno.ts';
import type { Id } from '../json.ts';
import type { Machine } from '../machine.ts';
import { stackOf } from './interfaces.ts';
import { type Delivery, lookUp, type TcpTarget, tcpTarget } from './route.ts';

/**
 * Where a connection to a local port goes that a hypervisor forwards to one of its guests. While the guest has no kernel, the
 * connection is taken and closed again.
 */
export function forwardedTo(m: Machine, direct: Delivery, port: number): TcpTarget | undefined {
  const { listeners } = stackOf(m, direct.ns);
  const forward = (listeners[`tcp:${direct.address}:${port}`] ?? listeners[`tcp:0.0.0.0:${port}`])?.forward;
  if (!forward) return undefined;
  const ns = m.world.hosts[forward.host]?.kernel.processes[1]?.ns.net;
  const { hops, passes } = direct;
  // the guest sees its router as the sender
  const base = { address: forward.ip, source: routerOf(forward.ip), hops, passes, proxied: true } as const;
  if (ns === undefined) return { ...base, host: m.hostId, ns: direct.ns, port: 0 };
  const card = Object.values(stackOf(m.peer(forward.host), ns).interfaces).find(({ addresses }) =>
    addresses.some((own) => own.ip === forward.ip),
  );
  const far = card ? ([{ ns, dev: card.name, counts: 'rx' }] as const) : [];
  return { ...base, host: forward.host, ns, far, port: forward.port };
}

/** The address of the router that a hypervisor plays on a network of its own: the second of the network. */
function routerOf(ip: string): string {
  return ip.replace(/\d+$/, '2');
}

/**
 * Where a connection goes that leaves by a card behind which a hypervisor translates addresses: on as one of the host's own,
 * and to the host itself when it is for the router's address.
 */
export function throughNat(m: Machine, from: Id, ip: string, port: number): TcpTarget | undefined {
  const stack = stackOf(m, from);
  const route = lookUp(stack, ip);
  const uplink = route && stack.interfaces[route.dev]?.uplink;
  const ns = uplink === undefined ? undefined : m.world.hosts[uplink]?.kernel.processes[1]?.ns.net;
  if (route === undefined || uplink === undefined || ns === undefined) return undefined;
  const wanted = ip === route.via || ip === gatewayOf(stack.routes) ? '127.0.0.1' : ip;
  const found = tcpTarget(m.peer(uplink), ns, wanted, port);
  if (isErrno(found)) return undefined;
  return { ...found, host: found.host ?? uplink, passes: [{ ns: from, dev: route.dev, counts: 'tx' }], far: [] };
}

function gatewayOf(routes: readonly { readonly to: string; readonly via?: string }[]): string | undefined {
  return routes.find(({ to }) => to === 'default')?.via;
}
