import { isErrno } from '../kernel/errno.ts';
import type { Machine } from '../kernel/machine.ts';
import { addNat, removeNat, stackOf } from '../kernel/net/interfaces.ts';
import { ephemeralPort, portTaken } from '../kernel/net/listeners.ts';
import { cloneProcess, endProcess, ownProcess } from '../kernel/process.ts';
import { makeReady } from '../kernel/wait.ts';
import type { Port } from './api.ts';
import { EngineError } from './errors.ts';
import { hostNetns } from './network.ts';
import { gatewayOf } from './networks/attach.ts';
import { configsOf } from './networks/configs.ts';
import { userNetworks } from './networks/store.ts';
import type { Endpoint } from './networks/types.ts';
import { networkOptions } from './networks/validate.ts';
import { type Container, engineState, type Published, setTask, type Task, taskOf } from './state.ts';
import { step } from './step.ts';

/**
 * Publishes a container's ports on the host: a DNAT rule and a docker-proxy process for each. Throws, with nothing
 * published, when a port is taken (transcript 16).
 */
export function publishPorts(m: Machine, container: Container, endpoint: Endpoint): readonly Published[] {
  const netns = hostNetns(m);
  const wanted = wantedPorts(m, container, endpoint);
  for (const { proto, hostIp, hostPort, toPort } of wanted) {
    if (proto === 'tcp' && portTaken(stackOf(m, netns), hostIp, hostPort)) {
      const rules = stackOf(m, netns).nat.filter((rule) => rule.proto === proto && rule.hostPort === hostPort);
      const own = rules.find((rule) => [rule.hostIp, '0.0.0.0'].includes(hostIp) || rule.hostIp === '0.0.0.0');
      // of another container's port the engine knows itself; of a program's on the host it hears from the kernel
      const why = own
        ? `Bind for ${own.hostIp}:${hostPort} failed: port is already allocated`
        : `failed to bind host port for ${hostIp}:${hostPort}:${endpoint.ip}:${toPort}/${proto}: address already in use`;
      throw new EngineError(
        'port-taken',
        500,
        `failed to set up container networking: driver failed programming external connectivity on endpoint ${container.name} (${endpoint.endpointId}): ${why}`,
      );
    }
  }
  return wanted.map((port) => bindPort(m, port, endpoint));
}

function bindPort(m: Machine, port: Wanted, endpoint: Endpoint): Published {
  const { proto, hostIp, hostPort, toPort } = port;
  const to = { toIp: endpoint.ip, toPort };
  step(m, 'dockerd', 'nat', { proto, hostIp, hostPort, ...to });
  const proxy = startProxy(m, { proto, hostIp, hostPort, ...to });
  addNat(m, hostNetns(m), { proto, hostIp, hostPort, ...to, bridge: endpoint.bridge, proxy });
  return { ...port, toIp: endpoint.ip, proxy };
}

/** A running container's networks have changed: its ports lead to the endpoint that leads out now. */
export function movePorts(m: Machine, container: Container): void {
  const task = taskOf(m, container.id);
  if (!task) return;
  const endpoint = gatewayOf({ endpoints: task.endpoints ?? [], configs: configsOf(container) });
  const { published: before = [], ...others } = task;
  if (endpoint && before[0]?.toIp === endpoint.ip) return;
  unpublishPorts(m, task);
  const wanted = before.map(({ toIp: _ip, proxy: _proxy, ...port }) => port);
  const again = endpoint && wanted.length > 0 ? wanted.map((port) => bindPort(m, port, endpoint)) : undefined;
  const published = again ?? (endpoint ? publishPorts(m, container, endpoint) : []);
  setTask(m, container.id, { ...others, ...(published.length > 0 ? { published } : {}) });
}

/** Takes the rules and proxies away again. */
export function unpublishPorts(m: Machine, task: Task): void {
  for (const { toIp, hostPort, proxy } of task.published ?? []) {
    removeNat(m, hostNetns(m), toIp, hostPort);
    if (m.kernel.processes[proxy]) endProcess(m, proxy, { code: 0 });
  }
}

type Wanted = Omit<Published, 'proxy' | 'toIp'>;

