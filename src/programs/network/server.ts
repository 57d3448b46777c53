import type { ByteString } from '../../kernel/bytes.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Sys, Wait } from '../../kernel/program.ts';
import { formatHead, type Head, header, parseHead, parseRequest } from './http.ts';

/** A request as a server gets it. `method` is empty when the request line makes no sense. */
export type HttpRequest = {
  readonly method: string;
  /** As sent: with its query, percent-encoded. */
  readonly target: string;
  readonly version: string;
  readonly head: Head;
  readonly body: ByteString;
  /** `ADDRESS:PORT` of the client. */
  readonly remote: string;
};

export interface HttpReply {
  readonly head: Head;
  readonly body: ByteString;
  /** Close the connection after this reply. */
  readonly close: boolean;
}

/** One client's connection. */
export type Connection = {
  readonly fd: number;
  readonly remote: string;
  readonly input: ByteString;
  readonly output: ByteString;
  readonly closing: boolean;
};

const readSize = 16384;
/** More than this of a request is not read before it is complete (head and body). */
const longestRequest = 1_048_576;

/**
 * One round of a server: takes new connections, reads what came, answers complete requests, sends what can be sent.
 * Returns the connections that stay open, and what to wait for.
 */
export function serve(
  sys: Sys,
  listeners: readonly number[],
  open: readonly Connection[],
  answer: (request: HttpRequest) => HttpReply,
): { readonly connections: readonly Connection[]; readonly wait: Wait } {
  const all = [...open];
  for (const listener of listeners) {
    for (;;) {
      const taken = sys.net.accept(listener);
      if (taken === 'again' || isErrno(taken)) break;
      all.push({ fd: taken.fd, remote: taken.remote, input: '', output: '', closing: false });
    }
  }
  const connections = all.map((one) => round(sys, one, answer)).filter((one) => one !== undefined);
  const readable = connections.filter(({ closing }) => !closing).map(({ fd }) => fd);
  const writable = connections.filter(({ output }) => output !== '').map(({ fd }) => fd);
  return { connections, wait: { readable: [...listeners, ...readable], writable } };
}

function round(sys: Sys, from: Connection, answer: (request: HttpRequest) => HttpReply): Connection | undefined {
  let one = from;
  while (!one.closing) {
    const complete = takeRequest(one);
    if (complete) {
      const reply = answer(complete.request);
      sys.spend(200);
      const bytes = formatHead(reply.head) + reply.body;
      one = { ...one, input: complete.rest, output: one.output + bytes, closing: reply.close };
      continue;
    }
    const got = one.input.length > longestRequest ? 'eof' : sys.read(one.fd, readSize);
    if (got === 'again') break;
    if (got === 'eof' || isErrno(got)) one = { ...one, closing: true };
    else one = { ...one, input: one.input + got.bytes };
  }
  while (one.output !== '') {
    const taken = sys.write(one.fd, one.output);
    if (taken === 'again') return one;
    if (isErrno(taken)) one = { ...one, output: '', closing: true };
    else one = { ...one, output: one.output.slice(taken) };
  }
  if (!one.closing) return one;
  sys.close(one.fd);
  return undefined;
}

/** Takes a complete request (head and body) off what came; undefined while some of it is missing. */
export function takeRequest(one: Connection): { request: HttpRequest; rest: ByteString } | undefined {
  const parsed = parseHead(one.input);
  if (!parsed) return undefined;
  const length = Number(header(parsed.head, 'content-length') ?? '0');
  const wanted = Number.isInteger(length) && length > 0 ? length : 0;
  if (parsed.rest.length < wanted) return undefined;
  const line = parseRequest(parsed.head.first) ?? { method: '', target: '', version: '1.0' };
  const body = parsed.rest.slice(0, wanted);
  return { request: { ...line, head: parsed.head, body, remote: one.remote }, rest: parsed.rest.slice(wanted) };
}
