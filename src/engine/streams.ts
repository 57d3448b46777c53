import type { ByteString } from '../kernel/bytes.ts';
import { isErrno } from '../kernel/errno.ts';
import { holdFile, releaseFile } from '../kernel/files.ts';
import { type Id, second } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';
import { newPipe, pushPipe, readPipe, releasePipe, streamEnd, writePipe } from '../kernel/pipes.ts';
import { clearTimer, giveFd, setTimer } from '../kernel/process.ts';
import { hangUpTty, removeTty, takeTtyOutput, typeTty } from '../kernel/tty.ts';
import { randomHex } from '../kernel/world.ts';
import { EngineError } from './errors.ts';
import { probeOutput } from './health/monitor.ts';
import { appendLog, flushLog, readLog } from './logs.ts';
import { engine, engineState, type Stream, serviceName, type TaskIo } from './state.ts';

/** Most that goes into one frame, bytes. */
const chunk = 16_384;
/** How long the engine waits for output of what an ended process has left behind. */
const lingering = 2 * second;

/** Opens a stream between the requesting process and a container or exec; returns its descriptor. */
export function openStream(m: Machine, pid: number, stream: Omit<Stream, 'id' | 'toClient' | 'fromClient'>): number {
  const id = randomHex(m, 16);
  const toClient = newPipe(m, { producer: { service: serviceName, key: `to:${id}` } });
  const fromClient = newPipe(m, { consumer: { service: serviceName, key: `from:${id}` } });
  const end = streamEnd(m, toClient, fromClient, { remote: '/var/run/docker.sock' });
  const fd = giveFd(m, pid, end);
  if (isErrno(fd)) {
    holdFile(m, end);
    releaseFile(m, end);
    releasePipe(m, toClient, 'write');
    releasePipe(m, fromClient, 'read');
    throw new EngineError('no-descriptor', 500, 'too many open files');
  }
  const streams = m.draft.own(engine(m), 'streams') as { [id: string]: Stream };
  streams[id] = { ...stream, id, toClient, fromClient };
  pumpOut(m, stream.owner);
  pumpLog(m, id);
  return fd;
}

/** The engine's pipes and terminals for a container or exec. `owner` as in Stream. */
export function makeIo(m: Machine, owner: string, options: { tty?: Id; stdin: boolean }): TaskIo {
  if (options.tty !== undefined) return { tty: options.tty };
  return {
    stdout: newPipe(m, { consumer: { service: serviceName, key: `out:${owner}` } }),
    stderr: newPipe(m, { consumer: { service: serviceName, key: `out:${owner}` } }),
    ...(options.stdin ? { stdin: newPipe(m, { producer: { service: serviceName, key: `in:${owner}` } }) } : {}),
  };
}

/** Something moved in a pipe or terminal that the engine serves: `out:OWNER`, `in:OWNER`, `to:STREAM`, `from:STREAM`. */
export function streamIo(m: Machine, key: string): void {
  const cut = key.indexOf(':');
  const [kind, id] = [key.slice(0, cut), key.slice(cut + 1)];
  const stream = engineState(m).streams[id];
  switch (kind) {
    case 'out':
      pumpOut(m, id);
      break;
    case 'in':
      for (const s of streamsOf(m, id)) pumpIn(m, s);
      break;
    case 'to':
      if (!stream) return;
      if (clientGone(m, stream)) {
        pumpIn(m, stream);
        endInput(m, stream);
        dropStream(m, stream);
        pumpOut(m, stream.owner); // what only waited for this client goes on
      } else if (stream.log) pumpLog(m, id);
      else pumpOut(m, stream.owner);
      break;
    case 'from':
      if (stream) pumpIn(m, stream);
      break;
    default:
  }
}

/**
 * The process has ended: its terminal hangs up, what it has written goes through, then its streams end. Where its children
 * still hold the pipes, the engine waits two seconds for them (seen with `docker exec c sh -c 'sleep 9 & echo hi'`).
 */
export function closeIo(m: Machine, owner: string): void {
  const io = ioOf(m, owner);
  if (!io) return;
  (m.draft.own(engine(m), 'io') as { [owner: string]: TaskIo })[owner] = { ...io, ending: true };
  if (io.tty !== undefined) hangUpTty(m, io.tty);
  pumpOut(m, owner);
  if (ioOf(m, owner)) setTimer(m, serviceName, `io:${owner}`, m.world.now + lingering);
}

