import { cidrOf } from './interfaces.ts';
import type { Interface, NetStack } from './stack.ts';

export { addBridge, addVeth, removeBridge, removeVeth } from './bridge.ts';

/** What a new namespace has: by default its loopback is up, as in any container that Docker made. */
export interface NetStackOptions {
  readonly loopback?: boolean;
  /** Forward packets between interfaces (net.ipv4.ip_forward), as a Docker host does. */
  readonly forwarding?: boolean;
  /** The lowest port that needs no privilege; Docker sets 0 in a container's own namespace. */
  readonly unprivilegedPortStart?: number;
}

/** The network of a new namespace: nothing but `lo`. */
export function newNetStack(options: NetStackOptions = {}): NetStack {
  const { loopback = true, forwarding = false, unprivilegedPortStart } = options;
  const lo: Interface = {
    name: 'lo',
    index: 1,
    kind: 'loopback',
    mac: '00:00:00:00:00:00',
    mtu: 65536,
    up: loopback,
    addresses: loopback ? [{ ip: '127.0.0.1', prefix: 8 }] : [],
    rxBytes: 0,
    txBytes: 0,
  };
  return {
    interfaces: { lo },
    routes: [],
    nat: [],
    forwarding,
    listeners: {},
    nextIndex: 2,
    ...(unprivilegedPortStart === undefined ? {} : { unprivilegedPortStart }),
  };
}

/** The network of a simulated host: loopback, one card with address and gateway; it forwards, as Docker makes it. */
export function newHostNetStack(card: { name: string; mac: string; cidr: string; gateway: string }): NetStack {
  const stack = newNetStack({ forwarding: true });
  const outside: Interface = {
    name: card.name,
    index: 2,
    kind: 'ether',
    mac: card.mac,
    mtu: 1500,
    up: true,
    addresses: [cidrOf(card.cidr)],
    rxBytes: 0,
    txBytes: 0,
  };
  return {
    ...stack,
    interfaces: { ...stack.interfaces, [card.name]: outside },
    routes: [{ to: 'default', via: card.gateway, dev: card.name }],
    nextIndex: 3,
  };
}
