import type { Id } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { stackOf } from '../../kernel/net/interfaces.ts';
import { removeBridge } from '../../kernel/net/netns.ts';
import { randomHex } from '../../kernel/world.ts';
import type { ApiResponse } from '../api.ts';
import { EngineError } from '../errors.ts';
import { defaultBridge, hostNetns } from '../network.ts';
import { engineState } from '../state.ts';
import { step } from '../step.ts';
import { noteEvent } from '../watch/events.ts';
import { claimGateway, claimPool, freePool } from './pools.ts';
import { raiseBridge } from './raise.ts';
import { findNetwork, membersOf, setNetwork, userNetworks } from './store.ts';
import type { Network, NetworkCreateBody, PoolConfig } from './types.ts';
import { checkNetwork, networkOptions } from './validate.ts';

/** POST /networks/create: a bridge on the host, with an address out of a pool that nobody else has. */
export function createNetwork(m: Machine, body: NetworkCreateBody): ApiResponse {
  checkNetwork(m, body);
  const { Name: name, Internal: internal = false, Options: options = {}, IPAM = {} } = body;
  const id = randomHex(m, 64);
  const [wanted] = IPAM.Config ?? [];
  if (wanted) claimPool(m, wanted.Subnet);
  const config: PoolConfig = wanted ?? { Subnet: freePool(m) };
  const gateway = claimGateway(config);
  const bridge = options[networkOptions.name] || `br-${id.slice(0, 12)}`;
  checkBridge(m, id, bridge);
  const network: Network = {
    id,
    name,
    created: m.world.now,
    scope: 'local',
    subnet: config.Subnet,
    config: wanted ? compact(wanted) : { ...config, Gateway: gateway },
    chosen: wanted !== undefined,
    gateway,
    bridge,
    internal,
    attachable: body.Attachable ?? false,
    labels: body.Labels ?? {},
    options,
    ipamOptions: IPAM.Options ?? {},
  };
  setNetwork(m, id, network);
  makeBridge(m, network);
  return { status: 201, body: { Id: id, Warning: '' } };
}

/** Without the parts that say nothing. */
function compact({ Subnet, IPRange, Gateway, AuxiliaryAddresses = {} }: PoolConfig): PoolConfig {
  return {
    Subnet,
    ...(IPRange ? { IPRange } : {}),
    ...(Gateway ? { Gateway } : {}),
    ...(Object.keys(AuxiliaryAddresses).length > 0 ? { AuxiliaryAddresses } : {}),
  };
}

function checkBridge(m: Machine, id: Id, bridge: string): void {
  const builtin = bridge === defaultBridge.bridge ? engineState(m).networks.bridge : undefined;
  const other = builtin ?? Object.values(userNetworks(m)).find((network) => network.bridge === bridge)?.id;
  if (other !== undefined) {
    const why = `conflicts with network ${other} (${bridge}): networks have same bridge name`;
    throw new EngineError('bad-parameter', 403, `cannot create network ${id} (${bridge}): ${why}`);
  }
  if (stackOf(m, hostNetns(m)).interfaces[bridge]) {
    throw new EngineError('not-simulated', 501, `drydock: a network on the interface ${bridge} is not simulated`);
  }
}

function makeBridge(m: Machine, network: Network): void {
  const { id, name, bridge, subnet, gateway, internal } = network;
  raiseBridge(m, network);
  noteEvent(m, 'network', 'create', id, { name, type: 'bridge' });
  step(m, 'dockerd', 'network-create', { name, bridge, subnet, gateway, internal });
}

/** DELETE /networks/ID: refused while a container runs on it (transcript 15). */
export function removeNetwork(m: Machine, reference: string): ApiResponse {
  const { id, name, own } = findNetwork(m, reference);
  if (!own) {
    const why = `${name} is a pre-defined network and cannot be removed`;
    throw new EngineError('predefined-network', 403, why);
  }
  const members = membersOf(m, id).map(
    ({ container, endpoint }) =>
      `name:${JSON.stringify(nameOf(m, container))} id:${JSON.stringify(endpoint.endpointId.slice(0, 12))}`,
  );
  if (members.length > 0) {
    const why = `network ${name} has active endpoints (${members.join(', ')})`;
    throw new EngineError('network-in-use', 403, `error while removing network: ${why}`);
  }
  dropNetwork(m, own);
  return { status: 204, body: null };
}

/** Takes a network and its bridge away. */
export function dropNetwork(m: Machine, { id, name, bridge }: Network): void {
  removeBridge(m, hostNetns(m), bridge);
  setNetwork(m, id, undefined);
  noteEvent(m, 'network', 'destroy', id, { name, type: 'bridge' });
  step(m, 'dockerd', 'network-remove', { name, bridge });
}

/** A container's name. */
export function nameOf(m: Machine, container: Id): string {
  return engineState(m).containers[container]?.name ?? '';
}
