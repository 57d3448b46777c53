import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import { formatHead, type Header, header, httpDate, percentDecode } from '../../network/http.ts';
import type { Natives } from '../core/lang.ts';
import { Beyond, SyntaxProblem } from '../core/tree.ts';
import type { Value } from '../core/values.ts';
import { Ended, Thrown, type Vm } from '../core/vm.ts';
import { reason, respondRaw, type WebRequest } from '../web/connections.ts';
import { date } from './date.ts';
import { report, uncaughtPhp } from './errors.ts';
import { types } from './file-types.ts';
import { enter, newGlobals } from './lang.ts';
import { buffers, setBuffers } from './output.ts';
import { reset } from './settings.ts';
import { array, entries, put, text } from './values.ts';

const style =
  '<style>\nbody { background-color: #fcfcfc; color: #333333; margin: 0; padding:0; }\nh1 { font-size: 1.5em; font-weight: normal; background-color: #9999cc; min-height:2em; line-height:2em; border-bottom: 1px inset black; margin: 0; }\nh1, p { padding-left: 10px; }\ncode.url { background-color: #eeeeee; font-family:monospace; padding:0 2px;}\n</style>\n';

/** What a PHP program answered. */
export interface Answer {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: string;
  /** What ended it, for the log. */
  readonly failed: string;
  /** It returned false: a router that leaves the answer to the server. */
  readonly passed: boolean;
}

function pairs(vm: Vm, query: string): Value {
  const made = array(vm, []);
  for (const one of query.split('&')) {
    if (one === '') continue;
    const [name = '', ...rest] = one.split('=');
    const plain = (s: string): string =>
      s.replaceAll('+', ' ').replace(/%([\da-f]{2})/gi, (_w, h: string) => String.fromCharCode(Number.parseInt(h, 16)));
    const key = plain(name);
    if (key.includes('[')) throw new Beyond('a query with [ ]');
    put(vm, made, /^(?:0|[1-9]\d{0,14})$/.test(key) ? Number(key) : key.replace(/[ .]/g, '_'), plain(rest.join('=')));
  }
  return made;
}

/** Acts out a file for a request: what it prints is the answer. */
export function answerOf(
  vm: Vm,
  r: WebRequest,
  file: string,
  root: string,
  server: { readonly software: string; readonly port: number; readonly info: string },
): Answer {
  const query = r.target.split(/\?(.*)/s)[1] ?? '';
  const head = { first: '', headers: r.headers };
  newGlobals(vm, []);
  const scope = vm.own(vm.globals['%scope'] ?? null);
  const host = header(head, 'host') ?? '';
  const [address = '', port = ''] = r.remote.split(':');
  const script = encodeUtf8(`/${file.slice(root.replace(/\/$/, '').length + 1)}`);
  const all: (readonly [Value, Value])[] = [
    ['DOCUMENT_ROOT', encodeUtf8(root)],
    ['REMOTE_ADDR', address],
    ['REMOTE_PORT', port],
    ['SERVER_SOFTWARE', server.software],
    ['SERVER_PROTOCOL', `HTTP/${r.version}`],
    ['SERVER_NAME', host.split(':')[0] ?? ''],
    ['SERVER_PORT', String(server.port)],
    ['REQUEST_URI', r.target],
    ['REQUEST_METHOD', r.method],
    ['SCRIPT_NAME', script],
    ['SCRIPT_FILENAME', encodeUtf8(file)],
    ['PHP_SELF', script],
    ...(query === '' ? [] : [['QUERY_STRING', query] as const]),
    ...r.headers.map(([n, v]) => [`HTTP_${n.toUpperCase().replaceAll('-', '_')}`, v] as const),
    ['REQUEST_TIME', Math.floor(vm.sys.now / 1e6)],
    ['REQUEST_TIME_FLOAT', { t: 'f', v: vm.sys.now / 1e6 }],
  ];
  const get = pairs(vm, query);
  const form = /^application\/x-www-form-urlencoded/i.test(header(head, 'content-type') ?? '')
    ? pairs(vm, r.body)
    : array(vm, []);
  scope.p = {
    ...scope.p,
    _SERVER: array(vm, all),
    _GET: get,
    _POST: form,
    _REQUEST: array(vm, [...entries(vm, get), ...entries(vm, form)]),
  };
  delete scope.p.argv;
  delete scope.p.argc;
  for (const name of Object.keys(vm.globals))
    if (
      /^(?:fn |const |static |%status|%headers|%shutdown|%error|%exception|%display|%uncaught|%autoload|pointer )/.test(
        name,
      )
    )
      delete vm.globals[name];
  for (const [name, v] of Object.entries(vm.globals))
    if (name.startsWith('class ') && typeof vm.obj(v)?.x === 'object') delete vm.globals[name];
  vm.sources = {};
  reset(vm);
  Object.assign(vm.globals, {
    '%web': true,
    '%body': r.body,
    '%html': true,
    '%objects': 0,
    '%silent': 0,
    '%sapi': server.info,
  });
  setBuffers(vm, ['']);
  let failed = '';
  let passed = false;
  const before = vm.frames;
  vm.frames = [];
  try {
    const got = vm.sys.fs.readFile(file);
    enter(vm, file, isErrno(got) ? '' : got.bytes);
    vm.run(vm.frames, 0, 'call');
    passed = vm.result === false;
    vm.lang.natives['%exit code']?.(vm, [], null, {});
  } catch (error) {
    if (error instanceof Ended) vm.frames = [];
    else if (error instanceof Thrown) {
      uncaughtPhp(vm, error);
      failed = String(vm.globals['%uncaught'] ?? '');
    } else if (error instanceof SyntaxProblem) {
      report(vm, 'Parse error', error.message, file, error.at[0]);
      failed = `${error.message} in ${file} on line ${error.at[0]}`;
    } else throw error;
  } finally {
    vm.frames = before;
  }
  const body = buffers(vm).join('');
  setBuffers(vm, []);
  vm.globals['%web'] = null;
  const sent = ((vm.obj(vm.globals['%headers'] ?? null)?.a ?? []) as Value[]).map((one) => text(vm, one));
  const headers = sent.flatMap((one): Header[] => {
    const at = one.indexOf(':');
    return at < 1 ? [] : [[one.slice(0, at), one.slice(at + 1).trim()]];
  });
  const status = typeof vm.globals['%status'] === 'number' ? vm.globals['%status'] : 200;
  return { status, headers, body, failed, passed };
}

