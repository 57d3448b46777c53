import type { Actions, KnownStep } from '../actions.ts';

/** The steps of networks. */
export const networkActions = [
  'network-create',
  'network-remove',
  'network-connect',
  'network-disconnect',
  'dns-names',
  'join-network',
  'list-networks',
  'network-prune',
] as const;

export type NetworkAction = (typeof networkActions)[number];

/** A text for each of them. */
export type NetworkTexts = { readonly [A in NetworkAction]: (d: Actions[A]) => string };

/** Is it about a network? */
export function isNetworkStep(step: KnownStep): step is Extract<KnownStep, { readonly action: NetworkAction }> {
  return networkActions.some((action) => action === step.action);
}

/** The text for a step. */
export function networkStepText(
  step: Extract<KnownStep, { readonly action: NetworkAction }>,
  texts: NetworkTexts,
): string {
  // action and data belong together, which the type of an indexed call cannot say
  const text = texts[step.action] as (d: typeof step.data) => string;
  return text(step.data);
}
