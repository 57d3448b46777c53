import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import { second } from '../../../kernel/json.ts';
import type { Sys } from '../../../kernel/program.ts';
import { type Header, header, httpDate, percentDecode } from '../../network/http.ts';
import type { HttpRequest } from '../../network/server.ts';
import { autoindexPage } from './autoindex.ts';
import type { Config, Location, Server, Settings } from './config.ts';
import { numbered } from './load.ts';
import { locationFor, serverFor } from './match.ts';
import { builtInPage, hasPage } from './pages.ts';
import { expandVariables, type Scope } from './variables.ts';

/** What a request comes to: an answer, or a request to another server. */
export type Outcome = {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: string;
  readonly settings: Settings;
  readonly scope: Scope;
  /** What goes to the error log. */
  readonly error: string | null;
  /** Where to pass the request on: `http://host:port/path`. */
  readonly pass: { readonly url: string; readonly location: Location } | null;
};

interface Context {
  readonly sys: Sys;
  readonly config: Config;
  readonly request: HttpRequest;
  readonly port: number;
  readonly version: string;
}

/** Answers a request as the configuration says. */
export function respond(context: Context): Outcome {
  const { sys, config, request, port } = context;
  const [rawPath = '', args = ''] = splitTarget(request.target);
  const server = serverFor(config, port, header(request.head, 'host') ?? '');
  const fallback = server ?? config.servers[0];
  if (!fallback) throw new Error('a listener without a server');
  const path = normalPath(rawPath);
  const scope: Scope = { sys, request, server: fallback, port, uri: path ?? '/', args, root: fallback.settings.root };
  const bad =
    request.method === '' ||
    path === undefined ||
    (request.version === '1.1' && header(request.head, 'host') === undefined);
  if (bad) return page(context, 400, fallback.settings, scope, null);
  return route(context, fallback, scope, 0);
}

function splitTarget(target: string): readonly string[] {
  const at = target.indexOf('?');
  return at < 0 ? [target] : [target.slice(0, at), target.slice(at + 1)];
}

/** The path decoded, slashes joined, `.` and `..` gone; undefined when it is malformed or leads out. */
function normalPath(raw: string): string | undefined {
  const decoded = raw.startsWith('/') ? percentDecode(raw) : undefined;
  if (decoded === undefined || decoded.includes('\0')) return undefined;
  const kept: string[] = [];
  const steps = decoded.split('/').slice(1);
  for (const [i, step] of steps.entries()) {
    if (step === '..') {
      if (kept.length === 0) return undefined;
      kept.pop();
    } else if (step !== '' && step !== '.') kept.push(step);
    if (i === steps.length - 1 && (step === '' || step === '.' || step === '..') && kept.length > 0) kept.push('');
  }
  return `/${kept.join('/')}`;
}

/** Internal redirects end after ten, as in nginx. */
const mostRedirects = 10;

function route(context: Context, server: Server, scope: Scope, depth: number): Outcome {
  if (depth > mostRedirects) {
    const error = `rewrite or internal redirection cycle while internally redirecting to "${scope.uri}"`;
    return page(context, 500, server.settings, scope, error);
  }
  if (server.settings.answer) return answer(context, server.settings, scope);
  const location = scope.uri.startsWith('@')
    ? server.locations.find(({ kind, path }) => kind === '@' && path === scope.uri)
    : locationFor(server, scope.uri);
  if (location?.internal && depth === 0) return page(context, 404, location.settings, scope, null);
  const settings = location?.settings ?? server.settings;
  const root = settings.root;
  const here = { ...scope, root };
  if (settings.answer) return answer(context, settings, here);
  const tries = settings.tryFiles;
  if (tries) return tryFiles(context, server, location, settings, here, tries, depth);
  if (location?.proxy) return { ...plain(settings, here), status: 0, pass: { url: location.proxy, location } };
  return file(context, server, location, settings, here, depth);
}

