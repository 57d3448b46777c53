import { formatHead, type Header } from '../../network/http.ts';
import type { Config } from './config.ts';
import type { Outcome } from './respond.ts';
import { expandVariables } from './variables.ts';

/** Where a request is passed on to, and what is sent. */
export interface Upstream {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly bytes: string;
}

/** The request that `proxy_pass` makes; servers of an upstream take turns. */
export function upstreamOf(config: Config, { pass, scope }: Outcome, turn: number): Upstream {
  const { request, uri, args } = scope;
  const url = expandVariables(pass?.url ?? '', scope);
  const [, authority = '', rest = ''] = /^https?:\/\/([^/]+)(.*)$/.exec(url) ?? [];
  const group = Object.hasOwn(config.upstreams, authority) ? config.upstreams[authority] : undefined;
  const chosen = group?.[turn % group.length] ?? authority;
  const [host = '', port = '80'] = chosen.split(':');
  // a path in the URL takes the place of what the location matched
  const prefix = pass?.location.path ?? '/';
  const path = rest === '' ? request.target : `${rest}${uri.slice(prefix.length)}${args === '' ? '' : `?${args}`}`;
  const set = pass?.location.settings.proxyHeaders ?? [];
  const own: Header[] = [
    ['Host', authority],
    ['Connection', 'close'],
  ];
  const headers = new Map<string, Header>();
  for (const [name, value] of request.head.headers) {
    if (!/^(?:host|connection|keep-alive|transfer-encoding|upgrade)$/i.test(name))
      headers.set(name.toLowerCase(), [name, value]);
  }
  const configured = set.map(([name, value]): Header => [name, expandVariables(value, scope)]);
  const first = new Map([...own, ...configured].map((each) => [each[0].toLowerCase(), each]));
  for (const name of first.keys()) headers.delete(name);
  first.set('connection', ['Connection', 'close']);
  const all = [...first.values(), ...headers.values()].filter(([, value]) => value !== '');
  const bytes = formatHead({ first: `${request.method} ${path} HTTP/1.0`, headers: all }) + request.body;
  return { host, port: Number(port), path, bytes };
}
