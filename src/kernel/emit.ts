import type { Machine } from './machine.ts';
import type { KernelActions } from './trace.ts';

/** Records a step of the kernel. */
export function emit<A extends keyof KernelActions>(
  m: Machine,
  actor: string,
  action: A,
  data: KernelActions[A],
): void {
  m.trace.push({ at: m.world.now, actor, action, data, ...(m.run === undefined ? {} : { run: m.run }) });
}
