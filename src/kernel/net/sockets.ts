import { type Errno, fail, isErrno } from '../errno.ts';
import { addFd, releaseFile } from '../files.ts';
import { capableOver } from '../isolation/users.ts';
import type { Id } from '../json.ts';
import type { Machine } from '../machine.ts';
import type { OpenFile } from '../state.ts';
import { random } from '../world.ts';
import { normalAddress } from './address.ts';
import type { NetCalls } from './calls.ts';
import { backwards, count, openConnection, shutdownWrite } from './connect.ts';
import { query, resolve } from './dns.ts';
import { linkCalls } from './links.ts';
import { listInterfaces, listRoutes, listSockets } from './list.ts';
import { dequeue, openListener } from './listeners.ts';
import { deliver } from './route.ts';

export { countTraffic } from './connect.ts';
export { closeListener, listenerReady, portTaken } from './listeners.ts';

/** The network's side of the system calls of a process (host pid). */
export function netCalls(m: Machine, pid: number): NetCalls {
  const ns = m.kernel.processes[pid]?.ns.net ?? '';
  const fileOf = (fd: number): { id: Id; file: OpenFile } | undefined => {
    const id = m.kernel.processes[pid]?.fds[fd];
    const file = id === undefined ? undefined : m.kernel.files[id];
    return id === undefined || !file ? undefined : { id, file };
  };
  return {
    interfaces: () => listInterfaces(m, ns),
    mayConfigure: () => {
      const process = m.kernel.processes[pid];
      return process !== undefined && capableOver(m, process, 'CAP_NET_ADMIN', ns);
    },
    get links() {
      return linkCalls(m, pid);
    },
    routes: () => listRoutes(m, ns),
    sockets: () => listSockets(m, ns, pid),
    listen: (address, port) => {
      const file = openListener(m, pid, address, port);
      return isErrno(file) ? file : addFd(m, pid, file);
    },
    accept: (fd) => {
      const found = fileOf(fd);
      if (!found) return fail('EBADF');
      const stream = dequeue(m, found.file);
      if (stream === 'again' || isErrno(stream)) return stream;
      const taken = addFd(m, pid, stream);
      const file = m.kernel.files[stream];
      releaseFile(m, stream); // the queue's reference
      if (isErrno(taken)) return taken;
      return { fd: taken, remote: file?.kind === 'stream' ? (file.remote ?? '') : '' };
    },
    connect: (address, port) => {
      const file = openConnection(m, ns, address, port);
      return isErrno(file) ? file : addFd(m, pid, file);
    },
    shutdown: (fd) => {
      const found = fileOf(fd);
      return found ? shutdownWrite(m, found.id) : fail('EBADF');
    },
    query: (server, name) => query(m, pid, server, name),
    resolve: (name) => resolve(m, pid, name),
    ping: (address) => ping(m, ns, address),
  };
}

/** An echo request of 56 data bytes is 84 with its headers, and so is the reply. */
const echoBytes = 84;

function ping(m: Machine, ns: Id, address: string): { rtt: number; ttl: number } | Errno {
  const ip = normalAddress(address);
  if (ip === undefined) return fail('EINVAL');
  const way = deliver(m, ns, ip);
  if (isErrno(way)) return { errno: way.errno };
  count(m, [...way.passes, ...backwards(way.passes)], echoBytes);
  if (way.host !== undefined) {
    const far = way.far ?? [];
    count(m.peer(way.host), [...far, ...backwards(far)], echoBytes);
    return { rtt: 200 + (random(m) % 300), ttl: 64 - way.hops };
  }
  const local = way.ns === ns;
  return { rtt: (local ? 30 : 60) + (random(m) % (local ? 30 : 60)), ttl: 64 - way.hops };
}
