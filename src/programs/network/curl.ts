import { encodeUtf8 } from '../../kernel/bytes.ts';
import { type Errno, isErrno, strerror } from '../../kernel/errno.ts';
import { second } from '../../kernel/json.ts';
import type { Next, Wait } from '../../kernel/program.ts';
import { buffered } from '../makers/buffered.ts';
import { type Applet, complain, type Io, type StartIo } from '../makers/io.ts';
import { meterStart } from './curl-meter.ts';
import { type CurlOptions, curlHelp, curlLine, curlRequest, curlVersion, type Job } from './curl-options.ts';
import { lastMeter, note, noteData, noteHead, store, tell, writeOut } from './curl-output.ts';
import { fresh, type State } from './curl-state.ts';
import { connectDelay } from './delay.ts';
import { exchange, type Progress, proceed } from './exchange.ts';
import { formatHead, type Head, header } from './http.ts';
import { outsidePage } from './outside-page.ts';
import { formatUrl, parseUrl, resolveLocation } from './url.ts';

/** curl, for HTTP. Wordings and exit statuses are those of curl 7.88.1; of other protocols it says that it has none. */
export const curl: Applet = (style) =>
  buffered<State>(style, {
    start: (io) => start(io),
    step: (state, _wake, io) => go(io, state),
  });

const badUrl = 'URL using bad/illegal format or missing URL';

function start(io: StartIo): Next<State> {
  if (io.args.includes('-V') || io.args.includes('--version')) {
    io.out(`curl ${curlVersion} (x86_64-pc-linux-gnu) libcurl/${curlVersion}\nProtocols: http\n`);
    return { exit: 0 };
  }
  if (io.args.includes('-h') || io.args.includes('--help')) {
    io.out(curlHelp);
    return { exit: 0 };
  }
  const line = curlLine(io);
  return typeof line === 'number' ? { exit: line } : nextJob(io, line.o, line.jobs, 0);
}

function nextJob(io: Io, o: CurlOptions, jobs: readonly Job[], last: number): Next<State> {
  const [job, ...more] = jobs;
  if (job === undefined) return { exit: last };
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(job.url)?.[1]?.toLowerCase() ?? 'http';
  const url = parseUrl(job.url);
  const state = fresh(o, job, more, url, io.sys.now);
  if (scheme !== 'http' && scheme !== 'https') {
    return over(io, state, 1, `Protocol "${scheme}" not supported or disabled in libcurl`);
  }
  if (!url) return over(io, state, 3, badUrl);
  if (job.remoteName && /^[^?]*\/(?:\?.*)?$/.test(url.path)) {
    complain(io, 'Remote file name has no length!');
    return over(io, state, 23, 'Failed writing received data to disk/application');
  }
  const meter = !o.silent && !o.noProgress && (job.output !== null || job.remoteName || !io.sys.isatty(1));
  if (meter) io.err(meterStart());
  return connect(io, { ...state, meter });
}

function connect(io: Io, from: State): Next<State> {
  const { url } = from;
  const page = outsidePage(io.sys, url);
  if (page !== undefined) return send(io, from, page);
  const [ip] = io.sys.net.resolve(url.host);
  if (ip === undefined) return broken(io, from, 6, `Could not resolve host: ${url.host}`);
  const state: State = { ...from, ip };
  note(io, state, `  Trying ${ip}:${url.port}...`);
  const fd = io.sys.net.connect(ip, url.port);
  if (isErrno(fd)) return go(io, { ...state, failing: refusal(io, state, fd) });
  note(io, state, `Connected to ${url.host} (${ip}) port ${url.port} (#${state.connection})`);
  // no server of the sandbox speaks TLS: what comes back is no handshake
  if (url.scheme === 'https') {
    io.sys.close(fd);
    return broken(io, state, 35, 'OpenSSL/3.0.19: error:0A00010B:SSL routines::wrong version number');
  }
  return send(io, state, fd);
}

