import { among, type TextsOf } from './families.ts';

/** Steps of images that are made from containers and archives. */
const archiveActions = {
  'commit-layer': true,
  'write-image': true,
  'save-images': true,
  'load-images': true,
  'export-container': true,
  'import-layer': true,
} as const;

export type ArchiveTexts = TextsOf<keyof typeof archiveActions>;

/** The steps between an engine and registries. */
const registryActions = {
  'push-layers': true,
  'push-manifest': true,
  'push-denied': true,
  login: true,
  search: true,
  'registry-serve': true,
} as const;

/** A text for each of those. */
export type RegistryTexts = TextsOf<keyof typeof registryActions>;

/** The steps that images go through. */
const actions = {
  ...registryActions,
  ...archiveActions,
  'list-images': true,
  'image-history': true,
  tag: true,
  untag: true,
  'remove-image': true,
  'resolve-image': true,
  'fetch-layers': true,
  'derived-image': true,
  info: true,
  'disk-usage': true,
} as const;

type ImageAction = keyof typeof actions;

/** A text for each of them. */
export type ImageTexts = TextsOf<ImageAction>;

/** Is it about an image? */
export const isImageStep = among(actions);
