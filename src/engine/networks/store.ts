import type { Id } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { EngineError } from '../errors.ts';
import { engine, engineState } from '../state.ts';
import type { Endpoint, Network } from './types.ts';

/** The networks that every engine has, with their drivers. */
export const predefined: { readonly [name: string]: string } = { bridge: 'bridge', host: 'host', none: 'null' };

/** What a name or id means. */
export interface NetworkRef {
  readonly id: Id;
  readonly name: string;
  readonly driver: string;
  /** Of a network that a user made. */
  readonly own?: Network;
}

/** The networks that users made, by id. */
export function userNetworks(m: Machine): { readonly [id: Id]: Network } {
  return engineState(m).userNetworks ?? {};
}

/** All networks: the predefined ones, then the others in the order in which they were made. */
export function allNetworks(m: Machine): readonly NetworkRef[] {
  const { networks } = engineState(m);
  const builtin = Object.entries(predefined).map(([name, driver]) => ({ id: networks[name] ?? '', name, driver }));
  return [...builtin, ...Object.values(userNetworks(m)).map(refOf)];
}

function refOf(own: Network): NetworkRef {
  return { id: own.id, name: own.name, driver: 'bridge', own };
}

/** Those that a whole id, a whole name, or the beginning of an id means. */
export function matching(m: Machine, reference: string): readonly NetworkRef[] {
  const all = allNetworks(m);
  const exact = all.find(({ id }) => id === reference) ?? all.find(({ name }) => name === reference);
  if (exact) return [exact];
  return reference === '' ? [] : all.filter(({ id }) => id.startsWith(reference));
}

/** The network that a reference means. Throws as the engine does when there is none, or more than one. */
export function findNetwork(m: Machine, reference: string): NetworkRef {
  const [found, ...more] = matching(m, reference);
  if (!found) throw noSuchNetwork(reference);
  if (more.length > 0) {
    const count = more.length + 1;
    const text = `network ${reference} is ambiguous (${count} matches found based on ID prefix)`;
    throw new EngineError('bad-parameter', 400, text);
  }
  return found;
}

/** As `docker network rm nosuch` shows it (transcript 15). */
export function noSuchNetwork(reference: string): EngineError {
  return new EngineError('no-such-network', 404, `network ${reference} not found`);
}

/** Keeps a network, or (without one) forgets it. */
export function setNetwork(m: Machine, id: Id, network: Network | undefined): void {
  const state = engine(m);
  state.userNetworks ??= m.draft.adopt({});
  const networks = m.draft.own(state, 'userNetworks') as { [id: Id]: Network };
  if (network) networks[id] = m.draft.adopt(network);
  else delete networks[id];
}

/** A running container's place on a network. */
export interface Member {
  readonly container: Id;
  readonly endpoint: Endpoint;
}

/** The endpoints on a network. */
export function membersOf(m: Machine, network: Id): readonly Member[] {
  return Object.entries(engineState(m).tasks).flatMap(([container, { endpoints = [] }]) =>
    endpoints.filter(({ networkId }) => networkId === network).map((endpoint) => ({ container, endpoint })),
  );
}
