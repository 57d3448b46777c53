import { percentDecode } from '../../network/http.ts';
import { builtin, isUndefined, undef, type Value } from '../core/values.ts';
import { Thrown, type Vm } from '../core/vm.ts';
import { array, fromJs, plain } from '../js/objects.ts';
import { getProperty } from '../js/semantics.ts';
import { routeMatch } from '../regexp/route.ts';
import type { WebRequest } from './connections.ts';
import { last } from './express-answer.ts';
import { setHeader } from './node-http.ts';

/** A layer of an app or router: [method or '' for use, path, function]. */
const layersOf = (vm: Vm, app: Value): readonly Value[] => vm.obj(vm.obj(app)?.p?.['%layers'] ?? null)?.a ?? [];

/** What a path of express (`/users/:id`, `/files/*`) finds in a path of a request: its parameters, or undefined. */
function match(
  vm: Vm,
  pattern: string,
  path: string,
  prefix: boolean,
): { params: { [name: string]: string }; used: string } | undefined {
  if (pattern === '*' || (prefix && pattern === '/')) return { params: {}, used: '' };
  const names: string[] = [];
  const source = pattern
    .replace(/\/$/, '')
    .replace(/[.+$^()[\]{}|\\]/g, '\\$&')
    .replace(
      /:(\w+)(\?)?|\*(\w*)/g,
      (_all, name: string | undefined, optional: string | undefined, rest: string | undefined) => {
        names.push(name ?? (rest === undefined || rest === '' ? '0' : rest));
        return name === undefined ? '(.*)' : optional ? '([^/]*)' : '([^/]+)';
      },
    );
  const found = routeMatch(vm, `^${source}${prefix ? '(?=/|$)' : '/?$'}`, path, true);
  if (!found) return undefined;
  return {
    params: Object.fromEntries(names.map((name, i) => [name, percentDecode(found[i + 1] ?? '') ?? ''])),
    used: found[0] ?? '',
  };
}

/** Hands a request to the layers from `from` on. */
export function dispatch(
  vm: Vm,
  app: Value,
  req: Value,
  res: Value,
  from: number,
  error: Value | undefined,
  out: Value,
): void {
  const layers = layersOf(vm, app);
  const request = vm.obj(req)?.p ?? {};
  const base = String(request.baseUrl ?? '');
  const path = (String(request.originalUrl).split('?')[0] ?? '/').slice(base.length) || '/';
  for (let i = from; i < layers.length; i++) {
    const [method = '', pattern = '', fn = undef] = vm.obj(layers[i] ?? null)?.a ?? [];
    if (
      method !== '' &&
      method !== 'all' &&
      String(request.method).toLowerCase() !== method &&
      !(method === 'get' && request.method === 'HEAD')
    )
      continue;
    const found = match(vm, String(pattern), path, method === '');
    if (!found) continue;
    const code = vm.obj(fn);
    const arity = code?.k === 'fn' ? Number(getProperty(vm, fn, 'length')) : 3;
    if ((error !== undefined) !== (arity === 4)) continue;
    const own = vm.own(req);
    own.p = { ...own.p, params: plain(vm, { ...(method === '' ? {} : found.params) }), path };
    const mounted = method === '' && pattern !== '/' ? base + found.used : base;
    if (method === '')
      own.p = { ...own.p, baseUrl: mounted, url: String(request.originalUrl).slice(mounted.length) || '/' };
    const next = builtin('%express next', array(vm, [app, req, res, i + 1, out, base]));
    try {
      const result = vm.call(fn, error === undefined ? [req, res, next] : [error, req, res, next]);
      if (vm.obj(result)?.k === 'promise') vm.native('P.catch')(vm, [next], result, {});
    } catch (failed) {
      if (!(failed instanceof Thrown)) throw failed;
      dispatch(vm, app, req, res, i + 1, failed.value, out);
    }
    return;
  }
  if (!isUndefined(out)) {
    vm.call(out, error === undefined ? [] : [error]);
    return;
  }
  last(vm, req, res, error);
}

export function prepare(vm: Vm, app: Value, req: Value, res: Value, request: WebRequest): void {
  const [path = '/', query = ''] = request.target.split('?', 2);
  const [address = ''] = request.remote.split(':');
  const host = request.headers.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? '';
  const o = vm.own(req);
  o.p = {
    ...o.p,
    originalUrl: request.target,
    baseUrl: '',
    path,
    query: fromJs(vm, Object.fromEntries(new URLSearchParams(query))),
    params: plain(vm),
    ip: `::ffff:${address}`,
    hostname: host.replace(/:\d+$/, ''),
    protocol: 'http',
    app,
  };
  vm.own(res).p = { ...vm.obj(res)?.p, locals: plain(vm), app, req };
  if (vm.obj(app)?.p?.['%set:x-powered-by'] !== false) setHeader(vm, res, 'X-Powered-By', 'Express');
}
