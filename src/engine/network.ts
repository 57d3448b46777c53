import type { Id } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';
import { engineState } from './state.ts';

/** The default bridge network: docker0, 172.17.0.0/16. */
export const defaultBridge = { name: 'bridge', bridge: 'docker0', gateway: '172.17.0.1', prefix: 16 } as const;

/** The host pid namespace's network namespace: that of dockerd. */
export function hostNetns(m: Machine): Id {
  return m.kernel.processes[engineState(m).daemon]?.ns.net ?? '';
}