function plain(settings: Settings, scope: Scope): Outcome {
  return { status: 200, headers: [], body: '', settings, scope, error: null, pass: null };
}

function answer(context: Context, settings: Settings, scope: Scope): Outcome {
  const { code, text } = settings.answer ?? { code: 404, text: null };
  if (text !== null && [301, 302, 303, 307, 308].includes(code)) {
    const to = expandVariables(text, scope);
    const host = header(scope.request.head, 'host') ?? '';
    const location = to.startsWith('/') ? `http://${host}${to}` : to;
    return {
      ...page(context, code, settings, scope, null, true),
      headers: [
        ['Content-Type', 'text/html'],
        ['Location', location],
      ],
    };
  }
  if (text === null) return page(context, code, settings, scope, null);
  const type = typeOf(settings, scope.uri);
  return {
    ...plain(settings, scope),
    status: code,
    headers: [['Content-Type', type]],
    body: encodeUtf8(expandVariables(text, scope)),
  };
}

/** A page of nginx's own, or what `error_page` puts in its place. */
function page(
  context: Context,
  code: number,
  settings: Settings,
  scope: Scope,
  error: string | null,
  final = false,
): Outcome {
  const own = final ? undefined : settings.errorPages.find(({ codes }) => codes.includes(code));
  if (own && code >= 400) {
    if (/^https?:/.test(own.uri)) {
      return {
        ...page(context, 302, settings, scope, error, true),
        headers: [
          ['Content-Type', 'text/html'],
          ['Location', own.uri],
        ],
      };
    }
    const request = { ...scope.request, method: scope.request.method === 'HEAD' ? 'HEAD' : 'GET' };
    const found = route({ ...context, request }, scope.server, { ...scope, request, uri: own.uri, args: '' }, 1);
    const served = found.status === 200;
    const status = served ? (own.answer ?? code) : code;
    if (served) return { ...found, status, error, headers: found.headers };
  }
  const body = hasPage(code) ? builtInPage(code, settings.tokens ? `nginx/${context.version}` : 'nginx') : '';
  const headers: Header[] = body === '' ? [] : [['Content-Type', 'text/html']];
  return { ...plain(settings, scope), status: code, headers, body, error };
}

function tryFiles(
  context: Context,
  server: Server,
  location: Location | undefined,
  settings: Settings,
  scope: Scope,
  tries: readonly string[],
  depth: number,
): Outcome {
  const last = tries.at(-1) ?? '';
  for (const each of tries.slice(0, -1)) {
    const uri = expandVariables(each, scope);
    const stat = context.sys.fs.stat(diskPath(location, settings, uri.replace(/\/$/, '')));
    const wanted = uri.endsWith('/') ? 'dir' : 'file';
    if (!isErrno(stat) && stat.type === wanted) {
      const path = uri.startsWith('/') ? uri : `/${uri}`;
      return location?.proxy
        ? { ...plain(settings, scope), status: 0, pass: { url: location.proxy, location } }
        : file(context, server, location, settings, { ...scope, uri: path }, depth);
    }
  }
  if (last.startsWith('=')) return page(context, Number(last.slice(1)), settings, scope, null);
  const [uri = '', args = scope.args] = splitTarget(expandVariables(last, scope));
  return route(context, server, { ...scope, uri, args }, depth + 1);
}

function diskPath(location: Location | undefined, settings: Settings, uri: string): string {
  if (location?.alias) return `${location.alias}${uri.slice(location.path.length)}`;
  return `${settings.root}${uri}`;
}

function typeOf(settings: Settings, path: string): string {
  const extension = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  return (Object.hasOwn(settings.types, extension) ? settings.types[extension] : undefined) ?? settings.defaultType;
}

