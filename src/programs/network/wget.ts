import type { ByteString } from '../../kernel/bytes.ts';
import { encodeUtf8 } from '../../kernel/bytes.ts';
import { type Errno, isErrno, strerror } from '../../kernel/errno.ts';
import { second, type Us } from '../../kernel/json.ts';
import type { Next, Wait } from '../../kernel/program.ts';
import { buffered } from '../makers/buffered.ts';
import { type Applet, complain, type Io } from '../makers/io.ts';
import { connectDelay } from './delay.ts';
import { networkError } from './errors.ts';
import { type Exchange, exchange, proceed } from './exchange.ts';
import { formatHead, type Head, header } from './http.ts';
import { outsidePage } from './outside-page.ts';
import { authority, parseUrl, resolveLocation, type Url } from './url.ts';
import { type WgetOptions, wgetOptions, wgetRequest } from './wget-options.ts';
import { progressLine, toWidth } from './wget-progress.ts';

type State = {
  readonly o: WgetOptions;
  /** URLs that are still to be fetched after the present one. */
  readonly urls: readonly string[];
  readonly url: Url;
  readonly redirects: number;
  /** A connect that is known to fail at this time. */
  readonly failing: { readonly at: Us; readonly text: string } | null;
  readonly x: Exchange | null;
  /** Where the body goes: a descriptor, 1 for standard output. */
  readonly out: number | null;
  readonly name: string;
  /** The time of the last byte: a read timeout counts from here. */
  readonly heard: Us;
};

const most = 5; // redirections, as in busybox

/** busybox wget: fetches URLs over HTTP into files. `https` and `ftp` have no server in the sandbox to talk to. */
export const wget: Applet = (style) =>
  buffered<State>(style, {
    start(io) {
      const o = wgetOptions(io);
      return typeof o === 'number' ? { exit: o } : nextUrl(io, o, o.urls);
    },
    step: (state, _wake, io) => go(io, state),
  });

function nextUrl(io: Io, o: WgetOptions, urls: readonly string[]): Next<State> {
  const [text, ...rest] = urls;
  if (text === undefined) return { exit: 0 };
  return connect(io, o, rest, text, 0);
}

function say(io: Io, o: WgetOptions, text: string): void {
  if (!o.quiet) io.err(encodeUtf8(`${text}\n`));
}

function die(io: Io, text: string): Next<State> {
  return { exit: complain(io, text) };
}

