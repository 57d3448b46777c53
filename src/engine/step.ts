import type { Machine } from '../kernel/machine.ts';
import type { EngineActions } from './actions.ts';

/** Records a step of the engine or of one of its helpers. */
export function step<A extends keyof EngineActions>(
  m: Machine,
  actor: string,
  action: A,
  data: EngineActions[A],
): void {
  m.trace.push({ at: m.world.now, actor, action, data, ...(m.run === undefined ? {} : { run: m.run }) });
}
