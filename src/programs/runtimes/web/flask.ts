import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import { tell } from '../../actions.ts';
import { type Header, httpDate, percentDecode } from '../../network/http.ts';
import type { Natives } from '../core/lang.ts';
import { Beyond } from '../core/tree.ts';
import { builtin, isTagged, type Value } from '../core/values.ts';
import { Ended, type Vm } from '../core/vm.ts';
import { callPy } from '../py/calls.ts';
import { dumps } from '../py/json.ts';
import { loads } from '../py/json-read.ts';
import { all, dictOf } from '../py/natives.ts';
import { strftime } from '../py/strftime.ts';
import { traceback } from '../py/traceback.ts';
import { list, str, tuple, typeName } from '../py/values.ts';
import { routeMatch } from '../regexp/route.ts';
import { reason, respondRaw, type WebRequest } from './connections.ts';
import { folderNatives } from './python-http.ts';

/** The versions that the lines of the Flask table in src/programs/runtimes/packages name. */
const werkzeug = '3.1.9';

interface Match {
  readonly fn: Value;
  readonly args: { readonly [name: string]: Value };
}

function find(vm: Vm, app: Value, method: string, path: string): Match | 'not found' | readonly string[] {
  const allowed: string[] = [];
  for (const route of vm.obj(vm.obj(app)?.p?.['%routes'] ?? null)?.a ?? []) {
    const [rule = '', methods = null, fn = null] = vm.obj(route)?.a ?? [];
    const names: [string, string][] = [];
    const source = String(rule)
      .replace(/[.+*?^$()[\]{}|\\]/g, '\\$&')
      .replace(/<(?:(\w+):)?(\w+)>/g, (_a, type: string | undefined, name: string) => {
        names.push([name, type ?? 'string']);
        return type === 'int' ? '(\\d+)' : type === 'path' ? '(.+)' : type === 'float' ? '(\\d+\\.\\d+)' : '([^/]+)';
      });
    const found = routeMatch(vm, `^${source}$`, path, false);
    if (!found) continue;
    const list_ = all(vm, methods).map(String);
    if (!list_.includes(method) && !(method === 'HEAD' && list_.includes('GET'))) {
      allowed.push(...list_);
      continue;
    }
    const args = Object.fromEntries(
      names.map(([name, type], i): [string, Value] => [
        name,
        type === 'int' ? Number(found[i + 1]) : (percentDecode(found[i + 1] ?? '') ?? ''),
      ]),
    );
    return { fn, args };
  }
  return allowed.length > 0 ? allowed : 'not found';
}

const page = (status: number, name: string, text: string) =>
  `<!doctype html>\n<html lang=en>\n<title>${status} ${name}</title>\n<h1>${name}</h1>\n<p>${text}</p>\n`;
const texts: { readonly [status: number]: string } = {
  404: 'The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.',
  405: 'The method is not allowed for the requested URL.',
  500: 'The server encountered an internal error and was unable to complete your request. Either the server is overloaded or there is an error in the application.',
};

function send(vm: Vm, r: WebRequest, status: number, type: string, text: string, more: readonly Header[] = []): void {
  const body = encodeUtf8(text);
  const words = reason(status).toUpperCase();
  const head = [
    `HTTP/1.1 ${status} ${words}`,
    `Server: Werkzeug/${werkzeug} Python/${vm.start.version}`,
    `Date: ${httpDate(vm.sys.now)}`,
    `Content-Type: ${type}`,
    `Content-Length: ${body.length}`,
    ...more.map(([name, v]) => `${name}: ${v}`),
    'Connection: close',
  ];
  respondRaw(vm, r, `${head.join('\r\n')}\r\n\r\n${r.method === 'HEAD' ? '' : body}`);
  vm.write(
    2,
    `${r.remote.split(':')[0]} - - [${strftime(vm.sys.now, '%d/%b/%Y %H:%M:%S')}] "${r.method} ${r.target} HTTP/1.1" ${status} -\n`,
  );
}
const html = 'text/html; charset=utf-8';

