import { encodeUtf8 } from '../../kernel/bytes.ts';
import type { SocketInfo } from '../../kernel/net/calls.ts';
import { instant } from '../makers/instant.ts';
import { type Applet, complain } from '../makers/io.ts';
import { appletOptions, appletUsage, timesGiven } from './command-line.ts';
import { printRoutes } from './route.ts';
import { usages } from './usage.ts';

/** busybox netstat: TCP and UDP sockets, or the routes (-r). */
export const netstat: Applet = (style) =>
  instant(style, (io) => {
    const parsed = appletOptions(io, { short: 'laentuwxrWp' }, usages.netstat);
    if (typeof parsed === 'number') return parsed;
    if (parsed.rest.length > 0) return appletUsage(io, usages.netstat);
    const given = (option: string) => timesGiven(parsed, option) > 0;
    if (given('r')) {
      printRoutes(io, given('n'), !given('e'));
      return 0;
    }
    if (given('e')) return complain(io, 'option -e is not simulated');
    const every = !['t', 'u', 'w', 'x'].some(given);
    const which = given('l') ? 'only servers' : given('a') ? 'servers and established' : 'w/o servers';
    const wanted = ({ proto, state }: SocketInfo) =>
      (every || given(proto === 'tcp' ? 't' : 'u')) && (given('a') || given('l') === (state === 'LISTEN'));
    if (every || given('t') || given('u') || given('w')) {
      const owners = given('p') ? 'PID/Program name    ' : '';
      io.out(`Active Internet connections (${which})\n`);
      io.out(`Proto Recv-Q Send-Q Local Address           Foreign Address         State       ${owners}\n`);
      for (const socket of io.sys.net.sockets().filter(wanted)) io.out(encodeUtf8(`${line(socket, given('p'))}\n`));
    }
    if (every || given('x')) {
      io.out(`Active UNIX domain sockets (${which})\n`);
      io.out('Proto RefCnt Flags       Type       State         I-Node Path\n');
    }
    return 0;
  });

function line(socket: SocketInfo, owners: boolean): string {
  const state = socket.proto === 'udp' && socket.state === 'LISTEN' ? '' : socket.state;
  const owner = !owners ? '' : socket.pid === undefined ? '-' : `${socket.pid}/${socket.comm ?? ''}`;
  const remote = socket.remote ?? '0.0.0.0:*';
  return `${socket.proto}        0      0 ${socket.local.padEnd(23)} ${remote.padEnd(23)} ${state.padEnd(11)} ${owner}`;
}
