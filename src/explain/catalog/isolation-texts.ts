import type { Actions, KnownStep } from '../actions.ts';

/** The steps of a process that isolates itself by hand, without a container engine. */
export const isolationActions = [
  'chroot',
  'isolate',
  'pivot',
  'mounted',
  'cgroup-limit',
  'cgroup-join',
  'oom-kill',
  'link-add',
  'link-move',
] as const;

export type IsolationAction = (typeof isolationActions)[number];

/** A text for each of them. */
export type IsolationTexts = { readonly [A in IsolationAction]: (d: Actions[A]) => string };

/** Is it one of them? */
export function isIsolationStep(step: KnownStep): step is Extract<KnownStep, { readonly action: IsolationAction }> {
  return isolationActions.some((action) => action === step.action);
}

/** The text for a step. */
export function isolationText(
  step: Extract<KnownStep, { readonly action: IsolationAction }>,
  texts: IsolationTexts,
): string {
  // action and data belong together, which the type of an indexed call cannot say
  const text = texts[step.action] as (d: typeof step.data) => string;
  return text(step.data);
}
