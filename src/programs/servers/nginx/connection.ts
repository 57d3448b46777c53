import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/program.ts';
import { type Exchange, exchange, proceed } from '../../network/exchange.ts';
import { formatHead, type Head, type Header, header, httpDate } from '../../network/http.ts';
import { type HttpRequest, takeRequest } from '../../network/server.ts';
import type { Config } from './config.ts';
import { numbered } from './load.ts';
import { type Logs, logError } from './log.ts';
import { statusLine } from './pages.ts';
import { upstreamOf } from './proxy.ts';
import { gateway, type Outcome, respond } from './respond.ts';
import { expandVariables } from './variables.ts';

/** A client's connection. */
export type Connection = {
  readonly fd: number;
  readonly number: number;
  readonly port: number;
  readonly remote: string;
  readonly input: string;
  readonly output: string;
  readonly closing: boolean;
  /** The request that waits for another server's answer. */
  readonly pass: Pass | null;
};

type Pass = {
  readonly request: HttpRequest;
  readonly url: string;
  readonly x: Exchange;
  readonly head: Head | null;
  readonly status: number;
  readonly body: string;
};

/** What all connections of a worker share. */
export interface Shared {
  readonly sys: Sys;
  readonly config: Config;
  readonly logs: Logs;
  readonly version: string;
}

const readSize = 16384;
const longestRequest = 1_048_576;

/** Goes on with a connection as far as it can; undefined when it is closed. */
export function proceedWith(shared: Shared, from: Connection): Connection | undefined {
  let one: Connection = from;
  const { sys } = shared;
  for (;;) {
    if (one.pass) {
      one = continuePass(shared, one, one.pass);
      if (one.pass) break;
      continue;
    }
    if (one.closing) break;
    const complete = takeRequest(one);
    if (complete) {
      one = handle(shared, { ...one, input: complete.rest }, complete.request);
      sys.spend(200);
      continue;
    }
    const got = one.input.length > longestRequest ? 'eof' : sys.read(one.fd, readSize);
    if (got === 'again') break;
    one = got === 'eof' || isErrno(got) ? { ...one, closing: true } : { ...one, input: one.input + got.bytes };
  }
  while (one.output !== '') {
    const taken = sys.write(one.fd, one.output);
    if (taken === 'again') return one;
    one = isErrno(taken) ? { ...one, output: '', closing: true } : { ...one, output: one.output.slice(taken) };
  }
  if (!one.closing || one.pass) return one;
  sys.close(one.fd);
  return undefined;
}

function handle(shared: Shared, one: Connection, request: HttpRequest): Connection {
  const { sys, config, version } = shared;
  const context = { sys, config, request, port: one.port, version };
  const outcome = respond(context);
  if (!outcome.pass) return reply(shared, one, request, outcome);
  const upstream = upstreamOf(config, outcome, one.number);
  const addresses = sys.net.resolve(upstream.host);
  const [address] = addresses;
  const fd = address === undefined ? undefined : sys.net.connect(address, upstream.port);
  const shown = `http://${address ?? upstream.host}:${upstream.port}${upstream.path}`;
  if (fd === undefined) {
    const error = `${upstream.host} could not be resolved (3: Host not found)`;
    return reply(shared, one, request, gateway(context, outcome, error));
  }
  if (isErrno(fd)) {
    const error = `connect() failed (${numbered(fd)}) while connecting to upstream`;
    const code = fd.errno === 'ETIMEDOUT' ? 504 : 502;
    return reply(shared, one, request, gateway(context, outcome, error, code), shown);
  }
  const x = exchange(fd, request.method, upstream.bytes);
  return { ...one, pass: { request, url: shown, x, head: null, status: 0, body: '' } };
}

