import type { Actions, KnownStep } from '../actions.ts';

/** Steps of images that are made from containers and archives. */
export const archiveActions = [
  'commit-layer',
  'write-image',
  'save-images',
  'load-images',
  'export-container',
  'import-layer',
] as const;

export type ArchiveTexts = { readonly [A in (typeof archiveActions)[number]]: (d: Actions[A]) => string };

/** The steps between an engine and registries. */
export const registryActions = [
  'push-layers',
  'push-manifest',
  'push-denied',
  'login',
  'search',
  'registry-serve',
] as const;

/** A text for each of those. */
export type RegistryTexts = { readonly [A in (typeof registryActions)[number]]: (d: Actions[A]) => string };

/** The steps that images go through. */
export const imageActions = [
  ...registryActions,
  ...archiveActions,
  'list-images',
  'image-history',
  'tag',
  'untag',
  'remove-image',
  'resolve-image',
  'fetch-layers',
  'derived-image',
  'info',
  'disk-usage',
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
