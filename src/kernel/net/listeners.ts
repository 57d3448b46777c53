import { type Errno, fail } from '../errno.ts';
import { newFile, releaseFile } from '../files.ts';
import type { Id } from '../json.ts';
import type { Machine } from '../machine.ts';
import { ownPipe } from '../pipes.ts';
import type { OpenFile } from '../state.ts';
import { random } from '../world.ts';
import { normalAddress } from './address.ts';
import { ownStack, stackOf } from './interfaces.ts';
import { isLocal } from './route.ts';
import type { Listener, NetStack } from './stack.ts';

/** Ports that the kernel hands out when none is asked for (net.ipv4.ip_local_port_range). */
const firstEphemeral = 32768;
const lastEphemeral = 60999;
/** Connections that wait to be accepted; more are refused. */
const longestBacklog = 128;
const privileged = 1024;

/** Does a listening socket or a published port have this TCP port on this address, or on all of them? */
export function portTaken(stack: NetStack, address: string, port: number): boolean {
  const clash = (other: string) => other === address || other === '0.0.0.0' || address === '0.0.0.0';
  return (
    Object.values(stack.listeners).some((listener) => listener.port === port && clash(listener.address)) ||
    stack.nat.some((rule) => rule.proto === 'tcp' && rule.hostPort === port && clash(rule.hostIp))
  );
}

/** A free port of the ephemeral range. */
export function ephemeralPort(m: Machine, stack: NetStack): number {
  const range = lastEphemeral - firstEphemeral + 1;
  const start = random(m) % range;
  for (let i = 0; i < range; i++) {
    const port = firstEphemeral + ((start + i) % range);
    if (!portTaken(stack, '0.0.0.0', port)) return port;
  }
  return firstEphemeral;
}

/** Opens a listening socket: the open file, which nobody refers to yet. Errors as NetCalls.listen. */
export function openListener(m: Machine, pid: number, address: string, port: number): Id | Errno {
  const process = m.kernel.processes[pid];
  const local = normalAddress(address);
  if (!process || local === undefined || port < 0 || port > 65535) return fail('EINVAL');
  const ns = process.ns.net;
  const stack = stackOf(m, ns);
  if (local !== '0.0.0.0' && !isLocal(stack, local)) return fail('EADDRNOTAVAIL');
  const free = stack.unprivilegedPortStart ?? privileged;
  const allowed = process.uid === 0 || process.caps.includes('CAP_NET_BIND_SERVICE');
  if (port !== 0 && port < free && !allowed) return fail('EACCES');
  const number = port === 0 ? ephemeralPort(m, stack) : port;
  if (portTaken(stack, local, number)) return fail('EADDRINUSE');
  const key = `tcp:${local}:${number}`;
  const file = newFile(m, { kind: 'listen', ns, key });
  const listener: Listener = { address: local, port: number, file, backlog: [], pid };
  m.draft.own(ownStack(m, ns), 'listeners')[key] = m.draft.adopt(listener);
  return file;
}

/** The socket that takes connections to this address. */
export function findListener(stack: NetStack, address: string, port: number): Listener | undefined {
  return stack.listeners[`tcp:${address}:${port}`] ?? stack.listeners[`tcp:0.0.0.0:${port}`];
}

/** Puts a connection's open file (held by the caller) in the queue. False when the queue is full. */
export function enqueue(m: Machine, ns: Id, listener: Listener, stream: Id): boolean {
  if (listener.backlog.length >= longestBacklog) return false;
  setBacklog(m, ns, listener, [...listener.backlog, stream]);
  return true;
}

/** Takes the first waiting connection: its open file, still held by the queue's reference. */
export function dequeue(m: Machine, file: OpenFile): Id | 'again' | Errno {
  const listener = listenerOf(m, file);
  if (!listener || file.kind !== 'listen') return fail('EINVAL');
  const [first, ...rest] = listener.backlog;
  if (first === undefined) return 'again';
  setBacklog(m, file.ns, listener, rest);
  return first;
}

/** Does a connection wait to be accepted? A socket whose namespace has gone counts as ready: accept then fails. */
export function listenerReady(m: Machine, file: OpenFile): boolean {
  const listener = listenerOf(m, file);
  return listener === undefined || listener.backlog.length > 0;
}

/** The last reference to a listening socket has gone: the port is free, and whoever waits in the queue is reset. */
export function closeListener(m: Machine, file: OpenFile): void {
  const listener = listenerOf(m, file);
  if (!listener || file.kind !== 'listen') return;
  delete m.draft.own(ownStack(m, file.ns), 'listeners')[file.key];
  for (const stream of listener.backlog) {
    reset(m, stream);
    releaseFile(m, stream);
  }
}

/** Marks what the other side of a connection reads as reset. */
export function reset(m: Machine, stream: Id): void {
  const file = m.kernel.files[stream];
  if (file?.kind === 'stream' && m.kernel.pipes[file.tx]) ownPipe(m, file.tx).reset = true;
}

function listenerOf(m: Machine, file: OpenFile): Listener | undefined {
  if (file.kind !== 'listen') return undefined;
  const namespace = m.kernel.namespaces[file.ns];
  return namespace?.kind === 'net' ? namespace.net.listeners[file.key] : undefined;
}

function setBacklog(m: Machine, ns: Id, listener: Listener, backlog: readonly Id[]): void {
  const listeners = m.draft.own(ownStack(m, ns), 'listeners');
  listeners[`tcp:${listener.address}:${listener.port}`] = m.draft.adopt({ ...listener, backlog });
}
