import type { Machine } from '../machine.ts';
import type { Interface } from '../net/stack.ts';
import type { Filesystem } from './filesystem.ts';
import type { GeneratedNode } from './generated.ts';
import { fixed, type Look, type Table, tableNode } from './table.ts';
import { rootMeta } from './tree.ts';

const cpus = (c: Look): string => (c.m.kernel.cpus > 1 ? `0-${c.m.kernel.cpus - 1}\n` : '0\n');

const machine: Table<Look> = {
  'block/': {},
  'bus/': {},
  'class/net/': {},
  'dev/': {},
  'devices/system/cpu/online': { read: cpus },
  'devices/system/cpu/possible': { read: cpus },
  'devices/system/cpu/present': { read: cpus },
  'devices/virtual/powercap/': {},
  'firmware/': {},
  'fs/cgroup/': {},
  'kernel/mm/transparent_hugepage/enabled': fixed('always [madvise] never\n'),
  'module/': {},
  'power/': {},
};

interface OfInterface {
  readonly each: Interface;
  readonly m: Machine;
}

const number = (of: (each: Interface) => number) => ({ read: (c: OfInterface) => `${of(c.each)}\n` });

const device: Table<OfInterface> = {
  address: { read: (c) => `${c.each.mac}\n` },
  carrier: number((each) => (each.up ? 1 : 0)),
  ifindex: number((each) => each.index),
  iflink: { read: (c) => `${peerIndex(c)}\n` },
  mtu: number((each) => each.mtu),
  operstate: { read: (c) => `${c.each.kind === 'loopback' ? 'unknown' : c.each.up ? 'up' : 'down'}\n` },
  type: number((each) => (each.kind === 'loopback' ? 772 : 1)),
  'statistics/rx_bytes': number((each) => each.rxBytes),
  'statistics/tx_bytes': number((each) => each.txBytes),
};

/** A veth names its other end, wherever that is; others name themselves. */
function peerIndex({ m, each }: OfInterface): number {
  const ns = each.peer && m.kernel.namespaces[each.peer.ns];
  return (ns?.kind === 'net' && each.peer && ns.net.interfaces[each.peer.name]?.index) || each.index;
}

const interfacesPath = '/class/net';

/** The node at a path of a sysfs: processors, and the interfaces of the network namespace that it belongs to. */
export function sysNode(m: Machine, fs: Filesystem, viewer: number, path: string): GeneratedNode | undefined {
  const process = m.kernel.processes[viewer];
  const meta = rootMeta(m.kernel.booted);
  if (!path.startsWith(interfacesPath)) return tableNode(machine, path.slice(1), { m, viewer: process }, meta);
  const ns = m.kernel.namespaces[fs.ns ?? process?.ns.net ?? ''];
  const interfaces = ns?.kind === 'net' ? ns.net.interfaces : {};
  if (path === interfacesPath) return { t: 'gdir', ...meta, names: () => Object.keys(interfaces) };
  const match = /^\/class\/net\/([^/]+)\/?(.*)$/.exec(path);
  if (!match) return tableNode(machine, path.slice(1), { m, viewer: process }, meta);
  const each = interfaces[match[1] ?? ''];
  return each && tableNode(device, match[2] ?? '', { each, m }, meta);
}
