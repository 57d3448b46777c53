import { isErrno } from '../../kernel/errno.ts';
import type { Machine } from '../../kernel/machine.ts';
import { resolve } from '../../kernel/net/dns.ts';
import { stackOf } from '../../kernel/net/interfaces.ts';
import { findListener } from '../../kernel/net/listeners.ts';
import { tcpTarget } from '../../kernel/net/route.ts';
import { type Account, accountOf, hostText } from '../../programs/accounts.ts';

/** The port of sshd. */
export const sshPort = 22;

/** Whom ssh is asked to reach. */
export interface Destination {
  readonly host: string;
  readonly port: number;
  /** Absent: a user with the caller's own name. */
  readonly user?: string;
}

/** The computer that answers, with the user there and the sshd that let them in. */
export interface Reached {
  readonly there: Machine;
  readonly account: Account;
  readonly address: string;
  /** The caller's address as the other computer sees it. */
  readonly source: string;
  readonly sshd: number;
}

/**
 * Follows an ssh connection of the process `pid`: name, way, listening sshd, the other side's known key, the user and their
 * public key. Returns where it ends, or ssh's own words (OpenSSH 9) for why it does not get there.
 */
export function reach(m: Machine, pid: number, { host, port, user }: Destination): Reached | string {
  const process = m.kernel.processes[pid];
  const own = accountOf(m, process?.uid ?? 0, pid);
  const [address] = resolve(m, pid, host);
  if (address === undefined) return `ssh: Could not resolve hostname ${host}: Name or service not known`;
  const failed = (why: string) => `ssh: connect to host ${host} port ${port}: ${why}`;
  const target = tcpTarget(m, process?.ns.net ?? '', address, port);
  if (isErrno(target)) return failed(reasons[target.errno] ?? 'Connection timed out');
  const there = target.host === undefined ? m : m.peer(target.host);
  const listener = findListener(stackOf(there, target.ns), target.address, target.port);
  if (!listener) return failed('Connection refused');
  if (there.kernel.processes[listener.pid]?.program !== 'sshd') {
    return 'kex_exchange_identification: Connection closed by remote host\nConnection closed by remote host';
  }
  const known = hostText(m, `${own?.home ?? '/root'}/.ssh/known_hosts`) ?? '';
  if (!knows(known, host)) {
    return `No ED25519 host key is known for ${host} and you have requested strict checking.\nHost key verification failed.`;
  }
  const name = user ?? own?.name ?? 'root';
  const denied = `${name}@${host}: Permission denied (publickey).`;
  const account = accountOf(there, name);
  const key = hostText(m, `${own?.home ?? '/root'}/.ssh/id_ed25519.pub`)?.trim();
  if (!account || key === undefined) return denied;
  const accepted = (hostText(there, `${account.home}/.ssh/authorized_keys`) ?? '').split('\n');
  if (!accepted.some((line) => line.trim() === key)) return denied;
  return { there, account, address, source: target.source, sshd: listener.pid };
}

const reasons: { readonly [errno: string]: string } = {
  ECONNREFUSED: 'Connection refused',
  EHOSTUNREACH: 'No route to host',
  ENETUNREACH: 'Network is unreachable',
  ETIMEDOUT: 'Connection timed out',
};

function knows(file: string, host: string): boolean {
  return file.split('\n').some((line) => (line.split(' ')[0] ?? '').split(',').includes(host));
}
