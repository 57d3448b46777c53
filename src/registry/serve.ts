import { isErrno } from '../kernel/errno.ts';
import type { Machine } from '../kernel/machine.ts';
import { normalAddress } from '../kernel/net/address.ts';
import { stackOf } from '../kernel/net/interfaces.ts';
import { portTaken } from '../kernel/net/listeners.ts';
import { isLocal } from '../kernel/net/route.ts';
import { cloneProcess, ownProcess } from '../kernel/process.ts';
import { makeReady } from '../kernel/wait.ts';
import { servedBy } from './store.ts';

/** What came of it: it begins to listen, it did so before, or why it cannot. */
export type Served =
  | { readonly did: 'started' | 'there-already'; readonly address: string; readonly pid: number }
  | { readonly did: 'bad-address' | 'not-local' | 'port-taken' | 'no-process'; readonly address: string };

/**
 * Starts a registry on a host, as a daemon under init that listens on `address` (`127.0.0.1:5000`, `:5000`). It listens as
 * soon as the host goes on. Asking again for one that is there changes nothing.
 */
export function serveRegistry(m: Machine, text: string): Served {
  const [, host = '', port = ''] = /^(?:(.*):)?(\d{1,5})$/.exec(text) ?? [];
  const name = host === '' ? '0.0.0.0' : host === 'localhost' ? '127.0.0.1' : host;
  const ip = normalAddress(name);
  const number = Number(port);
  if (port === '' || ip === undefined || number < 1 || number > 65_535) return { did: 'bad-address', address: text };
  const address = `${ip}:${number}`;
  const ns = m.kernel.processes[1]?.ns.net ?? '';
  const stack = stackOf(m, ns);
  if (ip !== '0.0.0.0' && !isLocal(stack, ip)) return { did: 'not-local', address };
  const own = stack.listeners[`tcp:${address}`];
  if (own && servedBy(m, own.pid) !== undefined) return { did: 'there-already', address, pid: own.pid };
  if (portTaken(stack, ip, number)) return { did: 'port-taken', address };
  const pid = cloneProcess(m, 1, {
    program: 'registry',
    pgid: 0,
    fds: {},
    cgroup: '/system.slice/docker-registry.service',
  });
  if (isErrno(pid)) return { did: 'no-process', address };
  const argv = ['/usr/bin/registry', 'serve', address];
  Object.assign(ownProcess(m, pid), { sid: pid, path: '/usr/bin/registry', argv });
  makeReady(m, pid, { on: 'start' });
  return { did: 'started', address, pid };
}
