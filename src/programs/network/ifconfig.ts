import { encodeUtf8 } from '../../kernel/bytes.ts';
import { broadcastOf, maskOf } from '../../kernel/net/address.ts';
import type { InterfaceInfo } from '../../kernel/net/calls.ts';
import { instant } from '../makers/instant.ts';
import { type Applet, complain } from '../makers/io.ts';
import { queueLength } from './link-format.ts';

/** busybox ifconfig, showing only. */
export const ifconfig: Applet = (style) =>
  instant(style, (io) => {
    const all = io.args.includes('-a');
    const [name, ...more] = io.args.filter((arg) => arg !== '-a');
    if (more.length > 0) {
      if (io.sys.net.mayConfigure()) return complain(io, 'changing the network with ifconfig is not simulated');
      return complain(io, 'SIOCSIFFLAGS: Operation not permitted');
    }
    const links = io.sys.net.interfaces().toSorted((a, b) => (a.name < b.name ? -1 : 1));
    if (name !== undefined && !links.some((link) => link.name === name)) {
      return complain(io, `${name}: error fetching interface information: Device not found`);
    }
    for (const link of links) {
      if (name === undefined ? all || link.up : link.name === name) io.out(encodeUtf8(`${describe(link)}\n`));
    }
    return 0;
  });

function describe(link: InterfaceInfo): string {
  const loopback = link.kind === 'loopback';
  const encap = loopback ? 'Local Loopback  ' : `Ethernet  HWaddr ${link.mac.toUpperCase()}  `;
  const lines = [`${link.name.padEnd(10)}Link encap:${encap}`];
  const [ip, prefix = '0'] = link.addresses[0]?.split('/') ?? [];
  if (ip !== undefined) {
    const broadcast = loopback ? '' : `  Bcast:${broadcastOf(ip, Number(prefix))}`;
    lines.push(`inet addr:${ip}${broadcast}  Mask:${maskOf(Number(prefix))}`);
  }
  const flags = [
    link.up ? 'UP' : '',
    loopback ? 'LOOPBACK' : 'BROADCAST',
    link.up && link.carrier ? 'RUNNING' : '',
    loopback ? '' : 'MULTICAST',
  ];
  lines.push(`${flags.filter((flag) => flag !== '').join(' ')}  MTU:${link.mtu}  Metric:1`);
  lines.push(`RX packets:${link.rxPackets} errors:0 dropped:0 overruns:0 frame:0`);
  lines.push(`TX packets:${link.txPackets} errors:0 dropped:0 overruns:0 carrier:0`);
  lines.push(`collisions:0 txqueuelen:${queueLength(link)} `);
  lines.push(`RX bytes:${bytes(link.rxBytes)}  TX bytes:${bytes(link.txBytes)}`);
  return `${lines.join('\n          ')}\n`;
}

/** A count as busybox shows it: `1500 (1.4 KiB)`. */
function bytes(count: number): string {
  let size = count;
  let unit = 0;
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${count} (${(Math.floor(size * 10) / 10).toFixed(1)} ${units[unit] ?? ''})`;
}
