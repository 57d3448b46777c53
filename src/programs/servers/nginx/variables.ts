import type { Sys } from '../../../kernel/program.ts';
import { header } from '../../network/http.ts';
import type { HttpRequest } from '../../network/server.ts';
import type { Server } from './config.ts';

/** What the variables of a configuration are taken from. */
export interface Scope {
  readonly sys: Sys;
  readonly request: HttpRequest;
  readonly server: Server;
  readonly port: number;
  /** The present path, after internal redirects. */
  readonly uri: string;
  readonly args: string;
  readonly root: string;
  readonly status?: number;
  readonly sent?: number;
}

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** `22/Nov/2026:22:23:01 +0000`. Microseconds since 1970. */
export function logTime(at: number): string {
  const iso = new Date(at / 1000).toISOString();
  return `${iso.slice(8, 10)}/${months[Number(iso.slice(5, 7)) - 1]}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
}

/** Replaces `$name` and `${name}`; an unknown variable is empty. */
export function expandVariables(text: string, scope: Scope): string {
  return text.replace(/\$(?:\{(\w+)\}|(\w+))/g, (_, braced?: string, plain?: string) =>
    variable(braced ?? plain ?? '', scope),
  );
}

function variable(name: string, scope: Scope): string {
  const { sys, request, server, port, uri, args, root, status, sent } = scope;
  const client = request.remote.replace(/:\d+$/, '');
  const asked = header(request.head, 'host') ?? '';
  switch (name) {
    case 'uri':
    case 'document_uri':
      return uri;
    case 'request_uri':
      return request.target;
    case 'args':
    case 'query_string':
      return args;
    case 'is_args':
      return args === '' ? '' : '?';
    case 'host':
      return asked.replace(/:\d+$/, '').toLowerCase() || (server.names[0] ?? '');
    case 'hostname':
      return sys.uname().hostname;
    case 'remote_addr':
    case 'realip_remote_addr':
      return client;
    case 'remote_port':
      return request.remote.replace(/^.*:/, '');
    case 'remote_user':
      return '-';
    case 'request_method':
      return request.method;
    case 'request':
      return request.head.first;
    case 'request_length':
      return String(request.head.first.length + request.body.length);
    case 'request_time':
      return '0.000';
    case 'scheme':
      return 'http';
    case 'server_name':
      return server.names[0] ?? '';
    case 'server_port':
      return String(port);
    case 'server_protocol':
      return `HTTP/${request.version}`;
    case 'document_root':
      return root;
    case 'request_filename':
      return `${root}${uri}`;
    case 'status':
      return String(status ?? 0);
    case 'body_bytes_sent':
    case 'bytes_sent':
      return String(sent ?? 0);
    case 'time_local':
      return logTime(sys.now);
    case 'time_iso8601':
      return new Date(sys.now / 1000).toISOString().replace(/\.\d+Z$/, '+00:00');
    case 'msec':
      return (sys.now / 1e6).toFixed(3);
    case 'proxy_add_x_forwarded_for': {
      const before = header(request.head, 'x-forwarded-for');
      return before === undefined ? client : `${before}, ${client}`;
    }
    default:
      if (name.startsWith('http_'))
        return header(request.head, name.slice(5).replaceAll('_', '-')) ?? (status === undefined ? '' : '-');
      if (name.startsWith('arg_'))
        return new Map(args.split('&').map((each) => splitOnce(each))).get(name.slice(4)) ?? '';
      return status === undefined ? '' : '-';
  }
}

function splitOnce(text: string): [string, string] {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
