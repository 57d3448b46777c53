import { encodeUtf8 } from '../../kernel/bytes.ts';
import { type Errno, isErrno } from '../../kernel/errno.ts';
import { second, type Us } from '../../kernel/json.ts';
import type { Next, Wake } from '../../kernel/program.ts';
import { buffered } from '../makers/buffered.ts';
import { type Applet, complain, type Io, printLine, type StartIo } from '../makers/io.ts';
import { networkError } from './errors.ts';
import { type PingOptions, pingOptions } from './ping-options.ts';

type State = {
  readonly o: PingOptions;
  readonly ip: string;
  readonly began: Us;
  readonly sent: number;
  readonly rtts: readonly Us[];
  /** Requests of which it is known that the neighbour did not answer. */
  readonly errors: number;
  /** When the next request is due, and when to give up waiting for answers. */
  readonly next: Us;
  readonly deadline: Us | null;
};

const headers = 28; // of IP and ICMP

/** ping, in busybox's words or those of iputils (as Ubuntu has it). */
export const ping: Applet = (style) =>
  buffered<State>(style, {
    start: (io) => start(io),
    step: (state, wake, io) => go(io, state, wake),
  });

const gnu = (io: Io) => io.style.flavour !== 'busybox';

function start(io: StartIo): Next<State> {
  const o = pingOptions(io);
  if (typeof o === 'number') return { exit: o };
  const [ip] = io.sys.net.resolve(o.host);
  if (ip === undefined) {
    return {
      exit: gnu(io) ? complain(io, `${o.host}: Name or service not known`, 2) : complain(io, `bad address '${o.host}'`),
    };
  }
  const sizes = gnu(io) ? `${o.size}(${o.size + headers}) bytes of data.` : `${o.size} data bytes`;
  const header = `PING ${o.host} (${ip})${gnu(io) ? ' ' : ': '}${sizes}`;
  // busybox opens a raw socket; iputils has the capability as a file or asks for a datagram socket, which containers may
  if (!gnu(io) && !io.sys.isolation.capable('CAP_NET_RAW')) {
    // what was written before is in a buffer yet, unless a terminal shows it
    const tty = io.sys.isatty(1);
    if (tty) printLine(io, header);
    complain(io, 'permission denied (are you root?)');
    if (!tty) printLine(io, header);
    return { exit: 1 };
  }
  io.sys.onSignal('SIGINT', 'catch');
  printLine(io, header);
  const { now } = io.sys;
  const deadline = o.deadline === null ? null : now + o.deadline * second;
  return go(io, { o, ip, began: now, sent: 0, rtts: [], errors: 0, next: now, deadline }, { on: 'yielded' });
}

function go(io: Io, from: State, wake: Wake): Next<State> {
  if (wake.on === 'signal' && wake.signal === 'SIGINT') return finish(io, from, true);
  let state = from;
  const { o } = state;
  const { now } = io.sys;
  if (state.deadline !== null && now >= state.deadline) return finish(io, state, false);
  if (now >= state.next) {
    if (o.count !== null && state.sent >= o.count) return finish(io, state, false);
    const after = request(io, state);
    if (typeof after === 'number') return { exit: after };
    state = after;
  }
  const lastAnswered = o.count !== null && state.sent >= o.count && state.rtts.length + state.errors >= state.sent;
  if (lastAnswered) return finish(io, state, false);
  const until = state.deadline === null ? state.next : Math.min(state.next, state.deadline);
  return { state, wait: { until } };
}

/** Sends one request; the answer, if any comes, is printed at once. Returns the exit status when sending fails. */
function request(io: Io, state: State): State | number {
  const { o, ip } = state;
  const { now } = io.sys;
  const answer = io.sys.net.ping(ip);
  const last = o.count !== null && state.sent + 1 >= o.count;
  // after the last request, only its answer is waited for
  const next = now + (last ? o.patience * second : o.interval);
  const sent = { ...state, sent: state.sent + 1, next };
  if (isErrno(answer)) return unanswered(io, sent, answer);
  if (!o.quiet) {
    const size = `${o.size + headers - 20} bytes from ${named(io, state)}`;
    if (gnu(io)) printLine(io, `${size}: icmp_seq=${sent.sent} ttl=${answer.ttl} time=${iputilsTime(answer.rtt)} ms`);
    else printLine(io, `${size}: seq=${state.sent} ttl=${answer.ttl} time=${milliseconds(answer.rtt)} ms`);
  }
  return { ...sent, rtts: [...state.rtts, answer.rtt] };
}

/** iputils names the host that it asked; the sandbox has no reverse look-up, so that its name is the one given. */
function named(io: Io, { o, ip }: State): string {
  return gnu(io) && o.host !== ip ? `${o.host} (${ip})` : ip;
}

function unanswered(io: Io, state: State, error: Errno): State | number {
  if (error.errno === 'ENETUNREACH') {
    if (gnu(io)) return complain(io, `connect: ${networkError('coreutils', error)}`, 2);
    return complain(io, `sendto: ${networkError(io.style.flavour, error)}`);
  }
  if (error.errno !== 'EHOSTUNREACH' || !gnu(io)) return state;
  const source = io.sys.net.routes().find(({ src }) => src !== undefined)?.src ?? '';
  if (!state.o.quiet) printLine(io, `From ${source} icmp_seq=${state.sent} Destination Host Unreachable`);
  return { ...state, errors: state.errors + 1 };
}

function milliseconds(us: Us): string {
  return (us / 1000).toFixed(3);
}

/** Three digits, as iputils prints times. */
function iputilsTime(us: Us): string {
  const ms = us / 1000;
  return ms < 1 ? ms.toFixed(3) : ms < 10 ? ms.toFixed(2) : ms < 100 ? ms.toFixed(1) : ms.toFixed(0);
}

function finish(io: Io, state: State, interrupted: boolean): Next<State> {
  const { o, ip, sent, rtts, errors } = state;
  const received = rtts.length;
  const loss = sent === 0 ? 0 : Math.floor(((sent - received) * 100) / sent);
  printLine(io, `\n--- ${o.host} ping statistics ---`);
  const min = Math.min(...rtts);
  const max = Math.max(...rtts);
  const sum = rtts.reduce((total, rtt) => total + rtt, 0);
  if (!gnu(io)) {
    printLine(io, `${sent} packets transmitted, ${received} packets received, ${loss}% packet loss`);
    const mean = Math.floor(sum / received);
    if (received > 0) printLine(io, `round-trip min/avg/max = ${[min, mean, max].map(milliseconds).join('/')} ms`);
    return { exit: received > 0 && !(interrupted && received === 0) ? 0 : 1 };
  }
  const spent = Math.floor((io.sys.now - state.began) / 1000);
  const failures = errors > 0 ? `, +${errors} errors` : '';
  printLine(io, `${sent} packets transmitted, ${received} received${failures}, ${loss}% packet loss, time ${spent}ms`);
  if (received > 0) {
    const mean = sum / received;
    const deviation = Math.sqrt(
      Math.max(0, rtts.reduce((total, rtt) => total + rtt * rtt, 0) / received - mean * mean),
    );
    io.out(encodeUtf8(`rtt min/avg/max/mdev = ${[min, mean, max, deviation].map(milliseconds).join('/')} ms\n`));
  } else printLine(io, '');
  return { exit: received > 0 && ip !== '' ? 0 : 1 };
}
