import { prune } from '../prune.ts';

/** docker container prune: removes all containers that do not run. */
export const containerPrune = prune({
  names: ['container prune'],
  flags: 'filter:filter force,f',
  path: '/containers/prune',
  warning: () => 'WARNING! This will remove all stopped containers.',
  list: 'ContainersDeleted',
  title: 'Deleted Containers:',
});
