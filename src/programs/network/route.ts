import { encodeUtf8 } from '../../kernel/bytes.ts';
import { maskOf, prefixOf } from '../../kernel/net/address.ts';
import type { RouteInfo } from '../../kernel/net/calls.ts';
import { instant } from '../makers/instant.ts';
import { type Applet, complain, type Io } from '../makers/io.ts';
import { appletOptions, timesGiven } from './command-line.ts';
import { usages } from './usage.ts';

/** busybox route, showing only. */
export const route: Applet = (style) =>
  instant(style, (io) => {
    const parsed = appletOptions(io, { short: 'neA:' }, usages.route);
    if (typeof parsed === 'number') return parsed;
    if (parsed.rest.length > 0) {
      if (io.sys.net.mayConfigure()) return complain(io, 'changing routes is not simulated');
      return complain(io, 'SIOCADDRT: Operation not permitted');
    }
    printRoutes(io, timesGiven(parsed, 'n') > 0, timesGiven(parsed, 'e') > 0);
    return 0;
  });

/** The kernel's table as `route` prints it, or (`windows`) as `netstat -r` does. */
export function printRoutes(io: Io, numeric: boolean, windows: boolean): void {
  const columns = windows ? '  MSS Window  irtt Iface' : 'Metric Ref    Use Iface';
  io.out(`Kernel IP routing table\nDestination     Gateway         Genmask         Flags ${columns}\n`);
  for (const entry of io.sys.net.routes()) io.out(encodeUtf8(`${line(entry, numeric, windows)}\n`));
}

function line(entry: RouteInfo, numeric: boolean, windows: boolean): string {
  const [network = ''] = entry.to.split('/');
  const to = entry.to !== 'default' ? network : numeric ? '0.0.0.0' : 'default';
  const via = entry.via ?? (numeric ? '0.0.0.0' : '*');
  const flags = entry.via === undefined ? 'U' : 'UG';
  const start = `${to.padEnd(15)} ${via.padEnd(15)} ${maskOf(prefixOf(entry.to)).padEnd(15)} `;
  return (
    start + (windows ? `${flags.padEnd(8)}  0 0          0 ` : `${flags.padEnd(5)} 0      0        0 `) + entry.dev
  );
}