function respondWith(vm: Vm, r: WebRequest, given: Value): void {
  const o = vm.obj(given);
  const [body, status, headers] = o?.k === 'tuple' ? (o.a ?? []) : [given];
  const response = vm.obj(body ?? null);
  const code = typeof status === 'number' ? status : Number(response?.p?.['%status'] ?? 200);
  const more = Object.values(vm.obj(headers ?? null)?.e ?? {}).map(([k, v]): Header => [str(vm, k), str(vm, v)]);
  if (response?.k === 'inst' && response.x === 'response')
    send(vm, r, code, String(response.p?.['%type']), String(response.p?.['%text']), more);
  else if (response?.k === 'dict' || response?.k === 'list')
    send(vm, r, code, 'application/json', `${dumps(vm, body ?? null, undefined, true, true, 0, [',', ':'])}\n`, more);
  else if (isTagged(body ?? null) && (body as { t: string }).t === 'bytes')
    send(vm, r, code, html, decodeUtf8((body as { v: string }).v), more);
  else if (typeof body === 'string') send(vm, r, code, html, body, more);
  else
    failed(
      vm,
      r,
      `TypeError: The view function did not return a valid response. The return type must be a string, dict, list, tuple with headers or status, Response instance, or WSGI callable, but it was a ${typeName(vm, body ?? null)}.`,
    );
}
function failed(vm: Vm, r: WebRequest, text: string): void {
  vm.write(
    2,
    `[${strftime(vm.sys.now, '%Y-%m-%d %H:%M:%S')},${String(Math.floor((vm.sys.now % 1e6) / 1000)).padStart(3, '0')}] ERROR in app: Exception on ${r.target.split('?')[0]} [${r.method}]\n${text}${text.endsWith('\n') ? '' : '\n'}`,
  );
  send(vm, r, 500, html, page(500, 'Internal Server Error', texts[500] ?? ''));
}
const response = (vm: Vm, text: string, type: string, status = 200): Value =>
  vm.make({ k: 'inst', x: 'response', p: { '%text': text, '%type': type, '%status': status } });
const current = (vm: Vm): WebRequest | undefined =>
  vm.obj(vm.globals['%request'] ?? null)?.x as unknown as WebRequest | undefined;

