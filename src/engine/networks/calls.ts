import type { Json } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { networkOf } from '../../kernel/net/address.ts';
import type { ApiResponse } from '../api.ts';
import { EngineError } from '../errors.ts';
import { type Filters, flagFilter, hasLabels, readFilters } from '../filters.ts';
import { apiTime } from '../human-duration.ts';
import { moment } from '../images/moment.ts';
import { defaultBridge } from '../network.ts';
import { step } from '../step.ts';
import { noteEvent } from '../watch/events.ts';
import { dropNetwork, nameOf } from './create.ts';
import { allNetworks, findNetwork, matching, membersOf, type NetworkRef, userNetworks } from './store.ts';

/** GET /networks. Filters: dangling, driver, id, label, name, scope, type. */
export function listNetworks(m: Machine, text: string | undefined): ApiResponse {
  const filters = readFilters(text, ['dangling', 'driver', 'id', 'label', 'name', 'scope', 'type']);
  const all = allNetworks(m);
  const shown = all.filter((network) => passes(network, filters));
  step(m, 'dockerd', 'list-networks', { shown: shown.length, total: all.length });
  return { status: 200, body: shown.map((network) => ({ ...networkJson(m, network), Containers: {} })) };
}

function passes({ id, name, driver, own }: NetworkRef, filters: Filters): boolean {
  const types = filters.get('type') ?? [];
  const wrong = types.find((type) => type !== 'builtin' && type !== 'custom');
  if (wrong !== undefined) throw new EngineError('bad-parameter', 400, `invalid filter: 'type'='${wrong}'`);
  const matches = (filter: string, value: string) =>
    filters.get(filter)?.some((pattern) => value === pattern || found(pattern, value)) ?? true;
  const is = (filter: string, value: string) => filters.get(filter)?.includes(value) ?? true;
  // whether a container is there is not looked at here: all but the predefined networks count as dangling
  const dangling = filters.has('dangling') ? readDangling(filters) : undefined;
  return (
    matches('name', name) &&
    matches('id', id) &&
    is('driver', driver) &&
    is('scope', own?.scope ?? 'local') &&
    is('type', own ? 'custom' : 'builtin') &&
    (dangling === undefined || dangling === (own !== undefined)) &&
    hasLabels(own?.labels ?? {}, filters.get('label') ?? [])
  );
}

function readDangling(filters: Filters): boolean {
  try {
    return flagFilter(filters, 'dangling', false);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const why = `invalid value for filter 'dangling', must be "true" (or "1"), or "false" (or "0")`;
    throw new EngineError('bad-parameter', 400, why);
  }
}

function found(pattern: string, value: string): boolean {
  try {
    return new RegExp(pattern).test(value);
  } catch {
    return false;
  }
}

/** GET /networks/ID. */
export function inspectNetwork(m: Machine, reference: string): ApiResponse {
  const all = matching(m, reference);
  if (all.length > 1) {
    const why = `${all.length} matches found based on ID prefix: network ${reference} is ambiguous`;
    throw new EngineError('bad-parameter', 400, why);
  }
  const network = findNetwork(m, reference);
  step(m, 'dockerd', 'inspect', { kind: 'network', name: network.name });
  return { status: 200, body: networkJson(m, network) };
}

function networkJson(m: Machine, { id, name, driver, own }: NetworkRef): { [key: string]: Json } {
  return {
    Name: name,
    Id: id,
    Created: apiTime(own?.created ?? m.kernel.booted),
    Scope: own?.scope ?? 'local',
    Driver: driver,
    EnableIPv4: true,
    EnableIPv6: false,
    IPAM: {
      Driver: 'default',
      Options: own ? own.ipamOptions : null,
      Config: own ? [{ ...own.config }] : driver === 'bridge' ? [defaultPool()] : null,
    },
    Internal: own?.internal ?? false,
    Attachable: own?.attachable ?? false,
    Ingress: false,
    ConfigFrom: { Network: '' },
    ConfigOnly: false,
    Containers: containersJson(m, id),
    Options: own?.options ?? (driver === 'bridge' ? defaultOptions() : {}),
    Labels: own?.labels ?? {},
  };
}

function defaultPool(): { readonly Subnet: string; readonly Gateway: string } {
  const { gateway, prefix } = defaultBridge;
  return { Subnet: `${networkOf(gateway, prefix)}/${prefix}`, Gateway: gateway };
}

function defaultOptions(): { readonly [name: string]: string } {
  return {
    'com.docker.network.bridge.default_bridge': 'true',
    'com.docker.network.bridge.enable_icc': 'true',
    'com.docker.network.bridge.enable_ip_masquerade': 'true',
    'com.docker.network.bridge.host_binding_ipv4': '0.0.0.0',
    'com.docker.network.bridge.name': defaultBridge.bridge,
    'com.docker.network.driver.mtu': '1500',
  };
}

function containersJson(m: Machine, network: string): Json {
  const members = membersOf(m, network).toSorted((a, b) => (a.container < b.container ? -1 : 1));
  return Object.fromEntries(
    members.map(({ container, endpoint }) => [
      container,
      {
        Name: nameOf(m, container),
        EndpointID: endpoint.endpointId,
        MacAddress: endpoint.mac,
        IPv4Address: endpoint.ip === '' ? '' : `${endpoint.ip}/${endpoint.prefix}`,
        IPv6Address: '',
      },
    ]),
  );
}

/** POST /networks/prune: all of the users' networks that no container runs on. */
export function pruneNetworks(m: Machine, text: string | undefined): ApiResponse {
  const filters = readFilters(text, ['label', 'label!', 'until']);
  const limits = (filters.get('until') ?? []).map((limit) => moment(limit, m.world.now));
  const unwanted = filters.get('label!') ?? [];
  const removed = Object.values(userNetworks(m)).filter(
    ({ id, created, labels }) =>
      membersOf(m, id).length === 0 &&
      limits.every((limit) => created < limit) &&
      hasLabels(labels, filters.get('label') ?? []) &&
      !unwanted.some((label) => hasLabels(labels, [label])),
  );
  for (const network of removed) dropNetwork(m, network);
  const names = removed.map(({ name }) => name);
  noteEvent(m, 'network', 'prune', '', { reclaimed: '0' });
  step(m, 'dockerd', 'network-prune', { removed: names });
  return { status: 200, body: { NetworksDeleted: names.length > 0 ? names : null } };
}
