import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import { percentDecode } from '../../network/http.ts';
import type { Natives } from '../core/lang.ts';
import { Beyond } from '../core/tree.ts';
import { builtin, isTagged, isUndefined, undef, type Value } from '../core/values.ts';
import { Thrown, type Vm } from '../core/vm.ts';
import { normalize } from '../js/natives-system.ts';
import { array, fromJs, idOf, plain } from '../js/objects.ts';
import { text, toNumber } from '../js/semantics.ts';
import { contentTypes, reason, type WebRequest } from './connections.ts';
import { json, page, send, sendFile, sendText } from './express-answer.ts';
import { dispatch, prepare } from './express-route.ts';
import { getHeader, incoming, listen, outgoing, setHeader } from './node-http.ts';

function makeApp(vm: Vm, router: boolean): Value {
  const proto = plain(vm, {});
  vm.own(proto).x = 'express';
  const app = vm.make({
    k: 'bound',
    s: router ? 'router' : 'app',
    v: builtin('%express handle'),
    a: [undef],
    p: { '%layers': array(vm, []), locals: plain(vm) },
  });
  const own = vm.own(app);
  own.a = [app];
  own.x = 'express';
  return app;
}

function add(method: string) {
  return (vm: Vm, args: readonly Value[], self: Value): Value => {
    const [first = undef] = args;
    if (method === 'get' && args.length === 1 && typeof first === 'string')
      return vm.obj(self)?.p?.[`%set:${first}`] ?? undef;
    const path = typeof first === 'string' ? first : method === '' ? '/' : '*';
    const patterned = vm.obj(first)?.k === 'regexp' || vm.obj(first)?.k === 'list';
    if (patterned) throw new Beyond('an express path that is no text');
    const functions = (typeof first === 'string' ? args.slice(1) : args).flatMap((v) =>
      vm.obj(v)?.k === 'list' ? (vm.obj(v)?.a ?? []) : [v],
    );
    const list = vm.own(vm.obj(self)?.p?.['%layers'] ?? undef);
    for (const fn of functions) list.a?.push(array(vm, [method, path, fn]));
    return self;
  };
}

const pass: Natives[string] = () => builtin('%express pass');

const methods = Object.fromEntries(
  ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'all'].map((name) => [`express#${name}`, add(name)]),
);

