import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import { httpDate } from '../../network/http.ts';
import { isTagged, isUndefined, undef, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { inspect, isError } from '../js/inspect.ts';
import { text } from '../js/semantics.ts';
import { contentTypes, reason } from './connections.ts';
import { finish, getHeader, setHeader } from './node-http.ts';

export const page = (body: string) =>
  `<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Error</title>\n</head>\n<body>\n<pre>${body}</pre>\n</body>\n</html>\n`;

const html = (s: string) =>
  s.replace(/[&<>"']/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[c] ?? c);

/** finalhandler: what express answers when nobody did. */
export function last(vm: Vm, req: Value, res: Value, error: Value | undefined): void {
  const request = vm.obj(req)?.p ?? {};
  const o = error === undefined ? undefined : vm.obj(error);
  const given = o?.p?.status ?? o?.p?.statusCode;
  const status = error === undefined ? 404 : typeof given === 'number' ? given : 500;
  const shown =
    error === undefined
      ? `Cannot ${String(request.method)} ${String(request.originalUrl).split('?')[0]}`
      : o && isError(vm, o)
        ? String(o.p?.stack ?? '')
        : text(vm, error);
  if (error !== undefined) vm.write(2, `${o && isError(vm, o) ? inspect(vm, error) : text(vm, error)}\n`);
  const production = vm.start.env.NODE_ENV === 'production' && error !== undefined;
  const body = page((production ? reason(status) : html(shown)).replaceAll('\n', '<br>').replaceAll('  ', ' &nbsp;'));
  vm.own(res).p = { ...vm.obj(res)?.p, statusCode: status };
  for (const [name, value] of [
    ['Content-Security-Policy', "default-src 'none'"],
    ['X-Content-Type-Options', 'nosniff'],
    ['Content-Type', 'text/html; charset=utf-8'],
    ['Content-Length', String(encodeUtf8(body).length)],
  ] as const)
    setHeader(vm, res, name, value);
  finish(vm, res, encodeUtf8(body));
}

function hashText(s: string): string {
  let h = 0x811c9dc5;
  let g = 5381;
  for (let i = 0; i < s.length; i++) {
    h = Math.imul(h ^ s.charCodeAt(i), 0x01000193);
    g = (Math.imul(g, 33) + s.charCodeAt(i)) | 0;
  }
  const hex = ((h >>> 0).toString(16) + (g >>> 0).toString(16)).padEnd(20, '0');
  return btoa(hex).slice(0, 27);
}

export function send(vm: Vm, res: Value, v: Value): Value {
  const o = vm.obj(v);
  if (isUndefined(v)) return sendText(vm, res, '', undefined);
  if ((o && o.k !== 'bytes') || typeof v === 'number' || typeof v === 'boolean' || v === null) return json(vm, res, v);
  if (isTagged(v) && v.t === 'bytes') return sendText(vm, res, v.v, 'application/octet-stream');
  return sendText(vm, res, encodeUtf8(text(vm, v)), 'text/html; charset=utf-8');
}

export function sendText(vm: Vm, res: Value, body: string, type: string | undefined): Value {
  if (type !== undefined && getHeader(vm, res, 'content-type') === undefined) setHeader(vm, res, 'Content-Type', type);
  setHeader(vm, res, 'Content-Length', String(body.length));
  if (getHeader(vm, res, 'etag') === undefined && body !== '')
    setHeader(vm, res, 'ETag', `W/"${body.length.toString(16)}-${hashText(body)}"`);
  finish(vm, res, body);
  return res;
}

export function json(vm: Vm, res: Value, v: Value): Value {
  const data = vm.native('JSON.stringify')(vm, [v], undef, {}) as Value;
  return sendText(vm, res, encodeUtf8(typeof data === 'string' ? data : ''), 'application/json; charset=utf-8');
}

export function sendFile(vm: Vm, res: Value, path: string): boolean {
  const stat = vm.sys.fs.stat(path);
  const got = isErrno(stat) || stat.type !== 'file' ? undefined : vm.sys.fs.readFile(path);
  if (isErrno(stat) || got === undefined || isErrno(got)) return false;
  const type = contentTypes[/\.([^./]*)$/.exec(path)?.[1]?.toLowerCase() ?? ''] ?? 'application/octet-stream';
  const charset = /^text\/|json|javascript/.test(type) ? '; charset=utf-8' : '';
  setHeader(vm, res, 'Accept-Ranges', 'bytes');
  setHeader(vm, res, 'Cache-Control', 'public, max-age=0');
  setHeader(vm, res, 'Last-Modified', httpDate(stat.mtime));
  setHeader(vm, res, 'ETag', `W/"${stat.size.toString(16)}-${Math.floor(stat.mtime / 1000).toString(16)}"`);
  if (getHeader(vm, res, 'content-type') === undefined) setHeader(vm, res, 'Content-Type', type + charset);
  setHeader(vm, res, 'Content-Length', String(got.bytes.length));
  finish(vm, res, got.bytes);
  return true;
}