function connect(io: Io, o: WgetOptions, urls: readonly string[], text: string, redirects: number): Next<State> {
  const scheme = /^([A-Za-z]+):\/\//.exec(text)?.[1];
  if (scheme !== undefined && !['http', 'https', 'ftp'].includes(scheme))
    return die(io, `not an http or ftp url: ${text}`);
  const badPort = /^(?:[a-z]+:\/\/)?[^/?#]*:([^/?#]*)/.exec(text)?.[1];
  const url = parseUrl(text);
  if (!url) return die(io, badPort === undefined ? `bad address '${text}'` : `bad port '${badPort}'`);
  const base = { o, urls, url, redirects, out: null, name: '', heard: io.sys.now };
  const page = outsidePage(io.sys, url);
  if (page !== undefined) return ask(io, base, page);
  const [ip] = io.sys.net.resolve(url.host);
  if (ip === undefined) return die(io, `bad address '${url.host}'`);
  say(io, o, `Connecting to ${authority(url)} (${ip}:${url.port})`);
  const fd = io.sys.net.connect(ip, url.port);
  if (isErrno(fd)) {
    const failed = `can't connect to remote host (${ip}): ${networkError(io.style.flavour, fd)}`;
    const delay = connectDelay(fd);
    if (delay === 0) return die(io, failed);
    const patience = o.timeout === null ? delay : Math.min(delay, o.timeout * second);
    const told = patience < delay ? 'download timed out' : failed;
    const at = io.sys.now + patience;
    return { state: { ...base, x: null, failing: { at, text: told } }, wait: { until: at } };
  }
  if (url.scheme === 'https') return die(io, 'error getting response: Connection reset by peer');
  return ask(io, base, fd);
}

/** Sends the request over a connection. */
function ask(io: Io, base: Omit<State, 'failing' | 'x'>, fd: number): Next<State> {
  const { method, head, body } = wgetRequest(base.o, base.url);
  return go(io, { ...base, failing: null, x: exchange(fd, method, formatHead(head) + body) });
}

function go(io: Io, from: State): Next<State> {
  let state = from;
  if (state.failing)
    return io.sys.now >= state.failing.at ? die(io, state.failing.text) : again(state, { until: state.failing.at });
  while (state.x) {
    const progress = proceed(io.sys, state.x);
    state = { ...state, x: progress.x };
    switch (progress.now) {
      case 'wait':
        return waiting(io, state, progress.wait);
      case 'error':
        return die(io, `error getting response: ${strerror(progress.error)}`);
      case 'empty':
      case 'not-http':
        return die(io, 'error getting response');
      case 'short':
        return die(io, 'connection closed prematurely');
      case 'head': {
        const after = answered(io, state, progress.head, progress.status);
        if (!('o' in after)) return after;
        state = after;
        break;
      }
      case 'body': {
        const failed = store(io, state, progress.bytes);
        if (failed) return die(io, `write error: ${strerror(failed)}`);
        state = { ...state, heard: io.sys.now };
        if (!io.sys.spend(20)) return { state, yield: true };
        break;
      }
      case 'done':
        return finished(io, state, progress.x.got);
    }
  }
  return { exit: 1 };
}

function waiting(io: Io, state: State, wait: Wait): Next<State> {
  if (state.o.timeout === null) return again(state, wait);
  const until = state.heard + state.o.timeout * second;
  return io.sys.now >= until ? die(io, 'download timed out') : again(state, { ...wait, until });
}

function again(state: State, wait: Wait): Next<State> {
  return { state, wait };
}

function answered(io: Io, state: State, head: Head, status: number): State | Next<State> {
  const { o, url } = state;
  if (o.showResponse)
    for (const line of [head.first, ...head.headers.map(([n, v]) => `${n}: ${v}`), '']) io.err(`  ${line}\n`);
  if ([301, 302, 303, 307, 308].includes(status)) {
    const location = header(head, 'location');
    if (location === undefined) return die(io, `server returned error: ${head.first}`);
    if (state.redirects + 1 > most) return die(io, 'too many redirections');
    if (state.x) io.sys.close(state.x.fd);
    return connect(io, o, state.urls, resolveLocation(url, location), state.redirects + 1);
  }
  if (status < 200 || status > 206) return die(io, `server returned error: ${head.first}`);
  if (o.spider) {
    say(io, o, 'remote file exists');
    if (state.x) io.sys.close(state.x.fd);
    return nextUrl(io, o, state.urls);
  }
  return openOutput(io, state);
}

function openOutput(io: Io, state: State): State | Next<State> {
  const { o, url } = state;
  if (o.output === '-') {
    say(io, o, 'writing to stdout');
    return { ...state, out: 1, name: '-' };
  }
  const last =
    url.path
      .replace(/[?#].*/, '')
      .split('/')
      .at(-1) ?? '';
  const name =
    o.output ?? (o.folder === null ? '' : `${o.folder.replace(/\/$/, '')}/`) + (last === '' ? 'index.html' : last);
  const replace = o.output !== null || o.resume;
  const flags = { write: true, create: true, truncate: replace, exclusive: !replace };
  const out = io.sys.fs.open(name, flags, 0o666);
  if (isErrno(out)) return die(io, `can't open '${name}': ${strerror(out)}`);
  say(io, o, `saving to '${name}'`);
  return { ...state, out, name };
}

function store(io: Io, { out }: State, bytes: ByteString): Errno | undefined {
  if (out === 1) {
    io.out(bytes);
    return undefined;
  }
  for (let rest = bytes; out !== null && rest !== ''; ) {
    const taken = io.sys.write(out, rest);
    if (taken === 'again') return { errno: 'EAGAIN' };
    if (isErrno(taken)) return taken;
    rest = rest.slice(taken);
  }
  return undefined;
}

function finished(io: Io, state: State, size: number): Next<State> {
  const { o, out, name, x } = state;
  if (x) io.sys.close(x.fd);
  if (out !== null && out !== 1) io.sys.close(out);
  if (!o.quiet) io.err(encodeUtf8(progressLine(toWidth(io.sys, 2), name.split('/').at(-1) ?? name, size)));
  say(io, o, out === 1 ? 'written to stdout' : `'${name}' saved`);
  return nextUrl(io, o, state.urls);
}
