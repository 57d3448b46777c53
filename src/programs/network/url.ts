/** A URL as the tools here take it apart. Text: not encoded, not decoded. */
export type Url = {
  readonly scheme: string;
  readonly user?: string;
  readonly host: string;
  readonly port: number;
  /** Was the port written? Then it is in the Host header, too. */
  readonly explicitPort: boolean;
  /** Path and query, beginning with `/`; without the fragment. */
  readonly path: string;
};

const defaultPorts: { readonly [scheme: string]: number } = { http: 80, https: 443, ftp: 21 };

/** Takes a URL apart; without a scheme it is `http`. Undefined when it is malformed (blanks, no host, bad port). */
export function parseUrl(text: string): Url | undefined {
  const parts =
    /^(?:([A-Za-z][A-Za-z0-9+.-]*):\/\/)?(?:([^@/?#]*)@)?(\[[^\]]*\]|[^:/?#]*)(?::([^/?#]*))?([/?][^#]*)?(?:#.*)?$/.exec(
      text,
    );
  if (!parts || /[\s\x00-\x1f]/.test(text)) return undefined;
  const [, scheme = 'http', user, host = '', port, rest = '/'] = parts;
  if (host === '' || (port !== undefined && port !== '' && !(/^\d+$/.test(port) && Number(port) <= 65535)))
    return undefined;
  const known = scheme.toLowerCase();
  const explicitPort = port !== undefined && port !== '' && Number(port) !== defaultPorts[known];
  return {
    scheme: known,
    ...(user === undefined ? {} : { user }),
    host,
    port: port === undefined || port === '' ? (defaultPorts[known] ?? 0) : Number(port),
    explicitPort,
    path: rest.startsWith('/') ? rest : `/${rest}`,
  };
}

/** Host and, where it is not the scheme's own, port. */
export function authority({ host, port, explicitPort }: Url): string {
  return explicitPort ? `${host}:${port}` : host;
}

/** The URL again, as text. */
export function formatUrl(url: Url): string {
  return `${url.scheme}://${authority(url)}${url.path}`;
}

/** Where a Location header leads to, seen from `base` (RFC 3986, 5.2, without dot segments within absolute paths). */
export function resolveLocation(base: Url, location: string): string {
  if (/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(location)) return location;
  const site = `${base.scheme}://${authority(base)}`;
  if (location.startsWith('//')) return `${base.scheme}:${location}`;
  if (location.startsWith('/')) return site + location;
  const folder = base.path.replace(/\?.*/, '').replace(/[^/]*$/, '');
  return location.startsWith('?') ? site + base.path.replace(/\?.*/, '') + location : site + folder + location;
}
