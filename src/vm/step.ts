import type { Machine } from '../kernel/machine.ts';
import type { VmActions } from './actions.ts';

/** Records a step of a hypervisor or of what it runs. */
export function step<A extends keyof VmActions>(m: Machine, actor: string, action: A, data: VmActions[A]): void {
  m.trace.push({ at: m.world.now, actor, action, data, ...(m.run === undefined ? {} : { run: m.run }) });
}
