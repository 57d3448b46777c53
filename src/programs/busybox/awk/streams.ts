import type { ByteString } from '../../../kernel/bytes.ts';
import { decodeUtf8 } from '../../../kernel/bytes.ts';
import type { Errno } from '../../../kernel/errno.ts';
import { isErrno } from '../../../kernel/errno.ts';
import { spawnCommand } from '../execute.ts';
import { matchBytes } from './regex.ts';
import type { Awk, Sink, Source } from './state.ts';
import { variable } from './state.ts';

const chunk = 65_536;

/** The next record of a source, cut as RS says: what it is, or that there is none (yet). */
export function readRecord(m: Awk, source: Source): { readonly record: ByteString } | 'again' | 'eof' | Errno {
  const separator = variable(m, 'RS');
  for (;;) {
    if (separator === '') source.buffer = source.buffer.replace(/^\n+/, '');
    const cut = source.buffer === '' ? undefined : findEnd(source, separator);
    if (cut !== undefined) {
      const record = source.buffer.slice(0, cut[0]);
      source.buffer = source.buffer.slice(cut[1]);
      return { record };
    }
    if (source.eof) {
      if (source.buffer === '') return 'eof';
      const rest = source.buffer;
      source.buffer = '';
      return {
        record: separator === '' || (separator.length > 1 && rest.endsWith('\n')) ? rest.replace(/\n$/, '') : rest,
      };
    }
    const got = m.io.sys.read(source.fd, chunk);
    if (got === 'again') return 'again';
    if (got === 'eof') source.eof = true;
    else if (isErrno(got)) return got;
    else source.buffer += got.bytes;
    m.io.sys.spend(2);
  }
}

/** Where the first record of the buffer ends, and where the next begins. */
function findEnd({ buffer, eof }: Source, separator: ByteString): readonly [end: number, next: number] | undefined {
  if (separator.length === 1) {
    const at = buffer.indexOf(separator);
    return at < 0 ? undefined : [at, at + 1];
  }
  if (separator === '') {
    const at = buffer.indexOf('\n\n');
    return at < 0 ? undefined : [at, at + 2];
  }
  const found = matchBytes(separator, buffer);
  // a match at the very end could become longer
  if (found === undefined || found.end === found.start || (found.end === buffer.length && !eof)) return undefined;
  return [found.start, found.end];
}

/** The source behind `getline < NAME` or `NAME | getline`, opened at the first use. */
export function sourceNamed(m: Awk, kind: 'file' | 'command', name: ByteString): Source | Errno {
  const key = `${kind === 'file' ? '<' : '|'}${name}`;
  const known = m.v.sources[key];
  if (known !== undefined) return known;
  const opened = kind === 'file' ? openSource(m, name) : startSource(m, name);
  if (!isErrno(opened)) m.v.sources[key] = opened;
  return opened;
}

/** Opens a file for reading; `-` is standard input. */
export function openSource(m: Awk, name: ByteString): Source | Errno {
  const fd = name === '-' || name === '/dev/stdin' ? 0 : m.io.sys.fs.open(decodeUtf8(name), { read: true });
  return isErrno(fd) ? fd : { fd, buffer: '', eof: false, pid: null };
}

function startSource(m: Awk, command: ByteString): Source | Errno {
  const ends = m.io.sys.pipe();
  if (isErrno(ends)) return ends;
  const [reading, writing] = ends;
  const pid = shell(m, command, { 0: 0, 1: writing, 2: 2 });
  m.io.sys.close(writing);
  return isErrno(pid) ? pid : { fd: reading, buffer: '', eof: false, pid };
}

/** Starts `sh -c COMMAND`. */
export function shell(m: Awk, command: ByteString, fds: { readonly [fd: number]: number }): number | Errno {
  return spawnCommand(m.io.sys, ['/bin/sh', '-c', decodeUtf8(command)], m.v.env, { fds });
}

/** Where `print > NAME`, `>> NAME` and `| NAME` go, opened at the first use. */
export function sinkNamed(m: Awk, how: string, name: ByteString): Sink | Errno {
  const known = m.v.sinks[name];
  if (known !== undefined) return known;
  const opened = how === '|' ? startSink(m, name) : openSink(m, name, how === '>>');
  if (!isErrno(opened)) m.v.sinks[name] = opened;
  return opened;
}

function openSink(m: Awk, name: ByteString, append: boolean): Sink | Errno {
  if (name === '/dev/stdout' || name === '-') return { fd: 1, pid: null };
  if (name === '/dev/stderr') return { fd: 2, pid: null };
  const flags = append ? { append: true } : { truncate: true };
  const fd = m.io.sys.fs.open(decodeUtf8(name), { write: true, create: true, ...flags }, 0o666);
  return isErrno(fd) ? fd : { fd, pid: null };
}

function startSink(m: Awk, command: ByteString): Sink | Errno {
  const ends = m.io.sys.pipe();
  if (isErrno(ends)) return ends;
  const [reading, writing] = ends;
  // what was printed before comes before what the command prints
  release(m);
  const pid = shell(m, command, { 0: reading, 1: 1, 2: 2 });
  m.io.sys.close(reading);
  return isErrno(pid) ? pid : { fd: writing, pid };
}

/** Standard output is kept back until there are this many bytes, unless it is a terminal. */
const heldMost = 4096;

/** Appends to a descriptor's output. */
export function put(m: Awk, fd: number, bytes: ByteString): void {
  if (fd === 1) {
    m.v.held += bytes;
    if (m.v.held.length >= heldMost) release(m);
  } else if (bytes !== '') append(m, fd, bytes);
}

/** Lets go what was kept back of standard output. */
export function release(m: Awk): void {
  if (m.v.held === '') return;
  append(m, 1, m.v.held);
  m.v.held = '';
}

function append(m: Awk, fd: number, bytes: ByteString): void {
  const last = m.v.pending.at(-1);
  if (last !== undefined && last[0] === fd && last[1].length < chunk)
    m.v.pending[m.v.pending.length - 1] = [fd, last[1] + bytes];
  else m.v.pending.push([fd, bytes]);
}

/** Writes what is pending: done, or the descriptor that takes no more now, or a failure on standard output. */
export function flush(m: Awk): 'done' | { readonly full: number } | { readonly failed: Errno } {
  const { pending } = m.v;
  let done = 0;
  let result: 'done' | { readonly full: number } | { readonly failed: Errno } = 'done';
  for (let first = pending[done]; first !== undefined; first = pending[done]) {
    const [fd, bytes] = first;
    const taken = m.io.sys.write(fd, bytes);
    if (taken === 'again') {
      result = { full: fd };
      break;
    }
    if (isErrno(taken) && fd === 1) {
      m.v.pending = [];
      return { failed: taken };
    }
    if (!isErrno(taken) && taken < bytes.length) pending[done] = [fd, bytes.slice(taken)];
    else done++;
  }
  pending.splice(0, done);
  return result;
}
