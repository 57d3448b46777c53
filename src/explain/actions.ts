import type { EngineActions } from '../engine/actions.ts';
import type { HostActions } from '../host/actions.ts';
import type { KernelActions } from '../kernel/trace.ts';
import type { ProgramActions } from '../programs/actions.ts';
import type { VmActions } from '../vm/actions.ts';
import { calls } from './calls.ts';

/** Every action that has a sentence, with its data. A room with steps of its own adds its map here, and the catalogs must follow. */
export interface Actions extends KernelActions, EngineActions, VmActions, HostActions, ProgramActions {}

export type Action = keyof Actions;

/** Steps as the rooms below emit them: the action is any string and the data is not checked. */
export interface AnyStep {
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  readonly data: unknown;
}

/** A step whose action is known: `data` has the type that belongs to it. */
export type KnownStep = {
  [A in Action]: { readonly at: number; readonly actor: string; readonly action: A; readonly data: Actions[A] };
}[Action];

/** Is there a sentence for it? (The emitter types the data; only the name is looked up here.) */
export function isKnown(step: AnyStep): step is KnownStep {
  return Object.hasOwn(calls, step.action);
}

/** The data of all steps with this action, in order. */
export function all<A extends Action>(steps: readonly KnownStep[], action: A): Actions[A][] {
  const found: Actions[A][] = [];
  for (const step of steps) if (step.action === action) found.push(step.data as Actions[A]);
  return found;
}

/** The data of the first step with this action. */
export function first<A extends Action>(steps: readonly KnownStep[], action: A): Actions[A] | undefined {
  return steps.find((step) => step.action === action)?.data as Actions[A] | undefined;
}
