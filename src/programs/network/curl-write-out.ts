/** What -w can tell about a transfer. */
export interface Outcome {
  readonly status: number;
  readonly version: string;
  readonly url: string;
  readonly effectiveUrl: string;
  readonly scheme: string;
  readonly method: string;
  readonly contentType: string;
  readonly downloaded: number;
  readonly uploaded: number;
  readonly headerBytes: number;
  readonly redirects: number;
  readonly redirectUrl: string;
  readonly remoteIp: string;
  readonly remotePort: number;
  readonly exit: number;
  readonly error: string;
  readonly file: string;
  /** Microseconds. */
  readonly total: number;
}

/** Expands a -w format: `%{name}`, `%%`, and the escapes \n \r \t. Unknown names go to `unknown`. */
export function expandWriteOut(format: string, outcome: Outcome, unknown: (name: string) => void): string {
  const seconds = (outcome.total / 1_000_000).toFixed(6);
  const code = String(outcome.status).padStart(3, '0');
  const values: { readonly [name: string]: string } = {
    http_code: code,
    response_code: code,
    http_version: outcome.version || '0',
    url: outcome.url,
    url_effective: outcome.effectiveUrl,
    scheme: outcome.scheme,
    method: outcome.method,
    content_type: outcome.contentType,
    size_download: String(outcome.downloaded),
    size_upload: String(outcome.uploaded),
    size_header: String(outcome.headerBytes),
    num_redirects: String(outcome.redirects),
    redirect_url: outcome.redirectUrl,
    remote_ip: outcome.remoteIp,
    remote_port: String(outcome.remotePort),
    exitcode: String(outcome.exit),
    errormsg: outcome.error,
    filename_effective: outcome.file,
    num_connects: outcome.remoteIp === '' ? '0' : '1',
    time_total: seconds,
    ssl_verify_result: '0',
    onerror: '',
    urlnum: '0',
  };
  return format.replace(/%\{([^}]*)\}|%%|\\(.)/g, (whole, name: string | undefined, escaped: string | undefined) => {
    if (whole === '%%') return '%';
    if (escaped !== undefined) return { n: '\n', r: '\r', t: '\t' }[escaped] ?? whole;
    const value = values[name ?? ''];
    if (value === undefined) unknown(name ?? '');
    return value ?? '';
  });
}