function continuePass(shared: Shared, one: Connection, from: Pass): Connection {
  const { sys, config, version } = shared;
  let pass = from;
  for (;;) {
    const progress = proceed(sys, pass.x);
    if (progress.now === 'wait') return { ...one, pass: { ...pass, x: progress.x } };
    pass = { ...pass, x: progress.x };
    if (progress.now === 'head') pass = { ...pass, head: progress.head, status: progress.status };
    else if (progress.now === 'body') pass = { ...pass, body: pass.body + progress.bytes };
    else {
      sys.close(pass.x.fd);
      const context = { sys, config, request: pass.request, port: one.port, version };
      const outcome = respond(context);
      const done = { ...one, pass: null };
      if (!pass.head || progress.now === 'not-http') {
        const error = 'upstream prematurely closed connection while reading response header from upstream';
        return reply(shared, done, pass.request, gateway(context, outcome, error), pass.url);
      }
      const passed = { ...outcome, pass: null, status: pass.status, body: pass.body, headers: pass.head.headers };
      return reply(shared, done, pass.request, passed, pass.url);
    }
  }
}

/** Headers of another server that are not passed on as they are. */
const hopByHop = /^(?:server|date|connection|content-length|transfer-encoding|keep-alive|content-type)$/i;

function reply(shared: Shared, one: Connection, request: HttpRequest, outcome: Outcome, url?: string): Connection {
  const { sys, config, logs, version } = shared;
  const { status, settings, scope } = outcome;
  const bare = status === 204 || status === 304;
  const sent = request.method === 'HEAD' || bare ? '' : outcome.body;
  const asked = (header(request.head, 'connection') ?? '').toLowerCase();
  const keep = status !== 400 && (request.version === '1.1' ? asked !== 'close' : asked === 'keep-alive');
  const head = headOf(outcome, keep, `nginx${settings.tokens ? `/${version}` : ''}`, sys.now, url !== undefined);
  const bytes = formatHead({ first: `HTTP/1.1 ${statusLine(status)}`, headers: head }) + sent;
  if (outcome.error !== null) {
    const upstream = url === undefined ? '' : `, upstream: "${url}"`;
    const host = header(request.head, 'host');
    logError(
      sys,
      config,
      logs,
      'error',
      `*${one.number} ${outcome.error}, client: ${request.remote.replace(/:\d+$/, '')}, server: ${scope.server.names[0] ?? ''}, request: "${request.head.first}"${upstream}${host === undefined ? '' : `, host: "${host}"`}`,
    );
  }
  if (settings.accessLog) {
    const format = config.formats[settings.accessLog.format] ?? '';
    const line = expandVariables(format, { ...scope, request, status, sent: sent.length });
    sys.write(logs[settings.accessLog.file] ?? 1, `${line}\n`);
  }
  return { ...one, output: one.output + bytes, closing: !keep };
}

/** Successful answers and redirects get the headers of `add_header`; others only those marked `always`. */
const decorated = new Set([200, 201, 204, 206, 301, 302, 303, 304, 307, 308]);

function headOf(outcome: Outcome, keep: boolean, server: string, now: number, passed: boolean): Header[] {
  const { status, settings, scope, headers, body } = outcome;
  const of = (name: string) => headers.filter(([each]) => each.toLowerCase() === name.toLowerCase());
  const bare = status === 204 || status === 304;
  const location = of('Location');
  const elsewhere = location.some(
    ([, value]) => !value.startsWith('http://') || !value.includes(`//${header(scope.request.head, 'host')}/`),
  );
  const connection: Header = ['Connection', keep ? 'keep-alive' : 'close'];
  const added = settings.addHeaders
    .filter(([, , always]) => always || decorated.has(status))
    .map(([name, value]): Header => [name, expandVariables(value, scope)])
    .filter(([, value]) => value !== '');
  const own: Header[] = [
    ['Server', server],
    ['Date', httpDate(now)],
    ...(bare ? [] : of('Content-Type')),
    ...(bare ? [] : [['Content-Length', String(body.length)] as const]),
  ];
  if (passed) return [...own, connection, ...headers.filter(([name]) => !hopByHop.test(name)), ...added];
  return [
    ...own,
    ...of('Last-Modified'),
    ...(elsewhere ? [] : location),
    connection,
    ...(elsewhere ? location : []),
    ...of('ETag'),
    ...of('Content-Range'),
    ...of('Accept-Ranges'),
    ...added,
  ];
}
