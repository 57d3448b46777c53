import { emit } from '../emit.ts';
import { type Errno, fail } from '../errno.ts';
import { find } from '../fs/path.ts';
import { capableOver } from '../isolation/users.ts';
import type { Id } from '../json.ts';
import type { Machine } from '../machine.ts';
import type { Process } from '../state.ts';
import { formatAddress, networkOf, parseAddress, parseCidr } from './address.ts';
import type { LinkCalls } from './calls.ts';
import {
  addInterface,
  addRoute,
  ownInterface,
  ownStack,
  randomMac,
  removeInterface,
  setLink,
  stackOf,
} from './interfaces.ts';
import { lookUp } from './route.ts';
import type { Interface } from './stack.ts';

/** Changing the network of the namespace that a process is in (rtnetlink(7)). Everything gives EPERM without CAP_NET_ADMIN. */
export function linkCalls(m: Machine, pid: number): LinkCalls {
  const self = m.kernel.processes[pid];
  const ns = self?.ns.net ?? '';
  const guarded = (act: (process: Process) => Errno | undefined): Errno | undefined =>
    self && capableOver(m, self, 'CAP_NET_ADMIN', ns) ? act(self) : fail('EPERM');
  return {
    add: (link) => guarded(() => addLink(m, ns, link)),
    remove: (name) => guarded(() => removeLink(m, ns, name)),
    setUp: (name, up) => guarded(() => setUp(m, ns, name, up)),
    rename: (name, to) => guarded(() => renameLink(m, ns, name, to)),
    setMaster: (name, master) => guarded(() => setMaster(m, ns, name, master)),
    setMac: (name, mac) => guarded(() => change(m, ns, name, { mac })),
    setMtu: (name, mtu) => guarded(() => change(m, ns, name, { mtu })),
    move: (name, path) => guarded((process) => moveTo(m, process, name, path)),
    addAddress: (name, cidr, broadcast) => guarded(() => addAddress(m, ns, name, cidr, broadcast)),
    removeAddress: (name, cidr) => guarded(() => removeAddress(m, ns, name, cidr)),
    addRoute: (route) => guarded(() => newRoute(m, ns, route)),
    removeRoute: (to) => guarded(() => dropRoute(m, ns, to)),
    serveDhcp: (name) => guarded(() => change(m, ns, name, { dhcp: true })),
    lease: (name) => leaseOf(m, ns, name),
  };
}

type NewLink = Parameters<LinkCalls['add']>[0];

function addLink(m: Machine, ns: Id, { name, kind, peer }: NewLink): Errno | undefined {
  const { interfaces } = stackOf(m, ns);
  if (interfaces[name] || (peer !== undefined && (interfaces[peer] || peer === name))) return fail('EEXIST');
  if (kind === 'bridge') {
    addInterface(m, ns, { name, kind, mac: randomMac(m), up: false, byHand: 'new' });
    emit(m, 'kernel', 'link-add', { kind, name });
    return undefined;
  }
  const other = peer ?? freeName(interfaces);
  addInterface(m, ns, { name: other, kind, mac: randomMac(m), up: false, byHand: 'new', peer: { ns, name } });
  addInterface(m, ns, { name, kind, mac: randomMac(m), up: false, byHand: 'new', peer: { ns, name: other } });
  emit(m, 'kernel', 'link-add', { kind, name, peer: other });
  return undefined;
}

function freeName(interfaces: { readonly [name: string]: Interface }): string {
  for (let n = 0; ; n++) if (!interfaces[`veth${n}`]) return `veth${n}`;
}

function removeLink(m: Machine, ns: Id, name: string): Errno | undefined {
  const found = stackOf(m, ns).interfaces[name];
  if (found && found.kind !== 'veth' && found.kind !== 'bridge') return fail('EOPNOTSUPP');
  for (const port of Object.values(stackOf(m, ns).interfaces))
    if (port.master === name) delete ownInterface(m, ns, port.name)?.master;
  return removeInterface(m, ns, name);
}

