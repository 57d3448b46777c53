import type { Port } from '../../engine/api.ts';

/**
 * Ports as ps shows them: `0.0.0.0:8080->80/tcp, 443/tcp`. Ports that follow one another on one address are one range
 * (`80-82/tcp`), also when they are published under the same numbers.
 */
export function portList(ports: readonly Port[]): string {
  const groups = new Map<string, { first: number; last: number }>();
  const ranges: string[] = [];
  const single: string[] = [];
  for (const port of [...ports].sort(compare)) {
    const { IP = '', PrivatePort, PublicPort = 0, Type } = port;
    if (IP !== '' && PublicPort !== PrivatePort) {
      single.push(`${address(IP)}:${PublicPort}->${PrivatePort}/${Type}`);
      continue;
    }
    const key = IP === '' ? Type : `${address(IP)}/${Type}`;
    const group = groups.get(key);
    if (group && group.last === PrivatePort) continue;
    if (group && group.last === PrivatePort - 1) {
      group.last = PrivatePort;
      continue;
    }
    if (group) ranges.push(range(key, group.first, group.last));
    groups.set(key, { first: PrivatePort, last: PrivatePort });
  }
  for (const [key, { first, last }] of groups) ranges.push(range(key, first, last));
  return [...ranges, ...single].join(', ');
}

function range(key: string, first: number, last: number): string {
  const cut = key.lastIndexOf('/');
  const ports = first === last ? String(first) : `${first}-${last}`;
  const type = key.slice(cut + 1);
  return cut < 0 ? `${ports}/${type}` : `${key.slice(0, cut)}:${ports}->${ports}/${type}`;
}

function address(ip: string): string {
  return ip.includes(':') ? `[${ip}]` : ip;
}

function compare(a: Port, b: Port): number {
  return (
    a.PrivatePort - b.PrivatePort ||
    order(a.IP ?? '', b.IP ?? '') ||
    (a.PublicPort ?? 0) - (b.PublicPort ?? 0) ||
    order(a.Type, b.Type)
  );
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
