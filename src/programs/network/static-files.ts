import type { ByteString } from '../../kernel/bytes.ts';
import { decodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno } from '../../kernel/errno.ts';
import { second } from '../../kernel/json.ts';
import type { Sys } from '../../kernel/program.ts';
import { type Header, header, httpDate, percentDecode } from './http.ts';
import type { HttpReply, HttpRequest } from './server.ts';

/** busybox httpd's content types by the end of a file's name; a name that is not here gets no type. */
const types: { readonly [suffix: string]: string } = {
  txt: 'text/plain',
  h: 'text/plain',
  c: 'text/plain',
  cc: 'text/plain',
  cpp: 'text/plain',
  htm: 'text/html',
  html: 'text/html',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  png: 'image/png',
  svg: 'image/svg+xml',
  css: 'text/css',
  js: 'application/javascript',
  wav: 'audio/wav',
  avi: 'video/x-msvideo',
  qt: 'video/quicktime',
  mov: 'video/quicktime',
  mpe: 'video/mpeg',
  mpeg: 'video/mpeg',
  mid: 'audio/midi',
  midi: 'audio/midi',
  mp3: 'audio/mpeg',
};

/** What busybox says under each status. */
const errors = {
  400: ['Bad Request', 'Unsupported method'],
  403: ['Forbidden', ''],
  404: ['Not Found', 'The requested URL was not found'],
  501: ['Not Implemented', 'The requested method is not recognized'],
} as const;

/** What busybox httpd answers: the file below the current directory that the request names, or an error page. */
export function staticReply(sys: Sys, request: HttpRequest): HttpReply {
  const [rawPath = '', query] = request.target.split('?', 2);
  const path = cleanPath(rawPath);
  if (request.method === '') return errorReply(sys, 400);
  if (path === undefined) return errorReply(sys, 400);
  if (!['GET', 'HEAD'].includes(request.method.toUpperCase())) return errorReply(sys, 501);
  let file = `.${decodeUtf8(path)}`;
  const stat = sys.fs.stat(file);
  if (!isErrno(stat) && stat.type === 'dir') {
    if (!path.endsWith('/')) return redirect(sys, `${path}/${query === undefined ? '' : `?${query}`}`);
    file += 'index.html';
  }
  return fileReply(sys, request, file);
}

/** The path decoded, without `.` and `..` steps; undefined when it is malformed or leaves the folder. */
function cleanPath(raw: string): ByteString | undefined {
  const decoded = raw.startsWith('/') ? percentDecode(raw) : undefined;
  if (decoded === undefined || decoded.includes('\0')) return undefined;
  const kept: string[] = [];
  const steps = decoded.split('/').slice(1);
  for (const step of steps) {
    if (step === '..') {
      if (kept.length === 0) return undefined;
      kept.pop();
    } else if (step !== '' && step !== '.') kept.push(step);
  }
  const last = steps.at(-1) ?? '';
  const folder = last === '' || last === '.' || last === '..';
  return `/${kept.join('/')}${folder && kept.length > 0 ? '/' : ''}`;
}

function reply(sys: Sys, status: string, headers: readonly Header[], body: ByteString): HttpReply {
  const common: Header[] = [
    ['Date', httpDate(sys.now)],
    ['Connection', 'close'],
  ];
  return { head: { first: `HTTP/1.1 ${status}`, headers: [...common, ...headers] }, body, close: true };
}

function errorReply(sys: Sys, status: keyof typeof errors): HttpReply {
  const [reason, text] = errors[status];
  const title = `${status} ${reason}`;
  const body = `<HTML><HEAD><TITLE>${title}</TITLE></HEAD>\n<BODY><H1>${title}</H1>\n${text}\n</BODY></HTML>\n`;
  return reply(sys, title, [['Content-type', 'text/html']], body);
}

function redirect(sys: Sys, location: string): HttpReply {
  const headers: Header[] = [
    ['Content-type', 'text/html'],
    ['Location', location],
  ];
  return reply(sys, '302 Found', headers, '');
}

function fileReply(sys: Sys, request: HttpRequest, file: string): HttpReply {
  const stat = sys.fs.stat(file);
  const read = isErrno(stat) || stat.type !== 'file' ? undefined : sys.fs.readFile(file);
  if (isErrno(stat) || read === undefined || isErrno(read)) return errorReply(sys, 404);
  const size = read.bytes.length;
  const range = /^bytes=(\d+)-(\d*)$/.exec(header(request.head, 'range') ?? '');
  const from = range ? Number(range[1]) : 0;
  const to = range && range[2] !== '' ? Math.min(Number(range[2]), size - 1) : size - 1;
  const partial = range !== null && from <= to;
  const type = partial ? 'text/html' : types[/\.([^./]*)$/.exec(file)?.[1]?.toLowerCase() ?? ''];
  const body = partial ? read.bytes.slice(from, to + 1) : read.bytes;
  const mtime = Math.floor(stat.mtime / second);
  const headers: Header[] = [
    ...(type === undefined ? [] : [['Content-type', type] as const]),
    ...(partial ? [['Content-Range', `bytes ${from}-${to}/${size}`] as const] : []),
    ['Accept-Ranges', 'bytes'],
    ['Last-Modified', httpDate(stat.mtime)],
    ['ETag', `"${mtime.toString(16)}-${size.toString(16)}"`],
    ['Content-Length', String(body.length)],
  ];
  const empty = request.method.toUpperCase() === 'HEAD';
  return reply(sys, partial ? '206 Partial Content' : '200 OK', headers, empty ? '' : body);
}
