import { isErrno } from '../kernel/errno.ts';
import { setFd } from '../kernel/files.ts';
import type { Machine } from '../kernel/machine.ts';
import { addInterface, ownInterface, ownStack, stackOf } from '../kernel/net/interfaces.ts';
import { openListener } from '../kernel/net/listeners.ts';
import { randomHex } from '../kernel/world.ts';
import type { Card, PortForward, VirtualMachine } from './state.ts';
import { systemOf } from './systems.ts';

/** The guest's address behind address translation, its router and its name server, as QEMU and VirtualBox have them. */
export const natAddress = '10.0.2.15';
export const natRouter = '10.0.2.2';

/** A card's address as VirtualBox (08:00:27) or QEMU (52:54:00) makes them. */
export function newMac(m: Machine, virtualBox: boolean): string {
  return `${virtualBox ? '08:00:27' : '52:54:00'}:${randomHex(m, 6).replace(/(..)(..)(..)/, '$1:$2:$3')}`;
}

/** The machine's cards; the first is behind address translation unless it was told otherwise. */
export function cardsOf(vm: VirtualMachine): readonly Card[] {
  return vm.cards ?? [{ kind: 'nat', mac: vm.hardware.mac, forwards: [] }];
}

/** The name of a host-only network as a local network of the world. */
export function lanOf(host: string, network: string): string {
  return `${host}:${network}`;
}

/** A forwarded port that something on the host has already, if there is one. */
export function takenPort(m: Machine, vm: VirtualMachine): number | undefined {
  const { listeners, nat } = stackOf(m, hostNetwork(m));
  return forwardsOf(vm).find(({ hostPort }) => {
    const listens = Object.values(listeners).some(({ port }) => port === hostPort);
    return listens || nat.some((rule) => rule.proto === 'tcp' && rule.hostPort === hostPort);
  })?.hostPort;
}

function forwardsOf(vm: VirtualMachine): readonly PortForward[] {
  return cardsOf(vm).flatMap((card) => (card.kind === 'nat' ? card.forwards : []));
}

function hostNetwork(m: Machine): string {
  return m.kernel.processes[1]?.ns.net ?? '';
}

/** The machine's process listens on the host for the ports that it forwards. */
export function openForwards(m: Machine, vm: VirtualMachine, pid: number): void {
  let fd = 10;
  for (const { hostIp, hostPort, guestPort } of forwardsOf(vm)) {
    const file = openListener(m, pid, hostIp === '' ? '0.0.0.0' : hostIp, hostPort);
    if (isErrno(file)) continue;
    setFd(m, pid, fd++, file);
    const ns = hostNetwork(m);
    const key = `tcp:${hostIp === '' ? '0.0.0.0' : hostIp}:${hostPort}`;
    const listeners = m.draft.own(ownStack(m, ns), 'listeners');
    const listener = listeners[key];
    const forward = { host: guestId(m, vm.name), ip: natAddress, port: guestPort };
    if (listener) listeners[key] = { ...listener, forward };
  }
}

/** The host that a machine's guest is in the world. */
export function guestId(m: Machine, name: string): string {
  return `${m.hostId}/${name}`;
}

/** Plugs the guest's cards in as its kernel finds them: the first one with its address, the others with what they were given. */
export function plugCards(m: Machine, guest: Machine, vm: VirtualMachine): void {
  const ns = hostNetwork(guest);
  const { cards: names } = systemOf(vm.system ?? undefined);
  cardsOf(vm).forEach((card, i) => {
    const name = cardName(names, i);
    if (card.kind === 'nat') {
      const found = ownInterface(guest, ns, name);
      if (found) found.uplink = m.hostId;
      return;
    }
    if (!stackOf(guest, ns).interfaces[name]) {
      const up = card.cidr !== undefined;
      addInterface(guest, ns, { name, kind: 'ether', mac: card.mac, up, ...(up ? { cidr: card.cidr } : {}) });
    }
    const found = ownInterface(guest, ns, name);
    if (found) found.lan = lanOf(m.hostId, card.network);
  });
}

/** `eth0`, `eth1`, …; `enp0s3`, `enp0s8`, `enp0s9`: VirtualBox's slots. */
function cardName([first, second]: readonly [string, string], i: number): string {
  if (i === 0) return first;
  if (i === 1) return second;
  return first.startsWith('enp') ? `enp0s${i + 7}` : first.replace(/\d+$/, String(Number(/\d+$/.exec(first)?.[0]) + i));
}

/** Gives a running guest's card an address, as its network configuration would. */
export function setAddress(guest: Machine, vm: VirtualMachine, index: number, cidr: string): void {
  const ns = hostNetwork(guest);
  const name = cardName(systemOf(vm.system ?? undefined).cards, index);
  const found = ownInterface(guest, ns, name);
  const [ip = '', prefix = '24'] = cidr.split('/');
  if (found) Object.assign(found, { up: true, addresses: [{ ip, prefix: Number(prefix) }] });
}

/** A host-only network: an interface of the host on a network that only it and its machines are on. */
export function addHostOnly(m: Machine, cidr: string): string {
  const ns = hostNetwork(m);
  const { interfaces } = stackOf(m, ns);
  const old = Object.values(interfaces).find(
    ({ name, addresses }) =>
      name.startsWith('vboxnet') && addresses.some(({ ip, prefix }) => `${ip}/${prefix}` === cidr),
  );
  if (old) return old.name;
  let number = 0;
  while (interfaces[`vboxnet${number}`]) number += 1;
  const name = `vboxnet${number}`;
  addInterface(m, ns, { name, kind: 'ether', mac: `0a:00:27:00:00:0${number}`, cidr });
  const made = ownInterface(m, ns, name);
  if (made) made.lan = lanOf(m.hostId, name);
  return name;
}

/** The host-only networks of a host. */
export function hostOnlyNetworks(m: Machine): readonly { name: string; cidr: string; mac: string }[] {
  return Object.values(stackOf(m, hostNetwork(m)).interfaces)
    .filter(({ name }) => name.startsWith('vboxnet'))
    .map(({ name, mac, addresses: [own] }) => ({ name, mac, cidr: own ? `${own.ip}/${own.prefix}` : '' }));
}
