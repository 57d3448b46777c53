import { encodeUtf8 } from '../kernel/bytes.ts';
import { isErrno } from '../kernel/errno.ts';
import { holdFile, releaseFile } from '../kernel/files.ts';
import type { Id, Json } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';
import { newPipe, pipeEnd, pushPipe, releasePipe } from '../kernel/pipes.ts';
import { giveFd } from '../kernel/process.ts';
import type { ServiceAnswer } from '../kernel/program.ts';
import { randomHex } from '../kernel/world.ts';
import { EngineError } from './errors.ts';
import { engine, engineState, serviceName } from './state.ts';

/**
 * An answer that goes on while something happens: a pipe from the engine to the client, with one JSON message a line (the
 * body of `POST /images/create`, `/images/NAME/push`, `/build`). The client reads it with `src/cli/streams/progress.ts`.
 *
 * How to use it: `openProgress` in the handler of the request and return its `answer`; `sendProgress` whenever something
 * happened (from timers, ended children, …); `closeProgress` at the end. When the client is gone, the engine's service
 * calls what belongs to `owner` (see `progressMoved`), so that the work can be given up, as the real engine does.
 */
export interface ProgressStream {
  readonly id: Id;
  /** Whose progress it is: a kind and an id (`pull:ID`, `push:ID`, `build:ID`). */
  readonly owner: string;
  readonly toClient: Id;
}

/** What an open stream is known by, and what the handler of the request returns: status 200 and the descriptor. */
export interface OpenedProgress {
  readonly id: Id;
  readonly answer: ServiceAnswer;
}

/** Opens a stream of messages to the process `pid` (host pid). Throws `no-descriptor` when that has too many open files. */
export function openProgress(m: Machine, pid: number, owner: string): OpenedProgress {
  const id = randomHex(m, 16);
  const toClient = newPipe(m, { producer: { service: serviceName, key: `progress:${id}` } });
  const end = pipeEnd(m, toClient, 'read');
  const fd = giveFd(m, pid, end);
  if (isErrno(fd)) {
    holdFile(m, end);
    releaseFile(m, end);
    releasePipe(m, toClient, 'write');
    throw new EngineError('no-descriptor', 500, 'too many open files');
  }
  const { progress = {} } = engineState(m);
  engine(m).progress = { ...progress, [id]: { id, owner, toClient } };
  return { id, answer: { reply: { status: 200, body: null }, fd } };
}

/**
 * Sends a message (plain data; one line of JSON). It always goes: whoever can produce without end asks `progressRoom`
 * first, and goes on when `progressMoved` says that there is room. A closed stream swallows it.
 */
export function sendProgress(m: Machine, id: Id, message: Json): void {
  const stream = engineState(m).progress?.[id];
  if (stream) pushPipe(m, stream.toClient, encodeUtf8(`${JSON.stringify(message)}\n`));
}

/** How many bytes the client has room for; 0 or less: it has not read what was sent. */
export function progressRoom(m: Machine, id: Id): number {
  const pipe = m.kernel.pipes[engineState(m).progress?.[id]?.toClient ?? ''];
  return pipe ? pipe.capacity - pipe.bytes.length : 0;
}

/** Ends a stream: with an error its last message is that error, as the real engine tells of what fails on the way. */
export function closeProgress(m: Machine, id: Id, error?: string): void {
  const { progress = {} } = engineState(m);
  const { [id]: stream, ...others } = progress;
  if (!stream) return;
  if (error !== undefined) sendProgress(m, id, { errorDetail: { message: error }, error });
  engine(m).progress = others;
  releasePipe(m, stream.toClient, 'write');
}

/**
 * Something moved on the client's side of a stream: `room` (it has read), or `gone` (it ended, or closed the stream; the
 * stream is closed then). Undefined for a stream that is over.
 */
export function progressMoved(
  m: Machine,
  id: Id,
): { readonly owner: string; readonly event: 'room' | 'gone' } | undefined {
  const stream = engineState(m).progress?.[id];
  if (!stream) return undefined;
  if ((m.kernel.pipes[stream.toClient]?.readers ?? 0) > 0) return { owner: stream.owner, event: 'room' };
  closeProgress(m, id);
  return { owner: stream.owner, event: 'gone' };
}
