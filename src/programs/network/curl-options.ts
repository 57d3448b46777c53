import { decodeUtf8, encodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { StartIo } from '../makers/io.ts';
import { base64 } from './base64.ts';
import { getopt, type Parsed } from './getopt.ts';
import type { Header } from './http.ts';
import { authority, type Url } from './url.ts';

/** The release that the wordings here were checked against. */
export const curlVersion = '7.88.1';

/** What `curl --help` prints. */
export const curlHelp = `Usage: curl [options...] <url>
 -d, --data <data>          HTTP POST data
 -f, --fail                 Fail fast with no output on HTTP errors
 -h, --help <category>      Get help for commands
 -i, --include              Include protocol response headers in the output
 -o, --output <file>        Write to file instead of stdout
 -O, --remote-name          Write output to a file named as the remote file
 -s, --silent               Silent mode
 -T, --upload-file <file>   Transfer local FILE to destination
 -u, --user <user:password> Server user and password
 -A, --user-agent <name>    Send User-Agent <name> to server
 -v, --verbose              Make the operation more talkative
 -V, --version              Show version number and quit

This is not the full help, this menu is stripped into categories.
Use "--help category" to get an overview of all categories.
For all options use the manual or "--help all".
`;

export type CurlOptions = {
  readonly silent: boolean;
  readonly showError: boolean;
  readonly fail: boolean;
  readonly include: boolean;
  readonly head: boolean;
  readonly follow: boolean;
  readonly maxRedirects: number;
  readonly verbose: boolean;
  readonly noProgress: boolean;
  readonly method: string | null;
  readonly data: string | null;
  readonly inQuery: boolean;
  readonly headers: readonly string[];
  readonly agent: string;
  readonly user: string | null;
  readonly writeOut: string | null;
  /** Seconds. */
  readonly maxTime: number | null;
  readonly connectTime: number | null;
  readonly retries: number;
  readonly retryDelay: number | null;
  readonly retryRefused: boolean;
  readonly failEarly: boolean;
};

/** A URL and where its body goes: a file, or standard output. */
export type Job = { readonly url: string; readonly output: string | null; readonly remoteName: boolean };

const long: { readonly [name: string]: string } = {
  silent: 's',
  'show-error': 'S',
  fail: 'f',
  include: 'i',
  head: 'I',
  location: 'L',
  verbose: 'v',
  insecure: 'k',
  get: 'G',
  'remote-name': 'O',
  'no-buffer': 'N',
  ipv4: '4',
  globoff: 'g',
  version: 'V',
  'http1.1': '!1',
  'http1.0': '!0',
  'no-progress-meter': '!p',
  'fail-early': '!e',
  'retry-connrefused': '!c',
  disable: 'q',
  help: 'h',
  'output=': 'o',
  'request=': 'X',
  'data=': 'd',
  'data-ascii=': 'd',
  'data-raw=': '!r',
  'data-binary=': '!b',
  'data-urlencode=': '!u',
  'json=': '!j',
  'header=': 'H',
  'user-agent=': 'A',
  'user=': 'u',
  'referer=': 'e',
  'cookie=': 'b',
  'write-out=': 'w',
  'max-time=': 'm',
  'connect-timeout=': '!t',
  'max-redirs=': '!m',
  'retry=': '!n',
  'retry-delay=': '!d',
  'url=': '!l',
};
const short = 'sSfiILvkGON4gVqho:X:d:H:A:u:e:b:w:m:';

export interface CurlLine {
  readonly o: CurlOptions;
  readonly jobs: readonly Job[];
}

/** Reads curl's command line; a mistake is told in curl's words and gives the status. */
export function curlLine(io: StartIo): CurlLine | number {
  const parsed = getopt(io.args, { short, long });
  const hint = "curl: try 'curl --help' or 'curl --manual' for more information\n";
  if ('bad' in parsed) {
    const given = parsed.bad.startsWith('--')
      ? parsed.bad
      : (io.args.find((arg) => /^-[^-]/.test(arg) && arg.includes(parsed.bad)) ?? `-${parsed.bad}`);
    io.err(
      encodeUtf8(`curl: option ${given}: ${parsed.why === 'unknown' ? 'is unknown' : 'requires parameter'}\n${hint}`),
    );
    return 2;
  }
  const o = options(io, parsed);
  if (typeof o === 'string') {
    io.err(encodeUtf8(`curl: option ${o}: expected a proper numerical parameter\n${hint}`));
    return 2;
  }
  if (typeof o === 'number') return o;
  const jobs = jobsOf(parsed);
  if (jobs.length === 0) {
    io.err(encodeUtf8(parsed.options.length === 0 ? hint : `curl: no URL specified!\n${hint}`));
    return 2;
  }
  return { o, jobs };
}

function jobsOf(parsed: Parsed): readonly Job[] {
  const urls = [...parsed.options.filter(([name]) => name === '!l').map(([, value]) => value), ...parsed.rest];
  const outputs = parsed.options.filter(([name]) => name === 'o' || name === 'O');
  return urls.map((url, at) => {
    const [kind, value] = outputs[at] ?? ['', ''];
    return { url, output: kind === 'o' && value !== '-' ? value : null, remoteName: kind === 'O' };
  });
}

function options(io: StartIo, parsed: Parsed): CurlOptions | string | number {
  const has = (name: string) => parsed.options.some(([given]) => given === name);
  const last = (name: string) => parsed.options.findLast(([given]) => given === name)?.[1] ?? null;
  const numbers: { [name: string]: number | null } = {};
  for (const [name, spelled] of [
    ['m', '-m'],
    ['!t', '--connect-timeout'],
    ['!m', '--max-redirs'],
    ['!n', '--retry'],
    ['!d', '--retry-delay'],
  ] as const) {
    const text = last(name);
    if (text !== null && !/^\d+(\.\d+)?$/.test(text)) return spelled;
    numbers[name] = text === null ? null : Number(text);
  }
  const headers = parsed.options.filter(([name]) => name === 'H').map(([, value]) => value);
  const cookie = last('b');
  const referer = last('e');
  if (referer !== null) headers.push(`Referer: ${referer}`);
  if (cookie !== null) headers.push(`Cookie: ${cookie}`);
  const data = body(io, parsed);
  if (typeof data === 'number') return data;
  if (has('!j')) headers.push('Content-Type: application/json', 'Accept: application/json');
  return {
    silent: has('s'),
    showError: has('S'),
    fail: has('f'),
    include: has('i'),
    head: has('I'),
    follow: has('L'),
    maxRedirects: numbers['!m'] ?? 50,
    verbose: has('v'),
    noProgress: has('!p'),
    method: last('X'),
    data,
    inQuery: has('G'),
    headers,
    agent: last('A') ?? `curl/${curlVersion}`,
    user: last('u'),
    writeOut: last('w'),
    maxTime: numbers.m ?? null,
    connectTime: numbers['!t'] ?? null,
    retries: numbers['!n'] ?? 0,
    retryDelay: numbers['!d'] ?? null,
    retryRefused: has('!c'),
    failEarly: has('!e'),
  };
}

/** What -d and its kin send, joined by `&`; `@FILE` is the file's content (without line ends, but for --data-binary). */
function body(io: StartIo, parsed: Parsed): string | null | number {
  const parts: string[] = [];
  for (const [name, value] of parsed.options) {
    if (!['d', '!r', '!b', '!u', '!j'].includes(name)) continue;
    if (name === '!u') parts.push(urlEncode(value));
    else if (name === '!r' || !value.startsWith('@')) parts.push(value);
    else {
      const read = io.sys.fs.readFile(value.slice(1));
      if (isErrno(read)) {
        const text = `Warning: Couldn't read data from file "${value.slice(1)}", this makes an empty POST.\n`;
        if (!parsed.options.some(([given]) => given === 's')) io.err(encodeUtf8(text));
        parts.push('');
      } else parts.push(name === 'd' ? decodeUtf8(read.bytes).replace(/[\r\n]/g, '') : decodeUtf8(read.bytes));
    }
  }
  return parts.length === 0 ? null : parts.join('&');
}

function urlEncode(text: string): string {
  const [, name, value] = /^(?:([^=]*)=)?([\s\S]*)$/.exec(text) ?? [];
  const encoded = encodeUtf8(value ?? '').replace(
    /[^A-Za-z0-9._~-]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
  return name === undefined || name === '' ? encoded : `${name}=${encoded}`;
}

/** A request as curl makes it: its method, its head's lines in order, its body. */
export function curlRequest(
  o: CurlOptions,
  url: Url,
  dropBody: boolean,
): { method: string; first: string; headers: readonly Header[]; body: string } {
  const posts = o.data !== null && !o.inQuery && !dropBody;
  const method = o.method ?? (o.head ? 'HEAD' : posts ? 'POST' : 'GET');
  const query = o.inQuery && o.data !== null ? `${url.path.includes('?') ? '&' : '?'}${o.data}` : '';
  const own = o.headers
    .filter((line) => /[:;]/.test(line))
    .map((line): Header => {
      const at = line.search(/[:;]/);
      return [line.slice(0, at), line.slice(at + 1).trim()];
    });
  const custom = (name: string) => own.find(([given]) => given.toLowerCase() === name);
  const user = o.user ?? url.user;
  const body = posts ? encodeUtf8(o.data ?? '') : '';
  const headers: Header[] = [];
  // a header given by -H replaces curl's own; given without a value, it removes it
  const add = (name: string, value: string) => {
    const given = custom(name.toLowerCase());
    if (given && name !== 'Host') return;
    if (!given) headers.push([name, value]);
    else if (given[1] !== '') headers.push(['Host', given[1]]);
  };
  add('Host', authority(url));
  if (user !== undefined && user !== null) add('Authorization', `Basic ${base64(encodeUtf8(user))}`);
  if (o.agent !== '') add('User-Agent', o.agent);
  add('Accept', '*/*');
  for (const [name, value] of own) if (value !== '' && name.toLowerCase() !== 'host') headers.push([name, value]);
  if (posts) {
    add('Content-Length', String(body.length));
    add('Content-Type', 'application/x-www-form-urlencoded');
  }
  return { method, first: `${method} ${encodeUtf8(url.path + query)} HTTP/1.1`, headers, body };
}
