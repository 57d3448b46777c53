import { type Errno, type ErrnoName, fail, isErrno } from '../errno.ts';
import type { Id } from '../json.ts';
import type { Machine } from '../machine.ts';
import { contains, prefixOf } from './address.ts';
import { forwardedTo, throughNat } from './forward.ts';
import { stackOf } from './interfaces.ts';
import { masqueraded, neighbourOnLan, publishedElsewhere } from './lan.ts';
import type { Dnat, Interface, NetStack, Passage, Route } from './stack.ts';

/** Where packets to an address end up. */
export interface Delivery {
  readonly ns: Id;
  /** The host whose namespace that is, when it is another one on the local network. */
  readonly host?: Id;
  /** The destination address as the target sees it. */
  readonly address: string;
  /** The sender's address as the target sees it. */
  readonly source: string;
  /** How many machines forwarded it: what `ttl` loses. */
  readonly hops: number;
  /** The interfaces on the way there, each with the direction in which a packet there passes it. */
  readonly passes: readonly Passage[];
  /** The same on that other host. */
  readonly far?: readonly Passage[];
}

/** Why packets do not arrive: an errno for the caller, and the reason for an explanation. */
export interface Undelivered extends Errno {
  readonly reason: 'no-route' | 'no-neighbour' | 'isolated' | 'not-forwarding' | 'outside';
}

/** The routes that a namespace has: explicit ones and those that come with the addresses of interfaces that are up. */
export function routesOf(stack: NetStack): readonly (Route & { readonly src?: string })[] {
  const connected = Object.values(stack.interfaces)
    .filter(({ up, kind }) => up && kind !== 'loopback')
    .flatMap(({ name, addresses }) =>
      addresses
        .filter(({ prefix }) => prefix < 32)
        .map(({ ip, prefix }) => ({ to: `${ip}/${prefix}`, dev: name, src: ip })),
    );
  const usable = stack.routes.filter(({ dev }) => stack.interfaces[dev]?.up);
  return [...usable, ...connected];
}

/** The most specific route to an address. */
export function lookUp(stack: NetStack, ip: string): Route | undefined {
  let best: Route | undefined;
  for (const route of routesOf(stack)) {
    if (contains(route.to, ip) && (!best || prefixOf(route.to) > prefixOf(best.to))) best = route;
  }
  return best;
}

/** Is this one of the namespace's own addresses (127.0.0.0/8 with the loopback up)? */
export function isLocal(stack: NetStack, ip: string): boolean {
  return Object.values(stack.interfaces).some(
    ({ up, kind, addresses }) =>
      up && addresses.some((own) => own.ip === ip || (kind === 'loopback' && contains(`${own.ip}/${own.prefix}`, ip))),
  );
}

/** Follows packets from a namespace to an address: which namespace takes them in, or why none does. No port translation. */
export function deliver(m: Machine, from: Id, ip: string): Delivery | Undelivered {
  const address = ip === '0.0.0.0' ? '127.0.0.1' : ip; // Linux connects to itself then
  if (isLocal(stackOf(m, from), address)) {
    return here(from, address, address.startsWith('127.') ? '127.0.0.1' : address, 0, loopback(from));
  }
  let ns = from;
  let source: string | undefined;
  let entered: string | undefined; // the bridge that the packet came in by
  const passes: Passage[] = [];
  for (let hops = 0; hops < 64; hops++) {
    const stack = stackOf(m, ns);
    const route = lookUp(stack, address);
    const out = route && stack.interfaces[route.dev];
    if (!route || !out) return undelivered('ENETUNREACH', 'no-route');
    source ??= sourceOf(out, route, address);
    const crossed = entered !== undefined && out.name !== entered && stack.interfaces[entered]?.kind === 'bridge';
    if (crossed && out.kind === 'bridge') return undelivered('ETIMEDOUT', 'isolated');
    passes.push({ ns, dev: out.name, counts: 'tx' });
    if (out.kind === 'ether') {
      const near =
        out.lan === undefined
          ? undefined
          : neighbourOnLan(m, out, out.nat === undefined ? (route.via ?? address) : address);
      if (!near || near.address !== address) return outside(stack, out, route, address);
      return { ...near, source: masqueraded(out, source), hops, passes };
    }
    const hop = neighbour(m, ns, out, route.via ?? address);
    if (!hop) return undelivered('EHOSTUNREACH', 'no-neighbour');
    if (hop.barred) return undelivered('ETIMEDOUT', 'isolated');
    passes.push(...hop.passes);
    const next = stackOf(m, hop.ns);
    if (isLocal(next, address)) return here(hop.ns, address, source, hops, passes);
    if (!next.forwarding) return undelivered('ETIMEDOUT', 'not-forwarding');
    ns = hop.ns;
    entered = hop.dev;
  }
  return undelivered('EHOSTUNREACH', 'no-neighbour');
}

function here(ns: Id, address: string, source: string, hops: number, passes: readonly Passage[]): Delivery {
  return { ns, address, source, hops, passes };
}

function undelivered(errno: ErrnoName, reason: Undelivered['reason']): Undelivered {
  return { ...fail(errno), reason };
}

function loopback(ns: Id): Passage[] {
  return [
    { ns, dev: 'lo', counts: 'tx' },
    { ns, dev: 'lo', counts: 'rx' },
  ];
}

/** The address that a sender uses on this interface: the one in the next hop's network, else its first. */
function sourceOf(out: Interface, route: Route, ip: string): string {
  const near = out.addresses.find((own) => contains(`${own.ip}/${own.prefix}`, route.via ?? ip));
  return (near ?? out.addresses[0])?.ip ?? '0.0.0.0';
}

