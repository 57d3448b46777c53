import { maskOf, networkOf } from '../net/address.ts';
import { routesOf } from '../net/route.ts';
import type { NetStack } from '../net/stack.ts';
import type { PidLook } from './proc-pid.ts';

function stackOf({ m, process }: PidLook): NetStack | undefined {
  const ns = m.kernel.namespaces[process.ns.net];
  return ns?.kind === 'net' ? ns.net : undefined;
}

/** Packets are not counted; a full one carries 1,448 bytes. */
const packets = (bytes: number): number => Math.ceil(bytes / 1448);

/** /proc/net/dev of the process's network namespace. */
export function netDev(c: PidLook): string {
  const head =
    'Inter-|   Receive                                                |  Transmit\n' +
    ' face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n';
  const all = Object.values(stackOf(c)?.interfaces ?? {}).sort((a, b) => a.index - b.index);
  const pad = (value: number, width: number) => String(value).padStart(width);
  const line = (name: string, rx: number, tx: number) =>
    `${name.padStart(6)}: ${pad(rx, 7)} ${pad(packets(rx), 7)}    0    0    0     0          0         0 ` +
    `${pad(tx, 8)} ${pad(packets(tx), 7)}    0    0    0     0       0          0\n`;
  return head + all.map((each) => line(each.name, each.rxBytes, each.txBytes)).join('');
}

/** An IPv4 address as the kernel prints it: hexadecimal, in the byte order of a little-endian machine. */
function hexAddress(ip: string): string {
  return ip
    .split('.')
    .reverse()
    .map((part) => Number(part).toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
}

/** /proc/net/route. */
export function netRoute(c: PidLook): string {
  const row = (text: string) => `${text.padEnd(127)}\n`;
  const head = row('Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT');
  const stack = stackOf(c);
  const rows = (stack ? routesOf(stack) : []).map(({ to, via, dev }) => {
    const [address = '0.0.0.0', prefix = '32'] = to === 'default' ? ['0.0.0.0', '0'] : to.split('/');
    const flags = via === undefined ? '0001' : '0003';
    const mask = hexAddress(maskOf(Number(prefix)));
    return row(
      `${dev}\t${hexAddress(networkOf(address, Number(prefix)))}\t${hexAddress(via ?? '0.0.0.0')}\t${flags}\t0\t0\t0\t${mask}\t0\t0\t0`,
    );
  });
  return head + rows.join('');
}

/** /proc/net/tcp: the listening sockets. */
export function netTcp(c: PidLook): string {
  const head =
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode'.padEnd(149);
  const rows = Object.values(stackOf(c)?.listeners ?? {}).map((each, index) => {
    const local = `${hexAddress(each.address)}:${each.port.toString(16).toUpperCase().padStart(4, '0')}`;
    const uid = c.m.kernel.processes[each.pid]?.uid ?? 0;
    const inode = each.file.replace(/\D/g, '') || '0';
    const text =
      `${String(index).padStart(4)}: ${local} 00000000:0000 0A 00000000:00000000 00:00000000 00000000 ` +
      `${String(uid).padStart(5)}        0 ${inode} 1 0000000000000000 100 0 0 10 0`;
    return `${text.padEnd(149)}\n`;
  });
  return `${head}\n${rows.join('')}`;
}
