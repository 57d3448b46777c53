import { decodeUtf8 } from '../bytes.ts';
import { type Errno, fail, isErrno } from '../errno.ts';
import { fileCalls } from '../fs/sys-files.ts';
import type { Machine } from '../machine.ts';
import { normalAddress } from './address.ts';
import { stackOf } from './interfaces.ts';
import { deliver, isLocal } from './route.ts';

/** Docker's embedded name server, which a container on a user network finds in its own namespace. */
export const embeddedServer = '127.0.0.11';

/** A name's IPv4 addresses as the C library finds them: a literal, /etc/hosts, then the name servers of /etc/resolv.conf. */
export function resolve(m: Machine, pid: number, name: string): readonly string[] {
  const literal = normalAddress(name);
  if (literal !== undefined) return [literal];
  const wanted = name.replace(/\.$/, '').toLowerCase();
  if (wanted === '') return [];
  const known = hostsEntries(readText(m, pid, '/etc/hosts'))
    .filter(({ names }) => names.includes(wanted))
    .map(({ ip }) => ip);
  if (known.length > 0) return [...new Set(known)];
  for (const server of nameServers(readText(m, pid, '/etc/resolv.conf'))) {
    const answer = query(m, pid, server, wanted);
    if (!isErrno(answer)) return answer === 'nxdomain' ? [] : answer;
  }
  return [];
}

/** Asks one name server. Only the embedded one exists here: others are outside, where nothing answers. */
export function query(m: Machine, pid: number, server: string, name: string): readonly string[] | 'nxdomain' | Errno {
  const ns = m.kernel.processes[pid]?.ns.net;
  if (ns === undefined) return fail('ESRCH');
  const stack = stackOf(m, ns);
  if (server === embeddedServer && stack.names && isLocal(stack, server)) {
    return stack.names[name.replace(/\.$/, '').toLowerCase()] ?? 'nxdomain';
  }
  const way = deliver(m, ns, server);
  return isErrno(way) ? { errno: way.errno } : fail('ECONNREFUSED');
}

/** The `nameserver` lines of a resolv.conf. */
export function nameServers(text: string): string[] {
  return [...text.matchAll(/^nameserver[ \t]+(\S+)/gm)].map(([, server = '']) => server);
}

/** The IPv4 lines of an /etc/hosts: address and names in lower case. */
export function hostsEntries(text: string): { ip: string; names: string[] }[] {
  const entries: { ip: string; names: string[] }[] = [];
  for (const line of text.split('\n')) {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    const ip = normalAddress(address);
    if (ip !== undefined) entries.push({ ip, names: names.map((name) => name.toLowerCase()) });
  }
  return entries;
}

function readText(m: Machine, pid: number, path: string): string {
  const read = fileCalls(m, pid).readFile(path);
  return isErrno(read) ? '' : decodeUtf8(read.bytes);
}
