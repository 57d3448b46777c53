import type { ByteString } from './bytes.ts';
import type { Mutable } from './draft.ts';
import { type Errno, fail } from './errno.ts';
import { newFile } from './files.ts';
import type { Id } from './json.ts';
import type { Machine } from './machine.ts';
import type { ReadResult } from './program.ts';
import type { Pipe } from './state.ts';
import { wakeSleepers } from './wait.ts';
import { nextId } from './world.ts';

/** Capacity of a pipe on Linux, bytes (pipe(7)). */
const pipeCapacity = 65536;

export interface PipeOptions {
  /** A service that reads it: told after each write and when the last writer closes. It counts as a reader. */
  readonly consumer?: NonNullable<Pipe['consumer']>;
  /** A service that writes it: told when room appears and when the last reader closes. It counts as a writer. */
  readonly producer?: NonNullable<Pipe['producer']>;
}

/** A pipe without open ends, but for those that services hold. */
export function newPipe(m: Machine, options: PipeOptions = {}): Id {
  const id = nextId(m, 'p');
  m.draft.own(m.kernel, 'pipes')[id] = m.draft.adopt<Pipe>({
    bytes: '',
    capacity: pipeCapacity,
    readers: options.consumer ? 1 : 0,
    writers: options.producer ? 1 : 0,
    ...options,
  });
  return id;
}

/** An open file for one end of a pipe. */
export function pipeEnd(m: Machine, pipe: Id, end: 'read' | 'write'): Id {
  countEnd(m, pipe, end, 1);
  return newFile(m, { kind: 'pipe', pipe, end });
}

/** A two-way stream over two pipes: the open file that reads `rx` and writes `tx`. */
export function streamEnd(m: Machine, rx: Id, tx: Id, names: { local?: string; remote?: string } = {}): Id {
  countEnd(m, rx, 'read', 1);
  countEnd(m, tx, 'write', 1);
  return newFile(m, { kind: 'stream', rx, tx, ...names });
}

/** Takes up to `max` bytes out of a pipe. */
export function readPipe(m: Machine, id: Id, max: number): ReadResult {
  const pipe = m.kernel.pipes[id];
  if (!pipe) return 'eof';
  if (pipe.bytes === '' && pipe.reset) return fail('ECONNRESET');
  if (pipe.bytes === '') return pipe.writers > 0 ? 'again' : 'eof';
  const bytes = pipe.bytes.slice(0, max);
  ownPipe(m, id).bytes = pipe.bytes.slice(bytes.length);
  wakeSleepers(m, id);
  if (pipe.producer) m.software.services.get(pipe.producer.service)?.io?.(m, pipe.producer.key);
  return { bytes };
}

/** Puts bytes into a pipe, as many as there is room for. EPIPE without readers (the caller sends SIGPIPE). */
export function writePipe(m: Machine, id: Id, bytes: ByteString): number | 'again' | Errno {
  const pipe = m.kernel.pipes[id];
  if (!pipe || pipe.readers === 0) return fail('EPIPE');
  const room = pipe.capacity - pipe.bytes.length;
  if (room <= 0) return 'again';
  const taken = bytes.length <= room ? bytes : bytes.slice(0, room);
  ownPipe(m, id).bytes = pipe.bytes + taken;
  wakeSleepers(m, id);
  if (pipe.consumer) m.software.services.get(pipe.consumer.service)?.io?.(m, pipe.consumer.key);
  return taken.length;
}

/** Puts bytes into a pipe whatever its capacity: the last words of a stream, whose writer cannot wait. */
export function pushPipe(m: Machine, id: Id, bytes: ByteString): void {
  const pipe = m.kernel.pipes[id];
  if (!pipe || pipe.readers === 0 || bytes === '') return;
  ownPipe(m, id).bytes = pipe.bytes + bytes;
  wakeSleepers(m, id);
}

/** Can a read (or write) go on without waiting? Ends and errors count as ready, as with poll(2). */
export function pipeReady(m: Machine, id: Id, end: 'read' | 'write'): boolean {
  const pipe = m.kernel.pipes[id];
  if (!pipe) return true;
  if (end === 'read') return pipe.bytes !== '' || pipe.writers === 0;
  return pipe.bytes.length < pipe.capacity || pipe.readers === 0;
}

/** An end was closed; a pipe without ends is gone. */
export function releasePipe(m: Machine, id: Id, end: 'read' | 'write'): void {
  const pipe = m.kernel.pipes[id];
  if (!pipe) return;
  countEnd(m, id, end, -1);
  const left = m.kernel.pipes[id];
  if (!left) return;
  if (left.readers === 0 && left.writers === 0) delete m.draft.own(m.kernel, 'pipes')[id];
  wakeSleepers(m, id);
  const told = end === 'write' ? pipe.consumer : pipe.producer;
  if (told && (end === 'write' ? left.writers : left.readers) === 0) {
    m.software.services.get(told.service)?.io?.(m, told.key);
  }
}

/** The pipe, changeable. */
export function ownPipe(m: Machine, id: Id): Mutable<Pipe> {
  return m.draft.own(m.draft.own(m.kernel, 'pipes'), id) as Mutable<Pipe>;
}

function countEnd(m: Machine, id: Id, end: 'read' | 'write', by: 1 | -1): void {
  const pipe = ownPipe(m, id);
  if (end === 'read') pipe.readers += by;
  else pipe.writers += by;
}
