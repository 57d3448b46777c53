import type { ByteString } from '../../kernel/bytes.ts';
import { type Errno, isErrno } from '../../kernel/errno.ts';
import type { Sys, Wait } from '../../kernel/program.ts';
import { type Framing, type Head, parseHead, parseStatus, responseFraming, takeBody } from './http.ts';

/** One request and its response over a connection, as far as it has come. Plain data: a program's state holds it. */
export type Exchange = {
  readonly fd: number;
  readonly method: string;
  readonly unsent: ByteString;
  /** Received, not understood yet. */
  readonly carry: ByteString;
  readonly framing: Framing | null;
  readonly got: number;
};

/** What came of one look at the connection. */
export type Progress =
  /** The response's head, once. */
  | {
      readonly now: 'head';
      readonly x: Exchange;
      readonly head: Head;
      readonly status: number;
      readonly version: string;
    }
  | { readonly now: 'body'; readonly x: Exchange; readonly bytes: ByteString }
  | { readonly now: 'wait'; readonly x: Exchange; readonly wait: Wait }
  | { readonly now: 'done'; readonly x: Exchange }
  /** The connection ended: before anything came, within the body (so many bytes missing), or what came is not HTTP. */
  | { readonly now: 'empty' | 'not-http'; readonly x: Exchange }
  | { readonly now: 'short'; readonly x: Exchange; readonly missing: number }
  | { readonly now: 'error'; readonly x: Exchange; readonly error: Errno };

const readSize = 16384;
/** A head longer than this is refused (curl's limit is 300 kB). */
const longestHead = 307_200;

/** Begins an exchange on a connection. */
export function exchange(fd: number, method: string, request: ByteString): Exchange {
  return { fd, method, unsent: request, carry: '', framing: null, got: 0 };
}

/** Sends what can be sent, then reads once. Call it again until it says `wait`, `done` or why not. */
export function proceed(sys: Sys, x: Exchange): Progress {
  if (x.unsent !== '') {
    const taken = writeQuietly(sys, x.fd, x.unsent);
    if (taken === 'again') return { now: 'wait', x, wait: { writable: [x.fd] } };
    // the other side has closed: what it had to say may still be there
    return proceed(sys, { ...x, unsent: isErrno(taken) ? '' : x.unsent.slice(taken) });
  }
  if (x.framing && x.carry !== '') {
    const part = takeBody(x.carry, x.framing);
    const next = { ...x, carry: part.done ? '' : part.rest, framing: part.framing, got: x.got + part.body.length };
    if (part.body !== '') return { now: 'body', x: next, bytes: part.body };
    if (part.done) return { now: 'done', x: next };
  }
  if (x.framing?.by === 'length' && x.framing.left === 0) return { now: 'done', x };
  if (!x.framing) {
    const head = takeHead(x);
    if (head) return head;
  }
  const read = sys.read(x.fd, readSize);
  if (read === 'again') return { now: 'wait', x, wait: { readable: [x.fd] } };
  if (read === 'eof') return ended(x);
  if (isErrno(read)) return { now: 'error', x, error: read };
  return proceed(sys, { ...x, carry: x.carry + read.bytes });
}

/** A first write to a connection that the other side has closed works on a real network: no SIGPIPE comes of it here. */
function writeQuietly(sys: Sys, fd: number, bytes: ByteString): number | 'again' | Errno {
  const before = sys.disposition('SIGPIPE');
  sys.onSignal('SIGPIPE', 'ignore');
  const taken = sys.write(fd, bytes);
  sys.onSignal('SIGPIPE', before);
  return taken;
}

function takeHead(x: Exchange): Progress | undefined {
  const parsed = parseHead(x.carry);
  if (!parsed) {
    const looksLikeHttp = 'HTTP/'.startsWith(x.carry.slice(0, 5));
    return looksLikeHttp && x.carry.length < longestHead ? undefined : { now: 'not-http', x };
  }
  const line = parseStatus(parsed.head.first);
  if (!line) return { now: 'not-http', x };
  const { status, version } = line;
  if (status >= 100 && status < 200) return takeHead({ ...x, carry: parsed.rest }); // an interim response
  const framing = responseFraming(x.method, status, parsed.head);
  return { now: 'head', x: { ...x, carry: parsed.rest, framing }, head: parsed.head, status, version };
}

function ended(x: Exchange): Progress {
  if (!x.framing) return { now: x.carry === '' ? 'empty' : 'not-http', x };
  if (x.framing.by === 'length') return { now: 'short', x, missing: x.framing.left };
  return x.framing.by === 'chunks' ? { now: 'short', x, missing: 0 } : { now: 'done', x };
}
