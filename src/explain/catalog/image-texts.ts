import type { Actions, KnownStep } from '../actions.ts';

/** The steps that images go through. */
export const imageActions = [
  'list-images',
  'image-history',
  'tag',
  'untag',
  'remove-image',
  'resolve-image',
  'fetch-layers',
  'derived-image',
  'info',
] as const;

export type ImageAction = (typeof imageActions)[number];

/** A text for each of them. */
export type ImageTexts = { readonly [A in ImageAction]: (d: Actions[A]) => string };

/** Is it about an image? */
export function isImageStep(step: KnownStep): step is Extract<KnownStep, { readonly action: ImageAction }> {
  return imageActions.some((action) => action === step.action);
}

/** The text for a step. */
export function imageText(step: Extract<KnownStep, { readonly action: ImageAction }>, texts: ImageTexts): string {
  // action and data belong together, which the type of an indexed call cannot say
  const text = texts[step.action] as (d: typeof step.data) => string;
  return text(step.data);
}
