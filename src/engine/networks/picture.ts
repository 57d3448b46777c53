import { isErrno } from '../../kernel/errno.ts';
import type { Id } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { stackOf } from '../../kernel/net/interfaces.ts';
import { deliver } from '../../kernel/net/route.ts';
import { hostNetns } from '../network.ts';
import { type Container, engineState, type Task } from '../state.ts';
import { joinedContainer } from './modes.ts';
import { allNetworks, membersOf, type NetworkRef } from './store.ts';

/** What is connected to what on a host, as its kernel and its engine have it now. Running containers only. */
export interface NetPicture {
  readonly host: string;
  /** The host's own cards with their addresses in CIDR notation. */
  readonly cards: readonly { readonly name: string; readonly address: string }[];
  readonly networks: readonly NetworkPicture[];
  /** Containers that use the host's interfaces, and those that have none but lo. */
  readonly onHost: readonly string[];
  readonly alone: readonly string[];
  readonly published: readonly PublishedPicture[];
  readonly reach: readonly Reach[];
}

/** A network with a bridge. */
export interface NetworkPicture {
  readonly name: string;
  readonly bridge: string;
  /** The bridge's own address, in CIDR notation. */
  readonly address: string;
  readonly internal: boolean;
  /** Made by a user: containers find each other by name there. */
  readonly named: boolean;
  readonly members: readonly MemberPicture[];
}

export interface MemberPicture {
  readonly container: string;
  readonly address: string;
  /** What others on the network can call it, besides its name and id. */
  readonly aliases: readonly string[];
  /** TCP ports on which something listens. */
  readonly listens: readonly number[];
  /** Containers that share its network namespace. */
  readonly sharedWith: readonly string[];
}

export interface PublishedPicture {
  readonly container: string;
  readonly proto: string;
  readonly from: string;
  readonly to: string;
  /** Does anything listen behind it? Always said of TCP, never of UDP. */
  readonly answered: boolean | null;
}

/** Whom a container reaches, found out by following packets through the model. */
export interface Reach {
  readonly container: string;
  /** By name, and by address only. */
  readonly byName: readonly string[];
  readonly byAddress: readonly string[];
  readonly outside: boolean;
}

/** Beyond so many running containers nobody reads who reaches whom, and it takes the square of their number. */
const mostReaching = 24;

interface Running {
  readonly container: Container;
  readonly task: Task;
}

/** The network of a host, to be drawn. */
export function netPicture(m: Machine): NetPicture {
  const { containers, tasks } = engineState(m);
  const running = Object.entries(tasks).flatMap(([id, task]): readonly Running[] => {
    const container = containers[id];
    return container ? [{ container, task }] : [];
  });
  const host = stackOf(m, hostNetns(m));
  const utsOf = m.kernel.namespaces[m.kernel.processes[engineState(m).daemon]?.ns.uts ?? ''];
  const mode = (wanted: string) =>
    running
      .filter(({ container }) => container.hostConfig.NetworkMode === wanted)
      .map(({ container }) => container.name);
  return {
    host: utsOf?.kind === 'uts' ? utsOf.hostname : '',
    cards: Object.values(host.interfaces)
      .filter(({ kind, up }) => kind === 'ether' && up)
      .flatMap(({ name, addresses }) => addresses.map(({ ip, prefix }) => ({ name, address: `${ip}/${prefix}` }))),
    networks: allNetworks(m)
      .filter(({ driver }) => driver === 'bridge')
      .map((network) => networkPicture(m, network, running)),
    onHost: mode('host'),
    alone: mode('none'),
    published: running.flatMap((one) => published(m, one)),
    reach: running.length > mostReaching ? [] : running.flatMap((one) => reach(m, one, running)),
  };
}

function networkPicture(m: Machine, { id, name, own }: NetworkRef, running: readonly Running[]): NetworkPicture {
  const bridge = own?.bridge ?? 'docker0';
  const address = stackOf(m, hostNetns(m)).interfaces[bridge]?.addresses[0];
  const members = membersOf(m, id).flatMap(({ container: memberId, endpoint }): readonly MemberPicture[] => {
    const member = running.find(({ container }) => container.id === memberId);
    if (!member) return [];
    const { container, task } = member;
    return [
      {
        container: container.name,
        address: endpoint.ip,
        aliases: (container.networks?.[endpoint.network]?.dnsNames ?? []).filter(
          (alias) => alias !== container.name && !container.id.startsWith(alias),
        ),
        listens: listening(m, task.netns),
        sharedWith: running
          .filter((other) => joinedContainer(m, other.container)?.id === memberId)
          .map((other) => other.container.name),
      },
    ];
  });
  return {
    name,
    bridge,
    address: address ? `${address.ip}/${address.prefix}` : '',
    internal: own?.internal ?? false,
    named: own !== undefined,
    members,
  };
}

function listening(m: Machine, netns: Id | undefined): readonly number[] {
  if (netns === undefined || m.kernel.namespaces[netns]?.kind !== 'net') return [];
  const ports = Object.values(stackOf(m, netns).listeners).map(({ port }) => port);
  return [...new Set(ports)].sort((a, b) => a - b);
}

function published(m: Machine, { container, task }: Running): readonly PublishedPicture[] {
  const ports = listening(m, task.netns);
  return (task.published ?? [])
    .filter(({ hostIp }) => !hostIp.includes(':'))
    .map(({ proto, hostIp, hostPort, toIp, toPort }) => ({
      container: container.name,
      proto,
      from: `${hostIp}:${hostPort}`,
      to: `${toIp}:${toPort}`,
      answered: proto === 'tcp' ? ports.includes(toPort) : null,
    }));
}

function reach(m: Machine, { container, task }: Running, running: readonly Running[]): readonly Reach[] {
  const { endpoints = [], netns } = task;
  if (netns === undefined || endpoints.every(({ ip }) => ip === '')) return [];
  const own = endpoints.filter(({ ip }) => ip !== '');
  const byName: string[] = [];
  const byAddress: string[] = [];
  for (const other of running) {
    if (other.container.id === container.id) continue;
    const theirs = (other.task.endpoints ?? []).filter(({ ip }) => ip !== '');
    const reached = theirs.filter(({ ip }) => {
      const found = deliver(m, netns, ip);
      return !isErrno(found) && found.ns === other.task.netns;
    });
    if (reached.length === 0) continue;
    const shared = reached.some(
      ({ network, networkId }) => network !== 'bridge' && own.some((mine) => mine.networkId === networkId),
    );
    (shared ? byName : byAddress).push(other.container.name);
  }
  return [{ container: container.name, byName, byAddress, outside: own.some(({ gateway }) => gateway !== '') }];
}
