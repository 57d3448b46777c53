import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/program.ts';
import { type Header, header, httpDate, percentDecode } from '../../network/http.ts';
import type { HttpReply, HttpRequest } from '../../network/server.ts';
import type { ApacheConfig } from './config.ts';

const texts: { readonly [code: number]: readonly [reason: string, text: string] } = {
  400: ['Bad Request', '<p>Your browser sent a request that this server could not understand.<br />\n</p>'],
  403: ['Forbidden', "<p>You don't have permission to access this resource.</p>"],
  404: ['Not Found', '<p>The requested URL was not found on this server.</p>'],
  405: ['Method Not Allowed', '<p>The requested method is not allowed for this URL.</p>'],
};

/** What Apache answers: a file below the document root, a redirect to a folder, or an error page. */
export function answer(sys: Sys, config: ApacheConfig, version: string, request: HttpRequest): HttpReply {
  const [raw = ''] = request.target.split('?');
  const path = raw.startsWith('/') ? percentDecode(raw) : undefined;
  const reply = (status: string, headers: readonly Header[], body: string): HttpReply => {
    const close = request.version !== '1.1' || /close/i.test(header(request.head, 'connection') ?? '');
    const all: Header[] = [
      ['Date', httpDate(sys.now)],
      ['Server', `Apache/${version} (Unix)`],
      ...headers.filter(([name]) => name !== 'Content-Type'),
      ['Content-Length', String(body.length)],
      ...(close ? [['Connection', 'close'] as const] : []),
      ...headers.filter(([name]) => name === 'Content-Type'),
    ];
    return { head: { first: `HTTP/1.1 ${status}`, headers: all }, body: request.method === 'HEAD' ? '' : body, close };
  };
  const error = (code: 400 | 403 | 404 | 405): HttpReply => {
    const [reason = '', text = ''] = texts[code] ?? [];
    return reply(
      `${code} ${reason}`,
      [['Content-Type', 'text/html; charset=iso-8859-1']],
      page(`${code} ${reason}`, reason, text),
    );
  };
  if (path === undefined || request.method === '' || /(?:^|\/)\.\.(?:\/|$)/.test(path)) return error(400);
  let file = `${config.root}${path}`;
  let stat = sys.fs.stat(file);
  if (!isErrno(stat) && stat.type === 'dir') {
    if (!path.endsWith('/')) {
      const to = `http://${header(request.head, 'host') ?? 'localhost'}${path}/`;
      const text = `<p>The document has moved <a href="${to}">here</a>.</p>`;
      const headers: Header[] = [
        ['Location', to],
        ['Content-Type', 'text/html; charset=iso-8859-1'],
      ];
      return reply('301 Moved Permanently', headers, page('301 Moved Permanently', 'Moved Permanently', text));
    }
    const folder = file;
    const found = config.index.map((name) => `${folder}${name}`).find((each) => !isErrno(sys.fs.stat(each)));
    // a list of the folder's files is made only where Options Indexes says so; that is not simulated
    if (found === undefined) return error(403);
    file = found;
    stat = sys.fs.stat(file);
  }
  if (!/^(?:GET|HEAD|POST)$/.test(request.method)) return error(405);
  const read = isErrno(stat) ? stat : sys.fs.readFile(file);
  if (isErrno(stat) || isErrno(read)) return error(isErrno(read) && read.errno === 'EACCES' ? 403 : 404);
  const tag = `"${read.bytes.length.toString(16)}-${stat.mtime.toString(16)}"`;
  const type = config.types[/\.([^./]+)$/.exec(file)?.[1] ?? ''];
  const common: Header[] = [
    ['Last-Modified', httpDate(stat.mtime)],
    ['ETag', tag],
  ];
  if (header(request.head, 'if-none-match') === tag) return reply('304 Not Modified', common, '');
  const headers: Header[] = [
    ...common,
    ['Accept-Ranges', 'bytes'],
    ...(type === undefined ? [] : [['Content-Type', type] as const]),
  ];
  return reply('200 OK', headers, read.bytes);
}

function page(title: string, heading: string, text: string): string {
  return `<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>${title}</title>\n</head><body>\n<h1>${heading}</h1>\n${text}\n</body></html>\n`;
}
