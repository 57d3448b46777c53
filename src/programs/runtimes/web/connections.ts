import type { ByteString } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import { formatHead, type Header, header, parseHead, parseRequest } from '../../network/http.ts';
import type { Vm } from '../core/vm.ts';
import { answerRound, type Outgoing } from './outgoing.ts';

/** A client's connection to a server that the program runs. */
export interface Connection {
  readonly fd: number;
  readonly listener: number;
  readonly remote: string;
  readonly input: ByteString;
  readonly output: ByteString;
  readonly closing: boolean;
  /** A request is being answered. */
  readonly busy: boolean;
  /** It is the program's own request to somebody else. */
  readonly client?: Outgoing;
}

/** A request as frameworks get it. Bytes are UTF-8 still. */
export interface WebRequest {
  readonly fd: number;
  readonly method: string;
  readonly target: string;
  readonly version: string;
  readonly headers: readonly Header[];
  readonly body: ByteString;
  readonly remote: string;
}

const readSize = 16384;

/** Takes what clients sent and lets frameworks answer; true when something moved. */
export function ioReady(vm: Vm): boolean {
  let moved = false;
  for (const listener of vm.listeners) {
    for (;;) {
      const taken = vm.sys.net.accept(listener.fd);
      if (taken === 'again' || isErrno(taken)) break;
      moved = true;
      vm.connections.push({
        fd: taken.fd,
        listener: listener.fd,
        remote: taken.remote,
        input: '',
        output: '',
        closing: false,
        busy: false,
      });
    }
  }
  for (const one of [...vm.connections])
    moved = (one.client ? answerRound(vm, one.fd, one.client) : round(vm, one.fd)) || moved;
  return moved;
}

/** What the connections wait for. */
export function ioWait(vm: Vm): { readonly readable: number[]; readonly writable: number[] } {
  const open = vm.connections.filter(({ closing, busy }) => !closing && !busy);
  return {
    readable: [...vm.listeners.map(({ fd }) => fd), ...open.map(({ fd }) => fd)],
    writable: vm.connections
      .filter(({ output, client }) => output !== '' || (client && client.x.unsent !== ''))
      .map(({ fd }) => fd),
  };
}

function get(vm: Vm, fd: number): Connection | undefined {
  return vm.connections.find((one) => one.fd === fd);
}
function put(vm: Vm, fd: number, change: Partial<Connection>): void {
  vm.connections = vm.connections.map((one) => (one.fd === fd ? { ...one, ...change } : one));
}

function round(vm: Vm, fd: number): boolean {
  let moved = flush(vm, fd);
  const one = get(vm, fd);
  if (!one || one.busy || one.closing) return moved;
  const request = takeRequest(one);
  if (request) {
    const listener = vm.listeners.find((each) => each.fd === one.listener);
    put(vm, fd, { input: request.rest, busy: true });
    vm.sys.spend(200);
    if (listener)
      vm.native(`%serve ${listener.kind}`)(
        vm,
        [vm.make({ k: 'request', x: request.request as never })],
        listener.app,
        {},
      );
    flush(vm, fd);
    return true;
  }
  const got = vm.sys.read(fd, readSize);
  if (got === 'again') return moved;
  if (got === 'eof' || isErrno(got)) put(vm, fd, { closing: true });
  else put(vm, fd, { input: one.input + got.bytes });
  moved = true;
  flush(vm, fd);
  return moved;
}

function flush(vm: Vm, fd: number): boolean {
  let moved = false;
  for (let one = get(vm, fd); one; one = get(vm, fd)) {
    if (one.output === '') {
      if (one.closing && !one.busy) {
        vm.sys.close(fd);
        vm.connections = vm.connections.filter((each) => each.fd !== fd);
        moved = true;
      }
      return moved;
    }
    vm.sys.onSignal('SIGPIPE', 'ignore');
    const taken = vm.sys.write(fd, one.output);
    if (taken === 'again') return moved;
    moved = true;
    put(vm, fd, isErrno(taken) ? { output: '', closing: true } : { output: one.output.slice(taken) });
  }
  return moved;
}

function takeRequest(one: Connection): { request: WebRequest; rest: ByteString } | undefined {
  const parsed = parseHead(one.input);
  if (!parsed) return undefined;
  const length = Number(header(parsed.head, 'content-length') ?? '0');
  const wanted = Number.isInteger(length) && length > 0 ? length : 0;
  if (parsed.rest.length < wanted) return undefined;
  const line = parseRequest(parsed.head.first) ?? { method: '', target: '', version: '1.0' };
  const { headers } = parsed.head;
  return {
    request: { fd: one.fd, ...line, headers, body: parsed.rest.slice(0, wanted), remote: one.remote },
    rest: parsed.rest.slice(wanted),
  };
}

/** Sends an answer. `keep`: the connection stays open for another request. */
export function respond(
  vm: Vm,
  request: WebRequest,
  status: string,
  headers: readonly Header[],
  body: ByteString,
  keep: boolean,
): void {
  const old = get(vm, request.fd);
  if (!old) return;
  const wants = header({ first: '', headers: request.headers }, 'connection')?.toLowerCase();
  const close = !keep || wants === 'close' || (request.version === '1.0' && wants !== 'keep-alive');
  const bytes = formatHead({ first: `HTTP/1.1 ${status}`, headers }) + (request.method === 'HEAD' ? '' : body);
  put(vm, request.fd, { output: old.output + bytes, busy: false, closing: close });
}

/** Sends an answer as it was put together by a framework with another first line (HTTP/1.0). */
export function respondRaw(vm: Vm, request: WebRequest, bytes: ByteString, keep = false): void {
  const old = get(vm, request.fd);
  if (old) put(vm, request.fd, { output: old.output + bytes, busy: false, closing: !keep });
}

/** The words that go with status codes (RFC 9110). */
export const reasons: { readonly [status: number]: string } = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  418: "I'm a teapot",
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
};

/** The words for a status code; `Unknown` where there are none. */
export function reason(status: number): string {
  return reasons[status] ?? 'Unknown';
}

export const contentTypes: { readonly [suffix: string]: string | undefined } = {
  html: 'text/html',
  htm: 'text/html',
  css: 'text/css',
  js: 'text/javascript',
  mjs: 'text/javascript',
  json: 'application/json',
  txt: 'text/plain',
  md: 'text/markdown',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  ico: 'image/vnd.microsoft.icon',
  xml: 'text/xml',
  pdf: 'application/pdf',
};
