/** The types that PHP's own server gives to files, by their endings. */
export const types: { readonly [suffix: string]: string | undefined } = {
  html: 'text/html; charset=UTF-8',
  htm: 'text/html; charset=UTF-8',
  css: 'text/css; charset=UTF-8',
  js: 'text/javascript; charset=UTF-8',
  txt: 'text/plain; charset=UTF-8',
  json: 'application/json',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  ico: 'image/vnd.microsoft.icon',
  xml: 'text/xml; charset=UTF-8',
};
