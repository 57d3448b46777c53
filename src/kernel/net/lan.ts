import type { Id } from '../json.ts';
import type { Machine } from '../machine.ts';
import type { Host } from '../state.ts';
import type { Delivery, TcpTarget } from './route.ts';
import type { Interface, NetStack } from './stack.ts';

/** A host's card on a local network. */
export interface LanPlace {
  readonly host: Id;
  /** What the host calls itself. */
  readonly name: string;
  readonly ns: Id;
  readonly card: Interface;
}

/** The cards of all hosts that are plugged into a local network (into any, without a name), in the order of the hosts. */
export function placesOnLan(m: Pick<Machine, 'world'>, lan?: string): readonly LanPlace[] {
  return Object.entries(m.world.hosts).flatMap(([host, { kernel }]): LanPlace[] => {
    const init = kernel.processes[1];
    const net = kernel.namespaces[init?.ns.net ?? ''];
    const uts = kernel.namespaces[init?.ns.uts ?? ''];
    if (!init || net?.kind !== 'net' || uts?.kind !== 'uts') return [];
    return Object.values(net.net.interfaces).flatMap((card) =>
      card.lan !== undefined && card.nat === undefined && card.up && (lan === undefined || card.lan === lan)
        ? [{ host, name: uts.hostname, ns: init.ns.net, card }]
        : [],
    );
  });
}

/** The host that has this address on the local network behind a card (what ARP would find); undefined without one. */
export function neighbourOnLan(
  m: Machine,
  card: Interface,
  ip: string,
): Pick<Delivery, 'host' | 'ns' | 'address' | 'far'> | undefined {
  if (card.lan === undefined) return undefined;
  const found = placesOnLan(m, card.lan).find(
    (place) => place.host !== m.hostId && place.card.addresses.some((own) => own.ip === ip),
  );
  if (!found) return undefined;
  const far = [{ ns: found.ns, dev: found.card.name, counts: 'rx' }] as const;
  return { host: found.host, ns: found.ns, address: ip, far };
}

/** The sender's address on the local network: a host puts its own in place of those of its containers (MASQUERADE). */
export function masqueraded(card: Interface, source: string): string {
  if (card.nat !== undefined) return card.nat;
  return card.addresses.some(({ ip }) => ip === source) ? source : (card.addresses[0]?.ip ?? source);
}

/** The addresses by which a host is called on the local networks that the machine is on, as their name server knows them. */
export function namesOnLan(m: Machine, stack: NetStack, name: string): readonly string[] {
  const lans = Object.values(stack.interfaces).flatMap(({ lan, up }) => (lan !== undefined && up ? [lan] : []));
  return lans.flatMap((lan) =>
    placesOnLan(m, lan)
      .filter((place) => place.name.toLowerCase() === name)
      .flatMap(({ card }) => card.addresses.map(({ ip }) => ip)),
  );
}

/**
 * Where a connection to a local port goes that nobody here listens on, when a program passes such on to another host's published
 * ports, as the backend of Docker Desktop does with those of its virtual machine. The container sees the gateway of its bridge.
 */
export function publishedElsewhere(m: Machine, direct: Delivery, port: number): TcpTarget | undefined {
  const { backend, listeners } = netOf(m.world.hosts[m.hostId], direct.ns) ?? {};
  if (!backend || listeners?.[`tcp:${direct.address}:${port}`] || listeners?.[`tcp:0.0.0.0:${port}`]) return undefined;
  const there = netOf(m.world.hosts[backend.host], backend.ns);
  const rule = there?.nat.find(({ proto, hostPort }) => proto === 'tcp' && hostPort === port);
  const bridge = rule && there?.interfaces[rule.bridge];
  if (!there || !rule || !bridge) return undefined;
  const bridgePort = Object.values(there.interfaces).find(
    ({ master, peer }) =>
      master === bridge.name &&
      netOf(m.world.hosts[backend.host], peer?.ns ?? '')?.interfaces[peer?.name ?? '']?.addresses.some(
        ({ ip }) => ip === rule.toIp,
      ),
  );
  if (!bridgePort?.peer) return undefined;
  return {
    host: backend.host,
    ns: bridgePort.peer.ns,
    address: rule.toIp,
    source: bridge.addresses[0]?.ip ?? '0.0.0.0',
    hops: direct.hops,
    passes: direct.passes,
    far: [
      { ns: backend.ns, dev: bridgePort.name, counts: 'tx' },
      { ns: bridgePort.peer.ns, dev: bridgePort.peer.name, counts: 'rx' },
    ],
    port: rule.toPort,
    rule,
    proxied: true,
  };
}

function netOf(host: Host | undefined, ns: Id): NetStack | undefined {
  const namespace = host?.kernel.namespaces[ns];
  return namespace?.kind === 'net' ? namespace.net : undefined;
}
