import { isErrno } from '../../kernel/errno.ts';
import type { Id } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { contains, normalAddress } from '../../kernel/net/address.ts';
import { resolve } from '../../kernel/net/dns.ts';
import { stackOf } from '../../kernel/net/interfaces.ts';
import { findListener } from '../../kernel/net/listeners.ts';
import { tcpTarget } from '../../kernel/net/route.ts';
import { isOutside } from '../../registry/outside.ts';
import { hubId, servedBy } from '../../registry/store.ts';
import { EngineError } from '../errors.ts';
import { engineState } from '../state.ts';

/**
 * The id of the registry that a name's domain means: Docker Hub, or what listens on that address as the engine's host
 * reaches it. Throws `no-registry` with the words of Go's net/http for what cannot be reached, `not-simulated` for hosts
 * that are not in this world and for servers that are no registry.
 */
export function locate(m: Machine, domain: string): Id {
  if (domain === hubId) return hubId;
  const [, name = domain, port] = /^(.*):(\d+)$/.exec(domain) ?? [];
  const address = resolve(m, engineState(m).daemon, name)[0] ?? normalAddress(name);
  if (address === undefined) throw notHere(domain);
  // 127.0.0.0/8 may speak plain HTTP to every engine, others where it was told so; else they have to offer TLS, which
  // registries here do not
  const insecure = address.startsWith('127.') || mayBePlain(m, domain, address);
  const number = Number(port ?? (insecure ? 80 : 443));
  const url = `${insecure ? 'http' : 'https'}://${domain}/v2/`;
  const ns = m.kernel.processes[engineState(m).daemon]?.ns.net ?? '';
  const target = tcpTarget(m, ns, address, number);
  if (isErrno(target)) {
    if (target.errno === 'ECONNREFUSED')
      throw failed(url, `dial tcp ${address}:${number}: connect: connection refused`);
    if (target.errno === 'EHOSTUNREACH') throw failed(url, `dial tcp ${address}:${number}: connect: no route to host`);
    throw notHere(domain);
  }
  const there = target.host === undefined ? m : m.peer(target.host);
  const listener = findListener(stackOf(there, target.ns), target.address, target.port);
  if (!listener && target.proxied) throw failed(url, 'EOF');
  if (!listener) throw failed(url, `dial tcp ${address}:${number}: connect: connection refused`);
  const registry = servedBy(there, listener.pid);
  if (registry === undefined) {
    throw new EngineError(
      'not-simulated',
      501,
      `drydock: what listens on ${domain} is no registry; pushing and pulling there is not simulated`,
    );
  }
  if (!insecure) throw failed(url, 'http: server gave HTTP response to HTTPS client');
  return registry;
}

/** As `locate`, for reading: some images of public registries are known that nobody runs in this world. */
export function locateToRead(m: Machine, domain: string): Id {
  return isOutside(domain) && resolve(m, engineState(m).daemon, domain)[0] === undefined ? domain : locate(m, domain);
}

/** Is it among the `insecure-registries` that dockerd was started with: by name and port, by its address, or in a network of them? */
function mayBePlain(m: Machine, domain: string, address: string): boolean {
  return (engineState(m).insecureRegistries ?? []).some((text) => text === domain || contains(text, address));
}

function failed(url: string, why: string): EngineError {
  return new EngineError('no-registry', 500, `Get "${url}": ${why}`);
}

function notHere(domain: string): EngineError {
  return new EngineError('not-simulated', 501, `drydock: the registry ${domain} is not simulated`);
}
