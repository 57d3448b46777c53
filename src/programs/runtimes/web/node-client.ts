import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import { connectDelay } from '../../network/delay.ts';
import type { Header } from '../../network/http.ts';
import { outsidePage } from '../../network/outside-page.ts';
import { parseUrl } from '../../network/url.ts';
import type { Natives } from '../core/lang.ts';
import { Beyond } from '../core/tree.ts';
import { builtin, isTagged, isUndefined, undef, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { array, idOf, makeError, plain, waitingLines } from '../js/objects.ts';
import { makePromise, reject, resolvePromise } from '../js/promises.ts';
import { getProperty, text } from '../js/semantics.ts';
import { incoming } from './node-http.ts';
import { ask } from './outgoing.ts';

interface Answer {
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly Header[];
  readonly body: string;
}
/** A request before it is sent; plain data, as it is kept with what waits for the answer. */
interface Request {
  readonly url: string;
  readonly method: string;
  readonly headers: readonly Header[];
  readonly body: string;
  readonly hops: number;
}

/** Ports of other protocols, which fetch does not ask (WHATWG Fetch, 2.9). */
const badPorts = new Set(
  (
    '1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111 113 115 117 119 123 135 ' +
    '137 139 143 161 179 389 427 465 512 513 514 515 526 530 531 532 540 548 554 556 563 587 601 636 989 990 993 995 1719 ' +
    '1720 1723 2049 3659 4045 4190 5060 5061 6000 6566 6665 6666 6667 6668 6669 6679 6697 10080'
  )
    .split(' ')
    .map(Number),
);

const answerOf = (vm: Vm, v: Value): Answer => vm.obj(v)?.x as unknown as Answer;
const bytes = (vm: Vm, v: Value): string => (isTagged(v) && v.t === 'bytes' ? v.v : encodeUtf8(text(vm, v)));
const optional = (vm: Vm, o: Value, name: string): Value | undefined => {
  const v = vm.obj(o) ? getProperty(vm, o, name) : undef;
  return isUndefined(v) || v === null ? undefined : v;
};

/** The headers in an object, a Headers or a list of pairs. */
function headersIn(vm: Vm, v: Value | undefined): Header[] {
  const o = v === undefined ? undefined : vm.obj(v);
  if (!o) return [];
  const pairs = vm.obj(o.p?.['%list'] ?? null)?.a ?? (o.k === 'list' ? (o.a ?? []) : undefined);
  if (pairs) return pairs.map((one) => [text(vm, vm.obj(one)?.a?.[0] ?? ''), text(vm, vm.obj(one)?.a?.[1] ?? '')]);
  return Object.entries(o.p ?? {}).map(([name, value]) => [name, text(vm, value)]);
}

function headersObject(vm: Vm, headers: readonly Header[]): Value {
  const list = array(
    vm,
    headers.map(([name, value]) => array(vm, [name.toLowerCase(), value])),
  );
  return plain(vm, { '%list': list }, idOf(vm.globals['%Headers'] ?? undef));
}

/** Opens the connection of a request and sends it. Returns the error where there is none, and when it is noticed. */
function send(vm: Vm, request: Request, native: string, self: Value): { error: Value; at: number } | undefined {
  const url = parseUrl(request.url);
  if (!url) throw new Beyond(`a request to ${request.url}`);
  const outside = outsidePage(vm.sys, url);
  if (outside === undefined && url.scheme !== 'http') throw new Beyond(`a request over ${url.scheme}`);
  const has = (name: string) => request.headers.some(([key]) => key.toLowerCase() === name);
  const own: Header[] = [
    ...(has('host') ? [] : ([['host', url.port === 80 ? url.host : `${url.host}:${url.port}`]] as const)),
    ['connection', 'keep-alive'],
    ...request.headers,
    ...(request.body === '' && request.method === 'GET'
      ? []
      : ([['content-length', String(request.body.length)]] as const)),
  ];
  const head = own.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  let fd: number;
  if (outside === undefined) {
    const [ip] = vm.sys.net.resolve(url.host);
    if (ip === undefined) {
      const more = { errno: -3008, code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: url.host };
      const stack = '    at GetAddrInfoReqWrap.onlookupall [as oncomplete] (node:dns:122:26)';
      return { error: makeError(vm, 'Error', `getaddrinfo ENOTFOUND ${url.host}`, more, stack), at: vm.sys.now };
    }
    const made = vm.sys.net.connect(ip, url.port);
    if (isErrno(made)) {
      const numbers: { readonly [code: string]: number } = { ECONNREFUSED: -111, ETIMEDOUT: -110, EHOSTUNREACH: -113 };
      const errno = numbers[made.errno] ?? -101;
      const more = { errno, code: made.errno, syscall: 'connect', address: ip, port: url.port };
      const stack = '    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1611:16)';
      const error = makeError(vm, 'Error', `connect ${made.errno} ${ip}:${url.port}`, more, stack);
      return { error, at: vm.sys.now + connectDelay(made) };
    }
    fd = made;
  } else fd = outside;
  ask(vm, fd, request.method, `${request.method} ${url.path} HTTP/1.1\r\n${head}\r\n${request.body}`, native, self);
  return undefined;
}

function fetchFailed(vm: Vm, cause: Value, promise: Value): Value {
  const stack = ['    at node:internal/deps/undici/undici:14976:13', ...waitingLines(vm, idOf(promise))].join('\n');
  return makeError(vm, 'TypeError', 'fetch failed', { cause }, stack);
}

/** Sends a request of fetch; the promise is settled by what comes. */
function fetching(vm: Vm, request: Request, promise: Value): void {
  const state = vm.make({ k: 'request', v: promise, x: request as never });
  const failed = send(vm, request, '%fetched', state);
  if (!failed) return;
  const fn = builtin('%fetch failed', promise);
  vm.timers.push({ id: vm.next++, at: failed.at, fn, args: [failed.error] });
}

/** The promise of a body as something. */
const body =
  (make: (vm: Vm, bytes: string) => Value) =>
  (vm: Vm, _args: readonly Value[], self: Value): Value => {
    const promise = makePromise(vm);
    const o = vm.own(self);
    if (o.p?.bodyUsed === true) {
      const used = makeError(vm, 'TypeError', 'Body is unusable: Body has already been read');
      reject(vm, idOf(promise), used);
      return promise;
    }
    o.p = { ...o.p, bodyUsed: true };
    const content = o.p['%body'] ?? '';
    try {
      resolvePromise(vm, idOf(promise), make(vm, isTagged(content) && content.t === 'bytes' ? content.v : ''));
    } catch (error) {
      if (typeof error !== 'object' || error === null || !('value' in error)) throw error;
      reject(vm, idOf(promise), error.value as Value);
    }
    return promise;
  };

/** The request that `http.request(url, options)` is about. */
function clientRequest(vm: Vm, args: readonly Value[]): Value {
  const callback = args.find((v) => ['fn', 'bound'].includes(vm.obj(v)?.k ?? ''));
  const given = args.filter((v) => v !== callback);
  const [first = undef, second] = given;
  const whole = typeof first === 'string' ? first : optional(vm, first, 'href');
  const o = whole === undefined ? first : (second ?? undef);
  for (const name of ['signal', 'timeout', 'auth', 'socketPath'])
    if (optional(vm, o, name) !== undefined) throw new Beyond(`http.request with ${name}`);
  const host = optional(vm, o, 'hostname') ?? optional(vm, o, 'host') ?? 'localhost';
  const path = optional(vm, o, 'path') ?? '/';
  const url = whole ?? `http://${text(vm, host)}:${text(vm, optional(vm, o, 'port') ?? 80)}${text(vm, path)}`;
  const request = plain(
    vm,
    {
      method: text(vm, optional(vm, o, 'method') ?? 'GET').toUpperCase(),
      path,
      '%url': url,
      '%headers': headersObject(vm, headersIn(vm, optional(vm, o, 'headers'))),
      '%body': '',
    },
    idOf(vm.globals['%ClientRequest'] ?? undef),
  );
  if (callback !== undefined) vm.native('EventEmitter#once')(vm, ['response', callback], request, {});
  return request;
}

function endRequest(vm: Vm, self: Value, last: string): void {
  const o = vm.own(self);
  const p = o.p ?? {};
  if (p.writableEnded === true) return;
  o.p = { ...p, writableEnded: true };
  const failed = send(
    vm,
    {
      url: text(vm, p['%url'] ?? ''),
      method: text(vm, p.method ?? 'GET'),
      headers: headersIn(vm, p['%headers']),
      body: String(p['%body'] ?? '') + last,
      hops: 0,
    },
    '%answered',
    self,
  );
  if (failed) {
    const from = '    at emitErrorEvent (node:_http_client:101:11)';
    vm.timers.push({ id: vm.next++, at: failed.at, fn: builtin('%emit error', self), args: [failed.error, from] });
  }
}

/** node's side of requests to others: fetch, http.request. */
export const nodeClient: Natives = {
  fetch: (vm, [resource = undef, options = undef]) => {
    const promise = makePromise(vm);
    const href = text(vm, optional(vm, resource, 'href') ?? resource);
    try {
      void new URL(href).href;
    } catch {
      reject(vm, idOf(promise), makeError(vm, 'TypeError', `Failed to parse URL from ${href}`));
      return promise;
    }
    for (const name of ['signal', 'redirect', 'dispatcher'])
      if (optional(vm, options, name) !== undefined) throw new Beyond(`fetch with ${name}`);
    const content = optional(vm, options, 'body');
    if (content !== undefined && vm.obj(content)?.k === 'map')
      throw new Beyond('fetch with URLSearchParams as its body');
    const headers = headersIn(vm, optional(vm, options, 'headers'));
    const has = (name: string) => headers.some(([key]) => key.toLowerCase() === name);
    const plainText = typeof content === 'string' && !has('content-type');
    if (plainText) headers.push(['content-type', 'text/plain;charset=UTF-8']);
    if (!has('accept')) headers.push(['accept', '*/*']);
    headers.push(['accept-language', '*'], ['sec-fetch-mode', 'cors']);
    if (!has('user-agent')) headers.push(['user-agent', 'node']);
    const method = text(vm, optional(vm, options, 'method') ?? 'GET').toUpperCase();
    if (badPorts.has(Number(new URL(href).port))) {
      const cause = makeError(vm, 'Error', 'bad port', {}, '');
      vm.micro.push({ fn: builtin('%fetch failed', promise), value: cause, promise: -1, thrown: false });
      return promise;
    }
    fetching(
      vm,
      { url: new URL(href).href, method, headers, body: content === undefined ? '' : bytes(vm, content), hops: 0 },
      promise,
    );
    return promise;
  },
  '%fetch failed': (vm, [cause = undef], self) => {
    reject(vm, idOf(self), fetchFailed(vm, cause, self));
    return undef;
  },
  '%fetched': (vm, [response = undef], self) => {
    const request = vm.obj(self)?.x as unknown as Request;
    const promise = vm.obj(self)?.v ?? undef;
    if (typeof response === 'string') {
      const cause = makeError(
        vm,
        'Error',
        'other side closed',
        { code: response },
        '    at Socket.<anonymous> (node:net:1)',
      );
      reject(vm, idOf(promise), fetchFailed(vm, cause, promise));
      return undef;
    }
    const { status, reason, headers, body: content } = answerOf(vm, response);
    const location = headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
    if ([301, 302, 303, 307, 308].includes(status) && location !== undefined && request.hops < 20) {
      const keeps = status >= 307 || request.method === 'GET' || request.method === 'HEAD';
      const next = { ...request, url: new URL(location, request.url).href, hops: request.hops + 1 };
      fetching(vm, keeps ? next : { ...next, method: 'GET', body: '' }, promise);
      return undef;
    }
    const p = {
      type: 'basic',
      url: request.url,
      redirected: request.hops > 0,
      status,
      ok: status >= 200 && status < 300,
      statusText: reason,
      headers: headersObject(vm, headers),
      bodyUsed: false,
      '%body': { t: 'bytes' as const, v: content },
    };
    resolvePromise(vm, idOf(promise), plain(vm, p, idOf(vm.globals['%Response'] ?? undef)));
    return undef;
  },
  'Response#text': body((_vm, content) => decodeUtf8(content)),
  'Response#json': body((vm, content) => vm.native('JSON.parse')(vm, [decodeUtf8(content)], undef, {}) as Value),
  'new Headers': (vm, [from]) => headersObject(vm, headersIn(vm, from)),
  'Headers#get': (vm, [name = ''], self) => {
    const wanted = text(vm, name).toLowerCase();
    const found = headersIn(vm, self).filter(([key]) => key === wanted);
    return found.length === 0 ? null : found.map(([, value]) => value).join(', ');
  },
  'Headers#has': (vm, [name = ''], self) => headersIn(vm, self).some(([key]) => key === text(vm, name).toLowerCase()),
  'Headers#set': (vm, [name = '', value = ''], self) => {
    const key = text(vm, name).toLowerCase();
    const rest = headersIn(vm, self).filter(([other]) => other !== key);
    const o = vm.own(self);
    o.p = { ...o.p, ...vm.obj(headersObject(vm, [...rest, [key, text(vm, value)]]))?.p };
    return undef;
  },
  'Headers#forEach': (vm, [fn = undef], self) => {
    for (const [name, value] of headersIn(vm, self)) vm.call(fn, [value, name, self]);
    return undef;
  },
  'Headers#entries': (vm, _a, self) => vm.lang.iterate(vm, vm.obj(self)?.p?.['%list'] ?? undef, 'of'),
  'http.request': (vm, args) => clientRequest(vm, args),
  'http.get': (vm, args) => {
    const request = clientRequest(vm, args);
    endRequest(vm, request, '');
    return request;
  },
  'ClientRequest#write': (vm, [v = ''], self) => {
    const o = vm.own(self);
    o.p = { ...o.p, '%body': String(o.p?.['%body'] ?? '') + bytes(vm, v) };
    return true;
  },
  'ClientRequest#setHeader': (vm, args, self) => {
    vm.native('Headers#set')(vm, args, vm.obj(self)?.p?.['%headers'] ?? undef, {});
    return self;
  },
  'ClientRequest#end': (vm, [v], self) => {
    const given = v !== undefined && !isUndefined(v) && vm.obj(v)?.k !== 'fn';
    endRequest(vm, self, given ? bytes(vm, v) : '');
    return self;
  },
  '%answered': (vm, [response = undef], self) => {
    if (typeof response === 'string') {
      const error = makeError(
        vm,
        'Error',
        'socket hang up',
        { code: 'ECONNRESET' },
        '    at Socket.socketOnEnd (node:_http_client:524:23)',
      );
      vm.native('%emit error')(vm, [error, '    at emitErrorEvent (node:_http_client:101:11)'], self, {});
      return undef;
    }
    const { status, reason, headers, body: content } = answerOf(vm, response);
    const request = { fd: -1, method: '', target: '', version: '1.1', headers, body: content, remote: '' };
    const message = incoming(vm, request, { method: null, url: '', statusCode: status, statusMessage: reason });
    vm.native('EventEmitter#emit')(vm, ['response', message], self, {});
    return undef;
  },
};
