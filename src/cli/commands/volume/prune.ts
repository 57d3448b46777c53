import { boolFlag } from '../../flags/parse.ts';
import { prune } from '../prune.ts';

/** docker volume prune: removes the anonymous volumes that no container has; with --all named ones too. */
export const volumePrune = prune({
  names: ['volume prune'],
  flags: 'all,a filter:filter force,f',
  path: '/volumes/prune',
  warning: (flags) =>
    `WARNING! This will remove ${boolFlag(flags, 'all') ? 'all' : 'anonymous'} local volumes not used by at least one container.`,
  list: 'VolumesDeleted',
  title: 'Deleted Volumes:',
  filters: (flags) => (boolFlag(flags, 'all') ? ['all=1'] : []),
});
