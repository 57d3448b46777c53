import type { Id } from '../json.ts';
import type { Machine } from '../machine.ts';
import { networkOf } from './address.ts';
import { hasCarrier } from './bridge.ts';
import type { InterfaceInfo, RouteInfo, SocketInfo } from './calls.ts';
import { stackOf } from './interfaces.ts';
import { routesOf } from './route.ts';

/** The interfaces of a namespace, by index. */
export function listInterfaces(m: Machine, ns: Id): readonly InterfaceInfo[] {
  const all = Object.values(stackOf(m, ns).interfaces).toSorted((a, b) => a.index - b.index);
  return all.map((found) => {
    const peerNs = found.peer && m.kernel.namespaces[found.peer.ns];
    const peer = peerNs?.kind === 'net' ? peerNs.net.interfaces[found.peer?.name ?? ''] : undefined;
    return {
      name: found.name,
      index: found.index,
      kind: found.kind,
      mac: found.mac,
      mtu: found.mtu,
      up: found.up,
      carrier: hasCarrier(m, ns, found.name),
      addresses: found.addresses.map(({ ip, prefix }) => `${ip}/${prefix}`),
      ...(found.addresses.some(({ plain }) => plain)
        ? { plain: found.addresses.flatMap(({ ip, prefix, plain }) => (plain ? [`${ip}/${prefix}`] : [])) }
        : {}),
      ...(found.byHand === undefined ? {} : { byHand: found.byHand }),
      ...(found.master === undefined ? {} : { master: found.master }),
      ...(peer
        ? {
            peer: {
              index: peer.index,
              elsewhere: found.peer?.ns !== ns,
              ns: found.peer?.ns ?? '',
              name: peer.name,
              up: peer.up,
            },
          }
        : {}),
      rxBytes: found.rxBytes,
      txBytes: found.txBytes,
      rxPackets: found.rxPackets ?? 0,
      txPackets: found.txPackets ?? 0,
    };
  });
}

/** The routes of a namespace as `ip route` orders them: the default first, then by network. */
export function listRoutes(m: Machine, ns: Id): readonly RouteInfo[] {
  const routes = routesOf(stackOf(m, ns)).map((route): RouteInfo => {
    const [ip = '', prefix = '32'] = route.to.split('/');
    const to = route.to === 'default' ? route.to : `${networkOf(ip, Number(prefix))}/${prefix}`;
    return {
      to,
      ...(route.via === undefined ? {} : { via: route.via }),
      dev: route.dev,
      ...(route.src === undefined ? {} : { src: route.src }),
    };
  });
  const rank = ({ to }: RouteInfo): string =>
    to === 'default'
      ? ''
      : to
          .split(/[./]/)
          .map((part) => part.padStart(3, '0'))
          .join('.');
  return routes.toSorted((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0));
}

/** Who holds a socket: a process (host pid) and the open file. */
type OwnerOf = (pid: number | undefined, file: Id | undefined) => { pid?: number; comm?: string; fd?: number };

/** The TCP sockets of a namespace; processes by their numbers in the PID namespace of the asking process. */
export function listSockets(m: Machine, ns: Id, asking: number): readonly SocketInfo[] {
  const stack = stackOf(m, ns);
  const pidNs = m.kernel.processes[asking]?.ns.pid ?? '';
  const owner: OwnerOf = (pid, file) => {
    const process = pid === undefined ? undefined : m.kernel.processes[pid];
    const seen = process?.pids[pidNs];
    if (!process || seen === undefined) return {};
    const fd = Object.entries(process.fds).find(([, held]) => held === file)?.[0];
    const comm = (process.path.split('/').at(-1) ?? '').slice(0, 15);
    return { pid: seen, comm, ...(fd === undefined ? {} : { fd: Number(fd) }) };
  };
  const listening = Object.values(stack.listeners).map(
    (listener): SocketInfo => ({
      proto: 'tcp',
      state: 'LISTEN',
      local: `${listener.address}:${listener.port}`,
      ...owner(listener.pid, listener.file),
    }),
  );
  const published = stack.nat.map((rule): SocketInfo => {
    const socket = { proto: rule.proto, state: 'LISTEN', local: `${rule.hostIp}:${rule.hostPort}` } as const;
    return { ...socket, ...owner(rule.proxy, undefined) };
  });
  return [...listening, ...published, ...established(m, ns, owner)];
}

function established(m: Machine, ns: Id, owner: OwnerOf): SocketInfo[] {
  const holders = new Map<Id, number>();
  for (const process of Object.values(m.kernel.processes)) {
    for (const file of Object.values(process.fds)) if (!holders.has(file)) holders.set(file, process.pid);
  }
  return Object.entries(m.kernel.files).flatMap(([id, file]): SocketInfo[] =>
    file.kind === 'stream' && file.ns === ns && file.local !== undefined && file.remote !== undefined
      ? [{ proto: 'tcp', state: 'ESTABLISHED', local: file.local, remote: file.remote, ...owner(holders.get(id), id) }]
      : [],
  );
}
