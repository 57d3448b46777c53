import { broadcastOf } from '../../kernel/net/address.ts';
import type { InterfaceInfo } from '../../kernel/net/calls.ts';
import { linkFlags, nameWithPeer, operState, queueing, queueLength } from './link-format.ts';

/** How ip shows things: which program's layout, which address family, and the options that change the layout. */
export interface IpView {
  readonly busybox: boolean;
  readonly family: 'all' | 'inet' | 'inet6' | 'link';
  readonly oneLine: boolean;
  readonly statistics: boolean;
  /** Names that `ip netns` knows, by the namespace's number. */
  readonly names?: ReadonlyMap<string, string>;
}

/** One interface in busybox's layout (as alpine builds it, with the state). */
export function linkLines(
  link: InterfaceInfo,
  addresses: boolean,
  view: IpView,
  all: readonly InterfaceInfo[],
): string {
  const peerHere = link.peer && all.find(({ index }) => index === link.peer?.index)?.name;
  const name = peerHere === undefined ? nameWithPeer(link) : `${link.name}@${peerHere}`;
  const length = queueLength(link);
  const master = link.master === undefined ? '' : `master ${link.master} `;
  const first = `${link.index}: ${name}: ${linkFlags(link, true)} mtu ${link.mtu} qdisc ${queueing(link)} ${master}state ${operState(link)} ${length === 0 ? '' : `qlen ${length}`}`;
  return layOut(link, first, hardware(link), addresses, view);
}

/** One interface in iproute2's layout. */
export function iproute(link: InterfaceInfo, addresses: boolean, view: IpView, all: readonly InterfaceInfo[]): string {
  const length = queueLength(link);
  const master = link.master === undefined ? '' : `master ${link.master} `;
  const mode = addresses ? '' : 'mode DEFAULT ';
  const first = `${link.index}: ${nameWithPeer(link)}: ${linkFlags(link, false)} mtu ${link.mtu} qdisc ${queueing(link)} ${master}state ${operState(link)} ${mode}group default ${length === 0 ? '' : `qlen ${length}`}`;
  const away = [...new Set(all.flatMap(({ peer }) => (peer?.elsewhere ? [peer.ns] : [])))];
  // ids of other namespaces as this one numbers them: in the order in which they came into sight
  const named = link.peer?.elsewhere ? view.names?.get(link.peer.ns ?? '') : undefined;
  const netnsid =
    named !== undefined
      ? ` link-netns ${named}`
      : link.peer?.elsewhere
        ? ` link-netnsid ${link.master === undefined ? 0 : away.indexOf(link.peer.ns)}`
        : '';
  const counters = view.statistics ? statistics(link) : '';
  return layOut(link, first, `${hardware(link)}${netnsid}`, addresses, view) + counters;
}

function hardware(link: InterfaceInfo): string {
  if (link.kind === 'loopback') return '    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00';
  return `    link/ether ${link.mac} brd ff:ff:ff:ff:ff:ff`;
}

function layOut(link: InterfaceInfo, first: string, hardwareLine: string, addresses: boolean, view: IpView): string {
  const lifetime = '       valid_lft forever preferred_lft forever';
  if (addresses && view.oneLine) {
    return link.addresses.map((cidr) => `${link.index}: ${link.name}    ${inet(link, cidr)}\\${lifetime}\n`).join('');
  }
  const withHardware = view.family !== 'inet' || !addresses;
  const lines = withHardware ? [first, hardwareLine] : [first];
  if (view.oneLine) return `${lines.join('\\')}\n`;
  if (addresses && view.family !== 'link') {
    for (const cidr of link.addresses) lines.push(`    ${inet(link, cidr)}`, lifetime);
  }
  return `${lines.join('\n')}\n`;
}

function inet(link: InterfaceInfo, cidr: string): string {
  if (link.kind === 'loopback') return `inet ${cidr} scope host ${link.name}`;
  const [ip = '', prefix = '32'] = cidr.split('/');
  if (link.plain?.includes(cidr)) return `inet ${cidr} scope global ${link.name}`;
  return `inet ${cidr} brd ${broadcastOf(ip, Number(prefix))} scope global ${link.name}`;
}

function statistics(link: InterfaceInfo): string {
  const row = (bytes: number, packets: number) =>
    `    ${String(bytes).padStart(10)} ${String(packets).padStart(7)}       0       0       0       0 \n`;
  const rx = `    RX:  bytes packets errors dropped  missed   mcast           \n${row(link.rxBytes, link.rxPackets)}`;
  const tx = `    TX:  bytes packets errors dropped carrier collsns           \n${row(link.txBytes, link.txPackets)}`;
  return rx + tx;
}

/** One line of `ip -br`. */
export function brief(link: InterfaceInfo, addresses: boolean): string {
  const what = addresses ? link.addresses : [link.mac, linkFlags(link, false)];
  return `${nameWithPeer(link).padEnd(16)} ${operState(link).padEnd(14)} ${what.map((word) => `${word} `).join('')}\n`;
}
