import { boolFlag } from '../../flags/parse.ts';
import { prune } from '../prune.ts';
import { prunedLine } from './rm.ts';

/** docker image prune: removes images without a name, with --all those that no container uses. */
export const imagePrune = prune({
  names: ['image prune'],
  flags: 'all,a filter:filter force,f',
  path: '/images/prune',
  warning: (flags) =>
    boolFlag(flags, 'all')
      ? 'WARNING! This will remove all images without at least one container associated to them.'
      : 'WARNING! This will remove all dangling images.',
  filters: (flags) => [`dangling=${!boolFlag(flags, 'all')}`],
  list: 'ImagesDeleted',
  title: 'Deleted Images:',
  line: prunedLine,
});
