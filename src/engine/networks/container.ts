import type { Id } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { ApiResponse } from '../api.ts';
import { EngineError } from '../errors.ts';
import { findContainer } from '../lookup.ts';
import { movePorts } from '../ports.ts';
import { type Container, setTask, type Task, taskOf, updateContainer } from '../state.ts';
import { step } from '../step.ts';
import { noteNetworks } from '../watch/events.ts';
import { attach, detach } from './attach.ts';
import { configsOf, connectConfig, named } from './configs.ts';
import { editNetworkFiles } from './files.ts';
import { containerMode } from './modes.ts';
import { refreshNames, tellNames } from './names.ts';
import { findNetwork, matching, type NetworkRef, noSuchNetwork, predefined } from './store.ts';
import type { Endpoint, EndpointSettings } from './types.ts';

/**
 * Joins a container that is being started to all its networks: its first one, then the others by name. Each endpoint is
 * noted in `made` at once, so that a start that fails can be undone. Throws with the reason why there is no network.
 */
export function joinNetworks(m: Machine, container: Container, netns: Id, made: Endpoint[]): void {
  const configs = configsOf(container);
  const settled = new Map(Object.entries(configs));
  for (const key of inOrder(container, Object.keys(configs))) {
    const config = configs[key];
    if (!config) continue;
    try {
      const network = findNetwork(m, config.networkId || key);
      checkMode(m, container);
      const wanted = named(config, network.own, container.name, container.id);
      settled.set(key, wanted);
      made.push(attach(m, { netns, endpoints: made, configs }, key, network));
      settled.set(key, { ...wanted, networkId: network.id });
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      const why = `failed to set up container networking: ${error.message}`;
      throw new EngineError(error.code, error.status, why);
    } finally {
      if (container.networks) updateContainer(m, container.id, { networks: Object.fromEntries(settled) });
    }
  }
}

/** Throws when the network that the container was made for is gone, though it may not be among its networks any more. */
function checkMode(m: Machine, { hostConfig: { NetworkMode = 'bridge' } }: Container): void {
  if (NetworkMode === 'default' || Object.hasOwn(predefined, NetworkMode)) return;
  try {
    findNetwork(m, NetworkMode);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const why = `could not find a network matching network mode ${NetworkMode}: ${error.message}`;
    throw new EngineError(error.code, error.status, why);
  }
}

/** The names after one another, beginning with the network that the container was made for. */
function inOrder({ hostConfig }: Container, names: readonly string[]): readonly string[] {
  const sorted = names.toSorted();
  const first = sorted.indexOf(hostConfig.NetworkMode ?? 'bridge');
  return first > 0 ? [...sorted.slice(first), ...sorted.slice(0, first)] : sorted;
}

/** The container runs on its networks now: name servers learn of it. */
export function announce(m: Machine, container: Container, endpoints: readonly Endpoint[]): void {
  if (!container.networks) return;
  refreshNames(
    m,
    endpoints.map(({ networkId }) => networkId),
  );
  tellNames(m, container);
}

/** Gives up what `joinNetworks` got, when the container has ended. */
export function leaveNetworks(m: Machine, container: Id, endpoints: readonly Endpoint[]): void {
  for (const endpoint of endpoints) {
    if (endpoint.ip !== '') step(m, 'dockerd', 'release-network', { container, address: endpoint.ip });
    detach(m, endpoint);
  }
  refreshNames(
    m,
    endpoints.map(({ networkId }) => networkId),
  );
}

/** POST /networks/ID/connect: a further network for a container, running or not. Errors as in transcript 15. */
export function connectNetwork(
  m: Machine,
  reference: string,
  body: { readonly Container?: string; readonly EndpointConfig?: EndpointSettings | null },
): ApiResponse {
  const container = findContainer(m, body.Container ?? '');
  const task = taskOf(m, container.id);
  const [found, ...more] = matching(m, reference);
  const network = more.length > 0 ? undefined : found;
  checkModes(container, network);
  if (task) connectRunning(m, container, task, network ?? findNetwork(m, reference), body.EndpointConfig ?? {});
  else {
    // what does not run may be told of networks that are not there: its start will fail
    const config = connectConfig(body.EndpointConfig ?? {}, network, container);
    const networks = { ...configsOf(container), [network?.name ?? reference]: config };
    updateContainer(m, container.id, { networks });
    step(m, 'dockerd', 'network-connect', { network: reference, container: container.name, address: '' });
  }
  return { status: 200, body: null };
}

