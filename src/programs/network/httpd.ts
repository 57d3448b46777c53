import { encodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno, strerror } from '../../kernel/errno.ts';
import type { Next, Program } from '../../kernel/program.ts';
import { type Applet, complain, type StartIo, type Style } from '../makers/io.ts';
import { appletOptions, appletUsage, lastValue, timesGiven } from './command-line.ts';
import { directIo } from './direct-io.ts';
import { networkError } from './errors.ts';
import { percentDecode } from './http.ts';
import { type Connection, serve } from './server.ts';
import { staticReply } from './static-files.ts';
import { usages } from './usage.ts';

type State = {
  readonly listener: number;
  readonly connections: readonly Connection[];
  readonly verbose: number;
};

/** busybox httpd: serves the files of a folder. It goes to the background unless -f is given. */
export const httpd: Applet = (style): Program<State> => ({
  start(exec, sys): Next<State> {
    const io: StartIo = { ...directIo(style, sys), args: exec.argv.slice(1), env: exec.env };
    const begun = begin(io);
    if (typeof begun === 'number') return { exit: begun };
    const { state, foreground } = begun;
    if (foreground) return round(style, state, sys);
    const child = sys.fork(state);
    return { exit: isErrno(child) ? complain(io, `fork: ${strerror(child)}`) : 0 };
  },
  step(state, wake, sys): Next<State> {
    if (wake.on === 'forked') {
      sys.setsid();
      for (const fd of [0, 1, 2]) {
        const nothing = sys.fs.open('/dev/null', { read: true, write: true });
        if (isErrno(nothing)) continue;
        sys.dup(nothing, fd);
        if (nothing !== fd) sys.close(nothing);
      }
    }
    return round(style, state, sys);
  },
});

const table = { short: 'ifvp:u:r:h:c:m:e:d:M:K:' };

function begin(io: StartIo): { readonly state: State; readonly foreground: boolean } | number {
  const parsed = appletOptions(io, table, usages.httpd);
  if (typeof parsed === 'number') return parsed;
  const decode = lastValue(parsed, 'd');
  const encode = lastValue(parsed, 'e');
  if (decode !== undefined) {
    io.out(percentDecode(encodeUtf8(decode).replaceAll('+', ' ')) ?? encodeUtf8(decode));
    return 0;
  }
  if (encode !== undefined) {
    io.out(encodeUtf8(encode).replace(/[^0-9A-Za-z]/g, (c) => `&#${c.charCodeAt(0)};`));
    return 0;
  }
  if (parsed.rest.length > 0) return appletUsage(io, usages.httpd);
  const refused = ['i', 'u', 'r', 'c', 'm', 'M', 'K'].find((option) => timesGiven(parsed, option) > 0);
  if (refused !== undefined) return complain(io, `option -${refused} is not simulated`);
  const home = lastValue(parsed, 'h');
  const moved = home === undefined ? undefined : io.sys.chdir(home);
  if (moved) return complain(io, `can't change directory to '${home}': ${strerror(moved)}`);
  const [, address = '0.0.0.0', port = ''] = /^(?:(.*):)?([^:]*)$/.exec(lastValue(parsed, 'p') ?? '80') ?? [];
  if (!/^\d+$/.test(port) || Number(port) > 65535) return complain(io, `bad address '${lastValue(parsed, 'p') ?? ''}'`);
  const listener = io.sys.net.listen(address, Number(port));
  if (isErrno(listener)) return complain(io, `bind: ${networkError(io.style.flavour, listener)}`);
  io.sys.onSignal('SIGPIPE', 'ignore');
  const state: State = { listener, connections: [], verbose: timesGiven(parsed, 'v') };
  return { state, foreground: timesGiven(parsed, 'f') > 0 };
}

function round(style: Style, state: State, sys: StartIo['sys']): Next<State> {
  const io = directIo(style, sys);
  const { connections, wait } = serve(sys, [state.listener], state.connections, (request) => {
    const from = `[::ffff:${request.remote.replace(':', ']:')}`;
    if (state.verbose > 1) io.err(`${from}: url:${request.target}\n`);
    const reply = staticReply(sys, request);
    if (state.verbose > 0) io.err(`${from}: response:${reply.head.first.split(' ')[1] ?? ''}\n`);
    return reply;
  });
  return { state: { ...state, connections }, wait };
}