function file(
  context: Context,
  server: Server,
  location: Location | undefined,
  settings: Settings,
  scope: Scope,
  depth: number,
): Outcome {
  const { sys, request } = context;
  const path = diskPath(location, settings, scope.uri);
  if (!/^(?:GET|HEAD)$/.test(request.method)) {
    const known = scope.uri.endsWith('/') || !isErrno(sys.fs.stat(path));
    return page(context, known ? 405 : 404, settings, scope, null);
  }
  if (scope.uri.endsWith('/')) return folder(context, server, location, settings, scope, path, depth);
  const stat = sys.fs.stat(path);
  if (isErrno(stat)) return missing(context, settings, scope, path, stat);
  if (stat.type === 'dir') {
    const host = header(request.head, 'host') ?? '';
    const to = `http://${host}${scope.uri}/${scope.args === '' ? '' : `?${scope.args}`}`;
    return {
      ...page(context, 301, settings, scope, null),
      headers: [
        ['Content-Type', 'text/html'],
        ['Location', to],
      ],
    };
  }
  const read = sys.fs.readFile(path);
  if (isErrno(read)) return missing(context, settings, scope, path, read);
  const mtime = httpDate(stat.mtime);
  const seconds = Math.floor(stat.mtime / second);
  const tag = `"${seconds.toString(16)}-${read.bytes.length.toString(16)}"`;
  const common: Header[] = [
    ['Last-Modified', mtime],
    ['ETag', tag],
  ];
  const fresh = header(request.head, 'if-none-match') === tag || header(request.head, 'if-modified-since') === mtime;
  if (fresh) return { ...plain(settings, scope), status: 304, headers: common };
  const type: Header = ['Content-Type', typeOf(settings, path)];
  const range = /^bytes=(\d+)-(\d*)$/.exec(header(request.head, 'range') ?? '');
  const size = read.bytes.length;
  if (range && Number(range[1]) < size) {
    const from = Number(range[1]);
    const to = range[2] === '' ? size - 1 : Math.min(size - 1, Number(range[2]));
    const part: Header = ['Content-Range', `bytes ${from}-${to}/${size}`];
    return {
      ...plain(settings, scope),
      status: 206,
      headers: [type, ...common, part],
      body: read.bytes.slice(from, to + 1),
    };
  }
  return { ...plain(settings, scope), headers: [type, ...common, ['Accept-Ranges', 'bytes']], body: read.bytes };
}

function missing(
  context: Context,
  settings: Settings,
  scope: Scope,
  path: string,
  error: Parameters<typeof numbered>[0],
): Outcome {
  const status = error.errno === 'EACCES' ? 403 : 404;
  return page(context, status, settings, scope, `open() "${path}" failed (${numbered(error)})`);
}

function folder(
  context: Context,
  server: Server,
  location: Location | undefined,
  settings: Settings,
  scope: Scope,
  path: string,
  depth: number,
): Outcome {
  const { sys } = context;
  for (const name of settings.index) {
    const uri = name.startsWith('/') ? name : `${scope.uri}${name}`;
    const stat = sys.fs.stat(name.startsWith('/') ? diskPath(location, settings, name) : `${path}${name}`);
    if (!isErrno(stat) && stat.type === 'file') return route(context, server, { ...scope, uri }, depth + 1);
  }
  const stat = sys.fs.stat(path);
  if (isErrno(stat)) {
    const name = settings.index.at(-1) ?? 'index.html';
    return missing(context, settings, scope, `${path}${name}`, stat);
  }
  if (settings.autoindex) {
    return {
      ...plain(settings, scope),
      headers: [['Content-Type', 'text/html']],
      body: autoindexPage(sys, path, scope.uri),
    };
  }
  return page(context, 403, settings, scope, `directory index of "${path}" is forbidden`);
}

/** The answer when the other server cannot be reached or breaks off. */
export function gateway(context: Context, outcome: Outcome, error: string, code: 502 | 504 = 502): Outcome {
  return page(context, code, outcome.settings, outcome.scope, error);
}
