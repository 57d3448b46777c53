import type { Id } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { embeddedServer, setBridgeNames } from '../../kernel/net/dns.ts';
import { hostNetns } from '../network.ts';
import { type Container, engineState, taskOf, updateContainer } from '../state.ts';
import { step } from '../step.ts';
import { refreshLinkNames } from './links.ts';
import { membersOf, userNetworks } from './store.ts';
import type { Network } from './types.ts';

/** The names that a container answers to on a user network: its own, its aliases, its short id. */
export function dnsNames(name: string, aliases: readonly string[], id: Id): readonly string[] {
  return [...new Set([name, ...aliases, id.slice(0, 12)])];
}

/**
 * The name servers of these networks learn who is there now: every running container by the names that it has there, and
 * by those with the network's name behind a dot.
 */
export function refreshNames(m: Machine, networks: readonly Id[]): void {
  for (const id of networks) {
    const network = userNetworks(m)[id];
    if (!network) continue;
    setBridgeNames(m, hostNetns(m), network.bridge, namesOn(m, network));
    for (const { container, endpoint } of membersOf(m, id)) {
      const links = engineState(m).containers[container]?.networks?.[endpoint.network]?.links;
      if (links && links.length > 0) refreshLinkNames(m, container);
    }
  }
}

function namesOn(m: Machine, { id, name: domain }: Network): { readonly [name: string]: readonly string[] } {
  const names = new Map<string, readonly string[]>();
  for (const { container, endpoint } of membersOf(m, id)) {
    const config = engineState(m).containers[container]?.networks?.[endpoint.network];
    for (const name of (config?.dnsNames ?? []).flatMap((each) => [each, `${each}.${domain}`])) {
      const key = name.toLowerCase();
      names.set(key, [...(names.get(key) ?? []), endpoint.ip]);
    }
  }
  return Object.fromEntries(names);
}

/** Tells in the trace what a container is called from now on. */
export function tellNames(m: Machine, container: Container): void {
  const names = Object.values(container.networks ?? {}).flatMap((config) => config.dnsNames ?? []);
  if (names.length === 0) return;
  step(m, 'dockerd', 'dns-names', { container: container.id, server: embeddedServer, names: [...new Set(names)] });
}

/** A running container has a new name: the name servers follow. One that does not run keeps its old one until it starts. */
export function renamed(m: Machine, container: Container, from: string): void {
  const { networks, name, id } = container;
  const task = taskOf(m, id);
  if (!networks || !task) return;
  const after = Object.fromEntries(
    Object.entries(networks).map(([key, config]) => {
      const names = config.dnsNames?.map((each) => (each === from ? name : each)) ?? null;
      return [key, { ...config, dnsNames: names }];
    }),
  );
  updateContainer(m, id, { networks: after });
  refreshNames(
    m,
    (task.endpoints ?? []).map(({ networkId }) => networkId),
  );
}
