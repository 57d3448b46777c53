import type { Id, Json } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';
import { emptyRegistry, type Registry } from './registry.ts';

/** The id of what people have pushed to Docker Hub. */
export const hubId: Id = 'docker.io';

/** The registry with this id; an empty one when nothing was pushed to it. */
export function registryIn(m: Machine, id: Id): Registry {
  const { registries } = m.world;
  return Object.hasOwn(registries, id) ? (registries[id] as unknown as Registry) : emptyRegistry();
}

/** Keeps a registry. */
export function setRegistry(m: Machine, id: Id, registry: Registry): void {
  m.draft.own(m.world, 'registries')[id] = registry as unknown as Json;
}

/** The registry that the process with this host pid serves: its id. Undefined when it serves none. */
export function servedBy(m: Machine, pid: number): Id | undefined {
  const process = m.kernel.processes[pid];
  if (process?.program !== 'registry') return undefined;
  const { state } = process;
  const store = state !== null && typeof state === 'object' && 'store' in state ? state.store : undefined;
  return typeof store === 'string' ? store : undefined;
}