/** Words of the engine's own, on the clients' standard output. */
export function sayToClients(m: Machine, owner: string, text: ByteString): void {
  for (const client of streamsOf(m, owner)) writePipe(m, client.toClient, client.framed ? frame(1, text) : text);
}

/** The time for the children of an ended process is over: its streams end. */
export function endIo(m: Machine, owner: string): void {
  const io = ioOf(m, owner);
  if (io) finish(m, owner, io);
}

/** Ends the streams of clients that are attached to a container which goes. */
export function dropStreams(m: Machine, owner: string): void {
  for (const stream of streamsOf(m, owner)) dropStream(m, stream);
}

/** Sends new log lines to the readers that follow, and ends those that are through. */
export function pumpLogs(m: Machine, container: Id): void {
  for (const stream of Object.values(engineState(m).streams))
    if (stream.log?.container === container) pumpLog(m, stream.id);
}

function ioOf(m: Machine, owner: string): TaskIo | undefined {
  return engineState(m).io[owner];
}

/** Can anybody still write to it? */
function isOpen(m: Machine, io: TaskIo): boolean {
  return [io.stdout, io.stderr].some((pipe) => pipe !== undefined && (m.kernel.pipes[pipe]?.writers ?? 0) > 0);
}

function streamsOf(m: Machine, owner: string): readonly Stream[] {
  return Object.values(engineState(m).streams).filter((s) => s.owner === owner);
}

function clientGone(m: Machine, stream: Stream): boolean {
  return (m.kernel.pipes[stream.toClient]?.readers ?? 0) === 0;
}

function dropStream(m: Machine, stream: Stream): void {
  delete (m.draft.own(engine(m), 'streams') as { [id: string]: Stream })[stream.id];
  releasePipe(m, stream.toClient, 'write');
  releasePipe(m, stream.fromClient, 'read');
}

/** Moves output from the process to log and clients, as far as every attached client has room. */
function pumpOut(m: Machine, owner: string): void {
  const io = ioOf(m, owner);
  if (!io) return;
  if (io.ending && !isOpen(m, io)) finish(m, owner, io);
  else pumpAll(m, owner, io, pumpOne);
}

type Pump = (m: Machine, owner: string, fd: 1 | 2, take: (max: number) => ByteString) => void;

function pumpAll(m: Machine, owner: string, io: TaskIo, pump: Pump): void {
  if (io.tty !== undefined) pump(m, owner, 1, (max) => takeTtyOutput(m, io.tty ?? '', max));
  for (const [fd, pipe] of [
    [1, io.stdout],
    [2, io.stderr],
  ] as const) {
    if (pipe === undefined) continue;
    pump(m, owner, fd, (max) => {
      const got = readPipe(m, pipe, max);
      return typeof got === 'object' && 'bytes' in got ? got.bytes : '';
    });
  }
}

/** The last output goes to log and clients, room or not; the engine's ends are closed, the clients get end of file. */
function finish(m: Machine, owner: string, io: TaskIo): void {
  pumpAll(m, owner, io, pushOne);
  if (owner.startsWith('c:')) flushLog(m, owner.slice(2));
  clearTimer(m, serviceName, `io:${owner}`);
  delete (m.draft.own(engine(m), 'io') as { [owner: string]: TaskIo })[owner];
  if (io.tty !== undefined) removeTty(m, io.tty);
  if (io.stdin !== undefined) releasePipe(m, io.stdin, 'write');
  for (const pipe of [io.stdout, io.stderr]) if (pipe !== undefined) releasePipe(m, pipe, 'read');
  for (const stream of streamsOf(m, owner)) dropStream(m, stream);
}

function clientsOf(m: Machine, owner: string, fd: 1 | 2): readonly Stream[] {
  return streamsOf(m, owner).filter((s) => (fd === 1 ? s.stdout : s.stderr) && !clientGone(m, s));
}

/** What a container writes goes to its log; what a health check writes, to its result. */
function keepOutput(m: Machine, owner: string, fd: 1 | 2, bytes: ByteString): void {
  if (owner.startsWith('c:')) appendLog(m, owner.slice(2), fd, bytes);
  else probeOutput(m, owner.slice(2), bytes);
}

