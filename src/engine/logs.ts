import type { ByteString } from '../kernel/bytes.ts';
import type { Id, Us } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';
import type { HostConfig } from './api.ts';
import { apiTime } from './human-duration.ts';
import { logBytes } from './log-size.ts';
import {
  engine,
  engineState,
  type Log,
  type LogEntry,
  type LogReader,
  type OpenLine,
  type Stream,
  taskOf,
} from './state.ts';
import { frame, pumpLogs } from './streams.ts';

/** A sealed chunk has exactly this many entries. */
const chunkLines = 128;
/** What one container's log keeps; older lines are dropped, as a json-file log with max-size rotates. */
const maxBytes = 8 * 1_048_576;
/** json-file cuts lines longer than this into several entries (16 KiB). */
const maxLine = 16_384;

/**
 * Adds what a container has written to its log, line by line. As with the engine's own log copier a line is logged when
 * it ends, or when it is longer than an entry may be; what is left over is logged at the end (`flushLog`).
 */
export function appendLog(m: Machine, container: Id, stream: 1 | 2, bytes: ByteString): void {
  if (logDriver(m, container).Type === 'none') return;
  const old = logOf(m, container);
  const { line = '', at } = old.open[stream] ?? {};
  const { entries, rest } = split(m.world.now, stream, { line: line + bytes, ...(at === undefined ? {} : { at }) });
  const { [stream]: _before, ...others } = old.open;
  const open = rest.line === '' && rest.at === undefined ? others : { ...others, [stream]: rest };
  keep(m, container, { ...add(old, entries), open });
  if (entries.length > 0) pumpLogs(m, container);
}

/** The container has ended: what it has not ended with a newline is logged as it is. */
export function flushLog(m: Machine, container: Id): void {
  const log = engineState(m).logs[container];
  if (!log) return;
  const entries = ([1, 2] as const).flatMap((stream): LogEntry[] => {
    const { line = '', at = m.world.now } = log.open[stream] ?? {};
    return line === '' ? [] : [{ at, stream, line }];
  });
  keep(m, container, { ...add(log, entries), open: {} });
}

/** The container's logging driver and its options. */
export function logDriver(m: Machine, container: Id): HostConfig['LogConfig'] {
  const { Type = '', Config = {} } = engineState(m).containers[container]?.hostConfig.LogConfig ?? {};
  return { Type: Type || 'json-file', Config };
}

function logOf(m: Machine, container: Id): Log {
  return engineState(m).logs[container] ?? { sealed: [], tail: [], dropped: 0, bytes: 0, open: {} };
}

function keep(m: Machine, container: Id, whole: Log): void {
  const most = logBytes(logDriver(m, container));
  const log = most === undefined ? whole : rotate(whole, most);
  (m.draft.own(engine(m), 'logs') as { [id: string]: Log })[container] = log;
}

function split(now: Us, stream: 1 | 2, open: OpenLine): { readonly entries: LogEntry[]; readonly rest: OpenLine } {
  const entries: LogEntry[] = [];
  const { line: bytes } = open;
  let { at } = open;
  let from = 0;
  while (from < bytes.length) {
    const newline = bytes.indexOf('\n', from);
    if (newline < 0 && bytes.length - from < maxLine) break;
    const end = Math.min(newline < 0 ? bytes.length : newline + 1, from + maxLine);
    entries.push({ at: at ?? now, stream, line: bytes.slice(from, end) });
    at = end === newline + 1 ? undefined : (at ?? now);
    from = end;
  }
  return { entries, rest: { line: bytes.slice(from), ...(at === undefined ? {} : { at }) } };
}

function add(log: Log, entries: readonly LogEntry[]): Log {
  const tail = [...log.tail];
  let { sealed, bytes } = log;
  for (const entry of entries) {
    if (tail.length >= chunkLines) sealed = [...sealed, tail.splice(0)];
    tail.push(entry);
    bytes += weight(entry);
  }
  return rotate({ ...log, sealed, tail, bytes });
}

/** What an entry takes up in the log's file: the line, and its JSON around it. */
function weight(entry: LogEntry): number {
  return entry.line.length + 80;
}

function rotate(log: Log, most = maxBytes): Log {
  let { sealed, dropped, bytes } = log;
  while (bytes > most && sealed.length > 0) {
    const [oldest = []] = sealed;
    sealed = sealed.slice(1);
    dropped += oldest.length;
    bytes -= oldest.reduce((sum, entry) => sum + weight(entry), 0);
  }
  return { ...log, sealed, dropped, bytes };
}

/** How many entries a container's log has had in all. */
export function logLength(m: Machine, container: Id): number {
  const log = engineState(m).logs[container];
  return log ? log.dropped + log.sealed.length * chunkLines + log.tail.length : 0;
}

/** The entry with this number, counted from the first that the container ever wrote. */
export function logEntry(m: Machine, container: Id, index: number): LogEntry | undefined {
  const log = engineState(m).logs[container];
  if (!log) return undefined;
  const at = index - log.dropped;
  const chunk = Math.floor(at / chunkLines);
  return chunk < log.sealed.length
    ? log.sealed[chunk]?.[at % chunkLines]
    : log.tail[at - log.sealed.length * chunkLines];
}

/** The next bytes for a reader of the log, at most about `room`; `done` when nothing more will come. */
export function readLog(
  m: Machine,
  stream: Stream,
  reader: LogReader,
  room: number,
): { readonly bytes: ByteString; readonly next: number; readonly done: boolean } {
  const total = logLength(m, reader.container);
  const running = taskOf(m, reader.container) !== undefined;
  let bytes = '';
  let { next } = reader;
  while (next < total) {
    const entry = logEntry(m, reader.container, next);
    if (entry && reader.until !== undefined && entry.at > reader.until) return { bytes, next, done: bytes === '' };
    if (entry && (entry.stream === 1 ? stream.stdout : stream.stderr)) {
      const line = reader.details === undefined ? entry.line : `${reader.details} ${entry.line}`;
      const text = reader.timestamps ? `${apiTime(entry.at)} ${line}` : line;
      const framed = stream.framed ? frame(entry.stream, text) : text;
      if (bytes !== '' && bytes.length + framed.length > room) break;
      bytes += framed;
    }
    next += 1;
  }
  return { bytes, next, done: next >= total && !(reader.follow && running) };
}
