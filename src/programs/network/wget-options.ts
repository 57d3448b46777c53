import { decodeUtf8, encodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno, strerror } from '../../kernel/errno.ts';
import { complain, type StartIo } from '../makers/io.ts';
import { base64 } from './base64.ts';
import { appletOptions, appletUsage, lastValue, timesGiven } from './command-line.ts';
import type { Head, Header } from './http.ts';
import { authority, type Url } from './url.ts';
import { usages } from './usage.ts';

export type WgetOptions = {
  readonly urls: readonly string[];
  readonly quiet: boolean;
  readonly showResponse: boolean;
  readonly spider: boolean;
  readonly resume: boolean;
  readonly output: string | null;
  readonly folder: string | null;
  readonly agent: string;
  readonly headers: readonly string[];
  readonly post: string | null;
  /** Seconds. */
  readonly timeout: number | null;
};

const table = {
  short: 'qSO:o:P:U:T:',
  long: {
    quiet: 'q',
    'server-response': 'S',
    'output-document=': 'O',
    'output-file=': 'o',
    'directory-prefix=': 'P',
    'user-agent=': 'U',
    'timeout=': 'T',
    'header=': 'header',
    'post-data=': 'post-data',
    'post-file=': 'post-file',
    spider: 'spider',
    'no-check-certificate': 'no-check-certificate',
  },
};

/** Reads wget's command line; a mistake is told and gives the status. */
export function wgetOptions(io: StartIo): WgetOptions | number {
  const parsed = appletOptions(io, table, usages.wget);
  if (typeof parsed === 'number') return parsed;
  if (parsed.rest.length === 0) return appletUsage(io, usages.wget);
  if (timesGiven(parsed, 'o') > 0) return complain(io, 'option -o is not simulated');
  const timeout = lastValue(parsed, 'T');
  if (timeout !== undefined && !/^\d+$/.test(timeout)) return complain(io, `invalid number '${timeout}'`);
  let post = lastValue(parsed, 'post-data');
  const file = lastValue(parsed, 'post-file');
  if (file !== undefined) {
    const read = io.sys.fs.readFile(file);
    if (isErrno(read)) return complain(io, `can't open '${file}': ${strerror(read)}`);
    post = decodeUtf8(read.bytes);
  }
  return {
    urls: parsed.rest,
    quiet: timesGiven(parsed, 'q') > 0,
    showResponse: timesGiven(parsed, 'S') > 0,
    spider: timesGiven(parsed, 'spider') > 0,
    resume: timesGiven(parsed, 'c') > 0,
    output: lastValue(parsed, 'O') ?? null,
    folder: lastValue(parsed, 'P') ?? null,
    agent: lastValue(parsed, 'U') ?? 'Wget',
    headers: parsed.options.filter(([name]) => name === 'header').map(([, value]) => value),
    post: post ?? null,
    timeout: timeout === undefined ? null : Number(timeout),
  };
}

/** The request for a URL. */
export function wgetRequest(o: WgetOptions, url: Url): { method: string; head: Head; body: string } {
  const method = o.post === null ? 'GET' : 'POST';
  const headers: Header[] = [
    ['Host', authority(url)],
    ['User-Agent', o.agent],
    ['Connection', 'close'],
  ];
  if (url.user !== undefined) headers.push(['Authorization', `Basic ${base64(encodeUtf8(url.user))}`]);
  for (const line of o.headers) {
    const [name = '', ...value] = line.split(':');
    headers.push([name, value.join(':').trim()]);
  }
  const body = o.post === null ? '' : encodeUtf8(o.post);
  if (o.post !== null) {
    if (!o.headers.some((line) => /^content-type:/i.test(line)))
      headers.push(['Content-Type', 'application/x-www-form-urlencoded']);
    headers.push(['Content-Length', String(body.length)]);
  }
  return { method, head: { first: `${method} ${encodeUtf8(url.path)} HTTP/1.1`, headers }, body };
}
