import type { InterfaceInfo } from '../../kernel/net/calls.ts';

/** An interface's flags as ip prints them. `elsewhere`: busybox marks a peer that it cannot see here as down. */
export function linkFlags(link: InterfaceInfo, busybox: boolean): string {
  const flags = link.kind === 'loopback' ? ['LOOPBACK'] : ['BROADCAST', 'MULTICAST'];
  if (link.up && !link.carrier) flags.unshift('NO-CARRIER');
  if (link.up) flags.push('UP');
  if (link.up && link.carrier) flags.push('LOWER_UP');
  const downHere = link.peer !== undefined && !link.peer.elsewhere && link.peer.up === false;
  if ((busybox && link.peer?.elsewhere) || downHere) flags.push('M-DOWN');
  return `<${flags.join(',')}>`;
}

/** UNKNOWN for the loopback, which has no carrier to tell of. */
export function operState(link: InterfaceInfo): 'UNKNOWN' | 'UP' | 'DOWN' {
  if (!link.up || !link.carrier) return 'DOWN';
  return link.kind === 'loopback' ? 'UNKNOWN' : 'UP';
}

/** What sorts and sends the packets of an interface: cards have a queue, virtual links none. */
export function queueing(link: InterfaceInfo): string {
  if (link.kind === 'ether') return link.up ? 'fq_codel' : 'noop';
  if (link.byHand === 'new') return 'noop';
  return link.up || link.byHand || link.kind !== 'loopback' ? 'noqueue' : 'noop';
}

/** The name with its peer: `eth0@if5`, or `veth1a@if2`. */
export function nameWithPeer(link: InterfaceInfo): string {
  if (!link.peer) return link.name;
  const here = link.peer.elsewhere ? undefined : link.peer.name;
  return `${link.name}@${here ?? `if${link.peer.index}`}`;
}

/** Length of the transmit queue; Docker makes its bridges and veth pairs without. */
export function queueLength(link: InterfaceInfo): number {
  return link.kind === 'loopback' || link.kind === 'ether' || link.byHand ? 1000 : 0;
}
