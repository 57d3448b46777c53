import type { ByteString } from '../kernel/bytes.ts';
import type { Id } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';
import { apiTime } from './human-duration.ts';
import { engine, engineState, type Log, type LogEntry, type LogReader, type Stream } from './state.ts';
import { frame, pumpLogs } from './streams.ts';

const chunkLines = 128;
/** What one container's log keeps; older lines are dropped, as a json-file log with max-size rotates. */
const maxBytes = 8 * 1_048_576;
/** json-file cuts lines longer than this into several entries (16 KiB). */
const maxLine = 16_384;

/** Adds what a container has written to its log, line by line; the last line may be unfinished. */
export function appendLog(m: Machine, container: Id, stream: 1 | 2, bytes: ByteString): void {
  const logs = m.draft.own(engine(m), 'logs') as { [id: string]: Log };
  let log: Log = logs[container] ?? { sealed: [], tail: [], dropped: 0, bytes: 0 };
  const tail = [...log.tail];
  let { sealed } = log;
  for (const line of splitLines(bytes)) {
    const last = tail.at(-1);
    if (last && last.stream === stream && !last.line.endsWith('\n') && last.line.length + line.length <= maxLine) {
      tail[tail.length - 1] = { ...last, line: last.line + line };
    } else {
      if (tail.length >= chunkLines) {
        sealed = [...sealed, tail.splice(0)];
      }
      tail.push({ at: m.world.now, stream, line });
    }
  }
  log = rotate({ sealed, tail, dropped: log.dropped, bytes: log.bytes + bytes.length });
  logs[container] = log;
  pumpLogs(m, container);
}

function splitLines(bytes: ByteString): string[] {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const newline = bytes.indexOf('\n', at);
    const end = Math.min(newline < 0 ? bytes.length : newline + 1, at + maxLine);
    lines.push(bytes.slice(at, end));
    at = end;
  }
  return lines;
}

function rotate(log: Log): Log {
  let { sealed, dropped, bytes } = log;
  while (bytes > maxBytes && sealed.length > 0) {
    const [oldest = []] = sealed;
    sealed = sealed.slice(1);
    dropped += oldest.length;
    bytes -= oldest.reduce((sum, entry) => sum + entry.line.length, 0);
  }
  return { ...log, sealed, dropped, bytes };
}

/** How many entries a container's log has had in all. */
export function logLength(m: Machine, container: Id): number {
  const log = engineState(m).logs[container];
  return log ? log.dropped + log.sealed.reduce((sum, part) => sum + part.length, 0) + log.tail.length : 0;
}

/** The entry with this number, counted from the first that the container ever wrote. */
export function logEntry(m: Machine, container: Id, index: number): LogEntry | undefined {
  const log = engineState(m).logs[container];
  if (!log) return undefined;
  let at = index - log.dropped;
  if (at < 0) return undefined;
  for (const part of log.sealed) {
    if (at < part.length) return part[at];
    at -= part.length;
  }
  return log.tail[at];
}

/** The next bytes for a reader of the log, at most about `room`; `done` when nothing more will come. */
export function readLog(
  m: Machine,
  stream: Stream,
  reader: LogReader,
  room: number,
): { readonly bytes: ByteString; readonly next: number; readonly done: boolean } {
  const total = logLength(m, reader.container);
  const running = engineState(m).containers[reader.container]?.state.status === 'running';
  let bytes = '';
  let { next } = reader;
  while (next < total) {
    const entry = logEntry(m, reader.container, next);
    const unfinished =
      entry !== undefined && !entry.line.endsWith('\n') && next === total - 1 && running && reader.follow;
    if (unfinished) break;
    if (
      entry &&
      (reader.until === undefined || entry.at <= reader.until) &&
      (entry.stream === 1 ? stream.stdout : stream.stderr)
    ) {
      const text = reader.timestamps ? `${apiTime(entry.at)} ${entry.line}` : entry.line;
      const framed = stream.framed ? frame(entry.stream, text) : text;
      if (bytes !== '' && bytes.length + framed.length > room) break;
      bytes += framed;
    }
    next += 1;
  }
  return { bytes, next, done: next >= total && !(reader.follow && running) };
}
