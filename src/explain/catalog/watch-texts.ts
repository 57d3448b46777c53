import type { Actions, KnownStep } from '../actions.ts';

/** The steps of looking after containers. */
export const watchActions = ['container-init', 'health-monitor', 'health-probe', 'read-stats', 'read-events'] as const;

export type WatchAction = (typeof watchActions)[number];

/** A text for each of them. */
export type WatchTexts = { readonly [A in WatchAction]: (d: Actions[A]) => string };

/** Is it about looking after containers? */
export function isWatchStep(step: KnownStep): step is Extract<KnownStep, { readonly action: WatchAction }> {
  return watchActions.some((action) => action === step.action);
}

/** The text for a step. */
export function watchText(step: Extract<KnownStep, { readonly action: WatchAction }>, texts: WatchTexts): string {
  // action and data belong together, which the type of an indexed call cannot say
  const text = texts[step.action] as (d: typeof step.data) => string;
  return text(step.data);
}
