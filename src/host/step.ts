import type { Machine } from '../kernel/machine.ts';
import type { HostActions } from './actions.ts';

/** Records a step. */
export function step<A extends keyof HostActions>(m: Machine, actor: string, action: A, data: HostActions[A]): void {
  m.trace.push({ at: m.world.now, actor, action, data, ...(m.run === undefined ? {} : { run: m.run }) });
}
