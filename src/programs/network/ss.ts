import { encodeUtf8 } from '../../kernel/bytes.ts';
import type { SocketInfo } from '../../kernel/net/calls.ts';
import { instant } from '../makers/instant.ts';
import type { Applet } from '../makers/io.ts';
import { getopt, type Parsed } from './getopt.ts';

/** A listening socket's longest queue, as most servers ask for it (somaxconn of old). */
const backlog = 128;

const long = {
  listening: 'l',
  all: 'a',
  numeric: 'n',
  tcp: 't',
  udp: 'u',
  processes: 'p',
  ipv4: '4',
  'no-header': 'H',
};

/** ss of iproute2: the table of TCP and UDP sockets. */
export const ss: Applet = (style) =>
  instant(style, (io) => {
    const parsed = getopt(io.args, { short: 'lantup4H', long });
    if ('bad' in parsed) {
      const option = parsed.bad.replace(/^--/, '');
      io.err(
        encodeUtf8(
          `ss: ${parsed.bad.startsWith('--') ? `unrecognized option '--${option}'` : `invalid option -- '${option}'`}\n`,
        ),
      );
      return 255;
    }
    if (parsed.rest.length > 0) {
      io.err('ss: filters are not simulated\n');
      return 255;
    }
    io.out(encodeUtf8(table(io.sys.net.sockets(), parsed)));
    return 0;
  });

interface Row {
  readonly netid: string;
  readonly state: string;
  readonly sendQ: string;
  readonly local: readonly [string, string];
  readonly peer: readonly [string, string];
  readonly process: string;
}

function table(sockets: readonly SocketInfo[], parsed: Parsed): string {
  const given = (option: string) => parsed.options.some(([name]) => name === option);
  const both = given('t') === given('u');
  const chosen = sockets.filter(
    ({ proto, state }) =>
      (both || given(proto === 'tcp' ? 't' : 'u')) && (given('a') || given('l') === (state === 'LISTEN')),
  );
  const rows = chosen.map((socket) => toRow(socket, given('p')));
  const head: Row = {
    netid: 'Netid',
    state: 'State',
    sendQ: 'Send-Q',
    local: ['Local Address', 'Port'],
    peer: ['Peer Address', 'Port'],
    process: 'Process',
  };
  const all = [head, ...rows];
  const width = (of: (row: Row) => string) => Math.max(...all.map((row) => of(row).length));
  const widths = {
    state: width((row) => row.state),
    local: width((row) => row.local[0]),
    localPort: width((row) => row.local[1]),
    peer: width((row) => row.peer[0]),
    peerPort: width((row) => row.peer[1]),
    process: width((row) => row.process),
  };
  const line = (row: Row, first: boolean) => {
    const cells = [row.state.padEnd(widths.state), (first ? 'Recv-Q' : '0').padEnd(6), row.sendQ.padEnd(6)];
    if (both) cells.unshift(row.netid.padEnd(5));
    const local = `${row.local[0].padStart(widths.local)}:${row.local[1].padEnd(widths.localPort)}`;
    const peer = `${row.peer[0].padStart(widths.peer)}:${row.peer[1].padEnd(widths.peerPort)}`;
    return `${cells.join(' ')} ${local} ${peer}${row.process.padEnd(widths.process)}`;
  };
  const shown = given('H') ? rows.map((row) => line(row, false)) : all.map((row) => line(row, row === head));
  return shown.map((text) => `${text}\n`).join('');
}

function toRow(socket: SocketInfo, owners: boolean): Row {
  const cut = (address: string): readonly [string, string] => {
    const at = address.lastIndexOf(':');
    return [address.slice(0, at), address.slice(at + 1)];
  };
  const listening = socket.state === 'LISTEN';
  const owner =
    owners && socket.pid !== undefined ? `users:(("${socket.comm ?? ''}",pid=${socket.pid},fd=${socket.fd ?? 4}))` : '';
  return {
    netid: socket.proto,
    state: socket.proto === 'udp' ? 'UNCONN' : listening ? 'LISTEN' : 'ESTAB',
    sendQ: listening && socket.proto === 'tcp' ? String(backlog) : '0',
    local: cut(socket.local),
    peer: cut(socket.remote ?? '0.0.0.0:*'),
    process: owner,
  };
}
