import { among, type TextsOf } from './families.ts';

/** The steps of looking after containers. */
const actions = {
  'container-init': true,
  'health-monitor': true,
  'health-probe': true,
  'read-stats': true,
  'read-events': true,
} as const;

type WatchAction = keyof typeof actions;

/** A text for each of them. */
export type WatchTexts = TextsOf<WatchAction>;

/** Is it about looking after containers? */
export const isWatchStep = among(actions);
