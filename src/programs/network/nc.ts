import type { ByteString } from '../../kernel/bytes.ts';
import { encodeUtf8 } from '../../kernel/bytes.ts';
import { type Errno, isErrno, strerror } from '../../kernel/errno.ts';
import { type Rec, second, type Us } from '../../kernel/json.ts';
import type { Next, Sys } from '../../kernel/program.ts';
import { execCommand, spawnCommand } from '../busybox/execute.ts';
import { buffered } from '../makers/buffered.ts';
import { type Applet, complain, type Io, type StartIo } from '../makers/io.ts';
import { appletOptions, appletUsage, lastValue, timesGiven } from './command-line.ts';
import { connectDelay } from './delay.ts';
import { networkError } from './errors.ts';
import { usages } from './usage.ts';

type Options = {
  readonly zero: boolean;
  readonly verbose: number;
  readonly numeric: boolean;
  /** Seconds; 0 for ever. */
  readonly patience: number;
  readonly program: readonly string[] | null;
  readonly persistent: boolean;
  readonly env: Rec<string>;
};

type State = { readonly o: Options } & (
  | { readonly phase: 'listening'; readonly listener: number; readonly port: number; readonly until: Us | null }
  | { readonly phase: 'failing'; readonly at: Us; readonly text: string | null }
  | {
      readonly phase: 'talking';
      readonly fd: number;
      /** From standard input, not yet sent. */
      readonly unsent: ByteString;
      readonly inputOpen: boolean;
      readonly netOpen: boolean;
      readonly heard: Us;
    }
);

const readSize = 8192;

/** busybox nc as alpine builds it (compatible with netcat 1.10): connects or listens, and copies both ways. */
export const nc: Applet = (style) =>
  buffered<State>(style, {
    start: (io) => start(io),
    step: (state, _wake, io) => go(io, state),
  });

function start(io: StartIo): Next<State> {
  const { before, program } = splitProgram(io.args);
  const parsed = appletOptions({ ...io, args: before }, { short: 'np:s:uvw:lki:o:zb' }, usages.nc);
  if (typeof parsed === 'number') return { exit: parsed };
  if (parsed.rest.length > 2) return { exit: appletUsage(io, usages.nc) };
  const refused = ['u', 'i', 'o', 'b'].find((option) => timesGiven(parsed, option) > 0);
  if (refused !== undefined) return { exit: complain(io, `option -${refused} is not simulated`) };
  const patience = lastValue(parsed, 'w') ?? '0';
  if (!/^\d+$/.test(patience)) return { exit: complain(io, `invalid number '${patience}'`) };
  const localPort = lastValue(parsed, 'p');
  if (localPort !== undefined && portNumber(localPort) === undefined)
    return { exit: complain(io, `bad local port '${localPort}'`) };
  const listens = timesGiven(parsed, 'l');
  const o: Options = {
    zero: timesGiven(parsed, 'z') > 0,
    verbose: timesGiven(parsed, 'v'),
    numeric: timesGiven(parsed, 'n') > 0,
    patience: Number(patience),
    program,
    persistent: listens > 1 || timesGiven(parsed, 'k') > 0,
    env: io.env,
  };
  io.sys.onSignal('SIGPIPE', 'ignore');
  if (listens > 0 || timesGiven(parsed, 'k') > 0)
    return listen(io, o, lastValue(parsed, 's') ?? '0.0.0.0', Number(localPort ?? 0));
  if (timesGiven(parsed, 's') > 0) return { exit: complain(io, 'option -s is simulated only with -l') };
  const [host, port = ''] = parsed.rest;
  if (host === undefined) return { exit: appletUsage(io, usages.nc) };
  const number = portNumber(port);
  if (number === undefined) return { exit: complain(io, `bad port '${port}'`) };
  return connect(io, o, host, number);
}

/** `-e PROG ARGS` ends nc's own arguments; `-le PROG` means the same. */
function splitProgram(args: readonly string[]): { before: readonly string[]; program: readonly string[] | null } {
  const at = args.findIndex((arg) => /^-[nuvlkz]*e$/.test(arg));
  if (at < 0) return { before: args, program: null };
  const flags = (args[at] ?? '').slice(0, -1);
  return { before: [...args.slice(0, at), ...(flags === '-' ? [] : [flags])], program: args.slice(at + 1) };
}

function portNumber(text: string): number | undefined {
  return /^\d+$/.test(text) && Number(text) > 0 && Number(text) <= 65535 ? Number(text) : undefined;
}

function say(io: Io, text: string): void {
  io.err(encodeUtf8(`${text}\n`));
}

function connect(io: Io, o: Options, host: string, port: number): Next<State> {
  const [ip] = o.numeric && !/^[\d.]+$/.test(host) ? [] : io.sys.net.resolve(host);
  if (ip === undefined) return { exit: complain(io, `bad address '${host}'`) };
  const fd = io.sys.net.connect(ip, port);
  const dotted = `${host} (${ip}:${port})`;
  if (isErrno(fd)) return failed(io, o, dotted, fd);
  if (o.verbose > 0) say(io, `${dotted} open`);
  if (o.program) return become(io, o, o.program, fd);
  return o.zero ? { exit: 0 } : talk(io, o, fd);
}

