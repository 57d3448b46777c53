import type { Action, Actions, KnownStep } from '../actions.ts';

/** A text for each action of a family of steps. */
export type TextsOf<A extends Action> = { readonly [K in A]: (d: Actions[K]) => string };

/** A step of a family. */
export type StepOf<A extends Action> = Extract<KnownStep, { readonly action: A }>;

/** The test whether a step is of the family that has these actions. */
export function among<A extends Action>(family: { readonly [K in A]: true }): (step: KnownStep) => step is StepOf<A> {
  return (step): step is StepOf<A> => Object.hasOwn(family, step.action);
}

/** The text of a step, out of those of its family. */
export function textOf<A extends Action>(texts: TextsOf<A>, step: StepOf<A>): string {
  // action and data belong together, which the type of an indexed call cannot say
  return (texts as { readonly [action: string]: (d: unknown) => string })[step.action]?.(step.data) ?? '';
}