function checkModes(container: Container, network: NetworkRef | undefined): void {
  const { NetworkMode: mode = 'bridge' } = container.hostConfig;
  const refuse = (why: string): EngineError => new EngineError('bad-parameter', 403, why);
  if (containerMode(mode) !== undefined || mode === 'host') {
    throw refuse(
      'container sharing network namespace with another container or host cannot be connected to any other network',
    );
  }
  if (network?.name === 'host') {
    throw refuse('cannot connect container to host network - container must be created in host network mode');
  }
  const others = Object.keys(configsOf(container));
  if (others.includes('none') || (network?.name === 'none' && others.length > 0)) {
    throw refuse('container cannot be connected to multiple networks with one of the networks in private (none) mode');
  }
}

function connectRunning(
  m: Machine,
  container: Container,
  task: Task,
  network: NetworkRef,
  settings: EndpointSettings,
): void {
  const { netns = '', endpoints = [] } = task;
  const key = network.name;
  const config = { ...connectConfig(settings, network, container), networkId: network.id };
  if (endpoints.some(({ networkId }) => networkId === network.id)) {
    const why = `endpoint with name ${container.name} already exists in network ${key}`;
    throw new EngineError('already-connected', 403, why);
  }
  const configs = { ...configsOf(container), [key]: config };
  const endpoint = attach(m, { netns, endpoints, configs }, key, network);
  setTask(m, container.id, { ...task, endpoints: [...endpoints, endpoint] });
  const updated = updateContainer(m, container.id, { networks: configs });
  noteNetworks(m, container.id, [endpoint], 'connect');
  editNetworkFiles(m, updated, { came: endpoint });
  step(m, 'dockerd', 'network-connect', { network: key, container: container.name, address: endpoint.ip });
  refreshNames(m, [network.id]);
  if (network.own) tellNames(m, updated);
  movePorts(m, updated);
}

/** POST /networks/ID/disconnect. Errors as in transcript 15. */
export function disconnectNetwork(
  m: Machine,
  reference: string,
  body: { readonly Container?: string; readonly Force?: boolean },
): ApiResponse {
  const force = body.Force ?? false;
  const container = disconnected(m, body.Container ?? '', force, reference);
  const task = taskOf(m, container.id);
  const [network] = matching(m, reference);
  const configs = configsOf(container);
  const key = network?.name ?? reference;
  if (network?.name === 'host') {
    const why = 'cannot disconnect container from host network - container was created in host network mode';
    throw new EngineError('bad-parameter', 403, why);
  }
  if (task && !network && !force) throw noSuchNetwork(reference);
  if (!Object.hasOwn(configs, key)) {
    // of one that does not run the client library's words are a little different
    const where = task && network ? `network ${key}` : `the network ${reference}`;
    throw new EngineError('not-connected', 403, `container ${container.id} is not connected to ${where}`);
  }
  const { [key]: _gone, ...kept } = configs;
  const updated = updateContainer(m, container.id, { networks: kept });
  const endpoint = task?.endpoints?.find((each) => each.network === key);
  step(m, 'dockerd', 'network-disconnect', { network: key, container: container.name, address: endpoint?.ip ?? '' });
  if (task && endpoint) leave(m, updated, task, endpoint);
  return { status: 200, body: null };
}

function disconnected(m: Machine, reference: string, force: boolean, network: string): Container {
  try {
    return findContainer(m, reference);
  } catch (error) {
    if (!(error instanceof EngineError) || !force) throw error;
    if (matching(m, network).length === 0) throw noSuchNetwork(network);
    throw new EngineError('no-such-container', 404, `endpoint ${reference} not found`);
  }
}

function leave(m: Machine, container: Container, task: Task, endpoint: Endpoint): void {
  const { netns = '', endpoints = [] } = task;
  const kept = endpoints.filter((each) => each !== endpoint);
  setTask(m, container.id, { ...task, endpoints: kept });
  detach(m, endpoint, { netns, endpoints: kept, configs: configsOf(container) });
  noteNetworks(m, container.id, [endpoint], 'disconnect');
  editNetworkFiles(m, container, { left: endpoint });
  refreshNames(m, [endpoint.networkId]);
  movePorts(m, container);
}