const stamp = (vm: Vm): string => date(vm.sys.now, 'D M d H:i:s Y');

/** `php -S`: PHP's own server for development. */
export const serveNatives: Natives = {
  '%serve php': (vm, [request = null], app) => {
    const r = vm.obj(request)?.x as unknown as WebRequest;
    const [root = '/', router = '', portText = '0'] = String(app).split('\0');
    const log = (line: string): void => vm.write(2, `[${stamp(vm)}] ${line}\n`);
    const server = {
      software: `PHP ${vm.start.version} Development Server`,
      port: Number(portText),
      info: 'cli-server',
    };
    const path = percentDecode(r.target.split('?')[0] ?? '/') ?? '/';
    const inside = `/${path
      .split('/')
      .filter((p) => p !== '' && p !== '.' && p !== '..')
      .join('/')}`;
    const host = header({ first: '', headers: r.headers }, 'host');
    const basics: Header[] = [
      ...(host === undefined ? [] : [['Host', host] as Header]),
      ['Date', httpDate(vm.sys.now)],
      ['Connection', 'close'],
    ];
    const reply = (status: number, headers: readonly Header[], body: string): void =>
      respondRaw(
        vm,
        r,
        formatHead({ first: `HTTP/${r.version} ${status} ${reason(status)}`, headers: [...basics, ...headers] }) +
          (r.method === 'HEAD' ? '' : body),
      );
    log(`${r.remote} Accepted`);
    const program = (file: string): boolean => {
      const done = answerOf(vm, r, file, root, server);
      if (done.passed) return false;
      const typed = done.headers.some(([n]) => n.toLowerCase() === 'content-type');
      const status = done.failed !== '' && done.status === 200 ? 200 : done.status;
      log(`${r.remote} [${status}]: ${r.method} ${r.target}${done.failed === '' ? '' : ` - ${done.failed}`}`);
      reply(
        status,
        [
          ['X-Powered-By', `PHP/${vm.start.version}`],
          ...done.headers,
          ...(typed ? [] : [['Content-type', 'text/html; charset=UTF-8'] as Header]),
        ],
        done.body,
      );
      return true;
    };
    const finish = (): null => {
      log(`${r.remote} Closing`);
      return null;
    };
    if (router !== '' && program(router)) return finish();
    const file = find(vm, root, inside);
    if (file === undefined) {
      const body = `<!doctype html><html><head><title>404 Not Found</title>${style}</head><body><h1>Not Found</h1><p>The requested resource <code class="url">${path.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</code> was not found on this server.</p></body></html>`;
      log(`${r.remote} [404]: ${r.method} ${r.target} - No such file or directory`);
      reply(
        404,
        [
          ['Content-Type', 'text/html; charset=UTF-8'],
          ['Content-Length', String(body.length)],
        ],
        body,
      );
    } else if (file.endsWith('.php')) program(file);
    else {
      const got = vm.sys.fs.readFile(file);
      const bytes = isErrno(got) ? '' : got.bytes;
      log(`${r.remote} [200]: ${r.method} ${r.target}`);
      reply(
        200,
        [
          ['Content-Type', types[/\.([^./]*)$/.exec(file)?.[1] ?? ''] ?? 'application/octet-stream'],
          ['Content-Length', String(bytes.length)],
        ],
        bytes,
      );
    }
    return finish();
  },
};

/** The file that a path stands for: itself, or the index of its folder or of the nearest one above it. */
function find(vm: Vm, root: string, inside: string): string | undefined {
  const base = root.replace(/\/$/, '');
  const is = (path: string, kind: string): boolean => {
    const stat = vm.sys.fs.stat(path);
    return !isErrno(stat) && stat.type === kind;
  };
  if (is(`${base}${inside}`, 'file')) return `${base}${inside}`;
  const parts = inside.split('/').filter((p) => p !== '');
  if (/\.[^/]*$/.test(inside)) return undefined;
  for (let n = parts.length; n >= 0; n--) {
    const folder = [base, ...parts.slice(0, n)].join('/');
    for (const index of ['index.php', 'index.html']) if (is(`${folder}/${index}`, 'file')) return `${folder}/${index}`;
  }
  return undefined;
}
