import { decodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/program.ts';
import type { Config, Location, Server, Settings } from './config.ts';
import type { Directive, Mistake } from './syntax.ts';

/** A mistake that ends reading; thrown within this file only. */
class Wrong extends Error {}

const combined =
  '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"';

const outermost: Settings = {
  root: '/etc/nginx/html',
  index: ['index.html'],
  autoindex: false,
  defaultType: 'text/plain',
  types: { html: 'text/html', gif: 'image/gif', jpg: 'image/jpeg' },
  addHeaders: [],
  errorPages: [],
  tokens: true,
  accessLog: { file: '/var/log/nginx/access.log', format: 'combined' },
  proxyHeaders: [],
  tryFiles: null,
  answer: null,
};

/** Makes a configuration of its directives; what is wrong is told in nginx's words. */
export function buildConfig(sys: Sys, directives: readonly Directive[], cpus: number): Config | Mistake {
  try {
    return build(sys, directives, cpus);
  } catch (error) {
    if (error instanceof Wrong) return { mistake: error.message };
    throw error;
  }
}

function wrong(text: string, at: Directive): never {
  throw new Wrong(`${text} in ${at.file}:${at.line}`);
}

function build(sys: Sys, directives: readonly Directive[], cpus: number): Config {
  const value = (name: string) => directives.find((each) => each.name === name)?.args[0];
  const user = directives.find(({ name }) => name === 'user');
  if (user && sys.uid === 0 && accountOf(sys, user.args[0] ?? '') === undefined) {
    wrong(`getpwnam("${user.args[0]}") failed`, user);
  }
  const log = directives.find(({ name }) => name === 'error_log')?.args;
  const http = directives.find(({ name }) => name === 'http')?.block ?? [];
  const formats: { [name: string]: string } = { combined };
  const upstreams: { [name: string]: readonly string[] } = {};
  for (const each of http) {
    const [name = '', ...rest] = each.args;
    if (each.name === 'log_format') formats[name] = rest.filter((word) => !word.startsWith('escape=')).join('');
    if (each.name === 'upstream') upstreams[name] = upstreamServers(sys, each);
  }
  const settings = inherit(http, outermost, formats);
  const servers = http
    .filter(({ name }) => name === 'server')
    .map((each) => serverOf(sys, each, settings, formats, upstreams));
  const workers = value('worker_processes') ?? '1';
  return {
    user: user?.args[0] ?? null,
    workers: workers === 'auto' ? cpus : Math.max(1, Number.parseInt(workers, 10) || 1),
    daemon: value('daemon') !== 'off',
    pid: value('pid') ?? '/run/nginx.pid',
    errorLog: { file: log?.[0] ?? '/var/log/nginx/error.log', level: log?.[1] ?? 'error' },
    servers,
    formats,
    upstreams,
  };
}

function upstreamServers(sys: Sys, directive: Directive): readonly string[] {
  const servers = (directive.block ?? []).filter(({ name }) => name === 'server');
  if (servers.length === 0) wrong('no servers are inside upstream', directive);
  return servers.map((each) => {
    const [address = ''] = each.args;
    const [host = ''] = address.split(':');
    if (sys.net.resolve(host).length === 0) wrong(`host not found in upstream "${address}"`, each);
    return address;
  });
}

function inherit(block: readonly Directive[], from: Settings, formats: { readonly [name: string]: string }): Settings {
  const all = (name: string) => block.filter((each) => each.name === name);
  const args = (name: string) => all(name)[0]?.args;
  const types = all('types')[0];
  const log = all('access_log')[0];
  if (log && log.args[0] !== 'off' && log.args[1] !== undefined && !formats[log.args[1]]) {
    wrong(`unknown log format "${log.args[1]}"`, log);
  }
  const headers = all('add_header').map(
    ({ args: [name = '', value = '', always] }) => [name, value, always === 'always'] as const,
  );
  const proxied = all('proxy_set_header').map(({ args: [name = '', value = ''] }) => [name, value] as const);
  const errors = all('error_page').map((each) => {
    const words = [...each.args];
    const uri = words.pop() ?? '';
    const answer = words.at(-1)?.startsWith('=') ? words.pop() : undefined;
    return {
      codes: words.map(Number),
      answer: answer === undefined ? null : Number(answer.slice(1)) || 200,
      uri,
    };
  });
  return {
    ...from,
    root: (args('root')?.[0] ?? from.root).replace(/(.)\/$/, '$1'),
    index: args('index') ?? from.index,
    autoindex: (args('autoindex')?.[0] ?? (from.autoindex ? 'on' : 'off')) === 'on',
    defaultType: args('default_type')?.[0] ?? from.defaultType,
    types: types ? typeTable(types) : from.types,
    addHeaders: headers.length > 0 ? headers : from.addHeaders,
    proxyHeaders: proxied.length > 0 ? proxied : from.proxyHeaders,
    errorPages: errors.length > 0 ? errors : from.errorPages,
    tokens: (args('server_tokens')?.[0] ?? (from.tokens ? 'on' : 'off')) !== 'off',
    accessLog: log
      ? log.args[0] === 'off'
        ? null
        : { file: log.args[0] ?? '', format: log.args[1] ?? 'combined' }
      : from.accessLog,
    tryFiles: args('try_files') ?? null,
    answer: answerOf(all('return')[0]),
  };
}

function typeTable({ block = [] }: Directive): { readonly [extension: string]: string } {
  const table: { [extension: string]: string } = {};
  for (const { name, args } of block) for (const extension of args) table[extension] = name;
  return table;
}

function answerOf(directive: Directive | undefined): Settings['answer'] {
  if (!directive) return null;
  const [first = '', text] = directive.args;
  if (/^\d{1,3}$/.test(first)) return { code: Number(first), text: text ?? null };
  if (text === undefined && /^(?:https?:\/\/|\$scheme)/.test(first)) return { code: 302, text: first };
  return wrong(`invalid return code "${first}"`, directive);
}

function serverOf(
  sys: Sys,
  directive: Directive,
  outer: Settings,
  formats: { readonly [name: string]: string },
  upstreams: { readonly [name: string]: readonly string[] },
): Server {
  const block = directive.block ?? [];
  const settings = inherit(block, outer, formats);
  const listens = block.filter(({ name }) => name === 'listen');
  const listen = listens.map((each) => listenOf(each)).filter((one) => one !== undefined);
  return {
    listen: listens.length === 0 ? [{ address: '0.0.0.0', port: 80, first: false }] : listen,
    names: block.filter(({ name }) => name === 'server_name').flatMap(({ args }) => args),
    settings,
    locations: locationsOf(sys, block, settings, formats, upstreams),
  };
}

/** IPv6 is not simulated: such listeners are left out. */
function listenOf(directive: Directive): { address: string; port: number; first: boolean } | undefined {
  const [word = '', ...options] = directive.args;
  if (word.startsWith('[')) return undefined;
  if (word.startsWith('unix:')) return wrong('drydock: unix sockets of "listen" are not simulated', directive);
  const [, address = '', port = ''] = /^(?:(.*):)?([^:]*)$/.exec(word) ?? [];
  if (options.includes('ssl')) return wrong('drydock: parameter "ssl" of "listen" is not simulated', directive);
  const unknown = options.find(
    (each) =>
      !/^(?:default_server|default|http2|reuseport|deferred|proxy_protocol|backlog=|ipv6only=|so_keepalive=|rcvbuf=|sndbuf=|bind)/.test(
        each,
      ),
  );
  if (unknown !== undefined) return wrong(`invalid parameter "${unknown}"`, directive);
  const first = options.some((each) => each.startsWith('default'));
  if (/^\d+$/.test(port)) {
    if (Number(port) < 1 || Number(port) > 65535)
      wrong(`invalid port in "${word}" of the "listen" directive`, directive);
    return { address: address === '' || address === '*' ? '0.0.0.0' : address, port: Number(port), first };
  }
  if (address !== '') return wrong(`invalid port in "${word}" of the "listen" directive`, directive);
  return { address: port === 'localhost' ? '127.0.0.1' : port, port: 80, first };
}

function locationsOf(
  sys: Sys,
  block: readonly Directive[],
  outer: Settings,
  formats: { readonly [name: string]: string },
  upstreams: { readonly [name: string]: readonly string[] },
): Location[] {
  const locations: Location[] = [];
  for (const each of block.filter(({ name }) => name === 'location')) {
    const [first = '', second] = each.args;
    const joined = second === undefined ? /^(=|\^~|~\*|~)(.+)$/.exec(first) : null;
    const kind = second !== undefined ? first : (joined?.[1] ?? (first.startsWith('@') ? '@' : ''));
    const path = second ?? joined?.[2] ?? first;
    if (!['', '=', '^~', '~', '~*', '@'].includes(kind)) wrong(`invalid location modifier "${kind}"`, each);
    if (locations.some((one) => one.kind === kind && one.path === path)) wrong(`duplicate location "${path}"`, each);
    const inner = each.block ?? [];
    const own = inherit(inner, { ...outer, tryFiles: null, answer: null }, formats);
    const proxy = inner.find(({ name }) => name === 'proxy_pass');
    if (proxy) checkProxy(sys, proxy, upstreams);
    locations.push({
      kind,
      path,
      alias: inner.find(({ name }) => name === 'alias')?.args[0] ?? null,
      proxy: proxy?.args[0] ?? null,
      internal: inner.some(({ name }) => name === 'internal'),
      settings: own,
    });
    locations.push(...locationsOf(sys, inner, own, formats, upstreams));
  }
  return locations;
}

function checkProxy(sys: Sys, directive: Directive, upstreams: { readonly [name: string]: readonly string[] }): void {
  const [url = ''] = directive.args;
  const [, scheme, host = ''] = /^(https?):\/\/([^/:]+)/.exec(url) ?? [];
  if (scheme === undefined) wrong('invalid URL prefix', directive);
  if (scheme === 'https') wrong('drydock: https in "proxy_pass" is not simulated', directive);
  if (url.includes('$') || Object.hasOwn(upstreams, host)) return;
  if (sys.net.resolve(host).length === 0) wrong(`host not found in upstream "${host}"`, directive);
}

/** User and group of a name in /etc/passwd. */
export function accountOf(sys: Sys, name: string): { readonly uid: number; readonly gid: number } | undefined {
  const read = sys.fs.readFile('/etc/passwd');
  const lines = isErrno(read) ? [] : decodeUtf8(read.bytes).split('\n');
  const fields = lines.map((line) => line.split(':')).find(([user]) => user === name);
  return fields ? { uid: Number(fields[2]), gid: Number(fields[3]) } : undefined;
}
