import { emit } from '../emit.ts';
import { type Errno, isErrno } from '../errno.ts';
import type { Id } from '../json.ts';
import type { Machine } from '../machine.ts';
import { addInterface, addRoute, ownInterface, randomMac, removeInterface, stackOf } from './interfaces.ts';

/** Makes a bridge that is up and has this address (`172.17.0.1/16`). EEXIST when the name is taken. */
export function addBridge(m: Machine, ns: Id, name: string, cidr: string, mac = randomMac(m)): Errno | undefined {
  return addInterface(m, ns, { name, kind: 'bridge', mac, cidr });
}

/** Removes a bridge; what was attached to it stays, attached to nothing. ENODEV when there is none. */
export function removeBridge(m: Machine, ns: Id, name: string): Errno | undefined {
  for (const port of Object.values(stackOf(m, ns).interfaces)) {
    if (port.master === name) delete ownInterface(m, ns, port.name)?.master;
  }
  return removeInterface(m, ns, name);
}

export interface VethOptions {
  /** Who does it, in the trace: `dockerd`. */
  readonly actor: string;
  /** The namespace of the bridge, and the name of the end that is attached to it (`veth1a2b3c4`). */
  readonly hostNs: Id;
  readonly hostName: string;
  readonly bridge: string;
  /** The other namespace and the name of the end there. */
  readonly containerNs: Id;
  readonly name: string;
  /** The address inside, such as `172.17.0.2/16`. */
  readonly cidr: string;
  readonly mac: string;
  /** The default route's next hop; an internal network has none, nor has a second network. */
  readonly gateway?: string;
}

/**
 * Connects a namespace to a bridge by a pair of virtual cards.
 * Errors: EEXIST for a name that is taken in either namespace.
 */
export function addVeth(m: Machine, options: VethOptions): Errno | undefined {
  const { actor, hostNs, hostName, bridge, containerNs, name, cidr, mac, gateway } = options;
  const outer = addInterface(m, hostNs, {
    name: hostName,
    kind: 'veth',
    mac: randomMac(m),
    master: bridge,
    peer: { ns: containerNs, name },
  });
  if (isErrno(outer)) return outer;
  const inner = addInterface(m, containerNs, { name, kind: 'veth', mac, cidr, peer: { ns: hostNs, name: hostName } });
  if (isErrno(inner)) {
    removeInterface(m, hostNs, hostName);
    return inner;
  }
  if (gateway !== undefined) addRoute(m, containerNs, { to: 'default', via: gateway, dev: name });
  emit(m, actor, 'veth', { name: hostName, peer: name, address: cidr, gateway: gateway ?? '', bridge });
  return undefined;
}

/** Takes a pair of virtual cards away, by the name of the end in `ns`. ENODEV when there is none. */
export function removeVeth(m: Machine, ns: Id, name: string): Errno | undefined {
  return removeInterface(m, ns, name);
}

/** Does the link carry anything: is it up, and for a bridge, is anything attached that is? */
export function hasCarrier(m: Machine, ns: Id, name: string): boolean {
  const { interfaces } = stackOf(m, ns);
  const found = interfaces[name];
  if (!found?.up) return false;
  if (found.kind === 'bridge')
    return Object.values(interfaces).some((port) => port.master === name && hasCarrier(m, ns, port.name));
  if (found.kind !== 'veth') return true;
  const peerNs = m.kernel.namespaces[found.peer?.ns ?? ''];
  return peerNs?.kind === 'net' && peerNs.net.interfaces[found.peer?.name ?? '']?.up === true;
}
