import type { ByteString } from '../../kernel/bytes.ts';
import { encodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno, strerror } from '../../kernel/errno.ts';
import type { Io } from '../makers/io.ts';
import { meterLine } from './curl-meter.ts';
import type { Failure, State } from './curl-state.ts';
import { expandWriteOut } from './curl-write-out.ts';
import { formatUrl } from './url.ts';

/** A line of -v. */
export function note(io: Io, state: State, text: string): void {
  if (state.o.verbose) io.err(encodeUtf8(`* ${text}\n`));
}

/** -v's marks before the lines of a head: `> ` for what is sent, `< ` for what comes. */
export function noteHead(io: Io, state: State, mark: '>' | '<', head: ByteString): void {
  if (!state.o.verbose) return;
  const lines = head.split('\r\n').slice(0, -1);
  io.err(lines.map((line) => `${mark} ${line}\r\n`).join(''));
}

/** -v tells of a body that it does not show; on a terminal the body itself is seen. */
export function noteData(io: Io, state: State, bytes: number): State {
  if (!state.o.verbose || state.told || io.sys.isatty(1)) return state;
  io.err(`{ [${bytes} bytes data]\n`);
  return { ...state, told: true };
}

/** Writes a piece of a response to where -o, -O or nothing says; opens the file at the first piece (an empty one, too). */
export function store(io: Io, from: State, bytes: ByteString): State | Failure {
  const state = from.out === null ? open(io, from) : from;
  if ('code' in state) return state;
  if (state.out === 1 || state.out === null) {
    io.out(bytes);
    return state;
  }
  for (let rest = bytes; rest !== ''; ) {
    const taken = io.sys.write(state.out, rest);
    if (taken === 'again' || isErrno(taken)) return { code: 23, text: 'Failure writing output to destination' };
    rest = rest.slice(taken);
  }
  return state;
}

function open(io: Io, state: State): State | Failure {
  const { job, url, o } = state;
  if (job.output === null && !job.remoteName) return { ...state, out: 1 };
  const file = job.output ?? url.path.replace(/\?.*/, '').split('/').at(-1) ?? '';
  const out = io.sys.fs.open(file, { write: true, create: true, truncate: true }, 0o666);
  if (!isErrno(out)) return { ...state, out, file };
  if (!o.silent) io.err(encodeUtf8(`Warning: Failed to open the file ${file}: ${strerror(out)}\n`));
  return { code: 23, text: 'Failure writing output to destination' };
}

/** Draws the meter for the last time. A name that does not resolve, or no connection at all, ends before that. */
export function lastMeter(io: Io, state: State, code: number): void {
  if (!state.meter || code === 6) return;
  const refused = code === 22;
  const got = refused ? 0 : (state.x?.got ?? 0);
  io.err(`${meterLine({ total: refused ? 0 : state.total, got, spent: io.sys.now - state.began })}\n`);
}

/** Tells what went wrong, unless -s says not to. */
export function tell(io: Io, { o }: State, { code, text }: Failure): void {
  if (code !== 0 && (!o.silent || o.showError)) io.err(encodeUtf8(`curl: (${code}) ${text}\n`));
}

/** Prints what -w asks for. */
export function writeOut(io: Io, state: State, { code, text }: Failure): void {
  const { o, url, x } = state;
  if (o.writeOut === null) return;
  const reached = state.status > 0;
  const outcome = {
    status: state.status,
    version: state.version,
    url: state.job.url,
    effectiveUrl: url.host === '' ? state.job.url : formatUrl(url),
    scheme: url.scheme.toUpperCase(),
    method: state.method,
    contentType: state.type,
    downloaded: x?.got ?? 0,
    uploaded: state.uploaded,
    headerBytes: state.headerBytes,
    redirects: state.redirects,
    redirectUrl: o.follow ? '' : (state.location ?? ''),
    remoteIp: reached ? state.ip : '',
    remotePort: reached ? url.port : 0,
    exit: code,
    error: text,
    file: state.file,
    total: io.sys.now - state.began,
  };
  const unknown = (name: string) => io.err(encodeUtf8(`curl: unknown --write-out variable: '${name}'\n`));
  io.out(encodeUtf8(expandWriteOut(o.writeOut, outcome, unknown)));
}
