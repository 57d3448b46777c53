/** Reasons in status lines, and titles of pages where they differ. */
const reasons: { readonly [code: number]: string | undefined } = {
  200: 'OK',
  201: 'Created',
  204: 'No Content',
  206: 'Partial Content',
  301: 'Moved Permanently',
  302: 'Moved Temporarily',
  303: 'See Other',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Not Allowed',
  408: 'Request Time-out',
  410: 'Gone',
  413: 'Request Entity Too Large',
  416: 'Requested Range Not Satisfiable',
  418: '',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
};

/** `404 Not Found`. */
export function statusLine(code: number): string {
  const reason = reasons[code];
  return reason ? `${code} ${reason}` : String(code);
}

/** The page that nginx answers with by itself. */
export function builtInPage(code: number, server: string): string {
  const title = code === 302 ? '302 Found' : statusLine(code);
  return [
    '<html>',
    `<head><title>${title}</title></head>`,
    '<body>',
    `<center><h1>${title}</h1></center>`,
    `<hr><center>${server}</center>`,
    '</body>',
    '</html>',
    '',
  ].join('\r\n');
}

/** Codes below 300, 304 and unknown ones have no page. */
export function hasPage(code: number): boolean {
  return code >= 300 && code !== 304 && reasons[code] !== undefined && code !== 418;
}