/** There is nothing outside but the gateway of the host's own network. */
function outside(stack: NetStack, out: Interface, route: Route, ip: string): Undelivered {
  const gateway = stack.routes.find(({ to, dev }) => to === 'default' && dev === out.name)?.via;
  const answersArp = (route.via ?? ip) === gateway;
  return undelivered(answersArp ? 'ETIMEDOUT' : 'EHOSTUNREACH', answersArp ? 'outside' : 'no-neighbour');
}

interface Hop {
  readonly ns: Id;
  readonly dev: string;
  readonly passes: readonly Passage[];
  /** It is there, but a rule drops what one port of the bridge sends to another. */
  readonly barred?: true;
}

/** Who has this address on the link behind an interface (what ARP would find). */
function neighbour(m: Machine, ns: Id, out: Interface, ip: string): Hop | undefined {
  if (out.kind === 'bridge') return onBridge(m, ns, out.name, ip, undefined);
  const peer = out.peer;
  const far = peer && stackIfAny(m, peer.ns)?.interfaces[peer.name];
  if (!peer || !far?.up) return undefined;
  const arrived: Passage = { ns: peer.ns, dev: peer.name, counts: 'rx' };
  if (far.master === undefined) {
    return has(far, ip) ? { ns: peer.ns, dev: peer.name, passes: [arrived] } : undefined;
  }
  const hop = onBridge(m, peer.ns, far.master, ip, far.name);
  return hop && { ...hop, passes: [arrived, ...hop.passes] };
}

function onBridge(m: Machine, ns: Id, name: string, ip: string, from: string | undefined): Hop | undefined {
  const stack = stackOf(m, ns);
  const bridge = stack.interfaces[name];
  if (!bridge?.up) return undefined;
  if (has(bridge, ip)) return { ns, dev: name, passes: [{ ns, dev: name, counts: 'rx' }] };
  for (const port of Object.values(stack.interfaces)) {
    if (port.master !== name || port.name === from || !port.up || !port.peer) continue;
    const far = stackIfAny(m, port.peer.ns)?.interfaces[port.peer.name];
    if (!far?.up || !has(far, ip)) continue;
    const passes: Passage[] = [
      { ns, dev: port.name, counts: 'tx' },
      { ns: port.peer.ns, dev: far.name, counts: 'rx' },
    ];
    const barred = from !== undefined && bridge.portsIsolated ? { barred: true as const } : {};
    return { ns: port.peer.ns, dev: far.name, passes, ...barred };
  }
  return undefined;
}

function has(of: Interface, ip: string): boolean {
  return of.addresses.some((own) => own.ip === ip);
}

function stackIfAny(m: Machine, ns: Id): NetStack | undefined {
  const namespace = m.kernel.namespaces[ns];
  return namespace?.kind === 'net' ? namespace.net : undefined;
}

/** Where a TCP connection ends up, published ports included. */
export interface TcpTarget extends Delivery {
  readonly port: number;
  /** The rule that redirected it. */
  readonly rule?: Dnat;
  /** It goes through docker-proxy, which answers even when nothing listens behind it. */
  readonly proxied: boolean;
}

/**
 * Follows a connection to `ip:port`. A published port is rewritten by the host's DNAT rule; from the host's loopback and
 * from its bridges docker-proxy takes the connection and makes another one from the bridge's own address.
 */
export function tcpTarget(m: Machine, from: Id, ip: string, port: number): TcpTarget | Undelivered {
  const direct = deliver(m, from, ip);
  if (isErrno(direct)) return throughNat(m, from, ip, port) ?? direct;
  if (direct.host !== undefined) return targetThere(m, direct, port);
  const rule = stackOf(m, direct.ns).nat.find((nat) => matches(nat, direct.address, port));
  if (!rule) {
    const elsewhere = stackOf(m, direct.ns).backend && publishedElsewhere(m, direct, port);
    return elsewhere ?? forwardedTo(m, direct, port) ?? { ...direct, port, proxied: false };
  }
  const inner = deliver(m, direct.ns, rule.toIp);
  if (isErrno(inner)) return inner;
  const proxied = direct.ns !== from || direct.address.startsWith('127.');
  return {
    ns: inner.ns,
    address: inner.address,
    source: proxied ? inner.source : direct.source,
    hops: direct.hops + inner.hops,
    passes: direct.ns === from && !proxied ? inner.passes : [...direct.passes, ...inner.passes],
    port: rule.toPort,
    rule,
    proxied,
  };
}

/** As a host sees a connection that comes in by its card: a published port leads on to a container, with the sender's own address. */
function targetThere(m: Machine, direct: Delivery, port: number): TcpTarget | Undelivered {
  const there = m.peer(direct.host ?? '');
  const rule = stackOf(there, direct.ns).nat.find((nat) => matches(nat, direct.address, port));
  if (!rule) return forwardedTo(there, direct, port) ?? { ...direct, port, proxied: false };
  const inner = deliver(there, direct.ns, rule.toIp);
  if (isErrno(inner)) return inner;
  const { ns, address, hops, passes } = inner;
  const far = [...(direct.far ?? []), ...passes];
  return { ...direct, ns, address, hops: direct.hops + hops, far, port: rule.toPort, rule, proxied: false };
}

function matches(rule: Dnat, address: string, port: number): boolean {
  return rule.proto === 'tcp' && rule.hostPort === port && (rule.hostIp === '0.0.0.0' || rule.hostIp === address);
}
