import type { Id } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';
import { addVeth, removeVeth } from '../kernel/net/netns.ts';
import { randomHex } from '../kernel/world.ts';
import { type Endpoint, engineState } from './state.ts';

/** The default bridge network: docker0, 172.17.0.0/16. */
export const defaultBridge = { name: 'bridge', bridge: 'docker0', gateway: '172.17.0.1', prefix: 16 } as const;

/** The host pid namespace's network namespace: that of dockerd. */
export function hostNetns(m: Machine): Id {
  return m.kernel.processes[engineState(m).daemon]?.ns.net ?? '';
}

/** Joins a container to the default bridge: lowest free address, a veth pair, a default route. */
export function connectBridge(m: Machine, netns: Id): Endpoint {
  const taken = new Set(Object.values(engineState(m).tasks).map((task) => task.endpoint?.ip));
  let host = 2;
  while (taken.has(address(host))) host += 1;
  const ip = address(host);
  const mac = randomMac(m);
  const veth = `veth${randomHex(m, 7)}`;
  const { bridge, gateway, prefix } = defaultBridge;
  addVeth(m, {
    hostNs: hostNetns(m),
    hostName: veth,
    bridge,
    containerNs: netns,
    name: 'eth0',
    cidr: `${ip}/${prefix}`,
    mac,
    gateway,
    actor: 'dockerd',
  });
  return { network: defaultBridge.name, ip, prefix, gateway, mac, endpointId: randomHex(m, 64), veth };
}

/** Takes a container's veth pair away. */
export function disconnect(m: Machine, endpoint: Endpoint): void {
  removeVeth(m, hostNetns(m), endpoint.veth);
}

function address(n: number): string {
  return `172.17.${n >> 8}.${n & 255}`;
}

/** A locally administered unicast address, as the engine makes them at random (28.5). */
function randomMac(m: Machine): string {
  const digits = randomHex(m, 12);
  const first = ((Number.parseInt(digits.slice(0, 2), 16) & 0xfc) | 0x02).toString(16).padStart(2, '0');
  return [first, ...(digits.slice(2).match(/../g) ?? [])].join(':');
}