function setUp(m: Machine, ns: Id, name: string, up: boolean): Errno | undefined {
  const failed = setLink(m, ns, name, up);
  const found = failed || !up ? undefined : ownInterface(m, ns, name);
  if (found?.byHand) found.byHand = 'used';
  const loopback = failed || up ? undefined : ownInterface(m, ns, name);
  if (loopback?.kind === 'loopback') loopback.byHand = 'used';
  if (!failed && !up) {
    const stack = ownStack(m, ns);
    stack.routes = stack.routes.filter(({ dev }) => dev !== name);
  }
  return failed;
}

function change(m: Machine, ns: Id, name: string, by: Partial<Interface>): Errno | undefined {
  const found = ownInterface(m, ns, name);
  if (!found) return fail('ENODEV');
  Object.assign(found, by);
  return undefined;
}

/** The name of a link that is up may not be changed (EBUSY) before Linux 6.5; a 6.8 kernel changes it. */
function renameLink(m: Machine, ns: Id, name: string, to: string): Errno | undefined {
  const stack = stackOf(m, ns);
  const found = stack.interfaces[name];
  if (!found) return fail('ENODEV');
  if (stack.interfaces[to]) return fail('EEXIST');
  const owned = ownStack(m, ns);
  const interfaces = m.draft.own(owned, 'interfaces');
  delete interfaces[name];
  interfaces[to] = m.draft.adopt({ ...found, name: to });
  owned.routes = stack.routes.map((route) => (route.dev === name ? { ...route, dev: to } : route));
  for (const port of Object.values(interfaces)) {
    if (port.master === name) Object.assign(ownInterface(m, ns, port.name) ?? {}, { master: to });
  }
  tellPeer(m, found, { ns, name: to });
  return undefined;
}

function tellPeer(m: Machine, { peer }: Interface, at: { readonly ns: Id; readonly name: string }): void {
  if (!peer || m.kernel.namespaces[peer.ns]?.kind !== 'net') return;
  const other = ownInterface(m, peer.ns, peer.name);
  if (other) other.peer = at;
}

function setMaster(m: Machine, ns: Id, name: string, master: string | undefined): Errno | undefined {
  const found = ownInterface(m, ns, name);
  if (!found) return fail('ENODEV');
  if (master === undefined) {
    delete found.master;
    return undefined;
  }
  const bridge = stackOf(m, ns).interfaces[master];
  if (!bridge) return fail('ENODEV');
  if (bridge.kind !== 'bridge') return fail('EOPNOTSUPP');
  if (found.kind === 'loopback' || found.kind === 'bridge') return fail(found.kind === 'bridge' ? 'ELOOP' : 'EINVAL');
  found.master = master;
  return undefined;
}

/** To another namespace: it arrives without addresses, down, under its name and its number if that is free. */
function moveTo(m: Machine, process: Process, name: string, path: string): Errno | undefined {
  const ns = process.ns.net;
  const found = stackOf(m, ns).interfaces[name];
  if (!found) return fail('ENODEV');
  if (found.kind === 'loopback' || found.kind === 'bridge') return fail('EINVAL');
  const place = find(m, process.pid, path);
  if ('errno' in place) return place;
  const to = place.node.t === 'namespace' ? place.node.id : '';
  const target = m.kernel.namespaces[to];
  if (target?.kind !== 'net') return fail('EINVAL');
  if (!capableOver(m, process, 'CAP_NET_ADMIN', to)) return fail('EPERM');
  if (to === ns) return undefined;
  if (target.net.interfaces[name]) return fail('EEXIST');
  const owned = ownStack(m, ns);
  delete m.draft.own(owned, 'interfaces')[name];
  owned.routes = owned.routes.filter(({ dev }) => dev !== name);
  const there = ownStack(m, to);
  const taken = Object.values(there.interfaces).some(({ index }) => index === found.index);
  const index = taken ? there.nextIndex : found.index;
  const { master: _, ...moved } = found;
  m.draft.own(there, 'interfaces')[name] = m.draft.adopt({ ...moved, index, up: false, addresses: [] });
  there.nextIndex = Math.max(there.nextIndex, index + 1);
  tellPeer(m, found, { ns: to, name });
  emit(m, 'kernel', 'link-move', { name, from: ns, to });
  return undefined;
}

