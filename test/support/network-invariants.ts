import type { EngineState } from '../../src/engine/state.ts';
import type { Interface } from '../../src/kernel/net/stack.ts';
import type { Kernel } from '../../src/kernel/state.ts';

/** What is wrong with the networks of a host: pairs that are torn, addresses given out twice, things left over. */
export function networkFaults(kernel: Kernel, engine: EngineState): string[] {
  return [...cardFaults(kernel), ...endpointFaults(engine), ...leftOvers(kernel, engine)];
}

function stacks(kernel: Kernel) {
  return Object.entries(kernel.namespaces).flatMap(([id, ns]) => (ns.kind === 'net' ? [{ id, net: ns.net }] : []));
}

function cardFaults(kernel: Kernel): string[] {
  return stacks(kernel).flatMap(({ id, net }) => [
    ...Object.values(net.interfaces).flatMap((card) => cardFault(kernel, id, card)),
    ...net.routes.flatMap(({ to, dev }) =>
      net.interfaces[dev] ? [] : [`${id}: the route to ${to} leads to no ${dev}`],
    ),
    ...(net.routes.filter(({ to }) => to === 'default').length > 1 ? [`${id}: two default routes`] : []),
  ]);
}

function cardFault(kernel: Kernel, id: string, card: Interface): string[] {
  const faults: string[] = [];
  const ns = kernel.namespaces[card.peer?.ns ?? ''];
  const other = ns?.kind === 'net' ? ns.net.interfaces[card.peer?.name ?? ''] : undefined;
  if (card.kind === 'veth' && (other?.peer?.ns !== id || other.peer.name !== card.name)) faults.push('has no peer');
  const own = kernel.namespaces[id];
  const stack = own?.kind === 'net' ? own.net : undefined;
  if (card.master !== undefined && stack?.interfaces[card.master]?.kind !== 'bridge') faults.push('has no bridge');
  return faults.map((fault) => `${id}: ${card.name} ${fault}`);
}

function endpointFaults({ tasks, userNetworks = {} }: EngineState): string[] {
  const gateways = Object.values(userNetworks).map(({ id, gateway }) => `${id} ${gateway}`);
  const seen = new Set(gateways);
  return Object.entries(tasks).flatMap(([id, { endpoints = [] }]) =>
    endpoints.flatMap(({ networkId, ip, network }) => {
      const key = `${networkId} ${ip}`;
      const faults = ip !== '' && seen.has(key) ? [`task ${id}: ${ip} on ${network} is taken twice`] : [];
      seen.add(key);
      return faults;
    }),
  );
}

/** Bridges of no network, cards of no endpoint, rules of no published port; and endpoints without a card. */
function leftOvers(kernel: Kernel, { tasks, userNetworks = {}, daemon }: EngineState): string[] {
  const ns = kernel.namespaces[kernel.processes[daemon]?.ns.net ?? ''];
  if (ns?.kind !== 'net') return [];
  const { interfaces, nat } = ns.net;
  const bridges = new Set(['docker0', ...Object.values(userNetworks).map(({ bridge }) => bridge)]);
  const endpoints = Object.values(tasks).flatMap((task) => task.endpoints ?? []);
  const veths = new Set(endpoints.map(({ veth }) => veth).filter((veth) => veth !== ''));
  const published = new Set(
    Object.values(tasks).flatMap((task) => (task.published ?? []).map(({ toIp, hostPort }) => `${toIp} ${hostPort}`)),
  );
  return [
    ...Object.values(interfaces).flatMap(({ name, kind }) => {
      const known = kind === 'bridge' ? bridges.has(name) : kind !== 'veth' || veths.has(name);
      return known ? [] : [`interface ${name} is left over`];
    }),
    ...[...bridges, ...veths].flatMap((name) => (interfaces[name] ? [] : [`interface ${name} is missing`])),
    ...nat.flatMap(({ toIp, hostPort }) =>
      published.has(`${toIp} ${hostPort}`) ? [] : [`the rule for port ${hostPort} to ${toIp} is left over`],
    ),
  ];
}
