import type { Id } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';
import { ownInterface, stackOf } from '../kernel/net/interfaces.ts';
import { placesOnLan } from '../kernel/net/lan.ts';

/** The local network that the computers of a world are on: the first one's own, 10.0.2.0/24. */
export const lanName = 'lan';
export const lanGateway = '10.0.2.2';

/** The first computer's card joins the network when a second computer does. */
export function joinLan(m: Machine): void {
  const ns = m.kernel.processes[1]?.ns.net ?? '';
  const card = Object.values(stackOf(m, ns).interfaces).find(({ kind }) => kind === 'ether');
  const owned = card && ownInterface(m, ns, card.name);
  if (owned && owned.lan === undefined) owned.lan = lanName;
}

/** The address of a host on the network; undefined when it is on none. */
export function addressOf(m: Pick<Machine, 'world'>, host: Id): string | undefined {
  return placesOnLan(m, lanName).find((place) => place.host === host)?.card.addresses[0]?.ip;
}

/** The first address that no host has: from 10.0.2.16 on (below are gateway, name server and the first computer). */
export function freeAddress(m: Pick<Machine, 'world'>): string | undefined {
  const taken = new Set(placesOnLan(m, lanName).flatMap(({ card }) => card.addresses.map(({ ip }) => ip)));
  for (let last = 16; last < 255; last++) if (!taken.has(`10.0.2.${last}`)) return `10.0.2.${last}`;
  return undefined;
}

/** The hardware address of a new card. */
export function macOf(address: string): string {
  const last = Number(address.slice(address.lastIndexOf('.') + 1));
  return `08:00:27:5d:1c:${last.toString(16).padStart(2, '0')}`;
}
