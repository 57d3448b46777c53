import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import { tell } from '../../actions.ts';
import { type Header, httpDate } from '../../network/http.ts';
import type { Natives } from '../core/lang.ts';
import { builtin, isTagged, isUndefined, undef, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { array, idOf, makeError, plain, throwError } from '../js/objects.ts';
import { text, toNumber } from '../js/semantics.ts';
import { reason, reasons, respond, type WebRequest } from './connections.ts';

/** The options and the callback of `listen(port, host, backlog, callback)`. */
function listenArguments(vm: Vm, args: readonly Value[]): { port: number; host: string; callback: Value | undefined } {
  const callback = args.find((v) => ['fn', 'bound'].includes(vm.obj(v)?.k ?? ''));
  const options = args[0] === undefined ? undefined : vm.obj(args[0]);
  const given = options?.k === 'object' ? options.p?.port : args[0];
  const host = options?.k === 'object' ? options.p?.host : typeof args[1] === 'string' ? args[1] : undefined;
  return {
    port: given === undefined || given === callback ? 0 : toNumber(vm, given),
    host: host === undefined ? '0.0.0.0' : text(vm, host),
    callback,
  };
}

/** A port of those that Linux gives to who wants any (ip_local_port_range). */
const anyPort = (vm: Vm): number => 32768 + ((vm.sys.random() >>> 0) % 28232);

/** Opens the listening socket of a server; what fails is an 'error' event, which ends the program when nobody listens to it. */
export function listen(vm: Vm, server: Value, kind: string, args: readonly Value[]): Value {
  const { port: wanted, host, callback } = listenArguments(vm, args);
  if (!Number.isInteger(wanted) || wanted < 0 || wanted > 65535)
    throwError(
      vm,
      'RangeError',
      `options.port should be >= 0 and < 65536. Received type number (${text(vm, wanted)}).`,
      {
        code: 'ERR_SOCKET_BAD_PORT',
      },
    );
  const address = host === 'localhost' ? '127.0.0.1' : host === '::' ? '0.0.0.0' : host;
  let port = wanted === 0 ? anyPort(vm) : wanted;
  let fd = vm.sys.net.listen(address, port);
  for (let i = 0; wanted === 0 && isErrno(fd) && fd.errno === 'EADDRINUSE' && i < 20; i++) {
    port = anyPort(vm);
    fd = vm.sys.net.listen(address, port);
  }
  if (isErrno(fd)) {
    const words =
      fd.errno === 'EADDRINUSE' ? 'address already in use' : fd.errno === 'EACCES' ? 'permission denied' : fd.errno;
    const shown = host === '0.0.0.0' && typeof args[1] !== 'string' ? `:::${port}` : `${host}:${port}`;
    const errno = fd.errno === 'EADDRINUSE' ? -98 : fd.errno === 'EACCES' ? -13 : -99;
    const p = { code: fd.errno, errno, syscall: 'listen', address: shown.startsWith(':::') ? '::' : host, port };
    const error = makeError(vm, 'Error', `listen ${fd.errno}: ${words} ${shown}`, p);
    const from = '    at emitErrorNT (node:net:1927:8)';
    vm.timers.push({ id: vm.next++, at: vm.sys.now, fn: builtin('%emit error', server), args: [error, from] });
    return server;
  }
  vm.listeners.push({ fd, port, address: host, kind, app: server });
  tell(vm.sys, 'node', 'server-ready', { program: 'node', port, workers: 0 });
  const o = vm.own(server);
  o.p = { ...o.p, '%port': port, '%fd': fd };
  if (callback !== undefined) vm.native('EventEmitter#once')(vm, ['listening', callback], server, {});
  vm.timers.push({ id: vm.next++, at: vm.sys.now, fn: builtin('EventEmitter#emit', server), args: ['listening'] });
  return server;
}

/** The request object that handlers get. */
export function incoming(vm: Vm, request: WebRequest, more: { [name: string]: Value } = {}): Value {
  const headers = plain(vm, Object.fromEntries(request.headers.map(([name, value]) => [name.toLowerCase(), value])));
  const [address = ''] = request.remote.split(':');
  const socket = plain(vm, {
    remoteAddress: `::ffff:${address}`,
    remotePort: Number(request.remote.split(':')[1] ?? 0),
  });
  const p = {
    method: request.method,
    url: request.target,
    headers,
    httpVersion: request.version,
    socket,
    connection: socket,
    '%body': { t: 'bytes' as const, v: request.body },
    ...more,
  };
  return plain(vm, p, idOf(vm.globals['%IncomingMessage'] ?? undef));
}
export function outgoing(vm: Vm, request: Value, more: { [name: string]: Value } = {}): Value {
  return plain(
    vm,
    { statusCode: 200, headersSent: false, '%request': request, '%headers': plain(vm), '%body': '', ...more },
    idOf(vm.globals['%ServerResponse'] ?? undef),
  );
}

const raw = (vm: Vm, v: Value | undefined): WebRequest => vm.obj(v ?? null)?.x as unknown as WebRequest;
const bytes = (vm: Vm, v: Value): string => (isTagged(v) && v.t === 'bytes' ? v.v : encodeUtf8(text(vm, v)));

export function setHeader(vm: Vm, response: Value, name: string, value: Value): void {
  const headers = vm.obj(response)?.p?.['%headers'] ?? undef;
  const o = vm.own(headers);
  const old = Object.keys(o.p ?? {}).find((key) => key.toLowerCase() === name.toLowerCase());
  o.p = { ...o.p, [old ?? name]: vm.obj(value)?.k === 'list' ? text(vm, value) : text(vm, value) };
}
export function getHeader(vm: Vm, response: Value, name: string): string | undefined {
  const headers = vm.obj(vm.obj(response)?.p?.['%headers'] ?? null)?.p ?? {};
  const found = Object.keys(headers).find((key) => key.toLowerCase() === name.toLowerCase());
  return found === undefined ? undefined : String(headers[found]);
}

/** Ends a response: what was written goes out. */
export function finish(vm: Vm, response: Value, last: string): void {
  const o = vm.own(response);
  const p = o.p ?? {};
  if (p.writableEnded === true) return;
  const written = String(p['%body'] ?? '');
  const body = written + last;
  const status = toNumber(vm, p.statusCode ?? 200);
  const headers: Header[] = Object.entries(vm.obj(p['%headers'] ?? null)?.p ?? {}).map(([name, v]) => [
    name,
    String(v),
  ]);
  const has = (name: string) => headers.some(([key]) => key.toLowerCase() === name);
  const request = raw(vm, p['%request']);
  if (!has('date')) headers.push(['Date', httpDate(vm.sys.now)]);
  const close = request.headers.some(([name, v]) => name.toLowerCase() === 'connection' && v.toLowerCase() === 'close');
  if (!has('connection')) headers.push(['Connection', close ? 'close' : 'keep-alive']);
  if (!close) headers.push(['Keep-Alive', 'timeout=5']);
  // written in pieces, node does not know the length and sends chunks
  const chunked = p['%streamed'] === true && !has('content-length') && request.version === '1.1';
  let sent = body;
  if (chunked) {
    headers.push(['Transfer-Encoding', 'chunked']);
    sent = `${body === '' ? '' : `${body.length.toString(16)}\r\n${body}\r\n`}0\r\n\r\n`;
  } else if (!has('content-length') && status !== 204 && status !== 304)
    headers.push(['Content-Length', String(body.length)]);
  const words = typeof p.statusMessage === 'string' ? p.statusMessage : reason(status);
  respond(vm, request, `${status} ${words}`, headers, sent, true);
  o.p = { ...p, headersSent: true, writableEnded: true, finished: true };
  vm.native('EventEmitter#emit')(vm, ['finish'], response, {});
}

/** node's http module. */
export const nodeHttp: Natives = {
  'http.createServer': (vm, args) => {
    const handler = args.find((v) => ['fn', 'bound'].includes(vm.obj(v)?.k ?? '') || (isTagged(v) && v.t === 'b'));
    const server = plain(vm, {}, idOf(vm.globals['%Server'] ?? undef));
    if (handler !== undefined) vm.native('EventEmitter#on')(vm, ['request', handler], server, {});
    return server;
  },
  '=http.STATUS_CODES': (vm) => plain(vm, { ...reasons }),
  'Server#listen': (vm, args, self) => listen(vm, self, 'http', args),
  'Server#address': (vm, _a, self) =>
    plain(vm, { address: '::', family: 'IPv6', port: vm.obj(self)?.p?.['%port'] ?? 0 }),
  'Server#on': (vm, args, self) => vm.native('EventEmitter#on')(vm, args, self, {}),
  'Server#once': (vm, args, self) => vm.native('EventEmitter#on')(vm, args, self, {}),
  'Server#close': (vm, [fn], self) => {
    const fd = vm.obj(self)?.p?.['%fd'];
    vm.listeners = vm.listeners.filter((one) => one.fd !== fd);
    if (typeof fd === 'number') vm.sys.close(fd);
    if (fn !== undefined) vm.timers.push({ id: vm.next++, at: vm.sys.now, fn, args: [] });
    return self;
  },
  '%serve http': (vm, [request = undef], self) => {
    const req = incoming(vm, raw(vm, request));
    const res = outgoing(vm, request);
    vm.native('EventEmitter#emit')(vm, ['request', req, res], self, {});
    return undef;
  },
  'IncomingMessage#on': (vm, [event = '', fn = undef], self) => {
    const body = vm.obj(self)?.p?.['%body'] ?? '';
    const at = vm.sys.now;
    if (event === 'data' && isTagged(body) && body.t === 'bytes' && body.v !== '')
      vm.timers.push({
        id: vm.next++,
        at,
        fn,
        args: [vm.obj(self)?.p?.['%encoding'] === undefined ? body : decodeUtf8(body.v)],
      });
    if (event === 'end') vm.timers.push({ id: vm.next++, at, fn, args: [] });
    return self;
  },
  'IncomingMessage#%Symbol.asyncIterator': (vm, _a, self) => {
    const body = vm.obj(self)?.p?.['%body'] ?? '';
    const whole = isTagged(body) && body.t === 'bytes' && body.v !== '';
    return vm.make({ k: 'iter', s: 'from-sync', v: vm.make({ k: 'iter', a: whole ? [body] : [], n: 0 }) });
  },
  'IncomingMessage#setEncoding': (vm, [e = 'utf8'], self) => {
    const o = vm.own(self);
    o.p = { ...o.p, '%encoding': e };
    return self;
  },
  'ServerResponse#on': (vm, args, self) => vm.native('EventEmitter#on')(vm, args, self, {}),
  'ServerResponse#setHeader': (vm, [name = '', value = ''], self) => {
    setHeader(vm, self, text(vm, name), value);
    return self;
  },
  'ServerResponse#getHeader': (vm, [name = ''], self) => getHeader(vm, self, text(vm, name)) ?? undef,
  'ServerResponse#removeHeader': (vm, [name = ''], self) => {
    const headers = vm.own(vm.obj(self)?.p?.['%headers'] ?? undef);
    headers.p = Object.fromEntries(
      Object.entries(headers.p ?? {}).filter(([key]) => key.toLowerCase() !== text(vm, name).toLowerCase()),
    );
    return undef;
  },
  'ServerResponse#writeHead': (vm, [status = 200, a, b], self) => {
    const o = vm.own(self);
    o.p = { ...o.p, statusCode: status, ...(typeof a === 'string' ? { statusMessage: a } : {}) };
    const headers = vm.obj((typeof a === 'string' ? b : a) ?? undef)?.p ?? {};
    for (const [name, value] of Object.entries(headers)) setHeader(vm, self, name, value);
    return self;
  },
  'ServerResponse#write': (vm, [v = ''], self) => {
    const o = vm.own(self);
    o.p = { ...o.p, '%body': String(o.p?.['%body'] ?? '') + bytes(vm, v), '%streamed': true, headersSent: true };
    return true;
  },
  'ServerResponse#end': (vm, [v], self) => {
    if (v !== undefined && !isUndefined(v) && vm.obj(v)?.k === 'object')
      throwError(
        vm,
        'TypeError',
        'The "chunk" argument must be of type string or an instance of Buffer, TypedArray, or DataView. Received an instance of Object',
        { code: 'ERR_INVALID_ARG_TYPE' },
      );
    finish(vm, self, v === undefined || isUndefined(v) || vm.obj(v)?.k === 'fn' ? '' : bytes(vm, v));
    return self;
  },
  'URLSearchParams#get': (vm, args, self) => {
    const found = vm.native('M.get')(vm, args, self, {}) as Value;
    return isUndefined(found) ? null : found;
  },
  'new URL': (vm, [href = '', base]) => {
    let url: URL;
    try {
      url = new URL(text(vm, href), base === undefined ? undefined : text(vm, base));
    } catch {
      return throwError(vm, 'TypeError', 'Invalid URL', { code: 'ERR_INVALID_URL', input: text(vm, href) });
    }
    const { protocol, host, hostname, port, pathname, search, hash, origin } = url;
    const params = vm.make({
      k: 'map',
      x: 'URLSearchParams',
      e: Object.fromEntries([...url.searchParams].map(([k, v]) => [`string:${k}`, [k, v] as const])),
    });
    return plain(vm, {
      href: url.href,
      origin,
      protocol,
      host,
      hostname,
      port,
      pathname,
      search,
      searchParams: params,
      hash,
    });
  },
};

export { array };