function pushOne(m: Machine, owner: string, fd: 1 | 2, take: (max: number) => ByteString): void {
  for (let bytes = take(chunk); bytes !== ''; bytes = take(chunk)) {
    keepOutput(m, owner, fd, bytes);
    for (const client of clientsOf(m, owner, fd)) {
      pushPipe(m, client.toClient, client.framed ? frame(fd, bytes) : bytes);
    }
  }
}

function pumpOne(m: Machine, owner: string, fd: 1 | 2, take: (max: number) => ByteString): void {
  for (;;) {
    const clients = clientsOf(m, owner, fd);
    const room = Math.min(chunk, ...clients.map((s) => roomIn(m, s.toClient) - 8));
    if (room <= 0) return;
    const bytes = take(room);
    if (bytes === '') return;
    keepOutput(m, owner, fd, bytes);
    for (const client of clients) writePipe(m, client.toClient, client.framed ? frame(fd, bytes) : bytes);
  }
}

function roomIn(m: Machine, pipe: Id): number {
  const { capacity = 0, bytes = '' } = m.kernel.pipes[pipe] ?? {};
  return capacity - bytes.length;
}

/** One frame of a multiplexed stream: stream number, three zero bytes, length (big-endian), data. */
export function frame(fd: 1 | 2, bytes: ByteString): ByteString {
  const n = bytes.length;
  return String.fromCharCode(fd, 0, 0, 0, (n >>> 24) & 255, (n >>> 16) & 255, (n >>> 8) & 255, n & 255) + bytes;
}

/** Moves what a client typed or sent to the process. The client's end of input closes the process's. */
function pumpIn(m: Machine, stream: Stream): void {
  const io = ioOf(m, stream.owner);
  const from = m.kernel.pipes[stream.fromClient];
  if (!from) return;
  if (from.bytes !== '' && io && stream.stdin) {
    if (io.tty !== undefined) {
      const got = readPipe(m, stream.fromClient, from.bytes.length);
      if (typeof got === 'object' && 'bytes' in got) typeTty(m, io.tty, got.bytes);
    } else if (io.stdin !== undefined) {
      const sent = writePipe(m, io.stdin, from.bytes);
      if (typeof sent === 'number') readPipe(m, stream.fromClient, sent);
      else if (isErrno(sent)) readPipe(m, stream.fromClient, from.bytes.length);
    }
  } else if (from.bytes !== '') readPipe(m, stream.fromClient, from.bytes.length);
  const left = m.kernel.pipes[stream.fromClient];
  if (left && left.writers === 0 && left.bytes === '') endInput(m, stream);
}

/** The client sends nothing more. Does the process's input end with that? A container's does with StdinOnce only. */
function endInput(m: Machine, stream: Stream): void {
  const io = ioOf(m, stream.owner);
  const container = stream.owner.startsWith('c:') ? engineState(m).containers[stream.owner.slice(2)] : undefined;
  const ends = !container || container.config.StdinOnce === true;
  if (ends && stream.stdin && io?.stdin !== undefined) closeStdin(m, stream.owner, io);
}

function closeStdin(m: Machine, owner: string, io: TaskIo): void {
  const { stdin, ...rest } = io;
  if (stdin === undefined) return;
  (m.draft.own(engine(m), 'io') as { [owner: string]: TaskIo })[owner] = rest;
  releasePipe(m, stdin, 'write');
}

function pumpLog(m: Machine, id: Id): void {
  for (;;) {
    const stream = engineState(m).streams[id];
    if (!stream?.log) return;
    if (clientGone(m, stream)) {
      dropStream(m, stream);
      return;
    }
    const room = roomIn(m, stream.toClient) - 8;
    if (room <= 0) return;
    const { bytes, next, done } = readLog(m, stream, stream.log, room);
    const streams = m.draft.own(engine(m), 'streams') as { [id: string]: Stream };
    if (next !== stream.log.next) streams[id] = { ...stream, log: { ...stream.log, next } };
    if (bytes !== '') writePipe(m, stream.toClient, bytes);
    else {
      if (done) dropStream(m, stream);
      return;
    }
  }
}
