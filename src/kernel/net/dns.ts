import { decodeUtf8 } from '../bytes.ts';
import { type Errno, fail, isErrno } from '../errno.ts';
import { fileCalls } from '../fs/sys-files.ts';
import type { Id } from '../json.ts';
import type { Machine } from '../machine.ts';
import { normalAddress } from './address.ts';
import { ownInterface, stackOf } from './interfaces.ts';
import { namesOnLan } from './lan.ts';
import { deliver, isLocal, lookUp } from './route.ts';
import type { NetStack } from './stack.ts';

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
  const wanted = name.replace(/\.$/, '').toLowerCase();
  if (server === embeddedServer && stack.names && isLocal(stack, server)) {
    const found = lookUpName(m, stack, wanted);
    const known = found.length > 0 || !stack.routes.some(({ to }) => to === 'default') ? found : hostNames(m, wanted);
    return known.length > 0 ? known : 'nxdomain';
  }
  const near = lookUp(stack, server) ? hostNames(m, wanted) : [];
  if (near.length > 0) return near;
  const way = deliver(m, ns, server);
  return isErrno(way) ? { errno: way.errno } : fail('ECONNREFUSED');
}

/** What the name server of the host's local network knows; nothing when the host is on none. */
function hostNames(m: Machine, name: string): readonly string[] {
  const stack = stackOf(m, m.kernel.processes[1]?.ns.net ?? '');
  return Object.values(stack.interfaces).some(({ lan }) => lan !== undefined) ? namesOnLan(m, stack, name) : [];
}

/** A name's addresses by the namespace's own table and those of the bridges that it is attached to. */
function lookUpName(m: Machine, stack: NetStack, name: string): readonly string[] {
  const tables = Object.values(stack.interfaces).map(({ peer }) => {
    const ns = m.kernel.namespaces[peer?.ns ?? ''];
    const far = ns?.kind === 'net' ? ns.net.interfaces : {};
    return far[far[peer?.name ?? '']?.master ?? '']?.names;
  });
  const answers = [stack.names, ...tables].flatMap((table) =>
    table && Object.hasOwn(table, name) ? (table[name] ?? []) : [],
  );
  return [...new Set(answers)];
}

/** Replaces what resolvers of namespaces on this bridge answer: names (lower case) to addresses. */
export function setBridgeNames(m: Machine, ns: Id, bridge: string, names: NonNullable<NetStack['names']>): void {
  const card = ownInterface(m, ns, bridge);
  if (card) card.names = m.draft.adopt(names);
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
