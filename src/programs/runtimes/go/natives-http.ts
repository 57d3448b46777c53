import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import { tell } from '../../actions.ts';
import { type Header, httpDate, percentDecode } from '../../network/http.ts';
import type { Natives } from '../core/lang.ts';
import { isTagged, ref, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { contentTypes, reason, respond, type WebRequest } from '../web/connections.ts';
import { resolve } from './lang.ts';
import { box, bytesOf, failure, items, list, mapEntries, num, str, structure, tuple, typed } from './values.ts';

const canonical = (name: string) =>
  name.toLowerCase().replace(/(^|-)([a-z])/g, (_m, a: string, b: string) => a + b.toUpperCase());
function headers(vm: Vm, all: readonly Header[]): Value {
  const e: { [h: string]: readonly [Value, Value] } = {};
  for (const [name, value] of all) e[`s:${canonical(name)}`] = [canonical(name), list(vm, [value])];
  return vm.make({ k: 'map', e });
}
function entry(vm: Vm, map: Value | undefined, name: string): string | undefined {
  const found = vm.obj(map ?? null)?.e?.[`s:${name}`];
  return found ? str(items(vm, found[1])[0] ?? '') : undefined;
}
function setEntry(vm: Vm, map: Value, name: string, values: readonly string[]): null {
  const o = vm.own(map);
  o.e = { ...o.e, [`s:${name}`]: [name, list(vm, [...values])] };
  return null;
}
function query(vm: Vm, raw: string): Value {
  const e: { [h: string]: readonly [Value, Value] } = {};
  for (const part of raw.split('&').filter((p) => p !== '')) {
    const [k = '', v = ''] = part
      .split(/=(.*)/s)
      .map((one) => encodeUtf8(percentDecode(one.replaceAll('+', ' ')) ?? one));
    e[`s:${k}`] = [k, list(vm, [...items(vm, e[`s:${k}`]?.[1] ?? null), v])];
  }
  return vm.make({ k: 'map', e });
}
function defaultMux(vm: Vm): Value {
  vm.globals['http.mux'] ??= newMux(vm);
  return vm.globals['http.mux'];
}
const newMux = (vm: Vm): Value => typed(vm, 'http.ServeMux', { routes: vm.make({ k: 'map', e: {} }) });
function route(vm: Vm, mux: Value, pattern: string, handler: Value): null {
  const routes = vm.own(vm.obj(mux)?.p?.routes ?? null);
  routes.e = { ...routes.e, [`s:${pattern}`]: [pattern, handler] };
  return null;
}
/** The handler for a path: the longest pattern that fits; `GET /path` also asks for the method (Go 1.22). */
function match(vm: Vm, mux: Value, method: string, path: string): Value | undefined {
  let best: { length: number; handler: Value } | undefined;
  for (const [pattern, handler] of mapEntries(vm, vm.obj(mux)?.p?.routes ?? null)) {
    const [, verb, place = ''] = /^(?:([A-Z]+) +)?(.*)$/.exec(str(pattern)) ?? [];
    if (verb !== undefined && verb !== method && !(verb === 'GET' && method === 'HEAD')) continue;
    const plain = place.replace(/\{\$\}$/, '');
    const fits = plain === path || (place === plain && place.endsWith('/') && path.startsWith(place));
    if (fits && (!best || place.length > best.length)) best = { length: place.length, handler };
  }
  return best?.handler;
}
function writeBody(vm: Vm, w: Value, more: string): Value {
  const o = vm.own(w);
  o.p = { ...o.p, status: num(o.p?.status) || 200, body: str(o.p?.body) + more };
  return tuple(vm, more.length, null);
}
function plainError(vm: Vm, boxed: Value, text: string, code: number): null {
  const w = vm.obj(boxed)?.v ?? null;
  const head = vm.obj(w)?.p?.header ?? null;
  setEntry(vm, head, 'Content-Type', ['text/plain; charset=utf-8']);
  setEntry(vm, head, 'X-Content-Type-Options', ['nosniff']);
  const o = vm.own(w);
  o.p = { ...o.p, status: code };
  writeBody(vm, w, `${text}\n`);
  return null;
}
function callHandler(vm: Vm, handler: Value, w: Value, r: Value): Value | symbol {
  if (vm.obj(handler)?.k === 'if') {
    const found = resolve(vm, handler, 'ServeHTTP');
    return found ? vm.lang.call(vm, found.fn, [found.receiver, w, r]) : null;
  }
  return vm.lang.call(vm, handler, [w, r]);
}
/** What http.DetectContentType finds in the first bytes (RFC and WHATWG sniffing, in part). */
function sniff(body: string): string {
  if (/^\s*<(?:!doctype html|html|head|body|h1|div|p|br|table|title|script|a|b|style|iframe|font)[\s>]/i.test(body))
    return 'text/html; charset=utf-8';
  return 'text/plain; charset=utf-8';
}

export const httpNatives: Natives = {
  'http.Header.Set': (vm, [h = null, k, v]) => setEntry(vm, h, canonical(str(k)), [str(v)]),
  'http.Header.Add': (vm, [h = null, k, v]) =>
    setEntry(vm, h, canonical(str(k)), [
      ...items(vm, vm.obj(h)?.e?.[`s:${canonical(str(k))}`]?.[1] ?? null).map((x) => str(x)),
      str(v),
    ]),
  'http.Header.Get': (vm, [h, k]) => entry(vm, h, canonical(str(k))) ?? '',
  'http.Header.Del': (vm, [h = null, k]) => {
    delete vm.own(h).e?.[`s:${canonical(str(k))}`];
    return null;
  },
  'url.Values.Get': (vm, [v, k]) => entry(vm, v, str(k)) ?? '',
  'url.Values.Has': (vm, [v, k]) => entry(vm, v, str(k)) !== undefined,
  'url.URL.Query': (vm, [u = null]) => query(vm, str(vm.obj(u)?.p?.RawQuery)),
  'url.URL.String': (vm, [u = null]) =>
    `${str(vm.obj(u)?.p?.Path)}${str(vm.obj(u)?.p?.RawQuery) === '' ? '' : `?${str(vm.obj(u)?.p?.RawQuery)}`}`,
  'http.response.Header': (vm, [w = null]) => vm.obj(w)?.p?.header ?? null,
  'http.response.Write': (vm, [w = null, p = null]) => writeBody(vm, w, bytesOf(vm, p)),
  'http.response.WriteHeader': (vm, [w = null, code = 200]) => {
    const o = vm.own(w);
    if (num(o.p?.status) === 0) o.p = { ...o.p, status: code };
    return null;
  },
  'http.Request.FormValue': (vm, [r = null, k]) => {
    const url = vm.obj(vm.obj(r)?.p?.URL ?? null)?.p;
    return entry(vm, query(vm, str(url?.RawQuery)), str(k)) ?? '';
  },
  'http.Request.UserAgent': (vm, [r = null]) => entry(vm, vm.obj(r)?.p?.Header, 'User-Agent') ?? '',
  'http.HandlerFunc.ServeHTTP': (vm, [f = null, w = null, r = null]) => vm.lang.call(vm, f, [w, r]),
  'http.NewServeMux': (vm) => newMux(vm),
  'http.HandleFunc': (vm, [p, f = null]) => route(vm, defaultMux(vm), str(p), f),
  'http.Handle': (vm, [p, h = null]) => route(vm, defaultMux(vm), str(p), h),
  'http.ServeMux.HandleFunc': (vm, [m = null, p, f = null]) => route(vm, m, str(p), f),
  'http.ServeMux.Handle': (vm, [m = null, p, h = null]) => route(vm, m, str(p), h),
  'http.ServeMux.ServeHTTP': (vm, [m = null, w = null, r = null]) => {
    const req = vm.obj(r)?.p;
    const handler = match(vm, m, str(req?.Method), str(vm.obj(req?.URL ?? null)?.p?.Path));
    if (handler === undefined) return plainError(vm, w, '404 page not found', 404);
    return callHandler(vm, handler, w, r) as Value;
  },
  'http.FileServer': (vm, [root]) => box(vm, '*http.fileServer', typed(vm, 'http.fileServer', { root: str(root) })),
  'http.fileServer.ServeHTTP': (vm, [f = null, w = null, r = null]) => {
    const path = str(vm.obj(vm.obj(r)?.p?.URL ?? null)?.p?.Path);
    const safe = path
      .split('/')
      .filter((p) => p !== '' && p !== '.' && p !== '..')
      .join('/');
    let file = `${str(vm.obj(f)?.p?.root)}/${safe}`;
    const stat = vm.sys.fs.stat(decodeUtf8(file));
    if (!isErrno(stat) && stat.type === 'dir') file = `${file.replace(/\/$/, '')}/index.html`;
    const got = vm.sys.fs.readFile(decodeUtf8(file));
    if (isErrno(got)) return plainError(vm, w, '404 page not found', 404);
    const type = contentTypes[/\.([^./]*)$/.exec(file)?.[1]?.toLowerCase() ?? ''] ?? 'application/octet-stream';
    const target = vm.obj(w)?.v ?? null;
    setEntry(vm, vm.obj(target)?.p?.header ?? null, 'Content-Type', [
      type.startsWith('text/') ? `${type}; charset=utf-8` : type,
    ]);
    writeBody(vm, target, got.bytes);
    return null;
  },
  'http.Error': (vm, [w = null, text, code]) => plainError(vm, w, str(text), num(code)),
  'http.NotFound': (vm, [w = null]) => plainError(vm, w, '404 page not found', 404),
  'http.Redirect': (vm, [w = null, , to, code]) => {
    const target = vm.obj(w)?.v ?? null;
    setEntry(vm, vm.obj(target)?.p?.header ?? null, 'Location', [str(to)]);
    const o = vm.own(target);
    o.p = { ...o.p, status: num(code) };
    writeBody(vm, target, `<a href="${str(to)}">${reason(num(code))}</a>.\n\n`);
    return null;
  },
  'http.StatusText': (_vm, [n]) => reason(num(n)),
  'http.ListenAndServe': (vm, [addr, handler = null]) => {
    const [, host = '', port = '80'] = /^(.*?):(\d+|\w*)$/.exec(str(addr) || ':80') ?? [];
    const address = host === '' ? '0.0.0.0' : host === 'localhost' ? '127.0.0.1' : host;
    const fd = vm.sys.net.listen(address, Number(port));
    if (isErrno(fd)) {
      const why = {
        EADDRINUSE: 'address already in use',
        EACCES: 'permission denied',
        EADDRNOTAVAIL: 'cannot assign requested address',
      };
      return failure(vm, `listen tcp ${str(addr)}: bind: ${why[fd.errno as keyof typeof why] ?? fd.errno}`);
    }
    const app = handler === null ? box(vm, '*http.ServeMux', defaultMux(vm)) : handler;
    vm.listeners.push({ fd, port: Number(port), address, kind: 'go-http', app });
    tell(vm.sys, 'go-program', 'server-ready', { program: vm.start.argv[0] ?? 'go', port: Number(port), workers: 0 });
    return vm.park({ for: 'ever' });
  },
  '%serve go-http': (vm, [request = null], app) => {
    const r = vm.obj(request)?.x as unknown as WebRequest;
    const [path = '/', raw = ''] = r.target.split(/\?(.*)/s);
    const url = typed(vm, 'url.URL', { Path: encodeUtf8(percentDecode(path) ?? path), RawQuery: raw });
    const host = r.headers.find(([k]) => k.toLowerCase() === 'host')?.[1] ?? '';
    const req = typed(vm, 'http.Request', {
      Method: r.method,
      URL: url,
      Proto: `HTTP/${r.version}`,
      Header: headers(
        vm,
        r.headers.filter(([k]) => k.toLowerCase() !== 'host'),
      ),
      Body: null,
      Host: host,
      RemoteAddr: r.remote,
      RequestURI: r.target,
    });
    const w = typed(vm, 'http.response', {
      request: isTagged(request) && request.t === 'ref' ? request.r : 0,
      status: 0,
      header: headers(vm, []),
      body: '',
    });
    const data = vm.make({ k: 'pair', a: [request, w] });
    const before = vm.frames;
    vm.frames = [];
    const task = vm.spawn([], { daemon: true });
    // biome-ignore lint/suspicious/noThenProperty: the state's name for it; nobody awaits a task
    task.then = { native: '%answer go-http', data };
    const held = vm.task;
    vm.task = task;
    callHandler(vm, app, box(vm, '*http.response', w), req);
    vm.task = held;
    task.frames = vm.frames;
    vm.frames = before;
    if (task.frames.length === 0) {
      vm.tasks = vm.tasks.filter((one) => one !== task);
      vm.native('%answer go-http')(vm, [null], data, {});
    }
    return null;
  },
  '%answer go-http': (vm, _args, data) => {
    const [request = null, w = null] = vm.obj(data)?.a ?? [];
    const r = vm.obj(request)?.x as unknown as WebRequest;
    const p = vm.obj(w)?.p ?? {};
    const status = num(p.status) || 200;
    const body = str(p.body);
    const own = mapEntries(vm, p.header ?? null).flatMap(([k, v]) =>
      items(vm, v).map((one): Header => [str(k), str(one)]),
    );
    const has = (name: string) => own.some(([k]) => k === name);
    const sorted = own.toSorted(([a], [b]) => (a < b ? -1 : 1));
    const head: Header[] = [
      ...sorted,
      ['Date', httpDate(vm.sys.now)],
      ...(has('Content-Length') || status === 204 ? [] : [['Content-Length', String(body.length)] as const]),
      ...(has('Content-Type') || body === '' ? [] : [['Content-Type', sniff(body)] as const]),
    ];
    respond(vm, r, `${status} ${reason(status)}`, head, body, true);
    return null;
  },
};
export { ref, structure };