function failed(io: Io, o: Options, dotted: string, error: Errno): Next<State> {
  const delay = connectDelay(error);
  const patience = o.patience === 0 ? delay : Math.min(delay, o.patience * second);
  const seen: Errno = patience < delay ? { errno: 'ETIMEDOUT' } : error;
  const loud = o.verbose > 1 || (o.verbose > 0 && seen.errno !== 'ECONNREFUSED');
  const text = loud ? `${dotted}: ${networkError(io.style.flavour, seen)}` : null;
  if (patience > 0) {
    const at = io.sys.now + patience;
    return { state: { o, phase: 'failing', at, text }, wait: { until: at } };
  }
  if (text !== null) complain(io, text);
  return { exit: 1 };
}

function listen(io: Io, o: Options, address: string, port: number): Next<State> {
  const listener = io.sys.net.listen(address, port);
  if (isErrno(listener)) return { exit: complain(io, `bind: ${networkError(io.style.flavour, listener)}`) };
  if (o.verbose > 0) say(io, `listening on ${address === '0.0.0.0' ? '[::]' : address}:${port} ...`);
  const until = o.patience === 0 ? null : io.sys.now + o.patience * second;
  return go(io, { o, phase: 'listening', listener, port, until });
}

/** The process becomes the program, its input and output being the connection. */
function become(io: Io, o: Options, program: readonly string[], fd: number): Next<State> {
  io.sys.dup(fd, 0);
  io.sys.dup(fd, 1);
  io.sys.close(fd);
  const replaced = execCommand(io.sys, program, o.env);
  if (!isErrno(replaced)) return replaced;
  return {
    exit: complain(
      io,
      `can't execute '${program[0] ?? ''}': ${strerror(replaced)}`,
      replaced.errno === 'ENOENT' ? 127 : 126,
    ),
  };
}

function talk(io: Io, o: Options, fd: number): Next<State> {
  return go(io, { o, phase: 'talking', fd, unsent: '', inputOpen: true, netOpen: true, heard: io.sys.now });
}

function go(io: Io, state: State): Next<State> {
  const { sys } = io;
  if (state.phase === 'failing') {
    if (sys.now < state.at) return { state, wait: { until: state.at } };
    if (state.text !== null) complain(io, state.text);
    return { exit: 1 };
  }
  if (state.phase === 'talking') return shovel(io, state);
  const { o, listener } = state;
  for (;;) {
    const taken = sys.net.accept(listener);
    if (taken === 'again') {
      if (state.until === null) return { state, wait: { readable: [listener] } };
      if (sys.now >= state.until) return { exit: complain(io, 'timed out') };
      return { state, wait: { readable: [listener], until: state.until } };
    }
    if (isErrno(taken)) return { exit: complain(io, `accept: ${strerror(taken)}`) };
    const from = taken.remote;
    if (o.verbose > 0) say(io, `connect to ${localOf(sys, from)} from ${from.replace(/:\d+$/, '')} (${from})`);
    if (!o.program || !o.persistent) {
      sys.close(listener);
      return o.program ? become(io, o, o.program, taken.fd) : talk(io, o, taken.fd);
    }
    sys.onSignal('SIGCHLD', 'ignore');
    const child = spawnCommand(sys, o.program, o.env, { fds: { 0: taken.fd, 1: taken.fd, 2: 2 } });
    if (isErrno(child)) complain(io, `can't execute '${o.program[0] ?? ''}': ${strerror(child)}`);
    sys.close(taken.fd);
  }
}

function localOf(sys: Sys, remote: string): string {
  return sys.net.sockets().find((socket) => socket.remote === remote)?.local ?? '';
}

function shovel(io: Io, from: Extract<State, { phase: 'talking' }>): Next<State> {
  const { sys } = io;
  let state = from;
  let progress = true;
  let heard = false;
  while (progress && sys.spend(20)) {
    progress = false;
    if (state.netOpen) {
      const got = sys.read(state.fd, readSize);
      if (got === 'eof' || (isErrno(got) && got.errno !== 'EAGAIN')) state = { ...state, netOpen: false, unsent: '' };
      else if (got !== 'again' && !isErrno(got)) {
        io.out(got.bytes);
        state = { ...state, heard: sys.now };
        heard = true;
      }
    }
    if (state.unsent === '' && state.inputOpen) {
      const got = sys.read(0, readSize);
      if (got === 'eof' || isErrno(got)) {
        sys.net.shutdown(state.fd);
        state = { ...state, inputOpen: false };
      } else if (got !== 'again') {
        state = { ...state, unsent: got.bytes };
        progress = true;
      }
    }
    if (state.unsent !== '') {
      const sent = sys.write(state.fd, state.unsent);
      if (isErrno(sent)) state = { ...state, unsent: '' };
      else if (sent !== 'again') {
        state = { ...state, unsent: state.unsent.slice(sent) };
        progress = true;
      }
    }
    // what came must go out before more is read
    if (heard) return { state, yield: true };
    if (!state.inputOpen && !state.netOpen) return { exit: 0 };
  }
  if (progress) return { state, yield: true };
  const until = state.heard + 2 * state.o.patience * second; // two tries
  const timed = state.o.patience > 0 && !state.inputOpen;
  if (timed && sys.now >= until) return { exit: 0 };
  const readable = [...(state.netOpen ? [state.fd] : []), ...(state.inputOpen && state.unsent === '' ? [0] : [])];
  const writable = state.unsent === '' ? [] : [state.fd];
  return { state, wait: { readable, writable, ...(timed ? { until } : {}) } };
}