/** express, and middleware that most apps use. */
export const expressNatives: Natives = {
  ...methods,
  express: (vm) => makeApp(vm, false),
  'express.Router': (vm) => makeApp(vm, true),
  'new express.Router': (vm) => makeApp(vm, true),
  'express.json': () => builtin('%express json'),
  'express.urlencoded': () => builtin('%express form'),
  'express.text': pass,
  'express.static': (_vm, [folder = '']) => builtin('%express static', folder),
  cors: () => builtin('%express cors'),
  helmet: pass,
  compression: pass,
  'body-parser.json': () => builtin('%express json'),
  'body-parser.urlencoded': () => builtin('%express form'),
  'dotenv.config': (vm) => {
    const got = vm.sys.fs.readFile('.env');
    const env = vm.own(vm.globals['%env'] ?? undef);
    for (const line of isErrno(got) ? [] : decodeUtf8(got.bytes).split('\n')) {
      const [, name, value = ''] = /^\s*(?:export\s+)?([\w.]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
      if (name !== undefined && env.p && !Object.hasOwn(env.p, name))
        env.p[name] = value.replace(/^(['"])(.*)\1$/, '$2');
    }
    return plain(vm);
  },
  morgan: (_vm, [format = 'default']) => builtin('%morgan', format),
  'express#use': add(''),
  'express#set': (vm, [name = '', v = undef], self) => {
    const o = vm.own(self);
    o.p = { ...o.p, [`%set:${text(vm, name)}`]: v };
    return self;
  },
  'express#disable': (vm, [name = ''], self) => {
    const o = vm.own(self);
    o.p = { ...o.p, [`%set:${text(vm, name)}`]: false };
    return self;
  },
  'express#listen': (vm, args, self) => {
    const server = plain(vm, { '%app': self }, idOf(vm.globals['%Server'] ?? undef));
    vm.native('EventEmitter#on')(vm, ['request', self], server, {});
    return listen(vm, server, 'express', args);
  },
  '%serve express': (vm, [request = undef], self) => {
    const app = vm.obj(self)?.p?.['%app'] ?? undef;
    handle(vm, app, request);
    return undef;
  },
  '%express handle': (vm, [req = undef, res = undef, next = undef], self) => {
    if (vm.obj(req)?.p?.originalUrl === undefined) {
      prepare(vm, self, req, res, vm.obj(vm.obj(res)?.p?.['%request'] ?? null)?.x as unknown as WebRequest);
    }
    dispatch(vm, self, req, res, 0, undefined, next);
    return undef;
  },
  '%express next': (vm, [error = undef], self) => {
    const [app = undef, req = undef, res = undef, from = 0, out = undef, base = ''] = vm.obj(self)?.a ?? [];
    const own = vm.own(req);
    own.p = { ...own.p, baseUrl: base, url: String(own.p?.originalUrl).slice(String(base).length) || '/' };
    dispatch(vm, app, req, res, Number(from), isUndefined(error) || error === null ? undefined : error, out);
    return undef;
  },
  '%express pass': (vm, [, , next = undef]) => vm.call(next, []),
  '%express json': (vm, [req = undef, , next = undef]) => {
    const p = vm.obj(req)?.p ?? {};
    const body = p['%body'];
    const type = vm.obj(p.headers ?? null)?.p?.['content-type'];
    if (
      typeof type === 'string' &&
      type.includes('json') &&
      body !== undefined &&
      isTagged(body) &&
      body.t === 'bytes' &&
      body.v !== ''
    ) {
      const parsed = vm.native('JSON.parse');
      try {
        vm.own(req).p = { ...p, body: parsed(vm, [decodeUtf8(body.v)], undef, {}) as Value };
      } catch (error) {
        if (!(error instanceof Thrown)) throw error;
        const o = vm.own(error.value);
        o.p = { ...o.p, status: 400 };
        return vm.call(next, [error.value]);
      }
    } else vm.own(req).p = { ...p, body: p.body ?? plain(vm) };
    return vm.call(next, []);
  },
  '%express form': (vm, [req = undef, , next = undef]) => {
    const p = vm.obj(req)?.p ?? {};
    const type = vm.obj(p.headers ?? null)?.p?.['content-type'];
    const body = p['%body'];
    if (
      typeof type === 'string' &&
      type.includes('urlencoded') &&
      body !== undefined &&
      isTagged(body) &&
      body.t === 'bytes'
    )
      vm.own(req).p = { ...p, body: fromJs(vm, Object.fromEntries(new URLSearchParams(decodeUtf8(body.v)))) };
    return vm.call(next, []);
  },
  '%express cors': (vm, [, res = undef, next = undef]) => {
    setHeader(vm, res, 'Access-Control-Allow-Origin', '*');
    return vm.call(next, []);
  },
  '%express static': (vm, [req = undef, res = undef, next = undef], self) => {
    const p = vm.obj(req)?.p ?? {};
    const folder = text(vm, self);
    const root = folder.startsWith('/') ? folder : `${vm.sys.cwd()}/${folder}`;
    let path = normalize(`/${percentDecode(String(p.url).split('?')[0] ?? '') ?? ''}`);
    const stat = vm.sys.fs.stat(root + path);
    if (!isErrno(stat) && stat.type === 'dir') path = `${path.replace(/\/$/, '')}/index.html`;
    const served = (p.method === 'GET' || p.method === 'HEAD') && sendFile(vm, res, root + decodeUtf8(path));
    return served ? undef : vm.call(next, []);
  },
  '%morgan': (vm, [req = undef, res = undef, next = undef], self) => {
    if (self !== 'tiny' && self !== 'dev') throw new Beyond(`morgan('${text(vm, self)}')`);
    vm.native('EventEmitter#on')(vm, ['finish', builtin('%morgan log', array(vm, [req, res, self]))], res, {});
    return vm.call(next, []);
  },
  '%morgan log': (vm, _a, self) => {
    const [req = undef, res = undef, style] = vm.obj(self)?.a ?? [];
    const p = vm.obj(req)?.p ?? {};
    const size = getHeader(vm, res, 'content-length') ?? '-';
    const status = text(vm, vm.obj(res)?.p?.statusCode ?? 200);
    const [method, url] = [String(p.method), String(p.originalUrl)];
    vm.write(
      1,
      style === 'tiny'
        ? `${method} ${url} ${status} ${size} - 0.412 ms\n`
        : `${method} ${url} ${status} 0.412 ms - ${size}\n`,
    );
    return undef;
  },
  'ServerResponse#status': (vm, [code = 200], self) => {
    vm.own(self).p = { ...vm.obj(self)?.p, statusCode: code };
    return self;
  },
  'ServerResponse#send': (vm, [v = undef], self) => send(vm, self, v),
  'ServerResponse#json': (vm, [v = undef], self) => json(vm, self, v),
  'ServerResponse#sendStatus': (vm, [code = 200], self) => {
    vm.own(self).p = { ...vm.obj(self)?.p, statusCode: code };
    return sendText(vm, self, reason(toNumber(vm, code)), 'text/plain; charset=utf-8');
  },
  'ServerResponse#set': (vm, [name = '', v = ''], self) => {
    setHeader(vm, self, text(vm, name), v);
    return self;
  },
  'ServerResponse#header': (vm, [name = '', v = ''], self) => {
    setHeader(vm, self, text(vm, name), v);
    return self;
  },
  'ServerResponse#type': (vm, [name = ''], self) => {
    const type = text(vm, name);
    const full = type.includes('/') ? type : (contentTypes[type.replace(/^\./, '')] ?? 'text/plain');
    setHeader(vm, self, 'Content-Type', /^text\/|json|javascript/.test(full) ? `${full}; charset=utf-8` : full);
    return self;
  },
  'ServerResponse#redirect': (vm, [a = '/', b], self) => {
    const [status, to] = typeof a === 'number' ? [a, text(vm, b ?? '/')] : [302, text(vm, a)];
    vm.own(self).p = { ...vm.obj(self)?.p, statusCode: status };
    setHeader(vm, self, 'Location', to);
    return sendText(vm, self, `${reason(status)}. Redirecting to ${to}`, 'text/plain; charset=utf-8');
  },
  'ServerResponse#sendFile': (vm, [path = '', options], self) => {
    const root = options === undefined ? undefined : vm.obj(options)?.p?.root;
    const full = root === undefined ? text(vm, path) : `${text(vm, root)}/${text(vm, path)}`;
    if (!sendFile(vm, self, full)) {
      vm.own(self).p = { ...vm.obj(self)?.p, statusCode: 404 };
      sendText(vm, self, encodeUtf8(page('Not Found')), 'text/html; charset=utf-8');
    }
    return undef;
  },
  'ServerResponse#render': () => {
    throw new Beyond('res.render');
  },
  'IncomingMessage#get': (vm, [name = ''], self) =>
    vm.obj(vm.obj(self)?.p?.headers ?? null)?.p?.[text(vm, name).toLowerCase()] ?? undef,
};

function handle(vm: Vm, app: Value, request: Value): void {
  const raw = vm.obj(request)?.x as unknown as WebRequest;
  const req = incoming(vm, raw);
  const res = outgoing(vm, request);
  prepare(vm, app, req, res, raw);
  dispatch(vm, app, req, res, 0, undefined, undef);
}
