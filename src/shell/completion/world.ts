import { type Container, type EngineState, engineState } from '../../engine/state.ts';
import { engineOf } from '../../host/engine-host.ts';
import type { Machine } from '../../kernel/machine.ts';
import { familiarReference, parseReference } from '../../oci/reference.ts';

/** Which containers are meant. */
export type Which = 'all' | 'running' | 'stopped' | 'paused';

/** What the engine that docker asks here knows; undefined without one. */
function stateOf(m: Machine): EngineState | undefined {
  const engine = engineOf(m);
  return engine && engineState(engine);
}

/** Names of containers in that state. */
export function containerNames(m: Machine, which: Which): readonly string[] {
  const state = stateOf(m);
  if (!state) return [];
  const { containers, tasks, names } = state;
  if (which === 'running') {
    return Object.keys(tasks).flatMap((id) => containers[id]?.name ?? []);
  }
  if (which === 'all') return Object.keys(names);
  return Object.values(containers).flatMap((container) => (isSo(container, which) ? container.name : []));
}

function isSo({ state }: Container, which: Which): boolean {
  if (which === 'paused') return state.status === 'paused';
  return state.status !== 'running' && state.status !== 'paused' && state.status !== 'restarting';
}

/** Images by repository and tag, as `docker images` writes them; `latest` is also left out. */
export function imageNames(m: Machine): readonly string[] {
  return Object.keys(stateOf(m)?.tags ?? {}).flatMap((full) => {
    if (full.includes('@')) return [];
    const name = familiarReference(parseReference(full));
    return [name];
  });
}

/** Names of networks, the predefined ones among them. */
export function networkNames(m: Machine): readonly string[] {
  const { networks = {}, userNetworks } = stateOf(m) ?? {};
  return [...Object.keys(networks), ...Object.values(userNetworks ?? {}).map(({ name }) => name)];
}

export function volumeNames(m: Machine): readonly string[] {
  return Object.keys(stateOf(m)?.volumes ?? {});
}
