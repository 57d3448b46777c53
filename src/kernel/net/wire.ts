import { type Errno, fail } from '../errno.ts';
import { holdFile, ownFile, releaseFile } from '../files.ts';
import type { Id } from '../json.ts';
import type { Machine } from '../machine.ts';
import { newPipe, ownPipe, pushPipe, releasePipe, streamEnd } from '../pipes.ts';
import type { Pipe } from '../state.ts';
import { wakeSleepers } from '../wait.ts';
import { backwards, count, handshake } from './connect.ts';
import { stackOf } from './interfaces.ts';
import { enqueue, ephemeralPort, findListener } from './listeners.ts';
import type { TcpTarget } from './route.ts';
import { wireService } from './wire-service.ts';

/**
 * Joins two pipes of different hosts: what is written into the one can be read from the other. Each pipe gets its other end by
 * this, which ends when the far one does. The state is in the pipes: `consumer` and `producer` say where the wire leads.
 */
export function joinPipes(from: Machine, source: Id, to: Machine, target: Id): void {
  const there = ownPipe(from, source);
  const consumer = { service: wireService, key: `${source} > ${target} ${to.hostId}` };
  Object.assign(there, { consumer, readers: there.readers + 1 });
  const here = ownPipe(to, target);
  const producer = { service: wireService, key: `${target} < ${source} ${from.hostId}` };
  Object.assign(here, { producer, writers: here.writers + 1 });
}

/** Something moved at an end of a wire of host `m`: bytes, room, or an end that closed. */
export function moveOnWire(m: Machine, key: string): void {
  const [, near = '', way = '', far = '', host = ''] = /^(\S+) ([<>]) (\S+) (.*)$/s.exec(key) ?? [];
  const other = m.world.hosts[host] ? m.peer(host) : undefined;
  if (way === '>') move(m, near, other, far);
  else if (other) move(other, far, m, near);
  else releaseEnd(m, near, 'write');
}

function move(from: Machine, source: Id, to: Machine | undefined, target: Id): void {
  const pipe = from.kernel.pipes[source];
  if (!pipe) {
    if (to) releaseEnd(to, target, 'write');
    return;
  }
  const sink = to?.kernel.pipes[target];
  if (!to || !sink || sink.readers === 0) {
    if (to && sink) releaseEnd(to, target, 'write');
    releaseEnd(from, source, 'read');
    return;
  }
  const taken = pipe.bytes.slice(0, Math.max(0, sink.capacity - sink.bytes.length));
  if (taken !== '') {
    ownPipe(from, source).bytes = pipe.bytes.slice(taken.length);
    pushPipe(to, target, taken);
    countArrival(to, target, taken.length);
    wakeSleepers(from, source);
    tell(to, sink.consumer);
    tell(from, pipe.producer);
  }
  const left = from.kernel.pipes[source];
  if (!left || left.writers > 0 || left.bytes !== '') return;
  if (pipe.reset && !sink.reset) ownPipe(to, target).reset = true;
  releaseEnd(to, target, 'write');
  releaseEnd(from, source, 'read');
}

/** Services that read or write an end of a wire are told that something moved there. */
function tell(m: Machine, end: Pipe['consumer']): void {
  if (end && end.service !== wireService) m.software.services.get(end.service)?.io?.(m, end.key);
}

/** Takes the wire's own end away from a pipe, once. */
function releaseEnd(m: Machine, id: Id, end: 'read' | 'write'): void {
  const pipe = m.kernel.pipes[id];
  const mark = end === 'read' ? 'consumer' : 'producer';
  if (pipe?.[mark]?.service !== wireService) return;
  const owned = ownPipe(m, id) as { consumer?: unknown; producer?: unknown };
  delete owned[mark];
  releasePipe(m, id, end);
}

/** The interfaces of the receiving host count what came for one of its connections. */
function countArrival(m: Machine, rx: Id, bytes: number): void {
  const file = Object.values(m.kernel.files).find((open) => open.kind === 'stream' && open.rx === rx);
  if (file?.kind === 'stream' && file.passes) count(m, backwards(file.passes), bytes);
}

/** Cuts all wires that lead to a host which goes away: readers come to the end, writers have nobody to read. */
export function cutWires(m: Machine, host: Id): void {
  for (const [id, pipe] of Object.entries(m.kernel.pipes)) {
    if (pipe.consumer?.service === wireService && pipe.consumer.key.endsWith(` ${host}`)) releaseEnd(m, id, 'read');
    const rest = m.kernel.pipes[id];
    if (rest?.producer?.service === wireService && rest.producer.key.endsWith(` ${host}`)) releaseEnd(m, id, 'write');
  }
}

/** A two-way stream between two hosts: an open file on each, which nobody refers to yet. */
export function joinStreams(
  m: Machine,
  there: Machine,
  names: { readonly local?: string; readonly remote?: string } = {},
): { readonly near: Id; readonly far: Id } {
  const out = newPipe(m);
  const back = newPipe(m);
  const arriving = newPipe(there);
  const leaving = newPipe(there);
  const near = streamEnd(m, back, out, { ...names });
  const far = streamEnd(there, arriving, leaving, {
    ...(names.remote === undefined ? {} : { local: names.remote }),
    ...(names.local === undefined ? {} : { remote: names.local }),
  });
  joinPipes(m, out, there, arriving);
  joinPipes(there, leaving, m, back);
  return { near, far };
}

/** Makes a connection to a listening socket of another host: the client's open file. Errors as NetCalls.connect. */
export function connectAcross(
  m: Machine,
  from: Id,
  target: TcpTarget,
  asked: { readonly ip: string; readonly port: number },
): Id | Errno {
  const there = m.peer(target.host ?? '');
  count(m, target.passes, handshake.sent);
  count(there, target.far ?? [], handshake.sent);
  const listener = findListener(stackOf(there, target.ns), target.address, target.port);
  if (!listener && !target.proxied) return fail('ECONNREFUSED');
  const own = ephemeralPort(m, stackOf(m, from));
  const { near, far } = joinStreams(m, there);
  const clientIp = target.proxied ? '127.0.0.1' : target.source;
  const passes = target.passes;
  Object.assign(ownFile(m, near), {
    local: `${clientIp}:${own}`,
    remote: `${asked.ip}:${asked.port}`,
    ns: from,
    passes,
  });
  Object.assign(ownFile(there, far), {
    local: `${target.address}:${target.port}`,
    remote: `${target.source}:${own}`,
    ns: target.ns,
    passes: backwards(target.far ?? []),
  });
  holdFile(there, far);
  if (listener && enqueue(there, target.ns, listener, far)) {
    count(m, backwards(passes), handshake.got);
    count(there, backwards(target.far ?? []), handshake.got);
    wakeSleepers(there, listener.file);
    return near;
  }
  releaseFile(there, far);
  if (target.proxied) return near; // whoever passes it on has taken it, and hangs up
  holdFile(m, near);
  releaseFile(m, near);
  return fail('ETIMEDOUT');
}