/** `-p` in the order of the container's ports; with `-P` every exposed port that has no binding gets a free one. */
function wantedPorts(m: Machine, container: Container, { networkId }: Endpoint): readonly Wanted[] {
  const { PortBindings = {}, PublishAllPorts = false } = container.hostConfig;
  const exposed = PublishAllPorts ? Object.keys(container.config.ExposedPorts ?? {}) : [];
  const names = [...new Set([...Object.keys(PortBindings), ...exposed])].sort(byNumber);
  const used = new Set<number>();
  const everywhere = userNetworks(m)[networkId]?.options[networkOptions.hostBinding] || '0.0.0.0';
  return names.flatMap((name) => {
    const bindings = PortBindings[name] ?? [{ HostIp: '', HostPort: '' }];
    return bindings.map(({ HostIp, HostPort }) => {
      const hostPort =
        HostPort === '' || HostPort === '0' ? freePort(m, used) : firstFree(m, HostPort, HostIp || everywhere);
      used.add(hostPort);
      const proto = name.endsWith('/udp') ? ('udp' as const) : ('tcp' as const);
      return { port: name, proto, hostIp: HostIp || everywhere, hostPort, toPort: Number(name.split('/')[0]) };
    });
  });
}

/** One port, or the first free one of a range such as `8000-8010`. */
function firstFree(m: Machine, text: string, ip: string): number {
  const [first = 0, last = first] = text.split('-').map(Number);
  for (let port = first; port < last; port++) if (!portTaken(stackOf(m, hostNetns(m)), ip, port)) return port;
  return last;
}

function freePort(m: Machine, used: ReadonlySet<number>): number {
  for (;;) {
    const port = ephemeralPort(m, stackOf(m, hostNetns(m)));
    if (!used.has(port)) return port;
  }
}

function byNumber(a: string, b: string): number {
  return Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1);
}

function startProxy(
  m: Machine,
  to: { proto: string; hostIp: string; hostPort: number; toIp: string; toPort: number },
): number {
  const path = '/usr/bin/docker-proxy';
  const pid = cloneProcess(m, engineState(m).daemon, { program: 'docker-proxy', fds: {}, pgid: 0 });
  if (isErrno(pid)) throw new EngineError('start-failed', 500, `failed to start userland proxy: ${pid.errno}`);
  const words = ['-proto', to.proto, '-host-ip', to.hostIp, '-host-port', `${to.hostPort}`];
  Object.assign(ownProcess(m, pid), {
    path,
    argv: [path, ...words, '-container-ip', to.toIp, '-container-port', `${to.toPort}`, '-use-listen-fd'],
  });
  makeReady(m, pid, { on: 'start' });
  step(m, 'dockerd', 'docker-proxy', { pid, ...to });
  return pid;
}

/** The ports of a container as the list of containers has them: none while it does not run. */
export function listPorts(container: Container, task: Task | undefined): readonly Port[] {
  if (!task || !leadsOut(task)) return [];
  const published = (task.published ?? []).flatMap((port) =>
    hostIps(port).map((IP) => ({ IP, PrivatePort: port.toPort, PublicPort: port.hostPort, Type: port.proto })),
  );
  const names = new Set((task.published ?? []).map(({ port }) => port));
  const others = Object.keys(container.config.ExposedPorts ?? {}).filter((name) => !names.has(name));
  return [...published, ...others.map((name) => ({ PrivatePort: Number.parseInt(name, 10), Type: protoOf(name) }))];
}

/** The same as `inspect` has it: `{ "80/tcp": [{ HostIp, HostPort }], "443/tcp": null }`. */
export function inspectPorts(container: Container, task: Task | undefined) {
  const ports: { [name: string]: { HostIp: string; HostPort: string }[] | null } = {};
  if (!task || !leadsOut(task)) return ports;
  for (const name of Object.keys(container.config.ExposedPorts ?? {})) ports[name] = null;
  for (const port of task.published ?? []) {
    const bindings = hostIps(port).map((HostIp) => ({ HostIp, HostPort: String(port.hostPort) }));
    ports[port.port] = [...(ports[port.port] ?? []), ...bindings];
  }
  return ports;
}

/** Has it an endpoint with a gateway? Ports count only there. */
function leadsOut({ endpoints = [] }: Task): boolean {
  return endpoints.some(({ gateway }) => gateway !== '');
}

/** A port on all IPv4 addresses is published on all IPv6 addresses too. */
function hostIps({ hostIp }: Published): readonly string[] {
  return hostIp === '0.0.0.0' ? ['0.0.0.0', '::'] : [hostIp];
}

function protoOf(name: string): Port['Type'] {
  return name.endsWith('/udp') ? 'udp' : 'tcp';
}