function refusal(io: Io, { o, url, ip }: State, error: Errno): NonNullable<State['failing']> {
  const delay = connectDelay(error);
  const never = Number.POSITIVE_INFINITY;
  const limit = Math.min(o.connectTime ?? never, o.maxTime ?? never) * second;
  const spent = Math.min(delay, limit);
  const ms = Math.floor(spent / 1000);
  const early = limit < delay;
  const byMaxTime = early && (o.maxTime ?? never) < (o.connectTime ?? never);
  const because = early ? 'Timeout was reached' : "Couldn't connect to server";
  return {
    at: io.sys.now + spent,
    code: early || error.errno === 'ETIMEDOUT' ? 28 : 7,
    text: byMaxTime
      ? `Connection timed out after ${ms} milliseconds`
      : `Failed to connect to ${url.host} port ${url.port} after ${ms} ms: ${because}`,
    why: early ? '' : `connect to ${ip} port ${url.port} failed: ${strerror(error)}`,
  };
}

function send(io: Io, state: State, fd: number): Next<State> {
  const { o, url } = state;
  const request = curlRequest(o, url, state.dropBody);
  const head = formatHead({ first: request.first, headers: request.headers });
  const user = o.user ?? url.user;
  if (user !== undefined) note(io, state, `Server auth using Basic with user '${user.replace(/:.*/, '')}'`);
  noteHead(io, state, '>', head);
  if (o.verbose && request.body !== '') io.err(`} [${request.body.length} bytes data]\n`);
  const x = exchange(fd, request.method, head + request.body);
  return go(io, { ...state, x, method: request.method, uploaded: request.body.length, told: false });
}

function go(io: Io, from: State): Next<State> {
  let state = from;
  const { now } = io.sys;
  if (state.retryAt !== null) {
    if (now < state.retryAt) return { state, wait: { until: state.retryAt } };
    return connect(io, { ...state, retryAt: null });
  }
  if (state.failing) {
    if (now < state.failing.at) return { state, wait: { until: state.failing.at } };
    const { code, text, why } = state.failing;
    if (why !== '') note(io, state, why);
    return broken(io, { ...state, failing: null }, code, text);
  }
  while (state.x) {
    const progress = proceed(io.sys, state.x);
    const after = react(io, { ...state, x: progress.x }, progress);
    if (!('o' in after)) return after;
    state = after;
    if (!io.sys.spend(20)) return { state, yield: true };
  }
  return { exit: 0 };
}

function react(io: Io, state: State, progress: Progress): State | Next<State> {
  switch (progress.now) {
    case 'wait':
      return waiting(io, state, progress.wait);
    case 'head':
      return answered(io, state, progress.head, progress.status, progress.version);
    case 'body':
      return body(io, state, progress.bytes);
    case 'done':
      return finished(io, state);
    case 'empty':
      return broken(io, state, 52, 'Empty reply from server');
    case 'not-http':
      return broken(io, state, 1, 'Received HTTP/0.9 when not allowed');
    case 'short': {
      const missing =
        progress.missing > 0 ? `${progress.missing} bytes remaining to read` : 'outstanding read data remaining';
      return broken(io, state, 18, `transfer closed with ${missing}`);
    }
    case 'error':
      return broken(io, state, 56, `Recv failure: ${strerror(progress.error)}`);
  }
}

function waiting(io: Io, state: State, wait: Wait): Next<State> {
  if (state.o.maxTime === null) return { state, wait };
  const until = state.began + state.o.maxTime * second;
  if (io.sys.now < until) return { state, wait: { ...wait, until } };
  const ms = Math.floor((io.sys.now - state.began) / 1000);
  const of = state.total > 0 ? ` out of ${state.total}` : '';
  return broken(
    io,
    state,
    28,
    `Operation timed out after ${ms} milliseconds with ${state.x?.got ?? 0}${of} bytes received`,
  );
}

function answered(io: Io, from: State, head: Head, status: number, version: string): State | Next<State> {
  const { o } = from;
  const text = formatHead(head);
  if (version === '1.0') note(io, from, 'HTTP 1.0, assume close after body');
  noteHead(io, from, '<', text);
  const location = header(head, 'location');
  const redirects = location !== undefined && status >= 300 && status < 400;
  const state: State = {
    ...from,
    status,
    version,
    type: header(head, 'content-type') ?? '',
    total: Number(header(head, 'content-length') ?? '0') || 0,
    headerBytes: from.headerBytes + text.length,
    keepAlive:
      version !== '1.0' && header(head, 'connection')?.toLowerCase() !== 'close' && from.x?.framing?.by !== 'close',
    location: redirects ? resolveLocation(from.url, location) : null,
  };
  if (o.fail && status >= 400) return broken(io, state, 22, `The requested URL returned error: ${status}`);
  return o.include || o.head ? stored(io, state, text) : state;
}