/** Flask, with the development server that `app.run` starts. */
export const flaskNatives: Natives = {
  ...folderNatives,
  'flask.Flask': (vm, [name = '__main__']) =>
    vm.make({ k: 'inst', x: 'flask', p: { name, '%routes': list(vm, []), config: dictOf(vm, []) } }),
  'flask.route': (_vm, [rule = '/'], self, kw) =>
    builtin('%flask add', {
      t: 'b',
      n: '',
      self: _vm.make({ k: 'tuple', a: [self, rule, kw.methods ?? _vm.make({ k: 'list', a: ['GET'] })] }),
    }),
  ...Object.fromEntries(
    ['get', 'post', 'put', 'delete', 'patch'].map((m) => [
      `flask.${m}`,
      ((vm, [rule = '/'], self) =>
        builtin('%flask add', {
          t: 'b',
          n: '',
          self: vm.make({ k: 'tuple', a: [self, rule, list(vm, [m.toUpperCase()])] }),
        })) as Natives[string],
    ]),
  ),
  '%flask add': (vm, [fn = null], self) => {
    const data = isTagged(self) && self.t === 'b' ? (self.self ?? null) : self;
    const [app = null, rule = '', methods = null] = vm.obj(data)?.a ?? [];
    vm.own(vm.obj(app)?.p?.['%routes'] ?? null).a?.push(tuple(vm, [rule, methods, fn]));
    return fn;
  },
  'flask.run': (vm, args, self, kw) => {
    const host = String(kw.host ?? args[0] ?? '127.0.0.1');
    const port = Number(kw.port ?? args[1] ?? 5000);
    const debug = kw.debug === true;
    if (debug) throw new Beyond('app.run(debug=True), which starts a second process that watches the files,');
    const name = String(vm.start.argv[0] ?? 'app')
      .replace(/^.*\//, '')
      .replace(/\.py$/, '');
    vm.native('print')(vm, [` * Serving Flask app '${name}'\n * Debug mode: off`], null, { flush: true });
    const fd = vm.sys.net.listen(host === 'localhost' ? '127.0.0.1' : host, port);
    if (isErrno(fd)) {
      vm.write(
        2,
        `Address already in use\nPort ${port} is in use by another program. Either identify and stop that program, or start the server with a different port.\n`,
      );
      throw new Ended(1);
    }
    vm.listeners.push({ fd, port, address: host, kind: 'flask', app: self });
    tell(vm.sys, 'python3', 'server-ready', { program: 'python3', port, workers: 0 });
    const own =
      vm.sys.net
        .interfaces()
        .find((one) => one.name !== 'lo')
        ?.addresses[0]?.split('/')[0] ?? '127.0.0.1';
    const running =
      host === '0.0.0.0'
        ? ` * Running on all addresses (0.0.0.0)\n * Running on http://127.0.0.1:${port}\n * Running on http://${own}:${port}`
        : ` * Running on http://${host}:${port}`;
    vm.write(
      2,
      `WARNING: This is a development server. Do not use it in a production deployment. Use a production WSGI server instead.\n${running}\nPress CTRL+C to quit\n`,
    );
    return vm.park({ for: 'ever' });
  },
  'flask.jsonify': (vm, [v], _s, kw) =>
    response(
      vm,
      `${dumps(vm, v ?? dictOf(vm, Object.entries(kw)), undefined, true, true, 0, [',', ':'])}\n`,
      'application/json',
    ),
  'flask.Response': (vm, [v = ''], _s, kw) =>
    response(vm, str(vm, v), String(kw.mimetype ?? html), Number(kw.status ?? 200)),
  'flask.abort': (vm, [code = 500]) => {
    throw new Beyond(`abort(${str(vm, code)})`);
  },
  'flask.render_template': () => {
    throw new Beyond('render_template');
  },
  '=flask.request': () => builtin('flask.request'),
  '=flask.request.method': (vm) => current(vm)?.method ?? '',
  '=flask.request.path': (vm) => current(vm)?.target.split('?')[0] ?? '',
  '=flask.request.remote_addr': (vm) => current(vm)?.remote.split(':')[0] ?? '',
  '=flask.request.args': (vm) => dictOf(vm, [...new URLSearchParams(current(vm)?.target.split('?')[1] ?? '')]),
  '=flask.request.form': (vm) => dictOf(vm, [...new URLSearchParams(decodeUtf8(current(vm)?.body ?? ''))]),
  '=flask.request.headers': (vm) =>
    dictOf(
      vm,
      (current(vm)?.headers ?? []).map(([k, v]) => [k, v] as const),
    ),
  '=flask.request.json': (vm) => loads(vm, decodeUtf8(current(vm)?.body ?? '')),
  'flask.request.get_json': (vm) => loads(vm, decodeUtf8(current(vm)?.body ?? '')),
  '%serve flask': (vm, [request = null], self) => {
    const r = vm.obj(request)?.x as unknown as WebRequest;
    const found = find(vm, self, r.method, percentDecode(r.target.split('?')[0] ?? '') ?? '/');
    if (found === 'not found') send(vm, r, 404, html, page(404, 'Not Found', texts[404] ?? ''));
    else if (!('fn' in found))
      send(vm, r, 405, html, page(405, 'Method Not Allowed', texts[405] ?? ''), [
        ['Allow', [...new Set([...found, 'OPTIONS', 'HEAD'])].join(', ')],
      ]);
    else {
      vm.globals['%request'] = request;
      const before = vm.frames;
      // biome-ignore lint/suspicious/noThenProperty: what follows the task; nobody awaits one
      const task = vm.spawn([], { then: { native: '%flask done', data: request } });
      vm.frames = task.frames;
      try {
        const value = callPy(vm, found.fn, [], found.args);
        if (task.frames.length === 0) {
          vm.tasks = vm.tasks.filter((one) => one !== task);
          respondWith(vm, r, value as Value);
        }
      } finally {
        vm.frames = before;
      }
    }
    return null;
  },
  '%flask done': (vm, [v = null], self) => {
    respondWith(vm, vm.obj(self)?.x as unknown as WebRequest, v);
    return null;
  },
  '%flask done failed': (vm, [error = null], self) => {
    failed(vm, vm.obj(self)?.x as unknown as WebRequest, traceback(vm, error));
    return null;
  },
};
