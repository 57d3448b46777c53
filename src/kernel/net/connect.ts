import { type Errno, fail, isErrno } from '../errno.ts';
import { holdFile, ownFile, releaseFile } from '../files.ts';
import type { Id } from '../json.ts';
import type { Machine } from '../machine.ts';
import { newPipe, ownPipe, releasePipe, streamEnd } from '../pipes.ts';
import type { OpenFile } from '../state.ts';
import { wakeSleepers } from '../wait.ts';
import { normalAddress } from './address.ts';
import { ownInterface, stackOf } from './interfaces.ts';
import { enqueue, ephemeralPort, findListener, reset } from './listeners.ts';
import { type TcpTarget, tcpTarget } from './route.ts';
import type { Passage } from './stack.ts';
import { connectAcross } from './wire.ts';

/** Bytes of the three packets that open a TCP connection: what a side sends and gets (40 to 60 bytes of headers each). */
export const handshake = { sent: 60 + 52, got: 60 };

/** Data bytes of a full TCP segment on Ethernet. */
const segment = 1448;

/** Makes a connection from a namespace: the client's open file, which nobody refers to yet. Errors as NetCalls.connect. */
export function openConnection(m: Machine, from: Id, address: string, port: number): Id | Errno {
  const ip = normalAddress(address);
  if (ip === undefined || port < 1 || port > 65535) return fail('EINVAL');
  const target = tcpTarget(m, from, ip, port);
  if (isErrno(target)) return { errno: target.errno };
  if (target.host !== undefined) return connectAcross(m, from, target, { ip, port });
  count(m, target.passes, handshake.sent);
  const listener = findListener(stackOf(m, target.ns), target.address, target.port);
  if (!listener && !target.proxied) return fail('ECONNREFUSED');
  const localPort = ephemeralPort(m, stackOf(m, from));
  const { client, server } = makeStreams(m, from, target, { ip, port, localPort });
  holdFile(m, server);
  if (listener && enqueue(m, target.ns, listener, server)) {
    count(m, backwards(target.passes), handshake.got);
    wakeSleepers(m, listener.file);
    return client;
  }
  // docker-proxy has taken the connection, cannot make its own, and hangs up
  if (target.proxied) reset(m, server);
  releaseFile(m, server);
  if (target.proxied) return client;
  discard(m, client);
  return fail('ETIMEDOUT');
}

interface Ends {
  readonly ip: string;
  readonly port: number;
  readonly localPort: number;
}

function makeStreams(
  m: Machine,
  from: Id,
  target: TcpTarget,
  { ip, port, localPort }: Ends,
): { client: Id; server: Id } {
  const there = newPipe(m);
  const back = newPipe(m);
  const clientIp = target.proxied && target.ns !== from ? '127.0.0.1' : target.source;
  const client = streamEnd(m, back, there, { local: `${clientIp}:${localPort}`, remote: `${ip}:${port}` });
  const server = streamEnd(m, there, back, {
    local: `${target.address}:${target.port}`,
    remote: `${target.source}:${localPort}`,
  });
  Object.assign(ownFile(m, client), { ns: from, passes: target.passes });
  Object.assign(ownFile(m, server), { ns: target.ns, passes: backwards(target.passes) });
  return { client, server };
}

function discard(m: Machine, file: Id): void {
  holdFile(m, file);
  releaseFile(m, file);
}

/** The way back: the same interfaces the other way round. */
export function backwards(passes: readonly Passage[]): readonly Passage[] {
  return passes.toReversed().map((pass) => ({ ...pass, counts: pass.counts === 'tx' ? 'rx' : 'tx' }) as const);
}

/** Adds bytes to the counters of the interfaces that they pass. */
export function count(m: Machine, passes: readonly Passage[], bytes: number): void {
  for (const { ns, dev, counts } of passes) {
    if (m.kernel.namespaces[ns]?.kind !== 'net') continue;
    const found = ownInterface(m, ns, dev);
    if (!found) continue;
    const packets = Math.ceil(bytes / segment);
    if (counts === 'tx') {
      found.txBytes += bytes;
      found.txPackets = (found.txPackets ?? 0) + packets;
    } else {
      found.rxBytes += bytes;
      found.rxPackets = (found.rxPackets ?? 0) + packets;
    }
  }
}

/** A process wrote so many bytes to an open file: if it is a connection, its interfaces count them. */
export function countTraffic(m: Machine, file: OpenFile, bytes: number): void {
  if (file.kind === 'stream' && file.passes) count(m, file.passes, bytes);
}

/** shutdown(2) with SHUT_WR: the other side comes to the end; writing again fails with EPIPE. */
export function shutdownWrite(m: Machine, id: Id): Errno | undefined {
  const file = m.kernel.files[id];
  if (file?.kind !== 'stream') return fail('ENOTCONN');
  const nowhere = newPipe(m);
  ownPipe(m, nowhere).writers = 1;
  const own = ownFile(m, id);
  const closed = file.tx;
  if (own.kind === 'stream') Object.assign(own, { tx: nowhere });
  releasePipe(m, closed, 'write');
  return undefined;
}