function addAddress(m: Machine, ns: Id, name: string, text: string, broadcast: boolean): Errno | undefined {
  const cidr = parseCidr(text);
  const found = ownInterface(m, ns, name);
  if (!found) return fail('ENODEV');
  if (!cidr) return fail('EINVAL');
  if (found.addresses.some(({ ip, prefix }) => ip === cidr.ip && prefix === cidr.prefix)) return fail('EEXIST');
  found.addresses = [...found.addresses, broadcast ? cidr : { ...cidr, plain: true }];
  return undefined;
}

function removeAddress(m: Machine, ns: Id, name: string, text: string): Errno | undefined {
  const cidr = parseCidr(text);
  const found = ownInterface(m, ns, name);
  if (!found) return fail('ENODEV');
  const left = found.addresses.filter(({ ip, prefix }) => ip !== cidr?.ip || prefix !== cidr.prefix);
  if (left.length === found.addresses.length) return fail('EADDRNOTAVAIL');
  found.addresses = left;
  return undefined;
}

/** ENETDOWN: its device is down; ENETUNREACH: the gateway is on no network of this namespace. */
function newRoute(m: Machine, ns: Id, route: Parameters<LinkCalls['addRoute']>[0]): Errno | undefined {
  const stack = stackOf(m, ns);
  const way = route.via === undefined ? undefined : lookUp(stack, route.via);
  if (route.via !== undefined && (!way || way.via !== undefined)) return fail('ENETUNREACH');
  const dev = route.dev ?? way?.dev;
  if (dev === undefined) return fail('ENODEV');
  if (!stack.interfaces[dev]) return fail('ENODEV');
  if (!stack.interfaces[dev]?.up) return fail('ENETDOWN');
  return addRoute(m, ns, { to: route.to, dev, ...(route.via === undefined ? {} : { via: route.via }) });
}

function dropRoute(m: Machine, ns: Id, to: string): Errno | undefined {
  const { routes } = stackOf(m, ns);
  const left = routes.filter((route) => route.to !== to);
  if (left.length === routes.length) return fail('ESRCH');
  ownStack(m, ns).routes = left;
  return undefined;
}

/** DHCP: the address follows from the interface's hardware address, as dnsmasq makes it, and is nobody else's. */
function leaseOf(m: Machine, ns: Id, name: string): { ip: string; prefix: number; router: string } | Errno {
  const found = stackOf(m, ns).interfaces[name];
  if (!found) return fail('ENODEV');
  const there = found.peer && m.kernel.namespaces[found.peer.ns];
  const port = there?.kind === 'net' ? there.net.interfaces[found.peer?.name ?? ''] : undefined;
  const bridge = there?.kind === 'net' ? there.net.interfaces[port?.master ?? ''] : undefined;
  const [own] = bridge?.addresses ?? [];
  if (!found.up || !port?.up || !bridge?.up || !bridge.dhcp || !own) return fail('ETIMEDOUT');
  const first = (parseAddress(networkOf(own.ip, own.prefix)) ?? 0) + 2;
  const size = Math.max(1, 2 ** (32 - own.prefix) - 3);
  const taken = new Set(
    Object.values(m.kernel.namespaces).flatMap((space) =>
      space.kind === 'net'
        ? Object.values(space.net.interfaces).flatMap(({ addresses }) => addresses.map(({ ip }) => ip))
        : [],
    ),
  );
  const start = [...found.mac].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) % size, 7);
  for (let n = 0; n < size; n++) {
    const ip = formatAddress(first + ((start + n) % size));
    if (!taken.has(ip)) return { ip, prefix: own.prefix, router: own.ip };
  }
  return fail('ETIMEDOUT');
}
