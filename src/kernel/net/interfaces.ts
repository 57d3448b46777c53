import type { Mutable } from '../draft.ts';
import { type Errno, fail } from '../errno.ts';
import type { Id } from '../json.ts';
import type { Machine } from '../machine.ts';
import { namespaceOf } from '../namespaces.ts';
import { randomHex } from '../world.ts';
import { type Cidr, parseCidr } from './address.ts';
import type { Dnat, Interface, NetStack, Route } from './stack.ts';

/** A random MAC address that is locally administered and for one station, as the kernel and Docker 28 make them. */
export function randomMac(m: Machine): string {
  const digits = randomHex(m, 12);
  const first = (Number.parseInt(digits.slice(0, 2), 16) & 0xfc) | 0x02;
  return [first.toString(16).padStart(2, '0'), ...(digits.slice(2).match(/../g) ?? [])].join(':');
}

/** The network of a namespace that is known to exist. */
export function stackOf(m: Machine, ns: Id): NetStack {
  return namespaceOf(m, ns, 'net').net;
}

/** The network of a namespace, changeable (one level: own its parts before changing them). */
export function ownStack(m: Machine, ns: Id): Mutable<NetStack> {
  const namespace = m.draft.own(m.draft.own(m.kernel, 'namespaces'), ns) as { net: NetStack };
  return m.draft.own(namespace, 'net');
}

/** An interface of a namespace, changeable; undefined when there is none of this name. */
export function ownInterface(m: Machine, ns: Id, name: string): Mutable<Interface> | undefined {
  if (!stackOf(m, ns).interfaces[name]) return undefined;
  return m.draft.own(m.draft.own(ownStack(m, ns), 'interfaces'), name) as Mutable<Interface>;
}

/** Everything about a new interface that its maker decides. */
export interface NewInterface {
  readonly name: string;
  readonly kind: Interface['kind'];
  readonly mac: string;
  readonly up?: boolean;
  readonly cidr?: string;
  readonly master?: string;
  readonly peer?: { readonly ns: Id; readonly name: string };
  readonly byHand?: 'new';
}

/** Adds an interface; its index is the namespace's next. EEXIST when the name is taken. */
export function addInterface(m: Machine, ns: Id, added: NewInterface): Errno | undefined {
  if (stackOf(m, ns).interfaces[added.name]) return fail('EEXIST');
  const stack = ownStack(m, ns);
  const made: Interface = {
    name: added.name,
    index: stack.nextIndex,
    kind: added.kind,
    mac: added.mac,
    mtu: 1500,
    up: added.up ?? true,
    addresses: added.cidr === undefined ? [] : [cidrOf(added.cidr)],
    ...(added.master === undefined ? {} : { master: added.master }),
    ...(added.peer === undefined ? {} : { peer: added.peer }),
    ...(added.byHand === undefined ? {} : { byHand: added.byHand }),
    rxBytes: 0,
    txBytes: 0,
  };
  m.draft.own(stack, 'interfaces')[added.name] = m.draft.adopt(made);
  stack.nextIndex += 1;
  return undefined;
}

/** Removes an interface with its routes; a veth takes its other end with it. ENODEV when there is none. */
export function removeInterface(m: Machine, ns: Id, name: string): Errno | undefined {
  const found = stackOf(m, ns).interfaces[name];
  if (!found) return fail('ENODEV');
  dropInterface(m, ns, name);
  const peer = found.peer;
  if (peer && m.kernel.namespaces[peer.ns]?.kind === 'net' && stackOf(m, peer.ns).interfaces[peer.name]) {
    dropInterface(m, peer.ns, peer.name);
  }
  return undefined;
}

/** A namespace vanishes: the other ends of its virtual cables go with it. */
export function removePeers(m: Machine, ns: Id): void {
  for (const { name, peer } of Object.values(stackOf(m, ns).interfaces)) {
    if (peer && m.kernel.namespaces[peer.ns]?.kind === 'net') removeInterface(m, ns, name);
  }
}

function dropInterface(m: Machine, ns: Id, name: string): void {
  const stack = ownStack(m, ns);
  delete m.draft.own(stack, 'interfaces')[name];
  stack.routes = stack.routes.filter((route) => route.dev !== name);
}

/** Brings an interface up or down. ENODEV when there is none. Loopback gets its address when it goes up. */
export function setLink(m: Machine, ns: Id, name: string, up: boolean): Errno | undefined {
  const found = ownInterface(m, ns, name);
  if (!found) return fail('ENODEV');
  found.up = up;
  if (up && found.kind === 'loopback' && found.addresses.length === 0)
    found.addresses = [{ ip: '127.0.0.1', prefix: 8 }];
  return undefined;
}

/** Adds a route; EEXIST when there is one to the same destination. */
export function addRoute(m: Machine, ns: Id, route: Route): Errno | undefined {
  const { routes, interfaces } = stackOf(m, ns);
  if (!interfaces[route.dev]) return fail('ENODEV');
  if (routes.some(({ to }) => to === route.to)) return fail('EEXIST');
  ownStack(m, ns).routes = [...routes, route];
  return undefined;
}

/** Adds a published port. EADDRINUSE when another rule or a listening socket has it (see `portTaken` in listeners.ts). */
export function addNat(m: Machine, ns: Id, rule: Dnat): void {
  ownStack(m, ns).nat = [...stackOf(m, ns).nat, rule];
}

/** Removes the published ports that lead to this address (all of them, or one host port's). */
export function removeNat(m: Machine, ns: Id, toIp: string, hostPort?: number): void {
  const { nat } = stackOf(m, ns);
  ownStack(m, ns).nat = nat.filter(
    (rule) => rule.toIp !== toIp || (hostPort !== undefined && rule.hostPort !== hostPort),
  );
}

/** Replaces what the namespace's resolver answers: names (lower case) to addresses. */
export function setNames(m: Machine, ns: Id, names: NonNullable<NetStack['names']>): void {
  ownStack(m, ns).names = names;
}

/** An address with its prefix that the caller knows to be one (a wrong one is a defect: it throws). */
export function cidrOf(text: string): Cidr {
  const cidr = parseCidr(text);
  if (!cidr) throw new Error(`not an address with a prefix: ${text}`);
  return cidr;
}
