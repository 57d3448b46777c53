import { isErrno } from '../../../kernel/errno.ts';
import { formatHead, type Header, header, httpDate, percentDecode } from '../../network/http.ts';
import { answer } from '../../servers/apache/answer.ts';
import type { ApacheConfig } from '../../servers/apache/config.ts';
import { logTime } from '../../servers/nginx/variables.ts';
import type { Natives } from '../core/lang.ts';
import { Ended, type Vm } from '../core/vm.ts';
import { reason, respondRaw, type WebRequest } from '../web/connections.ts';
import { log } from './apache-log.ts';
import { answerOf } from './serve.ts';

/** The file of PHP that a request means: itself, or its folder's index. */
function scriptOf(vm: Vm, sites: ApacheConfig, path: string): string | undefined {
  const file = `${sites.root}${path}`;
  const stat = vm.sys.fs.stat(file);
  if (isErrno(stat)) return undefined;
  if (stat.type !== 'dir') return file.endsWith('.php') ? file : undefined;
  if (!path.endsWith('/')) return undefined;
  const index = sites.index.map((name) => `${file}${name}`).find((one) => !isErrno(vm.sys.fs.stat(one)));
  return index?.endsWith('.php') ? index : undefined;
}

/** A file beside or above which says how its folder is to be served; none is read here. */
function ownRules(vm: Vm, sites: ApacheConfig, path: string): string | undefined {
  const parts = path.split('/').slice(0, -1);
  return parts
    .map((_, i) => `${sites.root}${parts.slice(0, i + 1).join('/')}/.htaccess`)
    .find((file) => !isErrno(vm.sys.fs.stat(file)));
}

/** What Apache answers, with PHP as its module, and how it ends. */
export const apacheNatives: Natives = {
  '%serve apache': (vm, [request = null], app) => {
    const r = vm.obj(request)?.x as unknown as WebRequest;
    const given = JSON.parse(String(app)) as { sites: ApacheConfig; version: string; acts: boolean; port: number };
    const { sites, version, acts, port } = given;
    const path = percentDecode(r.target.split('?')[0] ?? '/') ?? '/';
    const software = `Apache/${version} (Debian)`;
    const head = { first: `${r.method} ${r.target} HTTP/${r.version}`, headers: r.headers };
    const close = r.version !== '1.1' || /close/i.test(header(head, 'connection') ?? '');
    const ends: readonly Header[] = close ? [['Connection', 'close']] : [];
    const send = (first: string, headers: readonly Header[], body: string): null => {
      respondRaw(vm, r, formatHead({ first, headers: [...headers] }) + (r.method === 'HEAD' ? '' : body), !close);
      const mark = (name: string) => (header(head, name) ?? '-').replaceAll('"', '\\"');
      const bytes = formatHead({ first, headers: [...headers] }).length + body.length;
      vm.write(
        1,
        `${r.remote.replace(/:\d+$/, '')} - - [${logTime(vm.sys.now)}] "${head.first}" ${first.split(' ')[1]} ${bytes} "${mark('referer')}" "${mark('user-agent')}"\n`,
      );
      return null;
    };
    const basics: Header[] = [
      ['Date', httpDate(vm.sys.now)],
      ['Server', software],
    ];
    const rules = ownRules(vm, sites, path);
    if (rules !== undefined) {
      vm.write(2, `drydock: ${rules} is not simulated\n`);
      return send('HTTP/1.1 500 Internal Server Error', [...basics, ['Content-Length', '0'], ...ends], '');
    }
    const script = acts && !/(?:^|\/)\.\.(?:\/|$)/.test(path) ? scriptOf(vm, sites, path) : undefined;
    if (script === undefined) {
      const reply = answer(vm.sys, sites, version, { ...r, head });
      const headers = reply.head.headers.map(([n, v]): Header => [n, n === 'Server' ? software : v]);
      return send(reply.head.first, headers, reply.body);
    }
    const done = answerOf(vm, r, script, sites.root, { software, port, info: 'apache2handler' });
    if (done.failed !== '') {
      const client = r.remote;
      log(vm, 'php', `[client ${client}] PHP ${done.failed}`, 'error');
    }
    const typed = done.headers.some(([n]) => n.toLowerCase() === 'content-type');
    const moved = done.headers.some(([n]) => n.toLowerCase() === 'location') && done.status === 200;
    const status = moved ? 302 : done.status;
    const all: Header[] = [
      ...basics,
      ['X-Powered-By', `PHP/${vm.start.version}`],
      ...done.headers,
      ['Content-Length', String(done.body.length)],
      ...ends,
      ...(typed ? [] : [['Content-Type', 'text/html; charset=UTF-8'] as Header]),
    ];
    return send(`HTTP/1.1 ${status} ${reason(status)}`, all, done.body);
  },
  '%apache ends': (vm, [signal = '']) => {
    const graceful = signal === 'SIGWINCH';
    const words = graceful
      ? 'AH00170: caught SIGWINCH, shutting down gracefully'
      : 'AH00169: caught SIGTERM, shutting down';
    log(vm, 'mpm_prefork', words);
    throw new Ended(0);
  },
};