function body(io: Io, from: State, bytes: string): State | Next<State> {
  const state = noteData(io, from, bytes.length);
  // the page of a redirection that is followed is not shown
  return state.location !== null && state.o.follow ? state : stored(io, state, bytes);
}

function stored(io: Io, state: State, bytes: string): State | Next<State> {
  const after = store(io, state, bytes);
  return 'code' in after ? broken(io, state, after.code, after.text) : after;
}

function finished(io: Io, from: State): Next<State> {
  const empty = from.x?.got === 0 && from.x.framing?.by === 'close';
  const state = empty ? noteData(io, from, 0) : from;
  const { o, location } = state;
  if (o.follow && location !== null) return follow(io, state, location);
  const named = state.job.output !== null || state.job.remoteName;
  const after = state.out === null && named ? store(io, state, '') : state;
  if ('code' in after) return broken(io, state, after.code, after.text);
  lastMeter(io, after, 0);
  ended(io, after);
  return over(io, { ...after, meter: false }, 0, '');
}

function ended(io: Io, state: State): void {
  const left = `Connection #${state.connection} to host ${state.url.host} left intact`;
  note(io, state, state.keepAlive ? left : `Closing connection ${state.connection}`);
}

function follow(io: Io, from: State, location: string): Next<State> {
  const { o, x } = from;
  note(io, from, `Closing connection ${from.connection}`);
  if (x) io.sys.close(x.fd);
  const state: State = { ...from, x: null };
  if (state.redirects >= o.maxRedirects) return over(io, state, 47, `Maximum (${o.maxRedirects}) redirects followed`);
  const url = parseUrl(location);
  if (!url) return over(io, state, 3, badUrl);
  note(io, state, `Issue another request to this URL: '${formatUrl(url)}'`);
  if (url.host === state.url.host) note(io, state, `Hostname ${url.host} was found in DNS cache`);
  const dropBody = state.dropBody || state.status <= 303;
  const { redirects, connection } = state;
  return connect(io, { ...state, url, location: null, redirects: redirects + 1, connection: connection + 1, dropBody });
}

/** The transfer failed on its connection, which ends with it. */
function broken(io: Io, state: State, code: number, text: string): Next<State> {
  note(io, state, text);
  lastMeter(io, state, code);
  note(io, state, `Closing connection ${state.connection}`);
  return over(io, { ...state, meter: false }, code, text);
}

/** A transfer has ended: try again, or tell, and go on with the next. */
function over(io: Io, state: State, code: number, text: string): Next<State> {
  const { o, x } = state;
  if (x) io.sys.close(x.fd);
  if (state.out !== null && state.out !== 1) io.sys.close(state.out);
  const passing = [408, 429, 500, 502, 503, 504].includes(state.status);
  const again = code === 28 || ((code === 0 || code === 22) && passing) || (code === 7 && o.retryRefused);
  if (again && state.retriesLeft > 0) return retry(io, state, code, text);
  tell(io, state, { code, text });
  writeOut(io, state, { code, text });
  return o.failEarly && code !== 0 ? { exit: code } : nextJob(io, o, state.more, code);
}

function retry(io: Io, state: State, code: number, text: string): Next<State> {
  const { o, retriesLeft } = state;
  const delay = o.retryDelay ?? Math.min(2 ** (o.retries - retriesLeft), 600);
  const why = code === 28 ? 'timeout' : code === 7 ? 'connection refused' : 'HTTP error';
  tell(io, state, { code, text });
  if (!o.silent || o.showError) {
    const left = `${retriesLeft} ${retriesLeft === 1 ? 'retry' : 'retries'}`;
    io.err(encodeUtf8(`Warning: Problem: ${why}. Will retry in ${delay} seconds. ${left} left.\n`));
  }
  const at = io.sys.now + delay * second;
  const again: State = {
    ...fresh(o, state.job, state.more, parseUrl(state.job.url), at),
    retryAt: at,
    retriesLeft: retriesLeft - 1,
  };
  return { state: again, wait: { until: at } };
}
